package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/postgres"
)

// yearPlay is one year of the appraisal over HTTP.
type yearPlay struct {
	*house
	year     int
	city     civic.Standard
	sessions map[string]person
}

// districtDesks are who answers for the districts, by region.
var districtDesks = map[string]string{
	"cz-tianning": "yuan.ting", "cz-zhonglou": "xia.jun", "cz-xinbei": "hou.liang", "cz-wujin": "shao.yun", "cz-jintan": "kong.deming", "cz-liyang": "shi.yulan", "cz-jingkai": "gong.jie",
}

// panels are the districts' panels, the lead first.
var panels = map[string][]string{
	"cz-tianning": {"mao-jianhua", "meng-jie", "qiu-shi", "shi-min"}, "cz-zhonglou": {"chang-liang", "bao-yi", "tao-li"}, "cz-jingkai": {"qin-lan", "yu-hai", "su-wan"},
}

// declarers are communities with somebody who can declare them, and their street's clerk.
var declarers = []struct{ community, login, street, district string }{
	{"cz-tianning-diaozhuang-01", "liu.yang", "dai.xiaoyan", "cz-tianning"}, {"cz-tianning-diaozhuang-03", "yang.fan", "dai.xiaoyan", "cz-tianning"},
	{"cz-tianning-hongmei-01", "huang.rong", "wan.peng", "cz-tianning"}, {"cz-zhonglou-yonghong-01", "ma.chao", "yu.fangfang", "cz-zhonglou"},
	{"cz-jingkai-dingyan-01", "lu.yan", "shi.lei", "cz-jingkai"},
}

func (y *yearPlay) as(login string) person {
	y.Helper()
	p, ok := y.sessions[login]
	if !ok {
		p = y.signIn(login)
		y.sessions[login] = p
	}
	return p
}

// passes lets time pass; everybody has to sign in again.
func (y *yearPlay) passes(interval string) {
	y.Helper()
	y.later(interval)
	y.sessions = map[string]person{}
}

// self lets the system do what is due in a case by itself.
func (y *yearPlay) self(caseID string, kind civic.ActKind) civic.State {
	y.Helper()
	p, err := y.store.ProcedureOf(y.Context(), caseID)
	require.NoError(y, err)
	progress, err := y.store.Progress(y.Context(), caseID)
	require.NoError(y, err)
	out, err := y.store.Commit(y.Context(), civic.Automatic(progress, p, kind))
	require.NoError(y, err)
	require.Nil(y, out.Refusal, "%s of %s in %s", kind, caseID, progress.State)
	return out.Receipt.State
}

// answers decides the open task of a step.
func (y *yearPlay) answers(login, caseID, step, outcome string, d *civic.AppraisalDetails) response {
	y.Helper()
	p := y.as(login)
	return p.do("POST", "/tasks/"+p.waits(caseID, step)+"/decision", Decision{Outcome: outcome, Opinion: "已核。", Details: DecisionDetails{Appraisal: d}})
}

// waits is the task of a case that waits for the person.
func (p person) waits(caseID, step string) string {
	p.Helper()
	var inbox civic.Part[civic.InboxLine]
	p.get("/tasks?limit=100&step="+step).into(p.TB, &inbox)
	for _, line := range inbox.Items {
		if line.Task.Case == caseID {
			return line.Task.ID
		}
	}
	require.Fail(p, "nothing waits", "%s of %s", step, caseID)
	return ""
}

// sound holds the whole record against every promise.
func (h *house) sound() {
	h.Helper()
	checked, err := h.store.Fsck(h.Context(), postgres.Strictness{})
	require.NoError(h, err)
	for _, c := range checked {
		require.Zero(h, c.Broken, "%s %s: %+v", c.Promise, c.Check, c.Findings)
	}
}

func (y *yearPlay) does(login, caseID, step, outcome string, d *civic.AppraisalDetails) {
	y.Helper()
	is(y, 200, y.answers(login, caseID, step, outcome, d))
}

func (y *yearPlay) id() string { return civic.AppraisalID(y.year) }

func (y *yearPlay) path() string { return "/appraisals/" + strconv.Itoa(y.year) }

// inDays is a day so many from today.
func inDays(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }

