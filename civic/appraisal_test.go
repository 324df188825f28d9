package civic

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

func TestAWholeYearNamesWithinItsQuota(t *testing.T) {
	t.Parallel()
	w, ids := frozen(t, nil)
	w.noticed()
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	require.Len(t, w.titles, 3)
	named := 0
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		if w.state(id) == TitleHeld {
			named++
		}
	}
	require.Equal(t, 3, named)
	w.did(theYear, w.answer(theYear, "xu-ming", "award", "award", nil))
	require.Equal(t, Concluded, w.state(theYear))
	for _, s := range w.published {
		_, findings, err := selection.Verify(s.Body)
		require.NoError(t, err)
		require.Empty(t, findings)
	}
}

func TestNobodyIsNamedBeforeTheNoticeIsOverOrWithAnOpenObjection(t *testing.T) {
	t.Parallel()
	w, _ := frozen(t, nil)
	w.noticed()
	w.refused("not_due", theYear, w.system(ActCloseNotice))
	w.did(theYear, Act{Kind: ActObject, Actor: Public, Opinion: "有异议"})
	ends := *w.cases[theYear].Case.ActsAt
	w.now = ends.Add(time.Hour)
	w.refused("not_due", theYear, w.system(ActCloseNotice))
	require.Empty(t, slices.DeleteFunc(slices.Clone(w.cases[theYear].Tasks), func(k Task) bool { return k.Step != "name_list" }), "nobody is even asked to name")
	w.did(theYear, w.answer(theYear, "chen-jing", "list_objection", "dismiss", nil))
	require.Equal(t, NamingDue, w.state(theYear))
}

func TestASustainedObjectionBringsTheNextUpAndTheListIsNoticedAgain(t *testing.T) {
	t.Parallel()
	w, ids := frozen(t, nil)
	w.noticed()
	began := *w.cases[theYear].Case.ActsAt
	w.did(theYear, Act{Kind: ActObject, Actor: Public, Opinion: "弄虚作假"})
	w.now = w.now.Add(72 * time.Hour)
	w.refused("not_on_list", theYear, w.answer(theYear, "chen-jing", "list_objection", "strike", &AppraisalDetails{Community: "gongfang"}))
	w.did(theYear, w.answer(theYear, "chen-jing", "list_objection", "strike", &AppraisalDetails{Community: "zhaoyang"}))
	require.Equal(t, Publicity, w.state(theYear))
	require.True(t, w.cases[theYear].Case.ActsAt.After(began), "whoever moved up is on notice for a whole term")
	require.Equal(t, string(selection.IsStruck), w.nominees[ids[0]].Outcome)
}

func TestNamingNeedsAnApprovedProjectThatCoversIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		p    Project
	}{
		{"no_project", Project{}},
		{"project_name", Project{Name: "文明社区", Cycle: 1, First: 2014, Last: 2018, Quota: 3}},
		{"project_year", Project{Name: "和谐社区", Cycle: 1, First: 2015, Last: 2018, Quota: 3}},
		{"project_year", Project{Name: "和谐社区", Cycle: 2, First: 2013, Last: 2018, Quota: 3}},
		{"project_quota", Project{Name: "和谐社区", Cycle: 1, First: 2014, Last: 2018, Quota: 2}},
	} {
		w, ids := frozen(t, nil)
		w.noticed()
		w.due(theYear, ActCloseNotice)
		delete(w.projects, "p")
		if c.p.Name != "" {
			w.projects["p"] = c.p
		}
		w.refused(c.code, theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
		w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "assess_only", nil))
		w.did(ids[0], w.system(ActSettle))
		require.Equal(t, AssessedOnly, w.state(ids[0]), "an assessment without naming stays possible")
	}
}

func TestARevokedTitleMakesRoomForOneOfTheReserve(t *testing.T) {
	t.Parallel()
	w, ids := frozen(t, nil)
	w.noticed()
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	var held, reserve string
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		switch w.state(id) {
		case TitleHeld:
			held = id
		case InReserve:
			reserve = id
		}
	}
	require.NotEmpty(t, reserve)
	next := Act{Kind: ActNameNext, Actor: "wen-shu", Opinion: "递补"}
	w.refused("no_place_left", reserve, next)
	w.due(held, ActCheckDue)
	w.refused("not_due", reserve, w.system(ActSettle)) // it outlasts the first check
	district := w.nominees[held].District
	w.did(held, w.answer(held, "desk-"+district, "year_check", "rectify", nil))
	w.did(held, w.answer(held, "chen-jing", "rectified", "remove", nil))
	require.Equal(t, Revoked, w.state(held))
	ahead := NominationID(2014, "gongfang") // another of the same list, before it
	n := *w.nominees[reserve]
	n.Nomination, n.Community = ahead, "gongfang"
	w.nominees[ahead], w.cases[ahead], w.places["gongfang"] = &n, w.cases[reserve], w.places[n.Community]-1
	w.refused("not_next", reserve, next)
	delete(w.nominees, ahead)
	w.titles = append(w.titles, Title{Nomination: "y", Year: 2015, Community: w.nominees[reserve].Community})
	w.refused("named_recently", reserve, next)
	w.titles = w.titles[:len(w.titles)-1]
	w.did(reserve, next)
	require.Equal(t, TitleHeld, w.state(reserve))
	require.Contains(t, w.documents[len(w.documents)-1].Title, "递补命名", "whoever moves up is named by a decision of its own")
	require.Equal(t, 3, w.taken)
}

func TestTheReserveOfAYearLastsAsLongAsAParameterSays(t *testing.T) {
	t.Parallel()
	w, ids := frozen(t, map[string]string{"appraisal.reserve_months": "30"})
	w.noticed()
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		if w.state(id) != InReserve {
			continue
		}
		require.Equal(t, dateOf(w.now.AddDate(0, 30, 1)), dateOf(*w.cases[id].Case.ActsAt))
		w.due(id, ActSettle)
		require.Equal(t, NotRecommended, w.state(id))
	}
}

