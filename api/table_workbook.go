package api

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/workday"
)

const maxTableRows = 100

// tableFields are the columns of the task table.
var tableFields = []field[civic.TableRow]{
	{column{"编号", "Key", 16}, "key", func(r *civic.TableRow, c string) bool { r.Key = c; return true }},
	{column{"类别", "Part", 16}, "category", func(r *civic.TableRow, c string) bool {
		key, ok := word(civic.TaskCategories, c)
		r.Category = key
		return ok
	}},
	{column{"任务", "Task", 40}, "task", func(r *civic.TableRow, c string) bool { r.Task = c; return true }},
	{column{"目标与标准", "Target", 40}, "target", func(r *civic.TableRow, c string) bool { r.Target = c; return true }},
	{column{"牵头单位", "Lead", 28}, "lead", func(r *civic.TableRow, c string) bool { r.Lead = c; return true }},
	{column{"配合单位", "Supporting", 36}, "supports", func(r *civic.TableRow, c string) bool { r.Supports = several(c); return true }},
	{column{"分值", "Points", 10}, "points", func(r *civic.TableRow, c string) bool { return cellPoints(c, &r.Points) }},
	{column{"佐证材料", "Evidence", 36}, "evidence", func(r *civic.TableRow, c string) bool { r.Evidence = c; return true }},
	{column{"完成期限", "Due", 12}, "due", func(r *civic.TableRow, c string) bool {
		day, ok := cellDay(c)
		if ok && c != "" {
			r.Due = day.String()
		}
		return ok
	}},
	{column{"来源", "Source", 30}, "source", func(r *civic.TableRow, c string) bool { r.Source = c; return true }},
}

func tableTemplate(year Year) template {
	return templateOf("assessment-table", "1", maxTableRows, tableFields).of(fmt.Sprint(year), 0)
}

// TakeTaskTable handles GET /assessments/:year/rows/workbook.
func (s *server) TakeTaskTable(c *gin.Context, year Year) {
	table, err := s.o.Desk.TableSheet(c.Request.Context(), who(c), year)
	if err != nil {
		s.fail(c, err)
		return
	}
	lang := language(c)
	if table.Revision > 0 { // a year that was not begun has no table yet
		tag(c, table.Revision)
	}
	t := tableTemplate(year)
	s.workbook(c, t.of(t.subject, table.Revision), fmt.Sprintf("%d年度任务分解表", year), fmt.Sprintf("Task table %d", year), func(b *workbook) error {
		for _, r := range table.Rows {
			if err := b.add(tableCells(r, lang)...); err != nil {
				return err
			}
		}
		return nil
	})
}

func tableCells(r civic.TableSheetRow, lang string) []any {
	supports := lines{}
	for _, s := range r.SupportsCalled {
		supports = append(supports, in(lang, s))
	}
	var due any = r.Due
	if day, err := workday.ParseDate(r.Due); err == nil {
		due = day
	}
	return []any{r.Key, wordFor(civic.TaskCategories, r.Category, lang), r.Task, r.Target, in(lang, r.LeadCalled), supports, r.Points, r.Evidence, due, r.Source}
}

// ImportTaskTable handles PUT /assessments/:year/rows/workbook.
func (s *server) ImportTaskTable(c *gin.Context, year Year) {
	t := tableTemplate(year)
	revision, err := s.o.Desk.ImportTable(c.Request.Context(), who(c), year, func() (civic.Workbook[civic.TableRow], error) {
		return sent(s, c, t, tableFields)
	})
	s.formSaved(c, revision, inWords(t, err))
}
