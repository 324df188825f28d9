package api

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// surveyForm is a form that stands every check, without a budget line.
func surveyForm(name string) AccessRequest {
	return AccessRequest{
		Name: name, Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展人口抽样调查的通知"}},
		Necessity: "掌握常住人口变动。", WhyNotOwn: "部门无入户条件。", Work: "协助入户登记。", PartPlayed: "assist", Communities: []string{"cz-tianning-diaozhuang-01"},
		Duration: "phased", Start: "2027-02-01", End: "2027-12-31", Powers: "查看登记结果。", ExitWhen: "调查结束。", LegalReview: "无异议。",
		Funding: civic.Funding{Kind: civic.ZeroCost, Statement: "由统计部门派员完成，社区只带路。"},
	}
}

// drafted makes a draft and returns its id.
func (p person) drafted(form AccessRequest) string {
	p.Helper()
	answer := p.do("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: form})
	require.Equal(p, 201, answer.status, string(answer.body))
	return strings.TrimPrefix(answer.header.Get("Location"), base+"/access-requests/")
}

// submitted makes a request that has been submitted and returns its id.
func (p person) submitted(name string) string {
	p.Helper()
	id := p.drafted(surveyForm(name))
	answer := p.do("POST", "/access-requests/"+id+"/submission", Remark{})
	require.Equal(p, 200, answer.status, string(answer.body))
	return id
}

// taskOf is the open task of a step that the person can see.
func (p person) taskOf(caseID, step string) string {
	p.Helper()
	var view struct { // a case view's matter is of its procedure's own type
		State civic.State      `json:"state"`
		Tasks []civic.TaskView `json:"tasks"`
	}
	p.get("/cases/"+caseID).into(p.TB, &view)
	for _, k := range view.Tasks {
		if k.Step == step && k.Open() {
			return k.ID
		}
	}
	require.Fail(p, "no open task", "%s in state %s", step, view.State)
	return ""
}

func TestTheSameKeyHearsTheSameAnswerByteForByte(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	id := clerk.submitted("人口抽样入户调查")
	register := office.taskOf(id, "register")
	for _, test := range []struct {
		claim  string
		p      person
		path   string
		body   any
		status int
	}{
		{"when it was done", office, "/tasks/" + register + "/decision", Decision{Outcome: "pass"}, 200},
		{"when it was refused by the rules", office, "/tasks/" + register + "/decision", Decision{Outcome: "pass", Opinion: "再次"}, 409},
		{"when it was refused by the policy", clerk, "/cases/" + id + "/pause", Reason{Opinion: "等待文件"}, 403},
		{"when something was made", clerk, "/access-requests", NewDraft{Unit: "cz-human-resources", Form: surveyForm("另一事项")}, 201},
		{"when there is no such thing", office, "/tasks/" + nobodysID + "/decision", Decision{Outcome: "pass"}, 404},
	} {
		key := uuid.NewString()
		first := test.p.do("POST", test.path, test.body, "Idempotency-Key", key)
		require.Equal(t, test.status, first.status, "%s: %s", test.claim, first.body)
		for range 3 {
			again := test.p.do("POST", test.path, test.body, "Idempotency-Key", key)
			require.Equal(t, first.status, again.status, test.claim)
			require.Equal(t, string(first.body), string(again.body), test.claim)
			require.Equal(t, first.header.Get("ETag"), again.header.Get("ETag"), test.claim)
			require.NotEqual(t, first.header.Get("X-Request-Id"), again.header.Get("X-Request-Id"))
		}
		if test.status < 400 || test.status == 409 || test.status == 403 {
			kept := test.p.get("/acts/" + key)
			if test.status == 201 {
				require.Equal(t, 204, kept.status, test.claim)
				continue
			}
			require.Equal(t, first.status, kept.status, "%s: %s", test.claim, kept.body)
			require.Equal(t, string(first.body), string(kept.body), "%s: it is kept where it says", test.claim)
		}
	}
}

func TestTheOrderOfFieldsDoesNotMakeAnotherRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	path, key := "/tasks/"+office.taskOf(clerk.submitted("人口抽样入户调查"), "register")+"/decision", uuid.NewString()
	first := office.do("POST", path, `{"outcome":"pass","opinion":"齐全"}`, "Idempotency-Key", key)
	require.Equal(t, 200, first.status, string(first.body))
	again := office.do("POST", path, " {\n\"opinion\" : \"\\u9f50\\u5168\",\t\"outcome\":\"pass\"}\n", "Idempotency-Key", key)
	require.Equal(t, string(first.body), string(again.body))
}

func TestAKeyCannotBeUsedForSomethingElse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	id := clerk.submitted("人口抽样入户调查")
	path, key := "/tasks/"+office.taskOf(id, "register")+"/decision", uuid.NewString()
	require.Equal(t, 200, office.do("POST", path, Decision{Outcome: "pass"}, "Idempotency-Key", key).status)
	for path, body := range map[string]any{
		path:                                Decision{Outcome: "pass", Opinion: "改"},
		"/cases/" + id + "/pause":           Reason{Opinion: "x"},
		"/tasks/" + nobodysID + "/decision": Decision{Outcome: "pass"},
	} {
		got := office.do("POST", path, body, "Idempotency-Key", key).problem(t)
		require.Equal(t, []any{422, "key_reused", "Idempotency-Key"}, []any{got.Status, got.Code, got.Field}, path)
	}
	require.Equal(t, 404, clerk.get("/acts/"+key).status, "a key belongs to its person")
	other := clerk.do("POST", "/access-requests/"+id+"/withdrawal", Remark{}, "Idempotency-Key", key)
	require.Equal(t, 200, other.status, "so does its name: %s", other.body)
}

