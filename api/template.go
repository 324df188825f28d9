package api

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"lizheng/civic"
)

// A template is a spreadsheet that people fill in and send back: fixed columns, and in a sheet that they do not see its version
// and, when it is filled with what is there, of what it is and of which revision.
type template struct {
	name, version string
	columns       []column
	fields        []string // what each column is called in a refusal
	most          int      // rows
	subject       string
	revision      int
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
	if err := f.SetSheetRow(hiddenSheet, "A2", &[]any{t.subject, t.revision}); err != nil {
		return err
	}
	return f.SetSheetVisible(hiddenSheet, false, true)
}

// maxUnpacked bounds what a spreadsheet unpacks to: a small file can hold a very large one.
const maxUnpacked = 64 << 20

// read gives every filled-in row, by its number in the sheet, and collects what is wrong with the rows; nothing is stored
// by reading. Whoever imports looks at all rows first, and takes them only when none is refused. It also says of which revision
// the spreadsheet was made.
func (t template) read(r io.Reader, row func(n int, cells []string) *civic.Error) (int, []*civic.Error, error) {
	f, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	if err != nil {
		return 0, nil, civic.Refuse(civic.Invalid, "not_a_spreadsheet", "文件不是有效的Excel工作簿（.xlsx）。", "The file is no Excel workbook (.xlsx).").At("file")
	}
	defer func() { _ = f.Close() }() // it was only read
	seen, err := t.known(f)
	if err != nil {
		return 0, nil, err
	}
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return 0, nil, errTemplate(t)
	}
	defer func() { _ = rows.Close() }()
	wrong, err := t.rows(f, rows, row)
	return seen, wrong, err
}

// known refuses a file that was not made from this template in this version, or that is about something else, and says of
// which revision it was made.
func (t template) known(f *excelize.File) (int, error) {
	said := map[string]string{}
	for _, cell := range []string{"A1", "B1", "A2", "B2"} {
		text, err := f.GetCellValue(hiddenSheet, cell)
		if err != nil {
			return 0, errTemplate(t)
		}
		said[cell] = text
	}
	switch {
	case said["A1"] != t.name:
		return 0, errTemplate(t)
	case said["B1"] != t.version:
		return 0, errTemplate(t).With("version", clip(said["B1"])).With("now", t.version)
	case t.subject == "":
		return 0, nil
	case said["A2"] != t.subject:
		return 0, civic.Refuse(civic.Invalid, "wrong_workbook", "这份工作簿属于另一份表，请重新导出。", "This workbook belongs to something else; take it anew.").At("file").With("of", clip(said["A2"]))
	}
	seen, err := strconv.Atoi(said["B2"])
	if err != nil {
		return 0, errTemplate(t)
	}
	return seen, nil
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
