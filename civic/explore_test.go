package civic

import (
	"fmt"
	"slices"
	"sync"

	"lizheng/civic/workday"
)

// acts of persons and of the system, all of them.
var allActs = []ActKind{
	ActSubmit, ActDecide, ActCorrect, ActWithdraw, ActAppeal, ActObject, ActClaim, ActRelease, ActTransfer, ActDelegate, ActAddSigner, ActRemoveSigner,
	ActRecall, ActUrge, ActCopy, ActPause, ActResume, ActSuspend, ActReinstate, ActProposeExit,
	ActLapse, ActCloseConsult, ActCloseNotice, ActReopen, ActExpire, ActArchive, ActRemind, ActRecalculate,
}

// seenMove is one change of state that a run made, and by what.
type seenMove struct {
	From, To State
	By       string
}

// explored is what was seen on all ways through the procedure that differ in something a rule looks at.
type explored struct {
	allowed map[State]map[ActKind]bool
	tried   map[State]map[ActKind]int
	moves   map[seenMove]bool
	leadsTo map[string]map[State]bool // step.outcome → states
	nodes   int
}

// everyWay walks the procedure from several drafts through everything that can happen, once for all tests.
var everyWay = sync.OnceValue(func() explored { return explore(&panicking{}) })

// panicking lets the walk be shared between tests: what breaks on the way breaks them all.
type panicking struct{}

func (*panicking) Helper()                           {}
func (*panicking) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (*panicking) FailNow()                          { panic("failed") }

func explore(t tester) explored {
	x := explored{map[State]map[ActKind]bool{}, map[State]map[ActKind]int{}, map[seenMove]bool{}, map[string]map[State]bool{}, 0}
	known := map[string]bool{}
	var queue []*run
	add := func(r *run) {
		if print := r.fingerprint(); !known[print] {
			known[print] = true
			queue = append(queue, r)
		}
	}
	for _, r := range []*run{at(t, Draft, form()), at(t, JointReview, dear()), at(t, Deliberation, promised())} { // they differ from there on
		r.quick = true
		add(r)
	}
	for len(queue) > 0 {
		r := queue[0]
		queue = queue[1:]
		x.nodes++
		for _, next := range r.everything() {
			if x.take(r, next) {
				add(next.r)
			}
		}
	}
	return x
}

// attempt is an act that may be tried on a copy of a case.
type attempt struct {
	r    *run
	act  Act
	leaf bool // leads nowhere that another way does not lead
}

// take tries one act and notes what came of it; it reports whether the walk goes on from there.
func (x *explored) take(from *run, next attempt) bool {
	before := next.r.d.Case
	task, step := next.act.Task, ""
	if i := slices.IndexFunc(next.r.d.Tasks, func(k Task) bool { return k.ID == task }); i >= 0 && !next.r.d.Tasks[i].part() {
		step = next.r.d.Tasks[i].Step
	}
	if x.tried[before.State] == nil {
		x.tried[before.State], x.allowed[before.State] = map[ActKind]int{}, map[ActKind]bool{}
	}
	x.tried[before.State][next.act.Kind]++
	_, err := next.r.apply(next.act)
	if err != nil {
		if AsRefusal(err) == nil {
			panic(fmt.Sprintf("%s in %s is an internal error: %v", next.act.Kind, before.State, err))
		}
		return false
	}
	if before.PausedAt == nil {
		x.allowed[before.State][next.act.Kind] = true
	}
	after, by := next.r.d.Case.State, string(next.act.Kind)
	if step != "" && (next.act.Kind == ActDecide || next.act.Kind == ActCorrect) {
		outcome := next.act.Outcome
		if next.act.Kind == ActCorrect {
			outcome = "corrected"
		}
		by = step + "." + outcome
		if x.leadsTo[by] == nil {
			x.leadsTo[by] = map[State]bool{}
		}
		x.leadsTo[by][after] = true
	}
	if after != before.State {
		x.moves[seenMove{before.State, after, by}] = true
	}
	return !next.leaf
}

