package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
	"lizheng/workflows"
)

func TestALookReadsTheRecordAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*page)
		deeds  []moment
	}{
		"the instant is nearer": {func(p *page) { p.acts = at(5 * day) }, []moment{{civic.ActLapse, 5 * day}}},
		"the instant is over":   {func(p *page) { p.acts = at(2 * day) }, []moment{{civic.ActLapse, 3 * day}}},
		"it is further away":    {func(p *page) { p.acts = at(300 * day) }, []moment{{civic.ActLapse, 300 * day}}},
		"it is gone":            {func(p *page) { p.acts = nil }, nil},
		"nothing has changed":   {func(*page) {}, []moment{{civic.ActLapse, 10 * day}}},
		"a new calendar": {func(p *page) { p.outdated = true },
			[]moment{{civic.ActRecalculate, 3 * day}, {civic.ActLapse, 10 * day}}},
		"another state": {func(p *page) { p.state, p.version, p.acts = civic.Deferred, 7, at(4*day) },
			[]moment{{civic.ActReopen, 4 * day}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
			b.look(3*day, test.change)
			b.waits(400 * day)
			require.Equal(t, test.deeds, b.deeds())
			require.Equal(t, 2, b.book.reads)
		})
	}
}

func TestTermsOfAnOldCalendarAreRecalculatedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts, p.outdated = at(-day), true })
	b.waits(day)
	require.Equal(t, []moment{{civic.ActRecalculate, 0}, {civic.ActLapse, 0}}, b.deeds())
}

func TestAnActIsPutOnRecordAndAnswered(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Accepted, nil)
	a := b.act(day, person(civic.ActUrge, "1"))
	b.waits(2 * day)
	require.True(t, a.heard)
	require.NoError(t, a.err)
	require.Equal(t, &civic.Receipt{Act: person(civic.ActUrge, "1").ID, Case: caseID, State: civic.Accepted, Version: 2, At: *at(day)}, utc(a.outcome.Receipt))
	require.Equal(t, person(civic.ActUrge, "1"), b.book.done()[0].act, "the record gets the act as it was sent")
}

func utc(r *civic.Receipt) *civic.Receipt {
	r.At = r.At.UTC()
	return r
}

func TestAnActThatEndsTheWaitingSetsANewInstant(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.act(2*day, person(civic.ActWithdraw, "1"))
	b.ends()
	require.Equal(t, []moment{{civic.ActWithdraw, 2 * day}, {civic.ActArchive, 32 * day}}, b.deeds())
}

func TestARefusalIsAnAnswerAndChangesNothing(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.rule = func(p *page, a civic.Act) error {
		if a.Kind == civic.ActUrge {
			return civic.Refuse(civic.Conflict, "urged_enough", "次数已达上限", "urged enough")
		}
		return b.book.life(p, a)
	}
	a := b.act(day, person(civic.ActUrge, "1"))
	b.waits(11 * day)
	require.NoError(t, a.err)
	require.Equal(t, "urged_enough", a.outcome.Refusal.Code)
	require.Nil(t, a.outcome.Receipt)
	require.Equal(t, []moment{{civic.ActLapse, 10 * day}}, b.deeds())
}

// postpone moves the instant of the case with every urge.
func postpone(b *bench, by time.Duration) {
	b.book.rule = func(p *page, a civic.Act) error {
		if a.Kind == civic.ActUrge {
			later := p.acts.Add(by)
			p.acts = &later
			return nil
		}
		return b.book.life(p, a)
	}
}

func TestAnInstantThatMovesAwayCostsNoTimer(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	postpone(b, day)
	for i := range 9 { // from the first day to the ninth, the end moves from the tenth to the nineteenth
		b.act(time.Duration(i+1)*day, person(civic.ActUrge, string(rune('a'+i))))
	}
	b.waits(25 * day)
	require.Equal(t, moment{civic.ActLapse, 19 * day}, b.deeds()[9])
	require.Equal(t, 2, b.set, "one that woke the procedure too early, and one more")
	require.Equal(t, 2, b.fired)
	require.Zero(t, b.stopped)
}

