package civic

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Workbook is what somebody filled in and sent back: which revision it was made from, its rows, and what of it could not be read.
type Workbook[T any] struct {
	Seen  int
	Rows  []WorkbookRow[T]
	Wrong []*Error // each with its row; its field is a column
}

// WorkbookRow is one row by its number in the sheet.
type WorkbookRow[T any] struct {
	N     int
	Value T
}

// values are the rows without their numbers.
func (b Workbook[T]) values() []T {
	out := make([]T, len(b.Rows))
	for i, r := range b.Rows {
		out[i] = r.Value
	}
	return out
}

// judge refuses a workbook that was made from another revision, and one with mistakes: all of them at once, each in its row.
func (b Workbook[T]) judge(current int, found []*Error) error {
	if b.Seen != current {
		return Refuse(Stale, "stale", fmt.Sprintf("工作簿由第%d版导出，现为第%d版，请重新导出后再填写。", b.Seen, current),
			fmt.Sprintf("The workbook was made from revision %d; it is revision %d now. Take it anew.", b.Seen, current)).At("file").With("seen", b.Seen).With("current", current)
	}
	return RowsRefused(len(b.Rows), append(slices.Clone(b.Wrong), found...))
}

// RowsRefused is the refusal of a workbook with mistakes, and of one without rows; nil for a good one.
func RowsRefused(rows int, wrong []*Error) error {
	switch {
	case len(wrong) > 0:
		refusal := Refuse(Invalid, "rows_refused", fmt.Sprintf("共%d处错误，未导入任何一行。", len(wrong)), fmt.Sprintf("%d mistakes; not one row was taken.", len(wrong))).
			At("file").With("errors", len(wrong))
		refusal.Also = wrong
		return refusal
	case rows == 0:
		return Refuse(Invalid, "no_rows", "工作簿中没有数据行。", "The workbook has no rows.").At("file")
	}
	return nil
}

// inRows puts the findings of a list, such as rows[3].points, into the rows of the workbook that the list came from.
func (b Workbook[T]) inRows(err error, list string) ([]*Error, error) {
	first := AsRefusal(err)
	if first == nil {
		return nil, err
	}
	var out []*Error
	for _, e := range append([]*Error{first}, first.Also...) {
		one := *e
		one.Also = nil
		at, field, ok := strings.Cut(strings.TrimPrefix(one.Field, list+"["), "].")
		n, bad := strconv.Atoi(at)
		if !ok || bad != nil || n >= len(b.Rows) {
			return nil, err // it is about the whole of it
		}
		field, _, _ = strings.Cut(field, "[")
		out = append(out, one.At(field).With("row", b.Rows[n].N))
	}
	return out, nil
}

// wrongRow says what is wrong with one cell of a row.
func (r WorkbookRow[T]) wrongRow(field, code, zh, en string) *Error {
	return Refuse(Invalid, code, zh, en).At(field).With("row", r.N)
}
