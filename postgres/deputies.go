package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

func scanDeputy(scan func(...any) error) (civic.Deputy, error) {
	var d civic.Deputy
	return d, scan(&d.ID, &d.Principal, &d.Person, &d.From, &d.Until, &d.EndedAt)
}

// DeputyList lists deputyships, the latest to begin first: all, or those in which the person is principal or deputy.
func (s *Store) DeputyList(ctx context.Context, scope civic.Scope, window civic.Window) ([]civic.Deputy, error) {
	var w where
	w.personScope(scope, "(d.person = ? OR d.principal = ?)", scope.Person)
	if window.After != nil {
		w.and("(d.valid_from, d.id) < (?, ?::uuid)", window.After.At, cursorID(window.After))
	}
	query := `SELECT d.id, d.principal, d.person, d.valid_from, d.valid_until, d.ended_at FROM deputy d WHERE ` + w.String() +
		` ORDER BY d.valid_from DESC, d.id DESC LIMIT ` + w.arg(window.Limit)
	return collect(ctx, s.db, "list deputies", query, w.args, scanDeputy)
}

// DeputyByID is one deputyship.
func (s *Store) DeputyByID(ctx context.Context, id string) (civic.Deputy, error) {
	return deputyRow(ctx, s.q, id)
}

func deputyRow(ctx context.Context, q *rows.Queries, id string) (civic.Deputy, error) {
	if !isID(id) {
		return civic.Deputy{}, civic.ErrNotFound()
	}
	r, err := q.DeputyRow(ctx, id)
	if err != nil {
		return civic.Deputy{}, fmt.Errorf("read a deputyship: %w", absent(err))
	}
	return civic.Deputy{ID: r.ID, Principal: r.Principal, Person: r.Person, From: r.ValidFrom, Until: r.ValidUntil, EndedAt: r.EndedAt}, nil
}

// NameDeputy names who stands in for somebody. A principal has one deputy at a time.
func (s *Store) NameDeputy(ctx context.Context, deed civic.Deed, n civic.NewDeputy) (civic.Deputy, error) {
	d := civic.Deputy{ID: civic.NewID("deputy", deed.ID), Principal: n.Principal, Person: n.Person, Until: n.Until}
	note(&deed, "deputy", d.ID)
	note(&deed, "person", n.Person)
	note(&deed, "principal", n.Principal)
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Deputy, error) {
		p := rows.InsertDeputyParams{ID: d.ID, Principal: n.Principal, Person: n.Person, ValidUntil: n.Until}
		if !n.From.IsZero() {
			p.ValidFrom = &n.From
		}
		var err error
		d.From, err = q.InsertDeputy(ctx, p)
		if refusal := deputyRefusal(constraint(err)); refusal != nil {
			return d, refusal
		}
		if err != nil {
			return d, fmt.Errorf("name a deputy: %w", err)
		}
		return d, nil
	})
}

// deputyRefusal puts what the schema refused into words, nil when it is not about deputies.
func deputyRefusal(constraint string) *civic.Error {
	switch constraint {
	case "deputy_principal_fkey":
		return civic.Refuse(civic.Invalid, "no_such_person", "没有这个人员。", "There is no such person.").At("principal")
	case "deputy_person_fkey":
		return civic.Refuse(civic.Invalid, "no_such_person", "没有这个人员。", "There is no such person.").At("person")
	case "deputy_principal_tstzrange_excl":
		return civic.Refuse(civic.Conflict, "deputy_overlaps", "同一时期已有代理人，请先结束原代理。", "There is a deputy in that time already; end that deputyship first.").At("from")
	case "deputy_check":
		return civic.Refuse(civic.Invalid, "bad_date", "终止日期应晚于生效日期。", "It must end after it begins.").At("until")
	case "deputy_check1":
		return civic.Refuse(civic.Invalid, "no_such_person", "代理人不能是本人。", "Nobody stands in for themselves.").At("person")
	}
	return nil
}

// EndDeputy ends a deputyship at once.
func (s *Store) EndDeputy(ctx context.Context, deed civic.Deed, id string) (civic.Deputy, error) {
	if !isID(id) {
		return civic.Deputy{}, civic.ErrNotFound()
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Deputy, error) {
		d, err := deputyRow(ctx, q, id)
		if err != nil {
			return d, err
		}
		d.EndedAt, err = q.EndDeputy(ctx, id)
		if errors.Is(err, sql.ErrNoRows) {
			return d, civic.Refuse(civic.Conflict, "deputy_over", "代理已结束。", "The deputyship is over.")
		}
		if err != nil {
			return d, fmt.Errorf("end deputyship %s: %w", id, err)
		}
		return d, nil
	})
}
