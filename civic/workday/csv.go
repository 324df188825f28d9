package workday

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of an import. A year has about 40 listed days: room for 50 years.
const (
	maxImportBytes  = 256 << 10
	maxImportDays   = 2_000
	maxImportErrors = 20 // nobody repairs more than a screen of them at a time
	maxNameRunes    = 40 // the longest so far has 20
)

// Years outside of these are slips of the pen, not plans.
const (
	firstImportYear = 2000
	lastImportYear  = 2100
)

// Problem says what is wrong with a row of an import. It is a stable code that
// callers may translate.
type Problem string

// The problems a row can have.
const (
	ProblemTooLarge  Problem = "too_large" // the whole file: bytes or rows
	ProblemEncoding  Problem = "encoding"  // the whole file: not UTF-8
	ProblemHeader    Problem = "header"    // the first row is not date,kind,name,notice
	ProblemShape     Problem = "shape"     // not four fields, or quotes that do not match
	ProblemDate      Problem = "date"      // not a day, or not between 2000 and 2100
	ProblemKind      Problem = "kind"      // neither holiday nor makeup
	ProblemName      Problem = "name"      // empty, too long, or with control characters
	ProblemNotice    Problem = "notice"    // not the year of the date or one beside it
	ProblemDuplicate Problem = "duplicate" // the date was listed in an earlier row
)

// RowError says what is wrong with one row.
type RowError struct {
	Row     int // the line in the file, from 1; 0 for the whole file
	Problem Problem
	Value   string // what was found, cut if it is long
}

// Error names the row, the problem and the value.
func (e *RowError) Error() string {
	return fmt.Sprintf("row %d: %s: %.60q", e.Row, e.Problem, e.Value)
}

var importHeader = []string{"date", "kind", "name", "notice"}

// ParseCSV reads listed days from UTF-8 text with the header
//
//	date,kind,name,notice
//
// where kind is holiday or makeup and notice the year of the notice. Lines that
// start with # are left out. The days come in the order of the rows, with the
// source imported. If anything is wrong nothing is returned but the errors: a
// join of *RowError, at most 20 of them.
func ParseCSV(r io.Reader) ([]Day, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxImportBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	if len(text) > maxImportBytes {
		return nil, &RowError{0, ProblemTooLarge, strconv.Itoa(maxImportBytes) + " bytes"}
	}
	if !utf8.Valid(text) {
		return nil, &RowError{0, ProblemEncoding, ""}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // spreadsheets write it
	rows := csv.NewReader(bytes.NewReader(text))
	rows.Comment = '#'
	rows.FieldsPerRecord = -1
	return parseRows(rows)
}

func parseRows(rows *csv.Reader) ([]Day, error) {
	header, err := rows.Read()
	if err != nil || !slices.Equal(header, importHeader) {
		line := 1
		if len(header) > 0 {
			line, _ = rows.FieldPos(0) // after the comments
		}
		return nil, &RowError{line, ProblemHeader, strings.Join(header, ",")}
	}
	var days []Day
	var problems []error
	seen := map[Date]bool{}
	for len(problems) < maxImportErrors {
		fields, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if bad := new(csv.ParseError); errors.As(err, &bad) {
			problems = append(problems, &RowError{bad.Line, ProblemShape, bad.Err.Error()})
			break // what follows a lost quote is noise
		}
		row, _ := rows.FieldPos(0)
		day, problem := parseDay(fields, row)
		if problem == nil && seen[day.Date] {
			problem = &RowError{row, ProblemDuplicate, fields[0]}
		}
		if problem != nil {
			problems = append(problems, problem)
			continue
		}
		if len(days) == maxImportDays {
			return nil, &RowError{row, ProblemTooLarge, strconv.Itoa(maxImportDays) + " days"}
		}
		seen[day.Date] = true
		days = append(days, day)
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return days, nil
}

func parseDay(fields []string, row int) (Day, *RowError) {
	if len(fields) != len(importHeader) {
		return Day{}, &RowError{row, ProblemShape, strings.Join(fields, ",")}
	}
	date, err := ParseDate(fields[0])
	if err != nil || date.Year < firstImportYear || date.Year > lastImportYear {
		return Day{}, &RowError{row, ProblemDate, fields[0]}
	}
	kind := Kind(fields[1])
	if kind != Holiday && kind != Makeup {
		return Day{}, &RowError{row, ProblemKind, fields[1]}
	}
	long := utf8.RuneCountInString(fields[2]) > maxNameRunes
	if fields[2] == "" || long || strings.ContainsFunc(fields[2], unicode.IsControl) {
		return Day{}, &RowError{row, ProblemName, fields[2]}
	}
	// a notice may name days of the year before, or of the year after
	notice, err := strconv.Atoi(fields[3])
	if err != nil || notice < date.Year-1 || notice > date.Year+1 {
		return Day{}, &RowError{row, ProblemNotice, fields[3]}
	}
	return Day{Date: date, Kind: kind, Name: fields[2], Notice: notice, Source: SourceImported}, nil
}
