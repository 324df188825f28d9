package rehearsal

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Report says how long a year took, for whoever carried it.
type Report struct {
	Nominees, Sampled, Titles int
	Sheets                    atomic.Int64
	Parts                     []Part
}

// Part is one part of the year.
type Part struct {
	Name     string
	Took     time.Duration
	Requests int64
}

// Text writes the report for people.
func (r *Report) Text(w io.Writer) {
	var all Part
	for _, p := range r.Parts {
		all.Took += p.Took
		all.Requests += p.Requests
		fmt.Fprintf(w, "%-50s %7.1f s %7d requests\n", p.Name, p.Took.Seconds(), p.Requests)
	}
	fmt.Fprintf(w, "%-50s %7.1f s %7d requests\n", "in all", all.Took.Seconds(), all.Requests)
	fmt.Fprintf(w, "%d nominees, %d score sheets, %d scored again, %d titles\n", r.Nominees, r.Sheets.Load(), r.Sampled, r.Titles)
}
