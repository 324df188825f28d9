package changzhou

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lizheng/civic/names"
)

// table describes one file: its exact header and how a row becomes a value.
type table[T any] struct {
	file   string
	header []string
	row    func(*row) T
}

// decoder reads tables and collects every complaint with its file and line.
type decoder struct {
	source fs.FS
	errs   []error
	lines  map[string][]int // file → line of each row, for complaints made after reading
}

// row is one record while it is decoded; its methods note what is wrong and return the zero value.
type row struct {
	file  string
	line  int
	cells map[string]string
	errs  []error
}

func decode[T any](d *decoder, t table[T]) []T {
	raw, err := fs.ReadFile(d.source, t.file)
	if err != nil {
		d.errs = append(d.errs, fmt.Errorf("read %s: %w", t.file, err))
		return nil
	}
	if !utf8.Valid(raw) {
		d.errs = append(d.errs, fmt.Errorf("%s is not UTF-8", t.file))
		return nil
	}
	r := csv.NewReader(strings.NewReader(string(raw)))
	r.Comment = '#'
	r.FieldsPerRecord = len(t.header)
	header, err := r.Read()
	if err != nil || !slices.Equal(header, t.header) {
		d.errs = append(d.errs, fmt.Errorf("%s: the header must be %s", t.file, strings.Join(t.header, ",")))
		return nil
	}
	var out []T
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			d.errs = append(d.errs, fmt.Errorf("%s: %w", t.file, err))
			return out
		}
		line, _ := r.FieldPos(0)
		rec := newRow(t.file, line, t.header, record)
		out = append(out, t.row(rec))
		d.errs = append(d.errs, rec.errs...)
		if d.lines == nil {
			d.lines = map[string][]int{}
		}
		d.lines[t.file] = append(d.lines[t.file], line)
	}
}

// maxCell bounds a cell in characters: what is longer does not fit a form or a list on screen.
const maxCell = 300

func newRow(file string, line int, header, record []string) *row {
	r := &row{file: file, line: line, cells: make(map[string]string, len(header))}
	for i, name := range header {
		cell := record[i]
		if err := names.Valid(cell, maxCell); err != nil {
			r.fail(name, "%v", err)
		}
		if cell != strings.TrimSpace(cell) {
			r.fail(name, "has spaces at its ends")
		}
		r.cells[name] = cell
	}
	return r
}

func (r *row) fail(column, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %s %s", r.file, r.line, column, fmt.Sprintf(format, args...)))
}

// optional returns the cell as it stands.
func (r *row) optional(column string) string {
	return r.cells[column]
}

func (r *row) text(column string) string {
	if r.cells[column] == "" {
		r.fail(column, "is empty")
	}
	return r.cells[column]
}

var keyForm = regexp.MustCompile(`^[a-z0-9]+([-_.][a-z0-9]+)*$`)

func (r *row) key(column string) string {
	if !keyForm.MatchString(r.cells[column]) {
		r.fail(column, "%q is not a key", r.cells[column])
	}
	return r.cells[column]
}

func (r *row) optionalKey(column string) string {
	if r.cells[column] == "" {
		return ""
	}
	return r.key(column)
}

func (r *row) day(column string) Day {
	if _, err := time.Parse(time.DateOnly, r.cells[column]); err != nil {
		r.fail(column, "%q is not a day (YYYY-MM-DD)", r.cells[column])
	}
	return Day(r.cells[column])
}

func (r *row) span() Span {
	s := Span{From: r.day("valid_from")}
	if r.cells["valid_to"] == "" {
		return s
	}
	if s.To = r.day("valid_to"); s.To <= s.From {
		r.fail("valid_to", "%s is not after %s", s.To, s.From)
	}
	return s
}

// count reads a whole number of at least zero; an empty cell is zero.
func (r *row) count(column string) int64 {
	if r.cells[column] == "" {
		return 0
	}
	n, err := strconv.ParseInt(r.cells[column], 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != r.cells[column] {
		r.fail(column, "%q is not a whole number", r.cells[column])
	}
	return n
}

func (r *row) flag(column string) bool {
	switch r.cells[column] {
	case "true":
		return true
	case "false":
		return false
	}
	r.fail(column, "%q is neither true nor false", r.cells[column])
	return false
}

// among reads a word of a closed vocabulary.
func (r *row) among(column string, words ...string) string {
	if !slices.Contains(words, r.cells[column]) {
		r.fail(column, "%q is none of %s", r.cells[column], strings.Join(words, ", "))
	}
	return r.cells[column]
}
