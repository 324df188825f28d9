package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/civic/workday"
	"lizheng/postgres/postgrestest"
)

// on moves the city's clock to noon of a day.
func (h *house) on(year int, month time.Month, day int) {
	h.Helper()
	h.later(fmt.Sprintf("%d seconds", int(time.Until(workday.NewDate(year, month, day).Start().Add(12*time.Hour)).Seconds())))
}

// turns lets the system do what the year has come to.
func (h *house) turns(caseID string, kind civic.ActKind) {
	h.Helper()
	progress, err := h.store.Progress(h.Context(), caseID)
	require.NoError(h, err)
	out, err := h.store.Commit(h.Context(), civic.Automatic(progress, civic.AssessmentProcedure, kind))
	require.NoError(h, err)
	require.Nil(h, out.Refusal)
}

// desks are the districts' officials by their office.
var desks = map[string]string{
	"cz-tianning-leading-office": "yuan.ting", "cz-zhonglou-leading-office": "xia.jun", "cz-xinbei-leading-office": "hou.liang", "cz-wujin-leading-office": "shao.yun",
	"cz-jintan-leading-office": "kong.deming", "cz-liyang-leading-office": "shi.yulan", "cz-jingkai-leading-office": "gong.jie",
}

// scorers score for their departments.
var scorers = map[string]string{
	"cz-social-work": "he.min", "cz-civil-affairs": "tang.lin", "cz-justice": "qiu.yue", "cz-organisation": "miao.miao", "cz-finance": "bai.lu",
	"cz-natural-resources": "lin.sen", "cz-housing-construction": "an.ju", "cz-political-legal": "zhang.ping", "cz-human-resources": "wang.fang",
}

func (h *house) view(path string) (v civic.AssessmentView) {
	h.Helper()
	h.signIn("xu.jian").get(path).into(h, &v)
	return v
}

// reports lets every district hand in its report of a quarter; one row of 天宁区 is red.
func (h *house) reports(path string, quarter int) {
	h.Helper()
	rows := h.view(path).Rows
	for unit, login := range desks {
		sent := QuarterReports{Unit: unit, Quarter: quarter}
		for i, r := range rows {
			light := civic.Green
			if i == 0 && unit == "cz-tianning-leading-office" {
				light = civic.Red
			}
			sent.Rows = append(sent.Rows, civic.QuarterReport{Row: r.Key, Light: light, Progress: "按计划推进"})
		}
		p := h.signIn(login)
		if quarter == 1 && unit == "cz-tianning-leading-office" {
			h.fills(path+"/reports", sent, login)
		}
		first := p.do("PUT", path+"/reports", sent, "If-Match", `"0"`)
		is(h, 200, first)
		require.Equal(h, `"1"`, first.header.Get("ETag"))
		if quarter == 1 {
			h.overwrites(path, "/reports", sent, p)
			is(h, 200, p.do("PUT", path+"/reports", sent, "If-Match", `"1"`))
		}
		is(h, 200, p.answers("report_quarter", "hand_in"))
	}
}

