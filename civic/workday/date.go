package workday

import (
	"fmt"
	"time"
	_ "time/tzdata" // so that the answer does not depend on the machine's zone files
)

// Shanghai is the location of every day in this package.
var Shanghai = func() *time.Location {
	l, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err) // impossible: the zone is part of the program
	}
	return l
}()

const secondsPerDay = 24 * 60 * 60

// Date is a day in Asia/Shanghai. It can be compared with ==, used as the key of
// a map, and is written "2006-01-02" in text and JSON. The zero Date is no day;
// it is written as the empty string.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the day, normalised as time.Date does: 31 April is 1 May.
func NewDate(year int, month time.Month, day int) Date {
	return fromCivil(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day in Asia/Shanghai that the instant falls on.
func DateOf(t time.Time) Date { return fromCivil(t.In(Shanghai)) }

// ParseDate reads "2006-01-02" and nothing else; the day must exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || len(s) != len(time.DateOnly) || t.Year() == 0 {
		return Date{}, fmt.Errorf("%.40q is not a date of the form 2006-01-02", s)
	}
	return fromCivil(t), nil
}

func fromCivil(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// number counts days from 1970-01-01, which is 0.
func (d Date) number() int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

func fromNumber(n int) Date {
	return fromCivil(time.Unix(int64(n)*secondsPerDay, 0).UTC())
}

// IsZero reports whether the date is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the day as "2006-01-02", or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Compare returns -1, 0 or +1 as d is before, the same as or after e.
func (d Date) Compare(e Date) int {
	switch a, b := d.number(), e.number(); {
	case a < b:
		return -1
	case a > b:
		return +1
	}
	return 0
}

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// AddDays returns the day n natural days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return NewDate(d.Year, d.Month, d.Day+n) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// Start returns the instant at which the day begins, in UTC.
func (d Date) Start() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Shanghai).UTC()
}

// End returns the 24:00 of the day: the instant at which the next day begins, in
// UTC. The instant itself does not belong to the day any more.
func (d Date) End() time.Time { return d.AddDays(1).Start() }

// MarshalText writes the date as String does; encoding/json uses it too.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, and nothing else.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
