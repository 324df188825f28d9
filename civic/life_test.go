package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

func TestWithdrawingIsPossibleBeforeTheDecisionOnly(t *testing.T) {
	t.Parallel()
	for _, state := range []State{Submitted, Accepted, PreReview, Consult, JointReview, Deliberation} {
		r := at(t, state, form())
		r.do(ActWithdraw, "", by("li-juan"))
		r.state(Withdrawn)
		require.Zero(t, r.lines["disabled-2014"].Reserved, "the money goes back")
	}
	returned := at(t, Accepted, form())
	returned.answer("examine", "return")
	returned.do(ActWithdraw, "", by("li-juan"))
	deferred := at(t, Deliberation, form())
	deferred.answer("decide", "defer")
	deferred.do(ActWithdraw, "", by("li-juan"))
	decided := at(t, Deliberation, form())
	decided.answer("decide", "admit_cond")
	decided.refuse("not_now", ActWithdraw, "", by("li-juan"))
	for _, state := range []State{Draft, Publicity, Issuing, InForce} {
		at(t, state, form()).refuse("not_now", ActWithdraw, "", by("li-juan"))
	}
}

func TestIssuingPutsTheItemOnTheListWithItsMoney(t *testing.T) {
	t.Parallel()
	r := at(t, Issuing, form())
	fx := r.answer("issue", "issue")
	require.Equal(t, "cz-leading-office", fx.Issue.Unit)
	require.Equal(t, day("2014-11-03"), fx.Issue.From, "not before the first day that was asked for")
	require.Equal(t, day("2015-11-01"), fx.Issue.Until, "the last day counts whole")
	require.Len(t, fx.Issue.Shares, 3)
	require.Equal(t, day("2015-11-01"), *r.d.Case.ActsAt)
	require.Equal(t, money.Fen(1_923_000), r.lines["disabled-2014"].Committed)
	require.Zero(t, r.lines["disabled-2014"].Reserved)

	r = at(t, Issuing, form())
	r.till(clock("2014-11-10 10:00"))
	require.Equal(t, r.now.Add(time.Second), r.answer("issue", "issue").Issue.From, "not before it is issued")
}

func TestWhatIsNotIssuedBeforeItsTermIsOverNeverComesIntoForce(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	r.answer("decide", "admit_term", with(Details{TermEnd: "2014-11-03"}))
	r.till(*r.d.Case.ActsAt).do(ActCloseNotice, "")
	require.Equal(t, day("2014-11-04"), *r.d.Case.ActsAt)
	r.refuse("not_due", ActExpire, "")
	r.till(day("2014-11-04"))
	r.refuseAnswer("term_over", "issue", "issue")
	require.Nil(t, r.do(ActExpire, "").Entry)
	r.state(Expired)
	require.Zero(t, r.lines["disabled-2014"].Reserved)
}

func TestATermThatIsOverIsNotAdmitted(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	r.till(day("2015-11-01"))
	r.refuseAnswer("term_over", "decide", "admit")
	r.answer("decide", "refuse")
}

func TestTheListsAreLookedAtAgainBeforeAnythingIsAdmitted(t *testing.T) {
	t.Parallel()
	for code, entry := range map[string]Entry{
		"blocked_name":     {ID: "n", List: Negative, Name: "残疾人 康复需求入户调查", From: start},
		"already_admitted": {ID: "a", List: Admitted, Name: form().Name, From: start},
	} {
		r := at(t, Deliberation, form())
		r.lists = append(r.lists, entry)
		r.refuseAnswer(code, "decide", "admit")
		r.answer("decide", "refuse")

		r = at(t, Issuing, form())
		r.lists = append(r.lists, entry)
		r.refuseAnswer(code, "issue", "issue")
	}
}

