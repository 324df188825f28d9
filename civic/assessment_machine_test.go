package civic

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// A year of the districts' assessment: its people and its clock in any order.
func TestWhateverHappensInAnAssessmentItsSumsAreRightAndNobodyIsNamedTooEarly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		begin := map[string]func(tester) *year{"draft": newYear, "running": running, "scoring": scoring, "scored": scored, "summing": summing}
		l := &yearLife{year: begin[rapid.SampledFrom(sortedKeys(map[string]bool{"draft": true, "running": true, "scoring": true, "scored": true, "summing": true})).Draw(t, "begin")](t)}
		l.world(t)
		lives(t, l)
	})
}

type yearLife struct {
	*year
	points selection.Points // that an appeal is given
	titles int64            // that are proposed
	vetoes []Veto
}

func (l *yearLife) living() []string       { return []string{l.d.Case.ID} }
func (l *yearLife) dossier(string) Dossier { d := l.d; d.Now = l.now; return d }

func (l *yearLife) until(at time.Time) {
	if at.After(l.now) {
		l.now = at
	}
}

func (l *yearLife) stage(id string) stage {
	return stage{l.dossier(id), l.year, func(step, outcome string) Details {
		switch step + "." + outcome {
		case "propose_areas.propose":
			return proposing(l.titles, l.vetoes...)
		case "answer_appeal.change":
			return Details{Assessment: &AssessmentDetails{Points: &l.points}}
		}
		return Details{}
	}, nothing}
}

// bring brings an act and looks at what it published and whom it named.
func (l *yearLife) bring(_ string, a Act) error {
	before, sheets, named := l.d, len(l.book.Sheets), len(l.book.Named)
	if err := l.does(a); err != nil {
		return err
	}
	if len(l.book.Sheets) > sheets {
		l.checkSheet(l.book.Sheets[sheets])
	}
	if len(l.book.Named) > named {
		require.Equal(l.t, ToBeNamed, before.Case.State, "named in state %s", before.Case.State)
		for _, o := range before.Objects {
			require.NotEmpty(l.t, o.Result, "named with an open objection")
		}
		ends, _ := before.Calendar.DueAt(before.Ruling.At, 5)
		require.False(l.t, l.now.Before(ends), "named while the notice runs")
		require.LessOrEqual(l.t, len(l.book.Named), l.quota, "more than the commendation project allows")
	}
	return nil
}

// prepare writes down what an answer is about, as its unit would, while it is asked.
func (l *yearLife) prepare(t *rapid.T, _ string, k Task) {
	switch k.Step {
	case "report_quarter":
		for _, r := range l.book.Rows {
			light := rapid.SampledFrom([]Light{Green, Green, Red}).Draw(t, "light")
			l.book.Reports = append(l.book.Reports, QuarterReport{Quarter: k.Round, Unit: k.Seat.Unit, Row: r.Key, Light: light, Progress: "按计划"})
		}
	case "self_score":
		for _, r := range l.book.Rows {
			l.book.Self = append(l.book.Self, RowScore{Row: r.Key, Unit: k.Seat.Unit, Points: r.Points})
		}
	case "score_rows":
		l.scoreRows(t, k.Seat.Unit)
	case "sum_up":
		l.inputs(t)
	}
}

// scoreRows scores what a department has no score for yet, most of it.
func (l *yearLife) scoreRows(t *rapid.T, lead string) {
	l.book.Scores = slices.DeleteFunc(slices.Clone(l.book.Scores), func(s RowScore) bool {
		row, _ := l.book.row(s.Row)
		return s.NoData && row.Lead == lead
	})
	for _, r := range l.book.Rows {
		for _, unit := range districtsAssessed {
			if _, ok := l.book.score(r.Key, unit); ok || r.Lead != lead {
				continue
			}
			s := RowScore{Row: r.Key, Unit: unit, Points: r.Points * selection.Points(rapid.IntRange(0, 10).Draw(t, "tenths")) / 10, Reason: "见附件"}
			switch rapid.IntRange(0, 9).Draw(t, "data") {
			case 0:
				continue
			case 1:
				s.Points, s.NoData = 0, true
			}
			l.book.Scores = append(l.book.Scores, s)
		}
	}
}

func (l *yearLife) inputs(t *rapid.T) {
	for _, unit := range districtsAssessed {
		for i, kind := range InputKinds {
			most := []int{100_00, 20, 1000, 5_00, 3_00}[i]
			if _, ok := l.book.input(unit, kind); !ok {
				l.book.Inputs = append(l.book.Inputs, UnitInput{Unit: unit, Kind: kind, Value: int64(rapid.IntRange(0, most).Draw(t, "figure")), Source: "第三方调查"})
			}
		}
	}
}

