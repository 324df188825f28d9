package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAPlaceLiesWhereItLayOnThatDay(t *testing.T) {
	t.Parallel()
	a := atlas()
	before, after := day("2015-04-27"), day("2015-04-28")
	for _, c := range []struct {
		region, ancestor string
		before, after    bool
	}{
		{"gongfang", "gongfang", true, true},
		{"gongfang", "qsy-street", true, true},
		{"gongfang", "qishuyan", true, false},
		{"gongfang", "jingkai", false, true}, // to which its street is entrusted
		{"gongfang", "wujin", false, false},  // not its parent on paper
		{"gongfang", "cz", true, true},
		{"cz", "gongfang", false, false},
		{"nowhere", "cz", false, false},
		{"zhaoyang", "zhonglou", false, false},
	} {
		require.Equal(t, c.before, a.Within(c.region, c.ancestor, before), "%s in %s before", c.region, c.ancestor)
		require.Equal(t, c.after, a.Within(c.region, c.ancestor, after), "%s in %s after", c.region, c.ancestor)
	}
	require.Equal(t, "qishuyan", a.District("gongfang", before))
	require.Equal(t, "jingkai", a.District("gongfang", after))
	require.Equal(t, "tianning", a.District("tianning", after))
	require.Empty(t, a.District("cz", after), "the city is in no district")
	require.Empty(t, a.District("nowhere", after))
	require.Empty(t, a.Above("cz", after))
	require.Empty(t, a.Above("gongfang", day("2013-12-31")), "before anything is recorded")
}

func TestAPlaceStandsFromItsFirstDayToTheDayBeforeItsLast(t *testing.T) {
	t.Parallel()
	lane, ok := atlas().Region("old-lane")
	require.True(t, ok)
	for s, stands := range map[string]bool{"2013-12-31": false, "2014-01-01": true, "2015-04-27": true, "2015-04-28": false} {
		require.Equal(t, stands, lane.Stands(day(s)), s)
	}
	office, ok := atlas().Unit("cz-legal-affairs")
	require.True(t, ok)
	require.True(t, office.Stands(day("2018-12-31")))
	require.False(t, office.Stands(day("2019-01-01")))
	_, ok = atlas().Unit("nobody")
	require.False(t, ok)
}

func TestASuccessorAnswersFromItsDay(t *testing.T) {
	t.Parallel()
	a := atlas()
	require.Equal(t, "cz-legal-affairs", a.Responsible("cz-legal-affairs", day("2018-12-31")))
	require.Equal(t, "cz-justice", a.Responsible("cz-legal-affairs", day("2019-01-01")))
	require.Equal(t, "nobody", a.Responsible("nobody", day("2019-01-01")), "who has no successor answers")

	chain := NewAtlas(nil, nil, nil, []Succession{{From: "a", To: "b", On: day("2015-01-01")}, {From: "b", To: "c", On: day("2016-01-01")}})
	require.Equal(t, "b", chain.Responsible("a", day("2015-06-01")))
	require.Equal(t, "c", chain.Responsible("a", day("2016-01-01")))
}

func TestALoopInTheDataEnds(t *testing.T) {
	t.Parallel()
	on := day("2014-01-01")
	a := NewAtlas([]Region{{Key: "a"}, {Key: "b"}}, []Placement{{Region: "a", Parent: "b", From: on}, {Region: "b", Parent: "a", From: on}}, nil,
		[]Succession{{From: "a", To: "b", On: on}, {From: "b", To: "a", On: on}})
	require.False(t, a.Within("a", "elsewhere", on))
	require.Empty(t, a.District("a", on))
	require.NotEmpty(t, a.Responsible("a", on))
}

func TestADeskIsTheBodyOfAStreetOrCommunity(t *testing.T) {
	t.Parallel()
	a := atlas()
	require.Equal(t, "hongmei-office", a.Desk("hongmei", start))
	require.Equal(t, "zhaoyang-committee", a.Desk("zhaoyang", start))
	require.Equal(t, "old-lane-committee", a.Desk("old-lane", start))
	require.Empty(t, a.Desk("old-lane", day("2015-04-28")))
	require.Empty(t, a.Desk("tianning", start), "a district has no such desk")
}

func TestAGrantCountsOnceItIsConfirmedAndWhileItLasts(t *testing.T) {
	t.Parallel()
	until, revoked := start.AddDate(1, 0, 0), start.AddDate(0, 6, 0)
	g := Grant{Person: "zhu-hong", Role: Reviewer, Unit: "cz-organisation", From: start, Until: &until, ConfirmedBy: "somebody"}
	require.True(t, g.InForce(start))
	require.False(t, g.InForce(start.Add(-time.Second)))
	require.False(t, g.InForce(until))
	g.RevokedAt = &revoked
	require.True(t, g.InForce(revoked.Add(-time.Second)))
	require.False(t, g.InForce(revoked))
	g.ConfirmedBy = ""
	require.False(t, g.InForce(start), "a second person confirms it")
	g.ConfirmedBy = "somebody"
	require.True(t, g.Sits(Seat{Reviewer, "cz-organisation", ""}, start))
	require.True(t, g.Sits(Seat{Reviewer, "cz-organisation", "zhu-hong"}, start))
	for _, s := range []Seat{{Reviewer, "cz-organisation", "zhu-lan"}, {Legal, "cz-organisation", ""}, {Reviewer, "cz-finance", ""}} {
		require.False(t, g.Sits(s, start))
	}
}

func TestTheAdministratorsAreThree(t *testing.T) {
	t.Parallel()
	count := 0
	for _, r := range Roles {
		require.Equal(t, r.Admin, r.Role.Administers())
		require.True(t, r.Role.Known())
		if r.Admin {
			count++
		}
	}
	require.Equal(t, 3, count)
	require.False(t, Role("emperor").Known())
}

func TestAScopeCoversItsPartiesAndReaders(t *testing.T) {
	t.Parallel()
	parties, readers := []string{"cz-disabled", "cz-finance"}, []string{"pan-feng"}
	for _, c := range []struct {
		scope Scope
		want  bool
	}{
		{Scope{}, false}, {Scope{All: true}, true}, {Scope{Units: []string{"cz-finance"}}, true}, {Scope{Units: []string{"cz-justice"}}, false},
		{Scope{Person: "pan-feng"}, true}, {Scope{Person: "zhu-hong"}, false},
	} {
		require.Equal(t, c.want, c.scope.Covers(parties, readers))
	}
	require.False(t, Scope{}.Covers(nil, []string{""}), "nobody reads along")
}
