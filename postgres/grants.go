package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

const grantColumns = `g.id, g.person, g.role, g.unit, g.valid_from, g.valid_until, g.granted_by, coalesce(g.confirmed_by, ''), g.revoked_at,
	coalesce(g.revoked_by, ''), g.granted_at`

func scanGrant(scan func(...any) error) (civic.GrantRow, error) {
	var g civic.GrantRow
	return g, scan(&g.ID, &g.Person, &g.Role, &g.Unit, &g.From, &g.Until, &g.GrantedBy, &g.ConfirmedBy, &g.RevokedAt, &g.RevokedBy, &g.GrantedAt)
}

// GrantList lists grants, the latest proposed first; those that are revoked or over only when they are asked for.
func (s *Store) GrantList(ctx context.Context, q civic.GrantQuery) ([]civic.GrantRow, error) {
	var w where
	w.personScope(q.Scope, "g.person = ?")
	for column, value := range map[string]string{"g.person": q.GrantFilter.Person, "g.unit": q.Unit, "g.role": string(q.Role)} {
		if value != "" {
			w.and(column+" = ?", value)
		}
	}
	if q.Waiting {
		w.and("g.confirmed_by IS NULL AND g.revoked_at IS NULL")
	}
	if !q.Ended {
		w.and("g.revoked_at IS NULL AND (g.valid_until IS NULL OR city_now() < g.valid_until)")
	}
	if q.After != nil {
		w.and("(g.granted_at, g.id) < (?, ?::uuid)", q.After.At, cursorID(q.After))
	}
	query := `SELECT ` + grantColumns + ` FROM role_grant g WHERE ` + w.String() + ` ORDER BY g.granted_at DESC, g.id DESC LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list grants", query, w.args, scanGrant)
}

// personScope compiles a scope to a condition on the persons that a row is about.
func (w *where) personScope(s civic.Scope, condition string, more ...any) {
	switch {
	case s.All:
	case s.Person == "":
		w.and("false")
	default:
		w.and(condition, append([]any{s.Person}, more...)...)
	}
}

// GrantByID is one grant.
func (s *Store) GrantByID(ctx context.Context, id string) (civic.GrantRow, error) {
	if !isID(id) {
		return civic.GrantRow{}, civic.ErrNotFound()
	}
	g, err := scanGrant(s.db.QueryRowContext(ctx, `SELECT `+grantColumns+` FROM role_grant g WHERE g.id = $1`, id).Scan)
	if err != nil {
		return g, fmt.Errorf("read a grant: %w", absent(err))
	}
	return g, nil
}

// ProposeGrant proposes a grant. The schema refuses what one person must not be at the same time.
func (s *Store) ProposeGrant(ctx context.Context, deed civic.Deed, n civic.NewGrant) (civic.Grant, error) {
	g := civic.Grant{ID: civic.NewID("grant", deed.ID), Person: n.Person, Role: n.Role, Unit: n.Unit, Until: n.Until, GrantedBy: deed.Actor.Person}
	noteGrant(&deed, g)
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Grant, error) {
		p := rows.InsertGrantParams{ID: g.ID, Person: n.Person, Role: string(n.Role), Unit: n.Unit, ValidUntil: n.Until, GrantedBy: g.GrantedBy}
		if !n.From.IsZero() {
			p.ValidFrom = &n.From
		}
		var err error
		g.From, err = q.InsertGrant(ctx, p)
		if refusal := grantRefusal(constraint(err)); refusal != nil {
			return g, refusal
		}
		if err != nil {
			return g, fmt.Errorf("propose a grant: %w", err)
		}
		return g, nil
	})
}

func noteGrant(deed *civic.Deed, g civic.Grant) {
	note(deed, "grant", g.ID)
	note(deed, "person", g.Person)
	note(deed, "role", string(g.Role))
	note(deed, "unit", g.Unit)
}

// grantRefusal puts what the schema refused into words, nil when it is not about grants.
func grantRefusal(constraint string) *civic.Error {
	switch constraint {
	case "role_grant_person_fkey":
		return civic.Refuse(civic.Invalid, "no_such_person", "没有这个人员。", "There is no such person.").At("person")
	case "role_grant_unit_fkey":
		return civic.Refuse(civic.Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
	case "role_grant_person_case_tstzrange_excl": // GB/T 22239-2019 8.1.5: three administrators, three people
		return civic.Refuse(civic.Conflict, "three_administrators", "三员分立：系统、安全、审计管理员由不同人员担任，且不得兼任业务岗位。",
			"System, security and audit administrator are three different people, and none of them holds another role.").By("grant.three_administrators").At("role")
	case "role_grant_once":
		return civic.Refuse(civic.Conflict, "already_granted", "该人员在同一时期已有（或已被提议）此岗位。", "This person has this role in that time already, or it is proposed.").At("role")
	case "role_grant_check1", "role_grant_check2":
		return errSecondPerson()
	case "role_grant_check":
		return civic.Refuse(civic.Invalid, "bad_date", "终止日期应晚于生效日期。", "It must end after it begins.").At("until")
	}
	return nil
}

func errSecondPerson() *civic.Error {
	return civic.Refuse(civic.Forbidden, "second_person", "授权须由提议人和被授权人以外的第二人确认。",
		"A grant is confirmed by a second person: neither its proposer nor whom it is for.").By("grant.two_persons")
}

// onGrant performs a deed on one grant, which it locks.
func (s *Store) onGrant(ctx context.Context, deed civic.Deed, id string, do func(q *rows.Queries, g *civic.Grant, over bool) error) (civic.Grant, error) {
	if !isID(id) {
		return civic.Grant{}, civic.ErrNotFound()
	}
	if deed.Detail == nil {
		deed.Detail = map[string]any{}
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Grant, error) {
		r, err := q.LockGrant(ctx, id)
		if err != nil {
			return civic.Grant{}, fmt.Errorf("lock grant %s: %w", id, absent(err))
		}
		g := civic.Grant{ID: r.ID, Person: r.Person, Role: civic.Role(r.Role), Unit: r.Unit, From: r.ValidFrom, Until: r.ValidUntil, GrantedBy: r.GrantedBy,
			ConfirmedBy: r.ConfirmedBy, RevokedAt: r.RevokedAt, RevokedBy: r.RevokedBy}
		noteGrant(&deed, g)
		if g.RevokedAt != nil {
			return g, civic.Refuse(civic.Conflict, "grant_revoked", "该授权已被撤销。", "This grant has been revoked.")
		}
		return g, do(q, &g, r.Over)
	})
}

// ConfirmGrant makes a proposed grant count: a second person answers for it.
func (s *Store) ConfirmGrant(ctx context.Context, deed civic.Deed, id string) (civic.Grant, error) {
	return s.onGrant(ctx, deed, id, func(q *rows.Queries, g *civic.Grant, over bool) error {
		by := deed.Actor.Person
		switch {
		case g.ConfirmedBy != "":
			return civic.Refuse(civic.Conflict, "already_confirmed", "该授权已确认。", "This grant has been confirmed.")
		case by == g.GrantedBy || by == g.Person:
			return errSecondPerson()
		case over:
			return civic.Refuse(civic.Conflict, "grant_over", "该授权已过有效期。", "The time of this grant is over.")
		}
		n, err := q.ConfirmGrant(ctx, rows.ConfirmGrantParams{ID: id, ConfirmedBy: &by})
		if err == nil && n != 1 { // it is locked; only a bug gets here
			err = errors.New("it is gone")
		}
		if err != nil {
			return fmt.Errorf("confirm grant %s: %w", id, err)
		}
		g.ConfirmedBy = by
		return nil
	})
}

// RevokeGrant ends a grant or a proposal at once. Whoever acts on it at this moment has been first, or is refused.
func (s *Store) RevokeGrant(ctx context.Context, deed civic.Deed, id, reason string) (civic.Grant, error) {
	if reason == "" {
		return civic.Grant{}, civic.Refuse(civic.Invalid, "reason_missing", "请填写理由。", "Please give the reason.").At("reason")
	}
	note(&deed, "reason", reason)
	return s.onGrant(ctx, deed, id, func(q *rows.Queries, g *civic.Grant, _ bool) error {
		at, err := q.RevokeGrant(ctx, rows.RevokeGrantParams{ID: id, RevokedBy: &deed.Actor.Person, Reason: reason})
		if err != nil {
			return fmt.Errorf("revoke grant %s: %w", id, err)
		}
		g.RevokedAt, g.RevokedBy = at, deed.Actor.Person
		return nil
	})
}
