// Package bench measures the product beside its yardsticks: in one run, on the same services, taking turns, so that
// whatever else the machine does falls on all of them alike.
package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"go.temporal.io/sdk/client"
)

// Options say what is measured and how long.
type Options struct {
	Small, Large Place         // two installations that differ in what is stored
	Yardsticks   client.Client // of a namespace of their own
	Password     string        // of the sample people
	Clients      int           // that carry cases at the same time
	Stretch      time.Duration // of each contender's turn
	Rounds       int
	Turns        int // of each list
	Calls        int // of the policy
	Profile      string
	Progress     io.Writer
	CPU          func() CPU // processor time so far of everything that takes part; nil when not known
}

// Carried is how many decisions a contender took in a second, in the median of its turns.
type Carried struct {
	Name      string    `json:"name"`
	Stored    int       `json:"cases_stored,omitempty"`
	PerSecond float64   `json:"decisions_per_second"`
	Turns     []float64 `json:"turns"`
	CPU       Spent     `json:"cpu_ms_per_decision"`
	cpu       []Spent
	P50       float64 `json:"p50_ms"`
	P95       float64 `json:"p95_ms"`
	P99       float64 `json:"p99_ms"`
	waits     []time.Duration
}

// Spent is processor time of one decision in milliseconds, by who used it; zero when it is not known.
type Spent struct {
	Ours     float64 `json:"door_worker_clients"`
	Record   float64 `json:"postgres_record"`
	Temporal float64 `json:"temporal"`
	Engine   float64 `json:"postgres_temporal"`
}

// Sum is all of it.
func (s Spent) Sum() float64 { return s.Ours + s.Record + s.Temporal + s.Engine }

func spent(c CPU, decisions int) Spent {
	each := func(d time.Duration) float64 { return ms(d) / float64(max(decisions, 1)) }
	return Spent{each(c.Ours), each(c.Record), each(c.Temporal), each(c.Engine)}
}

// middle is the median of every part.
func middle(all []Spent) Spent {
	part := func(of func(Spent) float64) float64 {
		var v []float64
		for _, s := range all {
			v = append(v, of(s))
		}
		return median(v)
	}
	return Spent{part(func(s Spent) float64 { return s.Ours }), part(func(s Spent) float64 { return s.Record }),
		part(func(s Spent) float64 { return s.Temporal }), part(func(s Spent) float64 { return s.Engine })}
}

// Report is everything that was measured.
type Report struct {
	Machine Machine   `json:"machine"`
	Clients int       `json:"clients"`
	Stretch float64   `json:"stretch_seconds"`
	Carried []Carried `json:"decisions"`
	Listed  []Listed  `json:"lists"`
	Judged  []Judged  `json:"policy"`
	Targets []Target  `json:"targets"`
}

// Run measures. Both places must be running, with nothing stored but the sample city.
func Run(ctx context.Context, o Options) (Report, error) {
	out := Report{Clients: o.Clients, Stretch: o.Stretch.Seconds()}
	var err error
	if out.Machine, err = look(ctx, o.Small.Super, o.Yardsticks); err != nil {
		return out, err
	}
	for _, p := range []Place{o.Small, o.Large} {
		began := time.Now()
		if err := seed(ctx, p.Super, p.Cases); err != nil {
			return out, err
		}
		o.say("stored %d cases in %s", p.Cases, time.Since(began).Round(time.Second))
	}
	if out.Judged, err = judge(ctx, o.Calls); err != nil {
		return out, err
	}
	if out.Listed, err = list(ctx, o.Large, o.Password, o.Turns); err != nil {
		return out, err
	}
	o.say("measured the lists")
	if out.Carried, err = o.compete(ctx); err != nil {
		return out, err
	}
	out.Targets = out.targets()
	return out, nil
}

func (o Options) say(format string, args ...any) { fmt.Fprintf(o.Progress, format+"\n", args...) }

// compete lets the contenders carry cases in turns.
func (o Options) compete(ctx context.Context) ([]Carried, error) {
	stop, err := startYardsticks(o.Yardsticks)
	if err != nil {
		return nil, fmt.Errorf("start the yardsticks' worker: %w", err)
	}
	defer stop()
	door := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: o.Clients}}
	small, err := enter(ctx, o.Small, o.Password, door)
	if err != nil {
		return nil, err
	}
	large, err := enter(ctx, o.Large, o.Password, door)
	if err != nil {
		return nil, err
	}
	contenders := []contender{small, bare{o.Yardsticks}, large, textbook{o.Yardsticks}}
	out := make([]Carried, len(contenders))
	out[0].Stored, out[2].Stored = o.Small.Cases, o.Large.Cases
	for round := range o.Rounds + 1 { // the first only warms up
		for i, c := range contenders {
			s, err := o.turn(ctx, c, round)
			if err != nil {
				return nil, err
			}
			o.say("round %d: %6.1f decisions/s, %5.2f ms of processor time each  %s", round, s.PerSecond, s.CPU.Sum(), c.name())
			out[i].Name = c.name()
			if round > 0 {
				out[i].Turns, out[i].waits, out[i].cpu = append(out[i].Turns, s.PerSecond), append(out[i].waits, s.Waits...), append(out[i].cpu, s.CPU)
			}
		}
	}
	for i := range out {
		w := out[i].waits
		out[i].PerSecond, out[i].CPU = median(out[i].Turns), middle(out[i].cpu)
		out[i].P50, out[i].P95, out[i].P99 = ms(quantile(w, 0.5)), ms(quantile(w, 0.95)), ms(quantile(w, 0.99))
	}
	return out, nil
}

// most decisions a second that drafts are prepared for: far above what any machine of this size did.
const most = 1000

// turn lets one contender carry cases for a stretch, profiled when asked.
func (o Options) turn(ctx context.Context, c contender, round int) (sample, error) {
	if err := c.prepare(ctx, int(o.Stretch.Seconds()*most/decisions)+o.Clients); err != nil {
		return sample{}, err
	}
	if p, ok := c.(*product); ok && o.Profile != "" && round > 0 {
		f, err := os.Create(filepath.Join(o.Profile, fmt.Sprintf("cpu-%d-%d.pprof", p.place.Cases, round)))
		if err != nil {
			return sample{}, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return sample{}, err
		}
		defer pprof.StopCPUProfile()
	}
	if o.CPU == nil {
		return stretch(ctx, c, o.Clients, o.Stretch)
	}
	before := o.CPU()
	s, err := stretch(ctx, c, o.Clients, o.Stretch)
	s.CPU = spent(o.CPU().Since(before), s.decided)
	return s, err
}
