package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/workflows"
)

// everyState are all states of admission but the last.
func everyState() []civic.State {
	var out []civic.State
	for _, w := range civic.Definitions[civic.AccessProcedure].States {
		if w.State != civic.Archived {
			out = append(out, w.State)
		}
	}
	return out
}

func TestWhatSilenceDoesIsWhatTheDefinitionPublishes(t *testing.T) {
	t.Parallel()
	definition := civic.Definitions[civic.AccessProcedure]
	for _, w := range definition.States {
		require.Equal(t, definition.Automatic(w.State), workflows.AccessSilence(w.State), "state %s", w.State)
		if kind := workflows.AccessSilence(w.State); kind != "" {
			require.True(t, kind.Automatic(), "%s is an act of the system", kind)
			require.True(t, definition.Allows(w.State, ahead[kind]), "%s leads from %s to %s", kind, w.State, ahead[kind])
		}
	}
	require.Empty(t, workflows.AccessSilence("no such state"))
}

func TestTheSystemActsAtTheInstantOfAStateAndNotBefore(t *testing.T) {
	t.Parallel()
	for _, state := range everyState() {
		silence := workflows.AccessSilence(state)
		if silence == "" {
			continue
		}
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			const due = 10*day + 7*time.Hour + 123*time.Millisecond
			b := lay(t, state, func(p *page) { p.acts = at(due) })
			if silence == civic.ActArchive {
				b.ends()
			} else {
				b.waits(400 * day)
			}
			require.Equal(t, []moment{{silence, due.Round(time.Second)}}, b.deeds())
			require.False(t, b.book.done()[0].At.Before(*at(due)))
			require.Equal(t, 2, b.book.pages[caseID].version, "exactly once")
		})
	}
}

func TestWherePeopleAreAskedTheSystemOnlyReminds(t *testing.T) {
	t.Parallel()
	for _, state := range everyState() {
		if workflows.AccessSilence(state) != "" {
			continue
		}
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			b := lay(t, state, func(p *page) {
				p.remind = at(2 * day)
				p.acts = at(3 * day) // the public notice may end while an objection is examined: nothing is decided by it
			})
			b.waits(400*day + time.Hour)
			deeds := b.deeds()
			require.Len(t, deeds, 399)
			for i, d := range deeds {
				require.Equal(t, moment{civic.ActRemind, time.Duration(i+2) * day}, d)
			}
			require.Equal(t, state, b.book.pages[caseID].state)
		})
	}
}

func TestWithNothingDueTheSystemDoesNothing(t *testing.T) {
	t.Parallel()
	for _, state := range everyState() {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			b := lay(t, state, nil) // a draft, or a paused case: its clocks stand still
			b.waits(400 * day)
			require.Empty(t, b.deeds())
			require.Zero(t, b.set, "no timer")
			require.Equal(t, 1, b.book.reads)
		})
	}
}

func TestRemindersComeBeforeTheActOfTheSystem(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts, p.remind = at(10*day), at(8*day) })
	b.waits(30 * day)
	require.Equal(t, []moment{{civic.ActRemind, 8 * day}, {civic.ActRemind, 9 * day}, {civic.ActLapse, 10 * day}}, b.deeds()[:3])
}

func TestAtTheSameInstantTheCaseMovesOnInsteadOfReminding(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts, p.remind = at(5*day), at(5*day) })
	b.waits(5*day + time.Hour)
	require.Equal(t, moment{civic.ActLapse, 5 * day}, b.deeds()[0])
}

func TestWhatWasDueWhileNobodyWorkedIsDoneAtOnce(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Publicity, func(p *page) { p.acts = at(-5 * day) })
	b.waits(time.Hour)
	require.Equal(t, []moment{{civic.ActCloseNotice, 0}}, b.deeds())
}

func TestTheLifeOfACaseThatNobodyTouches(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.rule = func(p *page, a civic.Act) error {
		err := b.book.life(p, a)
		if err == nil && a.Kind == civic.ActLapse {
			archive := b.Now().Add(30 * day)
			p.acts = &archive
		}
		return err
	}
	b.ends()
	require.Equal(t, []moment{{civic.ActLapse, 10 * day}, {civic.ActArchive, 40 * day}}, b.deeds())
	require.Equal(t, monday.Add(40*day), b.Now().UTC().Round(time.Second), "the workflow ends with the case")
}

func TestAnArchivedCaseEndsItsWorkflowAtOnce(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Archived, nil)
	b.ends()
	require.Empty(t, b.deeds())
}
