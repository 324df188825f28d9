package api

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lizheng/civic/money"
	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// column is one column of a sheet.
type column struct {
	zh, en string
	width  float64 // in characters
}

func (c column) title(lang string) string {
	if lang == english {
		return c.en
	}
	return c.zh
}

// workbook is a spreadsheet that is written row by row: what does not fit into a little memory waits in a temporary file.
type workbook struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	row    int
	styles struct{ head, day, instant, money, points, text int }
}

// sheetName is the one sheet that people see.
const sheetName = "Sheet1"

// newWorkbook begins a spreadsheet with its heading, which stays in sight.
func newWorkbook(lang string, columns []column) (*workbook, error) {
	b := &workbook{file: excelize.NewFile()}
	if err := b.begin(lang, columns); err != nil {
		b.close()
		return nil, fmt.Errorf("begin a spreadsheet: %w", err)
	}
	return b, nil
}

func (b *workbook) begin(lang string, columns []column) error {
	if err := b.style(); err != nil {
		return err
	}
	var err error
	if b.stream, err = b.file.NewStreamWriter(sheetName); err != nil {
		return err
	}
	for i, c := range columns {
		if err := b.stream.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	err = b.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	heading := make([]any, len(columns))
	for i, c := range columns {
		heading[i] = excelize.Cell{StyleID: b.styles.head, Value: c.title(lang)}
	}
	b.row = 1
	return b.stream.SetRow("A1", heading)
}

func (b *workbook) style() error {
	day, instant, yuan, points := "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00", "0.00"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.styles.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#F2F2F2"}}}},
		{&b.styles.day, excelize.Style{CustomNumFmt: &day}},
		{&b.styles.instant, excelize.Style{CustomNumFmt: &instant}},
		{&b.styles.money, excelize.Style{CustomNumFmt: &yuan}},
		{&b.styles.points, excelize.Style{CustomNumFmt: &points}},
		{&b.styles.text, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		id, err := b.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// add writes one row: texts as texts, days and instants as dates of the city's clock, money as yuan.
func (b *workbook) add(cells ...any) error {
	b.row++
	out := make([]any, len(cells))
	for i, v := range cells {
		out[i] = b.cell(v)
	}
	return b.stream.SetRow(fmt.Sprintf("A%d", b.row), out)
}

func (b *workbook) cell(v any) any {
	switch v := v.(type) {
	case string:
		return guarded(v)
	case workday.Date:
		return excelize.Cell{StyleID: b.styles.day, Value: wall(v.Start())}
	case time.Time:
		return excelize.Cell{StyleID: b.styles.instant, Value: wall(v)}
	case *time.Time:
		if v == nil {
			return nil
		}
		return excelize.Cell{StyleID: b.styles.instant, Value: wall(*v)}
	case money.Fen: // a spreadsheet knows doubles only; up to 90 trillion yuan they keep every fen
		return excelize.Cell{StyleID: b.styles.money, Value: float64(v) / 100}
	case selection.Points:
		return excelize.Cell{StyleID: b.styles.points, Value: float64(v) / 100}
	case lines: // what stands in the cell line by line
		return excelize.Cell{StyleID: b.styles.text, Value: guarded(strings.Join(v, "\n"))}
	}
	return v
}

// wall is the time that the city's clocks show: a spreadsheet has no zones.
func wall(at time.Time) time.Time {
	day := workday.DateOf(at)
	return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Add(at.Sub(day.Start()))
}

// lines are several texts in one cell.
type lines []string

// formulaStarts begin what a spreadsheet program may take for a formula.
const formulaStarts = "=+-@\t\r"

// guarded keeps a text from being taken for a formula by whatever opens or re-saves the file.
func guarded(text string) string {
	if text != "" && strings.ContainsRune(formulaStarts, rune(text[0])) {
		return "'" + text
	}
	return text
}

// unguarded is a text as it was before it was guarded.
func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune(formulaStarts, rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// writeTo ends the spreadsheet and writes it.
func (b *workbook) writeTo(w io.Writer) error {
	if err := b.stream.Flush(); err != nil {
		return fmt.Errorf("end a spreadsheet: %w", err)
	}
	if err := b.file.Write(w); err != nil {
		return fmt.Errorf("write a spreadsheet: %w", err)
	}
	return nil
}

// close removes what waits in temporary files.
func (b *workbook) close() { _ = b.file.Close() } // there is nobody left to tell
