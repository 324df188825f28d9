package postgres

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Audit lists lines of the audit trail as they were written, the latest first.
func (s *Store) Audit(ctx context.Context, q civic.AuditQuery) ([]civic.AuditLine, error) {
	var w where
	for column, value := range map[string]string{"e.actor": q.Actor, "e.kind": q.Kind, "e.object": q.Object} {
		if value != "" {
			w.and(column+" = ?", value)
		}
	}
	switch {
	case q.Case == "":
	case !isID(q.Case):
		return nil, nil
	default:
		w.and("e.case_id = ?::uuid", q.Case)
	}
	if q.Refused != nil {
		w.and("(e.result = 'refused') = ?", *q.Refused)
	}
	if q.From != nil {
		w.and("e.at_us >= ?", q.From.UnixMicro())
	}
	if q.To != nil {
		w.and("e.at_us < ?", q.To.UnixMicro())
	}
	if q.After != nil { // the first half is for the index
		w.and("e.at_us <= ? AND (e.at_us, e.seq << 3 | e.chain) < (?, ?)", q.After.At.UnixMicro(), q.After.At.UnixMicro(), q.After.Seq)
	}
	query := `
		SELECT e.chain, e.seq, e.at_us, e.kind, e.result, e.code, e.actor, e.actor_name, e.principal, e.role, e.unit, e.unit_name, coalesce(e.case_id::text, ''),
		       coalesce(e.task_id::text, ''), coalesce(e.act::text, ''), e.address, e.request, e.object, e.state_from, e.state_to, e.detail, e.hash
		FROM event e
		WHERE ` + w.String() + ` ORDER BY e.at_us DESC, e.seq << 3 | e.chain DESC LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "read the audit trail", query, w.args, scanAuditLine)
}

func scanAuditLine(scan func(...any) error) (civic.AuditLine, error) {
	var l civic.AuditLine
	var micros int64
	var hash []byte
	err := scan(&l.Chain, &l.Seq, &micros, &l.Kind, &l.Result, &l.Code, &l.Actor, &l.ActorName, &l.Principal, &l.Role, &l.Unit, &l.UnitName, &l.Case,
		&l.Task, &l.Act, &l.Address, &l.Request, &l.Object, &l.From, &l.To, &l.Detail, &hash)
	l.At, l.Hash = time.UnixMicro(micros).UTC(), hex.EncodeToString(hash)
	return l, err
}

// Note writes a line for something that changed nothing else: personal data that was read, an export.
func (s *Store) Note(ctx context.Context, deed civic.Deed, detail map[string]string) error {
	body, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("write the audit trail: %w", err)
	}
	e := deedEvent(deed, "done", "")
	if len(detail) > 0 {
		e.detail = string(body)
	}
	err = s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error { return s.event(ctx, q, e) })
	if err != nil {
		return fmt.Errorf("note %s: %w", deed.Kind, err)
	}
	return nil
}
