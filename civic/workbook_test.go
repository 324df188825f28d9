package civic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

// row is a row of a standard's workbook.
func standardRow(n int, dimension, key string, change ...func(*StandardRow)) WorkbookRow[StandardRow] {
	r := StandardRow{Dimension: dimension, DimensionZh: dimension + "项", IndicatorLine: IndicatorLine{Key: key, Zh: "指标", Most: 500, Method: selection.Method{Kind: selection.ByDeduct, Each: 50}}}
	for _, c := range change {
		c(&r)
	}
	return WorkbookRow[StandardRow]{N: n, Value: r}
}

func TestRowsOfAWorkbookBecomeAStandard(t *testing.T) {
	t.Parallel()
	body := StandardBody{Title: "标准", Dimensions: []DimensionLines{
		{Key: "a", Zh: "甲", En: "first", Indicators: []IndicatorLine{{Key: "a1", Zh: "一", Most: 100, Method: selection.Method{Kind: selection.ByTier, Tiers: selection.Tiers()}}, {Key: "a2", Zh: "二", Method: selection.Method{Kind: selection.ByRatio}}}},
		{Key: "b", Zh: "乙"},
	}}
	var rows []WorkbookRow[StandardRow]
	for i, r := range body.SheetRows() {
		rows = append(rows, WorkbookRow[StandardRow]{N: i + 2, Value: r})
	}
	dimensions, found := dimensionsOf(rows)
	require.Empty(t, found)
	require.Equal(t, body.Dimensions, dimensions)

	rows[0], rows[2] = rows[2], rows[0] // sorted otherwise
	rows[1].Value.DimensionZh = ""      // said once is enough
	dimensions, found = dimensionsOf(append(rows, standardRow(9, "a", "a3", func(r *StandardRow) { r.DimensionZh = "" })))
	require.Len(t, found, 1, "the dimension has no name where it comes first")
	require.Equal(t, []string{"b", "a"}, []string{dimensions[0].Key, dimensions[1].Key})
}

func TestARowOfAStandard(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change      func(*StandardRow)
		code, field string
	}{
		"needs a dimension":                  {func(r *StandardRow) { r.Dimension = "" }, "bad_character", "dimension.key"},
		"gives a dimension one name":         {func(r *StandardRow) { r.DimensionZh = "别名" }, "dimension_differs", "dimension.zh"},
		"needs a key":                        {func(r *StandardRow) { r.Key = "" }, "bad_character", "key"},
		"has a key of its own":               {func(r *StandardRow) { r.Key = "first" }, "row_twice", "key"},
		"has points up to a hundred":         {func(r *StandardRow) { r.Most = selection.Full + 1 }, "bad_points", "most"},
		"has no points below zero":           {func(r *StandardRow) { r.Most = -1 }, "bad_points", "most"},
		"is scored in a known way":           {func(r *StandardRow) { r.Method.Kind = "dice" }, "not_a_choice", "method.kind"},
		"is scored in some way":              {func(r *StandardRow) { r.Method.Kind = "" }, "not_a_choice", "method.kind"},
		"has grades up to all points":        {func(r *StandardRow) { r.Method.Tiers = []selection.Tier{{Name: "A", Percent: 101}} }, "bad_tier", "method.tiers"},
		"takes no more than all points off":  {func(r *StandardRow) { r.Method.Each = selection.Full + 1 }, "out_of_range", "method.each"},
		"has a target within reason":         {func(r *StandardRow) { r.Method.Target = 1001 }, "out_of_range", "method.target"},
		"asks for a possible count":          {func(r *StandardRow) { r.Method.Least = -1 }, "out_of_range", "method.least"},
		"is checked in so many ways at most": {func(r *StandardRow) { r.Ways = make([]string, maxWays+1) }, "too_many_entries", "ways"},
		"says in words how it is checked":    {func(r *StandardRow) { r.Ways = []string{"\u202e"} }, "bad_character", "ways"},
		"has words that can be read":         {func(r *StandardRow) { r.Zh = "指\n标" }, "bad_character", "zh"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, found := dimensionsOf([]WorkbookRow[StandardRow]{standardRow(2, "d", "first"), standardRow(3, "d", "second", c.change)})
			require.NotEmpty(t, found)
			require.Equal(t, []any{c.code, c.field, 3}, []any{found[0].Code, found[0].Field, found[0].Figures["row"]})
		})
	}
}

func TestAWorkbookIsTakenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	book := Workbook[TableRow]{Seen: 3, Rows: []WorkbookRow[TableRow]{{N: 2}, {N: 5}}}
	require.NoError(t, book.judge(3, nil))
	require.True(t, Refused(book.judge(4, []*Error{errRow("bad_points", "", "")}), "stale"), "an old workbook is not looked at any further")
	require.True(t, Refused(Workbook[TableRow]{}.judge(0, nil), "no_rows"))
	book.Wrong = []*Error{errRow("cell_unreadable", "", "")}
	require.Len(t, AsRefusal(book.judge(3, []*Error{errRow("bad_points", "", "")})).Also, 2)

	found, err := book.inRows(errRow("bad_points", "", "").At("rows[1].supports[0]"), "rows")
	require.NoError(t, err)
	require.Equal(t, []any{"supports", 5}, []any{found[0].Field, found[0].Figures["row"]})
	whole := errManyLines("rows")
	_, err = book.inRows(whole, "rows")
	require.Equal(t, error(whole), err, "what no row is to blame for stays as it is")
}

func TestUnitsAreCalledByNamesThatLeadBackToThem(t *testing.T) {
	t.Parallel()
	n := unitNames{"财政局": "cz-finance", "finance": "cz-finance", "经发局": ""}
	for _, c := range []struct{ key, name, called string }{
		{"cz-finance", "财政局", "财政局"}, {"cz-finance", "Finance", "Finance"}, {"cz-economy", "经发局", "cz-economy"}, {"cz-gone", "民政局", "cz-gone"}, {"cz-both", "市委、市政府", "cz-both"},
	} {
		require.Equal(t, c.called, n.called(c.key, c.name), fmt.Sprint(c))
	}
	require.Equal(t, []string{"cz-finance", "cz-finance", "经发局", "cz-x"}, []string{n.key("财政局"), n.key("FINANCE"), n.key("经发局"), n.key("cz-x")})
}
