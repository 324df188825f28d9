package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// abroad are things of a department that others must not even suspect.
type abroad struct {
	ids    map[string][]string // by kind
	title  string
	number string
}

// absent are ids of the same kinds that belong to nothing.
var absent = map[string]string{
	"case": nobodysID, "task": nobodysID, "attachment": nobodysID, "grant": nobodysID, "deputy": nobodysID, "token": nobodysID, "entry": nobodysID, "account": nobodysID,
	"line": "cz-human-resources-2026-9", "session": strings.Repeat("0", 64), "act": "00000000-0000-4000-8000-000000000001",
}

// secrecy lets a department draft, file, attach to and get back requests.
func (h *house) secrecy() abroad {
	h.Helper()
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	out := abroad{ids: map[string][]string{"line": {"cz-human-resources-2026-1"}}, title: "流动人口居住信息采集"}
	form := surveyForm(out.title)
	draft := clerk.drafted(form)
	filed := clerk.submitted(out.title + "（二）")
	returned := clerk.submitted(out.title + "（三）")
	open, done := office.taskOf(filed, "register"), office.taskOf(returned, "register")
	h.decides("chen.jing", returned, "register", "pass")
	is(h, 200, office.do("POST", "/tasks/"+office.taskOf(returned, "examine")+"/decision", Decision{Outcome: "return", Opinion: "缺依据", Details: DecisionDetails{Gaps: []string{"依据"}}}))
	out.ids["case"] = []string{draft, filed, returned}
	out.ids["task"] = []string{open, done, clerk.taskOf(returned, "correct")}
	for _, id := range []string{draft, filed} {
		file := clerk.upload(id)
		out.ids["attachment"] = append(out.ids["attachment"], file)
	}
	var made civic.TokenView
	key := uuid.NewString()
	clerk.do("POST", "/me/tokens", civic.NewToken{Label: "报表", Days: 1}, "Idempotency-Key", key).into(h, &made)
	out.ids["token"], out.ids["act"] = []string{made.ID}, []string{key}
	var sessions list[civic.SessionView]
	clerk.get("/me/sessions").into(h, &sessions)
	out.ids["session"] = []string{sessions.Items[0].ID}
	var named civic.Deputy
	clerk.do("POST", "/deputies", map[string]any{"principal": "wang-fang", "person": "zhou-min", "until": h.store.Now().AddDate(0, 0, 5)}).into(h, &named)
	out.ids["deputy"] = []string{named.ID}
	var grants civic.Part[civic.GrantView]
	clerk.get("/grants").into(h, &grants)
	out.ids["grant"] = []string{grants.Items[0].ID}
	var view civic.CaseView
	clerk.get("/cases/"+filed).into(h, &view)
	out.number = view.Number
	return out
}

// upload puts a file to a case.
func (p person) upload(caseID string) string {
	p.Helper()
	body, kind := oneFile(p)
	r, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.url+base+"/cases/"+caseID+"/attachments", body)
	require.NoError(p, err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Idempotency-Key", uuid.NewString())
	r.AddCookie(p.cookie)
	answer := p.send(r)
	require.Equal(p, 201, answer.status, string(answer.body))
	return strings.TrimPrefix(answer.header.Get("Location"), base+"/attachments/")
}

// kindOf is what an id in an operation's path names.
func kindOf(path string) string {
	for prefix, kind := range map[string]string{
		"/cases/": "case", "/access-requests/": "case", "/public/notices/": "case", "/tasks/": "task", "/attachments/": "attachment", "/grants/": "grant", "/deputies/": "deputy",
		"/me/tokens/": "token", "/me/sessions/": "session", "/acts/": "act", "/budget-lines/": "line", "/entries/": "entry", "/public/entries/": "entry", "/accounts/": "account",
	} {
		if strings.HasPrefix(path, prefix) {
			return kind
		}
	}
	return ""
}

