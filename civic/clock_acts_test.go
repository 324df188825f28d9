package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

func TestAPauseStopsEveryAct(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	r.refuse("not_paused", ActResume, "")
	r.refuse("reason_needed", ActPause, "", saying(""))
	r.do(ActPause, "")
	require.Nil(t, r.task("examine").RemindAt, "nobody is reminded of what stands still")
	r.refuseAnswer("paused", "examine", "accept")
	r.refuse("paused", ActClaim, id)
	r.refuse("paused", ActUrge, id)
	r.refuse("paused", ActPause, "")
	r.refuse("paused", ActRemind, "")
	r.do(ActCopy, "", with(Details{Person: "pan-feng"}))
	r.do(ActResume, "")
	r.answer("examine", "accept")
}

func TestAPauseAddsExactlyItsWorkingDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state        State
		request      AccessRequest
		prepare      func(*run)
		acts, decide bool // whether the state's instant and the decision's term move too
	}{
		{Submitted, form(), nil, false, false},
		{Accepted, form(), nil, false, false},
		{Accepted, form(), func(r *run) { r.answer("examine", "return") }, true, false},
		{PreReview, form(), nil, false, true},
		{Consult, form(), nil, true, true},
		{JointReview, form(), nil, false, true},
		{Deliberation, dear(), nil, false, true},
		{Publicity, form(), nil, true, true},
		{Publicity, form(), func(r *run) { r.do(ActObject, "", by(Public)) }, true, true},
		{Issuing, form(), nil, false, true},
	} {
		r := at(t, c.state, c.request)
		if c.prepare != nil {
			c.prepare(r)
		}
		r.till(clock("2014-09-24 10:00"))
		before := r.d
		r.do(ActPause, "")
		r.till(clock("2014-10-10 15:00")) // 25, 26, 28, 29, 30 September, 8, 9, 10 October
		fx := r.do(ActResume, "")
		require.Equal(t, 8, fx.Figures[0].Values["working_days"])
		moved := func(was *time.Time) time.Time {
			later, _ := r.d.Calendar.Resume(*was, clock("2014-09-24 10:00"), clock("2014-10-10 15:00"))
			return later
		}
		for i, k := range before.Tasks {
			if k.Open() {
				require.Equal(t, moved(k.DueAt), *r.d.Tasks[i].DueAt, "%s in %s", k.Step, r.d.Case.State)
				require.NotNil(t, r.d.Tasks[i].RemindAt)
			}
		}
		for _, term := range []struct {
			moves    bool
			was, now *time.Time
		}{{c.acts, before.Case.ActsAt, r.d.Case.ActsAt}, {c.decide, before.Case.Deadline, r.d.Case.Deadline}} {
			switch {
			case term.moves:
				require.Equal(t, moved(term.was), *term.now, "%s", r.d.Case.State)
			default:
				require.Equal(t, term.was, term.now, "%s", r.d.Case.State)
			}
		}
	}
}

func TestADeferralWaitsForADayAndNoPauseMovesIt(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	deadline := *r.d.Case.Deadline
	r.answer("decide", "defer", with(Details{Until: "2014-09-15"}))
	require.Equal(t, day("2014-09-15"), *r.d.Case.ActsAt)
	r.refuse("not_due", ActReopen, "")
	r.do(ActPause, "")
	r.till(clock("2014-09-16 09:00"))
	r.refuse("paused", ActReopen, "")
	r.do(ActResume, "")
	require.Equal(t, deadline, *r.d.Case.Deadline, "the decision's term stands still anyway")
	r.do(ActReopen, "")
	r.state(Deliberation)
	require.Equal(t, 2, r.d.Case.Round)
	stood := r.d.Calendar.Between(workday.DateOf(start), workday.NewDate(2014, 9, 16))
	require.Equal(t, r.d.Calendar.Shift(deadline, stood), *r.d.Case.Deadline, "the days of the deferral are added")
}

