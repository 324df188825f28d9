package api

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// maxStandardRows are all indicators that a standard may have, and a row for every dimension that has none yet.
const maxStandardRows = 220

// standardFields are the columns of a standard: an indicator a row, with its dimension.
var standardFields = []field[civic.StandardRow]{
	{column{"项目编号", "Dimension key", 14}, "dimension.key", func(r *civic.StandardRow, c string) bool { r.Dimension = c; return true }},
	{column{"考评项目", "Dimension", 18}, "dimension.zh", func(r *civic.StandardRow, c string) bool { r.DimensionZh = c; return true }},
	{column{"考评项目（英文）", "Dimension (English)", 24}, "dimension.en", func(r *civic.StandardRow, c string) bool { r.DimensionEn = c; return true }},
	{column{"指标编号", "Key", 14}, "key", func(r *civic.StandardRow, c string) bool { r.Key = c; return true }},
	{column{"考评标准", "Indicator", 44}, "zh", func(r *civic.StandardRow, c string) bool { r.Zh = c; return true }},
	{column{"考评标准（英文）", "Indicator (English)", 44}, "en", func(r *civic.StandardRow, c string) bool { r.En = c; return true }},
	{column{"分值", "Points", 10}, "most", func(r *civic.StandardRow, c string) bool { return cellPoints(c, &r.Most) }},
	{column{"计分方式", "Scoring", 12}, "method.kind", func(r *civic.StandardRow, c string) bool {
		key, ok := word(civic.ScoringKinds, c)
		r.Method.Kind = selection.Kind(key)
		return ok
	}},
	{column{"分档（名称=百分比）", "Grades (name=percent)", 22}, "method.tiers", func(r *civic.StandardRow, c string) bool { return cellTiers(c, &r.Method.Tiers) }},
	{column{"每次分值", "Points each", 10}, "method.each", func(r *civic.StandardRow, c string) bool { return cellPoints(c, &r.Method.Each) }},
	{column{"满分比例（%）", "Full at (%)", 12}, "method.target", func(r *civic.StandardRow, c string) bool { return cellWhole(c, &r.Method.Target) }},
	{column{"最少份数", "Least answers", 10}, "method.least", func(r *civic.StandardRow, c string) bool { return cellWhole(c, &r.Method.Least) }},
	{column{"考评方法", "How it is checked", 24}, "ways", func(r *civic.StandardRow, c string) bool {
		if c != "" {
			r.Ways = several(c)
		}
		return true
	}},
	{column{"须有佐证", "Evidence needed", 10}, "evidence", func(r *civic.StandardRow, c string) bool { return cellBool(c, &r.Evidence) }},
	{column{"数据或信息来源", "Source", 30}, "source", func(r *civic.StandardRow, c string) bool { r.Source = c; return true }},
	{column{"对应市级指标", "The city's indicator", 16}, "city", func(r *civic.StandardRow, c string) bool { r.City = c; return true }},
}

func standardTemplate() template {
	return templateOf("appraisal-standard", "1", maxStandardRows, standardFields)
}

// cellPoints reads points with two places; a blank is none.
func cellPoints(cell string, to *selection.Points) bool {
	a, ok := cellArea(cell) // also hundredths of a whole
	*to = selection.Points(a)
	return ok
}

func cellWhole(cell string, to *int64) bool {
	if cell == "" {
		return true
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	*to = n
	return err == nil
}

// cellTiers reads grades such as A=100 line by line.
func cellTiers(cell string, to *[]selection.Tier) bool {
	for _, line := range several(strings.ReplaceAll(cell, "＝", "=")) {
		at := strings.LastIndex(line, "=")
		if at < 1 {
			return false
		}
		percent, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(line[at+1:]), "%"), 10, 64)
		if err != nil {
			return false
		}
		*to = append(*to, selection.Tier{Name: strings.TrimSpace(line[:at]), Percent: percent})
	}
	return true
}

// blankZero leaves the cell of a figure empty that says nothing.
func blankZero[T ~int64](n T) any {
	if n == 0 {
		return nil
	}
	return n
}

// TakeStandard handles GET /standards/:standard/workbook.
func (s *server) TakeStandard(c *gin.Context, id StandardID) {
	standard, err := s.o.Desk.Standard(c.Request.Context(), who(c), id)
	if err != nil {
		s.fail(c, err)
		return
	}
	lang := language(c)
	tag(c, standard.Revision)
	s.workbook(c, standardTemplate().of(standard.ID, standard.Revision), "考评标准 "+standard.ID, "Standard "+standard.ID, func(b *workbook) error {
		for _, r := range standard.SheetRows() {
			if err := b.add(standardCells(r, lang)...); err != nil {
				return err
			}
		}
		return nil
	})
}

func standardCells(r civic.StandardRow, lang string) []any {
	if r.Key == "" { // a dimension that has no indicators yet
		return []any{r.Dimension, r.DimensionZh, r.DimensionEn}
	}
	tiers := lines{}
	for _, t := range r.Method.Tiers {
		tiers = append(tiers, fmt.Sprintf("%s=%d", t.Name, t.Percent))
	}
	return []any{r.Dimension, r.DimensionZh, r.DimensionEn, r.Key, r.Zh, r.En, r.Most, wordFor(civic.ScoringKinds, string(r.Method.Kind), lang), tiers,
		blankZero(r.Method.Each), blankZero(r.Method.Target), blankZero(r.Method.Least), lines(r.Ways), yes(r.Evidence, lang), r.Source, r.City}
}

// ImportStandard handles PUT /standards/:standard/workbook.
func (s *server) ImportStandard(c *gin.Context, id StandardID) {
	t := standardTemplate().of(id, 0)
	standard, err := s.o.Desk.ImportStandard(c.Request.Context(), who(c), id, func() (civic.Workbook[civic.StandardRow], error) {
		return sent(s, c, t, standardFields)
	})
	if err == nil {
		tag(c, standard.Revision)
	}
	s.answer(c, standard, inWords(t, err))
}
