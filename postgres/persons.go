package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// CreatePerson adds a person.
func (s *Store) CreatePerson(ctx context.Context, deed civic.Deed, n civic.NewPerson) (civic.Person, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Person, error) {
		p := civic.Person{ID: n.ID, Name: n.Name, Unit: n.Unit, Post: n.Post}
		err := q.InsertPerson(ctx, rows.InsertPersonParams{ID: n.ID, Name: n.Name, Unit: stored(n.Unit), Post: n.Post})
		if constraint(err) == "person_pkey" {
			return p, civic.Refuse(civic.Conflict, "person_taken", "该人员编号已属于他人。", "This id belongs to somebody else.").At("id")
		}
		if err != nil {
			return p, fmt.Errorf("add person %s: %w", n.ID, err)
		}
		return p, nil
	})
}

// onPersonRow performs a deed on a person who has not left, whom it locks.
func (s *Store) onPersonRow(ctx context.Context, deed civic.Deed, id string, do func(q *rows.Queries, r rows.LockPersonRow) (civic.Person, error)) (civic.Person, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Person, error) {
		r, err := q.LockPerson(ctx, id)
		if err != nil {
			return civic.Person{}, fmt.Errorf("lock person %s: %w", id, absent(err))
		}
		if r.LeftAt != nil {
			return civic.Person{}, civic.Refuse(civic.Conflict, "has_left", "该人员已离任。", "This person has left.")
		}
		return do(q, r)
	})
}

// ChangePerson keeps what the person was and takes what they are from now on.
func (s *Store) ChangePerson(ctx context.Context, deed civic.Deed, id string, c civic.PersonChange) (civic.Person, error) {
	note(&deed, "source", c.Source)
	return s.onPersonRow(ctx, deed, id, func(q *rows.Queries, r rows.LockPersonRow) (civic.Person, error) {
		p := civic.Person{ID: id, Name: c.Name, Unit: c.Unit, Post: c.Post, Sample: r.Sample}
		err := q.InsertPersonPast(ctx, rows.InsertPersonPastParams{Person: id, Name: r.Name, Unit: stored(r.Unit), Post: r.Post, Until: r.Now, ChangedBy: deed.Actor.Person})
		if err != nil {
			return p, fmt.Errorf("keep what person %s was: %w", id, err)
		}
		if err := q.ChangePerson(ctx, rows.ChangePersonParams{ID: id, Name: c.Name, Unit: stored(c.Unit), Post: c.Post}); err != nil {
			return p, fmt.Errorf("change person %s: %w", id, err)
		}
		return p, nil
	})
}

// EndPerson lets a person leave: no account of theirs signs in any more. Offices are taken away by the security
// administrator first, so that no seat is empty without anybody knowing.
func (s *Store) EndPerson(ctx context.Context, deed civic.Deed, id, reason string) (civic.Person, error) {
	note(&deed, "reason", reason)
	return s.onPersonRow(ctx, deed, id, func(q *rows.Queries, r rows.LockPersonRow) (civic.Person, error) {
		p := civic.Person{ID: id, Name: r.Name, Unit: r.Unit, Post: r.Post, Sample: r.Sample, LeftAt: &r.Now}
		has, err := q.PersonHas(ctx, id)
		if err != nil {
			return p, fmt.Errorf("read what person %s holds: %w", id, err)
		}
		if has.Grants+has.Deputies+has.Claims > 0 {
			return p, civic.Refuse(civic.Conflict, "still_in_office",
				fmt.Sprintf("该人员尚有岗位授权 %d 项、代理 %d 项、已签收任务 %d 件，请先撤销或移交。", has.Grants, has.Deputies, has.Claims),
				fmt.Sprintf("This person still holds %d grants and %d deputyships, and has claimed %d tasks; settle those first.", has.Grants, has.Deputies, has.Claims)).
				By("people.no_loose_ends").With("grants", has.Grants).With("deputies", has.Deputies).With("claimed", has.Claims)
		}
		if err := q.PersonLeaves(ctx, rows.PersonLeavesParams{ID: id, At: &r.Now}); err != nil {
			return p, fmt.Errorf("let person %s leave: %w", id, err)
		}
		if err := q.DisableAccountsOf(ctx, id); err != nil {
			return p, fmt.Errorf("disable the accounts of %s: %w", id, err)
		}
		if err := q.EndSessionsOf(ctx, id); err != nil {
			return p, fmt.Errorf("end the sessions of %s: %w", id, err)
		}
		return p, nil
	})
}
