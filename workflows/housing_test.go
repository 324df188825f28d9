package workflows_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/workflows"
)

func TestWhatSilenceDoesToProjectsIsWhatTheirDefinitionsPublish(t *testing.T) {
	t.Parallel()
	for p, silence := range workflows.Silences {
		for _, w := range civic.Definitions[p].States {
			require.Equal(t, w.Auto, silence(w.State), "%s in state %s", p, w.State)
			if w.Auto != "" {
				require.True(t, w.Auto.Automatic(), "%s is an act of the system", w.Auto)
			}
		}
		require.Contains(t, workflows.Procedures, p)
	}
}

// sixYears is an estate that was planned before the reform of the bureaus and the standard of 2022.
var sixYears = civic.HousingForm{Name: "和平雅苑", Address: "和平路1号", Community: "cz-tianning-diaozhuang-01", Developer: "cz-developer-jinling", Surveyor: "cz-surveyor-longcheng",
	Approval: civic.DocumentRef{Number: "常发改发〔2015〕3号", Date: "2015-02-02"}, Households: 2000}

func document(day string) *civic.DocumentRef { return &civic.DocumentRef{Number: "文号", Date: day} }

func area(m int64) *space.Area {
	a := space.Area(m) * space.SquareMetre
	return &a
}

func ofArea(m int64) []civic.HousingRoom {
	return []civic.HousingRoom{{Name: "一层", Use: space.CommunityService, Storey: 1, Area: *area(m - 200)}, {Name: "二层", Use: space.CommunityService, Storey: 2, Area: *area(200)}}
}

func checked(not string) []space.Answer {
	var out []space.Answer
	for _, code := range []string{"own_entrance", "concentrated", "central", "utilities", "fit_out", "barrier_free", "no_odour"} {
		out = append(out, space.Answer{Code: code, Met: code != not})
	}
	return out
}

