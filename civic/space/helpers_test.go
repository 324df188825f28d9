package space_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// m2 reads an area that a test writes down.
func m2(s string) space.Area {
	a, err := space.ParseArea(s)
	if err != nil {
		panic(err)
	}
	return a
}

func number(s string) space.Decimal {
	d, err := space.ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

func known(s string) *space.Area {
	a := m2(s)
	return &a
}

// standard2014 and standard2022 are the city's two, as its parameters give them.
func standard2014() space.Standard {
	return space.Standard{
		Version: 2014, From: workday.NewDate(2014, time.July, 24), Formula: space.PerPersons,
		Per1000: m2("100"), PersonsPerHousehold: number("3.2"), Floor: m2("600"), Rounding: space.WholeMetres,
		Excluded: []space.Use{space.PropertyManagement, space.ElderlyCare},
	}
}

func standard2022() space.Standard {
	return space.Standard{
		Version: 2022, From: workday.NewDate(2022, time.January, 29), Formula: space.PerHouseholds,
		Per100: m2("30"), PersonsPerHousehold: number("3.2"), GroundRatio: number("0.30"), Rounding: space.Unrounded,
		Excluded: []space.Use{space.PropertyManagement, space.ElderlyCare},
	}
}

func tolerance() space.Tolerance { return space.Tolerance{Least: m2("3"), Ratio: number("0.01")} }

// codes are the codes of findings with their grades, which is what most tests ask about.
func codes(findings []space.Finding) []string {
	var list []string
	for _, f := range findings {
		list = append(list, string(f.Grade)+" "+f.Code)
	}
	return list
}

// requireWords holds that every finding speaks both languages and names its figures.
func requireWords(t testing.TB, findings []space.Finding) {
	t.Helper()
	for _, f := range findings {
		require.NotEmpty(t, f.Code)
		require.NotEmpty(t, f.Grade.Zh())
		require.Regexp(t, `\p{Han}.*。$`, f.Zh)
		require.Regexp(t, `^[A-Z].*\.$`, f.En)
		for _, g := range f.Figures {
			require.NotEmpty(t, g.Zh, f.Code)
			require.NotEmpty(t, g.En, f.Code)
			require.NotEmpty(t, g.Name, f.Code)
		}
	}
}

func areas(lowest, highest space.Area) *rapid.Generator[space.Area] {
	return rapid.Map(rapid.Int64Range(int64(lowest), int64(highest)), func(n int64) space.Area { return space.Area(n) })
}