// odd are bodies that a rule might refuse before anybody has looked at who asks: each must be refused alike whether the
// thing exists or not.
func odd(op *operation) []any {
	opinions := []string{"理由", strings.Repeat("长", 3999), "看\u202e反了", "a\u200bb"}
	var out []any
	for _, opinion := range opinions {
		switch op.id {
		case "decideTask":
			for _, outcome := range []string{"pass", "accept", "wave_through"} {
				out = append(out, Decision{Outcome: outcome, Opinion: opinion})
			}
			out = append(out, Decision{Outcome: "admit_scope", Opinion: opinion, Details: DecisionDetails{Communities: []string{"cz-tianning-diaozhuang-01"}}},
				Decision{Outcome: "return", Opinion: opinion, Details: DecisionDetails{Gaps: []string{opinion}}})
		case "saveRequest":
			form := surveyForm("一项调查")
			form.Necessity = opinion
			out = append(out, form)
		case "suspendCase":
			out = append(out, Suspension{Opinion: opinion, From: "2027-01-01"}, Suspension{Opinion: opinion, From: "1999-01-01"})
		case "proposeExit":
			out = append(out, ExitProposal{Trigger: "duplicate", Opinion: opinion})
		case "copyCase", "delegateTask":
			out = append(out, ToPerson{Person: "ji-zheng", Opinion: opinion}, ToPerson{Person: "nobody-known", Opinion: opinion})
		case "addSigner", "transferTask":
			out = append(out, ToUnit{Unit: "cz-health", Opinion: opinion}, ToUnit{Unit: "no-such-unit", Opinion: opinion})
		case "revokeGrant", "endEntry":
			out = append(out, map[string]any{"reason": opinion})
		case "appropriate":
			out = append(out, map[string]any{"appropriated_fen": 1, "reason": opinion})
		case "objectToNotice":
			out = append(out, PublicObjection{Text: opinion, Contact: "居民"})
		default:
			out = append(out, map[string]any{"opinion": opinion})
		}
	}
	if !op.body {
		return []any{nil}
	}
	return out
}

var instanceOf = regexp.MustCompile(`"instance":"[^"]*"`)

// heard is all that a stranger can tell from an answer.
func heard(a response) string {
	return fmt.Sprint(a.status, " ", a.header.Get("ETag"), a.header.Get("Location"), a.header.Get("Retry-After"), " ", instanceOf.ReplaceAllString(string(a.body), ""))
}

// TestWhatIsOthersIsAsAbsentAsWhatIsNot asks every operation that names a thing about things of others and about
// nothing, and nobody can tell the answers apart, whatever they send and however often.
func TestWhatIsOthersIsAsAbsentAsWhatIsNot(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	hidden := h.secrecy()
	operations, err := contract()
	require.NoError(t, err)
	strangers := []person{h.signIn("li.juan"), h.signIn("yuan.ting"), h.signIn("huang.rong"), {h, &http.Cookie{Name: "none", Value: "none"}}}
	asked := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(operations)) {
		op := operations[name]
		kind := kindOf(op.route.Path)
		if kind == "" || !strings.Contains(op.route.Path, "{") {
			continue
		}
		for i, p := range strangers {
			for _, id := range hidden.ids[kind] {
				p.sameFor(op, id, absent[kind], i == 0)
				asked[op.id] = true
			}
		}
	}
	for _, p := range strangers[:3] {
		for _, id := range hidden.ids["case"] {
			require.Equal(t, heard(p.get("/movements?case="+nobodysID)), heard(p.get("/movements?case="+id)))
		}
		require.Equal(t, heard(p.get("/movements?line="+absent["line"])), heard(p.get("/movements?line="+hidden.ids["line"][0])))
		for _, id := range hidden.ids["task"] {
			one := func(task string) string {
				a := p.do("POST", "/tasks/decisions", map[string]any{"decisions": []map[string]any{{"task": task, "outcome": "pass", "opinion": "看\u202e反了"}}})
				return strings.ReplaceAll(heard(a), task, "")
			}
			require.Equal(t, one(nobodysID), one(id))
		}
	}
	require.Greater(t, len(asked), 30)
}

