package policies

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

var today = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)

// register is a source that tests can write to.
type register struct {
	mu       sync.Mutex
	grants   []civic.Grant
	deputies []civic.Deputy
	fault    error
}

func (r *register) Grants(context.Context) ([]civic.Grant, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]civic.Grant(nil), r.grants...), r.fault
}

func (r *register) Deputies(context.Context) ([]civic.Deputy, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]civic.Deputy(nil), r.deputies...), r.fault
}

func (r *register) set(fault error, grants ...civic.Grant) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.grants, r.fault = grants, fault
}

// grant makes a grant in force.
func grant(person string, role civic.Role, unit string) civic.Grant {
	return civic.Grant{
		ID: "g." + person + "." + string(role) + "." + unit, Person: person, Role: role, Unit: unit,
		From: today.AddDate(-1, 0, 0), GrantedBy: "sec-1", ConfirmedBy: "sec-2",
	}
}

// standIn makes a deputyship in force.
func standIn(person, principal string) civic.Deputy {
	return civic.Deputy{ID: "d." + person + "." + principal, Principal: principal, Person: person, From: today.AddDate(0, 0, -1), Until: today.AddDate(0, 0, 7)}
}

// among makes policies over these grants and deputyships, with the clock at today.
func among(t testing.TB, things ...any) *Policies {
	t.Helper()
	r := &register{}
	for _, thing := range things {
		switch v := thing.(type) {
		case civic.Grant:
			r.grants = append(r.grants, v)
		case civic.Deputy:
			r.deputies = append(r.deputies, v)
		default:
			t.Fatalf("neither grant nor deputy: %T", thing)
		}
	}
	p, err := New(t.Context(), r, Options{Now: func() time.Time { return today }})
	require.NoError(t, err)
	return p
}

// over makes policies of one reading, with the clocks at today.
func over(s *snapshot) *Policies {
	clock := func() time.Time { return today }
	p := &Policies{options: Options{Now: clock, City: clock, Grace: time.Minute}}
	p.current.Store(s)
	return p
}

func actor(person string) civic.Actor { return civic.Actor{Person: person} }

// task is an open task of a case that unit "dept" filed through the person "filer".
func task(step string, seat civic.Seat, done ...civic.Task) civic.Subject {
	d, p := stepOf(step)
	c := &civic.Case{ID: "case-1", Procedure: p, Unit: "dept", Applicant: "filer", State: d.State, Round: 1}
	open := civic.Task{ID: "task-open", Case: c.ID, Step: step, Seat: seat, Round: 1, State: civic.TaskOpen}
	return civic.Subject{
		Object: "task", Procedure: c.Procedure, Step: step, State: d.State, Seat: &seat, Unit: c.Unit, Applicant: c.Applicant,
		Parties: []string{c.Unit, seat.Unit}, Case: c, Tasks: append(done, open),
	}
}

// stepOf finds a step and the first procedure that knows it.
func stepOf(name string) (civic.Step, civic.Procedure) {
	for _, p := range civic.Procedures {
		if s, ok := civic.Definitions[p].Step(name); ok {
			return s, p
		}
	}
	return civic.Step{}, ""
}

// answered is a task that the person has answered, for the principal if one is given.
func answered(step, person, principal string) civic.Task {
	return civic.Task{ID: "task-" + step + "-" + person, Case: "case-1", Step: step, Round: 1, State: civic.TaskDone, Person: person, Principal: principal}
}

// file is the case itself.
func file(state civic.State, parties ...string) civic.Subject {
	c := &civic.Case{ID: "case-1", Procedure: civic.AccessProcedure, Unit: "dept", Applicant: "filer", State: state, Round: 1}
	return civic.Subject{Object: "case", Procedure: c.Procedure, State: state, Unit: c.Unit, Applicant: c.Applicant, Parties: append(parties, c.Unit), Case: c}
}

// refusal is the code with which the act is refused, "" when it is allowed.
func refusal(t testing.TB, p *Policies, person, act string, what civic.Subject) string {
	t.Helper()
	_, err := p.Decide(t.Context(), actor(person), act, what)
	if err == nil {
		return ""
	}
	r := civic.AsRefusal(err)
	require.NotNil(t, r, "internal: %v", err)
	return r.Code
}
