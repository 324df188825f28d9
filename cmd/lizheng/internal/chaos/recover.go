package chaos

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"regexp"
	"slices"
	"sync"
	"time"

	"lizheng/cmd/lizheng/internal/fsck"
	"lizheng/config/embedded"
)

// recover sees every open case make its next step, and settles everything that is not definite, within the run's patience. The cases
// come first: asking about everything again is the clients' work, and may take a busy machine longer than the cases need.
func (s *stage) recover(ctx context.Context, report *Report) error {
	ctx, cancel := context.WithDeadline(ctx, s.healed.Add(s.Patience))
	defer cancel()
	before, err := s.openCases(ctx)
	if err != nil {
		return err
	}
	s.step(ctx, before)
	report.Moved = time.Since(s.healed)
	s.settle(ctx)
	err = until(ctx, func() bool {
		var waiting int
		return s.city.Super.QueryRowContext(ctx, `SELECT count(*) FROM outbox WHERE sent_at IS NULL`).Scan(&waiting) == nil && waiting == 0
	})
	if err != nil {
		s.fail("P20: messages still wait " + s.Patience.String() + " after the last fault")
	}
	report.Recovery = time.Since(s.healed)
	return nil
}

// settle asks again, under the same key, about every act that is not definite, and once more about a part of the others: all
// must hear what was heard first.
func (s *stage) settle(ctx context.Context) {
	work := make(chan *Intent)
	var asking sync.WaitGroup
	for _, c := range s.callers {
		asking.Go(func() {
			for i := range work {
				s.pursue(ctx, c, i)
			}
		})
	}
	for _, i := range s.diary.all() {
		work <- i
	}
	close(work)
	asking.Wait()
}

func (s *stage) pursue(ctx context.Context, c *caller, i *Intent) {
	if a, settled := s.diary.settled(i); settled {
		if a.class() != NotHere && i.Raw == nil { // what was not there may be there by now
			c.send(ctx, i, pick(c, c.bases))
		}
		return
	}
	for ctx.Err() == nil {
		if a := c.send(ctx, i, pick(c, c.bases)); a.class() != Ambiguous {
			return
		}
		pause(ctx, 200*time.Millisecond)
	}
}

// waiting is an open case with a task that somebody of the cast can answer.
type waiting struct {
	id      string
	version int
	tasks   []waitingTask
}

type waitingTask struct{ id, step, seat, person string }

// openCases are the cases that wait for somebody.
func (s *stage) openCases(ctx context.Context) ([]*waiting, error) {
	list, err := s.city.Super.QueryContext(ctx, `
		SELECT c.id, c.version, t.id, t.step, t.role || '@' || t.unit, t.person
		FROM task t
		JOIN cases c ON c.id = t.case_id
		WHERE t.state = 'open' AND c.closed_at IS NULL
		ORDER BY c.seq, t.ord`)
	if err != nil {
		return nil, fmt.Errorf("list the open cases: %w", err)
	}
	defer list.Close()
	var out []*waiting
	for list.Next() {
		var w waiting
		var t waitingTask
		if err := list.Scan(&w.id, &w.version, &t.id, &t.step, &t.seat, &t.person); err != nil {
			return nil, err
		}
		if len(out) == 0 || out[len(out)-1].id != w.id {
			out = append(out, &w)
		}
		last := out[len(out)-1]
		last.tasks = append(last.tasks, t)
	}
	return out, list.Err()
}

// step lets somebody answer a task of every case that waited when everything was healed. A case that has moved on by
// then is further already.
func (s *stage) step(ctx context.Context, before []*waiting) {
	work := make(chan *waiting)
	var answering sync.WaitGroup
	for _, c := range s.callers {
		answering.Go(func() {
			for w := range work {
				s.advance(ctx, c, w)
			}
		})
	}
	for _, w := range before {
		work <- w
	}
	close(work)
	answering.Wait()
}

func (s *stage) advance(ctx context.Context, c *caller, w *waiting) {
	var answers []Answer
	for _, t := range w.tasks {
		logins := slices.Clone(s.cast.seats[t.seat])
		rand.Shuffle(len(logins), func(i, j int) { logins[i], logins[j] = logins[j], logins[i] })
		for _, login := range logins {
			if t.person != "" && person(login) != t.person {
				continue
			}
			if s.moved(ctx, w) {
				return
			}
			i := decide("advance", login, task{ID: t.id}, usual[t.step])
			if t.step == "correct" {
				i = Intent{Why: "advance", Login: login, Method: http.MethodPost, Path: "/tasks/" + t.id + "/correction", Body: []byte(`{}`)}
			}
			a, known := c.act(ctx, i)
			if known && a.class() == Yes {
				return
			}
			answers = append(answers, a)
		}
	}
	if err := until(ctx, func() bool { return s.moved(ctx, w) }); err != nil {
		s.fail(fmt.Sprintf("P12: case %s has not moved %s after the last fault: tasks %v, answers %.600v", w.id, s.Patience, w.tasks, answers))
	}
}

// moved reports whether the case is further than when everything was healed.
func (s *stage) moved(ctx context.Context, w *waiting) bool {
	var version int
	return s.city.Super.QueryRowContext(ctx, `SELECT version FROM cases WHERE id = $1`, w.id).Scan(&version) == nil && version > w.version
}

// examine holds everything against everything.
func (s *stage) examine(ctx context.Context, report *Report) error {
	store, err := s.city.Store(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	engine, err := s.city.Engine()
	if err != nil {
		return err
	}
	defer engine.Close()
	var found fsck.Report
	for { // what is late may still come, within the time that is promised
		if found, err = fsck.Examine(ctx, store, engine, embedded.Namespace, fsck.Options{Late: 20 * time.Second}); err != nil {
			return err
		}
		if found.Broken() == 0 || time.Since(s.healed) > s.Patience {
			break
		}
		pause(ctx, time.Second)
	}
	for _, c := range found.Checks {
		for _, f := range c.Findings {
			s.fail(fmt.Sprintf("fsck %s %s: %s %s", f.Promise, f.Check, f.Row, f.Figures))
		}
	}
	intents := s.diary.all()
	if report.Compared, err = compare(ctx, s.city.Super, engine, intents); err != nil {
		return err
	}
	for _, i := range intents {
		report.Requests += len(i.answers)
	}
	for _, f := range report.Compared.faults() {
		s.fail(f)
	}
	if err := s.scan(); err != nil {
		return err
	}
	report.Broken = s.broken
	return nil
}

// alarming is what no log may hold.
var alarming = regexp.MustCompile(`(?i)\bpanic\b|DATA RACE|non-?determin|TMPRL1100|failed assertion`)

// stillness is no alarm: a worker that was frozen, or kept waiting by a busy machine, in the middle of a workflow's code finds that it did
// not yield for a long time. It gives the task up, and the engine hands it out again. A workflow that really stands still does not move.
var stillness = regexp.MustCompile(`TMPRL1101`)

func alarms(line []byte) bool { return alarming.Match(line) && !stillness.Match(line) }

// scan looks for it in all logs.
func (s *stage) scan() error {
	logs, err := s.city.Logs()
	if err != nil {
		return err
	}
	for _, file := range logs {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			if alarms(lines.Bytes()) {
				s.fail(fmt.Sprintf("log %s: %.400s", file, lines.Text()))
			}
		}
		if err := lines.Err(); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
