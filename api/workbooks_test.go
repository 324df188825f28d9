package api

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// uploads sends a workbook.
func (p person) uploads(method, path string, sheet []byte, header ...string) response {
	p.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "工作簿.xlsx")
	require.NoError(p, err)
	_, err = part.Write(sheet)
	require.NoError(p, err)
	require.NoError(p, form.Close())
	r, err := http.NewRequestWithContext(p.Context(), method, p.url+base+path, &body)
	require.NoError(p, err)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	r.AddCookie(p.cookie)
	return p.send(r)
}

// edited is a workbook with other values in some cells.
func edited(t testing.TB, sheet []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sheet))
	require.NoError(t, err)
	for cell, value := range cells {
		require.NoError(t, f.SetCellValue(f.GetSheetName(0), cell, value))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

// cellOf is what a cell of the sheet says.
func cellOf(t testing.TB, sheet []byte, cell string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sheet))
	require.NoError(t, err)
	text, err := f.GetCellValue(f.GetSheetName(0), cell)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return text
}

// wrongRows are the refusals of a workbook: row, column and code.
func wrongRows(t testing.TB, answer response) []string {
	t.Helper()
	p := answer.problem(t)
	require.Equal(t, []any{http.StatusUnprocessableEntity, "rows_refused"}, []any{p.Status, p.Code}, "%s", answer.body)
	out := []string{}
	for _, e := range p.Also {
		require.Contains(t, e.Zh, fmt.Sprintf("第%v行“%v”：", e.Figures["row"], e.Figures["column"]))
		out = append(out, fmt.Sprint(e.Figures["row"], " ", e.Figures["column"], " ", e.Code))
	}
	return out
}

func TestAStandardGoesOutAndComesBackAsAWorkbook(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	office, foreign := h.signIn("xu.ming"), h.signIn("yuan.ting")
	var city, now civic.Standard
	office.get("/standards/cz-2026").into(t, &city)
	body := city.StandardBody
	body.Dimensions[0].Indicators[0].Source = "=1+1 是文字"
	body.Dimensions = append(body.Dimensions, civic.DimensionLines{Key: "later", Zh: "待定", Indicators: []civic.IndicatorLine{}})
	is(t, 201, office.do("POST", "/standards", NewStandard{ID: "cz-2027", Unit: "cz-leading-office", Body: body}))
	const path = "/standards/cz-2027/workbook"
	taken := office.get(path)
	is(t, 200, taken)
	require.Equal(t, `"1"`, taken.header.Get("ETag"))
	require.Contains(t, []string{"分档", "扣分"}, cellOf(t, taken.body, "H2"))

	is(t, 403, foreign.uploads("PUT", path, taken.body))
	saved := office.uploads("PUT", path, taken.body)
	is(t, 200, saved)
	require.Equal(t, `"2"`, saved.header.Get("ETag"))
	office.get("/standards/cz-2027").into(t, &now)
	require.Equal(t, body, now.StandardBody, "what goes out and comes back is the same")

	stale := office.uploads("PUT", path, taken.body).problem(t)
	require.Equal(t, []any{412, "stale", "工作簿由第1版导出，现为第2版，请重新导出后再填写。"}, []any{stale.Status, stale.Code, stale.Detail})
	taken = office.get(path)
	require.Equal(t, "wrong_workbook", office.uploads("PUT", path, office.get("/standards/cz-2026/workbook").body).problem(t).Code)

	english := office.do("GET", path, nil, "Accept-Language", "en")
	require.Contains(t, []string{"grades", "deduct"}, cellOf(t, english.body, "H2"))
	is(t, 200, office.uploads("PUT", path, english.body))
	office.get("/standards/cz-2027").into(t, &now)
	require.Equal(t, body, now.StandardBody, "in either language")

	taken = office.get(path)
	twice := cellOf(t, taken.body, "D2")
	bad := edited(t, taken.body, map[string]any{"G3": 300, "H4": "占卜", "I5": "A", "D6": twice, "B6": "另一个名字", "E8": "字\u202e"})
	require.Equal(t, []string{"3 分值 bad_points", "4 计分方式 cell_unreadable", "5 分档（名称=百分比） cell_unreadable", "6 考评项目 dimension_differs", "6 指标编号 row_twice", "8 考评标准 bad_character"},
		wrongRows(t, office.uploads("PUT", path, bad)))
	require.Equal(t, "no_rows", office.uploads("PUT", path, filledIn(t, blanked(t, taken.body))).problem(t).Code)
	office.get("/standards/cz-2027").into(t, &now)
	require.Equal(t, []any{3, body}, []any{now.Revision, now.StandardBody}, "not one row of a refused workbook is taken")
	require.Equal(t, "not_a_draft", office.uploads("PUT", "/standards/cz-2026/workbook", office.get("/standards/cz-2026/workbook").body).problem(t).Code)
	is(t, 413, office.uploads("PUT", path, bytes.Repeat([]byte("x"), maxSheet+1)))
}

