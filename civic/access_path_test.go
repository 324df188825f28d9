package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

func TestEveryOutcomeLeadsWhereItSays(t *testing.T) {
	t.Parallel()
	inForce := func(r *run) { r.do(ActProposeExit, "", with(Details{Trigger: "duplicate"})) }
	views := func(r *run) {
		inForce(r)
		r.answer("exit_opinion", "support")
		r.later(6) // the department let its term go by
	}
	objected := func(r *run) { r.do(ActObject, "", by(Public), with(Details{})) }
	blocked := func(r *run) {
		r.lists = append(r.lists, Entry{ID: "n", List: Negative, Name: form().Name, From: start})
	}
	appealed := func(r *run) {
		blocked(r)
		r.answer("register", "pass")
		r.do(ActAppeal, "", by("li-juan"))
	}
	for _, c := range []struct {
		from          State
		prepare       func(*run)
		step, outcome string
		to            State
	}{
		{Submitted, nil, "register", "pass", Accepted},
		{Submitted, blocked, "register", "pass", Blocked},
		{Submitted, appealed, "appeal", "clear", Accepted},
		{Submitted, appealed, "appeal", "dismiss", NotAccepted},
		{Accepted, nil, "examine", "accept", PreReview},
		{Accepted, nil, "examine", "return", Returned},
		{Accepted, nil, "examine", "not_accept", NotAccepted},
		{PreReview, nil, "prereview", "recommend", Consult},
		{PreReview, nil, "prereview", "limited", Consult},
		{PreReview, nil, "prereview", "advise_against", Consult},
		{PreReview, nil, "prereview", "return", Returned},
		{Consult, nil, "consult", "support", Consult},
		{Consult, nil, "consult", "conditional", Consult},
		{Consult, nil, "consult", "oppose", Consult},
		{JointReview, nil, "joint", "agree", JointReview},
		{JointReview, nil, "joint", "modify", JointReview},
		{JointReview, nil, "joint", "disagree", JointReview},
		{Deliberation, nil, "decide", "admit", Publicity},
		{Deliberation, nil, "decide", "admit_term", Publicity},
		{Deliberation, nil, "decide", "admit_scope", Publicity},
		{Deliberation, nil, "decide", "admit_cond", Decided},
		{Deliberation, nil, "decide", "merge", Merged},
		{Deliberation, nil, "decide", "transfer", Transferred},
		{Deliberation, nil, "decide", "commission", Commissioned},
		{Deliberation, nil, "decide", "refuse", RefusedState},
		{Deliberation, nil, "decide", "return", Returned},
		{Deliberation, nil, "decide", "defer", Deferred},
		{Deliberation, func(r *run) { r.answer("decide", "admit_cond") }, "fulfil", "met", Publicity},
		{Deliberation, func(r *run) { r.answer("decide", "admit_cond") }, "fulfil", "unmet", RefusedState},
		{Publicity, objected, "objection", "sustain", Deliberation},
		{Publicity, objected, "objection", "dismiss", Publicity},
		{Publicity, func(r *run) { objected(r); objected(r) }, "objection", "dismiss", Objected},
		{Publicity, func(r *run) { objected(r); r.till(*r.d.Case.ActsAt) }, "objection", "dismiss", Issuing},
		{Issuing, nil, "issue", "issue", InForce},
		{InForce, inForce, "exit_opinion", "support", InForce},
		{InForce, inForce, "exit_opinion", "oppose", InForce},
		{InForce, func(r *run) { inForce(r); r.answer("exit_opinion", "support") }, "exit_views", "accept", InForce},
		{InForce, func(r *run) { inForce(r); r.answer("exit_opinion", "support") }, "exit_views", "contest", InForce},
		{InForce, views, "exit_decide", "keep", InForce},
		{InForce, views, "exit_decide", "exit", Exited},
		{InForce, views, "exit_decide", "revoke", Revoked},
		{InForce, func(r *run) { r.do(ActSuspend, ""); views(r) }, "exit_decide", "keep", Suspended},
		{InForce, func(r *run) { r.do(ActSuspend, ""); views(r) }, "exit_decide", "exit", Exited},
	} {
		t.Run(c.step+"."+c.outcome+" leads to "+string(c.to), func(t *testing.T) {
			t.Parallel()
			r := at(t, c.from, form())
			if c.prepare != nil {
				c.prepare(r)
			}
			r.answer(c.step, c.outcome)
			r.state(c.to)
		})
	}
}

func TestTheVotesLeadToTheChair(t *testing.T) {
	t.Parallel()
	for _, outcome := range []string{"for", "against", "abstain"} {
		r := at(t, Deliberation, dear())
		r.answer("vote", outcome)
		r.answer("vote", outcome)
		require.Empty(t, r.open("decide"), "two of three are less than 67 percent, rounded up")
		r.answer("vote", outcome)
		require.Len(t, r.open("decide"), 1)
		r.state(Deliberation)
	}
}

