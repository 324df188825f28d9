package space_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

func TestRequiredAreaOfThePublishedExamples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		households                             int64
		population, exact2014, area2014, by100 string
		floored                                bool
	}{
		{500, "1600", "160", "600.00", "150.00", true},
		{1_200, "3840", "384", "600.00", "360.00", true},
		{1_874, "5996.8", "599.68", "600.00", "562.20", false}, // rounded up to the floor itself
		{1_875, "6000", "600", "600.00", "562.50", false},
		{1_876, "6003.2", "600.32", "601.00", "562.80", false}, // a binary ceil errs around here
		{2_000, "6400", "640", "640.00", "600.00", false},
		{3_000, "9600", "960", "960.00", "900.00", false},
		{4_500, "14400", "1440", "1440.00", "1350.00", false},
	} {
		plan := space.Plan{Households: c.households}
		r, err := standard2014().Required(plan)
		require.NoError(t, err)
		require.Equal(t, c.population, r.Population.String())
		require.Equal(t, c.exact2014, r.Exact, "%d households", c.households)
		require.Equal(t, c.area2014, r.Area.String(), "%d households", c.households)
		require.Equal(t, c.floored, r.Floored, "%d households", c.households)
		require.Zero(t, r.Ground)

		r, err = standard2022().Required(plan)
		require.NoError(t, err)
		require.Equal(t, c.by100, r.Area.String(), "%d households", c.households)
		require.False(t, r.Floored)
	}
}

func TestTheFiguresShowTheWholeWay(t *testing.T) {
	t.Parallel()
	r, err := standard2014().Required(space.Plan{Households: 1_876})
	require.NoError(t, err)
	require.Equal(t, []space.Figure{
		{Name: "standard", Zh: "标准版本", En: "version of the standard", Value: "2014"},
		{Name: "from", Zh: "施行日期", En: "in force from", Value: "2014-07-24"},
		{Name: "formula", Zh: "计算方法", En: "formula", Value: "per_1000_persons"},
		{Name: "households", Zh: "规划户数", En: "planned households", Value: "1876"},
		{Name: "persons_per_household", Zh: "户均人口", En: "persons per household", Value: "3.2"},
		{Name: "population", Zh: "规划人口", En: "planned population", Value: "6003.2"},
		{Name: "rate_1000", Zh: "每千人面积", En: "area per 1,000 persons", Value: "100.00"},
		{Name: "by_persons", Zh: "按人口计算", En: "by population", Value: "600.32"},
		{Name: "rounded", Zh: "取整后", En: "rounded", Value: "601.00"},
		{Name: "floor", Zh: "最低面积", En: "least area", Value: "600.00"},
		{Name: "required", Zh: "应配面积", En: "required area", Value: "601.00"},
	}, r.Figures)

	r, err = standard2022().Required(space.Plan{Households: 1_875})
	require.NoError(t, err)
	require.Equal(t, m2("168.75"), r.Ground, "three tenths of 562.5")
	require.Equal(t, space.Figure{Name: "ground", Zh: "其中首层不少于", En: "of it on the ground floor, at least", Value: "168.75"}, r.Figures[len(r.Figures)-1])
}

func TestAStatedPopulationCountsBeforeTheHouseholds(t *testing.T) {
	t.Parallel()
	population := number("6000.0001")
	r, err := standard2014().Required(space.Plan{Households: 500, Population: &population})
	require.NoError(t, err)
	require.True(t, r.Stated)
	require.Equal(t, "600.00001", r.Exact)
	require.Equal(t, m2("601"), r.Area, "a ten-thousandth of a person over the boundary")
	for _, f := range r.Figures {
		require.NotEqual(t, "persons_per_household", f.Name, "it was not used")
	}
	population = number("6000")
	r, err = standard2014().Required(space.Plan{Population: &population})
	require.NoError(t, err)
	require.Equal(t, m2("600"), r.Area, "exactly the floor")
}

