package api

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// maxSheet is how large a filled-in template may be: ten times what 5,000 rows take.
const maxSheet = 5 << 20

// field is one column of a template: which field of a T its cells say.
type field[T any] struct {
	column
	field string
	set   func(to *T, cell string) bool // whether the cell could be read
}

// templateOf makes a template of its fields. Another set of columns is another version.
func templateOf[T any](name, version string, most int, fields []field[T]) template {
	t := template{name: name, version: version, most: most}
	for _, f := range fields {
		t.columns, t.fields = append(t.columns, f.column), append(t.fields, f.field)
	}
	return t
}

// of is the template filled with something in a revision.
func (t template) of(subject string, revision int) template {
	t.subject, t.revision = subject, revision
	return t
}

// workbook answers with a template, and with the rows that fill writes into it.
func (s *server) workbook(c *gin.Context, t template, zh, en string, fill func(*workbook) error) {
	var body bytes.Buffer
	b, err := t.blank(language(c))
	if err == nil {
		defer b.close()
		err = errors.Join(fill(b), b.writeTo(&body))
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Content-Disposition", disposition(in(language(c), civic.Words{Zh: zh, En: en})+".xlsx"))
	c.Data(http.StatusOK, typeExcel, body.Bytes())
}

// sheet reads the one file of an upload into memory.
func (s *server) sheet(c *gin.Context) ([]byte, error) {
	takeTime(c)
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxSheet+maxBody)
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, refuse(http.StatusUnsupportedMediaType, "not_multipart", "上传必须使用 multipart/form-data。", "An upload must be multipart/form-data.")
	}
	part, err := nextFile(parts)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(part, maxSheet+1))
	switch {
	case err != nil:
		return nil, errUploadBroken(err)
	case len(body) > maxSheet:
		return nil, refuse(http.StatusRequestEntityTooLarge, "body_too_large", "工作簿超过5MiB。", "The workbook is larger than 5 MiB.")
	}
	if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
		return nil, errOneFile()
	}
	return body, nil
}

// sent reads the workbook of an upload.
func sent[T any](s *server, c *gin.Context, t template, fields []field[T]) (civic.Workbook[T], error) {
	sheet, err := s.sheet(c)
	if err != nil {
		return civic.Workbook[T]{}, err
	}
	return readRows(t, fields, sheet)
}

// readRows reads the rows of a filled-in template; rows that cannot be read are told apart.
func readRows[T any](t template, fields []field[T], sheet []byte) (book civic.Workbook[T], err error) {
	book.Seen, book.Wrong, err = t.read(bytes.NewReader(sheet), func(n int, cells []string) *civic.Error {
		row := civic.WorkbookRow[T]{N: n}
		var first *civic.Error
		for i, f := range fields {
			if f.set(&row.Value, strings.TrimSpace(unguarded(cells[i]))) {
				continue
			}
			e := civic.Refuse(civic.Invalid, "cell_unreadable", "无法识别该单元格的内容。", "The cell cannot be read.").At(f.field).With("row", n)
			if first == nil {
				first = e
			} else {
				first.Also = append(first.Also, e)
			}
		}
		if first == nil {
			book.Rows = append(book.Rows, row)
		}
		return first
	})
	return book, err
}

// inWords says the rows of a refused workbook in sentences.
func inWords(t template, err error) error {
	if refusal := civic.AsRefusal(err); refusal != nil && refusal.Code == "rows_refused" {
		refusal.Also = inSheet(t, refusal.Also)
	}
	return err
}

func rowOf(e *civic.Error) int {
	n, _ := e.Figures["row"].(int)
	return n
}

// inSheet says every mistake in a sentence with its row and column, in the order of the rows.
func inSheet(t template, wrong []*civic.Error) []*civic.Error {
	out := []*civic.Error{}
	slices.SortStableFunc(wrong, func(a, b *civic.Error) int { return cmp.Compare(rowOf(a), rowOf(b)) })
	for _, e := range wrong {
		also := e.Also
		e.Also = nil
		for _, one := range append([]*civic.Error{e}, also...) {
			zh, en := one.Field, one.Field
			if i := slices.Index(t.fields, one.Field); i >= 0 {
				zh, en = t.columns[i].zh, t.columns[i].en
			}
			one.Zh, one.En = fmt.Sprintf("第%v行“%s”：%s", one.Figures["row"], zh, one.Zh), fmt.Sprintf("Row %v, “%s”: %s", one.Figures["row"], en, one.En)
			out = append(out, one.With("column", zh))
		}
		if len(out) >= maxRowErrors {
			break
		}
	}
	return out
}

// What cells say.

// word reads a choice by its key or by its word in either language.
func word(list []civic.Word, cell string) (string, bool) {
	for _, w := range list {
		if cell == w.Key || cell == w.Zh || strings.EqualFold(cell, w.En) {
			return w.Key, true
		}
	}
	return "", cell == ""
}

// wordFor writes a choice, in the language of whoever asks.
func wordFor(list []civic.Word, key, lang string) string {
	for _, w := range list {
		if w.Key == key {
			return in(lang, w.Words)
		}
	}
	return key
}

// yesNo are the words of what is so or not.
var yesNo = []civic.Word{{Key: "yes", Words: civic.Words{Zh: "是", En: "yes"}}, {Key: "no", Words: civic.Words{Zh: "否", En: "no"}}}

func cellBool(cell string, to *bool) bool {
	key, ok := word(yesNo, cell)
	*to = key == "yes"
	return ok
}

// yes writes what is so; what is not so is a blank.
func yes(so bool, lang string) string {
	if !so {
		return ""
	}
	return in(lang, yesNo[0].Words)
}

// several reads what a cell separates by lines, or else by semicolons.
func several(cell string) []string {
	between := func(r rune) bool { return r == ';' || r == '；' || r == '、' || r == '\n' }
	if strings.Contains(cell, "\n") {
		between = func(r rune) bool { return r == '\n' }
	}
	out := []string{}
	for _, part := range strings.FieldsFunc(cell, between) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// excelEpoch is day 0 of the days that Excel counts.
var excelEpoch = workday.NewDate(1899, time.December, 30)

// cellDay reads a day: as text, or as the number of days by which Excel keeps it.
func cellDay(cell string) (workday.Date, bool) {
	if cell == "" {
		return workday.Date{}, true
	}
	if n, err := strconv.Atoi(cell); err == nil && n > 0 && n < 100_000 {
		return excelEpoch.AddDays(n), true
	}
	d, err := workday.ParseDate(strings.NewReplacer("/", "-", ".", "-").Replace(cell))
	return d, err == nil
}

// cellArea reads square metres; a number may come with the noise of a double behind its hundredths.
func cellArea(cell string) (space.Area, bool) {
	if a, err := space.ParseArea(cell); err == nil {
		return a, true
	}
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil || f < 0 || f > 1e8 {
		return 0, cell == ""
	}
	a, err := space.ParseArea(strconv.FormatFloat(f, 'f', 2, 64))
	const noise = 1e-6 // m²; what is finer was never measured
	back, _ := strconv.ParseFloat(a.String(), 64)
	return a, err == nil && back-f < noise && f-back < noise
}
