package civic

import (
	"context"
	"errors"
	"strings"

	"lizheng/civic/names"
	"lizheng/civic/workday"
)

// Calendar is a year of the newest calendar; anybody may read it.
func (d *Desk) Calendar(ctx context.Context, year int) (CalendarYear, error) {
	if year < 2000 || year > 2100 {
		return CalendarYear{}, Refuse(Invalid, "out_of_range", "年度超出范围。", "The year is out of range.").At("year")
	}
	c, err := d.Record.Calendar(ctx, 0)
	if err != nil {
		return CalendarYear{}, err
	}
	first, last := workday.NewDate(year, 1, 1), workday.NewDate(year, 12, 31)
	out := CalendarYear{Year: year, Version: c.Version(), Official: c.Official(year), WorkingDays: c.Between(first.AddDays(-1), last), Days: []CalendarDay{}}
	for _, day := range c.Days() {
		if day.Date.Year == year {
			out.Days = append(out.Days, CalendarDay{Date: day.Date, Kind: day.Kind, Name: day.Name, Notice: day.Notice, Source: day.Source})
		}
	}
	return out, nil
}

// read reads an import, or refuses it with every row that is wrong.
func (i CalendarImport) read() ([]workday.Day, error) {
	if i.Source == "" || names.Valid(i.Source, 500) != nil {
		return nil, missing("source", "通知文号", "the notice")
	}
	for _, y := range i.Official {
		if y < 2000 || y > 2100 || len(i.Official) > 20 {
			return nil, Refuse(Invalid, "out_of_range", "年度超出范围。", "The year is out of range.").At("official_years")
		}
	}
	days, err := workday.ParseCSV(strings.NewReader(i.CSV))
	if err != nil {
		return nil, rowsRefused(err)
	}
	if len(days) == 0 && len(i.Official) == 0 {
		return nil, Refuse(Invalid, "nothing_listed", "文件中没有日期。", "The file lists no day.").At("csv")
	}
	return days, nil
}

// rowsRefused makes one refusal of all rows that are wrong.
func rowsRefused(err error) error {
	var all []error
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	} else {
		all = []error{err}
	}
	var out *Error
	for _, e := range all {
		var row *workday.RowError
		if !errors.As(e, &row) {
			return err
		}
		refusal := Refuse(Invalid, "bad_row", "日历文件有误。", "A row of the calendar is not right: "+string(row.Problem)+".").At("csv").
			With("row", row.Row).With("problem", string(row.Problem)).With("value", clip(row.Value))
		if out == nil {
			out = refusal
		} else {
			out.Also = append(out.Also, refusal)
		}
	}
	return out
}

// maxTermsShown is how many moved terms a check lists; the numbers count all.
const maxTermsShown = 200

// CheckCalendar says what an import would change: days, and open terms. Terms are lengthened, never shortened.
func (d *Desk) CheckCalendar(ctx context.Context, who Actor, i CalendarImport) (CalendarCheck, error) {
	if err := d.may(ctx, who, "calendar", "import"); err != nil {
		return CalendarCheck{}, err
	}
	days, err := i.read()
	if err != nil {
		return CalendarCheck{}, err
	}
	before, after, err := d.calendars(ctx, days, i.Official)
	if err != nil {
		return CalendarCheck{}, err
	}
	out := CalendarCheck{Days: len(days), Years: after.OfficialYears(), Terms: []TermMoved{}}
	for _, day := range days {
		if before.Working(day.Date) != after.Working(day.Date) {
			out.Changed++
		}
	}
	err = d.Record.OpenTerms(ctx, func(t OpenTerm) error {
		due, change := workday.Recompute(before, after, workday.Term{Start: t.OpenedAt, Length: t.Term, Due: t.Due})
		switch change {
		case workday.Lengthened:
			out.Longer++
		case workday.Shortened:
			out.Shorter++
		default:
			return nil
		}
		if len(out.Terms) == maxTermsShown {
			out.Truncated = true
			return nil
		}
		out.Terms = append(out.Terms, TermMoved{Case: t.Case, Number: t.Number, Task: t.Task, Step: t.Step, Before: t.Due, After: due, Change: change})
		return nil
	})
	return out, err
}

// calendars are the newest calendar and what it would be with these days.
func (d *Desk) calendars(ctx context.Context, days []workday.Day, official []int) (before, after *workday.Calendar, err error) {
	if before, err = d.Record.Calendar(ctx, 0); err != nil {
		return nil, nil, err
	}
	if after, err = Amended(before, days, official); err != nil {
		return nil, nil, err
	}
	return before, after, nil
}

// Amended is a calendar with further days: of a day that was imported before, the new listing holds.
func Amended(c *workday.Calendar, days []workday.Day, official []int) (*workday.Calendar, error) {
	listed := map[workday.Date]bool{}
	for _, day := range days {
		listed[day.Date] = true
	}
	var all []workday.Day
	for _, day := range c.Days() {
		if day.Source != workday.SourceStatutory && !listed[day.Date] {
			all = append(all, day)
		}
	}
	return workday.New(c.Version()+1, append(all, days...), append(c.OfficialYears(), official...))
}

// ImportCalendar adds a version of the calendar. Open terms are recomputed afterwards, case by case.
func (d *Desk) ImportCalendar(ctx context.Context, who Actor, key string, i CalendarImport) (CalendarImported, error) {
	days, err := i.read()
	if err != nil {
		return CalendarImported{}, err
	}
	o := order{object: "calendar", act: "import", key: key, about: "calendar", content: i}
	return carry(ctx, d, who, o, func(deed Deed) (CalendarImported, error) {
		return d.Record.ImportCalendar(ctx, deed, days, i.Official, i.Source)
	})
}
