package postgres

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/lib/pq"
)

// Checkpoint file and table are compared with the trail in parts of this size.
const checkpointPart = 5000

// ReadCheckpoints reads signed heads of the audit chains, one JSON value a line, as the upkeep writes them. A last line
// that a crash cut short is left out.
func ReadCheckpoints(r io.Reader) ([]Checkpoint, error) {
	var out []Checkpoint
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the checkpoints: %w", err)
		}
		var c Checkpoint
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("line %d is not a checkpoint: %w", n, err)
		}
		out = append(out, c)
	}
}

// FsckCheckpoints compares signed heads that were kept outside the database, and those inside it, with the audit trail: each
// must bear this service's signature, and the trail must still hold the line it names. A tail that was cut off shows here
// and nowhere else.
func (s *Store) FsckCheckpoints(ctx context.Context, outside []Checkpoint) (Checked, error) {
	out := Checked{Promise: "P14", Check: "checkpoint_signed", Claim: "The trail holds every line whose signed checkpoint was kept."}
	inside, err := s.checkpoints(ctx)
	if err != nil {
		return out, err
	}
	report := func(c Checkpoint, what string) error {
		out.Broken++
		if len(out.Findings) >= shownFindings {
			return nil
		}
		figures, err := json.Marshal(map[string]any{"signed_at": c.At, "hash": c.Hash, "fault": what})
		out.Findings = append(out.Findings, Finding{out.Promise, out.Check, fmt.Sprintf("checkpoint %d/%d", c.Chain, c.Seq), figures})
		return err
	}
	var signed []Checkpoint
	for _, c := range append(inside, outside...) {
		if c.SignedBy(s.key) {
			signed = append(signed, c)
			continue
		}
		if err := report(c, "not signed with this service's key"); err != nil {
			return out, err
		}
	}
	for len(signed) > 0 {
		part := signed[:min(len(signed), checkpointPart)]
		signed = signed[len(part):]
		hashes, err := s.hashesAt(ctx, part)
		if err != nil {
			return out, err
		}
		for i, c := range part {
			if hashes[i] == c.Hash {
				continue
			}
			if err := report(c, "the trail has "+orNothing(hashes[i])+" there"); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

func orNothing(hash string) string {
	if hash == "" {
		return "nothing"
	}
	return hash
}

// checkpoints are all signed heads that the record itself keeps.
func (s *Store) checkpoints(ctx context.Context) ([]Checkpoint, error) {
	list, err := s.db.QueryContext(ctx, `SELECT at, chain, seq, encode(hash, 'hex'), encode(mac, 'hex') FROM checkpoint ORDER BY at, chain`)
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	defer list.Close()
	var out []Checkpoint
	for list.Next() {
		var c Checkpoint
		if err := list.Scan(&c.At, &c.Chain, &c.Seq, &c.Hash, &c.MAC); err != nil {
			return nil, fmt.Errorf("read the checkpoints: %w", err)
		}
		c.At = c.At.UTC()
		out = append(out, c)
	}
	return out, list.Err()
}

// hashesAt are the hashes of the trail's lines at these places, "" where there is none.
func (s *Store) hashesAt(ctx context.Context, at []Checkpoint) ([]string, error) {
	chains, seqs := make([]int64, len(at)), make([]int64, len(at))
	for i, c := range at {
		chains[i], seqs[i] = int64(c.Chain), c.Seq
	}
	list, err := s.db.QueryContext(ctx, `
		SELECT e.hash
		FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS c (chain, seq, n)
		LEFT JOIN event e ON e.chain = c.chain AND e.seq = c.seq
		ORDER BY c.n`, pq.Array(chains), pq.Array(seqs))
	if err != nil {
		return nil, fmt.Errorf("look the checkpoints up: %w", err)
	}
	defer list.Close()
	out := make([]string, 0, len(at))
	for list.Next() {
		var hash []byte
		if err := list.Scan(&hash); err != nil {
			return nil, fmt.Errorf("look the checkpoints up: %w", err)
		}
		out = append(out, hex.EncodeToString(hash))
	}
	return out, list.Err()
}
