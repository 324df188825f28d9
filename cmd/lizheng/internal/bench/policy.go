package bench

import (
	"context"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/policies"
)

// officials is a city with so many grants: clerks of departments, one grant each.
type officials int

func (n officials) Grants(context.Context) ([]civic.Grant, error) {
	out := make([]civic.Grant, n)
	for i := range out {
		out[i] = civic.Grant{ID: civic.NewID("grant", fmt.Sprint(i)), Person: fmt.Sprintf("person-%d", i), Role: civic.OfficeClerk, Unit: fmt.Sprintf("unit-%d", i%500),
			From: time.Unix(0, 0), GrantedBy: "a", ConfirmedBy: "b"}
	}
	return out, nil
}

func (officials) Deputies(context.Context) ([]civic.Deputy, error) { return nil, nil }

// Judged is how long one decision on a permission takes.
type Judged struct {
	Grants int     `json:"grants"`
	Micros float64 `json:"microseconds"`
}

// judge measures one decision of a clerk on a task of their seat, with few grants and with many.
func judge(ctx context.Context, calls int) ([]Judged, error) {
	var out []Judged
	for _, n := range []int{500, 5000} {
		p, err := policies.New(ctx, officials(n), policies.Options{})
		if err != nil {
			return nil, err
		}
		var best time.Duration
		for range 5 {
			began := time.Now()
			for i := range calls {
				person := i % n
				seat := civic.Seat{Role: civic.OfficeClerk, Unit: fmt.Sprintf("unit-%d", person%500)}
				c := civic.Case{Procedure: civic.AccessProcedure, State: civic.Submitted, Unit: "cz-health", Applicant: "somebody"}
				_, err := p.Decide(ctx, civic.Actor{Person: fmt.Sprintf("person-%d", person)}, string(civic.ActDecide), civic.Subject{
					Object: "task", Procedure: c.Procedure, Step: "register", State: c.State, Seat: &seat, Unit: c.Unit, Applicant: c.Applicant, Case: &c})
				if err != nil {
					return nil, fmt.Errorf("the clerk was refused: %w", err)
				}
			}
			if took := time.Since(began) / time.Duration(calls); best == 0 || took < best {
				best = took
			}
		}
		out = append(out, Judged{n, float64(best.Nanoseconds()) / 1000})
	}
	return out, nil
}