func TestAnInstantThatComesNearerIsKept(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	postpone(b, -4*day)
	b.act(day, person(civic.ActUrge, "1"))
	b.waits(25 * day)
	require.Equal(t, moment{civic.ActLapse, 6 * day}, b.deeds()[1])
	require.Equal(t, []int{2, 1, 1}, []int{b.set, b.fired, b.stopped})
}

func TestAnOlderProgressNeverOverwritesANewerOne(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.version, p.acts = 5, at(10*day) })
	b.book.shown = func(p *civic.Progress) {
		if b.Now().Sub(monday) > time.Hour && b.Now().Sub(monday) < 2*day { // an answer that was long on its way
			in := time.Duration(0)
			*p = civic.Progress{Case: caseID, State: civic.Publicity, Version: 3, ActsIn: &in}
		}
	}
	a := b.act(day, person(civic.ActUrge, "1"))
	b.waits(25 * day)
	require.NoError(t, a.err)
	require.Equal(t, []moment{{civic.ActUrge, day}, {civic.ActLapse, 10 * day}}, b.deeds())
	require.Equal(t, 2, b.book.tried(), "nothing was tried on the strength of it")
}

func TestAProgressOfAnotherCaseIsNotBelieved(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.shown = func(p *civic.Progress) {
		if b.Now().Sub(monday) > time.Hour && b.Now().Sub(monday) < 2*day {
			*p = civic.Progress{Case: "another", State: civic.Archived, Version: 99, Over: true}
		}
	}
	b.act(day, person(civic.ActUrge, "1"))
	b.waits(25 * day)
	require.Equal(t, moment{civic.ActLapse, 10 * day}, b.deeds()[1])
}

func TestValidatorsRefuseWhatCanNeverBeTrue(t *testing.T) {
	t.Parallel()
	foreign, procedure, automatic := person(civic.ActUrge, "1"), person(civic.ActUrge, "2"), person(civic.ActExpire, "3")
	foreign.Case, procedure.Procedure = "b6d27ee8-5a39-4a57-a9a4-5d8ad4cf7e00", "housing"
	for name, act := range map[string]civic.Act{"of another case": foreign, "of another procedure": procedure, "of the system": automatic} {
		t.Run("an act "+name, func(t *testing.T) {
			t.Parallel()
			b := lay(t, civic.InForce, func(p *page) { p.acts = at(9 * day) })
			a := b.act(day, act)
			b.waits(2 * day)
			require.True(t, civic.Refused(workflows.Understand(a.rejected), "wrong_case"), "%v", a.rejected)
			require.Zero(t, b.book.tries, "the record never heard of it")
		})
	}
}

func TestTheWorkflowDoesNotEndWhileAnActIsUnderWay(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Withdrawn, func(p *page) { p.acts = at(10 * day) })
	urge := person(civic.ActUrge, "1")
	b.book.trouble = func(_ int, a civic.Act) error {
		if a.ID == urge.ID && b.Now().Before(*at(10*day + time.Hour)) {
			return errGone
		}
		return nil
	}
	slow := b.act(10*day-time.Minute, urge)
	late := b.act(10*day+time.Minute, person(civic.ActUrge, "late"))
	b.ends()
	require.Equal(t, []moment{{civic.ActArchive, 10 * day}}, b.deeds())
	require.NoError(t, slow.err)
	require.Equal(t, "archived", slow.outcome.Refusal.Code, "answered by the record, not cut off")
	require.False(t, slow.at.Before(*at(10*day + time.Hour)))
	require.True(t, civic.Refused(workflows.Understand(late.rejected), "archived"), "nothing new is begun meanwhile: %v", late.rejected)
}

