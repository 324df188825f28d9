package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

// The table of returns, row by row.
func TestTheTableOfReturnsIsWhatHappens(t *testing.T) {
	t.Parallel()
	states := map[string]State{"examine": Accepted, "prereview": PreReview, "decide": Deliberation}
	for _, row := range accessReturns {
		t.Run(row.Step, func(t *testing.T) {
			t.Parallel()
			r := at(t, states[row.Step], form())
			signed, round := len(doneIn(r, "joint")), r.d.Case.Round
			r.later(1)
			returned := r.task(row.Step)
			r.answer(row.Step, "return")
			r.state(Returned)
			require.Len(t, r.open(""), 1, "the tasks beside it are void")
			r.later(3)
			deadline := r.d.Case.Deadline
			r.do(ActCorrect, r.task("correct").ID)
			r.state(row.State)
			again := r.task(row.Resumes)
			require.True(t, again.Open())
			switch row.Clock {
			case Continues:
				require.Equal(t, returned.Term-1, again.Term, "the days that were left")
			case Restarts:
				require.Equal(t, 5, again.Term)
			}
			require.Equal(t, row.Signatures == Void, r.d.Case.Round == round+1, "signatures of an earlier round do not count")
			require.Len(t, doneIn(r, "joint"), signed)
			if deadline != nil {
				require.Equal(t, r.d.Calendar.Shift(*deadline, 3), *r.d.Case.Deadline, "the decision's term stood still")
			}
		})
	}
	_, ok := Definitions[AccessProcedure].ReturnFrom("joint")
	require.False(t, ok, "who signs has a disagreement, not a return")
}

func doneIn(r *run, step string) []Task {
	var out []Task
	for _, k := range r.d.Tasks {
		if k.Step == step && k.State == TaskDone {
			out = append(out, k)
		}
	}
	return out
}

func TestAfterAReturnFromTheDecisionEverybodySignsAgain(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	r.answer("decide", "return")
	r.do(ActCorrect, r.task("correct").ID)
	r.to(JointReview)
	for _, unit := range []string{"cz-organisation", "cz-human-resources", "cz-legal-affairs"} {
		r.do(ActDecide, r.task("joint", unit).ID, func(a *Act) { a.Outcome = "agree" })
	}
	r.do(ActDecide, r.task("joint", "cz-finance").ID, func(a *Act) { a.Outcome = "disagree" })
	r.refuseAnswer("finance_unsigned", "decide", "admit")
}

func TestEachStepReturnsARequestOnce(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	r.do(ActCorrect, r.task("correct").ID)
	r.refuseAnswer("returned_enough", "examine", "return")
	r.answer("examine", "accept")
	r.refuseAnswer("returned_enough", "prereview", "return")
	r.to(Deliberation)
	r.refuseAnswer("returned_enough", "decide", "return")

	r = at(t, Deliberation, form())
	r.answer("decide", "return")
	r.do(ActCorrect, r.task("correct").ID)
	r.to(Deliberation)
	require.Equal(t, 2, r.d.Case.Round)
	r.refuseAnswer("returned_enough", "decide", "return") // a new round is no way to return it for ever
}

func TestACorrectionMustStandEveryCheckToo(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	id := r.task("correct").ID
	r.refuse("use_correction", ActDecide, id, func(a *Act) { a.Outcome = "corrected" })
	r.d.Request.Work = ""
	r.refuse("missing", ActCorrect, id)
	r.d.Request = form()
	r.d.Request.Start = "2014-09-20" // the lead time was kept when it was first submitted
	r.do(ActCorrect, id)
	r.refuse("task_ended", ActCorrect, id)
}

func TestOnlyACorrectionIsCorrected(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.refuse("not_now", ActCorrect, r.task("examine").ID)
	r.refuse("not_found", ActCorrect, "no-such-task")
}

func TestAClaimedCorrectionIsItsHolderS(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	r.do(ActClaim, r.task("correct").ID, by("gu-xin"))
	r.refuse("claimed", ActCorrect, r.task("correct").ID, by("li-juan"))
}

