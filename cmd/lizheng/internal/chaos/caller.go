package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/cmd/lizheng/internal/visitor"
)

// caller is one closed loop: it means something, writes it down, sends it, and hears what came of it.
type caller struct {
	id     int
	random *rand.Rand
	cast   *cast
	diary  *diary
	bases  []string // of the doors, with the API's path
	failed func(error)
	made   int // names and keys
}

// job is one thing that a client does, and how often it is chosen among the others.
type job struct {
	name   string
	weight int
	do     func(*caller, context.Context)
}

var jobs = []job{
	{"file a request", 16, func(c *caller, ctx context.Context) { c.file(ctx, false) }},
	{"compete for a small budget line", 8, func(c *caller, ctx context.Context) { c.file(ctx, true) }},
	{"answer a task", 46, (*caller).work},
	{"decide in opposite ways", 8, (*caller).oppose},
	{"withdraw against a decision", 4, (*caller).withdraw},
	{"act without a right to", 10, (*caller).trespass},
	{"send what nobody can read", 5, (*caller).babble},
}

// run does one job after the other until ctx ends.
func (c *caller) run(ctx context.Context) {
	total := 0
	for _, j := range jobs {
		total += j.weight
	}
	for ctx.Err() == nil {
		pick := c.random.IntN(total)
		for _, j := range jobs {
			if pick -= j.weight; pick < 0 {
				j.do(c, ctx)
				break
			}
		}
	}
}

// fresh makes what nobody has used before: a key, a name.
func (c *caller) fresh(what string) string {
	c.made++
	return fmt.Sprintf("%s-%d-%d", what, c.id, c.made)
}

func pick[T any](c *caller, of []T) T { return of[c.random.IntN(len(of))] }

// Three in ten acts are sent twice, under the same key, as an impatient person does.
const impatient = 0.3

// act means an act, sends it, and asks again while nothing definite is known, for a while. What is still open then is settled at the end.
func (c *caller) act(ctx context.Context, i Intent) (Answer, bool) {
	if i.Key == "" {
		i.Key = c.fresh("act")
	}
	kept, err := c.diary.intend(i)
	if err != nil {
		c.failed(err)
		return Answer{}, false
	}
	var twin sync.WaitGroup
	if c.random.Float64() < impatient {
		base := pick(c, c.bases)
		twin.Go(func() { c.send(ctx, kept, base) })
	}
	for range 3 {
		a := c.send(ctx, kept, pick(c, c.bases))
		if a.class() != Ambiguous || ctx.Err() != nil {
			break
		}
		pause(ctx, time.Duration(50+c.random.IntN(400))*time.Millisecond)
	}
	twin.Wait()
	return c.diary.settled(kept)
}

// send asks once.
func (c *caller) send(ctx context.Context, i *Intent, base string) Answer {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 12*time.Second)
	defer cancel()
	var body any
	switch {
	case i.Raw != nil:
		body = i.Raw
	case i.Body != nil:
		body = []byte(i.Body)
	}
	reply, err := c.cast.visitors[i.Login].SendTo(ctx, base, i.Method, i.Path, i.Key, body)
	a, err := c.diary.heard(i, reply, err)
	if err != nil {
		c.failed(err)
	}
	return a
}

// read asks for something without consequences; what does not come is done without.
func (c *caller) read(ctx context.Context, login, path string, into any) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	reply, err := c.cast.visitors[login].SendTo(ctx, pick(c, c.bases), http.MethodGet, path, "", nil)
	return err == nil && reply.Read(into) == nil
}

// Money of one request, in fen: below what the chair decides alone. A small line has room for ten.
const (
	price     = 1_000_000
	smallLine = 10 * price
	smalls    = 8
)

// file makes a draft and submits it, on a line of the department or on one of the small ones that many compete for.
func (c *caller) file(ctx context.Context, small bool) {
	a := pick(c, applicants)
	line := pick(c, a.lines)
	if small {
		a, line = applicants[0], fmt.Sprintf("chaos-small-%d", c.random.IntN(smalls))
	}
	form := visitor.Form("居民需求抽样调查"+c.fresh("项"), line, money.Fen(price), community)
	body, err := json.Marshal(map[string]any{"unit": a.unit, "form": form})
	if err != nil {
		c.failed(err)
		return
	}
	answer, known := c.act(ctx, Intent{Why: "draft", Login: a.login, Deed: true, Method: http.MethodPost, Path: "/access-requests", Body: body})
	var made struct {
		Case civic.Case `json:"case"`
	}
	if !known || answer.class() != Yes || json.Unmarshal([]byte(answer.Body), &made) != nil {
		return
	}
	c.act(ctx, Intent{Why: "submit", Login: a.login, Method: http.MethodPost, Path: "/access-requests/" + made.Case.ID + "/submission", Body: json.RawMessage(`{}`)})
}

// line of an inbox.
type task struct {
	ID   string `json:"id"`
	Case string `json:"case"`
	Step string `json:"step"`
}

