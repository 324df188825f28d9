package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
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

// stockField is one column of the template: which field of a room its cells say.
type stockField struct {
	column
	field string
	set   func(r *civic.StockRoom, cell string) bool // whether the cell could be read
}

// word reads a choice by its key or by its word in either language.
func word(list []civic.Word, cell string) (string, bool) {
	for _, w := range list {
		if cell == w.Key || cell == w.Zh || strings.EqualFold(cell, w.En) {
			return w.Key, true
		}
	}
	return "", cell == ""
}

// several reads what a cell separates by semicolons.
func several(cell string) []string {
	out := []string{}
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '；' || r == '、' || r == '\n' }) {
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

var stockFields = []stockField{
	{column{"社区编码", "Community key", 28}, "region", func(r *civic.StockRoom, c string) bool { r.Region = c; return true }},
	{column{"用房名称", "Room", 30}, "name", func(r *civic.StockRoom, c string) bool { r.Name = c; return true }},
	{column{"地址", "Address", 36}, "address", func(r *civic.StockRoom, c string) bool { r.Address = c; return true }},
	{column{"建筑面积（平方米）", "Area (m²)", 16}, "area", func(r *civic.StockRoom, c string) (ok bool) { r.Area, ok = cellArea(c); return ok }},
	{column{"楼层", "Storey", 8}, "storey", func(r *civic.StockRoom, c string) bool {
		n, err := strconv.Atoi(c)
		r.Storey = n
		return err == nil || c == ""
	}},
	{column{"用途", "Uses", 36}, "uses", func(r *civic.StockRoom, c string) bool {
		for _, part := range several(c) {
			use, ok := word(civic.StockUses, part)
			if !ok {
				return false
			}
			r.Uses = append(r.Uses, use)
		}
		return true
	}},
	{column{"所属站", "Station", 20}, "station", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.Stations, c)
		r.Station = civic.Station(key)
		return ok
	}},
	{column{"标牌", "Signs", 30}, "signs", func(r *civic.StockRoom, c string) bool { r.Signs = several(c); return true }},
	{column{"使用状态", "State", 12}, "state", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.StockStates, c)
		r.State = civic.StockState(key)
		return ok
	}},
	{column{"权利人", "Owner", 28}, "owner", func(r *civic.StockRoom, c string) bool { r.Owner = c; return true }},
	{column{"权属凭证", "Paper", 16}, "title_kind", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.TitleKinds, c)
		r.TitleKind = civic.TitleKind(key)
		return ok
	}},
	{column{"证号", "Number", 30}, "title_number", func(r *civic.StockRoom, c string) bool { r.TitleNumber = c; return true }},
	{column{"来源", "Origin", 12}, "origin", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.Origins, c)
		r.Origin = civic.Origin(key)
		return ok
	}},
	{column{"启用日期", "From", 12}, "from", func(r *civic.StockRoom, c string) (ok bool) { r.From, ok = cellDay(c); return ok }},
	{column{"终止日期", "Until", 12}, "until", func(r *civic.StockRoom, c string) (ok bool) { r.Until, ok = cellDay(c); return ok }},
}

// stockTemplate is the workbook of an import. Another set of columns is another version.
func stockTemplate() template {
	t := template{name: "stock-rooms", version: "1", most: civic.MaxImport}
	for _, f := range stockFields {
		t.columns = append(t.columns, f.column)
	}
	return t
}

// StockTemplate handles GET /stock-imports/template.
func (s *server) StockTemplate(c *gin.Context) {
	if _, err := s.o.Desk.CheckImport(c.Request.Context(), who(c), nil); err != nil {
		s.fail(c, err)
		return
	}
	b, err := stockTemplate().blank(language(c))
	if err != nil {
		s.fail(c, err)
		return
	}
	defer b.close()
	var body bytes.Buffer
	if err := b.writeTo(&body); err != nil {
		s.fail(c, err)
		return
	}
	name := "社区用房导入模板"
	if language(c) == english {
		name = "Import of rooms"
	}
	c.Header("Content-Disposition", disposition(name+".xlsx"))
	c.Data(http.StatusOK, typeExcel, body.Bytes())
}

// ImportStock handles POST /stock-imports: everything is looked at first, and taken only when nothing is refused.
func (s *server) ImportStock(c *gin.Context, p ImportStockParams) {
	done, err := s.importStock(c, p)
	s.answer(c, done, err)
}

func (s *server) importStock(c *gin.Context, p ImportStockParams) (civic.StockImported, error) {
	var none civic.StockImported
	ctx := c.Request.Context()
	if _, err := s.o.Desk.CheckImport(ctx, who(c), nil); err != nil { // nobody sends a workbook who may not import one
		return none, err
	}
	sheet, err := s.sheet(c)
	if err != nil {
		return none, err
	}
	rows, wrong, err := readStock(sheet)
	if err != nil {
		return none, err
	}
	if p.Dry {
		faults, err := s.o.Desk.CheckImport(ctx, who(c), rows)
		return civic.StockImported{Rows: len(rows), Errors: inSheet(append(wrong, faults...))}, err
	}
	sum := sha256.Sum256(sheet)
	n, err := s.o.Desk.ImportStock(ctx, who(c), p.IdempotencyKey, hex.EncodeToString(sum[:]), rows, func(faults []*civic.Error) *civic.Error {
		return judged(len(rows), inSheet(append(wrong, faults...)))
	})
	return civic.StockImported{Rows: len(rows), Entered: n, Errors: []*civic.Error{}}, err
}

// judged refuses a workbook with mistakes, all of them at once, and one without rows.
func judged(rows int, wrong []*civic.Error) *civic.Error {
	switch {
	case len(wrong) > 0:
		refusal := civic.Refuse(civic.Invalid, "rows_refused", fmt.Sprintf("共%d处错误，未导入任何用房。", len(wrong)), fmt.Sprintf("%d mistakes; no room was taken.", len(wrong))).
			At("file").With("errors", len(wrong))
		refusal.Also = wrong
		return refusal
	case rows == 0:
		return civic.Refuse(civic.Invalid, "no_rows", "工作簿中没有数据行。", "The workbook has no rows.").At("file")
	}
	return nil
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

// readStock reads the rows of a filled-in template; rows that cannot be read are told apart.
func readStock(sheet []byte) ([]civic.StockRow, []*civic.Error, error) {
	var rows []civic.StockRow
	wrong, err := stockTemplate().read(bytes.NewReader(sheet), func(n int, cells []string) *civic.Error {
		row := civic.StockRow{N: n}
		var first *civic.Error
		for i, f := range stockFields {
			if f.set(&row.Room, strings.TrimSpace(cells[i])) {
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
			rows = append(rows, row)
		}
		return first
	})
	return rows, wrong, err
}

func rowOf(e *civic.Error) int {
	n, _ := e.Figures["row"].(int)
	return n
}

// inSheet says every mistake in a sentence with its row and column, in the order of the rows.
func inSheet(wrong []*civic.Error) []*civic.Error {
	out := []*civic.Error{}
	slices.SortStableFunc(wrong, func(a, b *civic.Error) int { return cmp.Compare(rowOf(a), rowOf(b)) })
	for _, e := range wrong {
		also := e.Also
		e.Also = nil
		for _, one := range append([]*civic.Error{e}, also...) {
			zh, en := one.Field, one.Field
			for _, f := range stockFields {
				if f.field == one.Field {
					zh, en = f.zh, f.en
				}
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
