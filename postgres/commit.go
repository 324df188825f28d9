package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Commit is the commit point: the one transaction in which an act becomes real, with everything it changes, or is refused
// and changes nothing. The same act committed again, by a retry or by another process, hears its first answer. A refusal is
// part of the Outcome; an error means that nothing is known and the caller must come again with the same act.
func (s *Store) Commit(ctx context.Context, act civic.Act) (civic.Outcome, error) {
	if act.Actor != civic.System && !act.SealedBy(s.key) {
		return civic.Outcome{}, civic.Refuse(civic.Forbidden, "unsealed", "该操作未经服务签发。", "This act was not sealed by the service.")
	}
	var out civic.Outcome
	err := s.within(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		var err error
		out, err = s.commit(ctx, tx, q, act)
		return err
	})
	if err == nil {
		return out, nil
	}
	var lost *uncertain
	if errors.As(err, &lost) {
		return s.lookUp(ctx, act, err)
	}
	refusal := civic.AsRefusal(err)
	if refusal == nil {
		return civic.Outcome{}, err
	}
	if act.Actor == civic.System || !refusal.Definite() { // it was not due any more, or may be asked again: nothing to remember
		return s.noted(ctx, act, refusal)
	}
	return s.Refuse(ctx, act, refusal)
}

// lookUp answers a COMMIT whose reply was lost: by what the record says on a fresh connection.
func (s *Store) lookUp(ctx context.Context, act civic.Act, cause error) (civic.Outcome, error) {
	found, err := s.Answer(ctx, act.Actor, act.Key)
	if err != nil {
		return civic.Outcome{}, errors.Join(cause, err)
	}
	if found == nil {
		return civic.Outcome{}, cause
	}
	return s.here(ctx, act.Case, *found)
}

func (s *Store) commit(ctx context.Context, tx *sql.Tx, q *rows.Queries, act civic.Act) (civic.Outcome, error) {
	d, first, err := s.dossier(ctx, q, act) // the case's lock comes first, so that twins of one act queue here
	if err != nil {
		return civic.Outcome{}, err
	}
	if first != nil {
		if first.Hash != act.Hash {
			return *first, civic.Refuse(civic.Invalid, "key_reused", "该操作编号已用于另一请求。", "This Idempotency-Key was used for another request.")
		}
		first.Progress = progressOf(d.Case, d.Tasks, d.Now, d.Calendar.Version())
		return *first, nil
	}
	d.Now = later(d.Now, d.Case.UpdatedAt)
	atlas, err := s.atlas(ctx)
	if err != nil {
		return civic.Outcome{}, err
	}
	if err := s.stillMay(ctx, q, d, act, atlas); err != nil {
		return civic.Outcome{}, err
	}
	fx, err := civic.Apply(d, act, world{ctx, s, q, &d, atlas})
	if err != nil {
		return civic.Outcome{}, err
	}
	return s.write(ctx, q, d, act, fx, atlas)
}

// later keeps a case's time going forward, whatever the clock of this host says.
func later(now, last time.Time) time.Time {
	if !now.After(last) {
		return last.Add(time.Microsecond)
	}
	return now
}

// stillMay asks again, inside the transaction, what the door was told. A grant revoked since the door was passed refuses here.
func (s *Store) stillMay(ctx context.Context, q *rows.Queries, d civic.Dossier, act civic.Act, atlas *civic.Atlas) error {
	if act.Actor == civic.System || act.Actor == civic.Public {
		return nil
	}
	g, err := s.holds(ctx, q, act.Actor, act.Principal, act.Grant)
	if err != nil {
		return err
	}
	return sits(d, act, g, atlas)
}

// holds locks the grant on which somebody acts, or refuses: the account must be active, the grant in force, and whoever acts
// for another must still stand in.
func (s *Store) holds(ctx context.Context, q *rows.Queries, actor, principal, grant string) (rows.GrantsOfRow, error) {
	var none rows.GrantsOfRow
	persons := []string{actor}
	if principal != "" {
		persons = append(persons, principal)
		_, err := q.DeputyInForce(ctx, rows.DeputyInForceParams{Principal: principal, Person: actor})
		if errors.Is(err, sql.ErrNoRows) {
			return none, civic.Refuse(civic.Forbidden, "deputy_over", "代理已结束。", "The deputyship is over.").By("commit.deputy")
		}
		if err != nil {
			return none, fmt.Errorf("check the deputy: %w", err)
		}
	}
	granted, err := q.GrantsOf(ctx, rows.GrantsOfParams{Persons: persons, Actor: actor}) // none when the account is disabled
	if err != nil {
		return none, fmt.Errorf("check the grants: %w", err)
	}
	i := slices.IndexFunc(granted, func(g rows.GrantsOfRow) bool { return g.ID == grant })
	if i < 0 {
		active, err := q.AccountsActive(ctx, actor)
		if err != nil {
			return none, fmt.Errorf("check the account: %w", err)
		}
		if active == 0 {
			return none, civic.Refuse(civic.Forbidden, "account_disabled", "账号已停用。", "The account is disabled.").By("commit.account")
		}
		return none, civic.Refuse(civic.Forbidden, "grant_over", "您的授权已失效。", "Your grant is no longer in force.").By("commit.grant")
	}
	return granted[i], nil
}

