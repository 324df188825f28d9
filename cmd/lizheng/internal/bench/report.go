package bench

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Target is one figure that the design promises.
type Target struct {
	What   string  `json:"what"`
	Figure float64 `json:"figure"`
	Bound  float64 `json:"bound"`
	Least  bool    `json:"at_least"` // else at most
	Unit   string  `json:"unit"`
}

// Met reports whether the figure is within its bound.
func (t Target) Met() bool {
	if t.Least {
		return t.Figure >= t.Bound
	}
	return t.Figure <= t.Bound
}

// targets compares what was measured with what the design promises. Ratios are medians over the rounds: each turn is
// compared with its neighbours of the same round.
func (r Report) targets() []Target {
	small, bare, large, textbook := r.Carried[0], r.Carried[1], r.Carried[2], r.Carried[3]
	out := []Target{
		{"decisions a second, to bare Temporal", ratio(small, bare), 0.8, true, "×"},
		{"decisions a second, to the textbook way", ratio(small, textbook), 2, true, "×"},
		{fmt.Sprintf("cost of a decision with %d cases stored, to %d", large.Stored, small.Stored), ratio(small, large), 1.1, false, "×"},
	}
	for _, l := range r.Listed {
		out = append(out, Target{l.List + ", p99", l.P99, 50, false, "ms"})
	}
	return append(out, Target{fmt.Sprintf("one policy decision, %d grants", r.Judged[1].Grants), r.Judged[1].Micros, 60, false, "µs"})
}

func ratio(a, b Carried) float64 {
	var all []float64
	for i := range a.Turns {
		if b.Turns[i] > 0 {
			all = append(all, a.Turns[i]/b.Turns[i])
		}
	}
	return median(all)
}

// JSON writes the report for machines.
func (r Report) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// Text writes the report for people.
func (r Report) Text(w io.Writer) {
	m := r.Machine
	fmt.Fprintf(w, "\n%s, %d cores, %d MB, %s\n", m.CPU, m.Cores, m.MemoryMB, m.System)
	for _, of := range []map[string]string{m.Versions, m.Settings} {
		for _, k := range slices.Sorted(maps.Keys(of)) {
			fmt.Fprintf(w, "%s %s  ", k, of[k])
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "\nDecisions: %d clients, cases of %d decisions, turns of %.0f s\n", r.Clients, decisions, r.Stretch)
	fmt.Fprintf(w, "  %-56s %10s %9s %9s %9s\n", "", "a second", "p50 ms", "p95 ms", "p99 ms")
	for _, c := range r.Carried {
		fmt.Fprintf(w, "  %-56s %10.1f %9.0f %9.0f %9.0f   %.1f\n", c.Name, c.PerSecond, c.P50, c.P95, c.P99, c.Turns)
	}
	fmt.Fprintf(w, "\nProcessor time of one decision, in milliseconds\n")
	fmt.Fprintf(w, "  %-56s %8s %21s %16s %9s %14s\n", "", "all", "door, worker, clients", "Postgres, record", "Temporal", "Postgres, its")
	for _, c := range r.Carried {
		fmt.Fprintf(w, "  %-56s %8.2f %21.2f %16.2f %9.2f %14.2f\n", c.Name, c.CPU.Sum(), c.CPU.Ours, c.CPU.Record, c.CPU.Temporal, c.CPU.Engine)
	}
	fmt.Fprintf(w, "\nFirst page of lists through the door, and the bare query through lib/pq\n")
	fmt.Fprintf(w, "  %-36s %8s %8s %10s %10s %7s\n", "", "p50 ms", "p99 ms", "bare p50", "bare p99", "times")
	for _, l := range r.Listed {
		fmt.Fprintf(w, "  %-36s %8.2f %8.2f %10.2f %10.2f %6.1f×\n", l.List, l.P50, l.P99, l.BareP50, l.BareP99, l.Times)
	}
	fmt.Fprintln(w, "\nOne policy decision")
	for _, j := range r.Judged {
		fmt.Fprintf(w, "  %5d grants %8.2f µs\n", j.Grants, j.Micros)
	}
	fmt.Fprintln(w, "\nTargets")
	for _, t := range r.Targets {
		bound, met := "at most", "met"
		if t.Least {
			bound = "at least"
		}
		if !t.Met() {
			met = "MISSED"
		}
		fmt.Fprintf(w, "  %-6s %-60s %8.2f %-2s (%s %g)\n", met, t.What, t.Figure, t.Unit, bound, t.Bound)
	}
}