// newYear drafts the circular and begins the year.
func newYear(h *house, year int) *yearPlay {
	h.Helper()
	y := &yearPlay{house: h, year: year, sessions: map[string]person{}}
	y.as("xu.ming").get("/standards/cz-2026").into(h, &y.city)
	form := map[string]any{"year": year, "standard": "cz-2026", "name": "常州市和谐（平安、文明）社区（村）", "project": "样例〔2025〕1号", "seed_source": "中国福利彩票双色球2027年第1期开奖号码", "declare_by": inDays(40), "report_by": inDays(120)}
	made := y.as("xu.ming").do("POST", "/appraisals", map[string]any{"unit": "cz-leading-office", "form": form})
	is(h, 201, made)
	drafted := y.as("chen.jing").get(y.path())
	require.Equal(h, `"1"`, drafted.header.Get("ETag"))
	var page civic.YearView
	drafted.into(h, &page)
	require.Equal(h, civic.Draft, page.State, "the office goes on with the draft of a year")
	require.Equal(h, "not_found", y.as("yuan.ting").get(y.path()).problem(h).Code, "nobody else sees it")
	form["circular"] = "常社区办发〔2026〕1号"
	is(h, 200, y.as("xu.ming").do("PUT", y.path(), form, "If-Match", `"1"`))
	twice := y.as("chen.jing").do("POST", "/appraisals", map[string]any{"unit": "cz-leading-office", "form": form}).problem(h)
	require.Equal(h, "already_begun", twice.Code)
	is(h, 200, y.as("xu.ming").do("POST", y.path()+"/submission", Remark{}))
	return y
}

// filesRules has every district file rules that serve the city's standard, and the office take them on file.
func (y *yearPlay) filesRules() {
	y.Helper()
	for region, login := range districtDesks {
		body := y.city.StandardBody
		var copied civic.StandardBody
		text, err := json.Marshal(body)
		require.NoError(y, err)
		require.NoError(y, json.Unmarshal(text, &copied))
		copied.Title = region + "实施细则"
		for i := range copied.Dimensions {
			for j := range copied.Dimensions[i].Indicators {
				copied.Dimensions[i].Indicators[j].City = copied.Dimensions[i].Indicators[j].Key
			}
		}
		id, unit := fmt.Sprintf("%s-%d", region, y.year), region+"-leading-office"
		is(y, 201, y.as(login).do("POST", "/standards", map[string]any{"id": id, "unit": unit, "parent": "cz-2026", "body": copied}))
		if region == "cz-tianning" { // one indicator left out: refused, naming it
			gap := copied
			gap.Dimensions = append([]civic.DimensionLines{}, copied.Dimensions...)
			gap.Dimensions[0].Indicators = append([]civic.IndicatorLine{}, copied.Dimensions[0].Indicators...)
			gap.Dimensions[0].Indicators[0].City = ""
			is(y, 200, y.as(login).do("PUT", "/standards/"+id, gap, "If-Match", `"1"`))
			refused := y.answers(login, y.id(), "file_rules", "file", &civic.AppraisalDetails{Standard: id}).problem(y)
			require.Equal(y, "rules_uncovered", refused.Code)
			var gaps civic.GapsView
			y.as(login).get("/standards/"+id+"/gaps").into(y, &gaps)
			require.Len(y, gaps.Gaps, 1)
			is(y, 200, y.as(login).do("PUT", "/standards/"+id, copied, "If-Match", `"2"`))
		}
		y.does(login, y.id(), "file_rules", "file", &civic.AppraisalDetails{Standard: id})
		y.does("chen.jing", y.id(), "check_rules", "approve", nil)
	}
}

// declares brings one community from its draft to its street's recommendation.
func (y *yearPlay) declares(i int, rank int) string {
	y.Helper()
	d := declarers[i]
	p := y.as(d.login)
	form := map[string]any{"year": y.year, "community": d.community}
	made := p.do("POST", "/nominations", map[string]any{"unit": d.community + "-committee", "form": form})
	is(y, 201, made)
	var draft civic.DraftMade
	made.into(y, &draft)
	path := "/nominations/" + draft.Case.ID
	require.Equal(y, "missing", p.do("POST", path+"/submission", Remark{}).problem(y).Code)
	form["plan"], form["minutes"] = "创建计划", "2026年11月1日居民会议通过"
	is(y, 200, p.do("PUT", path, form, "If-Match", `"1"`))
	is(y, 200, p.do("POST", path+"/submission", Remark{}))
	require.Equal(y, "sheet_missing", y.answers(d.login, draft.Case.ID, "self_assess", "hand_in", nil).problem(y).Code)
	y.scores(p, draft.Case.ID, 90)
	y.does(d.login, draft.Case.ID, "self_assess", "hand_in", nil)
	y.does(d.street, draft.Case.ID, "recommend", "recommend", &civic.AppraisalDetails{Rank: rank})
	return draft.Case.ID
}