func TestMoneyFollowsACorrection(t *testing.T) {
	t.Parallel()
	other := func(f AccessRequest, line string) AccessRequest { f.Funding.Line = line; return f }
	for _, c := range []struct {
		name          string
		before, after AccessRequest
		held          map[string]money.Fen
	}{
		{"more", form(), dear(), map[string]money.Fen{"disabled-2014": 7_692_000}},
		{"less", dear(), form(), map[string]money.Fen{"disabled-2014": 1_923_000}},
		{"nearly all of the line, again", atRate(7000), atRate(7001), map[string]money.Fen{"disabled-2014": 7001 * 3846}},
		{"another line", form(), other(form(), "disabled-other"), map[string]money.Fen{"disabled-other": 1_923_000}},
		{"a promise instead", form(), promised(), nil},
		{"no cost after all", form(), zeroCost(), nil},
		{"a line instead of a promise", promised(), form(), map[string]money.Fen{"disabled-2014": 1_923_000}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := at(t, Accepted, c.before)
			r.answer("examine", "return")
			r.d.Request = c.after
			r.do(ActCorrect, r.task("correct").ID)
			for id, line := range r.lines {
				require.Equal(t, c.held[id], line.Reserved, id)
			}
		})
	}
}

func TestACorrectionIsRefusedMoreThanTheLineHas(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	r.d.Request = atRate(7281)
	r.refuse("budget_short", ActCorrect, r.task("correct").ID)
	require.Equal(t, money.Fen(1_923_000), r.lines["disabled-2014"].Reserved)
}

func TestWhatIsNotCorrectedInTimeLapses(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	due := *r.d.Case.ActsAt
	require.Equal(t, *r.task("correct").DueAt, due)
	r.refuse("not_due", ActLapse, "")
	r.till(due)
	r.do(ActLapse, "")
	r.state(Lapsed)
	r.refuse("task_ended", ActCorrect, r.task("correct").ID, by("li-juan"))

	r = at(t, Accepted, form())
	r.answer("examine", "return")
	r.till(r.d.Case.ActsAt.Add(time.Hour)) // late, but before anybody recorded the lapse: the correction stands
	r.do(ActCorrect, r.task("correct").ID)
	r.refuse("not_due", ActLapse, "")
}

func TestAnUpheldAppealHoldsForTheCorrectionToo(t *testing.T) {
	t.Parallel()
	appealed := func() *run {
		r := at(t, Submitted, form())
		r.lists = append(r.lists, Entry{ID: "n", List: Negative, Name: form().Name, From: r.now})
		r.answer("register", "pass")
		r.state(Blocked)
		r.refuse("reason_needed", ActAppeal, "", by("li-juan"), saying(""))
		r.do(ActAppeal, "", by("li-juan"))
		r.refuse("not_now", ActAppeal, "", by("li-juan"))
		r.answer("appeal", "clear", by("he-lin"))
		r.answer("examine", "return", by("xu-ming"))
		return r
	}
	r := appealed()
	r.do(ActCorrect, r.task("correct").ID)
	r.to(InForce)

	r = appealed()
	r.lists = append(r.lists, Entry{ID: "again", List: Negative, Name: form().Name, From: r.now}) // after the appeal was upheld
	r.refuse("blocked_name", ActCorrect, r.task("correct").ID)

	r = appealed()
	r.do(ActCorrect, r.task("correct").ID)
	r.to(Deliberation)
	r.lists = append(r.lists, Entry{ID: "again", List: Negative, Name: form().Name, From: r.now})
	r.refuseAnswer("blocked_name", "decide", "admit")

	r = appealed()
	r.lists = append(r.lists, Entry{ID: "m", List: Negative, Name: "居民满意度考核", From: beginning})
	r.d.Request.Name = "居民满意度考核" // which nobody appealed for
	r.refuse("blocked_name", ActCorrect, r.task("correct").ID)
}

func TestAChangeReplacesAnItemOfOneSOwnThatIsInForce(t *testing.T) {
	t.Parallel()
	ended := start
	change := func(replaces string) *run {
		r := draft(t, form())
		r.d.Request.Purpose, r.d.Request.Replaces = Change, replaces
		r.lists = []Entry{
			{ID: "own", List: Admitted, Name: form().Name, Unit: "cz-disabled", From: beginning},
			{ID: "gone", List: Admitted, Name: "旧事项", Unit: "cz-disabled", From: beginning, Until: &ended},
			{ID: "other", List: Admitted, Name: "居民健康档案", Unit: "cz-human-resources", From: beginning},
			{ID: "blocked", List: Negative, Name: "满意度考核", Unit: "cz-disabled", From: beginning},
		}
		return r
	}
	for _, id := range []string{"gone", "other", "blocked", "nothing"} {
		require.Equal(t, "replaces", change(id).refuse("no_such_entry", ActSubmit, "", by("li-juan")).Field)
	}
	r := change("own").to(Issuing)
	require.Equal(t, "own", r.answer("issue", "issue").Issue.Replaces)
}