// everything that may be tried on a case as it stands, and what the world may do to it meanwhile.
func (r *run) everything() []attempt {
	var out []attempt
	try := func(leaf bool, on *run, a Act) { out = append(out, attempt{on, a, leaf}) }
	for _, kind := range allActs {
		if kind != ActDecide {
			for _, a := range r.wholeActs(kind) {
				try(slices.Contains([]ActKind{ActCopy, ActPause, ActRecall}, kind), r.clone(), a)
			}
		}
	}
	for _, k := range r.representatives() {
		step, _ := Definitions[AccessProcedure].Step(k.Step)
		for _, c := range append(slices.Clone(step.Outcomes), Choice{Name: "nonsense"}) {
			for _, d := range r.variants(c.Name) {
				try(false, r.clone(), r.act(ActDecide, k.ID, with(d), func(a *Act) { a.Outcome = c.Name }))
			}
		}
		for _, kind := range []ActKind{ActClaim, ActRelease, ActTransfer, ActDelegate, ActUrge, ActCorrect, ActRemoveSigner} {
			details := map[ActKind]Details{ActTransfer: {Unit: other(k)}, ActDelegate: {Person: r.colleagueOf(k)}}[kind]
			try(kind != ActCorrect && kind != ActRemoveSigner, r.clone(), r.act(kind, k.ID, with(details)))
		}
		claimed := r.clone()
		if _, err := claimed.apply(r.act(ActClaim, k.ID)); err == nil {
			try(true, claimed, claimed.act(ActRelease, k.ID))
		}
	}
	for _, k := range r.d.Tasks {
		if k.State == TaskDone {
			try(false, r.clone(), r.act(ActRecall, k.ID, by(k.Person)))
		}
	}
	return append(out, r.meanwhile()...)
}

// wholeActs are acts on the case as a whole.
func (r *run) wholeActs(kind ActKind) []Act {
	one := func(options ...option) []Act { return []Act{r.act(kind, "", options...)} }
	switch kind {
	case ActSubmit, ActWithdraw, ActAppeal:
		return one(by("li-juan"))
	case ActObject:
		if len(r.open("objection")) > 1 {
			return nil
		}
		return one(by(Public))
	case ActAddSigner:
		return one(with(Details{Unit: "cz-political-legal"}))
	case ActCopy:
		return one(with(Details{Person: "pan-feng"}))
	case ActProposeExit:
		return one(with(Details{Trigger: "duplicate"}))
	}
	return one()
}

// representatives are one open task of each kind: its siblings are like it.
func (r *run) representatives() []Task {
	var out []Task
	for _, k := range r.open("") {
		if !slices.ContainsFunc(out, func(o Task) bool {
			return o.Step == k.Step && o.Seat.Role == k.Seat.Role && o.Added == k.Added && o.part() == k.part()
		}) {
			out = append(out, k)
		}
	}
	return out
}

func (r *run) variants(outcome string) []Details {
	out := []Details{detailed[outcome]}
	switch outcome {
	case "met":
		out = append(out, Details{BudgetLine: "disabled-other"})
	case "admit_term":
		out = append(out, Details{TermEnd: "2014-11-03"})
	}
	return out
}

// other is a unit that could answer instead.
func other(k Task) string {
	switch k.Seat.Role {
	case Community:
		return "cuizhu-committee"
	case StreetClerk:
		return "qsy-street-office"
	}
	return "cz-political-legal"
}

func (r *run) colleagueOf(k Task) string {
	for _, person := range r.holders[Seat{Role: k.Seat.Role, Unit: k.Seat.Unit}] {
		if person != r.whoFor(k) && Separated(r.d.Case, r.d.Tasks, k, person) == nil {
			return person
		}
	}
	return "nobody"
}

