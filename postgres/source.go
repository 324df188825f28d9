package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
)

// Grants are all grants, for whoever decides on permissions. It counts only those that are in force when it decides. A grant
// ends with its unit, and whoever sits in the unit that took over also answers for what was the old one's: the same grant
// is there once more, for the old unit, from the day of the succession on.
func (s *Store) Grants(ctx context.Context) ([]civic.Grant, error) {
	list, err := s.q.AllGrants(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the grants: %w", err)
	}
	s.forget() // whoever asks has heard of a change: what was read before it is no use
	atlas, err := s.atlas(ctx)
	if err != nil {
		return nil, err
	}
	inherited := atlas.Inherited()
	out := make([]civic.Grant, 0, len(list))
	for _, g := range list {
		grant := civic.Grant{ID: g.ID, Person: g.Person, Role: civic.Role(g.Role), Unit: g.Unit, From: g.ValidFrom, Until: g.ValidUntil,
			GrantedBy: g.GrantedBy, ConfirmedBy: g.ConfirmedBy, RevokedAt: g.RevokedAt, RevokedBy: g.RevokedBy}
		if u, ok := atlas.Unit(g.Unit); ok && u.ValidUntil != nil && (grant.Until == nil || u.ValidUntil.Before(*grant.Until)) {
			grant.Until = u.ValidUntil
		}
		out = append(out, grant)
		for _, h := range inherited[g.Unit] {
			old := grant
			old.Unit = h.From
			if h.On.After(old.From) {
				old.From = h.On
			}
			out = append(out, old)
		}
	}
	return out, nil
}

// Deputies are all deputies that were ever named.
func (s *Store) Deputies(ctx context.Context) ([]civic.Deputy, error) {
	list, err := s.q.AllDeputies(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the deputies: %w", err)
	}
	out := make([]civic.Deputy, len(list))
	for i, d := range list {
		out[i] = civic.Deputy{ID: d.ID, Principal: d.Principal, Person: d.Person, From: d.ValidFrom, Until: d.ValidUntil, EndedAt: d.EndedAt}
	}
	return out, nil
}

// Listen calls f with the payload of every notification on the channel until ctx ends, and with "" after a reconnection,
// when any may have been missed: notifications are hints, the tables are the truth.
func Listen(ctx context.Context, dsn, channel string, f func(payload string)) error {
	l := pq.NewListener(dsn, 200*time.Millisecond, 10*time.Second, nil)
	defer l.Close()
	if err := l.Listen(channel); err != nil {
		return fmt.Errorf("listen on %s: %w", channel, err)
	}
	f("")
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-l.Notify:
			if n == nil { // reconnected
				f("")
				continue
			}
			f(n.Extra)
		case <-time.After(time.Minute):
			if err := l.Ping(); err != nil {
				continue // it reconnects by itself
			}
		}
	}
}
