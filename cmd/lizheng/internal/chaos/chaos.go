// Package chaos runs a whole installation of real processes under load, breaks everything in it at random, and then proves
// that nothing was lost, doubled or left half done: by the product's own examination, and by holding what clients heard
// against the record and against the workflows' histories.
package chaos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options of one run.
type Options struct {
	Layout
	For      time.Duration // how long things break
	Seed     uint64        // decides what breaks when
	Clients  int
	Patience time.Duration // after healing: everything definite, every open case a step further, nothing late
	Password string        // of the sample people
}

// The run's measures.
const (
	doors     = 2
	workers   = 2
	jumpAfter = 0.4 // of the run: the record's clock goes on by days, so that public notices end
	jumpDays  = 9
)

// Report is what a run came to.
type Report struct {
	Seed     uint64
	Took     time.Duration
	Faults   map[string]int
	Lost     map[string]int64 // answers lost, by link
	Kills    int
	Requests int
	Compared *comparison
	Moved    time.Duration // from healing until every open case had made its next step
	Recovery time.Duration // and until everything was definite besides
	Broken   []string      // what fails the run
}

// Failed says what is wrong, nil when nothing is.
func (r Report) Failed() error {
	if len(r.Broken) == 0 {
		return nil
	}
	shown := r.Broken[:min(len(r.Broken), 20)]
	return fmt.Errorf("%d promises were broken (seed %d):\n  %s", len(r.Broken), r.Seed, strings.Join(shown, "\n  "))
}

// Run builds a city, breaks it for a while, heals it and examines it.
func Run(ctx context.Context, o Options) (report Report, err error) {
	began := time.Now()
	o.Layout.Doors, o.Layout.Workers = doors, workers
	report = Report{Seed: o.Seed, Faults: map[string]int{}, Lost: map[string]int64{}}
	city, err := Build(ctx, o.Layout)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, city.Close()) }()
	o.say("the city stands after %s; seed %d", time.Since(began).Round(time.Second), o.Seed)
	s, err := o.stage(ctx, city)
	if err != nil {
		return report, err
	}
	if err := s.breakThings(ctx, &report); err != nil {
		return report, err
	}
	if err := s.recover(ctx, &report); err != nil {
		return report, err
	}
	if err := s.examine(ctx, &report); err != nil {
		return report, err
	}
	report.Took = time.Since(began)
	return report, nil
}

func (o Options) say(format string, args ...any) { fmt.Fprintf(o.Progress, format+"\n", args...) }

// stage is a city with its people and their diary.
type stage struct {
	Options
	city    *City
	cast    *cast
	diary   *diary
	callers []*caller
	healed  time.Time

	mu     sync.Mutex
	broken []string
}

func (o Options) stage(ctx context.Context, city *City) (*stage, error) {
	s := &stage{Options: o, city: city}
	for i := range smalls {
		_, err := city.Super.ExecContext(ctx, `INSERT INTO budget_line (id, unit, year, subject, name, appropriated)
			VALUES ($1, 'cz-human-resources', extract(year FROM now())::integer, '2080199', $2, $3)`, fmt.Sprintf("chaos-small-%d", i), fmt.Sprintf("小额经费%d", i), smallLine)
		if err != nil {
			return nil, fmt.Errorf("make a small budget line: %w", err)
		}
	}
	people := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.Clients, IdleConnTimeout: 10 * time.Second}}
	var err error
	if s.cast, err = enter(ctx, people, city.Bases, o.Password); err != nil {
		return nil, err
	}
	if s.diary, err = openDiary(filepath.Join(o.Dir, "diary.jsonl")); err != nil {
		return nil, err
	}
	var bases []string
	for _, b := range city.Bases {
		bases = append(bases, b+"/api/v1")
	}
	for i := range o.Clients {
		s.callers = append(s.callers, &caller{id: i, random: rand.New(rand.NewPCG(o.Seed, uint64(i+1))),
			cast: s.cast, diary: s.diary, bases: bases, failed: func(err error) { s.fail("client: " + err.Error()) }})
	}
	return s, nil
}

