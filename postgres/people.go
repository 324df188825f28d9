package postgres

import (
	"context"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// People lists persons by name, each with the grants in force today.
func (s *Store) People(ctx context.Context, q civic.PersonQuery) ([]civic.PersonRow, error) {
	var w where
	w.and("p.left_at IS NULL")
	if q.Text != "" {
		w.and("(p.name LIKE ? OR p.id LIKE ?)", containing(q.Text), beginning(q.Text))
	}
	switch {
	case q.Role != "":
		w.and(`EXISTS (SELECT FROM role_grant g WHERE g.person = p.id AND g.role = ? AND (?::text = '' OR g.unit = ?) AND g.confirmed_by IS NOT NULL
			AND g.revoked_at IS NULL AND g.valid_from <= city_now() AND (g.valid_until IS NULL OR city_now() < g.valid_until))`, string(q.Role), q.Unit, q.Unit)
	case q.Unit != "":
		w.and("p.unit = ?", q.Unit)
	}
	if q.After != nil {
		w.and("(p.name, p.id) > (?, ?)", q.After.Text, q.After.ID)
	}
	query := `SELECT p.id, p.name, coalesce(p.unit, ''), p.post, p.sample, p.left_at FROM person p WHERE ` + w.String() + ` ORDER BY p.name, p.id LIMIT ` + w.arg(q.Limit)
	list, err := collect(ctx, s.db, "list people", query, w.args, func(scan func(...any) error) (civic.PersonRow, error) {
		var r civic.PersonRow
		return r, scan(&r.ID, &r.Name, &r.Unit, &r.Post, &r.Sample, &r.LeftAt)
	})
	if err != nil {
		return nil, err
	}
	return list, s.seats(ctx, list)
}

// seats adds the grants in force to people.
func (s *Store) seats(ctx context.Context, people []civic.PersonRow) error {
	ids := make([]string, len(people))
	at := map[string]int{}
	for i, p := range people {
		ids[i], at[p.ID] = p.ID, i
	}
	grants, err := s.q.GrantsInForce(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the grants in force: %w", err)
	}
	for _, g := range grants {
		p := &people[at[g.Person]]
		p.Grants = append(p.Grants, grantOf(g))
	}
	return nil
}

func grantOf(g rows.GrantsInForceRow) civic.Grant {
	return civic.Grant{ID: g.ID, Person: g.Person, Role: civic.Role(g.Role), Unit: g.Unit, From: g.ValidFrom, Until: g.ValidUntil,
		GrantedBy: g.GrantedBy, ConfirmedBy: g.ConfirmedBy}
}

// Person is one person with the grants in force today.
func (s *Store) Person(ctx context.Context, id string) (civic.PersonRow, error) {
	r, err := s.q.PersonRow(ctx, id)
	if err != nil {
		return civic.PersonRow{}, fmt.Errorf("read a person: %w", absent(err))
	}
	found := []civic.PersonRow{{Person: civic.Person{ID: r.ID, Name: r.Name, Unit: r.Unit, Post: r.Post, Sample: r.Sample, LeftAt: r.LeftAt}}}
	err = s.seats(ctx, found)
	return found[0], err
}

// Names are the names under person ids; an unknown id is missing.
func (s *Store) Names(ctx context.Context, ids []string) (map[string]string, error) {
	out := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	list, err := s.q.PersonNames(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	for _, r := range list {
		out[r.ID] = r.Name
	}
	return out, nil
}
