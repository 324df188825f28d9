package postgres

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// batch is how many messages leave in one transaction.
const batch = 200

// Deliver turns waiting messages into notices for the person they name, or for everybody who holds the seat they name, and
// tells listeners that something has changed. Messages leave only after the commit that wrote them; a second delivery meets
// the same ids. It returns how many left.
func (s *Store) Deliver(ctx context.Context) (int, error) {
	n := 0
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		waiting, err := q.WaitingMessages(ctx, batch)
		if n = len(waiting); err != nil || n == 0 {
			return err
		}
		told, err := q.InsertNotices(ctx, waiting) // a seat that nobody holds gets none: the office sees it among the overdue
		if err != nil {
			return err
		}
		if err := q.MessagesSent(ctx, waiting); err != nil {
			return err
		}
		return tell(ctx, q, told)
	})
	if err != nil {
		return 0, fmt.Errorf("deliver messages: %w", err)
	}
	return n, nil
}

// tell lets listeners know that something has changed, and who has a new notice; a payload that would be too long
// says only "look".
func tell(ctx context.Context, q *rows.Queries, persons []string) error {
	slices.Sort(persons)
	payload := strings.Join(slices.Compact(persons), " ")
	if len(payload) > 7000 {
		payload = ""
	}
	return q.TellChanges(ctx, payload)
}

// CaseRef names a case and its procedure.
type CaseRef struct {
	ID        string
	Procedure civic.Procedure
}

// Stuck lists open cases whose next automatic act, reminder or calendar is overdue: their workflow is to look again. A notice that
// an objection has outlived is not overdue: its end is kept in a state in which only people act.
func (s *Store) Stuck(ctx context.Context) ([]CaseRef, error) {
	newest, err := s.calendar(ctx, 0)
	if err != nil {
		return nil, err
	}
	list, err := s.q.StuckCases(ctx, rows.StuckCasesParams{Newest: int32(newest.Version()), Automatic: automaticStates()})
	if err != nil {
		return nil, fmt.Errorf("look for stuck cases: %w", err)
	}
	out := make([]CaseRef, len(list))
	for i, r := range list {
		out[i] = CaseRef{r.ID, civic.Procedure(r.Procedure)}
	}
	return out, nil
}

// Open calls f for every case that is neither a draft nor archived, in order of creation.
func (s *Store) Open(ctx context.Context, f func(CaseRef) error) error {
	after := int64(0)
	for {
		list, err := s.q.OpenCases(ctx, rows.OpenCasesParams{Seq: after, Limit: 500})
		if err != nil {
			return fmt.Errorf("list open cases: %w", err)
		}
		for _, r := range list {
			if err := f(CaseRef{r.ID, civic.Procedure(r.Procedure)}); err != nil {
				return err
			}
			after = r.Seq
		}
		if len(list) < 500 {
			return nil
		}
	}
}

// Checkpoint is a signed head of one audit chain. Copies outside the database make a cut-off tail show.
type Checkpoint struct {
	At    time.Time `json:"at"`
	Chain int16     `json:"chain"`
	Seq   int64     `json:"seq"`
	Hash  string    `json:"hash"`
	MAC   string    `json:"mac"`
}

// Sign computes the checkpoint's MAC.
func (c Checkpoint) sign(key []byte) string {
	c.MAC = ""
	body, err := json.Marshal(c)
	if err != nil { // strings and numbers only
		return ""
	}
	m := hmac.New(sha256.New, key)
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

// SignedBy reports whether the checkpoint was signed with this key.
func (c Checkpoint) SignedBy(key []byte) bool {
	return hmac.Equal([]byte(c.MAC), []byte(c.sign(key)))
}

// Checkpoints signs the heads of all chains as they stand, stores them and returns them for a second place.
func (s *Store) Checkpoints(ctx context.Context) ([]Checkpoint, error) {
	at := time.Now().UTC().Truncate(time.Microsecond)
	var out []Checkpoint
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		out = nil
		heads, err := q.ChainHeads(ctx)
		if err != nil {
			return err
		}
		for _, h := range heads {
			c := Checkpoint{At: at, Chain: h.ID, Seq: h.Seq, Hash: hex.EncodeToString(h.Hash)}
			c.MAC = c.sign(s.key)
			out = append(out, c)
			mac, err := hex.DecodeString(c.MAC)
			if err != nil {
				return err
			}
			if err := q.InsertCheckpoint(ctx, rows.InsertCheckpointParams{At: at, Chain: h.ID, Seq: h.Seq, Hash: h.Hash, Mac: mac}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sign the audit chains: %w", err)
	}
	return out, nil
}

// Waiting is how many messages wait in the outbox, and how old the oldest is in seconds.
func (s *Store) Waiting(ctx context.Context) (n int64, oldest float64, err error) {
	row, err := s.q.OutboxAge(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("look at the outbox: %w", err)
	}
	return row.Waiting, row.Oldest, nil
}

// Unfit says why a service on real data must not start on this database: sample people or a moved clock.
func (s *Store) Unfit(ctx context.Context) error {
	n, err := s.q.SampleAccounts(ctx)
	if err != nil {
		return fmt.Errorf("look for sample people: %w", err)
	}
	if n > 0 {
		return fmt.Errorf("%d sample accounts are active in this database: disable them (lizheng user disable --sample) before serving", n)
	}
	shift, err := s.q.ClockShift(ctx)
	if err != nil {
		return fmt.Errorf("look at the clock: %w", err)
	}
	if shift != 0 {
		return fmt.Errorf("this database's clock was moved forward by %d seconds for a walkthrough: it is a sample, not a record", shift)
	}
	return nil
}
