package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

func TestAnybodyMayObjectWhileTheNoticeLasts(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, form())
	ends := *r.d.Case.ActsAt
	r.refuse("reason_needed", ActObject, "", by(Public), saying(""))
	fx := r.do(ActObject, "", by(Public), with(Details{Contact: "0519-1234567"}))
	require.Empty(t, fx.Objection.By, "the public has no name")
	require.Equal(t, "0519-1234567", fx.Objection.Contact)
	r.state(Objected)
	require.Equal(t, ends, *r.d.Case.ActsAt, "the notice goes on meanwhile")
	require.Equal(t, "pan-feng", r.do(ActObject, "", by("pan-feng")).Objection.By)
	require.Len(t, r.open("objection"), 2)
	r.refuse("not_due", ActCloseNotice, "")
	r.till(ends)
	r.refuse("notice_over", ActObject, "", by(Public))
	r.refuse("not_due", ActCloseNotice, "") // an objection is still open

	r = at(t, Publicity, form())
	r.till(*r.d.Case.ActsAt) // over by law, whether or not it is recorded yet
	r.refuse("notice_over", ActObject, "", by(Public))
	r.do(ActCloseNotice, "")
	r.state(Issuing)
	r.refuse("not_now", ActObject, "", by(Public))
}

func TestTheOfficeIsNotBuriedInObjections(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, form())
	r.quick = true
	for range maxObjections {
		r.do(ActObject, "", by(Public))
	}
	r.refuse("too_many_objections", ActObject, "", by(Public))
}

func TestASustainedObjectionReopensTheDeliberation(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, dear())
	r.do(ActObject, "", by(Public))
	r.do(ActObject, "", by(Public))
	r.do(ActObject, "", by(Public))
	r.answer("objection", "dismiss")
	r.answer("objection", "sustain")
	r.state(Deliberation)
	require.Equal(t, 2, r.d.Case.Round)
	require.Equal(t, []string{"overtaken", "sustain", "dismiss"}, []string{r.d.Objects[0].Result, r.d.Objects[1].Result, r.d.Objects[2].Result})
	require.Equal(t, money.Fen(7_692_000), r.lines["disabled-2014"].Reserved, "the money stays reserved")
	require.Empty(t, r.open("decide"), "the votes of the first round do not count")
	r.ruleOn("admit_scope")
	require.Equal(t, 2, r.d.Ruling.Round)
	require.Equal(t, money.Fen(2000*2346), r.lines["disabled-2014"].Reserved)
	r.to(InForce)
}

func TestVotesOfAnEarlierRoundDoNotCount(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, dear())
	r.do(ActObject, "", by(Public))
	r.answer("objection", "sustain")
	r.answerAll("vote", "against")
	refusal := r.refuseAnswer("not_carried", "decide", "admit")
	require.Equal(t, 0, refusal.Figures["for"])
	require.Equal(t, 3, refusal.Figures["cast"])
}

func TestTheLastDismissalLetsTheNoticeGoOn(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, form())
	ends := *r.d.Case.ActsAt
	r.do(ActObject, "", by(Public))
	r.answer("objection", "dismiss")
	r.state(Publicity)
	require.Equal(t, ends, *r.d.Case.ActsAt)
	r.do(ActObject, "", by(Public))
	r.later(9)
	r.answer("objection", "dismiss")
	r.state(Issuing) // the notice had ended meanwhile
}

func TestAnObjectionIsSettledByName(t *testing.T) {
	t.Parallel()
	r := at(t, Publicity, form())
	r.do(ActObject, "", by(Public))
	r.refuseAnswer("no_such_objection", "objection", "dismiss", with(Details{Objection: "another"}))
	r.answer("objection", "dismiss", with(Details{Objection: r.d.Objects[0].ID}))
}

func TestSilenceInTheConsultationIsNoOpinion(t *testing.T) {
	t.Parallel()
	r := at(t, Consult, form())
	require.Len(t, r.open("consult"), 5, "a community of each district, and all streets")
	r.answer("consult", "oppose")
	r.refuse("not_due", ActCloseConsult, "")
	r.till(*r.d.Case.ActsAt)
	fx := r.do(ActCloseConsult, "")
	require.Equal(t, 4, fx.Figures[0].Values["silent"])
	r.state(JointReview)
	for _, k := range r.d.Tasks {
		if k.Step == "consult" && k.State == TaskVoid {
			require.Equal(t, "no_opinion", k.VoidReason)
			require.True(t, k.Automatic)
			require.Empty(t, k.Outcome)
		}
	}
	r.refuse("not_due", ActCloseConsult, "")
}

func TestTheSampleOfCommunitiesCanBeRecomputed(t *testing.T) {
	t.Parallel()
	asked := func(change func(*run)) []string {
		r := draft(t, form())
		change(r)
		r.to(Consult)
		var out []string
		for _, k := range r.open("consult") {
			out = append(out, k.Seat.Unit)
		}
		return out
	}
	want := asked(func(*run) {})
	require.Equal(t, want, asked(func(r *run) { r.d.Request.Communities = []string{"xinhe", "lancheng", "zhaoyang"} }), "whatever order they were named in")
	require.NotEqual(t, want, asked(func(r *run) { r.d.Case.ID = NewID("another case") }), "but nobody can choose it")
}

func TestWhereNobodyCanBeAskedTheJointReviewBegins(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.atlas = NewAtlas(nil, nil, nil, nil)
	r.answer("prereview", "recommend")
	r.state(JointReview)
	require.NotEmpty(t, r.open("joint"))
}

func TestTheJointReviewAsksTheBodiesOfToday(t *testing.T) {
	t.Parallel()
	r := at(t, Consult, form())
	r.now = clock("2019-01-02 09:00") // the legal office has joined the justice bureau
	r.answerAll("consult", "support")
	require.Equal(t, Legal, r.task("joint", "cz-justice").Seat.Role)

	rules := append(parameters(), Parameter{Key: "joint.units", Value: "cz-legal-affairs|cz-justice|cz-organisation", From: beginning, Version: 2})
	r = at(t, Consult, form())
	r.d.Rules = RulesAt(rules, start)
	r.now = clock("2019-01-02 09:00")
	r.answerAll("consult", "support")
	var units []string
	for _, k := range r.open("joint") {
		units = append(units, k.Seat.Unit)
	}
	require.Equal(t, []string{"cz-justice", "cz-organisation", "cz-finance"}, units, "one body is asked once, and finance always")
}
