package civic

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

var theYear = AppraisalID(2014)

// did brings an act that must succeed.
func (w *town) did(id string, a Act) {
	w.t.Helper()
	require.NoError(w.t, w.apply(id, a), "%s %s in %s", a.Kind, a.Outcome, w.cases[id].Case.State)
}

// refused brings an act that must be refused with a code.
func (w *town) refused(code, id string, a Act) {
	w.t.Helper()
	err := w.apply(id, a)
	require.True(w.t, Refused(err, code), "want %s, got %v", code, err)
}

// answer is an answer to the open task of a step that waits for the person's seat.
func (w *town) answer(id, person, step, outcome string, d *AppraisalDetails) Act {
	w.t.Helper()
	for _, k := range w.cases[id].Tasks {
		if k.Open() && k.Step == step && (k.Seat.Person == person || k.Seat.Person == "" && slices.Contains(w.holders[Seat{Role: k.Seat.Role, Unit: k.Seat.Unit}], person)) {
			return Act{Kind: ActDecide, Task: k.ID, Actor: person, Outcome: outcome, Opinion: "已核", Details: Details{Appraisal: d}}
		}
	}
	require.Fail(w.t, "nothing waits", "%s of %s for %s in %s", step, id, person, w.cases[id].Case.State)
	return Act{}
}

func (w *town) system(kind ActKind) Act { return Act{Kind: kind, Actor: System} }

func (w *town) state(id string) State { return w.cases[id].Case.State }

// acts lets the system act at the instant of a case's state.
func (w *town) due(id string, kind ActKind) {
	w.t.Helper()
	if at := w.cases[id].Case.ActsAt; at != nil && at.After(w.now) {
		w.now = *at
	}
	w.did(id, w.system(kind))
}

// declaring goes to the window of declarations.
func (w *town) declaring() *town {
	w.t.Helper()
	w.did(theYear, Act{Kind: ActSubmit, Actor: "xu-ming"})
	for _, d := range []string{"tianning", "zhonglou"} {
		w.did(theYear, w.answer(theYear, "desk-"+d, "file_rules", "file", &AppraisalDetails{Standard: d}))
		w.did(theYear, w.answer(theYear, "chen-jing", "check_rules", "approve", nil))
	}
	require.Equal(w.t, Declaring, w.state(theYear))
	return w
}

// composed names both panels.
func (w *town) composed() *town {
	w.t.Helper()
	for _, d := range []string{"tianning", "zhonglou"} {
		panel := []string{d + "-0", d + "-1", d + "-2"}
		w.did(theYear, w.answer(theYear, "desk-"+d, "compose_panel", "compose", &AppraisalDetails{Assessors: panel, Lead: panel[0]}))
	}
	return w
}

// nominate files a community's declaration.
func (w *town) nominate(community string) string {
	id := NominationID(2014, community)
	w.open(id, NominationProcedure, theYear, community+"-committee", "clerk-"+community,
		&Nomination{Year: 2014, Community: community, Plan: "计划", Minutes: "记录"})
	w.did(id, Act{Kind: ActSubmit, Actor: "clerk-" + community})
	return id
}

// marked fills all sheets of a kind in and hands them in.
func (w *town) marked(id string, kind SheetKind, percent selection.Points) {
	for i, s := range w.sheets[id] {
		if s.Kind == kind && s.Submitted == nil {
			at := w.now
			w.sheets[id][i].Submitted = &at
			for _, most := range []selection.Points{40_00, 35_00, 25_00} {
				w.sheets[id][i].Marks = append(w.sheets[id][i].Marks, SheetMark{Mark: selection.Mark{Indicator: fmt.Sprintf("i-%d", most), Score: most * percent / 100}})
			}
		}
	}
}

// recommend brings a community to its street's recommendation.
func (w *town) recommend(community string, rank int) string {
	w.t.Helper()
	id := w.nominate(community)
	w.marked(id, SelfSheet, 90)
	w.did(id, w.answer(id, "clerk-"+community, "self_assess", "hand_in", nil))
	w.did(id, w.answer(id, "clerk-"+w.Above(community), "recommend", "recommend", &AppraisalDetails{Rank: rank}))
	return id
}

var survey = selection.Points(90_00)

// assess brings a nomination through its district's appraisal.
func (w *town) assess(id string, percent selection.Points) {
	w.t.Helper()
	lead := w.nominees[id].District + "-0"
	w.marked(id, PanelSheet, percent)
	w.did(id, w.answer(id, lead, "close_panel", "close", &AppraisalDetails{Survey: &survey}))
	w.did(id, w.answer(id, "zhu-hong", "eligibility", "clear", nil))
	w.did(id, w.answer(id, "pan-feng", "eligibility", "clear", nil))
}

// frozen is a year with four nominations whose scores are frozen.
func frozen(t tester, more map[string]string) (*town, []string) {
	t.Helper()
	w, ids := justFrozen(t, more)
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		require.Equal(t, Ranked, w.state(id))
	}
	return w, ids
}

// justFrozen is that year before its nominations have looked.
func justFrozen(t tester, more map[string]string) (*town, []string) {
	t.Helper()
	w := newTown(t, more).declaring().composed()
	var ids []string
	for i, c := range []string{"zhaoyang", "cuizhu", "lancheng", "xinhe"} {
		id := w.recommend(c, i%2+1)
		w.assess(id, selection.Points(95-5*i))
		ids = append(ids, id)
	}
	w.due(theYear, ActCloseDeclaring)
	for _, id := range ids {
		w.due(id, ActCloseNotice)
	}
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	return w, ids
}

// sampled goes on to the leading group.
func (w *town) sampled() {
	w.t.Helper()
	for _, d := range []string{"tianning", "zhonglou"} {
		w.did(theYear, w.answer(theYear, "desk-"+d, "report", "report", nil))
	}
	w.did(theYear, w.answer(theYear, "xu-ming", "draw", "draw", &AppraisalDetails{Seed: "2014年双色球第140期"}))
	a, _ := w.cases[theYear].Matter.(*Appraisal)
	for _, one := range a.Decided.Draw.Drawn {
		id := NominationID(2014, one.Key)
		w.did(id, w.system(ActSettle))
		team := a.Decided.Draw.Teams[one.Key]
		w.sheets[id] = append(w.sheets[id], Sheet{ID: "city", Nomination: id, Kind: CitySheet, Assessor: "second", Unit: team})
		w.marked(id, CitySheet, 70)
		w.did(id, w.answer(id, w.holders[Seat{Assessor, team, ""}][1], "rescore", "hand_in", nil))
	}
	w.did(theYear, w.answer(theYear, "xu-ming", "close_sample", "close", nil))
}

// noticed goes on to the public notice.
func (w *town) noticed() {
	w.t.Helper()
	w.sampled()
	for _, m := range []string{"song-lixin", "deng-liping", "xie-dong"} {
		w.did(theYear, w.answer(theYear, m, "vote", "for", nil))
	}
	w.did(theYear, w.answer(theYear, "liang-zhiyuan", "approve_list", "approve", nil))
	require.Equal(w.t, Publicity, w.state(theYear))
}

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
	district := w.nominees[held].District
	w.did(held, w.answer(held, "desk-"+district, "year_check", "rectify", nil))
	w.did(held, w.answer(held, "chen-jing", "rectified", "remove", nil))
	require.Equal(t, Revoked, w.state(held))
	w.did(reserve, next)
	require.Equal(t, TitleHeld, w.state(reserve))
	require.Equal(t, 3, w.taken)
}

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
