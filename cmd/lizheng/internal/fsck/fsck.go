// Package fsck examines a whole installation: the record against its promises, its audit trail against what was signed,
// and its cases against their workflows. It is how every other proof ends, and it ships with the product.
package fsck

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"go.temporal.io/sdk/client"

	"lizheng/postgres"
)

// Options say how strictly to look and what to mend.
type Options struct {
	// PreOpen is for an installation that nobody serves yet, after a restore: nothing is on its way, nothing is merely late,
	// and no workflow may know more than the record.
	PreOpen bool
	// Repair asks the workflow of every case that differs to look at the record again, and starts the missing ones.
	Repair bool
	// Late is how late messages and automatic acts may be while the service runs.
	Late time.Duration
	// Checkpoints are signed heads of the audit chains that were kept outside the database.
	Checkpoints []postgres.Checkpoint
}

// Report is everything that was looked at.
type Report struct {
	Checks   []postgres.Checked `json:"checks"`
	Repaired []string           `json:"repaired,omitempty"` // workflows that were started or asked to look again
}

// Examine looks at everything. An error means that it could not be looked at; what is wrong is in the report.
func Examine(ctx context.Context, store *postgres.Store, temporal client.Client, namespace string, o Options) (Report, error) {
	strict := postgres.Strictness{Late: o.Late}
	if o.PreOpen {
		strict.Late = 0
	}
	var out Report
	var err error
	if out.Checks, err = store.Fsck(ctx, strict); err != nil {
		return out, err
	}
	signed, err := store.FsckCheckpoints(ctx, o.Checkpoints)
	if err != nil {
		return out, err
	}
	out.Checks = append(out.Checks, signed)
	p := pairing{ctx: ctx, store: store, temporal: temporal, namespace: namespace, options: o}
	paired, err := p.examine()
	if err != nil {
		return out, err
	}
	out.Checks, out.Repaired = append(out.Checks, paired...), p.repaired
	return out, nil
}

// Broken is how many rows break a promise.
func (r Report) Broken() (n int64) {
	for _, c := range r.Checks {
		n += c.Broken
	}
	return n
}

// JSON writes the report for machines.
func (r Report) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}

// Text writes the report for people: a line for each check, and below it what breaks it.
func (r Report) Text(w io.Writer) {
	for _, c := range r.Checks {
		mark := "ok    "
		if c.Broken > 0 {
			mark = "BROKEN"
		}
		fmt.Fprintf(w, "%s %-4s %-26s %s\n", mark, c.Promise, c.Check, c.Claim)
		for _, f := range c.Findings {
			fmt.Fprintf(w, "            %s %s\n", f.Row, f.Figures)
		}
		if more := c.Broken - int64(len(c.Findings)); more > 0 {
			fmt.Fprintf(w, "            … and %d more\n", more)
		}
	}
	for _, id := range r.Repaired {
		fmt.Fprintf(w, "repaired    %s\n", id)
	}
}