func TestAYearOfTheAssessmentFromItsTableToTheNaming(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	year := h.thisYear() + 1
	h.on(year, time.January, 12)
	path, id := issuedYear(h)
	for quarter := 1; quarter <= 3; quarter++ {
		h.on(year, time.Month(3*quarter+1), 1)
		h.turns(id, civic.ActQuarter)
		h.reports(path, quarter)
	}
	is(t, 200, h.signIn("yuan.ting").answers("supervise", "resolved"))
	require.Equal(t, http.StatusNotFound, h.signIn("dai.xiaoyan").get(path).status, "a street takes no part")

	h.on(year, time.November, 26)
	h.turns(id, civic.ActQuarter)
	rows := h.view(path).Rows
	for unit, login := range desks {
		if unit == "cz-liyang-leading-office" {
			continue // which never scores itself
		}
		sent := RowScores{Unit: unit}
		for _, r := range rows {
			sent.Scores = append(sent.Scores, civic.RowScore{Row: r.Key, Unit: unit, Points: r.Points})
		}
		p := h.signIn(login)
		if unit == "cz-tianning-leading-office" {
			h.fills(path+"/self-scores", sent, login)
		}
		is(t, 200, p.do("PUT", path+"/self-scores", sent, "If-Match", `"0"`))
		h.overwrites(path, "/self-scores", sent, p)
		is(t, 200, p.answers("self_score", "hand_in"))
	}
	h.on(year+1, time.January, 1)
	h.turns(id, civic.ActQuarter)
	h.reports(path, 4)
	h.on(year+1, time.January, 20)
	h.turns(id, civic.ActQuarter)
	require.Equal(t, civic.Scoring, h.view(path).State)
	h.scores(path)
	h.appeals(path, id)
	h.sums(path)

	frozen := h.signIn("xu.jian").get(path + "/sheet")
	is(t, 200, frozen)
	h.sees(path, id)
	_, found, err := selection.VerifyAssessment(frozen.body)
	require.NoError(t, err)
	require.Empty(t, found)
	for _, before := range []string{path, path + "/overview"} {
		require.Equal(t, http.StatusNotFound, h.send(h.request("GET", base+"/public"+before, nil)).status, "nothing is published before the notice")
	}

	titles := int64(2)
	proposal := Decision{Details: DecisionDetails{Assessment: &civic.AssessmentDetails{Titles: &titles, Vetoes: []civic.Veto{{Unit: "cz-jingkai-leading-office", Grounds: "较大安全事故"}}}}}
	is(t, 200, h.signIn("liang.zhiyuan").answers("propose_areas", "propose", proposal))
	public := h.send(h.request("GET", base+"/public"+path, nil))
	require.Equal(t, 200, public.status)
	h.noticed(path, id, year)
	objection := h.objects(id, "有事故未反映。")
	require.Equal(t, 200, objection.status, string(objection.body))
	is(t, 200, h.signIn("chen.jing").answers("objection", "dismiss"))
	h.on(year+1, time.June, 1)
	h.turns(id, civic.ActCloseNotice)

	super := postgrestest.DB(t, h.record.Super)
	_, err = super.Exec(`UPDATE commendation_project SET last_year = $1 WHERE name = '常州市社区建设先进地区'`, year-1)
	require.NoError(t, err)
	refused := h.signIn("wen.hua").answers("name_areas", "name").problem(t)
	require.Equal(t, []any{409, "no_commendation_project"}, []any{refused.Status, refused.Code})
	_, err = super.Exec(`UPDATE commendation_project SET last_year = $1 WHERE name = '常州市社区建设先进地区'`, year)
	require.NoError(t, err)
	named := h.signIn("wen.hua").answers("name_areas", "name")
	is(t, 200, named)
	require.Contains(t, string(named.body), `"document"`)
	v := h.view(path)
	require.Equal(t, civic.Closed, v.State)
	require.Len(t, v.Named, 2)
	h.looks(id, "xu.jian", "yuan.ting", "he.min")
}

// scores lets every department score; 经开区 loses half a point on every row of 市民政局, and has no data for one of 市财政局.
func (h *house) scores(path string) {
	h.Helper()
	v := h.view(path)
	require.Empty(h, v.Scores, "before all have scored, everybody sees their own")
	for lead, login := range scorers {
		sent := RowScores{Unit: lead}
		for _, r := range v.Rows {
			if r.Lead != lead {
				continue
			}
			for unit := range desks {
				s := civic.RowScore{Row: r.Key, Unit: unit, Points: r.Points}
				switch {
				case unit == "cz-jingkai-leading-office" && lead == "cz-civil-affairs":
					s.Points, s.Reason = s.Points-50, "台账清理不到位"
				case unit == "cz-jingkai-leading-office" && r.Key == "6.3":
					s.Points, s.NoData, s.Reason = 0, true, "无数据"
				}
				sent.Scores = append(sent.Scores, s)
			}
		}
		p := h.signIn(login)
		if login == "wang.fang" {
			h.fills(path+"/scores", sent, login)
		}
		is(h, 200, p.do("PUT", path+"/scores", sent, "If-Match", `"0"`))
		h.overwrites(path, "/scores", sent, p)
		is(h, 200, p.answers("score_rows", "scored"))
	}
	other := RowScores{Unit: "cz-finance", Scores: []civic.RowScore{{Row: "1.1", Unit: "cz-tianning-leading-office", Points: 500}}}
	require.Equal(h, "not_asked", h.signIn("bai.lu").do("PUT", path+"/scores", other, "If-Match", `"0"`).problem(h).Code)
	require.NotEmpty(h, h.view(path).Scores)
}