func TestUnknownIsNotFailed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	id := clerk.submitted("人口抽样入户调查")
	task := office.taskOf(id, "register")

	lost := civic.Refuse(civic.Unknown, "unknown", "结果未知。", "Not known yet.")
	done := h.desk.Engine.(straight)
	h.desk.Engine = lostBefore{lost}
	key := uuid.NewString()
	answer := office.do("POST", "/tasks/"+task+"/decision", Decision{Outcome: "pass"}, "Idempotency-Key", key)
	require.Equal(t, 202, answer.status)
	require.NotEmpty(t, answer.header.Get("Retry-After"))
	require.JSONEq(t, `{"status":"unknown","poll":"/api/v1/acts/`+key+`"}`, string(answer.body))
	require.Equal(t, 404, office.get("/acts/"+key).status, "it never arrived")

	h.desk.Engine = straight{store: h.store, after: func(civic.Outcome, error) (civic.Outcome, error) { return civic.Outcome{}, lost }}
	answer = office.do("POST", "/tasks/"+task+"/decision", Decision{Outcome: "pass"}, "Idempotency-Key", key)
	require.Equal(t, 200, answer.status, "it was done after all, and the record says so")
	h.desk.Engine = done
	again := office.do("POST", "/tasks/"+task+"/decision", Decision{Outcome: "pass"}, "Idempotency-Key", key)
	require.Equal(t, string(answer.body), string(again.body))
}

// lostBefore is an engine whose acts never arrive.
type lostBefore struct{ err error }

func (l lostBefore) Begin(context.Context, civic.Act) (civic.Outcome, error) {
	return civic.Outcome{}, l.err
}

func (l lostBefore) Inform(context.Context, civic.Act) (civic.Outcome, error) {
	return civic.Outcome{}, l.err
}

func TestNotNowIsSaidWithWhenToAskAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk := h.signIn("wang.fang")
	id := clerk.drafted(surveyForm("人口抽样入户调查"))
	working := h.desk.Engine
	h.desk.Engine = lostBefore{civic.Refuse(civic.Unavailable, "engine_down", "流程引擎暂不可用。", "The engine is not there.")}
	key := uuid.NewString()
	answer := clerk.do("POST", "/access-requests/"+id+"/submission", Remark{}, "Idempotency-Key", key)
	require.Equal(t, 503, answer.status)
	require.NotEmpty(t, answer.header.Get("Retry-After"))
	require.Equal(t, "engine_down", answer.problem(t).Code)
	h.desk.Engine = working
	require.Equal(t, 200, clerk.do("POST", "/access-requests/"+id+"/submission", Remark{}, "Idempotency-Key", key).status, "the same key may try again")
}

func TestSeveralDecisionsAreEachTheirOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	clerk, office := h.signIn("wang.fang"), h.signIn("chen.jing")
	first, second := clerk.submitted("人口抽样入户调查"), clerk.submitted("居民健康问卷")
	one, two := office.taskOf(first, "register"), office.taskOf(second, "register")
	all := map[string]any{"decisions": []map[string]any{
		{"task": one, "outcome": "pass"}, {"task": nobodysID, "outcome": "pass"}, {"task": two, "outcome": "wave_through"}, {"task": two[:35] + "g", "outcome": "x"},
	}}
	require.Equal(t, "decisions[3].task", office.do("POST", "/tasks/decisions", all).problem(t).Field)
	all["decisions"] = all["decisions"].([]map[string]any)[:3]
	key := uuid.NewString()
	answer := office.do("POST", "/tasks/decisions", all, "Idempotency-Key", key)
	var got struct{ Results []bulkResult }
	answer.into(t, &got)
	require.Len(t, got.Results, 3)
	require.Equal(t, []int{200, 404, 422}, []int{got.Results[0].Status, got.Results[1].Status, got.Results[2].Status}, string(answer.body))
	require.Equal(t, civic.Accepted, got.Results[0].Receipt.State)
	again := office.do("POST", "/tasks/decisions", all, "Idempotency-Key", key)
	require.Equal(t, string(answer.body), string(again.body))
	kept := office.get("/acts/" + key + ":" + one)
	receipt, err := json.Marshal(got.Results[0].Receipt)
	require.NoError(t, err)
	require.JSONEq(t, string(receipt), string(kept.body))
	twice := map[string]any{"decisions": []map[string]any{{"task": two, "outcome": "pass"}, {"task": two, "outcome": "pass"}}}
	require.Equal(t, "task_twice", office.do("POST", "/tasks/decisions", twice).problem(t).Code)
	require.Equal(t, 400, office.do("POST", "/tasks/decisions", all, "Idempotency-Key", strings.Repeat("x", 64)).status)
}

func TestARefusalIsSaidInTheLanguageOfTheClient(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for header, want := range map[string]string{"": "请先登录。", "zh-CN": "请先登录。", "en": "Please sign in.", "en-US,en;q=0.9": "Please sign in."} {
		r := h.request("GET", base+"/me", nil)
		r.Header.Set("Accept-Language", header)
		answer := h.send(r)
		require.Equal(t, want, answer.problem(t).Detail)
		require.Equal(t, answer.header.Get("Content-Language") == english, want == "Please sign in.")
	}
}
