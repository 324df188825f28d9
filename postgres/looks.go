package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// The messages that are for workflows, not for people. Each is one page of the parts of a case, and is followed by the next: a
// year may have twenty thousand nominations.
const (
	looks   = "look"    // its case's parts are to look, from the first one on
	looksOn = "look_on" // the parts that come after this one are
)

// lookPage is how many parts look in one transaction, which is open meanwhile: at a few milliseconds each about a second.
const lookPage = 100

// Looks has the parts of one case look at what it has decided about them, by calling look for a page of those that are due, and
// reports whether there was such a message. An error of look has the page come again: a part may be asked twice, never not at all.
func (s *Store) Looks(ctx context.Context, look func(context.Context, CaseRef) error) (bool, error) {
	found := false
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		m, err := q.WaitingLook(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		parts, err := q.DueParts(ctx, rows.DuePartsParams{Whole: &m.Whole, After: m.After, Page: lookPage})
		if err != nil {
			return err
		}
		for _, p := range parts {
			if err := look(ctx, CaseRef{p.ID, civic.Procedure(p.Procedure)}); err != nil {
				return err
			}
		}
		if len(parts) == lookPage {
			last := parts[lookPage-1].ID
			if err := q.SendLook(ctx, rows.SendLookParams{ID: civic.NewID(m.ID, looksOn), Kind: looksOn, CaseID: &last}); err != nil {
				return err
			}
		}
		return q.MessagesSent(ctx, []int64{m.Seq})
	})
	if err != nil {
		return found, fmt.Errorf("have the parts of a case look: %w", err)
	}
	return found, nil
}
