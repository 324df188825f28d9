package api

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/postgres/postgrestest"
)

func init() {
	openapi3filter.RegisterBodyDecoder(typeExcel, openapi3filter.FileBodyDecoder)
}

// sheetOf reads a spreadsheet's first sheet as it is shown.
func sheetOf(body []byte) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return f.GetRows(f.GetSheetName(0))
}

// sheetText is everything in a spreadsheet, "" when it is none.
func sheetText(body []byte) string {
	rows, err := sheetOf(body)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return b.String()
}

func TestAnExportHoldsWhatTheListHoldsAndIsOnTheAuditTrail(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn("wang.fang")
	for _, name := range []string{"居民家庭人口抽样入户调查", "=HYPERLINK(1)台账", "+电话回访", "普通事项"} {
		is(t, 201, clerk.do("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: surveyForm(name)}))
	}
	var list civic.Part[civic.CaseLine]
	clerk.get("/cases").into(t, &list)
	answer := clerk.get("/exports/cases?unit=cz-human-resources")
	require.Equal(t, 200, answer.status, string(answer.body))
	_, params, err := mime.ParseMediaType(answer.header.Get("Content-Disposition"))
	require.NoError(t, err)
	require.Regexp(t, `^事项列表 \d{4}-\d{2}-\d{2}\.xlsx$`, params["filename"])
	rows, err := sheetOf(answer.body)
	require.NoError(t, err)
	require.Len(t, rows, 1+len(list.Items))
	require.Equal(t, "事项", rows[0][1])
	for i, line := range list.Items {
		require.Equal(t, guarded(line.Title), rows[i+1][1], "the same order")
		require.NotContains(t, "=+-@", rows[i+1][1][:1])
	}
	db := postgrestest.DB(t, h.record.Super)
	var detail, actor string
	require.NoError(t, db.QueryRow(`SELECT actor, detail FROM event WHERE kind = 'case.export'`).Scan(&actor, &detail))
	require.Equal(t, "wang-fang", actor)
	require.JSONEq(t, fmt.Sprintf(`{"rows": "%d", "unit": "cz-human-resources"}`, len(list.Items)), detail)

	csv := clerk.do("GET", "/exports/cases", nil, "Accept", "text/csv", "Accept-Language", "en")
	require.True(t, bytes.HasPrefix(csv.body, []byte("\ufeffNumber,Title,")), string(csv.body))
	require.Contains(t, string(csv.body), "'=HYPERLINK(1)台账")
	require.Equal(t, 1, strings.Count(sheetText(h.signIn("li.juan").get("/exports/cases").body), "\n"), "others' drafts are in nobody else's file")
	require.Equal(t, "not_found", clerk.get("/exports/movements?line=no-such-line").problem(t).Code)
	public := h.send(h.request("GET", base+"/public/exports/entries?list=negative", nil))
	require.Equal(t, 200, public.status)
	require.Contains(t, sheetText(public.body), "负面清单")
}

func TestProjectsAndTitlesGoOutAsTheListsShowThem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	reform := h.signIn("wang.yang")
	var made civic.DraftMade
	reform.do("POST", "/housing-projects", NewProject{Unit: "cz-reform", Form: projectForm("和平雅苑")}).into(t, &made)
	is(t, 200, reform.do("POST", "/housing-projects/"+made.Case.ID+"/submission", Remark{}))
	rows, err := sheetOf(h.signIn("fan.min").get("/exports/housing-projects?state=conditions").body)
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, []string{"应配面积（㎡）", "和平雅苑", "2000"}, []string{rows[0][7], rows[1][1], rows[1][6]})
	rows, err = sheetOf(h.signIn("liu.ye").get("/exports/housing-projects").body)
	require.NoError(t, err)
	require.Len(t, rows, 1, "another developer takes nothing of it away")

	newYear(h, 2026)
	rows, err = sheetOf(h.signIn("xu.ming").get("/exports/nominations?year=2026").body)
	require.NoError(t, err)
	require.Len(t, rows, 1)
	var noted int
	require.NoError(t, postgrestest.DB(t, h.record.Super).QueryRow(`SELECT count(*) FROM event WHERE kind IN ('project.export', 'nomination.export')`).Scan(&noted))
	require.Equal(t, 3, noted)
	public := h.send(h.request("GET", base+"/public/exports/titles?year=2026", nil))
	require.Equal(t, 200, public.status)
	rows, err = sheetOf(public.body)
	require.NoError(t, err)
	require.Equal(t, "证书编号", rows[0][0])
	require.Equal(t, 404, h.send(h.request("GET", base+"/public/exports/titles?year=2999", nil)).status)
}

