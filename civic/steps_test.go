package civic

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"
)

// option changes an act before it is applied.
type option func(*Act)

func by(person string) option      { return func(a *Act) { a.Actor = person } }
func standingIn(p string) option   { return func(a *Act) { a.Principal = p } }
func saying(opinion string) option { return func(a *Act) { a.Opinion = opinion } }
func with(d Details) option        { return func(a *Act) { a.Details = d } }
func seen(version int) option      { return func(a *Act) { a.Seen = version } }

// task finds the last task of a step, or of one unit in it, open ones first.
func (r *run) task(step string, unit ...string) Task {
	r.t.Helper()
	var found *Task
	for i := range r.d.Tasks {
		k := &r.d.Tasks[i]
		if k.Step != step || len(unit) > 0 && k.Seat.Unit != unit[0] {
			continue
		}
		if found == nil || k.Open() || !found.Open() {
			found = k
		}
	}
	require.NotNil(r.t, found, "no task of step %s %v", step, unit)
	return *found
}

// open lists the open tasks of a step, all with "".
func (r *run) open(step string) []Task {
	return slices.DeleteFunc(slices.Clone(r.d.Tasks), func(k Task) bool { return !k.Open() || step != "" && k.Step != step })
}

// whoFor is somebody of the seat whom nothing bars from answering.
func (r *run) whoFor(k Task) string {
	if k.Seat.Person != "" {
		return k.Seat.Person
	}
	if k.ClaimedBy != "" {
		return k.ClaimedBy
	}
	for _, person := range r.holders[Seat{Role: k.Seat.Role, Unit: k.Seat.Unit}] {
		if Separated(r.d.Case, r.d.Tasks, k, person) == nil {
			return person
		}
	}
	return "nobody"
}

// act makes an act of somebody with a reason; on a task, of whoever may answer it.
func (r *run) act(kind ActKind, task string, options ...option) Act {
	a := Act{Kind: kind, Task: task, Actor: "xu-jian", Opinion: "理由充分"}
	if kind.Automatic() {
		a.Actor = System
	}
	if i := slices.IndexFunc(r.d.Tasks, func(k Task) bool { return k.ID == task }); i >= 0 {
		a.Actor = r.whoFor(r.d.Tasks[i])
	}
	for _, o := range options {
		o(&a)
	}
	return a
}

// do applies an act that must be accepted.
func (r *run) do(kind ActKind, task string, options ...option) Effects {
	r.t.Helper()
	fx, err := r.apply(r.act(kind, task, options...))
	require.NoError(r.t, err, "%s in state %s", kind, r.d.Case.State)
	return fx
}

// refuse applies an act that must be refused with this code; nothing may change.
func (r *run) refuse(code string, kind ActKind, task string, options ...option) *Error {
	r.t.Helper()
	_, err := r.apply(r.act(kind, task, options...))
	require.Error(r.t, err, "%s in state %s", kind, r.d.Case.State)
	refusal := AsRefusal(err)
	require.NotNil(r.t, refusal, "an internal error instead of a refusal: %v", err)
	require.Equal(r.t, code, refusal.Code, refusal.En)
	return refusal
}

// detailed gives the details that an outcome cannot do without.
var detailed = map[string]Details{
	"return": {Gaps: []string{"缺少经费测算"}}, "admit_term": {TermEnd: "2015-03-31"}, "admit_scope": {Communities: []string{"zhaoyang"}},
	"admit_cond": {Condition: "经费到位"}, "merge": {MergeInto: "entry-health"}, "transfer": {TransferTo: "cz-political-legal"}, "defer": {Until: "2014-12-01"},
}

// answer answers the open task of a step, or of one unit in it.
func (r *run) answer(step, outcome string, options ...option) Effects {
	r.t.Helper()
	return r.do(ActDecide, r.task(step).ID, append([]option{func(a *Act) { a.Outcome = outcome }, with(detailed[outcome])}, options...)...)
}

func (r *run) refuseAnswer(code, step, outcome string, options ...option) *Error {
	r.t.Helper()
	return r.refuse(code, ActDecide, r.task(step).ID, append([]option{func(a *Act) { a.Outcome = outcome }, with(detailed[outcome])}, options...)...)
}

// answerAll answers every open task of a step in the same way.
func (r *run) answerAll(step, outcome string) {
	r.t.Helper()
	for _, k := range r.open(step) {
		r.do(ActDecide, k.ID, func(a *Act) { a.Outcome = outcome })
	}
}

// ruleOn lets the leading group decide: with a vote for it when the members are asked.
func (r *run) ruleOn(outcome string, options ...option) {
	r.t.Helper()
	for len(r.open("decide")) == 0 {
		r.answer("vote", "for")
	}
	r.answer("decide", outcome, options...)
}

// road is the way of an ordinary case: the state, and what leads on from it.
var road = []struct {
	state State
	on    func(*run)
}{
	{Draft, func(r *run) { r.do(ActSubmit, "", by("li-juan")) }},
	{Submitted, func(r *run) { r.answer("register", "pass") }},
	{Accepted, func(r *run) { r.answer("examine", "accept") }},
	{PreReview, func(r *run) { r.answer("prereview", "recommend") }},
	{Consult, func(r *run) { r.answerAll("consult", "support") }},
	{JointReview, func(r *run) { r.answerAll("joint", "agree") }},
	{Deliberation, func(r *run) { r.ruleOn("admit") }},
	{Publicity, func(r *run) { r.till(*r.d.Case.ActsAt).do(ActCloseNotice, "") }},
	{Issuing, func(r *run) { r.answer("issue", "issue") }},
}

// to brings the case along the ordinary road to a state.
func (r *run) to(s State) *run {
	r.t.Helper()
	for _, stop := range road {
		if r.d.Case.State == s {
			return r
		}
		if r.d.Case.State == stop.state {
			stop.on(r)
		}
	}
	require.Equal(r.t, s, r.d.Case.State)
	return r
}

// at starts a case with this request and brings it to a state.
func at(t tester, s State, request AccessRequest) *run {
	t.Helper()
	r := draft(t, request)
	r.lists = append(r.lists, Entry{ID: "entry-health", List: Admitted, Category: TaskItem, Name: "居民健康档案", Unit: "cz-human-resources", From: beginning})
	return r.to(s)
}

// till lets time go by until an instant, never backwards.
func (r *run) till(instant time.Time) *run {
	if instant.After(r.now) {
		r.now = instant
	}
	return r
}

// later lets n working days go by, to the same time of day.
func (r *run) later(n int) *run {
	r.now = r.d.Calendar.Shift(r.now, n)
	return r
}

func (r *run) state(want State) {
	r.t.Helper()
	require.Equal(r.t, want, r.d.Case.State)
}
