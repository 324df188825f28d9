package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/civic/space"
)

// required computes every project's requirement again from its own plan and the standard that it keeps, and says which
// project went on to its handover while area was owed: less the tolerance of its rules, what is there and what is paid in full.
func (s *Store) required(ctx context.Context, tx *sql.Tx) (Checked, error) {
	began := time.Now()
	out := Checked{Promise: "P8", Check: "nothing_owed", Claim: "What a project owes is what its plan comes to under its standard, and none is handed over before it is there or paid for."}
	parameters, err := s.parameters(ctx)
	if err != nil {
		return out, err
	}
	list, err := tx.QueryContext(ctx, `
		SELECT c.id, c.rules_at, f.form, coalesce((
		    SELECT sum(m.area) FROM housing_measure m
		    WHERE m.case_id = c.id AND (m.remedy <> 'pay' OR m.due_fen = (SELECT sum(b.amount) FROM housing_booking b WHERE b.measure = m.id))), 0)
		FROM cases c
		JOIN form f ON f.case_id = c.id
		WHERE c.procedure = 'housing' AND f.form ? 'standard'
		ORDER BY c.seq`)
	if err != nil {
		return out, fmt.Errorf("read the projects: %w", err)
	}
	defer list.Close()
	for list.Next() {
		var id string
		var at time.Time
		var body []byte
		var good space.Area
		if err := list.Scan(&id, &at, &body, &good); err != nil {
			return out, fmt.Errorf("read a project: %w", err)
		}
		wrong, err := owes(body, civic.RulesAt(parameters, at), good)
		if err != nil {
			return out, fmt.Errorf("examine project %s: %w", id, err)
		}
		if wrong == nil {
			continue
		}
		figures, err := json.Marshal(wrong)
		if err != nil {
			return out, fmt.Errorf("write a finding: %w", err)
		}
		if out.Broken++; out.Broken <= shownFindings {
			out.Findings = append(out.Findings, Finding{Promise: out.Promise, Check: out.Check, Row: "case " + id, Figures: figures})
		}
	}
	out.Took = time.Since(began)
	return out, list.Err()
}

// owes says by which figures a project owes something else than it says, or has gone on although it owes; nil when it does not.
func owes(body []byte, rules civic.Rules, good space.Area) (map[string]string, error) {
	var h civic.Housing
	if err := json.Unmarshal(body, &h); err != nil {
		return nil, fmt.Errorf("read it: %w", err)
	}
	need, short, err := h.Owed(rules)
	switch {
	case err != nil:
		return nil, err
	case h.Areas.Required == nil || *h.Areas.Required != need.Area || h.Requirement.Area != need.Area:
		return map[string]string{"required": fmt.Sprint(h.Areas.Required), "computed": need.Area.String()}, nil
	case h.Passed(civic.GateVerified) && short.Owed() > good:
		return map[string]string{"required": need.Area.String(), "measured": short.Measured.String(), "allowed": short.Allowed.String(), "made_good": good.String()}, nil
	}
	return nil, nil
}
