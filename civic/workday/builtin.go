package workday

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
)

// builtinVersion rises with every change of days.csv or of the statutory days.
const builtinVersion = 1

//go:embed days.csv
var builtinDays []byte

var builtin = func() *Calendar {
	days, err := ParseCSV(bytes.NewReader(builtinDays))
	if err != nil {
		panic(fmt.Errorf("read the built-in calendar: %w", err))
	}
	var years []int
	for i := range days {
		days[i].Source = SourceBuiltin
		years = append(years, days[i].Notice)
	}
	slices.Sort(years)
	c, err := New(builtinVersion, days, slices.Compact(years))
	if err != nil {
		panic(fmt.Errorf("make the built-in calendar: %w", err))
	}
	return c
}()

// Builtin returns the calendar that comes with the program: the notices of the
// State Council for 2013 to 2026. What is imported or entered goes on top of it
// by With.
func Builtin() *Calendar { return builtin }