// meanwhile is what time and the world do: instants come, calendars change, names are blocked, offices stand empty.
func (r *run) meanwhile() []attempt {
	var out []attempt
	if auto := Definitions[AccessProcedure].Automatic(r.d.Case.State); auto != "" {
		late := r.clone().till(*r.d.Case.ActsAt)
		out = append(out, attempt{late, late.act(auto, ""), false})
		for _, kind := range allActs {
			if kind.Automatic() && kind != auto {
				other := late.clone()
				out = append(out, attempt{other, other.act(kind, ""), kind != ActRemind})
			}
		}
	}
	for _, k := range r.representatives() {
		if k.RemindAt != nil {
			late := r.clone().till(r.d.Calendar.Reminders(*k.DueAt)[2].At)
			out = append(out, attempt{late, late.act(ActRemind, ""), false})
		}
	}
	calendar, err := workday.Builtin().With(r.d.Case.Calendar+1, nil, nil)
	if err == nil {
		changed := r.clone()
		changed.d.Calendar = calendar
		out = append(out, attempt{changed, changed.act(ActRecalculate, ""), true})
	}
	paused := r.clone()
	if _, err := paused.apply(paused.act(ActPause, "")); err == nil {
		resumed := paused.clone()
		resumed.later(2)
		out = append(out, attempt{resumed, resumed.act(ActResume, ""), false})
	}
	switch r.d.Case.State {
	case Submitted:
		blocked := r.clone()
		blocked.lists = append(blocked.lists, Entry{ID: "n", List: Negative, Name: r.d.Request.Name, From: r.now})
		out = append(out, attempt{blocked, blocked.act(ActDecide, r.task("register").ID, func(a *Act) { a.Outcome = "pass" }), false})
	case PreReview:
		for _, outcome := range []string{"recommend", "limited", "advise_against"} {
			empty := r.clone()
			empty.atlas = NewAtlas(nil, nil, nil, nil)
			out = append(out, attempt{empty, empty.act(ActDecide, r.task("prereview").ID, func(a *Act) { a.Outcome = outcome }), true})
		}
	case Objected:
		late := r.clone().till(*r.d.Case.ActsAt)
		out = append(out, attempt{late, late.act(ActDecide, r.open("objection")[0].ID, func(a *Act) { a.Outcome = "dismiss" }), false})
	case InForce, Suspended:
		if len(r.open("exit_decide")) > 0 {
			late := r.clone().later(6)
			for _, outcome := range []string{"keep", "exit", "revoke"} {
				again := late.clone()
				out = append(out, attempt{again, again.act(ActDecide, r.task("exit_decide").ID, func(a *Act) { a.Outcome = outcome }), false})
			}
		}
	}
	return out
}

// fingerprint tells cases apart that a rule could treat differently; the walk goes on from one of each.
func (r *run) fingerprint() string {
	c := r.d.Case
	x := &turn{Dossier: r.d}
	x.fx.Case = c
	counts := map[string]int{}
	for _, k := range r.d.Tasks {
		switch {
		case k.Open():
			counts[fmt.Sprint("open ", k.Step, k.Seat.Role, k.Added)]++
		case k.Step == "joint" && k.Seat.Role == Finance && k.Outcome == "disagree" && k.Round == c.Round:
			counts["unsigned"] = 1
		case k.Step == "correct":
			counts["corrected"] = 1
		case k.Step == "appeal" && c.State == Accepted: // further on it makes no difference
			counts["appealed"] = 1
		}
	}
	_, cast, pro, _ := x.votes()
	conditional := r.d.Ruling != nil && c.State != Deliberation && r.d.Ruling.Met
	return fmt.Sprint(c.State, min(c.Round, 2), r.d.Request.Funding.Kind, r.d.Request.Funding.Rate, counts, conditional, 2*pro > cast, c.ActsAt != nil && !r.now.Before(*c.ActsAt))
}