func TestAListOnWhichNobodyIsProposedNamesNobody(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring()
	w.due(theYear, ActCloseDeclaring)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	w.noticed()
	w.due(theYear, ActCloseNotice)
	w.refused("nobody_proposed", theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "assess_only", nil))
	require.Equal(t, Concluded, w.state(theYear))
}

func TestRulesMustCoverEveryIndicatorOfTheCity(t *testing.T) {
	t.Parallel()
	for code, change := range map[string]func(*StandardBody){
		"rules_uncovered": func(b *StandardBody) { b.Dimensions[0].Indicators[0].City = "" },
		"rules_too_heavy": func(b *StandardBody) {
			b.Dimensions[0].Indicators[0].Most, b.Dimensions[1].Indicators[0].Most = 20_00, 55_00
		},
		"standard_not_whole": func(b *StandardBody) { b.Dimensions[0].Indicators[0].Most = 1_00 },
		"bad_mapping":        func(b *StandardBody) { b.Dimensions[0].Indicators[0].City = "weather" },
	} {
		w := newTown(t, nil)
		own := w.standards["tianning"]
		change(&own.StandardBody)
		w.standards["tianning"] = own
		w.did(theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
		w.refused(code, theYear, w.answer(theYear, "desk-tianning", "file_rules", "file", &AppraisalDetails{Standard: "tianning"}))
		w.refused("no_such_standard", theYear, w.answer(theYear, "desk-tianning", "file_rules", "file", &AppraisalDetails{Standard: "zhonglou"}))
	}
}

func TestTheGuidingStandardIsIssuedWithTheCircular(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil)
	draft := w.standards["city"]
	draft.State = StandardDraft
	draft.Rules = append(draft.Rules, draft.Rules[0])
	w.standards["city"] = draft
	w.refused("standard_not_whole", theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
	draft.Rules, draft.Unit = draft.Rules[:1], "tianning-desk"
	w.standards["city"] = draft
	w.refused("no_such_standard", theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
	draft.Unit = "cz-leading-office"
	w.standards["city"] = draft
	w.did(theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
	require.Equal(t, StandardFiled, w.standards["city"].State)
}

func TestLateRulesLeaveCommunitiesTimeToDeclare(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil)
	w.did(theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
	for _, d := range []string{"tianning", "zhonglou"} {
		w.did(theYear, w.answer(theYear, "desk-"+d, "file_rules", "file", &AppraisalDetails{Standard: d}))
		if d == "tianning" {
			w.did(theYear, w.answer(theYear, "chen-jing", "check_rules", "approve", nil))
		}
	}
	w.now = time.Date(2014, 11, 3, 2, 0, 0, 0, time.UTC) // the circular's day was 31 October
	w.did(theYear, w.answer(theYear, "chen-jing", "check_rules", "approve", nil))
	require.Equal(t, time.Date(2014, 11, 10, 16, 0, 0, 0, time.UTC), *w.cases[theYear].Case.ActsAt)
	a, _ := w.cases[theYear].Matter.(*Appraisal)
	require.Equal(t, "2014-11-10", a.DeclareBy)
	w.recommend("zhaoyang", 1)
}

func TestADistrictThatNamedNoPanelScoresTheSampleWhereNoOtherHasOne(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring()
	w.did(theYear, w.answer(theYear, "desk-zhonglou", "compose_panel", "compose", &AppraisalDetails{Assessors: []string{"zhonglou-0", "zhonglou-1", "zhonglou-2"}, Lead: "zhonglou-0"}))
	id := w.recommend("xinhe", 1)
	w.assess(id, 90)
	w.due(theYear, ActCloseDeclaring)
	w.due(id, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	w.did(id, w.system(ActSettle))
	w.sampled()
	require.Equal(t, Deliberation, w.state(theYear))
}

func TestTheOnlyDistrictOfAYearScoresItsSampleItself(t *testing.T) {
	t.Parallel()
	a := &Appraisal{}
	a.Decided.Districts = []DistrictYear{{Region: "tianning", Bureau: "tianning-bureau", Panel: &PanelOf{}}}
	team, crossed := a.team("tianning", 3)
	require.Equal(t, []any{"tianning-bureau", false}, []any{team, crossed})
	a.Decided.Districts = append(a.Decided.Districts, DistrictYear{Region: "zhonglou", Bureau: "zhonglou-bureau"})
	team, crossed = a.team("tianning", 3)
	require.Equal(t, []any{"zhonglou-bureau", true}, []any{team, crossed})

	sheets := []Sheet{{Kind: PanelSheet, Assessor: "scored"}, {Kind: PanelSheet, Assessor: "recused", Recused: true}, {Kind: SelfSheet, Assessor: "self"}}
	require.True(t, scoredBy(sheets, "scored"), "nobody scores twice")
	require.False(t, scoredBy(sheets, "recused") || scoredBy(sheets, "self"))
}

func TestACircularSaysWhereTheSeedOfItsSampleWillComeFrom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		source string
		all    bool
		code   string
	}{
		"said":                           {"2014年双色球第140期", false, ""},
		"not said":                       {"", false, "missing"},
		"not said, all are scored again": {"", true, ""},
		"said although all are scored":   {"2014年双色球第140期", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t, nil)
			a, _ := w.cases[theYear].Matter.(*Appraisal)
			a.SeedSource, a.ScoreAll = c.source, c.all
			if c.code != "" {
				w.refused(c.code, theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
				return
			}
			w.did(theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
		})
	}
}