// stir lets the world change, or a district appeal against a row while it may.
func (l *yearLife) stir(t *rapid.T) {
	l.world(t)
	for _, k := range l.openOf("review_scores") {
		row := rapid.SampledFrom(l.book.Rows).Draw(t, "row").Key
		if !slices.ContainsFunc(l.book.Appeals, func(a RowAppeal) bool { return a.Row == row && a.Unit == k.Seat.Unit }) {
			l.book.Appeals = append(l.book.Appeals, RowAppeal{Row: row, Unit: k.Seat.Unit, Text: "已整改"})
		}
	}
	for _, k := range l.openOf("propose_areas") {
		if k.part() {
			continue // an opinion only
		}
		a := Act{Kind: ActDecide, Task: k.ID, Actor: "chair", Outcome: "propose", Opinion: "理由", Details: proposing(3)}
		require.NotNil(t, AsRefusal(l.bring("", a)), "more are proposed than the city may name")
	}
}

func (l *yearLife) world(t *rapid.T) {
	l.points = selection.Points(rapid.IntRange(0, 10_00).Draw(t, "points"))
	l.titles = int64(rapid.IntRange(0, 2).Draw(t, "titles"))
	l.project, l.quota = rapid.SampledFrom([]string{"", "苏表彰〔2013〕7号"}).Draw(t, "project"), rapid.IntRange(0, 3).Draw(t, "approved")
	if l.vetoes = nil; rapid.Bool().Draw(t, "veto") {
		l.vetoes = []Veto{{Unit: rapid.SampledFrom(districtsAssessed).Draw(t, "vetoed"), Grounds: "重大安全事故"}}
	}
}

// check is what must hold after every act.
func (l *yearLife) check(t *rapid.T) {
	asked := map[string]bool{}
	for _, a := range l.book.Appeals {
		require.False(t, a.Task != "" && asked[a.Task], "two appeals are one question")
		asked[a.Task] = true
		require.True(t, a.Result == "" || a.Task != "", "an appeal was answered that nobody was asked about")
	}
	answers := slices.DeleteFunc(slices.Clone(l.d.Tasks), func(k Task) bool { return k.Step != "answer_appeal" || k.part() || k.Added || k.State == TaskVoid })
	for _, k := range answers {
		require.True(t, asked[k.ID], "a question about no appeal, or about one twice")
	}
	if len(l.book.Sheets) > 0 {
		for _, step := range []string{"report_quarter", "self_score", "score_rows", "review_scores", "answer_appeal", "sum_up"} {
			require.Empty(t, l.openOf(step), "%s is open after the freeze", step)
		}
	}
}

// checkSheet adds every district up by hand.
func (l *yearLife) checkSheet(s FrozenSheet) {
	sheet, found, err := selection.VerifyAssessment(s.Body)
	require.NoError(l.t, err)
	require.Empty(l.t, found)
	require.LessOrEqual(l.t, len(proposedOf(sheet)), 2, "more are proposed than the city may name")
	for _, unit := range proposedOf(sheet) {
		require.False(l.t, s.Kind == "result" && slices.ContainsFunc(l.vetoes, func(v Veto) bool { return v.Unit == unit }), "proposed in spite of a grave incident")
	}
	for _, score := range sheet.Scores {
		require.Equal(l.t, l.byHand(score.Key), score.Total, score.Key)
	}
}

// byHand is a district's total: its rows of what it has data for, the survey's five in a hundred, what is added and taken off.
func (l *yearLife) byHand(unit string) selection.Points {
	var got, most selection.Points
	for _, r := range l.book.Rows {
		if s, ok := l.book.final(r.Key, unit); ok && !s.NoData {
			got, most = got+s.Points, most+r.Points
		}
	}
	value := func(kind InputKind) selection.Points {
		in, _ := l.book.input(unit, kind)
		return selection.Points(in.Value)
	}
	exact, of := got*100_00*95+value(Satisfaction)*5*most, 100*most // rounded once, half up
	base := (2*exact + of) / (2 * of)
	late := selection.Points(0)
	if (&turn{Dossier: l.d}).scoredLate(unit) {
		late = 1_00
	}
	return max(base+value(Bonus)-value(Penalty)-value(Complaints)*50-(value(RoomsOwed)+99)/100*20-late, 0)
}