func (c *caller) inbox(ctx context.Context, login, filter string) []task {
	var page struct {
		Items []task `json:"items"`
	}
	c.read(ctx, login, "/tasks?limit=50"+filter, &page)
	return page.Items
}

// What an officer answers when nothing speaks against it.
var usual = map[string]string{"register": "pass", "examine": "accept", "prereview": "recommend", "consult": "support", "joint": "agree",
	"decide": "admit", "vote": "for", "issue": "issue", "objection": "dismiss", "fulfil": "met", "appeal": "clear"}

// decision is the body of an answer to a task.
func decision(outcome string) json.RawMessage {
	details := ""
	if outcome == "return" {
		details = `,"details":{"gaps":["缺少经费测算"]}`
	}
	return json.RawMessage(fmt.Sprintf(`{"outcome":%q,"opinion":"理由充分"%s}`, outcome, details))
}

func decide(why, login string, t task, outcome string) Intent {
	return Intent{Why: why, Login: login, Method: http.MethodPost, Path: "/tasks/" + t.ID + "/decision", Body: decision(outcome)}
}

// work answers a task out of somebody's inbox. An applicant's tasks are corrections, handed in as they are.
func (c *caller) work(ctx context.Context) {
	login := pick(c, officers)
	if c.random.IntN(12) == 0 {
		login = pick(c, applicants).login
	}
	tasks := c.inbox(ctx, login, "")
	if len(tasks) == 0 {
		return
	}
	t := pick(c, tasks)
	if t.Step == "correct" {
		c.act(ctx, Intent{Why: "correct", Login: login, Method: http.MethodPost, Path: "/tasks/" + t.ID + "/correction", Body: json.RawMessage(`{}`)})
		return
	}
	if outcome, ok := usual[t.Step]; ok {
		c.act(ctx, decide("answer", login, t, outcome))
	}
}

// Colleagues of one seat, and outcomes that exclude each other.
var opposites = []struct {
	step   string
	a, b   string
	ya, nb string
}{
	{"examine", "chen.jing", "xu.ming", "accept", "not_accept"},
	{"examine", "xu.ming", "chen.jing", "accept", "return"},
	{"prereview", "xu.jian", "he.lin", "recommend", "return"},
}

// oppose lets two colleagues answer the same task in opposite ways at the same moment.
func (c *caller) oppose(ctx context.Context) {
	o := pick(c, opposites)
	tasks := c.inbox(ctx, o.a, "&step="+o.step)
	if len(tasks) == 0 {
		return
	}
	t := pick(c, tasks)
	c.both(ctx, decide("oppose", o.a, t, o.ya), decide("oppose", o.b, t, o.nb))
}

// both does two acts at the same moment.
func (c *caller) both(ctx context.Context, a, b Intent) {
	a.Key, b.Key = c.fresh("act"), c.fresh("act")
	other := *c
	other.random = rand.New(rand.NewPCG(c.random.Uint64(), 0))
	var pair sync.WaitGroup
	pair.Go(func() { other.act(ctx, b) })
	c.act(ctx, a)
	pair.Wait()
}

// withdraw lets an applicant take a request back while an officer decides on it.
func (c *caller) withdraw(ctx context.Context) {
	step := pick(c, []string{"register", "examine"})
	officer := pick(c, officers[:2])
	for _, t := range c.inbox(ctx, officer, "&step="+step) {
		var found struct {
			Case civic.Case `json:"case"`
		}
		a := pick(c, applicants)
		if !c.read(ctx, a.login, "/cases/"+t.Case, &found) {
			continue // somebody else's request, or no answer
		}
		c.both(ctx, Intent{Why: "withdraw", Login: a.login, Method: http.MethodPost, Path: "/access-requests/" + t.Case + "/withdrawal", Body: json.RawMessage(`{"opinion":"不再需要"}`)},
			decide("withdraw", officer, t, usual[step]))
		return
	}
}

// trespass decides on a task of somebody else's.
func (c *caller) trespass(ctx context.Context) {
	tasks := c.inbox(ctx, pick(c, officers[:4]), "")
	if len(tasks) == 0 {
		return
	}
	t := pick(c, tasks)
	outcome, ok := usual[t.Step]
	if !ok {
		return
	}
	i := decide("trespass", pick(c, strangers), t, outcome)
	i.Never = true
	c.act(ctx, i)
}

// babble sends what no door may accept.
func (c *caller) babble(ctx context.Context) {
	login := pick(c, officers)
	path := "/tasks/" + civic.NewID("nothing", c.fresh("x")) + "/decision"
	bodies := []string{`{`, `[]`, `null`, `{"outcome":1}`, `{"outcome":"pass","outcome":"return"}`, `{"outcome":"pass","extra":true}`, `{"outcome":"pass"} trailing`,
		`{"outcome":"` + string(make([]byte, 70<<10)) + `"}`, "\xff\xfe", `{"opinion":"` + "\\u0000" + `"}`, ""}
	c.act(ctx, Intent{Why: "babble", Login: login, Method: http.MethodPost, Path: path, Raw: []byte(pick(c, bodies)), Never: true})
}
