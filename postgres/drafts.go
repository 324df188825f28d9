package postgres

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/postgres/rows"
)

// CreateDraft begins a case without a number: its form, its first revision, its unit as the one party.
func (s *Store) CreateDraft(ctx context.Context, deed civic.Deed, unit string, form civic.AccessRequest) (civic.DraftMade, error) {
	return s.begin(ctx, deed, civic.NewCase{Procedure: civic.AccessProcedure, Unit: unit}, civic.Discretionary, form.Name, form)
}

// OpenCase begins a case of a procedure other than admission, without a number.
func (s *Store) OpenCase(ctx context.Context, deed civic.Deed, c civic.NewCase) (civic.DraftMade, error) {
	return s.begin(ctx, deed, c, "", c.Matter.Title(), c.Matter)
}

func (s *Store) begin(ctx context.Context, deed civic.Deed, c civic.NewCase, route civic.Route, title string, form any) (civic.DraftMade, error) {
	calendar, err := s.calendar(ctx, 0)
	if err != nil {
		return civic.DraftMade{}, err
	}
	id := cmp.Or(c.ID, civic.NewID("case", deed.ID))
	deed.Case = id
	return perform(ctx, s, deed, func(tx *sql.Tx, q *rows.Queries) (civic.DraftMade, error) {
		made := civic.DraftMade{Revision: 1}
		body, err := json.Marshal(form)
		if err != nil {
			return made, fmt.Errorf("write the form: %w", err)
		}
		row, err := q.InsertCase(ctx, rows.InsertCaseParams{ID: id, Procedure: string(c.Procedure), Route: string(route), Title: title, Parent: stored(c.Parent),
			Unit: c.Unit, Applicant: deed.Actor.Person, Calendar: int4(calendar.Version()), Grams: civic.TitleGrams(title)})
		if errors.Is(err, sql.ErrNoRows) { // a case that is a fact, like a year, is begun once
			return made, civic.Refuse(civic.Conflict, "already_begun", "该事项已建立。", "This case has already been begun.").With("case", id)
		}
		if constraint(err) == "cases_unit_fkey" {
			return made, civic.Refuse(civic.Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
		}
		if err != nil {
			return made, fmt.Errorf("begin a case: %w", err)
		}
		if err := q.InsertRequest(ctx, rows.InsertRequestParams{CaseID: id, Form: body, Normal: names.Normal(title)}); err != nil {
			return made, fmt.Errorf("keep the form: %w", err)
		}
		if err := q.InsertRevision(ctx, rows.InsertRevisionParams{CaseID: id, Revision: 1, Form: body, SavedBy: deed.Actor.Person}); err != nil {
			return made, fmt.Errorf("keep the first revision: %w", err)
		}
		for _, party := range append([]string{c.Unit}, c.Parties...) {
			if err := q.AddParty(ctx, rows.AddPartyParams{Unit: party, CaseID: id, Seq: row.Seq}); err != nil {
				return made, fmt.Errorf("note the party: %w", err)
			}
		}
		made.Case, err = scanCase(tx.QueryRowContext(ctx, `SELECT `+caseColumns+` FROM cases c WHERE c.id = $1`, id).Scan)
		return made, err
	})
}

// SaveForm saves a form if its revision is still the one that was seen. Whoever has saved the very same as that next
// revision, and lost the answer, hears it again.
func (s *Store) SaveForm(ctx context.Context, deed civic.Deed, caseID string, seen int, form civic.AccessRequest) (int, error) {
	return s.save(ctx, deed, caseID, seen, form.Name, form, func(stored json.RawMessage) (any, error) {
		var was civic.AccessRequest
		err := json.Unmarshal(stored, &was)
		return was, err
	})
}

// SaveMatter saves a draft's matter, as SaveForm does a request.
func (s *Store) SaveMatter(ctx context.Context, deed civic.Deed, p civic.Procedure, caseID string, seen int, m civic.Matter) (int, error) {
	return s.save(ctx, deed, caseID, seen, m.Title(), m, func(stored json.RawMessage) (any, error) {
		return civic.ReadMatter(p, stored)
	})
}

func (s *Store) save(ctx context.Context, deed civic.Deed, caseID string, seen int, title string, form any, read func(json.RawMessage) (any, error)) (int, error) {
	body, err := json.Marshal(form)
	if err != nil {
		return 0, fmt.Errorf("write the form: %w", err)
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (int, error) {
		now, err := q.DraftForSaving(ctx, caseID)
		if err != nil {
			return 0, fmt.Errorf("lock case %s: %w", caseID, absent(err))
		}
		state, revision := civic.State(now.State), int(now.Revision)
		by, err := q.RevisionSavedBy(ctx, rows.RevisionSavedByParams{CaseID: caseID, Revision: now.Revision})
		if err != nil {
			return 0, fmt.Errorf("read who saved case %s: %w", caseID, err)
		}
		switch {
		case state != civic.Draft && state != civic.Returned:
			return 0, civic.Refuse(civic.Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", now.State)
		case sameForm(now.Form, body, read) && (revision == seen || revision == seen+1 && by == deed.Actor.Person):
			return revision, nil
		case revision != seen:
			return 0, civic.Refuse(civic.Stale, "stale", "页面内容已过时，请刷新后再操作。", "Somebody has saved another revision since you looked; look again.").
				With("seen", seen).With("current", revision)
		}
		deed.Detail["revision"] = revision + 1
		err = saveForm(ctx, q, deed.Actor.Person, caseID, seen, title, body)
		if err != nil || state != civic.Draft { // a submitted case gets its new name when the correction is handed in
			return revision + 1, err
		}
		return revision + 1, nameCase(ctx, q, caseID, title)
	})
}

func saveForm(ctx context.Context, q *rows.Queries, by, caseID string, seen int, title string, body []byte) error {
	n, err := q.SaveForm(ctx, rows.SaveFormParams{CaseID: caseID, Form: body, Normal: names.Normal(title), Revision: int4(seen)})
	if err != nil {
		return fmt.Errorf("save the form: %w", err)
	}
	if n != 1 { // the case is locked; only a bug gets here
		return fmt.Errorf("save the form of case %s: revision %d is gone", caseID, seen)
	}
	if err := q.InsertRevision(ctx, rows.InsertRevisionParams{CaseID: caseID, Revision: int4(seen + 1), Form: body, SavedBy: by}); err != nil {
		return fmt.Errorf("keep the revision: %w", err)
	}
	return nil
}

// nameCase gives a case its title and what it is found by.
func nameCase(ctx context.Context, q *rows.Queries, caseID, name string) error {
	n, err := q.SaveTitle(ctx, rows.SaveTitleParams{ID: caseID, Title: name, Grams: civic.TitleGrams(name)})
	if err != nil || n != 1 {
		return errors.Join(err, oneRow("name the case", n))
	}
	return nil
}

// oneRow turns a statement that met another number of rows into an error.
func oneRow(what string, n int64) error {
	if n == 1 {
		return nil
	}
	return fmt.Errorf("%s: %d rows", what, n)
}

// sameForm compares a stored form with one that came: by what they say, not by how the database spaces it.
func sameForm(stored json.RawMessage, body []byte, read func(json.RawMessage) (any, error)) bool {
	was, err := read(stored)
	if err != nil {
		return false
	}
	again, err := json.Marshal(was)
	return err == nil && bytes.Equal(again, body)
}

// DiscardDraft removes a case that has no number, with everything that hangs on it. The database keeps what has one.
func (s *Store) DiscardDraft(ctx context.Context, deed civic.Deed, caseID string) error {
	_, err := perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (struct{}, error) {
		now, err := q.DraftForSaving(ctx, caseID)
		if err != nil {
			return struct{}{}, fmt.Errorf("lock case %s: %w", caseID, absent(err))
		}
		if civic.State(now.State) != civic.Draft {
			return struct{}{}, civic.Refuse(civic.Conflict, "not_a_draft", "申请已提交，只能撤回。", "The request has been submitted; it can only be withdrawn.").With("state", now.State)
		}
		for _, drop := range []func(context.Context, string) error{q.DropAttachments, q.DropReaders, q.DropParties, q.DropRevisions, q.DropRequest} {
			if err := drop(ctx, caseID); err != nil {
				return struct{}{}, fmt.Errorf("discard case %s: %w", caseID, err)
			}
		}
		n, err := q.DropDraft(ctx, caseID)
		if err != nil {
			return struct{}{}, fmt.Errorf("discard case %s: %w", caseID, err)
		}
		return struct{}{}, oneRow("discard the case", n)
	})
	return err
}

// Facts are what a form of a unit is compared with today.
func (s *Store) Facts(ctx context.Context, caseID, unit string, form civic.AccessRequest) (civic.FormFacts, error) {
	atlas, err := s.atlas(ctx)
	if err != nil {
		return civic.FormFacts{}, err
	}
	return s.facts(ctx, s.q, caseID, unit, form, s.Now(), atlas)
}

// Revisions are all saved states of a form, oldest first.
func (s *Store) Revisions(ctx context.Context, caseID string) ([]civic.SavedForm, error) {
	list, err := s.q.SavedForms(ctx, caseID)
	if err != nil {
		return nil, fmt.Errorf("read the revisions of case %s: %w", caseID, err)
	}
	out := make([]civic.SavedForm, len(list))
	for i, r := range list {
		out[i] = civic.SavedForm{Revision: int(r.Revision), By: r.SavedBy, At: r.SavedAt}
		if err := json.Unmarshal(r.Form, &out[i].Form); err != nil {
			return nil, fmt.Errorf("read revision %d of case %s: %w", r.Revision, caseID, err)
		}
	}
	return out, nil
}