func TestCellsAreTextsDatesAndMoney(t *testing.T) {
	t.Parallel()
	b, err := newWorkbook(chinese, []column{{"编号", "Number", 10}, {"时间", "At", 10}, {"金额", "Money", 10}, {"空", "None", 10}})
	require.NoError(t, err)
	defer b.close()
	at := time.Date(2026, 11, 30, 17, 30, 0, 0, time.UTC)
	require.NoError(t, b.add("000123", at, money.Fen(123_456_78), (*time.Time)(nil)))
	for _, formula := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"} {
		require.NoError(t, b.add(formula))
	}
	var out bytes.Buffer
	require.NoError(t, b.writeTo(&out))
	f, err := excelize.OpenReader(&out)
	require.NoError(t, err)
	rows, err := f.GetRows(sheetName)
	require.NoError(t, err)
	require.Equal(t, []string{"000123", "2026-12-01 01:30", "123,456.78"}, rows[1][:3], "by the city's clocks")
	kind, err := f.GetCellType(sheetName, "A2")
	require.NoError(t, err)
	require.Contains(t, []excelize.CellType{excelize.CellTypeInlineString, excelize.CellTypeSharedString}, kind)
	for i := range 6 {
		cell := fmt.Sprintf("A%d", i+3)
		formula, err := f.GetCellFormula(sheetName, cell)
		require.NoError(t, err)
		require.Empty(t, formula)
		value, err := f.GetCellValue(sheetName, cell)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(value, "'"), value)
	}
}

func filled(t *testing.T, of template, version string, rows ...[]any) *bytes.Buffer {
	t.Helper()
	of.version = version
	b, err := of.blank(chinese)
	require.NoError(t, err)
	defer b.close()
	for _, row := range rows {
		require.NoError(t, b.add(row...))
	}
	var out bytes.Buffer
	require.NoError(t, b.writeTo(&out))
	return &out
}

func TestATemplateComesBackInItsVersionAndEveryWrongRowIsNamed(t *testing.T) {
	t.Parallel()
	of := template{name: "scores", version: "2", columns: []column{{"社区", "Community", 10}, {"得分", "Score", 10}}, most: 3}
	check := func(n int, cells []string) *civic.Error {
		if cells[1] == "" {
			return civic.Refuse(civic.Invalid, "missing", "缺得分。", "The score is missing.").At("score")
		}
		return nil
	}
	seen, wrong, err := of.read(filled(t, of, "2", []any{"朝阳", 90}, []any{"翠竹"}, []any{excelize.Cell{Value: "兰翠"}, excelize.Cell{Formula: "1+1"}}), check)
	require.NoError(t, err)
	require.Len(t, wrong, 2)
	require.Zero(t, seen, "a blank template is of no revision")
	require.Equal(t, []any{"missing", 3}, []any{wrong[0].Code, wrong[0].Figures["row"]})
	require.Equal(t, []any{"formula", 4, "B4"}, []any{wrong[1].Code, wrong[1].Figures["row"], wrong[1].Field})

	_, _, err = of.read(filled(t, of, "1"), check)
	require.True(t, civic.Refused(err, "wrong_template"), "%v", err)
	_, _, err = of.read(strings.NewReader("PK\x03\x04 not a workbook"), check)
	require.True(t, civic.Refused(err, "not_a_spreadsheet"), "%v", err)
	ours := of.of("one", 7)
	seen, _, err = ours.read(filled(t, ours, "2", []any{"a", 1}), check)
	require.NoError(t, err)
	require.Equal(t, 7, seen)
	_, _, err = of.of("another", 7).read(filled(t, ours, "2"), check)
	require.True(t, civic.Refused(err, "wrong_workbook"), "%v", err)
	_, _, err = of.read(filled(t, of, "2", []any{"a", 1}, []any{"b", 1}, []any{"c", 1}, []any{"d", 1}), check)
	require.True(t, civic.Refused(err, "too_many_rows"), "%v", err)
}

func TestAnExportStopsWhenTheClientHasGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, gone := context.WithCancel(t.Context())
	gone()
	err := h.desk.ExportCases(ctx, postgrestest.Actor("wang-fang"), civic.CaseFilter{}, func(civic.CaseLine) error { return nil })
	require.ErrorIs(t, err, context.Canceled)
	var n int
	require.NoError(t, postgrestest.DB(t, h.record.Super).QueryRow(`SELECT count(*) FROM event WHERE kind = 'case.export'`).Scan(&n))
	require.Zero(t, n, "what was not made is not noted")
}

func BenchmarkExportOf100000Rows(b *testing.B) {
	for b.Loop() {
		var out bytes.Buffer
		err := writeExcel(&out, chinese, caseColumns, func(t table) error {
			at := time.Now()
			for i := range civic.MaxExport {
				if err := t.add(fmt.Sprintf("ZR-2026-%06d", i), "居民家庭人口抽样入户调查", "常州市人力资源和社会保障局", "王芳", "联合会审", "常州市财政局 财政审核人", at, &at, 3, nil); err != nil {
					return err
				}
			}
			return nil
		})
		require.NoError(b, err)
		b.ReportMetric(float64(out.Len()), "bytes")
	}
}
