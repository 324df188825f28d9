package api

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lizheng/civic"
	"lizheng/civic/money"
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
	styles struct{ head, day, instant, money int }
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
	day, instant, yuan := "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "#,##0.00"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.styles.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#F2F2F2"}}}},
		{&b.styles.day, excelize.Style{CustomNumFmt: &day}},
		{&b.styles.instant, excelize.Style{CustomNumFmt: &instant}},
		{&b.styles.money, excelize.Style{CustomNumFmt: &yuan}},
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
	}
	return v
}

// wall is the time that the city's clocks show: a spreadsheet has no zones.
func wall(at time.Time) time.Time {
	day := workday.DateOf(at)
	return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC).Add(at.Sub(day.Start()))
}

// guarded keeps a text from being taken for a formula by whatever opens or re-saves the file.
func guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
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

// A template is a spreadsheet that people fill in and send back: fixed columns, and a version in a sheet that they do not see.
type template struct {
	name, version string
	columns       []column
	most          int // rows
}

const hiddenSheet = "_lizheng"

// blank makes the spreadsheet to fill in.
func (t template) blank(lang string) (*workbook, error) {
	b, err := newWorkbook(lang, t.columns)
	if err != nil {
		return nil, err
	}
	if err := t.mark(b.file); err != nil {
		b.close()
		return nil, fmt.Errorf("mark a template: %w", err)
	}
	return b, nil
}

func (t template) mark(f *excelize.File) error {
	if _, err := f.NewSheet(hiddenSheet); err != nil {
		return err
	}
	if err := f.SetSheetRow(hiddenSheet, "A1", &[]any{t.name, t.version}); err != nil {
		return err
	}
	return f.SetSheetVisible(hiddenSheet, false, true)
}

// maxUnpacked bounds what a spreadsheet unpacks to: a small file can hold a very large one.
const maxUnpacked = 64 << 20

// read gives every filled-in row, by its number in the sheet, and collects what is wrong with the rows; nothing is stored
// by reading. Whoever imports looks at all rows first, and takes them only when none is refused.
func (t template) read(r io.Reader, row func(n int, cells []string) *civic.Error) ([]*civic.Error, error) {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	if err != nil {
		return nil, civic.Refuse(civic.Invalid, "not_a_spreadsheet", "文件不是有效的Excel工作簿（.xlsx）。", "The file is no Excel workbook (.xlsx).").At("file")
	}
	defer func() { _ = f.Close() }() // it was only read
	if err := t.known(f); err != nil {
		return nil, err
	}
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, errTemplate(t)
	}
	defer func() { _ = rows.Close() }()
	return t.rows(f, rows, row)
}

// known refuses a file that was not made from this template, in this version.
func (t template) known(f *excelize.File) error {
	name, err := f.GetCellValue(hiddenSheet, "A1")
	if err != nil || name != t.name {
		return errTemplate(t)
	}
	version, err := f.GetCellValue(hiddenSheet, "B1")
	if err != nil || version != t.version {
		return errTemplate(t).With("version", version).With("now", t.version)
	}
	return nil
}

func errTemplate(t template) *civic.Error {
	return civic.Refuse(civic.Invalid, "wrong_template", "请使用最新下载的模板填写。", "Please use the template as it can be downloaded now.").At("file").With("template", t.name)
}

// maxRowErrors is how many rows are complained about at once; who has more has one mistake many times.
const maxRowErrors = 200

func (t template) rows(f *excelize.File, rows *excelize.Rows, give func(int, []string) *civic.Error) ([]*civic.Error, error) {
	var wrong []*civic.Error
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		switch {
		case err != nil:
			return nil, errTemplate(t)
		case n == 1 || strings.TrimSpace(strings.Join(cells, "")) == "":
			continue
		case n > t.most+1:
			return nil, civic.Refuse(civic.Invalid, "too_many_rows", "行数过多。", "There are too many rows.").At("file").With("max", t.most)
		}
		cells = append(cells, make([]string, max(0, len(t.columns)-len(cells)))...)
		refusal := t.formulas(f, n)
		if refusal == nil {
			refusal = give(n, cells[:len(t.columns)])
		}
		if refusal != nil {
			wrong = append(wrong, refusal.With("row", n))
		}
		if len(wrong) == maxRowErrors {
			break
		}
	}
	return wrong, nil
}

// formulas refuses a row that is computed: what a formula shows is what the last program to save it thought.
func (t template) formulas(f *excelize.File, n int) *civic.Error {
	for i := range t.columns {
		cell, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			continue
		}
		if formula, err := f.GetCellFormula(f.GetSheetName(0), cell); err == nil && formula != "" {
			return civic.Refuse(civic.Invalid, "formula", "单元格不得使用公式，请粘贴为数值。", "A cell must hold a value, not a formula.").At(cell)
		}
	}
	return nil
}