// sameFor compares what is heard of a thing that is others' with what is heard of none: to a good request, and if
// thorough to odd ones.
func (p person) sameFor(op *operation, hidden, none string, thorough bool) {
	p.Helper()
	bodies, versions := odd(op), []string{`"1"`, `"99"`, ""}
	if !thorough {
		bodies, versions = bodies[:1], versions[:1]
	}
	for _, body := range bodies {
		for _, seen := range versions {
			var keys, all [2]string
			for i, id := range []string{none, hidden} {
				keys[i] = uuid.NewString()
				all[i] = p.about(op, id, body, seen, keys[i])
			}
			require.Equal(p, all[0], all[1], "%s %v", op.id, body)
			require.Equal(p, "4", all[0][:1], "%s: %s", op.id, all[0])
			if op.keyed && !op.public {
				require.Equal(p, heard(p.get("/acts/"+keys[0])), heard(p.get("/acts/"+keys[1])), "%s: what is kept under the key", op.id)
				require.Equal(p, p.about(op, none, bodies[0], `"2"`, keys[0]), p.about(op, hidden, bodies[0], `"2"`, keys[1]), "%s: the key again", op.id)
			}
			if !op.body || op.route.Operation.Parameters.GetByInAndName("header", "If-Match") == nil {
				break // no version is compared
			}
		}
	}
}

// about asks an operation about the thing with this id.
func (p person) about(op *operation, id string, body any, seen, key string) string {
	p.Helper()
	path := pathParameter.ReplaceAllString(op.route.Path, id)
	if strings.HasSuffix(path, "/why-not") {
		path += "?act=decide"
	}
	if op.upload {
		content, kind := oneFile(p)
		r, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.url+base+path, content)
		require.NoError(p, err)
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Idempotency-Key", key)
		r.AddCookie(p.cookie)
		return heard(p.send(r))
	}
	return heard(p.do(op.route.Method, path, body, "Idempotency-Key", key, "If-Match", seen))
}

// everywhere is all that somebody can read without knowing an id: every list, with the words of what is hidden.
func everywhere(hidden abroad) []string {
	return []string{
		"/me", "/cases", "/cases?limit=1", "/cases?text=" + hidden.title, "/cases?text=" + hidden.number, "/cases?text=ZR-", "/cases?unit=cz-human-resources",
		"/cases?state=draft&state=submitted&state=accepted&state=returned&state=withdrawn", "/cases?overdue=true", "/cases?mine=true", "/cases?from=2020-01-01&to=2099-12-31",
		"/tasks", "/tasks?step=register", "/tasks?overdue=true", "/tasks/counts", "/tasks/answered", "/budget-lines", "/budget-lines?unit=cz-human-resources", "/budget-lines?text=居民",
		"/notices", "/deputies", "/grants", "/people?text=王", "/people?unit=cz-human-resources", "/public/lists", "/public/entries", "/public/entries?text=" + hidden.title,
		"/public/notices", "/stats/funnel", "/stats/on-time", "/stats/lead-time", "/stats/overdue", "/audit", "/audit/chain", "/units/cz-human-resources",
	}
}

