package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// document gives the act's document its number.
func (w *writing) document(ctx context.Context) error {
	if w.fx.Document == nil {
		return nil
	}
	_, _, _, err := w.take(ctx, *w.fx.Document)
	return err
}

// take takes the next number under a unit's mark for a document of the case: the number is gone only with this transaction.
func (w *writing) take(ctx context.Context, want civic.Document) (unit civic.Unit, year int, n int64, err error) {
	unit, ok := w.atlas.UnitAt(want.Unit, w.d.Now)
	if !ok || unit.Mark == "" {
		return unit, 0, 0, fmt.Errorf("issue a document of case %s: unit %s has no document mark", w.d.Case.ID, want.Unit)
	}
	year = workday.DateOf(w.d.Now).Year
	n, err = w.q.NextNumber(ctx, rows.NextNumberParams{Name: "document " + unit.Mark, Year: int32(year)})
	if err != nil {
		return unit, 0, 0, fmt.Errorf("number the document: %w", err)
	}
	err = w.q.InsertDocument(ctx, rows.InsertDocumentParams{Mark: unit.Mark, Year: int32(year), Number: n, Unit: unit.Key, CaseID: &w.d.Case.ID, Act: w.act.ID,
		Title: want.Title, IssuedAt: w.d.Now})
	if err != nil {
		return unit, 0, 0, fmt.Errorf("record the document: %w", err)
	}
	w.doc = documentNumber(unit.Mark, year, n)
	return unit, year, n, nil
}

// issue takes the document number and puts the item on its list, with its children, communities and money.
func (w *writing) issue(ctx context.Context) error {
	want := w.fx.Issue
	if want == nil {
		return nil
	}
	unit, year, n, err := w.take(ctx, civic.Document{Unit: want.Unit, Title: "关于准入“" + w.d.Request.Name + "”的通知"})
	if err != nil {
		return err
	}
	numbered := rows.InsertEntryParams{
		ID: civic.NewID(w.act.ID, "entry"), List: string(civic.Admitted), Unit: &w.d.Case.Unit, CaseID: &w.d.Case.ID, Act: &w.act.ID, Mark: &unit.Mark,
		DocYear: sql.NullInt32{Int32: int32(year), Valid: true}, DocNumber: sql.NullInt64{Int64: n, Valid: true}, FromAt: want.From, Until: &want.Until,
		ZeroCost: w.d.Ruling != nil && w.d.Ruling.ZeroCost, Source: w.doc}
	if err := w.replace(ctx, numbered); err != nil {
		return err
	}
	if err := w.enter(ctx, numbered, want.Shares); err != nil {
		return err
	}
	_, err = w.q.NextListVersion(ctx, rows.NextListVersionParams{List: string(civic.Admitted), Effective: want.From, Act: &w.act.ID, Mark: &unit.Mark,
		DocYear: numbered.DocYear, DocNumber: numbered.DocNumber, PublishedBy: w.act.Actor})
	if err != nil {
		return fmt.Errorf("publish the list: %w", err)
	}
	return nil
}

// replace ends the item that a change or a renewal takes the place of.
func (w *writing) replace(ctx context.Context, by rows.InsertEntryParams) error {
	old := w.d.Request.Replaces
	if w.d.Request.Purpose == civic.NewItem || !isID(old) {
		return nil
	}
	if _, err := w.q.EndEntries(ctx, rows.EndEntriesParams{ID: old, Ends: by.FromAt, Why: "replaced"}); err != nil {
		return fmt.Errorf("end the replaced item: %w", err)
	}
	if err := w.q.BringEndForward(ctx, rows.BringEndForwardParams{ID: old, Ends: by.FromAt}); err != nil {
		return fmt.Errorf("end the case of the replaced item: %w", err)
	}
	return nil
}

// enter writes the item and its children. A child of the system or sign category also stands on that list.
func (w *writing) enter(ctx context.Context, p rows.InsertEntryParams, shares []civic.Share) error {
	parent := p.ID
	p.Category, p.Name, p.Normal = string(w.d.Request.Category), w.d.Request.Name, names.Normal(w.d.Request.Name)
	r := rows.InsertEntryRegionsParams{EntryID: parent}
	for _, s := range shares {
		p.Amount += int64(s.Amount)
		r.Regions, r.Amounts, r.Units = append(r.Regions, s.Community), append(r.Amounts, int64(s.Amount)), append(r.Units, s.Units)
	}
	if err := w.insertEntry(ctx, p); err != nil {
		return err
	}
	if err := w.q.InsertEntryRegions(ctx, r); err != nil {
		return fmt.Errorf("enter the communities: %w", err)
	}
	for i, c := range w.d.Request.Children {
		child := p
		child.ID, child.Parent, child.Amount = civic.NewID(w.act.ID, "entry", fmt.Sprint(i)), &parent, 0
		child.Category, child.Name, child.Normal = string(c.Category), c.Name, names.Normal(c.Name)
		if err := w.insertEntry(ctx, child); err != nil {
			return err
		}
	}
	return nil
}

func (w *writing) insertEntry(ctx context.Context, p rows.InsertEntryParams) error {
	err := w.q.InsertEntry(ctx, p)
	if sqlState(err) == "23P01" {
		return civic.Refuse(civic.Conflict, "already_admitted", "目录中已有同名事项“"+p.Name+"”在同一时期生效。",
			"The catalogue already has “"+p.Name+"” in force at that time.").By("entry_list_normal_valid_excl").With("name", p.Name)
	}
	if err != nil {
		return fmt.Errorf("enter %s: %w", p.List, err)
	}
	return nil
}

// entry ends, suspends or reinstates the case's item with everything that came with it, at the stated instant.
func (w *writing) entry(ctx context.Context) error {
	change := w.fx.Entry
	if change == nil {
		return nil
	}
	if w.d.Entry == nil {
		return fmt.Errorf("case %s has no entry", w.d.Case.ID)
	}
	id := w.d.Entry.ID
	var err error
	switch {
	case change.Ends != nil:
		_, err = w.q.EndEntries(ctx, rows.EndEntriesParams{ID: id, Ends: *change.Ends, Why: change.Why})
	case change.Suspend != nil:
		err = w.q.SuspendEntry(ctx, rows.SuspendEntryParams{ID: id, FromAt: *change.Suspend, Why: change.Why, Act: w.act.ID})
	case change.Reinstate != nil:
		_, err = w.q.ReinstateEntry(ctx, rows.ReinstateEntryParams{ID: id, At: *change.Reinstate})
	}
	if err != nil {
		return fmt.Errorf("change entry %s: %w", id, err)
	}
	return nil
}

// block puts a refused name on the negative list.
func (w *writing) block(ctx context.Context) error {
	if !w.fx.Block {
		return nil
	}
	err := w.insertEntry(ctx, rows.InsertEntryParams{
		ID: civic.NewID(w.act.ID, "blocked"), List: string(civic.Negative), Category: string(w.d.Request.Category), Name: w.d.Request.Name,
		Normal: names.Normal(w.d.Request.Name), Unit: &w.d.Case.Unit, CaseID: &w.d.Case.ID, Act: &w.act.ID, FromAt: w.d.Now,
		Source: w.d.Case.Number})
	if err != nil {
		return err
	}
	_, err = w.q.NextListVersion(ctx, rows.NextListVersionParams{List: string(civic.Negative), Effective: w.d.Now, Act: &w.act.ID, PublishedBy: w.act.Actor})
	if err != nil {
		return fmt.Errorf("publish the list: %w", err)
	}
	return nil
}
