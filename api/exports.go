package api

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/workday"
)

// table is what an export is written to.
type table interface {
	add(cells ...any) error
}

const (
	typeExcel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeCSV   = "text/csv"
)

// export answers with a table as a file: Excel, or CSV for whoever accepts that. Not a byte is sent before every row has
// been read and the export is on the audit trail, so that a refusal is still an answer.
func (s *server) export(c *gin.Context, zh, en string, columns []column, fill func(table) error) {
	lang := language(c)
	takeTime(c)
	media, ending, body := typeExcel, ".xlsx", &bytes.Buffer{}
	var err error
	if strings.Contains(c.GetHeader("Accept"), typeCSV) {
		media, ending = typeCSV+"; charset=utf-8", ".csv"
		err = writeCSV(body, lang, columns, fill)
	} else {
		err = writeExcel(body, lang, columns, fill)
	}
	if err != nil {
		if c.Request.Context().Err() != nil { // whoever asked has gone away: there is nobody to answer
			c.Abort()
			return
		}
		s.fail(c, err)
		return
	}
	name := zh
	if lang == english {
		name = en
	}
	c.Header("Content-Type", media)
	c.Header("Content-Disposition", disposition(name+" "+workday.DateOf(s.o.Now()).String()+ending))
	c.Header("Content-Length", strconv.Itoa(body.Len()))
	c.Status(http.StatusOK)
	_, _ = c.Writer.Write(body.Bytes()) // what fails now is the line to a client that sees it too
}

// writeExcel keeps the rows in a temporary file; only the packed result, some 60 bytes a row, is in memory.
func writeExcel(to *bytes.Buffer, lang string, columns []column, fill func(table) error) error {
	b, err := newWorkbook(lang, columns)
	if err != nil {
		return err
	}
	defer b.close()
	if err := fill(b); err != nil {
		return err
	}
	return b.writeTo(to)
}

// csvTable writes rows as text. The mark at its beginning tells Excel that it is UTF-8.
type csvTable struct{ *csv.Writer }

func writeCSV(to *bytes.Buffer, lang string, columns []column, fill func(table) error) error {
	to.WriteString("\ufeff")
	w := csvTable{csv.NewWriter(to)}
	heading := make([]any, len(columns))
	for i, c := range columns {
		heading[i] = c.title(lang)
	}
	if err := w.add(heading...); err != nil {
		return err
	}
	if err := fill(w); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

func (w csvTable) add(cells ...any) error {
	out := make([]string, len(cells))
	for i, v := range cells {
		switch v := v.(type) {
		case nil:
		case string:
			out[i] = guarded(v)
		case money.Fen:
			out[i] = v.String()
		case time.Time:
			out[i] = wall(v).Format("2006-01-02 15:04")
		case *time.Time:
			if v != nil {
				out[i] = wall(*v).Format("2006-01-02 15:04")
			}
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return w.Write(out)
}

// in is a text in the language of whoever asks.
func in(lang string, w civic.Words) string {
	if lang == english {
		return w.En
	}
	return w.Zh
}

func nameIn(lang string, n civic.Named) string {
	if lang == english && n.NameEn != "" {
		return n.NameEn
	}
	return n.Name
}

var caseColumns = []column{
	{"编号", "Number", 18}, {"事项", "Title", 40}, {"申请单位", "Filed by", 28}, {"经办人", "Applicant", 12}, {"状态", "State", 16}, {"当前办理", "Held by", 36},
	{"提交时间", "Filed at", 17}, {"办理期限", "Due", 17}, {"剩余工作日", "Working days left", 12}, {"办结时间", "Closed at", 17},
}

// ExportCases handles GET /exports/cases.
func (s *server) ExportCases(c *gin.Context, p ExportCasesParams) {
	lang := language(c)
	s.export(c, "事项列表", "Cases", caseColumns, func(t table) error {
		return s.o.Desk.ExportCases(c.Request.Context(), who(c), civic.CaseFilter{
			States: p.State, Procedure: p.Procedure, Unit: p.Unit, Text: p.Text, Overdue: p.Overdue, Mine: p.Mine, From: p.From, To: p.To,
		}, func(l civic.CaseLine) error {
			held := make([]string, len(l.Holders))
			for i, h := range l.Holders {
				held[i] = nameIn(lang, h.Unit) + " " + in(lang, h.Words)
			}
			return t.add(l.Number, l.Title, nameIn(lang, l.UnitView), l.ApplicantView.Name, in(lang, l.Words), strings.Join(held, "；"),
				l.RulesAt, l.Clock.DueAt, number(l.Clock.Remaining), l.ClosedAt)
		})
	})
}

// number is a number that may be missing.
func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

var movementColumns = []column{
	{"时间", "At", 17}, {"类型", "Kind", 10}, {"金额（元）", "Amount (yuan)", 16}, {"未结（元）", "Left (yuan)", 16}, {"预算项目", "Budget line", 30},
	{"事项编号", "Case", 18}, {"事项", "Title", 40}, {"经办人", "By", 12},
}

// ExportMovements handles GET /exports/movements.
func (s *server) ExportMovements(c *gin.Context, p ExportMovementsParams) {
	lang := language(c)
	s.export(c, "经费流水", "Movements", movementColumns, func(t table) error {
		return s.o.Desk.ExportMovements(c.Request.Context(), who(c), p.Line, p.Case, func(m civic.MovementView) error {
			return t.add(m.At, in(lang, m.Words), m.Amount, m.Left, m.Line, m.Number, m.Title, m.By.Name)
		})
	})
}

var entryColumns = []column{
	{"清单", "List", 20}, {"类别", "Category", 12}, {"名称", "Name", 40}, {"责任单位", "Unit", 28}, {"文号", "Document", 22}, {"起", "From", 12},
	{"止", "Until", 12}, {"社区数", "Communities", 10}, {"经费（元）", "Money (yuan)", 16}, {"依据", "Source", 30},
}

// ExportEntries handles GET /public/exports/entries.
func (s *server) ExportEntries(c *gin.Context, p ExportEntriesParams) {
	at, err := dayOf("at", p.At)
	if err != nil {
		s.fail(c, err)
		return
	}
	lang := language(c)
	s.export(c, "社区事项清单", "Lists", entryColumns, func(t table) error {
		return s.o.Desk.ExportEntries(c.Request.Context(), civic.EntryFilter{List: p.List, Category: p.Category, Region: p.Region, Text: p.Text, At: at},
			func(e civic.EntryLine) error {
				unit, until := "", any(nil)
				if e.UnitView != nil {
					unit = nameIn(lang, *e.UnitView)
				}
				if e.Until != nil {
					until = workday.DateOf(*e.Until)
				}
				return t.add(in(lang, civic.ListWords(e.List)), in(lang, e.Words), e.Name, unit, e.Document, workday.DateOf(e.From), until, e.Communities, money.Fen(e.Amount), e.Source)
			})
	})
}
