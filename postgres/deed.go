package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// answered is how the answer to a deed is stored: a result or a refusal.
type answered struct {
	Result  json.RawMessage `json:"result,omitempty"`
	Refusal *civic.Error    `json:"refusal,omitempty"`
}

// perform carries one deed out in one transaction with its audit line and its answer under its key: all or nothing. The
// same key hears its first answer again; another question under it is refused. A refusal from do changes nothing and is stored.
func perform[T any](ctx context.Context, s *Store, deed civic.Deed, do func(tx *sql.Tx, q *rows.Queries) (T, error)) (T, error) {
	var out T
	first, err := s.firstAnswer(ctx, s.q, deed)
	if err != nil || first != nil {
		return out, take(first, err, &out)
	}
	err = s.within(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		if err := s.alone(ctx, q, deed); err != nil {
			return err
		}
		if err := s.granted(ctx, q, deed); err != nil {
			return err
		}
		var err error
		if out, err = do(tx, q); err != nil {
			return err
		}
		if err := s.settle(ctx, q, deed, out, nil); err != nil {
			return err
		}
		return s.event(ctx, q, deedEvent(deed, "done", ""))
	})
	var lost *uncertain
	switch refusal := civic.AsRefusal(err); {
	case err == nil:
		return out, nil
	case errors.As(err, &lost), errors.Is(err, errTwin), sqlState(err) == uniqueViolation: // the reply to COMMIT was lost, or a twin was first: the key knows
		first, lookErr := s.firstAnswer(ctx, s.q, deed)
		switch {
		case lookErr == nil && first == nil && lost != nil: // the server may still be at it
			return out, errors.Join(errUnknown(), err)
		case lookErr == nil && first == nil:
			return out, err
		}
		return out, take(first, lookErr, &out)
	case refusal != nil && refusal.Definite():
		var none T
		stored, err := s.Settle(ctx, deed, refusal)
		if err != nil {
			return none, err
		}
		return out, take(&answered{Result: stored}, nil, &out)
	}
	return out, err
}

// uniqueViolation: there is such a row. A twin's insert meets the rows of the first, whose ids are made of the same key.
const uniqueViolation = "23505"

// errUnknown is the answer while nobody knows; whoever asks again with the same key will hear.
func errUnknown() *civic.Error {
	return civic.Refuse(civic.Unknown, "unknown", "操作结果暂时未知，请用同一操作编号重试。", "It is not known yet whether this was done; ask again with the same key.")
}

// alone waits for twins of the deed, so that none of them meets the half-done work of another.
func (s *Store) alone(ctx context.Context, q *rows.Queries, deed civic.Deed) error {
	if deed.Key == "" {
		return nil
	}
	if err := q.LockKey(ctx, rows.LockKeyParams{Actor: deed.Actor.Person, Key: deed.Key}); err != nil {
		return fmt.Errorf("wait for twins: %w", err)
	}
	first, err := s.firstAnswer(ctx, q, deed)
	if err == nil && first != nil {
		return errTwin
	}
	return err
}

// errTwin: the same key was answered by another process at this very moment.
var errTwin = errors.New("the key has just been answered")

// take reads a stored answer.
func take[T any](a *answered, err error, into *T) error {
	switch {
	case err != nil:
		return err
	case a.Refusal != nil:
		return a.Refusal
	}
	if err := json.Unmarshal(a.Result, into); err != nil {
		return fmt.Errorf("read the stored answer: %w", err)
	}
	return nil
}

// firstAnswer is what was answered under the deed's key before, nil when nothing was.
func (s *Store) firstAnswer(ctx context.Context, q *rows.Queries, deed civic.Deed) (*answered, error) {
	if deed.Key == "" {
		return nil, nil
	}
	row, err := q.Answer(ctx, rows.AnswerParams{Actor: deed.Actor.Person, Key: deed.Key})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for an earlier answer: %w", err)
	}
	if row.Hash != deed.Hash {
		return nil, civic.Refuse(civic.Invalid, "key_reused", "该操作编号已用于另一请求。", "This Idempotency-Key was used for another request.").At("Idempotency-Key")
	}
	a := new(answered)
	if err := json.Unmarshal(row.Body, a); err != nil {
		return nil, fmt.Errorf("read the stored answer: %w", err)
	}
	return a, nil
}

// settle stores the answer to a deed under its key.
func (s *Store) settle(ctx context.Context, q *rows.Queries, deed civic.Deed, result any, refusal *civic.Error) error {
	if deed.Key == "" {
		return nil
	}
	a := answered{Refusal: refusal}
	var err error
	if refusal == nil {
		if a.Result, err = json.Marshal(result); err != nil {
			return fmt.Errorf("write the answer: %w", err)
		}
	}
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	n, err := q.InsertAnswer(ctx, rows.InsertAnswerParams{Actor: deed.Actor.Person, Key: deed.Key, Hash: deed.Hash, Act: deed.ID, Route: deed.Kind, Accepted: refusal == nil, Body: body})
	if err != nil {
		return fmt.Errorf("store the answer: %w", err)
	}
	if n == 0 {
		return errTwin
	}
	return nil
}

// granted asks again inside the transaction what the door was told: the account is active, the grant under which the deed
// was allowed is in force, the deputy still stands in.
func (s *Store) granted(ctx context.Context, q *rows.Queries, deed civic.Deed) error {
	if deed.Permit.Grant == "" { // allowed to everyone who is signed in
		return nil
	}
	_, err := s.holds(ctx, q, deed.Actor.Person, deed.Permit.Principal, deed.Permit.Grant)
	return err
}

// Settle stores the definite refusal of a deed with its audit line and returns it; what was stored before under the same key
// stands and is returned, a result as JSON, a refusal as the error.
func (s *Store) Settle(ctx context.Context, deed civic.Deed, refusal *civic.Error) (json.RawMessage, error) {
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		if err := s.settle(ctx, q, deed, nil, refusal); err != nil {
			return err
		}
		return s.event(ctx, q, deedEvent(deed, "refused", refusal.Code))
	})
	var lost *uncertain
	if err != nil && !errors.Is(err, errTwin) && !errors.As(err, &lost) {
		return nil, fmt.Errorf("store the refusal: %w", err)
	}
	first, err := s.firstAnswer(ctx, s.q, deed)
	switch {
	case err != nil:
		return nil, err
	case first == nil:
		return nil, refusal
	case first.Refusal != nil:
		return nil, first.Refusal
	}
	return first.Result, nil
}

// deedEvent is the audit line of a deed.
func deedEvent(deed civic.Deed, result, code string) event {
	e := event{result: result, code: code, object: deed.Object, detail: "{}"}
	if detail, err := json.Marshal(deed.Detail); err == nil && len(deed.Detail) > 0 { // numbers and texts
		e.detail = string(detail)
	}
	e.Kind, e.Actor, e.Principal, e.Case = civic.ActKind(deed.Kind), deed.Actor.Person, deed.Permit.Principal, deed.Case
	e.ID, e.Address, e.Request = deed.ID, deed.Actor.Address, deed.Actor.Request
	return e
}
