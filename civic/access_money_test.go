package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

func TestAConditionalAdmissionWaitsForItsMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line, code string
		request          AccessRequest
		held             string
	}{
		{"on a line of the applicant's", "disabled-other", "", promised(), "disabled-other"},
		{"on the line of the request", "", "", form(), "disabled-2014"},
		{"on another line than the request's", "disabled-other", "", form(), "disabled-other"},
		{"nowhere", "", "no_such_line", promised(), ""},
		{"on another department's line", "human-2014", "no_such_line", promised(), ""},
		{"on a closed line", "disabled-old", "no_such_line", promised(), ""},
		{"on a line that does not exist", "nowhere", "no_such_line", promised(), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := at(t, Deliberation, c.request)
			r.answer("decide", "admit_cond")
			if c.code != "" {
				r.refuseAnswer(c.code, "fulfil", "met", with(Details{BudgetLine: c.line}))
				return
			}
			r.answer("fulfil", "met", with(Details{BudgetLine: c.line}))
			require.True(t, r.d.Ruling.Met)
			require.Equal(t, c.held, r.d.Ruling.Line)
			r.to(InForce)
			require.Equal(t, money.Fen(1_923_000), r.lines[c.held].Committed)
		})
	}
	r := at(t, Deliberation, promised())
	r.answer("decide", "admit_cond")
	r.lines["disabled-other"].Reserved = 11_000_000
	require.Equal(t, int64(923_000), r.refuse("budget_short", ActDecide, r.task("fulfil").ID,
		func(a *Act) { a.Outcome = "met" }, with(Details{BudgetLine: "disabled-other"})).Figures["missing_fen"])
}

func TestANarrowerScopeGivesTheDifferenceBack(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	r.answer("decide", "admit_scope", with(Details{Communities: []string{"zhaoyang"}}))
	require.Equal(t, money.Fen(1_173_000), r.lines["disabled-2014"].Reserved)
	require.Len(t, r.to(Issuing).answer("issue", "issue").Issue.Shares, 1)
	require.Equal(t, money.Fen(1_173_000), r.lines["disabled-2014"].Committed)
}

func TestMoreHouseholdsThanWhenItWasFiledNeedMoreMoney(t *testing.T) {
	t.Parallel()
	grow := func(r *run) {
		zhaoyang, _ := r.atlas.Region("zhaoyang")
		zhaoyang.Households += 100
		r.atlas = NewAtlas([]Region{zhaoyang, must(r.atlas.Region("lancheng")), must(r.atlas.Region("xinhe"))}, nil, nil, nil)
	}
	r := at(t, Deliberation, form())
	grow(r)
	r.answer("decide", "admit")
	require.Equal(t, money.Fen(1_973_000), r.lines["disabled-2014"].Reserved)

	r = at(t, Deliberation, form())
	grow(r)
	r.lines["disabled-2014"].Appropriated = 1_923_000
	require.Equal(t, int64(50_000), r.refuseAnswer("budget_short", "decide", "admit").Figures["missing_fen"])
}

func must[T any](v T, ok bool) T {
	if !ok {
		panic("the test's own world lacks it")
	}
	return v
}

func TestNothingIsIssuedWithoutExactlyItsMoney(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*run){
		"nothing is reserved any more": func(r *run) { r.d.Held = nil },
		"a fen is missing":             func(r *run) { r.d.Held[0].Left-- },
		"a fen too much":               func(r *run) { r.d.Held[0].Left++ },
	} {
		r := at(t, Issuing, form())
		spoil(r)
		refusal := r.refuseAnswer("money_not_there", "issue", "issue")
		require.Equal(t, int64(1_923_000), refusal.Figures["decided_fen"], name)
	}
}

func TestOnlyReservationsAreBookedAnew(t *testing.T) {
	t.Parallel()
	held := func(id string, kind MovementKind, left money.Fen) Holding {
		return Holding{Movement{ID: id, Line: "disabled-2014", Kind: kind}, left}
	}
	r := draft(t, form())
	x := &turn{Dossier: r.d, world: r}
	x.Held = []Holding{held("owed", Commit, 500), held("first", Reserve, 300), held("second", Reserve, 200)}
	require.NoError(t, x.rebookOn("disabled-2014", 100))
	require.Equal(t, []string{"first", "second"}, []string{x.fx.Money[0].Parent, x.fx.Money[1].Parent})
	require.Equal(t, []money.Fen{300, 100}, []money.Fen{x.fx.Money[0].Amount, x.fx.Money[1].Amount})
}

func TestZeroCostIsRecordedAndNothingIsHeld(t *testing.T) {
	t.Parallel()
	r := at(t, InForce, zeroCost())
	require.True(t, r.d.Ruling.ZeroCost)
	require.Len(t, r.d.Ruling.Shares, 3)
	require.Empty(t, r.d.Held)
	r = at(t, Deliberation, zeroCost())
	r.answer("decide", "admit_cond")
	r.answer("fulfil", "met")
	r.to(InForce)
	require.Empty(t, r.d.Held)
}

func TestSubmissionReservesItsMoney(t *testing.T) {
	t.Parallel()
	r := draft(t, form())
	r.d.Case.Calendar = 0
	fx := r.do(ActSubmit, "", by("li-juan"))
	require.True(t, fx.NewNumber)
	require.Equal(t, money.Fen(1_923_000), r.lines["disabled-2014"].Reserved)
	require.Equal(t, r.now, r.d.Case.RulesAt, "it is decided under the rules of the day it was filed")
	require.Equal(t, r.d.Calendar.Version(), r.d.Case.Calendar)
	r.refuse("already_submitted", ActSubmit, "", by("li-juan"))
}

func TestABlockedNameIsNotEvenFiled(t *testing.T) {
	t.Parallel()
	r := draft(t, form())
	r.lists = []Entry{{ID: "n", List: Negative, Name: form().Name, From: beginning}}
	require.Equal(t, "n", r.refuse("blocked_name", ActSubmit, "", by("li-juan")).Figures["entry"])
}

func TestWhatEndsWithoutAdmissionGivesItsMoneyBack(t *testing.T) {
	t.Parallel()
	for _, outcome := range []string{"merge", "transfer", "commission", "refuse"} {
		r := at(t, Deliberation, form())
		r.answer("decide", outcome)
		require.Zero(t, r.lines["disabled-2014"].Reserved, outcome)
	}
}

func TestABlockedRequestHoldsNoMoneyAndReservesItAgainWhenItsAppealIsUpheld(t *testing.T) {
	t.Parallel()
	for _, spent := range []bool{false, true} {
		r := at(t, Submitted, form())
		line := r.lines["disabled-2014"]
		held := line.Reserved
		require.Positive(t, held)
		r.lists = append(r.lists, Entry{ID: "n", List: Negative, Name: form().Name, From: r.now})
		r.answer("register", "pass")
		r.state(Blocked)
		require.Zero(t, line.Reserved, "an appeal has no term")
		r.do(ActAppeal, "", by("li-juan"))
		if spent {
			line.Appropriated = held - 1
			require.EqualValues(t, 1, r.refuseAnswer("budget_short", "appeal", "clear", by("he-lin")).Figures["missing_fen"])
			continue
		}
		r.answer("appeal", "clear", by("he-lin"))
		r.state(Accepted)
		require.Equal(t, held, line.Reserved)
	}
}