func TestTheLargerOfBothOnlyWhereTheDataSaysSo(t *testing.T) {
	t.Parallel()
	both := standard2014()
	both.Formula, both.Per100 = space.LargerOfBoth, m2("30")
	r, err := both.Required(space.Plan{Households: 2_000})
	require.NoError(t, err)
	require.Equal(t, "640", r.Exact, "of 640 and 600")
	both.Per100 = m2("40")
	r, err = both.Required(space.Plan{Households: 2_000})
	require.NoError(t, err)
	require.Equal(t, "800", r.Exact, "of 640 and 800")

	only := standard2014()
	only.Per100 = m2("40")
	r, err = only.Required(space.Plan{Households: 2_000})
	require.NoError(t, err)
	require.Equal(t, "640", r.Exact, "a number beside the formula changes nothing")
}

func TestWhatIsNotRoundedIsStillNeverLessThanOwed(t *testing.T) {
	t.Parallel()
	s := standard2014()
	s.Rounding, s.Floor, s.Per1000 = space.Unrounded, 0, m2("33.33")
	r, err := s.Required(space.Plan{Households: 1})
	require.NoError(t, err)
	require.Equal(t, "0.106656", r.Exact)
	require.Equal(t, m2("0.11"), r.Area)
}

func TestPlansThatCannotBe(t *testing.T) {
	t.Parallel()
	none, some := space.Decimal(0), number("10")
	for _, p := range []space.Plan{{}, {Households: -1}, {Households: space.MaxHouseholds + 1}, {Population: &none}, {Households: 5, Population: &none}} {
		_, err := standard2014().Required(p)
		require.Error(t, err, "%+v", p)
	}
	_, err := standard2022().Required(space.Plan{Population: &some})
	require.EqualError(t, err, "the plan has no households", "its formula counts them")
	huge := standard2014()
	huge.Per1000 = space.MaxArea
	_, err = huge.Required(space.Plan{Households: space.MaxHouseholds})
	require.ErrorIs(t, err, space.ErrTooLarge)
}

func TestDataThatIsNoStandard(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*space.Standard){
		"no first day":               func(s *space.Standard) { s.From = workday.Date{} },
		"no formula":                 func(s *space.Standard) { s.Formula = "" },
		"no rounding":                func(s *space.Standard) { s.Rounding = "" },
		"no area per 1,000":          func(s *space.Standard) { s.Per1000 = 0 },
		"no persons per household":   func(s *space.Standard) { s.PersonsPerHousehold = 0 },
		"no area per 100":            func(s *space.Standard) { s.Formula = space.PerHouseholds },
		"a negative floor":           func(s *space.Standard) { s.Floor = -1 },
		"a ground floor above whole": func(s *space.Standard) { s.GroundRatio = number("1.0001") },
		"an exclusion of nothing":    func(s *space.Standard) { s.Excluded = []space.Use{""} },
	} {
		s := standard2014()
		spoil(&s)
		require.Error(t, s.Check(), name)
		_, err := s.Required(space.Plan{Households: 2_000})
		require.Error(t, err, name)
	}
	require.NoError(t, standard2014().Check())
	require.NoError(t, standard2022().Check())
}

func TestTheStandardInForceOnADay(t *testing.T) {
	t.Parallel()
	reprint := standard2022()
	reprint.Version++
	all := []space.Standard{standard2022(), standard2014()}
	for _, c := range []struct {
		name string
		all  []space.Standard
		day  workday.Date
		want int
	}{
		{"the first day counts", all, workday.NewDate(2014, time.July, 24), 2014},
		{"the last day of the old one", all, workday.NewDate(2022, time.January, 28), 2014},
		{"the first day of the new one", all, workday.NewDate(2022, time.January, 29), 2022},
		{"long after", all, workday.NewDate(2035, time.May, 1), 2022},
		{"of one day the higher version", append(all, reprint), workday.NewDate(2022, time.January, 29), 2023},
	} {
		s, err := space.InForce(c.all, c.day)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, s.Version, c.name)
	}
	_, err := space.InForce(all, workday.NewDate(2014, time.July, 23))
	require.ErrorIs(t, err, space.ErrNoStandard)
	_, err = space.InForce(nil, workday.NewDate(2014, time.July, 24))
	require.ErrorIs(t, err, space.ErrNoStandard)
	twice := []space.Standard{standard2014(), standard2014(), standard2022()}
	_, err = space.InForce(twice, workday.NewDate(2020, time.May, 1))
	require.EqualError(t, err, "two housing standards have the version 2014 from 2014-07-24")
	s, err := space.InForce(twice, workday.NewDate(2023, time.May, 1))
	require.NoError(t, err, "nobody asks the old ones any more")
	require.Equal(t, 2022, s.Version)
}