// TestNothingTellsOthersThatSomethingHappened: what others read is byte for byte the same before and after a department
// drafts, files, is refused, gets back and withdraws requests with money.
func TestNothingTellsOthersThatSomethingHappened(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	hidden := abroad{title: "流动人口居住信息采集", number: "ZR-2026-000001"}
	strangers := map[string]person{"nobody": {h, &http.Cookie{Name: "none", Value: "none"}}}
	for _, login := range []string{"li.juan", "zhao.guoqiang", "yuan.ting", "wan.peng", "huang.rong", "lin.xiaodong", "kang.ning", "an.quanming"} {
		strangers[login] = h.signIn(login)
	}
	look := func() map[string]string {
		out := map[string]string{}
		for login, p := range strangers {
			for _, path := range everywhere(hidden) {
				out[login+" "+path] = heard(p.get(path))
			}
			check := p.do("POST", "/access-requests/check", NewDraft{Unit: "cz-disabled", Form: surveyForm(hidden.title)})
			out[login+" check"] = heard(check)
		}
		return out
	}
	before := look()
	h.busy(hidden.title)
	after := look()
	for what := range before {
		require.Equal(t, before[what], after[what], what)
	}
	h.later("1 minute") // counts are kept for a while
	for login, p := range strangers {
		var counts civic.Counts
		if answer := p.get("/cases/counts"); answer.status == 200 {
			answer.into(t, &counts)
		}
		for _, s := range counts.States {
			require.Zero(t, s.Count, "%s counts %s", login, s.State)
		}
		require.Zero(t, counts.Overdue)
	}
}

// busy is a department at work: nothing of it is published.
func (h *house) busy(title string) {
	h.Helper()
	clerk := h.signIn("wang.fang")
	form := surveyForm(title)
	form.Funding = civic.Funding{Kind: civic.FromLine, Line: "cz-human-resources-2026-1", Driver: civic.PerHousehold, Rate: 500, Total: 1}
	var found civic.Findings
	clerk.do("POST", "/access-requests/check", NewDraft{Unit: "cz-human-resources", Form: form}).into(h, &found)
	form.Funding.Total = found.Total
	clerk.drafted(form)
	id := clerk.drafted(form)
	clerk.upload(id)
	is(h, 200, clerk.do("POST", "/access-requests/"+id+"/submission", Remark{}))
	h.decides("chen.jing", id, "register", "pass")
	h.decides("chen.jing", id, "examine", "accept")
	office := h.signIn("chen.jing")
	is(h, 200, office.do("POST", "/cases/"+id+"/copies", ToPerson{Person: "ji-zheng"}))
	require.Equal(h, 403, clerk.do("POST", "/cases/"+id+"/pause", Reason{Opinion: "等"}).status)
	is(h, 200, clerk.do("POST", "/access-requests/"+id+"/withdrawal", Remark{}))
	is(h, 200, clerk.do("POST", "/access-requests/"+clerk.drafted(form)+"/submission", Remark{}))
}

// A draft says what its writer knows, and nothing about the budget line that it names, unless that is the department's own.
func TestADraftThatNamesOthersMoneyLearnsNothingOfIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.signIn("li.juan")
	pages := func(line string) string {
		form := surveyForm("助残服务需求调查")
		form.Funding = civic.Funding{Kind: civic.FromLine, Line: line, Driver: civic.PerHousehold, Rate: 500, Total: 1}
		made := p.do("POST", "/access-requests", NewDraft{Unit: "cz-disabled", Form: form})
		require.Equal(t, 201, made.status, string(made.body))
		id := strings.TrimPrefix(made.header.Get("Location"), base+"/access-requests/")
		out := ""
		for _, path := range []string{"/cases/" + id, "/access-requests/" + id, "/cases/" + id + "/history", "/movements?case=" + id} {
			out += string(p.get(path).body)
		}
		out += string(p.do("POST", "/access-requests/check", NewDraft{Unit: "cz-disabled", Form: form}).body)
		out += string(p.do("POST", "/access-requests/"+id+"/submission", Remark{}).body)
		return regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|"\w+_at":"[^"]*"`).ReplaceAllString(strings.ReplaceAll(out, line, ""), "")
	}
	others, none := pages("cz-human-resources-2026-1"), pages("cz-human-resources-2026-9")
	require.Equal(t, none, others)
	var line civic.LineView
	h.signIn("wang.fang").get("/budget-lines/cz-human-resources-2026-1").into(t, &line)
	require.NotContains(t, others, line.Name)
	free, err := json.Marshal(line.Free)
	require.NoError(t, err)
	require.NotContains(t, others, string(free))
}