// appeals lets 经开区 appeal once; the department changes the score. Everybody else says nothing until the term is over.
func (h *house) appeals(path, id string) {
	h.Helper()
	p := h.signIn("gong.jie")
	h.only("POST", path+"/appeals", NewRowAppeal{Unit: "cz-tianning-leading-office", Row: "99", Text: "没有这一行"}, map[string]int{"yuan.ting": http.StatusUnprocessableEntity})
	appeal := NewRowAppeal{Unit: "cz-jingkai-leading-office", Row: "1.3", Text: "台账已于六月清理完毕，附清单。"}
	is(h, 201, p.do("POST", path+"/appeals", appeal))
	require.Equal(h, "appealed_once", p.do("POST", path+"/appeals", appeal).problem(h).Code)
	is(h, 200, p.answers("review_scores", "appeal"))
	full := selection.Points(300)
	is(h, 200, h.signIn("yan.jun").answers("answer_appeal", "change", Decision{Details: DecisionDetails{Assessment: &civic.AssessmentDetails{Points: &full}}}))
	progress, err := h.store.Progress(h.Context(), id)
	require.NoError(h, err)
	h.later(fmt.Sprintf("%d seconds", int((h.store.Now().Sub(time.Now()) + *progress.ActsIn + time.Minute).Seconds())))
	h.turns(id, civic.ActCloseFeedback)
	require.Equal(h, civic.Summing, h.view(path).State)
}

// sums lets the office add the figures and freeze the scores.
func (h *house) sums(path string) {
	h.Helper()
	office := h.signIn("xu.ming")
	require.Equal(h, "missing", office.answers("sum_up", "freeze").problem(h).Code)
	var sent UnitInputs
	for unit := range desks {
		for _, kind := range civic.InputKinds[:3] {
			value := map[civic.InputKind]int64{civic.Satisfaction: 90_00}[kind]
			sent.Inputs = append(sent.Inputs, civic.UnitInput{Unit: unit, Kind: kind, Value: value, Source: "第三方满意度调查"})
		}
	}
	h.fills(path+"/inputs", sent, "xu.ming")
	is(h, 200, office.do("PUT", path+"/inputs", sent, "If-Match", `"0"`))
	h.overwrites(path, "/inputs", sent, h.signIn("chen.jing"))
	is(h, 200, office.answers("sum_up", "freeze"))
	late := office.do("PUT", path+"/inputs", sent, "If-Match", `"1"`).problem(h)
	require.Equal(h, "not_asked", late.Code, "nothing changes after the scores are frozen")
	var sheet selection.AssessmentSheet
	require.NoError(h, json.Unmarshal(office.get(path+"/sheet").body, &sheet))
	for _, u := range sheet.Units {
		require.Equal(h, u.Key == "cz-liyang-leading-office", u.Late, u.Key)
	}
}

// noticed holds that the public reads what is proposed in words, with the names of the districts and how to object.
func (h *house) noticed(path, id string, year int) {
	h.Helper()
	var notices civic.Part[civic.NoticeLine]
	h.send(h.request("GET", base+"/public/notices", nil)).into(h, &notices)
	require.Len(h, notices.Items, 1)
	line := notices.Items[0]
	require.Equal(h, []any{id, civic.AssessmentProcedure, civic.Words{Zh: "建议命名的先进地区", En: "districts proposed to be named"}, year},
		[]any{line.Case, line.Procedure, line.Words, line.Year})
	require.False(h, line.Since.IsZero())
	var view civic.PublicAssessment
	h.send(h.request("GET", base+"/public"+path+"/overview", nil)).into(h, &view)
	require.Equal(h, []any{id, civic.Publicity, line.Until.UTC()}, []any{view.Case, view.State, view.NoticeEnd.UTC()})
	require.Len(h, view.Units, 7)
	for _, u := range view.Units {
		require.NotEqual(h, u.Key, u.Name, "the public reads names, not keys")
	}
}
