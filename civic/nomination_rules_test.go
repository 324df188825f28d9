package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

func TestACommunityIsNotNamedAgainWithinTheInterval(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring()
	w.titles = []Title{{Nomination: "x", Year: 2012, Community: "zhaoyang", Plaque: "KP-2012-007"}}
	id := NominationID(2014, "zhaoyang")
	w.open(id, NominationProcedure, theYear, "zhaoyang-committee", "clerk-zhaoyang", &Nomination{Year: 2014, Community: "zhaoyang", Plan: "计划", Minutes: "记录"})
	err := w.apply(id, Act{Kind: ActSubmit, Actor: "clerk-zhaoyang"})
	require.True(t, Refused(err, "named_recently"), "%v", err)
	require.Equal(t, "KP-2012-007", AsRefusal(err).Figures["plaque"], "the earlier naming is named")
	w.titles[0].Year = 2011
	w.did(id, Act{Kind: ActSubmit, Actor: "clerk-zhaoyang"})
}

func TestAssessorsAreRecusedFromTheirOwnStreet(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring()
	w.ties["tianning-1"] = []string{"hongmei-office"}
	w.refused("panel_too_small", theYear, w.answer(theYear, "desk-tianning", "compose_panel", "compose", &AppraisalDetails{Assessors: []string{"tianning-0", "tianning-1", "tianning-2"}, Lead: "tianning-0"}))
	w.refused("lead_recused", theYear, w.answer(theYear, "desk-tianning", "compose_panel", "compose",
		&AppraisalDetails{Assessors: []string{"tianning-0", "tianning-1", "tianning-2", "tianning-3"}, Lead: "tianning-1"}))
	id := w.recommend("zhaoyang", 1)
	require.Equal(t, Recommended, w.state(id), "it waits for the panel")
	w.did(theYear, w.answer(theYear, "desk-tianning", "compose_panel", "compose",
		&AppraisalDetails{Assessors: []string{"tianning-0", "tianning-1", "tianning-2", "tianning-3"}, Lead: "tianning-0"}))
	w.did(id, w.system(ActSettle))
	recused := slices.DeleteFunc(slices.Clone(w.sheets[id]), func(s Sheet) bool { return !s.Recused })
	require.Len(t, recused, 1)
	require.Equal(t, "tianning-1", recused[0].Assessor)
	w.assess(id, 90)
	require.Equal(t, selection.Points(90_00), w.nominees[id].Panel, "whoever is recused is in neither the sum nor the number")
}

func TestAGroundOfExclusionBarsOnlyWhereTheRulesSaySo(t *testing.T) {
	t.Parallel()
	for bars, want := range map[string]State{"true": Vetoed, "false": Publicity} {
		w := newTown(t, map[string]string{"appraisal.veto": bars}).declaring().composed()
		id := w.recommend("zhaoyang", 1)
		w.marked(id, PanelSheet, 90)
		w.did(id, w.answer(id, "tianning-0", "close_panel", "close", &AppraisalDetails{Survey: &survey}))
		w.refused("no_such_ground", id, w.answer(id, "zhu-hong", "eligibility", "veto", &AppraisalDetails{Ground: "weather"}))
		w.did(id, w.answer(id, "zhu-hong", "eligibility", "veto", &AppraisalDetails{Ground: "accident"}))
		w.did(id, w.answer(id, "pan-feng", "eligibility", "clear", nil))
		require.Equal(t, want, w.state(id))
	}
}

func TestADeviationOfTheSampleAdjustsOrStrikes(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]State{"adjust": Ranked, "strike": Struck} {
		w, _ := frozen(t, map[string]string{"appraisal.deviation_rule": rule})
		w.sampled()
		a, _ := w.cases[theYear].Matter.(*Appraisal)
		for _, one := range a.Decided.Draw.Drawn {
			n := w.nominees[NominationID(2014, one.Key)]
			require.Equal(t, want, w.state(n.Nomination))
			require.Equal(t, selection.Points(74_00), *n.Second, "70 from the panel and 90 from the survey, at 80 and 20 percent")
		}
	}
}

func TestTheFreezeLeavesBehindWhatIsNotFinished(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	w.due(theYear, ActCloseDeclaring)
	w.refused("unfinished", theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze_unfinished", nil))
	w.did(id, w.system(ActSettle))
	require.Equal(t, NotRecommended, w.state(id))
	require.True(t, w.nominees[id].Frozen)
}

func TestNothingIsAnsweredAboutANominationAfterTheFreeze(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	scored := w.nominate("zhaoyang")
	w.marked(scored, SelfSheet, 90)
	recommended := w.nominate("cuizhu")
	w.marked(recommended, SelfSheet, 90)
	w.did(recommended, w.answer(recommended, "clerk-cuizhu", "self_assess", "hand_in", nil))
	assessed, checked := w.recommend("lancheng", 1), w.recommend("xinhe", 1)
	for _, id := range []string{assessed, checked} {
		w.marked(id, PanelSheet, 90)
	}
	w.did(checked, w.answer(checked, "zhonglou-0", "close_panel", "close", &AppraisalDetails{Survey: &survey}))
	w.due(theYear, ActCloseDeclaring)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze_unfinished", nil))
	for _, c := range []struct {
		id, person, step, outcome string
		d                         *AppraisalDetails
	}{
		{scored, "clerk-zhaoyang", "self_assess", "hand_in", nil},
		{recommended, "clerk-hongmei", "recommend", "recommend", &AppraisalDetails{Rank: 1}},
		{recommended, "clerk-hongmei", "recommend", "not_recommend", nil},
		{assessed, "tianning-0", "close_panel", "close", &AppraisalDetails{Survey: &survey}},
		{checked, "zhu-hong", "eligibility", "clear", nil},
	} {
		w.refused("scores_frozen", c.id, w.answer(c.id, c.person, c.step, c.outcome, c.d))
		require.NotNil(t, w.cases[c.id].Case.ActsAt, "it still looks by itself")
	}
	for _, id := range []string{scored, recommended, assessed, checked} {
		w.did(id, w.system(ActSettle))
		require.Equal(t, NotRecommended, w.state(id))
	}
}

func TestWhoeverStepsBackIsNeitherRankedNorNamed(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	w.assess(id, 100)
	w.did(id, Act{Kind: ActWithdraw, Actor: "clerk-zhaoyang"})
	other := w.recommend("cuizhu", 2)
	w.assess(other, 70)
	w.due(theYear, ActCloseDeclaring)
	w.due(other, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	require.Equal(t, []any{selection.NotRecommended, "withdrawn"}, []any{w.nominees[id].Stands, w.nominees[id].Ground})
	require.Equal(t, string(selection.IsNotRecommended), w.nominees[id].Outcome)
	require.Equal(t, string(selection.IsProposed), w.nominees[other].Outcome)
}

func TestNoScoreOrGroundIsToldBeforeTheFreeze(t *testing.T) {
	t.Parallel()
	n := Nominee{Nomination: "n", Base: 90_00, Bonus: 1_00, Stands: selection.Vetoed, Ground: "accident"}
	line := nomineeLine(n, lexicon{atlas: new(Atlas)})
	require.Zero(t, line.Base+line.Bonus)
	require.Empty(t, line.Ground, "lists are for everybody who has signed in")
	n.Frozen = true
	require.Equal(t, n, nomineeLine(n, lexicon{atlas: new(Atlas)}).Nominee)
}
