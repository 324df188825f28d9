package civic

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// A year of the appraisal with the nominations of four communities in two districts: its people and its clock in any order.
func TestWhateverHappensInAYearTitlesStayWithinTheQuotaAndScoresFrozen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		more := map[string]string{
			"appraisal.deviation_rule": rapid.SampledFrom([]string{"adjust", "strike"}).Draw(t, "deviation"),
			"appraisal.quota":          rapid.SampledFrom([]string{"2", "3"}).Draw(t, "quota"),
			"appraisal.line_points":    rapid.SampledFrom([]string{"60", "85"}).Draw(t, "line"),
		}
		l := &townLife{town: newTown(t, more), frozenAs: map[string]Nominee{}}
		l.ties["tianning-1"] = []string{"hongmei-office"}
		if rapid.Bool().Draw(t, "declaring") {
			l.declaring()
		}
		lives(t, l)
	})
}

type townLife struct {
	*town
	frozenAs map[string]Nominee // the nominees as they were when their scores were frozen
}

func (l *townLife) living() []string {
	out := []string{theYear}
	for _, c := range communitiesOfTown {
		if id := NominationID(2014, c); l.cases[id] != nil {
			out = append(out, id)
		}
	}
	return out
}

var communitiesOfTown = []string{"zhaoyang", "cuizhu", "lancheng", "xinhe"}

func (l *townLife) dossier(id string) Dossier {
	d := *l.cases[id]
	d.Now = l.now
	return d
}

func (l *townLife) until(at time.Time) { l.till(at) }

// bring brings an act. What the record would stop no rule may even try, but for what two seats compete for.
func (l *townLife) bring(id string, a Act) error {
	before, taken := l.cases[id].Case.State, len(l.titles)
	err := l.apply(id, a)
	if Refused(err, "no_place_left") {
		require.Equal(l.t, ActNameNext, a.Kind, "only the reserve competes for places")
	}
	if id == theYear && len(l.titles) > taken {
		require.Equal(l.t, NamingDue, before, "named in state %s", before)
		for _, o := range l.cases[id].Objects {
			require.NotEmpty(l.t, o.Result, "named with an open objection")
		}
		days, _ := l.cases[id].Rules.Int("appraisal.public_notice_wd")
		ends, _ := l.cases[id].Calendar.DueAt(l.cases[id].Ruling.At, days)
		require.False(l.t, l.now.Before(ends), "named while the notice runs")
	}
	return err
}

func (l *townLife) stage(id string) stage {
	d := l.dossier(id)
	usual := l.usual(d)
	return stage{d, l.town, func(step, outcome string) Details {
		district := "tianning"
		for _, k := range d.Tasks {
			if k.Open() && k.Step == step && k.Seat.Unit == "zhonglou-desk" {
				district = "zhonglou"
			}
		}
		switch step + "." + outcome {
		case "file_rules.file":
			return Details{Appraisal: &AppraisalDetails{Standard: district}}
		case "compose_panel.compose":
			panel := []string{district + "-0", district + "-1", district + "-2", district + "-3"}
			return Details{Appraisal: &AppraisalDetails{Assessors: panel, Lead: panel[0]}}
		case "list_objection.strike":
			for _, n := range l.nominees {
				if n.Outcome == string(selection.IsProposed) {
					return Details{Appraisal: &AppraisalDetails{Community: n.Community}}
				}
			}
		}
		return usual(step, outcome)
	}, anotherPanel}
}

// prepare fills the sheets of a nomination in.
func (l *townLife) prepare(t *rapid.T, id string, k Task) {
	if k.Step == "rescore" && !slices.ContainsFunc(l.sheets[id], func(s Sheet) bool { return s.Kind == CitySheet }) {
		l.sheets[id] = append(l.sheets[id], Sheet{ID: "city", Nomination: id, Kind: CitySheet, Assessor: "second", Unit: k.Seat.Unit})
	}
	for i := range l.sheets[id] {
		l.mark(id, i, selection.Points(rapid.IntRange(60, 100).Draw(t, "percent")))
	}
}

