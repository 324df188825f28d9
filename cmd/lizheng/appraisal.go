package main

import (
	"fmt"
	"maps"

	"lizheng/civic/selection"
)

// appraisalCommand is what anybody may do with what the yearly appraisal publishes.
type appraisalCommand struct {
	Verify appraisalVerify `cmd:"" help:"Compute a published selection again, offline, and say where it differs from its own figures."`
}

// assessmentCommand is the same for what the assessment of the districts publishes.
type assessmentCommand struct {
	Verify assessmentVerify `cmd:"" help:"Compute a published assessment again, offline, and say where it differs from its own figures."`
}

// published is a document that anybody can compute again.
type published struct {
	File   string `arg:"" type:"existingfile" help:"The published document, as /api/v1/public/… gives it."`
	Hash   string `help:"The hash that the document must have, for instance the one in the audit trail."`
	Output string `help:"text or json." default:"text" enum:"text,json"`
}

type appraisalVerify struct{ published }

type assessmentVerify struct{ published }

// maxSheet bounds a published document: 600,000 nominees take some 200 MB.
const maxSheet = 1 << 30

// Run verifies one selection. A difference is an error that names the first one.
func (c appraisalVerify) Run(s streams) error {
	text, err := readBounded(c.File, maxSheet)
	if err != nil {
		return err
	}
	sheet, findings, err := selection.Verify(text)
	if err != nil {
		return err
	}
	return c.report(s, sheet.Subject, sheet.Hash, findings, map[string]any{
		"candidates": len(sheet.Candidates), "proposed": sheet.Proposed, "shortfall": sheet.Shortfall})
}

// Run verifies one assessment. A difference is an error that names the first one.
func (c assessmentVerify) Run(s streams) error {
	text, err := readBounded(c.File, maxSheet)
	if err != nil {
		return err
	}
	sheet, findings, err := selection.VerifyAssessment(text)
	if err != nil {
		return err
	}
	return c.report(s, sheet.Subject, sheet.Hash, findings, map[string]any{"units": len(sheet.Units), "rows": len(sheet.Rows), "given": sheet.Given})
}

// report says what was computed, or where it differs.
func (c published) report(s streams, subject, hash string, findings []selection.Finding, figures map[string]any) error {
	if c.Output == "json" {
		all := map[string]any{"subject": subject, "hash": hash, "findings": append([]selection.Finding{}, findings...)}
		maps.Copy(all, figures)
		if err := printJSON(s.out, all); err != nil {
			return err
		}
	}
	switch {
	case len(findings) > 0:
		return fmt.Errorf("%s: %w", c.File, errDiffers{findings[0]})
	case c.Hash != "" && c.Hash != hash:
		return fmt.Errorf("%s: it is consistent with itself, but its hash is %s and not %s", c.File, hash, c.Hash)
	}
	if c.Output == "text" {
		fmt.Fprintf(s.out, "%s: %v\nhash %s: as computed\n", subject, figures, hash) // a map is printed in the order of its keys
	}
	return nil
}

// errDiffers is the first difference of a document.
type errDiffers struct{ selection.Finding }

func (e errDiffers) Error() string { return e.String() }
