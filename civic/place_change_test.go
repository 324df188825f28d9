package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// changing is the instant on which the places of the fixture are changed.
var changing = day("2026-11-23").Add(9 * time.Hour)

func TestANameCountsFromItsDayAndTheOneBeforeStays(t *testing.T) {
	t.Parallel()
	a := atlas()
	n, err := Renaming{Name: "常州市司法和法治局", Source: "常编〔2026〕7号", From: "2026-12-01"}.OfUnit(a, "cz-justice", changing)
	require.NoError(t, err)
	a = a.Changed([]Naming{n}, nil, nil)
	before, _ := a.UnitAt("cz-justice", day("2026-11-30"))
	after, _ := a.UnitAt("cz-justice", day("2026-12-01"))
	require.NotEqual(t, "常州市司法和法治局", before.Name)
	require.Equal(t, "常州市司法和法治局", after.Name)

	_, err = Renaming{Name: "又名", Source: "文", From: "2026-11-25"}.OfUnit(a, "cz-justice", changing)
	requireCode(t, err, "before_last_change")
	require.Equal(t, "2026-12-01", AsRefusal(err).Figures["last"])
	require.Equal(t, "places.in_order", AsRefusal(err).Rule)
}

func TestNoChangeReachesBackOrTouchesWhatHasEnded(t *testing.T) {
	t.Parallel()
	a := atlas()
	_, err := Renaming{Name: "某局", Source: "文", From: "2026-11-22"}.OfUnit(a, "cz-justice", changing)
	requireCode(t, err, "bad_date")
	_, err = Renaming{Name: "某局", Source: "文"}.OfUnit(a, "cz-legal-affairs", changing)
	requireCode(t, err, "has_ended")
	_, _, err = Ending{Source: "文"}.OfUnit(a, "cz-legal-affairs", Load{}, changing)
	requireCode(t, err, "has_ended")
	_, err = Moving{Parent: "tianning", Source: "文"}.OfRegion(a, "old-lane", changing)
	requireCode(t, err, "has_ended")
	_, err = Renaming{Name: "某局", Source: "文"}.OfUnit(a, "nobody", changing)
	requireCode(t, err, "not_found")
	_, err = Renaming{Name: "某局"}.OfUnit(a, "cz-justice", changing)
	requireCode(t, err, "missing")
}

func TestAPlaceHangsUnderAHigherOneThatStandsAndNeverUnderItself(t *testing.T) {
	t.Parallel()
	a := atlas()
	for name, c := range map[string]struct {
		region string
		moving Moving
		code   string
	}{
		"under itself":            {"hongmei", Moving{Parent: "hongmei"}, "circle"},
		"under its child":         {"hongmei", Moving{Parent: "zhaoyang"}, "circle"},
		"entrusted to its child":  {"hongmei", Moving{Parent: "tianning", EntrustTo: "zhaoyang"}, "circle"},
		"under an equal":          {"zhaoyang", Moving{Parent: "gongfang"}, "not_above"},
		"under nothing":           {"zhaoyang", Moving{Parent: "nowhere"}, "no_such_region"},
		"under what has ended":    {"zhaoyang", Moving{Parent: "qishuyan"}, "no_such_region"},
		"entrusted to what ended": {"zhaoyang", Moving{Parent: "hongmei", EntrustTo: "qishuyan"}, "no_such_region"},
		"the city":                {"cz", Moving{Parent: "tianning"}, "unknown_level"},
	} {
		c.moving.Source = "文"
		_, err := c.moving.OfRegion(a, c.region, changing)
		require.True(t, Refused(err, c.code), "%s: %v", name, err)
	}
	p, err := Moving{Parent: "zhonglou", EntrustTo: "jingkai", From: "2027-01-01", Source: "文"}.OfRegion(a, "hongmei", changing)
	require.NoError(t, err)
	require.Equal(t, day("2027-01-01"), p.From)
}

func TestAUnitWithWorkInHandEndsOnlyIntoOneThatAnswers(t *testing.T) {
	t.Parallel()
	a := atlas()
	busy := Load{Tasks: 3, Cases: 2, Lines: 1}
	_, _, err := Ending{Source: "文"}.OfUnit(a, "zhaoyang-committee", busy, changing)
	requireCode(t, err, "needs_successor")
	require.Equal(t, int64(3), AsRefusal(err).Figures["open_tasks"])
	require.Equal(t, "hongmei-office", AsRefusal(err).Figures["successor"], "the desk above is offered")

	_, _, err = Ending{Source: "文", Successors: []string{"hongmei-office", "hongmei-office"}}.OfUnit(a, "zhaoyang-committee", busy, changing)
	requireCode(t, err, "circle")
	_, _, err = Ending{Source: "文", Successors: []string{"zhaoyang-committee"}}.OfUnit(a, "zhaoyang-committee", busy, changing)
	requireCode(t, err, "circle")
	_, _, err = Ending{Source: "文", Successors: []string{"cz-legal-affairs"}}.OfUnit(a, "zhaoyang-committee", busy, changing)
	requireCode(t, err, "no_such_unit")
	_, _, err = Ending{Source: "文"}.OfUnit(a, "zhaoyang-committee", Load{Admins: 1}, changing)
	requireCode(t, err, "has_administrators")

	on, heirs, err := Ending{Source: "文", On: "2026-12-01", Successors: []string{"hongmei-office", "cz-justice"}}.OfUnit(a, "zhaoyang-committee", busy, changing)
	require.NoError(t, err)
	require.Equal(t, day("2026-12-01"), on)
	require.Equal(t, []bool{false, true}, []bool{heirs[0].Beside, heirs[1].Beside}, "the first answers for what is open")
	a = NewAtlas(a.Regions(), nil, a.Units(), heirs)
	require.Equal(t, "hongmei-office", a.Responsible("zhaoyang-committee", on))
	require.Equal(t, "zhaoyang-committee", a.Responsible("zhaoyang-committee", on.Add(-time.Second)))
}

func TestARegionEndsOnlyWhenNothingHangsOnIt(t *testing.T) {
	t.Parallel()
	a := atlas()
	_, _, err := Ending{Source: "文", Successors: []string{"qsy-street"}}.OfRegion(a, "hongmei", changing)
	requireCode(t, err, "not_empty")
	_, _, err = Ending{Source: "文", Successors: []string{"tianning"}}.OfRegion(a, "hongmei", changing)
	requireCode(t, err, "no_such_region")
}

func TestHeirsOfHeirsAnswerFromTheLaterDay(t *testing.T) {
	t.Parallel()
	a := NewAtlas(nil, nil, nil, []Succession{{From: "a", To: "b", On: day("2015-01-01")}, {From: "b", To: "c", On: day("2019-01-01")},
		{From: "a", To: "z", On: day("2015-01-01"), Beside: true}})
	require.Equal(t, map[string][]Succession{
		"b": {{From: "a", To: "b", On: day("2015-01-01")}},
		"c": {{From: "a", To: "c", On: day("2019-01-01")}, {From: "b", To: "c", On: day("2019-01-01")}},
	}, a.Inherited())
}

func requireCode(t *testing.T, err error, code string) {
	t.Helper()
	require.True(t, Refused(err, code), "want %s, got %v", code, err)
}
