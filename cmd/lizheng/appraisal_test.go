package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

func TestAPublishedSelectionIsComputedAgainOffline(t *testing.T) {
	t.Parallel()
	sheet, err := selection.Publish(selection.Appraisal{
		Subject: "appraisal/2026",
		Rule:    selection.Rule{Version: "2026", Titles: 1, Least: 1, ReservePercent: 10, Return: true, Limits: selection.Limits{Line: 60_00, BonusMost: 10_00, TotalMost: 110_00}},
		Units:   []selection.Unit{{Code: "cz-tianning", Urban: 2}},
		Candidates: []selection.Candidate{
			{Key: "a", Unit: "cz-tianning", Standing: selection.Stands, Base: 90_00}, {Key: "b", Unit: "cz-tianning", Standing: selection.Stands, Base: 80_00}},
	})
	require.NoError(t, err)
	text, err := sheet.Encode()
	require.NoError(t, err)
	file := func(content []byte) string {
		path := filepath.Join(t.TempDir(), "sheet.json")
		require.NoError(t, os.WriteFile(path, content, 0o600))
		return path
	}
	code, out, errs := command(t, "appraisal", "verify", file(text))
	require.Equal(t, 0, code, errs)
	require.Contains(t, out, sheet.Hash)

	tampered := bytes.Replace(text, []byte(`"base":8000`), []byte(`"base":9500`), 1)
	code, _, errs = command(t, "appraisal", "verify", file(tampered))
	require.Equal(t, 1, code)
	require.Contains(t, errs, `lists[0].places[0].key`, "the first difference is named")

	code, _, errs = command(t, "appraisal", "verify", "--hash", "0123", file(text))
	require.Equal(t, 1, code)
	require.Contains(t, errs, sheet.Hash)

	code, _, errs = command(t, "appraisal", "verify", file([]byte("{}")))
	require.Equal(t, 1, code)
	require.NotEmpty(t, errs)
}

func TestAPublishedAssessmentIsComputedAgainOffline(t *testing.T) {
	t.Parallel()
	unit := func(key string, score selection.Points) selection.AssessedUnit {
		return selection.AssessedUnit{Key: key, Standing: selection.Stands, Marks: []selection.Mark{{Indicator: "row", Score: score}}, Survey: 80_00}
	}
	sheet, err := selection.PublishAssessment(selection.Assessment{
		Subject: "assessment/2026", Given: 1, SurveyPercent: 5, Rows: []selection.TaskRow{{Key: "row", Most: 95_00}},
		Rule:  selection.Rule{Version: "2026", Titles: 1, Limits: selection.Limits{BonusMost: 5_00, TotalMost: 105_00}, TieBreaks: selection.UnitTieBreaks()},
		Units: []selection.AssessedUnit{unit("cz-tianning", 90_00), unit("cz-wujin", 80_00)}})
	require.NoError(t, err)
	text, err := sheet.Encode()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "sheet.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))
	code, out, errs := command(t, "assessment", "verify", path)
	require.Equal(t, 0, code, errs)
	require.Contains(t, out, sheet.Hash)
	require.NoError(t, os.WriteFile(path, bytes.Replace(text, []byte(`"score":9000`), []byte(`"score":7000`), 1), 0o600))
	code, _, errs = command(t, "assessment", "verify", path)
	require.Equal(t, 1, code)
	require.NotEmpty(t, errs)
}
