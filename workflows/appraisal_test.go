package workflows_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/workflows"
)

// declaring are the communities of the season, the best first; the last comes too late to be finished.
var declaring = []string{"cz-tianning-diaozhuang-01", "cz-zhonglou-yonghong-01", "cz-tianning-diaozhuang-03", "cz-tianning-hongmei-01", "cz-tianning-hongmei-03"}

// TestAYearNamesItsCommunitiesAndFollowsTheirTitlesForYears tells a year from its circular to the plaques, and then what
// becomes of the titles: nobody does anything in time that is not written here, and all the rest is the system's own.
func TestAYearNamesItsCommunitiesAndFollowsTheirTitlesForYears(t *testing.T) {
	t.Parallel()
	s := newSeason(t, 2026)
	year, ids := civic.AppraisalID(2026), make([]string, len(declaring))
	for i, community := range declaring {
		ids[i] = civic.NominationID(2026, community)
	}
	best, second, third, reserve, late := ids[0], ids[1], ids[2], ids[3], ids[4]
	each := func(f func(i int, id string)) func() {
		return func() {
			for i, id := range ids[:4] {
				f(i, id)
			}
		}
	}
	survey := selection.Points(90_00)
	s.play(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), 1500, map[int]func(){
		0: func() {
			s.begins(year, civic.AppraisalProcedure, "", "cz-leading-office", &civic.Appraisal{Year: 2026, Standard: s.city.Standards[0].ID, Name: s.city.Projects[0].Name,
				Project: s.city.Projects[0].Approval, Circular: "常社区办发〔2026〕1号", SeedSource: "2026年双色球第140期", DeclareBy: "2026-09-30", ReportBy: "2026-12-31"})
		},
		1:  func() { s.filesRules(year) },
		3:  func() { s.answers(year, "check_rules", "approve", nil) },
		30: each(func(i int, _ string) { s.nominate(declaring[i]) }),
		31: each(func(_ int, id string) {
			s.marks(id, civic.SelfSheet, 90)
			s.answers(id, "self_assess", "hand_in", nil)
		}),
		35: each(func(i int, id string) { s.answers(id, "recommend", "recommend", &civic.AppraisalDetails{Rank: i + 1}) }),
		39: each(func(_ int, id string) {
			require.Equal(t, civic.Recommended, s.file(id).Case.State, "it waits for its panel")
		}),
		40: func() { s.composes(year) },
		42: func() { s.recomposes(year) },
		45: each(func(i int, id string) {
			s.marks(id, civic.PanelSheet, selection.Points(95-5*i))
			s.answers(id, "close_panel", "close", &civic.AppraisalDetails{Survey: &survey})
		}),
		50:  each(func(_ int, id string) { s.answers(id, "eligibility", "clear", nil) }),
		51:  func() { s.sends(second, civic.Act{Kind: civic.ActObject, Actor: civic.Public}) },
		53:  func() { s.answers(second, "nominee_objection", "dismiss", nil) },
		200: func() { s.nominate(declaring[4]) },
		212: func() { require.Equal(t, civic.Declaring, s.file(year).Case.State, "its last day") },
		220: func() { s.answers(year, "freeze", "freeze_unfinished", nil) },
		225: func() { s.answers(year, "report", "report", nil) },
		230: func() { s.answers(year, "draw", "draw", &civic.AppraisalDetails{Seed: "2026年双色球第140期"}) },
		235: func() { s.rescores(year, 80) },
		240: func() { s.answers(year, "close_sample", "close", nil) },
		242: func() { s.answers(year, "vote", "for", nil) },
		245: func() { s.answers(year, "approve_list", "approve", nil) },
		246: func() { s.sends(year, civic.Act{Kind: civic.ActObject, Actor: civic.Public}) },
		248: func() { s.answers(year, "list_objection", "dismiss", nil) },
		260: func() { s.answers(year, "name_list", "name", nil) },
		265: func() { s.answers(year, "award", "award", nil) },

		640: func() { // the districts look after a year
			s.answers(best, "year_check", "keep", nil)
			s.answers(second, "year_check", "keep", nil)
			s.answers(third, "year_check", "rectify", nil)
		},
		660: func() { s.answers(third, "rectified", "pass", nil) },
		1030: each(func(i int, id string) { // and after another
			if i < 3 {
				s.answers(id, "year_check", "keep", nil)
			}
		}),
		1400: func() { // the city after three
			s.answers(best, "recheck", "keep", nil)
			s.answers(second, "recheck", "remove", nil)
			s.answers(third, "recheck", "rectify", nil)
		},
		1420: func() { s.answers(third, "rectified", "remove", nil) },
	})
	s.follows(t, year, best, second, third, reserve, late)
}

