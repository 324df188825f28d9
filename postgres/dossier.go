package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/postgres/rows"
)

// dossier locks the case of an act and reads everything a rule may look at, and the act's first answer if it has one.
func (s *Store) dossier(ctx context.Context, q *rows.Queries, act civic.Act) (d civic.Dossier, first *civic.Outcome, err error) {
	id := act.Case
	row, err := q.LockCase(ctx, id)
	if err != nil {
		return d, nil, fmt.Errorf("lock case %s: %w", id, absent(err))
	}
	if d.Case, err = caseOf(row); err != nil {
		return d, nil, err
	}
	d.Now = row.Now // the record's clock, not this host's
	if d.Case.Procedure == civic.AccessProcedure {
		err = json.Unmarshal(row.Form, &d.Request)
	} else {
		d.Matter, err = civic.ReadMatter(d.Case.Procedure, row.Form)
	}
	if err != nil {
		return d, nil, fmt.Errorf("read the form of case %s: %w", id, err)
	}
	if first, err = s.standing(ctx, q, &d, act); err != nil {
		return d, nil, err
	}
	if err := s.ruled(ctx, q, &d); err != nil {
		return d, nil, err
	}
	return d, first, s.rules(ctx, &d)
}

// caseOf reads a case row.
func caseOf(r rows.LockCaseRow) (civic.Case, error) {
	c := civic.Case{
		ID: r.ID, Seq: r.Seq, Number: r.Number, Procedure: civic.Procedure(r.Procedure), Route: civic.Route(r.Route), Title: r.Title, Unit: r.Unit,
		Applicant: r.Applicant, State: civic.State(r.State), Version: int(r.Version), Round: int(r.Round), DueAt: r.DueAt, ActsAt: r.ActsAt,
		Deadline: r.Deadline, PausedAt: r.PausedAt, RulesAt: r.RulesAt, Calendar: int(r.Calendar), CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, ClosedAt: r.ClosedAt,
		Parent: r.Parent,
	}
	if err := json.Unmarshal(r.NextSeats, &c.NextSeats); err != nil {
		return c, fmt.Errorf("read the seats of case %s: %w", r.ID, err)
	}
	return c, nil
}

func tasksOf(ctx context.Context, q *rows.Queries, id string) ([]civic.Task, error) {
	list, err := q.CaseTasks(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read the tasks of case %s: %w", id, err)
	}
	out := make([]civic.Task, len(list))
	for i, r := range list {
		out[i] = civic.Task{
			ID: r.ID, Case: r.CaseID, Step: r.Step, Seat: civic.Seat{Role: civic.Role(r.Role), Unit: r.Unit, Person: r.Person}, Round: int(r.Round),
			State: civic.TaskState(r.State), Outcome: r.Outcome, ClaimedBy: r.ClaimedBy, ReadAt: r.ReadAt, OpenedAt: r.OpenedAt, OpenedBy: r.OpenedBy,
			Term: int(r.Term), DueAt: r.DueAt, RemindAt: r.RemindAt, Reminded: int(r.Reminded), Escalated: r.Escalated, Urged: int(r.Urged),
			Returns: text(r.Returns), EndedAt: r.EndedAt, EndedBy: text(r.EndedBy), Person: r.AnsweredBy, Principal: r.Principal, Automatic: r.Automatic,
			VoidReason: r.VoidReason, Added: r.Added,
		}
	}
	return out, nil
}