// TestAProjectOfEightYearsLosesNothing tells a project through five histories: two changes of its plan, failed verifications, two
// rounds of rectification of which one is ignored, the bureaus merged, and a new standard that is not its own. What spans a
// year spans a change of histories too: an approved change that is not yet taken over, an order that nobody has answered.
func TestAProjectOfEightYearsLosesNothing(t *testing.T) {
	t.Parallel()
	e := newEstate(t)
	failed := &civic.HousingDetails{Checklist: checked("utilities"), Defects: []string{"用电未接通"}}
	next := e.period(time.Date(2015, 3, 2, 1, 0, 0, 0, time.UTC), 500, map[int]func(){
		0: func() { e.act(civic.ActSubmit, "", "", nil) },
		7: func() {
			e.says("conditions", "issue", &civic.HousingDetails{Document: document("2015-03-06"), Conditions: &civic.HousingConditions{Area: *area(640), Position: "主入口", Storey: 2,
				Independent: true, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}})
		},
		9:  func() { e.says("countersign", "agree", nil) },
		40: func() { e.says("contract", "concluded", &civic.HousingDetails{Document: document("2015-04-01")}) },
		90: func() {
			e.says("drawings", "hand_in", &civic.HousingDetails{Document: document("2015-05-01"), Rooms: ofArea(640)})
		},
		95: func() { e.says("design_review", "agree", nil) },
		110: func() {
			e.says("planning_permit", "grant", &civic.HousingDetails{Document: document("2015-06-01"), Area: area(640)})
		},
		120: func() {
			e.says("construction_permit", "grant", &civic.HousingDetails{Document: document("2015-06-20")})
		},
		400: func() {
			e.changes("change-1", civic.PlanChangeForm{Name: "一次调整", Reason: "增加住宅", Area: *area(800), Households: 2500, Drawings: *document("2016-01-01")})
		},
	})
	next = e.period(next, 950, map[int]func(){
		60: func() {
			e.says("inspect", "lag", &civic.HousingDetails{Progress: &civic.HousingProgress{Homes: 500, Rooms: *area(100)}})
		},
		500: func() {
			e.changes("change-2", civic.PlanChangeForm{Name: "二次调整", Reason: "减少住宅", Area: *area(800), Households: 2400, Drawings: *document("2017-10-01")})
		},
		945: func() {
			e.says("inspect", "finished", &civic.HousingDetails{Progress: &civic.HousingProgress{Homes: 2400, Rooms: *area(800)}})
		},
	})
	h := e.files[projectID].Matter.(*civic.Housing)
	require.Len(t, h.Changes, 2)
	require.Equal(t, []any{*area(768), *area(800)}, []any{h.Requirement.Area, *h.Areas.Permitted})
	next = e.period(next, 80, map[int]func(){
		20: func() {
			e.says("survey", "measured", &civic.HousingDetails{Document: document("2019-02-20"), Rooms: ofArea(800)})
		},
		30: func() {
			require.Equal(t, "cz-natural-resources", e.openTask("planning_check").Seat.Unit, "planning is part of another bureau by now")
			e.says("planning_check", "pass", &civic.HousingDetails{Document: document("2019-03-10")})
		},
		40: func() { e.says("file_completion", "file", &civic.HousingDetails{Document: document("2019-03-20")}) },
		50: func() {
			require.Equal(t, "cz-housing-construction", e.openTask("acceptance").Seat.Unit)
			e.says("acceptance", "accept", &civic.HousingDetails{Document: document("2019-03-30")})
		},
		60: func() { e.says("verify", "fail", failed) },
		70: func() { e.says("rectify", "rectified", nil) },
		75: func() { e.says("verify", "fail", failed) }, // and this order is ignored
	})
	require.Equal(t, civic.Rectifying, e.files[projectID].Case.State, "its term runs on into the next history")
	next = e.period(next, 620, map[int]func(){
		120: func() { e.says("enforce", "corrected", &civic.HousingDetails{Document: document("2019-09-01")}) },
		130: func() { e.says("verify", "pass", &civic.HousingDetails{Checklist: checked("")}) },
		140: func() {
			e.says("hand_over", "offer", &civic.HousingDetails{Inventory: &civic.HousingInventory{Area: *area(800), Archives: []string{"as_built", "completion", "planning", "fire"},
				Lines: []civic.InventoryLine{{Kind: "room", Name: "一层"}, {Kind: "keys", Name: "钥匙"}, {Kind: "meter", Name: "电表"}}}})
		},
		150: func() { e.says("sign_handover", "sign", nil) },
		220: func() { e.says("register_title", "obstacle", nil) },
		230: func() {
			e.says("put_into_use", "open", &civic.HousingDetails{InUse: []civic.OpenedRoom{
				{Name: "大厅", Area: *area(300), Storey: 1, Station: civic.ManagementStation, Uses: []string{"civil_affairs"}},
				{Name: "社会组织", Area: *area(300), Storey: 1, Station: civic.SocialStation, Uses: []string{"social_organisations"}},
				{Name: "活动室", Area: *area(200), Storey: 2, Station: civic.ActivityStation, Uses: []string{"reading"}}}})
		},
	})
	e.period(next, 900, map[int]func(){
		400: func() { e.says("patrol", "misused", &civic.HousingDetails{Misuse: "lease"}) },
		405: func() { e.says("recover", "recovered", nil) },
		800: func() {
			e.says("register_title", "registered", &civic.HousingDetails{Document: document("2022-12-01"), Area: area(800), Owner: "天宁区人民政府"})
		},
	})
	e.tellsAll(t)
}

// openTask is the one open task of a step.
func (e *estate) openTask(step string) civic.Task {
	for _, k := range e.files[projectID].Tasks {
		if k.Open() && k.Step == step {
			return k
		}
	}
	require.Fail(e.t, "no open task", "%s in state %s", step, e.files[projectID].Case.State)
	return civic.Task{}
}

// in are the histories in which things happened, counted from the project's first.
func (e *estate) in(instants ...time.Time) (out []int) {
	for _, at := range instants {
		n := 0
		for n < len(e.ends) && at.After(e.ends[n]) {
			n++
		}
		out = append(out, n)
	}
	return out
}

