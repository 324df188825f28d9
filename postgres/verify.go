package postgres

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// VerifyChain recomputes every line of the audit trail and compares the signed heads with it, as the trail stood at one
// instant. What an intruder with every right in the database recomputed too shows at the signed heads alone: the key that
// signs them is not in the database.
func (s *Store) VerifyChain(ctx context.Context) (civic.ChainReport, error) {
	report := civic.ChainReport{Sound: true, At: s.Now()}
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return report, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	q := s.q.WithTx(tx)
	heads, err := q.ChainHeads(ctx)
	if err != nil {
		return report, fmt.Errorf("read the heads of the audit trail: %w", err)
	}
	for id := range int16(chains) {
		head := rows.Chain{ID: id} // a head that was taken away is one of no line
		if i := slices.IndexFunc(heads, func(h rows.Chain) bool { return h.ID == id }); i >= 0 {
			head = heads[i]
		}
		c, err := s.chain(ctx, q, head)
		if err != nil {
			return report, fmt.Errorf("verify chain %d: %w", id, err)
		}
		report.Chains = append(report.Chains, c.state)
		report.Events += c.state.Events
		report.Checkpoints += c.compared
		report.Sound = report.Sound && c.state.Why == ""
	}
	return report, nil
}

// chains is how many there are: link_event spreads the lines over them.
const chains = 8

// chainPart is how many lines are read at once.
const chainPart = 5000

// walk goes along one chain.
type walk struct {
	state    civic.ChainState
	hash     []byte            // of the line before
	signed   []rows.Checkpoint // the heads that lie ahead, by position
	forged   []rows.Checkpoint // heads that this service's key did not sign
	compared int
}

// chain recomputes one chain to its end. The first line that does not fit is reported; what follows it says nothing.
func (s *Store) chain(ctx context.Context, q *rows.Queries, head rows.Chain) (*walk, error) {
	w := &walk{state: civic.ChainState{Chain: int(head.ID)}, hash: []byte{}}
	heads, err := q.CheckpointsOf(ctx, head.ID)
	if err != nil {
		return w, err
	}
	w.sort(heads, s.key)
	last := int64(0)
	for {
		part, err := q.ChainPart(ctx, rows.ChainPartParams{Chain: head.ID, Seq: last, Limit: chainPart})
		if err != nil {
			return w, err
		}
		for _, line := range part {
			w.line(head.ID, line)
			last = line.Seq
		}
		if len(part) < chainPart {
			break
		}
	}
	w.end(head)
	return w, nil
}

func (w *walk) lines() int64 { return w.state.Events }

// fault keeps the first finding: where, and what does not fit.
func (w *walk) fault(seq int64, why string) {
	if w.state.Why == "" {
		w.state.Bad, w.state.Why = seq, why
	}
}

// sort tells the heads that this service signed from those that somebody else wrote.
func (w *walk) sort(heads []rows.Checkpoint, key []byte) {
	for _, c := range heads {
		signed := Checkpoint{At: c.At.UTC(), Chain: c.Chain, Seq: c.Seq, Hash: hex.EncodeToString(c.Hash), MAC: hex.EncodeToString(c.Mac)}
		if signed.SignedBy(key) {
			w.signed = append(w.signed, c)
		} else {
			w.forged = append(w.forged, c)
		}
	}
}

// line compares one line with what it must be after the one before.
func (w *walk) line(chain int16, l rows.ChainPartRow) {
	w.state.Events++
	switch {
	case w.state.Why != "":
	case l.Seq != w.lines():
		w.fault(w.lines(), "gap")
	case !bytes.Equal(l.Prev, w.hash):
		w.fault(l.Seq, "predecessor")
	case !bytes.Equal(l.Hash, hashLine(chain, l)):
		w.fault(l.Seq, "hash")
	}
	w.hash = l.Hash
	w.pass(l.Seq)
}

// pass compares the signed heads up to a position with the hash there.
func (w *walk) pass(seq int64) {
	for len(w.signed) > 0 && w.signed[0].Seq <= seq {
		c := w.signed[0]
		w.signed = w.signed[1:]
		w.compared++
		switch {
		case c.Seq == 0 && len(c.Hash) == 0: // signed before there was any line
		case c.Seq != seq || !bytes.Equal(c.Hash, w.hash):
			w.fault(c.Seq, "checkpoint")
		}
	}
}

// end compares the last line with the head of the chain, and finds signed heads beyond it.
func (w *walk) end(head rows.Chain) {
	w.state.Head = hex.EncodeToString(w.hash)
	w.pass(0) // a chain without lines may have been signed too
	for _, c := range w.signed {
		w.compared++
		if c.Seq > 0 {
			w.fault(c.Seq, "checkpoint")
		}
	}
	if head.Seq != w.lines() || !bytes.Equal(head.Hash, w.hash) {
		w.fault(w.lines()+1, "tail")
	}
	for _, c := range w.forged {
		w.compared++
		w.fault(c.Seq, "signature")
	}
}

// hashLine is the hash that link_event gives a line: of the predecessor's hash and every field, in its order.
func hashLine(chain int16, l rows.ChainPartRow) []byte {
	h := sha256.New()
	h.Write(l.Prev)
	h.Write([]byte(strings.Join([]string{strconv.Itoa(int(chain)), strconv.FormatInt(l.Seq, 10), strconv.FormatInt(l.AtUs, 10), l.Kind, l.Result, l.Code,
		l.Actor, l.ActorName, l.Principal, l.Role, l.Unit, l.UnitName, l.CaseID, l.TaskID, l.Act, l.Address, l.Request, l.Object, l.StateFrom, l.StateTo, l.Detail}, "\x1f")))
	return h.Sum(nil)
}
