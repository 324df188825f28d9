package civic

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// ends are the outcomes that lead on where the first of a step does not.
var ends = map[string][]string{
	"inspect": {"finished"}, "verify": {"pass", "minor", "settle", "fail"}, "rectify": {"impossible"}, "planning_check": {"pass", "pass_recorded", "fail"},
	"supply_build": {"done"}, "supply_accept": {"pass"}, "year_check": {"rectify"}, "recheck": {"remove"}, "rectified": {"remove"},
	"freeze": {"freeze", "freeze_unfinished"}, "name_list": {"name", "assess_only"}, "name_areas": {"name", "leave"}, "review_scores": {"accept", "appeal"},
	"list_objection": {"dismiss"}, "objection": {"dismiss"}, "supply_amend": {"amended", "drop"}, "change_review": {"publish", "reject"},
	"approve_list": {"approve", "send_back"}, "change_decide": {"approve", "reject"}, "planning_permit": {"grant", "refuse"},
}

// finish lets people bring every case to its end; whoever could not answer makes way for somebody who can. A case that
// cannot be ended would wait for ever.
func (m living) finish(t *rapid.T) {
	for range 3000 {
		moved, over := false, true
		for _, id := range m.living() {
			if s := m.dossier(id).Case.State; s != Archived && s != Draft {
				over = false
				moved = m.on(t, id) || moved
			}
		}
		if over {
			return
		}
		if !moved {
			m.sooner(t)
		}
	}
	for _, id := range m.living() {
		d := m.dossier(id)
		require.Contains(t, []State{Archived, Draft}, d.Case.State, "%s does not end: %v", d.Case.Procedure, m.open(id))
	}
}

// on does one thing that leads a case on.
func (m living) on(t *rapid.T, id string) bool {
	d := m.dossier(id)
	if d.Case.PausedAt != nil {
		return m.try(t, id, Act{Kind: ActResume, Actor: "p1", Opinion: "恢复"})
	}
	if at := d.Case.ActsAt; at != nil && !d.Now.Before(*at) && m.itself(t, id) {
		return true
	}
	for _, k := range m.open(id) {
		step, _ := StepNamed(k.Step)
		outcomes := ends[k.Step]
		if outcomes == nil {
			for _, c := range step.Outcomes {
				outcomes = append(outcomes, c.Name)
			}
		}
		for _, outcome := range outcomes {
			m.prepare(t, id, k)
			a := Act{Kind: ActDecide, Task: k.ID, Actor: "newly-appointed-" + k.ID, Outcome: outcome, Opinion: "理由", Details: m.stage(id).usual(k.Step, outcome)}
			if k.ClaimedBy != "" {
				a.Actor = k.ClaimedBy
			}
			if m.try(t, id, a) {
				return true
			}
		}
	}
	for _, k := range m.open(id) { // whoever took it may not answer it
		if k.ClaimedBy != "" && m.try(t, id, Act{Kind: ActRelease, Task: k.ID, Actor: k.ClaimedBy}) {
			return true
		}
	}
	return d.Case.State == InUse && m.try(t, id, Act{Kind: ActProposeDemolition, Actor: "p1", Opinion: "拆除"})
}

// sooner waits for whatever comes next by itself.
func (m living) sooner(t *rapid.T) {
	var next *time.Time
	of := ""
	take := func(id string, at *time.Time) {
		if at != nil && (next == nil || at.Before(*next)) {
			next, of = at, id
		}
	}
	for _, id := range m.living() {
		d := m.dossier(id)
		if at := d.Case.ActsAt; at != nil && d.Now.Before(*at) && Definitions[d.Case.Procedure].Automatic(d.Case.State) != "" {
			take(id, at)
		}
		for _, k := range m.open(id) {
			take(id, k.RemindAt)
		}
	}
	var stuck []State
	for _, id := range m.living() {
		stuck = append(stuck, m.dossier(id).Case.State)
	}
	require.NotNil(t, next, "nothing leads on from %v", slices.Compact(stuck))
	m.until(*next)
	if !m.itself(t, of) {
		m.try(t, of, Act{Kind: ActRemind, Actor: System})
	}
}
