package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/postgres/rows"
)

// world answers a rule's questions in the transaction that will carry its effects.
type world struct {
	ctx   context.Context
	s     *Store
	q     *rows.Queries
	d     *civic.Dossier
	atlas *civic.Atlas
}

func (w world) Unit(key string) (civic.Unit, bool)     { return w.atlas.Unit(key) }
func (w world) Responsible(unit string) string         { return w.atlas.Responsible(unit, w.d.Now) }
func (w world) Region(key string) (civic.Region, bool) { return w.atlas.Region(key) }
func (w world) Above(region string) string             { return w.atlas.Above(region, w.d.Now) }
func (w world) District(region string) string          { return w.atlas.District(region, w.d.Now) }
func (w world) Desk(region string) string              { return w.atlas.Desk(region, w.d.Now) }

func (w world) Holders(role civic.Role, unit string) ([]string, error) {
	out, err := w.q.Holders(w.ctx, rows.HoldersParams{Role: string(role), Unit: unit})
	if err != nil {
		return nil, fmt.Errorf("read who holds %s in %s: %w", role, unit, err)
	}
	return out, nil
}

func (w world) Entry(id string) (civic.Entry, bool, error) {
	if !isID(id) {
		return civic.Entry{}, false, nil
	}
	row, err := w.q.EntryByID(w.ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Entry{}, false, nil
	}
	if err != nil {
		return civic.Entry{}, false, fmt.Errorf("read entry %s: %w", id, err)
	}
	return entryOf(row), true, nil
}

func (w world) Line(id string) (civic.BudgetLine, bool, error) {
	row, err := w.q.Line(w.ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.BudgetLine{}, false, nil
	}
	if err != nil {
		return civic.BudgetLine{}, false, fmt.Errorf("read budget line: %w", err)
	}
	return lineOf(row), true, nil
}

func lineOf(r rows.BudgetLine) civic.BudgetLine {
	return civic.BudgetLine{
		ID: r.ID, Unit: r.Unit, Year: int(r.Year), Subject: r.Subject, Name: r.Name, Closed: r.Closed,
		Appropriated: money.Fen(r.Appropriated), Reserved: money.Fen(r.Reserved), Committed: money.Fen(r.Committed),
		Disbursed: money.Fen(r.Disbursed), Returned: money.Fen(r.Returned),
	}
}

// Facts are what the case's form is compared with today.
func (w world) Facts() (civic.FormFacts, error) {
	return w.s.bareFacts(w.ctx, w.q, w.d.Case.ID, w.d.Case.Unit, w.d.Request, w.d.Now, w.atlas)
}

// facts reads what a form of a unit is compared with, for whoever fills it in. caseID may be "": the dry run has no case.
func (s *Store) facts(ctx context.Context, q *rows.Queries, caseID, unit string, form civic.AccessRequest, now time.Time, atlas *civic.Atlas) (civic.FormFacts, error) {
	f, err := s.bareFacts(ctx, q, caseID, unit, form, now, atlas)
	if err != nil {
		return f, err
	}
	err = s.similar(ctx, form, &f)
	return f, err
}

// bareFacts are the facts that a commit needs: without similar names, which refuse nothing.
func (s *Store) bareFacts(ctx context.Context, q *rows.Queries, caseID, unit string, form civic.AccessRequest, now time.Time, atlas *civic.Atlas) (civic.FormFacts, error) {
	parameters, err := s.parameters(ctx)
	if err != nil {
		return civic.FormFacts{}, err
	}
	calendar, err := s.calendar(ctx, 0)
	if err != nil {
		return civic.FormFacts{}, err
	}
	f := civic.FormFacts{Unit: unit, Rules: civic.RulesAt(parameters, now), Now: now}
	if u, ok := atlas.Unit(unit); ok {
		f.UnitLevel = u.Level
	}
	for i, key := range form.Communities {
		if c, ok := atlas.Region(key); ok && i < civic.MaxCommunities {
			f.Communities = append(f.Communities, c)
		}
	}
	lead, err := f.Rules.Int("admission.lead_time_wd")
	if err != nil {
		return f, err
	}
	f.Earliest, _ = calendar.DueAt(now, lead-1) // the first instant after the lead time's working days
	if err := s.hits(ctx, q, form, &f); err != nil {
		return f, err
	}
	if err := s.cooloff(ctx, q, caseID, unit, form, &f); err != nil {
		return f, err
	}
	if form.Funding.Line == "" {
		return f, nil
	}
	row, err := q.Line(ctx, form.Funding.Line)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	if err != nil {
		return f, fmt.Errorf("read budget line: %w", err)
	}
	line := lineOf(row)
	if caseID != "" { // what the case itself has reserved on the line is free for it
		own, err := q.HeldMoney(ctx, caseID)
		if err != nil {
			return f, fmt.Errorf("read the money of case %s: %w", caseID, err)
		}
		for _, h := range own {
			if h.Line == line.ID && h.Kind == string(civic.Reserve) {
				line.Reserved -= money.Fen(h.Free)
			}
		}
	}
	f.Line = &line
	return f, nil
}

// hits finds the lines of the lists that hold the form's names, however written.
func (s *Store) hits(ctx context.Context, q *rows.Queries, form civic.AccessRequest, f *civic.FormFacts) error {
	normals := []string{names.Normal(form.Name)}
	for _, child := range form.Children {
		normals = append(normals, names.Normal(child.Name))
	}
	same, err := q.EntriesByNormal(ctx, normals)
	if err != nil {
		return fmt.Errorf("compare with the lists: %w", err)
	}
	for _, row := range same {
		hit := civic.Hit{Entry: entryOf(row), Score: 100}
		switch {
		case hit.Entry.List == civic.Negative:
			f.Blocked = append(f.Blocked, hit)
		case row.Normal == normals[0]:
			f.Existing = append(f.Existing, hit)
		}
	}
	return nil
}

// cooloff finds out whether the same item was refused to the same unit not long ago.
func (s *Store) cooloff(ctx context.Context, q *rows.Queries, caseID, unit string, form civic.AccessRequest, f *civic.FormFacts) error {
	id := caseID
	if id == "" {
		id = "00000000-0000-0000-0000-000000000000"
	}
	refused, err := q.LastRefusal(ctx, rows.LastRefusalParams{Normal: names.Normal(form.Name), Unit: unit, ID: id})
	if errors.Is(err, sql.ErrNoRows) || err == nil && refused == nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for earlier refusals: %w", err)
	}
	years, err := f.Rules.Int("admission.cooloff_years")
	if err != nil {
		return err
	}
	end := refused.AddDate(years, 0, 0)
	f.CooloffEnd = &end
	return nil
}