// scores fills a sheet in with a percentage of every indicator and hands it in.
func (y *yearPlay) scores(p person, id string, percent int) {
	y.Helper()
	path := "/nominations/" + id + "/sheet"
	var view civic.SheetView
	p.get(path).into(y, &view)
	require.True(y, view.Editable, "%+v", view.Sheet)
	var marks []map[string]any
	for _, dim := range view.Standard.Dimensions {
		for _, ind := range dim.Indicators {
			marks = append(marks, map[string]any{"indicator": ind.Key, "score": int(ind.Most) * percent / 100, "evidence": "台账第3页"})
		}
	}
	is(y, 200, p.do("PUT", path, map[string]any{"marks": marks[:5]}, "If-Match", fmt.Sprintf(`"%d"`, view.Sheet.Revision)))
	half := p.do("POST", path+"/submission", map[string]any{}, "If-Match", fmt.Sprintf(`"%d"`, view.Sheet.Revision+1)).problem(y)
	require.Equal(y, "mark_missing", half.Code, "what is missing is never zero")
	is(y, 200, p.do("PUT", path, map[string]any{"marks": marks}, "If-Match", fmt.Sprintf(`"%d"`, view.Sheet.Revision+1)))
	is(y, 200, p.do("POST", path+"/submission", map[string]any{}, "If-Match", fmt.Sprintf(`"%d"`, view.Sheet.Revision+2)))
	again := p.do("PUT", path, map[string]any{"marks": marks}, "If-Match", fmt.Sprintf(`"%d"`, view.Sheet.Revision+3)).problem(y)
	require.Equal(y, "sheet_submitted", again.Code)
}

// composes names the panels of the districts that have assessors.
func (y *yearPlay) composes() {
	y.Helper()
	for region, panel := range panels {
		y.does(districtDesks[region], y.id(), "compose_panel", "compose", &civic.AppraisalDetails{Assessors: panel, Lead: panel[0]})
	}
}

func TestAYearBeginsAndACommunityIsRecommended(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	var view civic.YearView
	y.as("yuan.ting").get(y.path()).into(t, &view)
	require.Equal(t, civic.FilingRules, view.State)
	require.Len(t, view.Districts, 7)
	total := int64(0)
	for _, d := range view.Districts {
		total += d.Titles
	}
	require.Equal(t, int64(100), total)
	early := y.as("liu.yang").do("POST", "/nominations", map[string]any{"unit": "cz-tianning-diaozhuang-01-committee",
		"form": map[string]any{"year": 2026, "community": "cz-tianning-diaozhuang-01", "plan": "x", "minutes": "x"}})
	is(t, 201, early)
	var draft civic.DraftMade
	early.into(t, &draft)
	require.Equal(t, "not_declaring", y.as("liu.yang").do("POST", "/nominations/"+draft.Case.ID+"/submission", Remark{}).problem(t).Code)
	y.filesRules()
	others := y.as("liu.yang").do("POST", "/nominations", map[string]any{"unit": "cz-tianning-diaozhuang-01-committee",
		"form": map[string]any{"year": 2026, "community": "cz-tianning-diaozhuang-03"}}).problem(t)
	require.Equal(t, "not_your_community", others.Code, "nobody takes the one draft of another community")
	id := y.declares(1, 1)
	var nomination struct {
		State   civic.State
		Nominee civic.NomineeLine
	}
	y.as("dai.xiaoyan").get("/nominations/"+id).into(t, &nomination)
	require.Equal(t, civic.Recommended, nomination.State)
	is(t, 200, y.as("yuan.ting").get("/nominations/"+id)) // its district's office
	is(t, http.StatusNotFound, y.as("xia.jun").get("/nominations/"+id))
	require.Zero(t, nomination.Nominee.Self, "scores are shown once they are frozen")
	var list civic.Part[civic.NomineeLine]
	y.as("xu.ming").get(y.path()+"/nominations?district=cz-tianning&state=recommended").into(t, &list)
	require.Len(t, list.Items, 1)
}

