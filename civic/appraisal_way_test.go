package civic

import (
	"fmt"
	"slices"

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
	return w, w.frozen()
}

// frozen brings four nominations to the freeze.
func (w *town) frozen() []string {
	w.t.Helper()
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
	return ids
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
	w.voted("approve")
	require.Equal(w.t, Publicity, w.state(theYear))
}

// voted lets the members agree and the chair decide.
func (w *town) voted(outcome string) {
	w.t.Helper()
	for _, m := range []string{"song-lixin", "deng-liping", "xie-dong"} {
		w.did(theYear, w.answer(theYear, m, "vote", "for", nil))
	}
	w.did(theYear, w.answer(theYear, "liang-zhiyuan", "approve_list", outcome, nil))
}