// follows holds what the system did by itself, and when, against what the regulation says.
func (s *season) follows(t *testing.T, year, best, second, third, reserve, late string) {
	t.Helper()
	for id, want := range map[string][]civic.ActKind{
		year:    {civic.ActCloseDeclaring, civic.ActCloseNotice, civic.ActArchive},
		best:    {civic.ActSettle, civic.ActSettle, civic.ActCloseNotice, civic.ActSettle, civic.ActSettle, civic.ActCheckDue, civic.ActCheckDue, civic.ActCheckDue},
		second:  {civic.ActSettle, civic.ActCloseNotice, civic.ActSettle, civic.ActSettle, civic.ActCheckDue, civic.ActCheckDue, civic.ActCheckDue, civic.ActArchive},
		third:   {civic.ActSettle, civic.ActSettle, civic.ActCloseNotice, civic.ActSettle, civic.ActSettle, civic.ActCheckDue, civic.ActCheckDue, civic.ActCheckDue, civic.ActArchive},
		reserve: {civic.ActSettle, civic.ActSettle, civic.ActCloseNotice, civic.ActSettle, civic.ActSettle, civic.ActSettle, civic.ActArchive},
		late:    {civic.ActSettle, civic.ActArchive},
	} {
		if drawn := s.file(year).Matter.(*civic.Appraisal).Decided.Draw.Drawn[0].Key; id == civic.NominationID(s.year, drawn) {
			want = slices.Insert(want, slices.Index(want, civic.ActCloseNotice)+2, civic.ActSettle) // and was scored again
		}
		require.Equal(t, want, slices.DeleteFunc(s.system[id], func(k civic.ActKind) bool { return k == civic.ActRemind }), s.file(id).Case.Title)
	}
	states := map[string]civic.State{}
	for _, id := range s.order {
		states[id] = s.file(id).Case.State
		require.Equal(t, states[id] == civic.Archived, s.ended[workflows.ID(s.file(id).Case.Procedure, id)], "a workflow ends with its case")
	}
	require.Equal(t, map[string]civic.State{year: civic.Archived, best: civic.TitleHeld, second: civic.Archived, third: civic.Archived, reserve: civic.Archived, late: civic.Archived}, states)
	require.Len(t, s.titles, 3, "never more than the quota")
	held := slices.DeleteFunc(slices.Clone(s.titles), func(one civic.Title) bool { return one.RevokedAt != nil })
	require.Equal(t, []string{best}, []string{held[0].Nomination})
	require.Len(t, held, 1)
}

// filesRules has every district hand its rules in.
func (s *season) filesRules(year string) {
	for _, k := range s.file(year).Tasks {
		i := slices.IndexFunc(districts, func(d string) bool { return s.standards[d].Unit == k.Seat.Unit })
		s.sends(year, civic.Act{Kind: civic.ActDecide, Task: k.ID, Outcome: "file", Details: civic.Details{Appraisal: &civic.AppraisalDetails{Standard: districts[i]}}})
	}
}

// composes has every district name its panel.
func (s *season) composes(year string) {
	for _, k := range s.file(year).Tasks {
		if !k.Open() || k.Step != "compose_panel" {
			continue
		}
		i := slices.IndexFunc(districts, func(d string) bool { return s.standards[d].Unit == k.Seat.Unit })
		bureau := districts[i] + "-civil-affairs"
		panel := []string{bureau + "-0", bureau + "-1", bureau + "-2"}
		s.sends(year, civic.Act{Kind: civic.ActDecide, Task: k.ID, Outcome: "compose", Details: civic.Details{Appraisal: &civic.AppraisalDetails{Assessors: panel, Lead: panel[0]}}})
	}
}

// recomposes has the first district name its panel anew, under another lead.
func (s *season) recomposes(year string) {
	d, _ := s.file(year).Matter.(*civic.Appraisal).District(districts[0])
	s.sends(year, civic.Act{Kind: civic.ActRecompose, Actor: d.Office + "-0", Details: civic.Details{Appraisal: &civic.AppraisalDetails{Assessors: d.Panel.Assessors, Lead: d.Panel.Assessors[1]}}})
}

// rescores has the other district score the sample, which is one of four.
func (s *season) rescores(year string, percent selection.Points) {
	draw := s.file(year).Matter.(*civic.Appraisal).Decided.Draw
	require.Len(s.t, draw.Drawn, 1)
	id := civic.NominationID(s.year, draw.Drawn[0].Key)
	require.Equal(s.t, civic.Rescoring, s.file(id).Case.State)
	s.mu.Lock()
	s.sheets[id] = append(s.sheets[id], civic.Sheet{ID: "city", Nomination: id, Kind: civic.CitySheet, Assessor: "second", Unit: draw.Teams[draw.Drawn[0].Key]})
	s.mu.Unlock()
	s.marks(id, civic.CitySheet, percent)
	s.answers(id, "rescore", "hand_in", nil)
}
