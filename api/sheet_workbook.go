package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/selection"
)

const maxScoreRows = 300

// scoreFields are the columns of a score sheet. What the indicator is and what it is worth stands there to be read.
var scoreFields = []field[civic.ScoreRow]{
	{column{"指标编号", "Key", 16}, "indicator", func(r *civic.ScoreRow, c string) bool { r.Indicator = c; return true }},
	{column{"考评标准", "Indicator", 48}, "name", func(r *civic.ScoreRow, c string) bool { r.Name = c; return true }},
	{column{"分值", "Points", 10}, "most", func(*civic.ScoreRow, string) bool { return true }},
	{column{"得分", "Score", 10}, "score", func(r *civic.ScoreRow, c string) bool {
		r.Marked = r.Marked || c != ""
		return cellPoints(c, &r.Score)
	}},
	{column{"不适用", "Not applicable", 12}, "not_applicable", func(r *civic.ScoreRow, c string) bool {
		ok := cellBool(c, &r.NotApplicable)
		r.Marked = r.Marked || r.NotApplicable
		return ok
	}},
	{column{"佐证", "Evidence", 40}, "evidence", func(r *civic.ScoreRow, c string) bool { r.Evidence = c; return true }},
	{column{"说明", "Note", 40}, "note", func(r *civic.ScoreRow, c string) bool { r.Note = c; return true }},
}

func scoreTemplate() template {
	return templateOf("score-sheet", "1", maxScoreRows, scoreFields)
}

// TakeSheet handles GET /nominations/:id/sheet/workbook.
func (s *server) TakeSheet(c *gin.Context, id ID) {
	sheet, standard, err := s.o.Desk.OwnSheet(c.Request.Context(), who(c), id)
	if err != nil {
		s.fail(c, err)
		return
	}
	lang := language(c)
	tag(c, sheet.Revision)
	s.workbook(c, scoreTemplate().of(sheet.ID, sheet.Revision), "评分表", "Score sheet", func(b *workbook) error {
		given := map[string]civic.SheetMark{}
		for _, m := range sheet.Marks {
			given[m.Indicator] = m
		}
		for _, d := range standard.Dimensions {
			for _, i := range d.Indicators {
				m, marked := given[i.Key]
				if err := b.add(scoreCells(i, m, marked, lang)...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func scoreCells(i civic.IndicatorLine, m civic.SheetMark, marked bool, lang string) []any {
	var score any
	if marked && !m.NotApplicable {
		score = selection.Points(m.Score)
	}
	name := i.Zh
	if lang == english && i.En != "" {
		name = i.En
	}
	return []any{i.Key, name, i.Most, score, yes(m.NotApplicable, lang), m.Evidence, m.Note}
}

// ImportSheet handles PUT /nominations/:id/sheet/workbook.
func (s *server) ImportSheet(c *gin.Context, id ID) {
	t := scoreTemplate()
	sheet, err := s.o.Desk.ImportSheet(c.Request.Context(), who(c), id, func(own string) (civic.Workbook[civic.ScoreRow], error) {
		return sent(s, c, t.of(own, 0), scoreFields)
	})
	s.scored(c, sheet, inWords(t, err))
}