// assessed runs a nomination through its panel, its eligibility and its district's notice, up to the freeze.
func (y *yearPlay) assessed(id, district string, percent int) {
	y.Helper()
	survey := selection.Points(9000)
	lead := strings.ReplaceAll(panels[district][0], "-", ".")
	missing := y.answers(lead, id, "close_panel", "close", &civic.AppraisalDetails{Survey: &survey}).problem(y)
	require.Equal(y, "sheets_missing", missing.Code)
	for i, key := range panels[district] {
		y.scores(y.as(strings.ReplaceAll(key, "-", ".")), id, percent-i)
	}
	y.does(lead, id, "close_panel", "close", &civic.AppraisalDetails{Survey: &survey, Bonus: 100})
	for _, login := range []string{"pan.feng", "an.sheng", "lian.ming"} {
		y.does(login, id, "eligibility", "clear", nil)
	}
}

func TestAYearFromTheCircularToThePlaques(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	ids := make([]string, len(declarers))
	ranks := []int{1, 2, 1, 1, 1}
	for i := range declarers {
		ids[i] = y.declares(i, ranks[i])
	}
	y.composes()
	for i, id := range ids {
		require.Equal(t, civic.PanelWork, y.self(id, civic.ActSettle))
		y.assessed(id, declarers[i].district, 95-5*i)
	}
	y.passes("50 days")
	require.Equal(t, civic.PanelsAtWork, y.self(y.id(), civic.ActCloseDeclaring))
	unfinished := y.answers("xu.ming", y.id(), "freeze", "freeze", nil).problem(t)
	require.Equal(t, "unfinished", unfinished.Code)
	for _, id := range ids {
		require.Equal(t, civic.Qualified, y.self(id, civic.ActCloseNotice))
	}
	y.does("xu.ming", y.id(), "freeze", "freeze", nil)
	for _, id := range ids {
		require.Equal(t, civic.Ranked, y.self(id, civic.ActSettle))
	}
	for _, login := range districtDesks {
		y.does(login, y.id(), "report", "report", nil)
	}
	y.does("xu.ming", y.id(), "draw", "draw", &civic.AppraisalDetails{Seed: "中国福利彩票2027001期"})
	var sample civic.SampleView
	y.as("chen.jing").get(y.path()+"/sample").into(t, &sample)
	require.Len(t, sample.Drawn, 1, "a fifth of five")
	y.rescores(sample)
	y.does("xu.ming", y.id(), "close_sample", "close", nil)
	for _, login := range []string{"song.lixin", "deng.liping", "xie.dong", "luo.chunmei", "gao.xiang"} {
		y.does(login, y.id(), "vote", "for", nil)
	}
	y.does("liang.zhiyuan", y.id(), "approve_list", "approve", nil)
	var public civic.RankingView
	y.as("liu.yang").get("/public"+y.path()+"/ranking").into(t, &public)
	require.Equal(t, int64(5), public.Proposed)
	document := y.as("liu.yang").get("/public" + y.path() + "/sheet")
	_, findings, err := selection.Verify(document.body)
	require.NoError(t, err)
	require.Empty(t, findings)
	is(t, 200, y.objects(y.id(), "对雕庄一社区有异议。"))
	y.passes("70 days")
	progress, err := y.store.Progress(t.Context(), y.id())
	require.NoError(t, err)
	require.Equal(t, civic.Objected, progress.State, "an open objection keeps the list from being named")
	y.does("chen.jing", y.id(), "list_objection", "dismiss", nil)
	y.does("wen.hua", y.id(), "name_list", "name", nil)
	for _, id := range ids {
		require.Equal(t, civic.TitleHeld, y.self(id, civic.ActSettle))
	}
	y.does("xu.ming", y.id(), "award", "award", nil)
	var result civic.PublicYear
	y.as("liu.yang").get("/public"+y.path()).into(t, &result)
	require.Len(t, result.Titles, 5)
	require.NotEmpty(t, result.Titles[0].Document)
	h.sound()
}

// rescores has the other district's assessors score the sample.
func (y *yearPlay) rescores(sample civic.SampleView) {
	y.Helper()
	for _, one := range sample.Drawn {
		id := civic.NominationID(y.year, one.Key)
		require.Equal(y, civic.Rescoring, y.self(id, civic.ActSettle))
		for region, panel := range panels {
			if region+"-civil-affairs" == one.Team.Key {
				second := strings.ReplaceAll(panel[1], "-", ".")
				y.scores(y.as(second), id, 80)
				y.does(second, id, "rescore", "hand_in", nil)
			}
		}
	}
}
