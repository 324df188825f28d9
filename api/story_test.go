package api

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres/postgrestest"
)

// later lets so many days pass in the city; everybody has to sign in again.
func (h *house) later(interval string) {
	h.Helper()
	_, err := postgrestest.DB(h, h.record.Super).ExecContext(h.Context(), "UPDATE clock SET shift = $1::interval", interval)
	require.NoError(h, err)
	require.NoError(h, h.store.ReadClock(h.Context()))
}

// itself lets the system do what is due by itself.
func (h *house) itself(caseID string, kind civic.ActKind) {
	h.Helper()
	progress, err := h.store.Progress(h.Context(), caseID)
	require.NoError(h, err)
	out, err := h.store.Commit(h.Context(), civic.Automatic(progress, civic.AccessProcedure, kind))
	require.NoError(h, err)
	require.Nil(h, out.Refusal)
}

// decides answers the open task of a step as the person with this login.
func (h *house) decides(login, caseID, step, outcome string) response {
	h.Helper()
	p := h.signIn(login)
	answer := p.do("POST", "/tasks/"+p.taskOf(caseID, step)+"/decision", Decision{Outcome: outcome})
	require.Equal(h, 200, answer.status, "%s %s: %s", step, outcome, answer.body)
	return answer
}

// looks reads every page that somebody may have open while a case goes its way; the answers are held against the document.
func (h *house) looks(caseID string, logins ...string) {
	h.Helper()
	for _, login := range logins {
		p := h.signIn(login)
		for _, path := range []string{
			"/me", "/cases", "/cases?mine=true", "/cases?overdue=true", "/cases?text=调查&state=submitted&state=in_force", "/cases/counts", "/cases/" + caseID,
			"/cases/" + caseID + "/history", "/cases/" + caseID + "/explanation", "/cases/" + caseID + "/why-not?act=pause", "/cases/" + caseID + "/attachments",
			"/access-requests/" + caseID, "/access-requests/" + caseID + "/revisions", "/tasks", "/tasks?claimed=nobody", "/tasks/counts", "/tasks/answered",
			"/movements?case=" + caseID, "/budget-lines", "/notices", "/notices?unread=true", "/deputies", "/grants", "/parameters", "/regions?level=district", "/units",
			"/people?text=王", "/public/lists", "/public/entries", "/public/notices", "/public/definitions", "/public/calendar/2026", "/audit", "/audit/chain", "/accounts",
			"/stats/funnel", "/stats/on-time", "/stats/lead-time", "/stats/overdue", "/me/tokens", "/me/sessions", "/regions/cz-tianning", "/units/cz-finance",
		} {
			answer := p.get(path)
			require.Contains(h, []int{200, 403, 404}, answer.status, "%s %s: %s", login, path, answer.body)
		}
	}
}