func (l *townLife) mark(id string, i int, percent selection.Points) {
	s := &l.sheets[id][i]
	if s.Submitted != nil {
		return
	}
	s.Submitted = new(l.now)
	for _, most := range []selection.Points{40_00, 35_00, 25_00} {
		s.Marks = append(s.Marks, SheetMark{Mark: selection.Mark{Indicator: fmt.Sprintf("i-%d", most), Score: most * percent / 100}})
	}
}

// stir lets a community declare, or the world change.
func (l *townLife) stir(t *rapid.T) {
	switch rapid.IntRange(0, 4).Draw(t, "world") {
	case 0:
		l.projects["p"] = Project{Approval: "p", Name: "和谐社区", Cycle: 1, First: 2014, Last: 2018, Quota: int64(rapid.IntRange(0, 3).Draw(t, "approved"))}
	case 1:
		l.ties[fmt.Sprint("tianning-", rapid.IntRange(0, 3).Draw(t, "assessor"))] = []string{"hongmei-office"}
	default:
		c := rapid.SampledFrom(communitiesOfTown).Draw(t, "community")
		id := NominationID(2014, c)
		if l.cases[id] == nil && l.state(theYear) == Declaring {
			l.open(id, NominationProcedure, theYear, c+"-committee", "clerk-"+c, &Nomination{Year: 2014, Community: c, Plan: "计划", Minutes: "记录"})
			living{l}.try(t, id, Act{Kind: ActSubmit, Actor: "clerk-" + c})
		}
	}
}

// check is what must hold after every act.
func (l *townLife) check(t *rapid.T) {
	held := 0
	for _, title := range l.titles {
		if title.RevokedAt == nil {
			held++
		}
	}
	require.Equal(t, l.taken, held)
	require.LessOrEqual(t, int64(held), l.quota.Quota, "more titles than the quota")
	for id, n := range l.nominees {
		l.checkFrozen(t, id, *n)
		if n.Scored && !n.Frozen {
			require.Equal(t, l.panelByHand(id), n.Panel, "whoever is recused is in neither the sum nor the number")
		}
		l.checkAwake(t, id)
	}
}

// checkFrozen: from the freeze on no score changes.
func (l *townLife) checkFrozen(t *rapid.T, id string, n Nominee) {
	if !n.Frozen {
		return
	}
	was, ok := l.frozenAs[id]
	if !ok {
		l.frozenAs[id], was = n, n
	}
	scores := func(n Nominee) []any {
		return []any{n.Self, n.Scored, n.Panel, n.Survey, n.Base, n.Bonus, n.Penalty, n.Rank}
	}
	require.Equal(t, scores(was), scores(n), "a frozen score changed")
}

// panelByHand is the plain mean of those who were not recused, rounded half up.
func (l *townLife) panelByHand(id string) selection.Points {
	var sum, count selection.Points
	for _, s := range l.sheets[id] {
		if s.Kind == PanelSheet && !s.Recused && s.Submitted != nil {
			for _, m := range s.Marks {
				sum += m.Score
			}
			count++
		}
	}
	return (2*sum + count) / (2 * count)
}

// checkAwake: a nomination about which its year has decided something looks at it by itself; no other has anything to look at.
func (l *townLife) checkAwake(t *rapid.T, id string) {
	d := l.dossier(id)
	if d.Case.ActsAt != nil || d.Case.PausedAt != nil || Definitions[NominationProcedure].Automatic(d.Case.State) != ActSettle {
		return
	}
	d.Case.ActsAt = new(l.now)
	fx, err := Apply(d, Act{ID: NewID("probe"), Case: id, Procedure: NominationProcedure, Kind: ActSettle, Actor: System}, l.town)
	nothing := err == nil && fx.Case.State == d.Case.State && len(fx.Appraisal.Sheets)+len(fx.Appraisal.Voided)+len(fx.Changed) == 0
	require.True(t, nothing || Refused(err, "not_due"), "forgotten in state %s, its year in %s: %v", d.Case.State, l.state(theYear), err)
}