func TestMoreHouseholdsNeverRequireLess(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := space.Standard{
			Version: 1, From: workday.NewDate(2014, time.July, 24),
			Formula:             rapid.SampledFrom([]space.Formula{space.PerPersons, space.PerHouseholds, space.LargerOfBoth}).Draw(t, "formula"),
			Rounding:            rapid.SampledFrom([]space.Rounding{space.WholeMetres, space.Unrounded}).Draw(t, "rounding"),
			Per1000:             areas(1, m2("500")).Draw(t, "per 1,000"),
			Per100:              areas(1, m2("100")).Draw(t, "per 100"),
			Floor:               areas(0, m2("900")).Draw(t, "floor"),
			PersonsPerHousehold: space.Decimal(rapid.Int64Range(1, 100_000).Draw(t, "persons")),
			GroundRatio:         space.Decimal(rapid.Int64Range(0, 10_000).Draw(t, "ground")),
		}
		few := rapid.Int64Range(1, 20_000).Draw(t, "few")
		many := few + rapid.Int64Range(0, 20_000).Draw(t, "more")
		less, err := s.Required(space.Plan{Households: few})
		require.NoError(t, err)
		more, err := s.Required(space.Plan{Households: many})
		require.NoError(t, err)
		require.GreaterOrEqual(t, more.Area, less.Area)
		require.GreaterOrEqual(t, more.Ground, less.Ground)
		require.GreaterOrEqual(t, less.Area, s.Floor)

		exact, ok := new(big.Rat).SetString(less.Exact)
		require.True(t, ok)
		owed := big.NewRat(int64(less.Area), 100)
		require.GreaterOrEqual(t, owed.Cmp(exact), 0, "never less than the formula")
		step := big.NewRat(1, 100)
		if s.Rounding == space.WholeMetres {
			step = big.NewRat(1, 1)
		}
		if !less.Floored {
			require.Negative(t, owed.Sub(owed, exact).Cmp(step), "and not a whole step more")
		}
	})
}

func TestRoomsOfOtherUsesDoNotCount(t *testing.T) {
	t.Parallel()
	rooms := []space.Room{
		{space.CommunityService, 1, m2("200")},
		{space.CommunityService, 2, m2("400.5")},
		{space.CommunityService, -1, m2("50")},
		{space.PropertyManagement, 1, m2("120")},
		{space.ElderlyCare, 3, m2("300")},
	}
	tally, err := standard2014().Tally(rooms)
	require.NoError(t, err)
	require.Equal(t, space.Tally{Counted: m2("650.5"), Excluded: m2("420"), Ground: m2("200"), Below: m2("50"), Highest: 2}, tally)

	open := standard2014()
	open.Excluded = nil
	tally, err = open.Tally(rooms)
	require.NoError(t, err)
	require.Equal(t, m2("1070.5"), tally.Counted, "what a standard does not exclude counts")
	for _, bad := range []space.Room{{space.ElderlyCare, 0, m2("1")}, {space.ElderlyCare, 1, 0}, {space.ElderlyCare, 1, -1}} {
		_, err = open.Tally([]space.Room{bad})
		require.Error(t, err)
	}
	_, err = open.Tally([]space.Room{{space.ElderlyCare, 1, space.MaxArea}, {space.ElderlyCare, 1, 1}})
	require.ErrorIs(t, err, space.ErrTooLarge)
}
