package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// faults breaks things in an order that the seed decides. What it breaks for a while, it mends by itself.
type faults struct {
	city   *City
	random *rand.Rand
	say    func(format string, args ...any)
	counts map[string]int
	failed error
	slow   sync.WaitGroup // links that mend after a while
}

// fault is one way to break something, and how often it is chosen among the others.
type fault struct {
	name   string
	weight int
	do     func(f *faults, ctx context.Context) error
}

// After Vortex and the DBOS chaos tests: mostly lost answers and dead processes, now and then a dead database or engine.
var kinds = []fault{
	{"kill -9 a door", 5, func(f *faults, _ context.Context) error { one(f, f.city.Doors).Kill(); return nil }},
	{"kill -9 a worker", 6, func(f *faults, _ context.Context) error { one(f, f.city.Workers).Kill(); return nil }},
	{"kill -9 Temporal", 2, func(f *faults, ctx context.Context) error {
		return errors.Join(f.city.Temporal.Kill(), f.city.Temporal.Restart(ctx))
	}},
	{"kill -9 PostgreSQL", 1, func(f *faults, ctx context.Context) error {
		return errors.Join(f.city.Postgres.Kill(), f.city.Postgres.Restart(ctx))
	}},
	{"restart PostgreSQL at once", 2, func(f *faults, ctx context.Context) error { return f.city.Postgres.Restart(ctx) }},
	{"freeze a door", 2, func(f *faults, ctx context.Context) error {
		one(f, f.city.Doors).Freeze(ctx, f.between(500, 4000))
		return nil
	}},
	{"freeze a worker", 3, func(f *faults, ctx context.Context) error {
		one(f, f.city.Workers).Freeze(ctx, f.between(500, 12000)) // also longer than a workflow task may take
		return nil
	}},
	{"freeze Temporal", 1, func(f *faults, ctx context.Context) error {
		freeze(ctx, f.between(500, 3000), f.city.Temporal.Pid())
		return nil
	}},
	{"freeze PostgreSQL", 1, func(f *faults, ctx context.Context) error {
		pid := f.city.Postgres.Pid()
		freeze(ctx, f.between(500, 3000), append(children(pid), pid)...)
		return nil
	}},
	{"lose the answer to a COMMIT of a worker", 8, func(f *faults, _ context.Context) error {
		one(f, f.city.WorkerToRecord).LoseAnswer("COMMIT")
		return nil
	}},
	{"lose the answer to a COMMIT of a door", 4, func(f *faults, _ context.Context) error { one(f, f.city.DoorToRecord).LoseAnswer("COMMIT"); return nil }},
	{"lose an answer of the record", 2, func(f *faults, _ context.Context) error {
		one(f, append(f.city.WorkerToRecord, f.city.DoorToRecord...)).LoseAnswer("")
		return nil
	}},
	{"lose an answer of the engine to a door", 6, func(f *faults, _ context.Context) error { one(f, f.city.DoorToEngine).LoseAnswer(""); return nil }},
	{"lose an answer of the engine to a worker", 6, func(f *faults, _ context.Context) error { one(f, f.city.WorkerToEngine).LoseAnswer(""); return nil }},
	{"lose the answer to a client", 8, func(f *faults, _ context.Context) error { one(f, f.city.ToDoor).LoseAnswer("POST "); return nil }},
	{"cut a link", 4, func(f *faults, _ context.Context) error { one(f, f.city.Links()).Cut(); return nil }},
	{"half-close a link", 2, func(f *faults, _ context.Context) error { one(f, f.city.Links()).HalfClose(); return nil }},
	{"slow a link down", 3, func(f *faults, ctx context.Context) error {
		f.ill(ctx, func(l *Link) { l.Delay(f.between(20, 300)) })
		return nil
	}},
	{"hold a link", 3, func(f *faults, ctx context.Context) error { f.ill(ctx, (*Link).Hold); return nil }},
}

// one picks any of several.
func one[T any](f *faults, of []T) T { return of[f.random.IntN(len(of))] }

// between is a random time in milliseconds.
func (f *faults) between(from, to int) time.Duration {
	return time.Duration(from+f.random.IntN(to-from)) * time.Millisecond
}

// ill makes one link bad for a while.
func (f *faults) ill(ctx context.Context, how func(*Link)) {
	l, d := one(f, f.city.Links()), f.between(500, 4000)
	how(l)
	f.slow.Go(func() {
		pause(ctx, d)
		l.Heal()
	})
}

// run breaks things until ctx ends, and then waits until everything it had begun to mend is whole.
func (f *faults) run(ctx context.Context) {
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	for {
		pause(ctx, f.between(200, 1300))
		if ctx.Err() != nil {
			break
		}
		pick := f.random.IntN(total)
		for _, k := range kinds {
			if pick -= k.weight; pick >= 0 {
				continue
			}
			f.counts[k.name]++
			if err := k.do(f, context.WithoutCancel(ctx)); err != nil { // what is begun is mended, also at the end
				f.failed = errors.Join(f.failed, fmt.Errorf("%s: %w", k.name, err))
			}
			break
		}
		f.revive(ctx)
	}
	f.slow.Wait()
}

// revive starts the engine again if it ended by itself, as a service manager would: it does when its database is away for long.
func (f *faults) revive(ctx context.Context) {
	if f.city.Temporal.Pid() != 0 {
		return
	}
	f.counts["Temporal ended by itself"]++
	if err := f.city.Temporal.Restart(context.WithoutCancel(ctx)); err != nil {
		f.failed = errors.Join(f.failed, err)
	}
}

// heal makes everything whole.
func (f *faults) heal(ctx context.Context) error {
	for _, l := range f.city.Links() {
		l.Heal()
	}
	f.revive(ctx)
	return errors.Join(f.failed, f.city.Ready(ctx))
}

// freeze stops processes in the middle of whatever they do, for a while.
func freeze(ctx context.Context, d time.Duration, pids ...int) {
	signalAll(pids, syscall.SIGSTOP)
	pause(ctx, d)
	signalAll(pids, syscall.SIGCONT)
}

func signalAll(pids []int, s syscall.Signal) {
	for _, pid := range pids {
		if pid > 0 {
			_ = syscall.Kill(pid, s) // it may have ended meanwhile
		}
	}
}

// children are the processes that a process has started; none where the system does not tell.
func children(pid int) []int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil
	}
	var out []int
	for _, field := range strings.Fields(string(text)) {
		if child, err := strconv.Atoi(field); err == nil {
			out = append(out, child)
		}
	}
	return out
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