// tellsAll holds the project against everything that happened to it, and where that lies between its histories.
func (e *estate) tellsAll(t *testing.T) {
	t.Helper()
	d := e.files[projectID]
	h := d.Matter.(*civic.Housing)
	require.Len(t, e.ends, 5, "four times it went on in a fresh history, and it will again")
	require.Equal(t, civic.InUse, d.Case.State)
	change := func(id string) time.Time { return *e.files[id].Matter.(*civic.PlanChange).ApprovedAt }
	require.Equal(t, []int{0, 1}, e.in(change("change-1"), change("change-2")), "a change of plan before and after the first fresh history")
	require.Equal(t, []int{1, 1}, e.in(h.Changes[0].At, h.Changes[1].At), "the first was approved in one history and taken over in the next")
	require.Equal(t, []int{0, 2}, e.in(e.task("conditions").OpenedAt, e.task("planning_check").OpenedAt))
	require.Equal(t, []string{"cz-planning", "cz-natural-resources"}, []string{e.task("conditions").Seat.Unit, e.task("planning_check").Seat.Unit}, "the bureaus merged between them")
	require.Len(t, h.Checks, 3)
	require.Equal(t, []int{2, 2, 3}, e.in(h.Checks[0].At, h.Checks[1].At, h.Checks[2].At), "two failed before the third fresh history, one passed after it")
	require.Equal(t, []civic.OrderState{civic.OrderAnswered, civic.OrderTransferred}, []civic.OrderState{h.Orders[0].State, h.Orders[1].State})
	require.Equal(t, []int{2, 2, 2, 3}, e.in(h.Orders[0].IssuedAt, *h.Orders[0].ClosedAt, h.Orders[1].IssuedAt, *h.Orders[1].ClosedAt),
		"the ignored order was issued in one history and transferred in the next")
	require.Equal(t, []int{4}, e.in(time.Date(2022, 1, 29, 0, 0, 0, 0, time.UTC)), "the standard of 2022 came in its last history")
	require.Equal(t, 2014, h.Standard.Version, "and is not this project's")
	require.True(t, h.Handover.Late, "the term ran from the acceptance")
	for _, stage := range space.Stages() {
		require.NotNil(t, h.Areas.At(stage), stage)
	}
	require.Contains(t, e.system[projectID], civic.ActTransferOrder)
	require.Contains(t, e.system[projectID], civic.ActOpenPatrols)
	require.Contains(t, e.system[projectID], civic.ActRemind)
	seen := map[string]bool{}
	for _, k := range d.Tasks {
		require.False(t, seen[k.ID], "a task twice")
		seen[k.ID] = true
		require.False(t, k.State == civic.TaskDone && k.Automatic, "the system answers nothing")
	}
}

// task is the first task of a step that the project ever had.
func (e *estate) task(step string) civic.Task {
	e.t.Helper()
	tasks := e.files[projectID].Tasks
	i := slices.IndexFunc(tasks, func(k civic.Task) bool { return k.Step == step })
	require.GreaterOrEqual(e.t, i, 0, step)
	return tasks[i]
}

// changes carries a change of the plan from its filing to its approval, at once: its own workflow is told elsewhere.
func (e *estate) changes(id string, form civic.PlanChangeForm) {
	form.Project = projectID
	e.open(id, civic.PlanChangeProcedure, projectID, "cz-developer-jinling", &civic.PlanChange{PlanChangeForm: form})
	say := func(kind civic.ActKind, outcome string) {
		e.acts++
		task := ""
		for _, k := range e.files[id].Tasks {
			if k.Open() {
				task = k.ID
			}
		}
		actor := fmt.Sprintf("person-%d", e.acts)
		if kind == civic.ActCloseNotice {
			at := *e.files[id].Case.ActsAt
			real := e.clock
			e.clock, actor, task = func() time.Time { return at }, civic.System, ""
			defer func() { e.clock = real }()
		}
		key := fmt.Sprint("change-", e.acts)
		out, err := e.Commit(context.Background(), civic.Act{ID: civic.NewID(key), Case: id, Procedure: civic.PlanChangeProcedure, Kind: kind, Task: task, Actor: actor, Outcome: outcome, Opinion: "同意", Key: key})
		require.NoError(e.t, err)
		require.Nil(e.t, out.Refusal, "%s %s: %v", kind, outcome, out.Refusal)
	}
	say(civic.ActSubmit, "")
	say(civic.ActDecide, "agree")
	say(civic.ActDecide, "publish")
	say(civic.ActCloseNotice, "")
	say(civic.ActDecide, "approve")
}
