package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

// holidays makes these days free, in a calendar of the next version.
func holidays(t *testing.T, days ...string) *workday.Calendar {
	t.Helper()
	var off []workday.Day
	for _, s := range days {
		d, err := workday.ParseDate(s)
		require.NoError(t, err)
		off = append(off, workday.Day{Date: d, Kind: workday.Holiday, Name: "休", Source: workday.SourceImported})
	}
	c, err := workday.Builtin().With(workday.Builtin().Version()+1, off, nil)
	require.NoError(t, err)
	return c
}

func TestANewCalendarLengthensOpenTermsOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state   State
		prepare func(*run)
		moves   int  // open tasks that get longer
		acts    bool // whether the state's instant does
		decide  bool // whether the decision's term does
	}{
		{Accepted, nil, 1, false, false},
		{Accepted, func(r *run) { r.answer("examine", "return") }, 1, true, false},
		{Consult, nil, 5, true, true},
		{Publicity, nil, 0, true, true},
		{Publicity, func(r *run) { r.do(ActObject, "", by(Public)) }, 1, true, true},
		{Publicity, func(r *run) { r.do(ActPause, ""); r.later(1); r.do(ActResume, "") }, 0, true, true},
		{InForce, nil, 0, false, true},
	} {
		r := at(t, c.state, form())
		if c.prepare != nil {
			c.prepare(r)
		}
		r.refuse("not_due", ActRecalculate, "")
		before := r.d
		r.d.Calendar = holidays(t, "2014-09-04", "2014-09-05")
		fx := r.do(ActRecalculate, "")
		require.Equal(t, c.moves, fx.Figures[len(fx.Figures)-1].Values["moved"], c.state)
		for i, k := range before.Tasks {
			if k.Open() {
				require.Equal(t, workday.Builtin().Shift(*k.DueAt, 2), *r.d.Tasks[i].DueAt)
			}
		}
		for _, term := range []struct {
			moves    bool
			was, now *time.Time
		}{{c.acts, before.Case.ActsAt, r.d.Case.ActsAt}, {c.decide, before.Case.Deadline, r.d.Case.Deadline}} {
			switch {
			case term.moves:
				require.Equal(t, workday.Builtin().Shift(*term.was, 2), *term.now, "%s", c.state)
			default:
				require.Equal(t, term.was, term.now, "%s", c.state)
			}
		}
		require.Equal(t, r.d.Calendar.Version(), r.d.Case.Calendar)
		r.refuse("not_due", ActRecalculate, "")

		r.d.Calendar, before = workdays(t, r.d.Calendar.Version()+1), r.d
		r.do(ActRecalculate, "")
		for i, k := range before.Tasks {
			require.Equal(t, k.DueAt, r.d.Tasks[i].DueAt, "never shortened")
		}
		require.Equal(t, before.Case.ActsAt, r.d.Case.ActsAt)
		require.Equal(t, before.Case.Deadline, r.d.Case.Deadline)
	}
}

func TestACalendarMayChangeDuringAPause(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	due := *r.task("examine").DueAt
	r.do(ActPause, "")
	r.d.Calendar = holidays(t, "2014-09-05")
	r.do(ActRecalculate, "")
	require.Nil(t, r.task("examine").RemindAt, "it still stands still")
	r.later(2)
	r.do(ActResume, "")
	require.Equal(t, r.d.Calendar.Shift(due, 3), *r.task("examine").DueAt)
	require.NotNil(t, r.task("examine").RemindAt)
}

// workdays makes every Saturday of autumn 2014 a working day: all terms would be shorter.
func workdays(t *testing.T, version int) *workday.Calendar {
	t.Helper()
	var on []workday.Day
	for d := workday.NewDate(2014, 9, 6); d.Compare(workday.NewDate(2014, 12, 31)) < 0; d = d.AddDays(7) {
		on = append(on, workday.Day{Date: d, Kind: workday.Makeup, Name: "班", Source: workday.SourceImported})
	}
	c, err := workday.Builtin().With(version, on, nil)
	require.NoError(t, err)
	return c
}

func TestANewCalendarDoesNotMoveTheDayOfExpiry(t *testing.T) {
	t.Parallel()
	f := form()
	f.Start, f.End = "2014-10-17", "2014-11-07"
	r := at(t, InForce, f)
	r.till(clock("2014-10-31 09:00")).do(ActProposeExit, "", with(Details{Trigger: "ordered"}))
	require.Equal(t, *r.d.Case.ActsAt, *r.task("exit_opinion").DueAt, "by chance the same instant")
	r.d.Calendar = holidays(t, "2014-11-03")
	r.do(ActRecalculate, "")
	require.Equal(t, day("2014-11-08"), *r.d.Case.ActsAt)
	require.Equal(t, day("2014-11-11"), *r.task("exit_opinion").DueAt)
}

func TestTheDecisionSTermCanBeComputedAgainFromTheRecord(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.later(1)
	r.do(ActPause, "")
	r.later(2)
	r.do(ActResume, "")
	r.answer("prereview", "return")
	r.later(1)
	r.do(ActPause, "")
	r.later(3)
	r.do(ActResume, "")
	r.do(ActCorrect, r.task("correct").ID)
	r.to(Deliberation)
	r.answer("decide", "defer", with(Details{Until: "2014-10-20"}))
	r.till(*r.d.Case.ActsAt).do(ActReopen, "")
	require.Equal(t, *r.d.Case.Deadline, r.recomputed())

	r = at(t, Accepted, form())
	r.answer("examine", "return")
	r.later(3) // before it is accepted no term of the decision runs
	r.do(ActCorrect, r.task("correct").ID)
	r.to(JointReview)
	require.Equal(t, *r.d.Case.Deadline, r.recomputed())
}

func (r *run) recomputed() time.Time {
	x := &turn{Dossier: r.d}
	due, _ := r.d.Calendar.DueOf(workday.Term{Start: x.acceptedAt(), Length: 15, Suspensions: x.standstills(x.acceptedAt())})
	return due
}
