package postgres_test

import (
	"fmt"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// layout drafts and files a plan of civil affairs, and brings it to the leading group.
func (s *story) layout(name string, to int) string {
	s.t.Helper()
	id := civic.NewID(s.t.Name(), name)
	s.drafted(id, civic.LayoutProcedure, "", "cz-civil-affairs", "fan-min", &civic.Layout{LayoutForm: civic.LayoutForm{From: 2026, To: to, Rows: []civic.LayoutRow{
		{Community: "cz-tianning-diaozhuang-01", Way: civic.FromProject, Area: 640 * squareMetre, Site: "和平路1号", Year: 2028}}}})
	s.act(id, civic.ActSubmit, s.of("fan-min"), "", "", civic.Details{})
	s.answerAll(id, "layout_opinion", "agree")
	return id
}

// layouts are two versions of the plan: the second takes the place of the first.
func (s *story) layouts() {
	s.t.Helper()
	first, second := s.layout("first", 2030), s.layout("second", 2029)
	s.answer(first, "layout_decide", "approve")
	s.answer(second, "layout_decide", "approve")
	s.settle()
	require.Equal(s.t, []string{"replaced", "in_force"}, []string{s.state(first), s.state(second)})
}

// What the guards of the layout plan's versions are there to refuse.
func init() {
	const version = "INSERT INTO layout_version (version, case_id, act, from_year, to_year, since, until) SELECT "
	maps.Copy(violations, map[string]string{
		"cases.cases_layout_states":                   newOther + "'BJ-1', 'nowhere', 1, 'layout', NULL FROM cases LIMIT 1",
		"layout_version.layout_version_pkey":          version + "version, (SELECT min(id::text)::uuid FROM cases), act, 2026, 2030, since, until FROM layout_version WHERE version = 1",
		"layout_version.layout_version_case_id_key":   version + "9, case_id, act, 2026, 2030, since, until FROM layout_version WHERE version = 1",
		"layout_version.layout_version_version_check": "SET version = 0",
		"layout_version.layout_version_check":         "SET to_year = from_year + 5",
		"layout_version.layout_version_check1":        "UPDATE layout_version SET until = since WHERE version = 1",
		"layout_version.layout_one_in_force":          "UPDATE layout_version SET until = NULL",
	})
}

func TestOfLayoutPlansApprovedAtOnceOneIsInForce(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	p := &site{story: s}
	var plans []string
	var acts []civic.Act
	for i := range 4 {
		id := s.layout(fmt.Sprint(i), 2030)
		plans, acts = append(plans, id), append(acts, p.answering(id, "layout_decide", "approve", 0, civic.HousingDetails{}))
	}
	require.Equal(t, 4, accepted(atOnce(t, s.store, acts...)))
	s.settle()
	states := map[string]int{}
	for _, id := range plans {
		states[s.state(id)]++
	}
	require.Equal(t, map[string]int{"in_force": 1, "replaced": 3}, states)
	plan, err := s.store.PlanInForce(t.Context())
	require.NoError(t, err)
	require.Equal(t, []any{4, "in_force"}, []any{plan.Version, s.state(plan.Case)})
	s.sound()
}