// sits refuses a grant that does not belong to the seat of the task that the act answers: a seat of a unit that has ended is
// its heir's.
func sits(d civic.Dossier, act civic.Act, g rows.GrantsOfRow, atlas *civic.Atlas) error {
	switch act.Kind {
	case civic.ActDecide, civic.ActCorrect, civic.ActClaim, civic.ActRelease, civic.ActTransfer, civic.ActDelegate:
	default:
		return nil
	}
	for _, t := range d.Tasks {
		if t.ID != act.Task {
			continue
		}
		if t.Seat.Role != civic.Role(g.Role) || atlas.Responsible(t.Seat.Unit, d.Now) != g.Unit || t.Seat.Person != "" && t.Seat.Person != g.Person {
			return civic.Refuse(civic.Forbidden, "not_your_seat", "该任务不属于您的岗位。", "This task is not for your seat.").By("commit.seat")
		}
	}
	return nil
}

// Refuse stores a definite refusal under its key, with its audit entry. An answer stored before stands and is returned.
func (s *Store) Refuse(ctx context.Context, act civic.Act, refusal *civic.Error) (civic.Outcome, error) {
	out := civic.Outcome{Refusal: refusal, Hash: act.Hash}
	body, err := json.Marshal(out)
	if err != nil {
		return out, fmt.Errorf("write the refusal: %w", err)
	}
	err = s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		n, err := q.InsertAnswer(ctx, rows.InsertAnswerParams{
			Actor: act.Actor, Key: act.Key, Hash: act.Hash, Act: act.ID, Route: act.Route, Accepted: false, Body: body})
		if err != nil || n == 0 {
			return err
		}
		return s.event(ctx, q, eventOf(act, "refused", refusal.Code))
	})
	if err != nil && civic.AsRefusal(err) == nil {
		var lost *uncertain
		if !errors.As(err, &lost) {
			return out, fmt.Errorf("store the refusal: %w", err)
		}
	}
	first, err := s.Answer(ctx, act.Actor, act.Key)
	if err != nil {
		return out, err
	}
	if first == nil {
		return out, fmt.Errorf("store the refusal: the record does not have it")
	}
	return s.here(ctx, act.Case, *first)
}

// Answer is the stored answer under (actor, key), nil when there is none.
func (s *Store) Answer(ctx context.Context, actor, key string) (*civic.Outcome, error) {
	row, err := s.q.Answer(ctx, rows.AnswerParams{Actor: actor, Key: key})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for the answer: %w", err)
	}
	out, err := outcomeOf(row)
	return &out, err
}

func outcomeOf(row rows.AnswerRow) (civic.Outcome, error) {
	var out civic.Outcome
	if err := json.Unmarshal(row.Body, &out); err != nil {
		return out, fmt.Errorf("read the stored answer: %w", err)
	}
	out.Hash = row.Hash
	return out, nil
}

// here adds where the case stands now, for the workflow.
func (s *Store) here(ctx context.Context, caseID string, out civic.Outcome) (civic.Outcome, error) {
	p, err := s.Progress(ctx, caseID)
	if civic.AsRefusal(err) != nil {
		return out, nil
	}
	out.Progress = p
	return out, err
}

func (s *Store) noted(ctx context.Context, act civic.Act, refusal *civic.Error) (civic.Outcome, error) {
	return s.here(ctx, act.Case, civic.Outcome{Refusal: refusal, Hash: act.Hash})
}

// Progress reads where a case stands: what a workflow needs to wait for the right thing.
func (s *Store) Progress(ctx context.Context, caseID string) (civic.Progress, error) {
	row, err := s.q.CaseRow(ctx, caseID)
	if err != nil {
		return civic.Progress{}, fmt.Errorf("read case %s: %w", caseID, absent(err))
	}
	tasks, err := tasksOf(ctx, s.q, caseID)
	if err != nil {
		return civic.Progress{}, err
	}
	newest, err := s.calendar(ctx, 0)
	if err != nil {
		return civic.Progress{}, err
	}
	return progressOf(civic.Case{ID: row.ID, State: civic.State(row.State), Version: int(row.Version), Calendar: int(row.Calendar),
		ActsAt: row.ActsAt, PausedAt: row.PausedAt}, tasks, row.Now, newest.Version()), nil
}

func progressOf(c civic.Case, tasks []civic.Task, now time.Time, newest int) civic.Progress {
	p := civic.Progress{Case: c.ID, State: c.State, Version: c.Version, Over: c.State == civic.Archived}
	p.Outdated = c.Calendar < newest && !c.State.Over() && c.State != civic.Draft
	if c.PausedAt != nil || p.Over {
		return p
	}
	if c.ActsAt != nil {
		p.ActsIn, p.ActsAt = in(*c.ActsAt, now), c.ActsAt
	}
	for _, t := range tasks {
		if !t.Open() || t.RemindAt == nil {
			continue
		}
		if d := in(*t.RemindAt, now); p.RemindIn == nil || *d < *p.RemindIn {
			p.RemindIn = d
		}
	}
	return p
}

// in is how long it is until an instant, never negative.
func in(at, now time.Time) *time.Duration {
	d := max(at.Sub(now), 0)
	return &d
}

// isID reports whether s is a UUID in its usual form.
func isID(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }
