package civic

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// everyKind are all acts that any procedure knows.
func everyKind() []ActKind {
	kinds := sortedKeys(func() map[string]bool {
		out := map[string]bool{}
		for kind := range sharedActs {
			out[string(kind)] = true
		}
		for _, reg := range regulations {
			for kind := range reg.acts {
				out[string(kind)] = true
			}
		}
		return out
	}())
	out := make([]ActKind, len(kinds))
	for i, kind := range kinds {
		out[i] = ActKind(kind)
	}
	return out
}

// knows reports whether a procedure has a place for an act in a state, by nothing but its definition: its moves, its acts on
// the whole case, what it does by itself, and the acts that every case and every task knows.
func (d Definition) knows(state State, kind ActKind) bool {
	asked := func(which func(Step) bool) bool {
		return slices.ContainsFunc(d.Steps, func(s Step) bool { return slices.Contains(s.States(), state) && which(s) })
	}
	switch kind {
	case ActDecide, ActDelegate:
		return asked(func(s Step) bool { return s.Name != "correct" })
	case ActCorrect:
		return asked(func(s Step) bool { return s.Name == "correct" })
	case ActClaim, ActRelease, ActUrge, ActRemind:
		return asked(func(Step) bool { return true })
	case ActTransfer:
		return asked(func(s Step) bool { return s.Movable })
	case ActAddSigner, ActRemoveSigner:
		return asked(func(s Step) bool { return s.Signable })
	case ActRecall:
		return slices.ContainsFunc(d.Recalls, func(r Recall) bool { return r.To == state })
	case ActCopy, ActRecalculate:
		return state != Draft && state != Archived
	case ActPause:
		return state != Draft && !state.Over() && !state.Standing()
	case ActResume: // of a paused case only
		return false
	}
	own, _ := d.CaseAct(kind)
	return d.Automatic(state) == kind || slices.Contains(own.States, state) ||
		slices.ContainsFunc(d.Moves, func(m Move) bool { return m.From == state && m.By == string(kind) })
}

// Every state of every procedure meets every act there is. Where the definition has no place for it, it is refused; where it
// has one it can be done; and what is done leads where the definition says. A procedure is covered by being registered.
func TestEveryActInEveryStateIsAllowedAsListedOrRefused(t *testing.T) {
	t.Parallel()
	for _, p := range Procedures {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			def, all := Definitions[p], statesOf(t, p)
			for _, w := range def.States {
				require.NotZero(t, len(all[w.State]), "no story leads to %s", w.State) // NotEmpty would print the world
				done := map[ActKind]bool{}
				for _, s := range varied(all[w.State]) {
					before := written(t, s.Dossier)
					for _, a := range s.attempts() {
						done[a.Kind] = s.meets(t, a) || done[a.Kind]
					}
					require.Equal(t, before, written(t, s.Dossier), "an act changed what it read in state %s", w.State)
				}
				for _, kind := range everyKind() {
					if p == NominationProcedure && (w.State == PanelWork && kind == ActDelegate || w.State == Rescoring && kind == ActSettle) {
						continue // the panel's lead answers in person; a second scoring waits for its team, whatever the year decides
					}
					require.Equal(t, def.knows(w.State, kind), done[kind], "%s in state %s", kind, w.State)
				}
			}
		})
	}
}

// meets brings an act to a stage. It is refused in words, or leads where the definition says.
func (s stage) meets(t *testing.T, a Act) bool {
	t.Helper()
	d := s.Dossier
	if at := d.Case.ActsAt; at != nil && a.Kind.Automatic() && d.Now.Before(*at) {
		d.Now = *at
	}
	fx, err := Apply(d, a, s.world)
	if err != nil {
		e := AsRefusal(err)
		require.NotNil(t, e, "%s %s in state %s fails: %v", a.Kind, a.Outcome, d.Case.State, err)
		require.NotContains(t, []string{e.Code, e.Zh, e.En, string(e.Kind)}, "", "%s in state %s is refused without a word", a.Kind, d.Case.State)
		return false
	}
	s.ledAsSaid(t, a, fx.Case.State)
	return true
}

// ledAsSaid finds the move that an act made among those of the definition, which names its cause.
func (s stage) ledAsSaid(t *testing.T, a Act, to State) {
	t.Helper()
	def, from, by := Definitions[s.Case.Procedure], s.Case.State, string(a.Kind)
	if i := slices.IndexFunc(s.Tasks, func(k Task) bool { return k.ID == a.Task }); i >= 0 && (a.Kind == ActDecide || a.Kind == ActCorrect) {
		outcome := a.Outcome
		if a.Kind == ActCorrect {
			outcome = "corrected"
		}
		step, _ := def.Step(s.Tasks[i].Step)
		choice, _ := step.Choice(outcome)
		require.Contains(t, choice.To, to, "%s.%s in state %s", step.Name, outcome, from)
		by = step.Name + "." + outcome
	}
	require.True(t, from == to || slices.Contains(def.Moves, Move{from, to, by}), "%s leads from %s to %s, which the definition does not say", by, from, to)
}

// attempts are all acts on a stage: bare, and with what they need from whoever could do them; those on tasks on each kind of
// task, and on one that is not there.
func (s stage) attempts() []Act {
	var out []Act
	add := func(a Act) {
		a.ID, a.Case, a.Procedure = NewID("attempt", fmt.Sprint(len(out))), s.Case.ID, s.Case.Procedure
		out = append(out, a)
	}
	for _, kind := range everyKind() {
		tasks := []Task{{}}
		if slices.Contains(taskActs, kind) || kind == ActRecall {
			tasks = append(s.representatives(), Task{ID: "no-such-task"})
		}
		for _, task := range tasks {
			if kind == ActDecide {
				s.answers(task, add)
				continue
			}
			bare := Act{Kind: kind, Task: task.ID, Actor: "newly-appointed"}
			if kind.Automatic() {
				bare.Actor = System
			}
			add(bare)
			add(s.whole(kind, task, bare))
		}
	}
	return out
}

// whole is an act with what it needs, by whoever could do it.
func (s stage) whole(kind ActKind, task Task, a Act) Act {
	a.Opinion, a.Details = "理由", s.details(kind)
	switch kind {
	case ActSubmit, ActWithdraw, ActAppeal:
		a.Actor = s.Case.Applicant
	case ActObject:
		a.Actor = Public
	case ActRecompose:
		a.Actor = "desk-tianning"
	case ActRecall:
		a.Actor = cmp.Or(task.Person, a.Actor)
	case ActCopy:
		a.Details = Details{Person: "pan-feng"}
	case ActDelegate:
		a.Details = Details{Person: s.colleague(task)}
	case ActTransfer, ActAddSigner:
		a.Details = Details{Unit: other(task)}
	}
	return a
}

// answers are all outcomes of a task's step, and one that it does not have.
func (s stage) answers(task Task, add func(Act)) {
	step, _ := Definitions[s.Case.Procedure].Step(task.Step)
	for _, c := range append(slices.Clone(step.Outcomes), Choice{Name: "nonsense"}) {
		with := []Details{{}}
		if task.Open() {
			with = append(with, s.usual(step.Name, c.Name))
		}
		for _, d := range with {
			for _, opinion := range []string{"", "理由"} {
				add(Act{Kind: ActDecide, Task: task.ID, Actor: "newly-appointed", Outcome: c.Name, Details: d, Opinion: opinion})
			}
		}
	}
}

// representatives are one task of each step, open and ended, with the ones that only some acts are for.
func (s stage) representatives() []Task {
	var out []Task
	for _, k := range s.Tasks {
		if !slices.ContainsFunc(out, func(o Task) bool {
			return o.Step == k.Step && o.State == k.State && o.ClaimedBy == k.ClaimedBy && o.Added == k.Added
		}) {
			out = append(out, k)
		}
	}
	return out
}

// colleague is somebody who sits there as well.
func (s stage) colleague(task Task) string {
	holders, err := s.world.Holders(task.Seat.Role, task.Seat.Unit)
	if err != nil || len(holders) == 0 {
		return ""
	}
	return holders[len(holders)-1]
}

// withEverything are variants of a stage in which a task is claimed, was added beside the others, is due for its reminder, and
// the calendar has a newer version.
func (s stage) withEverything() []stage {
	out := []stage{s}
	for i, k := range s.Tasks {
		if !k.Open() {
			continue
		}
		step, _ := Definitions[s.Case.Procedure].Step(k.Step)
		for _, change := range []func(*Task){
			func(k *Task) { k.ClaimedBy = "newly-appointed" },
			func(k *Task) { k.Added = step.Signable },
			func(k *Task) { k.RemindAt = new(s.Now.Add(-time.Hour)) },
		} {
			one := s
			one.Tasks = slices.Clone(s.Tasks)
			change(&one.Tasks[i])
			out = append(out, one)
		}
		break
	}
	later := s
	if c, err := s.Calendar.With(s.Case.Calendar+1, nil, nil); err == nil {
		later.Calendar = c
		out = append(out, later)
	}
	return out
}

func varied(list []stage) []stage {
	var out []stage
	for _, s := range list {
		out = append(out, s.withEverything()...)
	}
	return out
}
