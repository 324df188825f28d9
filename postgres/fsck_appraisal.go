package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic/selection"
)

// recomputed makes every published selection again from its own figures and compares the two, and the hash with the stored one.
func recomputed(ctx context.Context, tx *sql.Tx) (Checked, error) {
	began := time.Now()
	out := Checked{Promise: "P10", Check: "ranking_recomputed", Claim: "Every published selection is what its own figures give, bit for bit, under its hash."}
	list, err := tx.QueryContext(ctx, `SELECT year_case, ord, hash, body FROM appraisal_sheet ORDER BY year_case, ord`)
	if err != nil {
		return out, fmt.Errorf("read the published selections: %w", err)
	}
	defer list.Close()
	for list.Next() {
		var year, hash, body string
		var ord int
		if err := list.Scan(&year, &ord, &hash, &body); err != nil {
			return out, fmt.Errorf("read a published selection: %w", err)
		}
		if wrong := differs(hash, []byte(body)); wrong != "" {
			out.Broken++
			figures, err := json.Marshal(map[string]string{"hash": hash, "difference": wrong})
			if err != nil {
				return out, fmt.Errorf("write a finding: %w", err)
			}
			out.Findings = append(out.Findings, Finding{Promise: out.Promise, Check: out.Check, Row: fmt.Sprintf("sheet %s %d", year, ord), Figures: figures})
		}
	}
	out.Took = time.Since(began)
	return out, list.Err()
}

// differs is the first difference between a stored selection and what it gives, "" when there is none.
func differs(hash string, body []byte) string {
	sheet, findings, err := selection.Verify(body)
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
