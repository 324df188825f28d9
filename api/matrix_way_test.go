package api

import (
	"slices"
	"strings"

	"lizheng/civic"
)

// byOffice is an act of the office's director on the case as a whole.
func (g *grid) byOffice(p *plot, kind civic.ActKind, d civic.Details) {
	g.act(p, kind, "xu-jian", civic.OfficeHead, leadingOffice, "", "", d)
}

// way are the steps up to the public notice, in their order.
var way = []string{"register", "examine", "prereview", "consult", "joint", "vote", "decide"}

// registers are the goals before which the one who took part registers the case; otherwise they hand in a correction.
var registers = []string{"correct", "appeal", "prereview", afterThe("prereview"), blocked}

// advance goes as far as a case comes in one day.
func (g *grid) advance(p *plot) {
	if p.goal == aDraft || housingGoal(p.goal) {
		return
	}
	for _, step := range way {
		switch {
		case step == "vote" && p.goal != "vote": // small items need none
			continue
		case step == "examine" && g.corrected(p):
			return
		case p.goal == step:
			g.claim(p)
			return
		}
		by, outcome := "", outcomes[step]
		switch {
		case step == "register" && slices.Contains(registers, p.goal):
			by = p.parted
		case step == "decide" && p.goal == "fulfil":
			outcome = "admit_cond"
		}
		if p.goal == afterThe(step) {
			by = p.decider
		}
		g.answer(p, step, outcome, by)
		if g.reached(p, step) {
			return
		}
	}
	g.noticed(p)
}

// corrected has an earlier answer of whoever took part: the correction. It reports whether that is where the case is wanted.
func (g *grid) corrected(p *plot) bool {
	if p.goal != "correct" && (p.parted == "" || slices.Contains(registers, p.goal) || strings.HasPrefix(p.goal, "exit_")) {
		return false
	}
	g.answer(p, "examine", "return", "")
	if p.goal == "correct" {
		g.claim(p)
		return true
	}
	g.answer(p, "correct", "", p.parted)
	return p.goal == paused && g.pause(p)
}

func (g *grid) pause(p *plot) bool {
	g.byOffice(p, civic.ActPause, civic.Details{})
	return true
}

// reached reports whether a goal that is no step's task lies behind the answer to this step.
func (g *grid) reached(p *plot, step string) bool {
	switch {
	case p.goal == afterThe(step):
		return true
	case step == "register" && p.goal == "appeal":
		g.act(p, civic.ActAppeal, p.filer, civic.DeptClerk, dept, "", "", civic.Details{})
		g.claim(p)
		return true
	case step == "register" && p.goal == paused && p.parted == "":
		return g.pause(p)
	case step == "consult" && p.goal == withAdded:
		g.byOffice(p, civic.ActAddSigner, civic.Details{Unit: spare})
		return true
	}
	return step == "register" && p.goal == blocked
}

// noticed is at the public notice.
func (g *grid) noticed(p *plot) {
	switch p.goal {
	case "fulfil":
		g.claim(p)
	case "objection":
		g.act(p, civic.ActObject, civic.Public, "", "", "", "", civic.Details{})
		g.claim(p)
	}
}

// conclude goes on when the public notices are over.
func (g *grid) conclude(p *plot) {
	if !slices.Contains([]string{"issue", inForce, suspended, "exit_opinion", "exit_views", "exit_decide"}, p.goal) || p.acts < 0 {
		return
	}
	progress, err := g.store.Progress(g.Context(), p.id)
	if !g.fine(p, err) {
		return
	}
	out, err := g.store.Commit(g.Context(), civic.Automatic(progress, civic.AccessProcedure, civic.ActCloseNotice))
	if !g.fine(p, err) || out.Refusal != nil && !g.fine(p, out.Refusal) {
		return
	}
	if p.goal != "issue" {
		g.answer(p, "issue", "issue", "")
		g.leave(p)
	}
	g.claim(p)
}

// leave brings an admitted item to its way out, a second time if somebody is to have taken part in a first.
func (g *grid) leave(p *plot) {
	switch {
	case p.goal == inForce:
		return
	case p.goal == suspended:
		g.byOffice(p, civic.ActSuspend, civic.Details{})
		return
	case p.goal == "exit_opinion" && p.parted != "":
		g.byOffice(p, civic.ActProposeExit, civic.Details{Trigger: "duplicate"})
		g.answer(p, "exit_opinion", "support", "")
		g.answer(p, "exit_views", "accept", p.parted)
		g.answer(p, "exit_decide", "keep", "")
	}
	g.byOffice(p, civic.ActProposeExit, civic.Details{Trigger: "duplicate"})
	if p.goal == "exit_opinion" {
		return
	}
	g.answer(p, "exit_opinion", "support", p.parted)
	if p.goal == "exit_decide" {
		g.answer(p, "exit_views", "accept", "")
	}
}

// claim takes the goal's task for whoever is to hold it.
func (g *grid) claim(p *plot) {
	if p.claimer != "" {
		g.act(p, civic.ActClaim, p.claimer, p.role, p.unit, g.taskFor(p, p.goal, p.role, p.claimer), "", civic.Details{})
	}
}

// taskFor is the open task of a step: the role's own seat's, a vote its person's, else the first.
func (g *grid) taskFor(p *plot, step string, role civic.Role, person string) string {
	best := ""
	for _, w := range g.open(p) {
		switch {
		case w.step != step:
		case civic.Role(w.role) == role && w.unit == seatUnits[role] && (w.person == "" || w.person == person):
			return w.id
		case best == "":
			best = w.id
		}
	}
	return best
}