func (s *stage) fail(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = append(s.broken, what)
}

// breakThings lets clients work while everything breaks, and heals it.
func (s *stage) breakThings(ctx context.Context, report *Report) error {
	breaking, end := context.WithTimeout(ctx, s.For)
	defer end()
	var load sync.WaitGroup
	for _, c := range s.callers {
		load.Go(func() { c.run(breaking) })
	}
	load.Go(func() {
		pause(breaking, time.Duration(float64(s.For)*jumpAfter))
		if err := s.jump(ctx); err != nil {
			s.fail(err.Error())
		}
	})
	f := &faults{city: s.city, random: rand.New(rand.NewPCG(s.Seed, 0)), counts: report.Faults, say: s.say}
	f.run(breaking)
	s.healed = time.Now()
	if err := f.heal(ctx); err != nil {
		return fmt.Errorf("heal: %w", err)
	}
	load.Wait()
	s.say("healed after %d faults; %d intents so far", sum(f.counts), len(s.diary.all()))
	for _, l := range s.city.Links() {
		report.Lost[l.Name] = l.Lost()
	}
	for what, n := range f.counts {
		if strings.HasPrefix(what, "kill") || strings.HasPrefix(what, "restart") {
			report.Kills += n
		}
	}
	return ctx.Err()
}

// jump moves the record's clock, as only a sample city's ever is. It may meet a database that is away, and tries again.
func (s *stage) jump(ctx context.Context) error {
	var err error
	for range 100 {
		if _, err = s.city.Super.ExecContext(ctx, `UPDATE clock SET shift = make_interval(days => $1)`, jumpDays); err == nil {
			return nil
		}
		pause(ctx, 200*time.Millisecond)
	}
	return fmt.Errorf("move the record's clock: %w", err)
}

func sum(of map[string]int) (n int) {
	for _, v := range of {
		n += v
	}
	return n
}

// Text writes the report for people.
func (r Report) Text(w io.Writer) {
	fmt.Fprintf(w, "\nChaos, seed %d, %s\n  faults\n", r.Seed, r.Took.Round(time.Second))
	for _, k := range slices.Sorted(maps.Keys(r.Faults)) {
		fmt.Fprintf(w, "    %4d  %s\n", r.Faults[k], k)
	}
	fmt.Fprintln(w, "  answers lost on the way")
	for _, k := range slices.Sorted(maps.Keys(r.Lost)) {
		fmt.Fprintf(w, "    %4d  %s\n", r.Lost[k], k)
	}
	if c := r.Compared; c != nil {
		fmt.Fprintf(w, "  %d kills and restarts, %d requests for %d acts: %d yes, %d no, %d repeated answers, all the same\n", r.Kills, r.Requests, c.Acts, c.Yes, c.No, c.Repeated)
		fmt.Fprintf(w, "  %d decisions of persons in the record, %d updates in the histories, %d decisions that a workflow learnt from the record alone\n", c.Decisions, c.Completed, c.Unseen)
		fmt.Fprintf(w, "  lost %d, doubled %d, unstable %d, undecided %d, wrong %d, unclassified %d, only in a history %d\n",
			len(c.Lost), len(c.Doubled), len(c.Unstable), len(c.Undecided), len(c.Wrong), len(c.Strange), len(c.Historical))
	}
	fmt.Fprintf(w, "  every open case had moved %s after the last fault, everything was definite and asked again after %s\n",
		r.Moved.Round(100*time.Millisecond), r.Recovery.Round(100*time.Millisecond))
	for _, b := range r.Broken {
		fmt.Fprintf(w, "  BROKEN %s\n", b)
	}
	if len(r.Broken) == 0 {
		fmt.Fprintln(w, "  nothing was broken")
	}
}