func TestAnItemExpiresByItself(t *testing.T) {
	t.Parallel()
	for _, suspended := range []bool{false, true} {
		r := at(t, InForce, form())
		if suspended {
			r.till(day("2015-01-05")).do(ActSuspend, "")
		}
		r.refuse("not_due", ActExpire, "")
		r.till(day("2015-11-01").Add(36 * time.Hour)) // settled late, by the instant of the law
		fx := r.do(ActExpire, "")
		r.state(Expired)
		require.Equal(t, day("2015-11-01"), *fx.Entry.Ends)
		require.Zero(t, r.lines["disabled-2014"].Committed, "what was not spent goes back")
		r.refuse("not_due", ActArchive, "")
		r.till(*r.d.Case.ActsAt).do(ActArchive, "")
		r.state(Archived)
		r.refuse("archived", ActCopy, "", with(Details{Person: "pan-feng"}))
	}
}

func TestSuspensionAndReinstatement(t *testing.T) {
	t.Parallel()
	r := at(t, InForce, form())
	expiry := *r.d.Case.ActsAt
	r.refuse("reason_needed", ActSuspend, "", saying(""))
	r.refuse("bad_date", ActSuspend, "", with(Details{From: "2015-11-01"}))
	r.refuse("bad_date", ActSuspend, "", with(Details{From: "soon"}))
	r.refuse("not_now", ActReinstate, "")
	fx := r.do(ActSuspend, "", with(Details{From: "2015-01-05"}))
	require.Equal(t, day("2015-01-05"), *fx.Entry.Suspend)
	r.state(Suspended)
	require.Equal(t, expiry, *r.d.Case.ActsAt, "its term runs on")
	r.refuse("not_now", ActSuspend, "")
	r.refuse("reason_needed", ActReinstate, "", saying(""))
	r.till(day("2015-02-02"))
	require.NotNil(t, r.do(ActReinstate, "").Entry.Reinstate)
	r.state(InForce)
	fx = r.do(ActSuspend, "", with(Details{From: "2014-11-05"}))
	require.Equal(t, r.now, *fx.Entry.Suspend, "never back in time")
}

func TestTheWayOut(t *testing.T) {
	t.Parallel()
	r := at(t, InForce, form())
	r.till(clock("2015-01-05 09:00"))
	r.refuse("unknown_trigger", ActProposeExit, "", with(Details{Trigger: "whim"}))
	r.refuse("reason_needed", ActProposeExit, "", saying(""), with(Details{Trigger: "satisfaction"}))
	r.do(ActProposeExit, "", with(Details{Trigger: "satisfaction"}))
	r.refuse("exit_under_way", ActProposeExit, "", with(Details{Trigger: "duplicate"}))
	r.answer("exit_opinion", "support")
	require.Contains(t, r.refuseAnswer("views_pending", "exit_decide", "exit").Figures, "due_at")
	r.do(ActSuspend, "") // which leaves the way out as it is
	require.Len(t, r.open(""), 2)
	r.answer("exit_views", "contest", by("zhao-guoqiang"))
	fx := r.answer("exit_decide", "exit")
	r.state(Exited)
	require.Equal(t, r.now, *fx.Entry.Ends)
	require.Zero(t, r.lines["disabled-2014"].Committed)

	r = at(t, InForce, form())
	r.till(clock("2015-01-05 09:00"))
	r.do(ActProposeExit, "", with(Details{Trigger: "satisfaction"}))
	r.answer("exit_opinion", "oppose")
	r.till(*r.task("exit_views").DueAt)
	r.answer("exit_decide", "keep") // the department's term is over
	r.state(InForce)
	require.Empty(t, r.open(""))
	r.do(ActProposeExit, "", with(Details{Trigger: "satisfaction"}))
}

func TestAnItemThatEndsBeforeItBeganIsOnTheListForNoDay(t *testing.T) {
	t.Parallel()
	r := at(t, InForce, form())
	r.do(ActProposeExit, "", with(Details{Trigger: "department"}))
	r.answer("exit_opinion", "support")
	r.answer("exit_views", "accept")
	fx := r.answer("exit_decide", "exit")
	require.Equal(t, day("2014-11-03").Add(time.Microsecond), *fx.Entry.Ends, "a validity cannot be empty")
}
