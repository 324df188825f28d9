package main

import (
	"fmt"

	"lizheng/civic/selection"
)

// appraisalCommand is what anybody may do with what the yearly appraisal publishes.
type appraisalCommand struct {
	Verify appraisalVerify `cmd:"" help:"Compute a published selection again, offline, and say where it differs from its own figures."`
}

type appraisalVerify struct {
	File   string `arg:"" type:"existingfile" help:"The published document, as GET /api/v1/public/appraisals/{year}/sheet gives it."`
	Hash   string `help:"The hash that the document must have, for instance the one in the audit trail."`
	Output string `help:"text or json." default:"text" enum:"text,json"`
}

// maxSheet bounds a published document: 600,000 nominees take some 200 MB.
const maxSheet = 1 << 30

// Run verifies one document. A difference is an error that names the first one.
func (c appraisalVerify) Run(s streams) error {
	text, err := readBounded(c.File, maxSheet)
	if err != nil {
		return err
	}
	sheet, findings, err := selection.Verify(text)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		if err := printJSON(s.out, map[string]any{"subject": sheet.Subject, "hash": sheet.Hash, "candidates": len(sheet.Candidates), "proposed": sheet.Proposed,
			"shortfall": sheet.Shortfall, "findings": append([]selection.Finding{}, findings...)}); err != nil {
			return err
		}
	}
	switch {
	case len(findings) > 0:
		return fmt.Errorf("%s: %w", c.File, errDiffers{findings[0]})
	case c.Hash != "" && c.Hash != sheet.Hash:
		return fmt.Errorf("%s: it is consistent with itself, but its hash is %s and not %s", c.File, sheet.Hash, c.Hash)
	}
	if c.Output == "text" {
		fmt.Fprintf(s.out, "%s: %d candidates, %d proposed, %d short\nhash %s: as computed\n", sheet.Subject, len(sheet.Candidates), sheet.Proposed, sheet.Shortfall, sheet.Hash)
	}
	return nil
}

// errDiffers is the first difference of a document.
type errDiffers struct{ selection.Finding }

func (e errDiffers) Error() string { return e.String() }