func TestOneAdmissionFromDraftToExit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn("wang.fang")
	form := surveyForm("居民家庭人口抽样入户调查")
	form.Funding = civic.Funding{Kind: civic.FromLine, Line: "cz-human-resources-2026-1", Driver: civic.PerHousehold, Rate: 500, Total: 1}
	form.End = "2027-06-30"

	var made civic.DraftMade
	clerk.do("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: form}).into(t, &made)
	var found civic.Findings
	clerk.do("POST", "/access-requests/check", NewDraft{Unit: "cz-human-resources", Form: form}).into(t, &found)
	require.Len(t, found.Refusals, 1, "the amounts do not add up")
	path, id := "/access-requests/"+made.Case.ID, made.Case.ID
	refused := clerk.do("POST", path+"/submission", Remark{}).problem(t)
	require.Equal(t, []any{"does_not_add_up", "funding.total_fen", "fees_follow_tasks"}, []any{refused.Code, refused.Field, refused.Rule})
	form.Funding.Total = found.Total
	is(t, 200, clerk.do("PUT", path, form, "If-Match", `"1"`))
	h.looks(id, "wang.fang")
	submitted := clerk.do("POST", path+"/submission", Remark{Opinion: "请审"})
	require.Equal(t, 200, submitted.status, string(submitted.body))
	h.looks(id, "wang.fang", "chen.jing", "ji.zheng", "li.juan", "kang.ning", "an.quanming", "shen.ji", "qian.wei", "liang.zhiyuan")

	office := h.signIn("chen.jing")
	register := office.taskOf(id, "register")
	var page civic.TaskPage
	office.get("/tasks/"+register).into(t, &page)
	require.NotEmpty(t, page.Possible)
	is(t, 200, office.do("POST", "/tasks/"+register+"/claim", Remark{}))
	is(t, 200, office.do("POST", "/tasks/"+register+"/release", Remark{}))
	is(t, 200, clerk.do("POST", "/tasks/"+register+"/urge", Remark{}))
	h.decides("chen.jing", id, "register", "pass")
	stale := office.do("POST", "/tasks/"+register+"/decision", Decision{Outcome: "pass"}).problem(t)
	require.Equal(t, []any{409, "task_ended"}, []any{stale.Status, stale.Code})

	returned := office.do("POST", "/tasks/"+office.taskOf(id, "examine")+"/decision", Decision{Outcome: "return", Opinion: "缺依据原文", Details: DecisionDetails{Gaps: []string{"设立依据原文"}}})
	require.Equal(t, 200, returned.status, string(returned.body))
	form.Basis[0].Number = "常统〔2026〕8号"
	var draft civic.DraftView
	clerk.get(path).into(t, &draft)
	require.True(t, draft.Editable)
	is(t, 200, clerk.do("PUT", path, form, "If-Match", `"2"`))
	is(t, 200, clerk.do("POST", "/tasks/"+clerk.taskOf(id, "correct")+"/correction", Remark{}))
	h.looks(id, "wang.fang")

	h.decides("chen.jing", id, "examine", "accept")
	is(t, 200, office.do("POST", "/cases/"+id+"/pause", Reason{Opinion: "等待上级文件"}))
	is(t, 200, office.do("POST", "/cases/"+id+"/resumption", Remark{}))
	is(t, 200, office.do("POST", "/cases/"+id+"/copies", ToPerson{Person: "ji-zheng"}))
	h.decides("xu.jian", id, "prereview", "recommend")
	h.decides("liu.yang", id, "consult", "support")
	h.decides("dai.xiaoyan", id, "consult", "support")
	signer := office.do("POST", "/cases/"+id+"/signers", ToUnit{Unit: "cz-health", Opinion: "涉及健康信息"}).problem(t)
	require.Equal(t, []any{409, "nobody_there", "details.unit"}, []any{signer.Status, signer.Code, signer.Field})
	for _, login := range []string{"zhu.hong", "qian.wei", "han.xue", "cao.yang", "pan.feng"} {
		p := h.signIn(login)
		var inbox civic.Part[civic.InboxLine]
		p.get("/tasks?step=joint").into(t, &inbox)
		require.Len(t, inbox.Items, 1, login)
		is(t, 200, p.do("POST", "/tasks/"+inbox.Items[0].ID+"/decision", Decision{Outcome: "agree"}))
	}
	h.looks(id, "liang.zhiyuan", "song.lixin")
	decided := h.decides("liang.zhiyuan", id, "decide", "admit")
	require.Contains(t, string(decided.body), `"publicity"`)

	objection := h.objects(id, "与街道已有调查重复。")
	require.Equal(t, 200, objection.status, string(objection.body))
	require.NotContains(t, string(objection.body), "next_seats", "the public does not hear who holds what")
	h.looks(id, "chen.jing", "wang.fang")
	xu := h.signIn("xu.ming")
	settled := xu.do("POST", "/tasks/"+xu.taskOf(id, "objection")+"/decision", Decision{Outcome: "dismiss", Opinion: "内容不同。"})
	require.Equal(t, 200, settled.status, string(settled.body))

	h.later("20 days")
	h.itself(id, civic.ActCloseNotice)
	issued := h.decides("xu.ming", id, "issue", "issue")
	require.Contains(t, string(issued.body), `"document"`)
	h.later("80 days")
	h.looks(id, "wang.fang", "chen.jing", "xu.jian", "liu.yang")
	director := h.signIn("xu.jian")
	is(t, 200, director.do("POST", "/cases/"+id+"/suspension", Suspension{Opinion: "换届期间暂停"}))
	is(t, 200, director.do("POST", "/cases/"+id+"/reinstatement", Reason{Opinion: "换届结束"}))
	proposed := h.signIn("chen.jing").do("POST", "/cases/"+id+"/exit-proposals", ExitProposal{Trigger: "duplicate", Opinion: "与全国普查重复"})
	require.Equal(t, 200, proposed.status, string(proposed.body))
	h.looks(id, "zhou.min", "liang.zhiyuan", "shen.ji")
}

// is wants a status, and says what was answered instead.
func is(t testing.TB, status int, answer response) {
	t.Helper()
	require.Equal(t, status, answer.status, string(answer.body))
}

// objects lets anybody object to the public notice of a case.
func (h *house) objects(caseID, text string) response {
	h.Helper()
	r := h.request("POST", base+"/public/notices/"+caseID+"/objections", PublicObjection{Text: text, Contact: "居民"})
	r.Header.Set("Idempotency-Key", uuid.NewString())
	return h.send(r)
}

func TestWhatTheAdministratorsDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	system, security, second := h.signIn("kang.ning"), h.signIn("an.quanming"), h.signIn("ning.jing")

	key := uuid.NewString()
	account := civic.NewAccount{Person: "new-colleague", Name: "新同事", Unit: "cz-finance", Login: "new.colleague"}
	made := system.do("POST", "/accounts", account, "Idempotency-Key", key)
	require.Equal(t, 201, made.status, string(made.body))
	require.Equal(t, string(made.body), string(system.do("POST", "/accounts", account, "Idempotency-Key", key).body))
	var view civic.AccountView
	made.into(t, &view)
	first := h.send(h.request("POST", base+"/session", Credentials{Login: account.Login, Password: view.Password}))
	require.Equal(t, 200, first.status, string(first.body))
	is(t, 200, system.do("POST", "/accounts/"+view.ID+"/disablement", nil))
	is(t, 200, system.do("POST", "/accounts/"+view.ID+"/enablement", nil))
	is(t, 200, system.do("POST", "/accounts/"+view.ID+"/password-reset", nil))

	var auditors civic.Part[civic.AccountView]
	system.get("/accounts?text=shen.ji").into(t, &auditors)
	require.Equal(t, "administrators_account", system.do("POST", "/accounts/"+auditors.Items[0].ID+"/password-reset", nil).problem(t).Code)
	another := civic.NewAccount{Person: "shen-ji", Login: "shen.ji.2"}
	require.Equal(t, "administrators_account", system.do("POST", "/accounts", another).problem(t).Code, "nor by a second account")

	proposed := security.do("POST", "/grants", civic.NewGrant{Person: "new-colleague", Role: civic.Finance, Unit: "cz-finance"})
	require.Equal(t, 201, proposed.status, string(proposed.body))
	var grant civic.Grant
	proposed.into(t, &grant)
	require.Equal(t, 403, security.do("POST", "/grants/"+grant.ID+"/confirmation", nil).status, "a grant takes two people")
	is(t, 200, second.do("POST", "/grants/"+grant.ID+"/confirmation", nil))
	require.Equal(t, 200, security.get("/grants?person=new-colleague").status)
	is(t, 200, security.do("POST", "/grants/"+grant.ID+"/revocation", Why{Reason: "调离"}))

	is(t, 201, system.do("POST", "/parameters", NewParameter{Key: "admission.prereview_wd", Value: "7", From: "2027-01-01", Source: "常民〔2026〕9号", Tag: "P"}))
	imported := civic.CalendarImport{CSV: "date,kind,name,notice\n2027-02-08,holiday,春节,2027\n", Official: []int{2027}, Source: "国办发明电〔2026〕9号"}
	checked := system.do("POST", "/calendar/check", imported)
	require.Equal(t, 200, checked.status, string(checked.body))
	is(t, 201, system.do("POST", "/calendar/versions", imported))

	finance := h.signIn("qian.wei")
	line := civic.NewLine{ID: "cz-finance-2027-9", Unit: "cz-finance", Year: 2027, Subject: "2080208", Name: "社区服务", Appropriated: 100_00, Reason: "常财〔2026〕1号"}
	is(t, 201, finance.do("POST", "/budget-lines", line))
	is(t, 200, finance.do("PUT", "/budget-lines/"+line.ID, Appropriation{AppropriatedFen: 200_00, Reason: "追加"}))
	require.Equal(t, 200, finance.get("/budget-lines/"+line.ID).status)
	require.Equal(t, 200, finance.get("/movements?line="+line.ID).status)

	office := h.signIn("chen.jing")
	entry := office.do("POST", "/entries", civic.NewEntry{List: civic.Negative, Category: civic.LedgerItem, Name: "民情日记台账", Source: "常民〔2026〕3号"})
	require.Equal(t, 201, entry.status, string(entry.body))
	var published civic.Entry
	entry.into(t, &published)
	require.Equal(t, 200, office.get("/public/entries/"+published.ID).status)
	is(t, 200, office.do("POST", "/entries/"+published.ID+"/end", EntryEnd{Reason: "误列"}))

	deputy := h.signIn("zhou.min").do("POST", "/deputies", map[string]any{"principal": "zhou-min", "person": "wang-fang", "until": "2027-01-01T00:00:00+08:00"})
	require.Equal(t, 201, deputy.status, string(deputy.body))
	var named civic.Deputy
	deputy.into(t, &named)
	require.Equal(t, 200, h.signIn("wang.fang").get("/deputies").status)
	is(t, 200, h.signIn("zhou.min").do("POST", "/deputies/"+named.ID+"/end", nil))

	auditor := h.signIn("shen.ji")
	require.Equal(t, 200, auditor.get("/audit?result=refused&kind=grant.confirm&from=2020-01-01&to=2099-12-31").status)
	var report civic.ChainReport
	auditor.get("/audit/chain").into(t, &report)
	require.True(t, report.Sound)
	is(t, 204, office.do("POST", "/notices/read", NoticeIds{Ids: []string{}}))
}

func TestTheEngineIsShownToOperators(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	require.Equal(t, "no_engine", h.signIn("kang.ning").get("/cases/"+nobodysID+"/engine").problem(t).Code)
	require.Contains(t, []int{403, 404}, h.signIn("chen.jing").get("/cases/"+nobodysID+"/engine").status)
}