func TestTheDecisionSTermStandsStillWhileItIsCorrected(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	deadline := *r.d.Case.Deadline
	r.later(1)
	r.answer("prereview", "return")
	r.later(2)
	r.do(ActPause, "") // within the correction: not to be counted twice
	r.later(3)
	r.do(ActResume, "")
	r.later(1)
	r.do(ActCorrect, r.task("correct").ID)
	require.Equal(t, r.d.Calendar.Shift(deadline, 6), *r.d.Case.Deadline)
	require.Equal(t, 4, r.task("prereview").Term, "the clock goes on with the days that were left")
}

func TestWithdrawingEndsThePause(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.do(ActPause, "")
	r.later(2)
	fx := r.do(ActWithdraw, "", by("li-juan"))
	require.NotNil(t, fx.Pause.Until)
	require.Nil(t, r.d.Case.PausedAt)
	require.Equal(t, "理由充分", r.d.Pauses[0].Why)
}

func TestRemindersGoOutAndOverdueTasksAreEscalatedOnce(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	due := *r.task("joint", "cz-organisation").DueAt
	r.refuse("not_due", ActRemind, "")
	var kinds []string
	for _, want := range r.d.Calendar.Reminders(due) {
		require.Equal(t, want.At, *r.task("joint", "cz-organisation").RemindAt)
		r.till(want.At)
		for _, n := range r.do(ActRemind, "").Notices {
			if n.Seat == (Seat{Role: Reviewer, Unit: "cz-organisation"}) {
				kinds = append(kinds, n.Kind)
			}
		}
		r.refuse("not_due", ActRemind, "")
	}
	require.Equal(t, []string{"reminder", "reminder", "escalated"}, kinds)
	k := r.task("joint", "cz-organisation")
	require.True(t, k.Escalated)
	require.Equal(t, 3, k.Reminded)
	require.Nil(t, k.RemindAt)
	r.later(100)
	r.state(JointReview) // silence is no consent
	r.refuse("not_due", ActRemind, "")
}

func TestAnEscalationReachesTheLeaderAndTheOffice(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	r.till(r.d.Calendar.Reminders(*r.task("joint", "cz-organisation").DueAt)[2].At)
	var told []Seat
	for _, n := range r.do(ActRemind, "").Notices {
		if n.Kind == "escalated" && n.Task == r.task("joint", "cz-organisation").ID {
			told = append(told, n.Seat)
		}
	}
	require.ElementsMatch(t, []Seat{{Role: DeptLeader, Unit: "cz-organisation"}, {Role: OfficeHead, Unit: "cz-leading-office"}, {Role: Reviewer, Unit: "cz-organisation"}}, told)
}

func TestAnEscalationThatFellIntoAPauseIsSentAfterIt(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	due := *r.task("examine").DueAt
	r.till(due.Add(time.Hour)) // overdue, not escalated yet
	r.do(ActPause, "")
	r.later(3)
	r.do(ActResume, "")
	require.Equal(t, due, *r.task("examine").DueAt, "what has run out cannot stand still")
	r.do(ActRemind, "")
	require.True(t, r.task("examine").Escalated)
}

func TestVotesThatDoNotComePutTheRequestBeforeTheChair(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, dear())
	r.answer("vote", "for")
	r.till(r.d.Calendar.Reminders(*r.task("vote").DueAt)[2].At)
	r.do(ActRemind, "")
	require.Len(t, r.open("decide"), 1, "however many votes are overdue")
	r.refuseAnswer("not_carried", "decide", "admit")
	r.answer("decide", "defer", with(Details{Until: "2014-10-08"}))
	r.till(*r.d.Case.ActsAt).do(ActReopen, "")
	r.ruleOn("admit")
	r.state(Publicity)
}

func TestALeadingGroupWithoutMembersAdmitsNothing(t *testing.T) {
	t.Parallel()
	r := draft(t, dear())
	members := Seat{GroupMember, "cz-leading-group", ""}
	r.holders[members] = []string{"li-juan"} // the applicant has no vote
	r.to(Deliberation)
	r.refuseAnswer("no_members", "decide", "admit")
	r.refuseAnswer("no_members", "decide", "admit_cond")
	r.answer("decide", "defer", with(Details{Until: "2014-10-08"}))
	r.holders[members] = []string{"song-lixin"}
	r.till(*r.d.Case.ActsAt).do(ActReopen, "")
	r.ruleOn("admit")
	r.state(Publicity)
}