func TestAnErrorOfTheRecordIsTriedAgainUntilItAnswers(t *testing.T) {
	t.Parallel()
	for _, failures := range []int{1, 7, 100} {
		b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
		left := failures
		b.book.trouble = func(int, civic.Act) error {
			if left > 0 {
				left--
				return errGone
			}
			return nil
		}
		a := b.act(day, person(civic.ActUrge, "1"))
		b.waits(11 * day)
		require.NoError(t, a.err)
		require.NotNil(t, a.outcome.Receipt)
		require.Equal(t, []civic.ActKind{civic.ActUrge, civic.ActLapse}, b.book.kinds(), "once")
		require.Less(t, a.at.Sub(*at(day)), time.Duration(failures+1)*15*time.Second, "within a quarter of a minute after it answers again")
	}
}

func TestAnAutomaticActIsTriedAgainToo(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.trouble = func(n int, _ civic.Act) error {
		if n <= 20 {
			return errGone
		}
		return nil
	}
	b.waits(11 * day)
	require.Equal(t, []civic.ActKind{civic.ActLapse}, b.book.kinds())
	require.Less(t, b.book.done()[0].At.Sub(*at(10 * day)), 5*time.Minute)
}

func TestALostReplyDoesNotDoAnythingTwice(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.lost = func(n int) error {
		if n%3 != 0 {
			return errGone
		}
		return nil
	}
	a := b.act(day, person(civic.ActUrge, "1"))
	b.waits(11 * day)
	require.NotNil(t, a.outcome.Receipt)
	require.Equal(t, []civic.ActKind{civic.ActUrge, civic.ActLapse}, b.book.kinds())
}

func TestAPanicInTheRecordIsAnErrorLikeAnyOther(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.trouble = func(n int, _ civic.Act) error {
		if n <= 3 {
			panic("a rule of the record is broken")
		}
		return nil
	}
	a := b.act(day, person(civic.ActUrge, "1"))
	b.waits(2 * day)
	require.NotNil(t, a.outcome.Receipt)
}

func TestWhatIsNotDueByTheRecordsClockIsAskedAgainWhenItIs(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, nil)
	slow := func() time.Time { return b.Now().Add(-90 * time.Second) } // the engine's clock is ahead of the record's
	b.book.clock = slow
	b.book.edit(caseID, func(p *page) { p.acts = at(10 * day) })
	b.waits(11 * day)
	require.Equal(t, []moment{{civic.ActLapse, 10 * day}}, b.deeds(), "by the record's clock")
	require.LessOrEqual(t, b.book.tried(), 3)
}

// stubborn refuses the lapse although it is due.
func stubborn(b *bench) {
	b.book.rule = func(p *page, a civic.Act) error {
		if a.Kind == civic.ActLapse {
			return civic.Refuse(civic.Conflict, "no_members", "没有成员", "nobody is there")
		}
		return b.book.life(p, a)
	}
}

func TestAnAutomaticActThatIsRefusedIsNotAskedForWithoutEnd(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(day) })
	stubborn(b)
	b.waits(2 * day)
	require.Empty(t, b.deeds())
	require.Greater(t, b.book.tried(), 20, "it is asked for again")
	require.Less(t, b.book.tried(), 400, "but less and less often")
}

func TestRemindersGoOnWhileAnAutomaticActIsRefused(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts, p.remind = at(day), at(2*day) })
	stubborn(b)
	b.waits(5*day + time.Hour)
	require.Equal(t, []moment{{civic.ActRemind, 2 * day}, {civic.ActRemind, 3 * day}, {civic.ActRemind, 4 * day}, {civic.ActRemind, 5 * day}}, b.deeds())
}

func TestActsAndLooksAreTakenAtOnceWhileAnAutomaticActIsRefused(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(day) })
	stubborn(b)
	a := b.act(3*day+time.Minute, person(civic.ActUrge, "1"))
	b.look(4*day, func(p *page) { p.state, p.version, p.acts = civic.Deferred, p.version+1, at(4*day) })
	b.waits(4*day + time.Second)
	require.Equal(t, *at(3*day + time.Minute), a.at.UTC())
	require.Equal(t, []moment{{civic.ActUrge, 3*day + time.Minute}, {civic.ActReopen, 4 * day}}, b.deeds())
}