func TestWhatEveryDecisionCarries(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, form())
	require.Equal(t, "admit", r.d.Ruling.Outcome)
	require.Equal(t, "2015-10-31", r.d.Ruling.TermEnd)
	require.Equal(t, form().Communities, r.d.Ruling.Communities)
	require.Equal(t, money.Fen(1_923_000), r.d.Ruling.Total)
	require.Len(t, r.d.Ruling.Shares, 3)

	r = at(t, Deliberation, form())
	r.answer("decide", "admit_term", with(Details{TermEnd: "2015-03-31", Communities: []string{"xinhe", "zhaoyang"}}))
	require.Equal(t, "2015-03-31", r.d.Ruling.TermEnd)
	require.Equal(t, []string{"xinhe", "zhaoyang"}, r.d.Ruling.Communities)

	r = at(t, Deliberation, form())
	fx := r.answer("decide", "refuse", with(Details{BlockName: true}))
	require.True(t, fx.Block)
	require.True(t, r.d.Ruling.BlockName)

	r = at(t, Deliberation, form())
	fx = r.answer("decide", "refuse")
	require.False(t, fx.Block, "the name is blocked only when the decision says so")
}

func TestADecisionIsRefusedWithoutWhatItNeeds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		outcome, code string
		change        []option
	}{
		{"refuse", "reason_needed", []option{saying("")}},
		{"refuse", "reason_needed", []option{saying(" \n ")}},
		{"commission", "reason_needed", []option{saying("")}},
		{"no_such", "no_such_outcome", nil},
		{"admit_term", "missing", []option{with(Details{})}},
		{"admit_term", "bad_date", []option{with(Details{TermEnd: "2015-11-01"})}},
		{"admit_term", "bad_date", []option{with(Details{TermEnd: "2014-11-02"})}},
		{"admit_term", "bad_date", []option{with(Details{TermEnd: "never"})}},
		{"admit_scope", "missing", []option{with(Details{})}},
		{"admit_scope", "outside_request", []option{with(Details{Communities: []string{"cuizhu"}})}},
		{"admit_scope", "community_twice", []option{with(Details{Communities: []string{"xinhe", "xinhe"}})}},
		{"admit_cond", "missing", []option{with(Details{})}},
		{"merge", "no_such_entry", []option{with(Details{MergeInto: "nothing"})}},
		{"merge", "missing", []option{with(Details{})}},
		{"transfer", "no_such_unit", []option{with(Details{TransferTo: "nobody"})}},
		{"defer", "bad_date", []option{with(Details{Until: "2014-09-01"})}},
		{"defer", "bad_date", []option{with(Details{Until: "2015-12-31"})}},
		{"return", "missing", []option{with(Details{})}},
		{"admit", "unused_detail", []option{with(Details{TermEnd: "2015-03-31"})}},
		{"refuse", "unused_detail", []option{with(Details{Communities: []string{"xinhe"}})}},
	} {
		r := at(t, Deliberation, form())
		r.refuseAnswer(c.code, "decide", c.outcome, c.change...)
		r.state(Deliberation)
	}
}

func TestSmallItemsAreForTheChairAlone(t *testing.T) {
	t.Parallel()
	limit := money.Fen(5_000_000)
	lump := func(total money.Fen) AccessRequest {
		f := form()
		f.Funding.Driver, f.Funding.Rate, f.Funding.Total = LumpSum, total, total
		return f
	}
	organisation, child := form(), form()
	organisation.Category = Organisation
	child.Children = []Child{{Organisation, "助残工作站"}}
	for _, c := range []struct {
		name    string
		request AccessRequest
		vote    bool
	}{
		{"at the limit", lump(limit), false},
		{"a fen above", lump(limit + 1), true},
		{"for nothing", zeroCost(), false},
		{"an organisation, however small", organisation, true},
		{"with an organisation in it", child, true},
	} {
		r := at(t, Deliberation, c.request)
		require.Equal(t, c.vote, len(r.open("vote")) == 3, c.name)
		require.Equal(t, !c.vote, len(r.open("decide")) == 1, c.name)
	}
}

func TestAUnitThatTookTheApplicantOverHasNoVoteEither(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	merged := r.atlas.Successions("cz-legal-affairs")
	r.atlas = NewAtlas(r.atlas.Regions(), nil, r.atlas.Units(), append(merged, Succession{From: "cz-disabled", To: "cz-organisation", On: r.now}))
	r.refuse("applicant_has_no_vote", ActDecide, r.task("joint", "cz-organisation").ID, func(a *Act) { a.Outcome = "agree" })
	r.do(ActDecide, r.task("joint", "cz-finance").ID, func(a *Act) { a.Outcome = "agree" })
}

func TestWhatFinanceAsksForItselfIsVotedOnHoweverSmall(t *testing.T) {
	t.Parallel()
	r := draft(t, zeroCost())
	r.d.Case.Unit = "cz-finance"
	r.to(Deliberation)
	require.Len(t, r.open("vote"), 3)
	require.Empty(t, r.open("decide"))
}