// standing reads what hangs on the case, and the act's first answer.
func (s *Store) standing(ctx context.Context, q *rows.Queries, d *civic.Dossier, act civic.Act) (*civic.Outcome, error) {
	row, err := q.Standing(ctx, rows.StandingParams{CaseID: d.Case.ID, Actor: act.Actor, Key: act.Key})
	if err != nil {
		return nil, fmt.Errorf("read what hangs on case %s: %w", d.Case.ID, err)
	}
	if d.Tasks, err = tasksIn(row.Tasks); err != nil {
		return nil, err
	}
	var pauses []struct {
		From  time.Time  `json:"from_at"`
		Until *time.Time `json:"until"`
		Why   string     `json:"why"`
	}
	var held []movementRow
	if err := errors.Join(json.Unmarshal(row.Pauses, &pauses), json.Unmarshal(row.Held, &held)); err != nil {
		return nil, fmt.Errorf("read what hangs on case %s: %w", d.Case.ID, err)
	}
	for _, p := range pauses {
		d.Pauses = append(d.Pauses, civic.Pause{From: p.From, Until: p.Until, Why: p.Why})
	}
	for _, m := range held {
		d.Held = append(d.Held, civic.Holding{Left: m.Amount - m.Resolved, Movement: civic.Movement{
			ID: m.ID, Line: m.Line, Kind: m.Kind, Parent: m.Parent, Case: d.Case.ID, Act: m.Act, Amount: m.Amount, At: m.At}})
	}
	return answerIn(row.Answers)
}

// movementRow is a row of movement as the database writes it in JSON.
type movementRow struct {
	ID       string             `json:"id"`
	Line     string             `json:"line"`
	Kind     civic.MovementKind `json:"kind"`
	Parent   string             `json:"parent"`
	Act      string             `json:"act"`
	Amount   money.Fen          `json:"amount"`
	Resolved money.Fen          `json:"resolved"`
	At       time.Time          `json:"at"`
}

// ruled reads what the later states of a case need: its ruling, objections, entry.
func (s *Store) ruled(ctx context.Context, q *rows.Queries, d *civic.Dossier) error {
	id := d.Case.ID
	switch d.Case.State {
	case civic.Deliberation, civic.Decided, civic.Publicity, civic.Objected, civic.Issuing, civic.InForce, civic.Suspended:
	default:
		return nil
	}
	rulings, err := q.Rulings(ctx, id)
	if err != nil {
		return fmt.Errorf("read the rulings of case %s: %w", id, err)
	}
	if n := len(rulings); n > 0 {
		d.Ruling = new(civic.Ruling)
		if err := json.Unmarshal(rulings[n-1], d.Ruling); err != nil {
			return fmt.Errorf("read the ruling of case %s: %w", id, err)
		}
	}
	objections, err := q.Objections(ctx, id)
	if err != nil {
		return fmt.Errorf("read the objections to case %s: %w", id, err)
	}
	for _, o := range objections {
		d.Objects = append(d.Objects, civic.Objection{ID: o.ID, Text: o.Text, Contact: o.Contact, By: o.By, Task: o.TaskID, Result: o.Result, At: o.At})
	}
	entry, err := q.EntryOfCase(ctx, &id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("read the entry of case %s: %w", id, err)
	}
	e := entryOf(entry)
	d.Entry = &e
	return nil
}

// entryOf reads a line of a list.
func entryOf(r rows.EntryLine) civic.Entry {
	e := civic.Entry{
		ID: r.ID, List: civic.List(r.List), Category: civic.Category(r.Category), Name: r.Name, NameEn: r.NameEn, Parent: text(r.Parent), Unit: text(r.Unit),
		Case: text(r.CaseID), Clearance: r.Clearance, MergedInto: r.MergedInto, From: r.FromAt, Until: until(r.Until), Suspended: r.Suspended, Amount: r.Amount,
		Source: r.Source, Note: r.Note,
	}
	if r.Mark != nil {
		e.Document = documentNumber(*r.Mark, int(r.DocYear.Int32), r.DocNumber.Int64)
	}
	return e
}

// documentNumber writes a document number with its hexagonal brackets, as GB/T 9704-2012 has it.
func documentNumber(mark string, year int, number int64) string {
	return fmt.Sprintf("%s〔%d〕%d号", mark, year, number)
}

// rules gives the dossier its parameters and its calendar.
func (s *Store) rules(ctx context.Context, d *civic.Dossier) error {
	parameters, err := s.parameters(ctx)
	if err != nil {
		return err
	}
	at := d.Case.RulesAt
	if d.Case.State == civic.Draft {
		at = d.Now
	}
	d.Rules = civic.RulesAt(parameters, at)
	d.Calendar, err = s.calendar(ctx, 0)
	return err
}