func TestWhenPeopleHaveActedARefusedAutomaticActIsAskedForAtOnce(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(day) })
	stubborn(b)
	refusing := b.book.rule
	b.book.rule = func(p *page, a civic.Act) error {
		if b.Now().Before(*at(3*day + time.Minute)) {
			return refusing(p, a)
		}
		return b.book.life(p, a)
	}
	b.act(3*day+time.Minute, person(civic.ActUrge, "1"))
	b.waits(4 * day)
	require.Equal(t, []moment{{civic.ActUrge, 3*day + time.Minute}, {civic.ActLapse, 3*day + time.Minute}}, b.deeds())
}

// A year decides something about its nominations without changing their version: their instant is another one, and no more.
func TestALookThatFindsAnotherInstantEndsThePause(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*page)
		atOnce bool
	}{
		"the instant is another":   {func(p *page) { p.acts = at(3*day + time.Minute) }, true},
		"the instant is as it was": {func(*page) {}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := lay(t, civic.Returned, func(p *page) { p.acts = at(day) })
			stubborn(b)
			refusing, decided := b.book.rule, false
			b.book.rule = func(p *page, a civic.Act) error {
				if !decided {
					return refusing(p, a)
				}
				return b.book.life(p, a)
			}
			b.look(3*day+time.Minute, func(p *page) { decided = true; test.change(p) })
			b.waits(4 * day)
			require.Len(t, b.deeds(), 1)
			late := b.deeds()[0].at - 3*day - time.Minute
			require.Equal(t, test.atOnce, late == 0, "after %s", late)
			require.LessOrEqual(t, late, 10*time.Minute)
		})
	}
}

func TestAHistoryThatGrowsTooLongIsContinuedInAFreshOne(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.after(day, func() { b.SetContinueAsNewSuggested(true) }) // with whatever comes then, even if it changes nothing
	err := b.run(30 * day)
	require.True(t, workflow.IsContinueAsNewError(err), "%v", err)
	require.Equal(t, *at(day), b.Now().UTC())
	require.Empty(t, b.deeds())
}

func TestAFreshHistoryIsBegunAfterTheActsUnderWay(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.book.trouble = func(int, civic.Act) error {
		if b.Now().Before(*at(day + time.Hour)) {
			return errGone
		}
		return nil
	}
	a := b.act(day, person(civic.ActUrge, "1"))
	b.after(day+time.Minute, func() {
		b.SetContinueAsNewSuggested(true)
		b.SignalWorkflow(workflows.LookSignal, nil)
	})
	err := b.run(30 * day)
	require.True(t, workflow.IsContinueAsNewError(err), "%v", err)
	require.NotNil(t, a.outcome.Receipt, "answered before the old history was closed")
	require.False(t, b.Now().Before(*at(day + time.Hour)))
}

func TestACaseThatIsOverNeedsNoFreshHistory(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Withdrawn, func(p *page) { p.acts = at(0) })
	b.SetContinueAsNewSuggested(true)
	require.NoError(t, b.run(day))
	require.Equal(t, []civic.ActKind{civic.ActArchive}, b.book.kinds())
}

func TestACaseThatTheRecordDoesNotHaveEndsItsWorkflow(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Draft, nil)
	a := b.act(day, person(civic.ActUrge, "1")) // as after a submission that was refused
	b.after(day+time.Minute, func() {
		b.book.mu.Lock()
		delete(b.book.pages, caseID) // the draft is discarded
		b.book.mu.Unlock()
		b.SignalWorkflow(workflows.LookSignal, nil)
	})
	require.NoError(t, b.run(30*day))
	require.NotNil(t, a.outcome.Receipt)
	require.Equal(t, *at(day + time.Minute), b.Now().UTC())
}

func TestACancelledWorkflowEndsAsCancelled(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })
	b.after(day, b.CancelWorkflow)
	err := b.run(30 * day)
	require.Error(t, err)
	require.Contains(t, err.Error(), "canceled", "an operator's doing; a look begins it again")
	require.NotErrorIs(t, err, errGone)
}
