package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic/selection"
)

// assessed makes every sheet of an assessment again from its own figures and compares the two, and the hash with the stored one.
func assessed(ctx context.Context, tx *sql.Tx) (Checked, error) {
	began := time.Now()
	out := Checked{Promise: "P10", Check: "assessment_recomputed", Claim: "Every sheet of an assessment is what its own figures give, bit for bit, under its hash."}
	list, err := tx.QueryContext(ctx, `SELECT case_id, kind, round, hash, body FROM assessment_sheet ORDER BY case_id, round, kind`)
	if err != nil {
		return out, fmt.Errorf("read the sheets of the assessments: %w", err)
	}
	defer list.Close()
	for list.Next() {
		var id, kind, hash, body string
		var round int
		if err := list.Scan(&id, &kind, &round, &hash, &body); err != nil {
			return out, fmt.Errorf("read a sheet of an assessment: %w", err)
		}
		wrong := misassessed(hash, []byte(body))
		if wrong == "" {
			continue
		}
		figures, err := json.Marshal(map[string]string{"hash": hash, "difference": wrong})
		if err != nil {
			return out, fmt.Errorf("write a finding: %w", err)
		}
		out.Broken++
		if len(out.Findings) < shownFindings {
			out.Findings = append(out.Findings, Finding{Promise: out.Promise, Check: out.Check, Row: fmt.Sprintf("sheet %s %s %d", id, kind, round), Figures: figures})
		}
	}
	out.Took = time.Since(began)
	return out, list.Err()
}

// misassessed is the first difference between a stored sheet and what it gives, "" when there is none.
func misassessed(hash string, body []byte) string {
	sheet, findings, err := selection.VerifyAssessment(body)
	switch {
	case err != nil:
		return err.Error()
	case len(findings) > 0:
		return findings[0].String()
	case sheet.Hash != hash:
		return "the stored hash is another one"
	}
	return ""
}