// blanked is a workbook without its rows.
func blanked(t testing.TB, sheet []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sheet))
	require.NoError(t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	require.NoError(t, err)
	for n := len(rows); n > 1; n-- {
		require.NoError(t, f.RemoveRow(f.GetSheetName(0), n))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

func TestTheTaskTableGoesOutAndComesBackAsAWorkbook(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	year := h.thisYear()
	path := fmt.Sprintf("/assessments/%d", year)
	office := h.signIn("xu.ming")
	is(t, 201, office.do("POST", "/assessments", NewAssessment{Year: year}))
	is(t, 200, office.do("POST", path+"/submission", Remark{}))
	var before, after civic.AssessmentView
	office.get(path).into(t, &before)
	taken := office.get(path + "/rows/workbook")
	is(t, 200, taken)
	require.Equal(t, "中共常州市委社会工作部", cellOf(t, taken.body, "E2"), "departments are called by their names")

	is(t, 404, h.signIn("wang.fang").uploads("PUT", path+"/rows/workbook", taken.body))
	is(t, 403, h.signIn("xu.jian").uploads("PUT", path+"/rows/workbook", taken.body))
	is(t, 200, office.uploads("PUT", path+"/rows/workbook", taken.body))
	office.get(path).into(t, &after)
	require.Equal(t, []any{before.Rows, before.Revision + 1}, []any{after.Rows, after.Revision}, "what goes out and comes back is the same")
	require.Equal(t, "stale", office.uploads("PUT", path+"/rows/workbook", taken.body).problem(t).Code)

	english := office.do("GET", path+"/rows/workbook", nil, "Accept-Language", "en").body
	is(t, 200, office.uploads("PUT", path+"/rows/workbook", english))
	taken = office.get(path + "/rows/workbook")
	bad := edited(t, taken.body, map[string]any{"B3": "占卜", "E4": "某某局", "G5": "十分", "G6": 101, "I7": "2月30日", "A8": cellOf(t, taken.body, "A2")})
	require.Equal(t, []string{"3 类别 cell_unreadable", "4 牵头单位 no_such_unit", "5 分值 cell_unreadable", "6 分值 bad_points", "7 完成期限 cell_unreadable", "8 编号 row_twice"},
		wrongRows(t, office.uploads("PUT", path+"/rows/workbook", bad)))
	good := edited(t, taken.body, map[string]any{"C2": "改过的任务", "E2": "cz-finance", "F2": "常州市民政局"})
	is(t, 200, office.uploads("PUT", path+"/rows/workbook", good))
	office.get(path).into(t, &after)
	require.Equal(t, []any{"改过的任务", "cz-finance", []string{"cz-civil-affairs"}, 4}, []any{after.Rows[0].Task, after.Rows[0].Lead, after.Rows[0].Supports, after.Revision})

	taken = office.get(path + "/rows/workbook")
	is(t, 200, office.uploads("PUT", path+"/rows/workbook", edited(t, taken.body, map[string]any{"E2": cellOf(t, english, "E2"), "F2": cellOf(t, english, "F2")})))
	is(t, 200, office.answers("compile_table", "send"))
	require.Equal(t, "not_asked", office.uploads("PUT", path+"/rows/workbook", office.get(path+"/rows/workbook").body).problem(t).Code)
}

func TestAScoreSheetGoesOutAndComesBackAsAWorkbook(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	id := y.declares(0, 1)
	y.composes()
	require.Equal(t, civic.PanelWork, y.self(id, civic.ActSettle))
	path := "/nominations/" + id + "/sheet"
	mine, other := y.as("mao.jianhua"), y.as("meng.jie")

	taken := mine.get(path + "/workbook")
	is(t, 200, taken)
	require.Equal(t, `"0"`, taken.header.Get("ETag"))
	require.Empty(t, cellOf(t, taken.body, "D2"), "what is not scored is no zero")
	filled := edited(t, taken.body, map[string]any{"D2": 3.5, "F2": "台账第3页", "D3": 0, "E4": "是", "G4": "无此设施", "D5": "1.1"})
	is(t, 200, mine.uploads("PUT", path+"/workbook", filled))
	var view civic.SheetView
	mine.get(path).into(t, &view)
	ind := view.Standard.Dimensions[0].Indicators
	require.Equal(t, []civic.SheetMark{
		{Mark: selection.Mark{Indicator: ind[0].Key, Score: 350}, Evidence: "台账第3页"}, {Mark: selection.Mark{Indicator: ind[1].Key}},
		{Mark: selection.Mark{Indicator: ind[2].Key, NotApplicable: true}, Note: "无此设施"}, {Mark: selection.Mark{Indicator: ind[3].Key, Score: 110}},
	}, view.Sheet.Marks)
	require.Equal(t, "stale", mine.uploads("PUT", path+"/workbook", filled).problem(t).Code)
	taken = mine.get(path + "/workbook")
	is(t, 200, mine.uploads("PUT", path+"/workbook", taken.body))
	again := view.Sheet.Marks
	mine.get(path).into(t, &view)
	require.Equal(t, []any{again, 2}, []any{view.Sheet.Marks, view.Sheet.Revision}, "what goes out and comes back is the same")

	require.Equal(t, "wrong_workbook", other.uploads("PUT", path+"/workbook", taken.body).problem(t).Code, "everybody has a sheet of their own")
	for _, login := range []string{"dai.xiaoyan", "yuan.ting", "chang.liang"} {
		p := y.as(login)
		require.Contains(t, []int{403, 404}, p.get(path+"/workbook").status, login)
		require.Contains(t, []int{403, 404}, p.uploads("PUT", path+"/workbook", taken.body).status, login)
	}

	taken = mine.get(path + "/workbook")
	bad := edited(t, taken.body, map[string]any{"D2": 99, "B3": cellOf(t, taken.body, "B4"), "E4": "是", "D4": 1, "D5": "好", "A6": "nothing", "D7": "", "F7": "有佐证"})
	require.Equal(t, []string{"2 得分 bad_points", "3 考评标准 not_its_name", "4 得分 bad_points", "5 得分 cell_unreadable", "6 指标编号 no_such_indicator", "7 得分 score_missing"},
		wrongRows(t, mine.uploads("PUT", path+"/workbook", bad)))
	formula := taken.body
	f, err := excelize.OpenReader(bytes.NewReader(formula))
	require.NoError(t, err)
	require.NoError(t, f.SetCellFormula(f.GetSheetName(0), "D2", "1+1"))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.Equal(t, "formula", mine.uploads("PUT", path+"/workbook", b.Bytes()).problem(t).Also[0].Code)

	y.scores(mine, id, 80)
	require.Equal(t, "sheet_submitted", mine.uploads("PUT", path+"/workbook", mine.get(path+"/workbook").body).problem(t).Code)
}