func TestAnAdmissionNeedsQuorumAndMajority(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		votes   []string
		carried bool
	}{
		{"all for it", []string{"for", "for", "for"}, true},
		{"two to one", []string{"for", "against", "for"}, true},
		{"one to two", []string{"for", "against", "against"}, false},
		{"an abstention is no consent", []string{"for", "abstain", "abstain"}, false},
		{"half is no majority", []string{"for", "for", "against", "against"}, false},
		{"quorum of four is three", []string{"for", "for", "against"}, true},
	} {
		r := draft(t, dear())
		if len(c.votes) == 4 || c.name == "quorum of four is three" {
			r.holders[Seat{GroupMember, "cz-leading-group", ""}] = []string{"song-lixin", "deng-liping", "xie-dong", "gao-xiang"}
		}
		r.to(Deliberation)
		for _, vote := range c.votes {
			r.answer("vote", vote)
		}
		if c.carried {
			r.answer("decide", "admit")
			r.state(Publicity)
			continue
		}
		refusal := r.refuseAnswer("not_carried", "decide", "admit")
		require.Contains(t, refusal.Figures, "for", c.name)
		r.answer("decide", "refuse") // which the chair may always
		r.state(RefusedState)
	}
}

func TestVotesThatComeAfterTheQuorumCountToo(t *testing.T) {
	t.Parallel()
	r := draft(t, dear())
	r.holders[Seat{GroupMember, "cz-leading-group", ""}] = []string{"a", "b", "c", "d"}
	r.to(Deliberation)
	r.answer("vote", "for")
	r.answer("vote", "against")
	r.answer("vote", "against")
	r.refuseAnswer("not_carried", "decide", "admit")
	require.Len(t, r.open("decide"), 1)
	r.answer("vote", "for")
	require.Len(t, r.open("decide"), 1, "the chair is asked once")
	r.refuseAnswer("not_carried", "decide", "admit")
}

func TestFinanceMustSign(t *testing.T) {
	t.Parallel()
	for outcome, signs := range map[string]bool{"agree": true, "modify": true, "disagree": false} {
		r := at(t, JointReview, form())
		r.do(ActDecide, r.task("joint", "cz-finance").ID, func(a *Act) { a.Outcome = outcome })
		r.answerAll("joint", "disagree")
		r.state(Deliberation)
		if signs {
			r.answer("decide", "admit")
			r.state(Publicity)
			continue
		}
		r.refuseAnswer("finance_unsigned", "decide", "admit")
		r.refuseAnswer("finance_unsigned", "decide", "admit_cond")
		r.answer("decide", "defer")
	}
}

func TestTheOpinionOfFinanceSColleagueIsNoSignature(t *testing.T) {
	t.Parallel()
	for part, own := range map[string]string{"agree": "disagree", "disagree": "agree"} {
		r := at(t, JointReview, form())
		task := r.task("joint", "cz-finance")
		r.do(ActDelegate, task.ID, by("qian-wei"), with(Details{Person: "feng-li"}))
		r.do(ActDecide, r.task("joint", "cz-finance").ID, by("feng-li"), func(a *Act) { a.Outcome = part })
		r.do(ActDecide, task.ID, by("qian-wei"), func(a *Act) { a.Outcome = own })
		r.answerAll("joint", "agree")
		if own == "agree" {
			r.answer("decide", "admit")
		} else {
			r.refuseAnswer("finance_unsigned", "decide", "admit")
		}
	}
}

func TestTheApplicantSUnitHasNoVote(t *testing.T) {
	t.Parallel()
	r := draft(t, form())
	r.d.Case.Unit, r.d.Case.Applicant = "cz-human-resources", "wang-fang"
	r.d.Request.Funding.Line = "human-2014"
	r.do(ActSubmit, "", by("wang-fang"))
	r.to(JointReview)
	for _, k := range r.open("joint") {
		require.NotEqual(t, "cz-human-resources", k.Seat.Unit)
	}
	require.Len(t, r.open("joint"), 3)
	r.refuse("applicant_has_no_vote", ActAddSigner, "", with(Details{Unit: "cz-human-resources"}))
	r.refuse("applicant_has_no_vote", ActTransfer, r.task("joint", "cz-organisation").ID, with(Details{Unit: "cz-human-resources"}))
}

func TestAnUnmetConditionRefuses(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, promised())
	r.refuseAnswer("money_not_there", "decide", "admit")
	r.refuseAnswer("money_not_there", "decide", "admit_term")
	r.refuseAnswer("money_not_there", "decide", "admit_scope")
	r.answer("decide", "admit_cond")
	r.refuse("reason_needed", ActDecide, r.task("fulfil").ID, saying(""), func(a *Act) { a.Outcome = "unmet" })
	r.answer("fulfil", "unmet")
	r.state(RefusedState)
}
