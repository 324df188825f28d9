package selection

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// AssessmentFormat names the published sheet of the units' own assessment and the version of how it is computed.
const AssessmentFormat = "lizheng-assessment/1"

// TaskRow is one row of the task table: what the lead department scores for every unit.
type TaskRow struct {
	Key  string `json:"key"`
	Lead string `json:"lead"`
	Most Points `json:"most"`
}

// Deductions are what is taken off beside the rows: rule data.
type Deductions struct {
	Complaint Points `json:"complaint"` // for each upheld complaint
	Shortfall Points `json:"shortfall"` // for each hundred square metres of rooms that are owed, begun ones too
	Late      Points `json:"late"`      // for a self-score that came late, or not at all
}

// AssessedUnit is one unit with everything that its score is made of.
type AssessedUnit struct {
	Key        string   `json:"key"`
	Standing   Standing `json:"standing"`
	Grounds    []string `json:"grounds"` // of a veto
	Marks      []Mark   `json:"marks"`   // one for each row; without data it is not applicable and never zero
	Survey     Points   `json:"survey"`  // satisfaction, of a hundred points
	Complaints int64    `json:"complaints"`
	Shortfall  int64    `json:"shortfall"` // square metres
	Late       bool     `json:"late"`
	Bonus      Points   `json:"bonus"`
	Penalty    Points   `json:"penalty"` // beside the deductions
}

// Assessment is everything that the yearly assessment of the units depends on. Its order means nothing.
type Assessment struct {
	Subject       string         `json:"subject"` // such as "assessment/2026"
	Rule          Rule           `json:"rule"`    // whose titles are the most that may be given
	SurveyPercent int64          `json:"survey_percent"`
	Deductions    Deductions     `json:"deductions"`
	Given         int64          `json:"given"` // titles that are given: the rule's, or fewer
	Rows          []TaskRow      `json:"rows"`
	Units         []AssessedUnit `json:"units"`
}

// UnitScore is what a unit's figures come to.
type UnitScore struct {
	Key     string `json:"key"`
	Rows    Points `json:"rows"` // of a hundred points
	Base    Points `json:"base"` // rows and survey together
	Bonus   Points `json:"bonus"`
	Penalty Points `json:"penalty"` // deductions among it
	Total   Points `json:"total"`
}

// AssessmentSheet is the published document: what was given, what came out, and the hash.
type AssessmentSheet struct {
	Format string `json:"format"`
	Assessment
	Scores []UnitScore `json:"scores"` // by key
	Places []Place     `json:"places"` // best first
	Hash   string      `json:"hash"`   // over the document without this member; see the package's description
}

// PublishAssessment scores and ranks the units and makes the sheet. One assessment has one sheet and one hash, in
// whatever order its parts are given.
func PublishAssessment(a Assessment) (AssessmentSheet, error) {
	s, _, err := publishAssessment(a)
	return s, err
}

// VerifyAssessment computes a published sheet again from what it says was given, as [Verify] does.
func VerifyAssessment(document []byte) (AssessmentSheet, []Finding, error) {
	published, err := parse(document)
	if err != nil {
		return AssessmentSheet{}, nil, fmt.Errorf("this is no sheet: %w", err)
	}
	top, _ := published.(map[string]any)
	if format, _ := top["format"].(string); format != AssessmentFormat {
		return AssessmentSheet{}, nil, fmt.Errorf("the format is %.40q, not %q", format, AssessmentFormat)
	}
	var given struct{ Assessment }
	if err := json.Unmarshal(document, &given); err != nil {
		return AssessmentSheet{}, nil, fmt.Errorf("this is no sheet: %w", err)
	}
	sheet, computed, err := publishAssessment(given.Assessment)
	if err != nil {
		return AssessmentSheet{}, nil, fmt.Errorf("no ranking can be made from the sheet: %w", err)
	}
	var d difference
	d.compare("", "", published, computed)
	return sheet, d.findings, nil
}

// Encode returns the document in its canonical form, the hash among its members.
func (s AssessmentSheet) Encode() ([]byte, error) { return Canonical(s) }

func publishAssessment(a Assessment) (AssessmentSheet, map[string]any, error) {
	a = a.ordered()
	if err := a.check(); err != nil {
		return AssessmentSheet{}, nil, err
	}
	s := AssessmentSheet{Format: AssessmentFormat, Assessment: a, Scores: []UnitScore{}}
	candidates := make([]Candidate, 0, len(a.Units))
	for _, u := range a.Units {
		score, err := a.score(u)
		if err != nil {
			return AssessmentSheet{}, nil, fmt.Errorf("the unit %s: %w", u.Key, err)
		}
		s.Scores = append(s.Scores, score)
		candidates = append(candidates, Candidate{Key: u.Key, Standing: u.Standing, Grounds: u.Grounds, Base: score.Base, Bonus: score.Bonus,
			Penalty: score.Penalty, Figures: []int64{int64(u.Survey), u.Complaints}})
	}
	var err error
	if s.Places, err = RankUnits(a.Rule, a.Given, candidates); err != nil {
		return AssessmentSheet{}, nil, err
	}
	tree, err := treeOf(s)
	if err != nil {
		return AssessmentSheet{}, nil, err
	}
	document, _ := tree.(map[string]any) // a sheet is an object
	delete(document, "hash")
	s.Hash = digest(appendTree(nil, document))
	document["hash"] = s.Hash
	return s, document, nil
}

// score is what one unit's figures come to: the rows as a panel of one sheet, and the survey with its weight.
func (a Assessment) score(u AssessedUnit) (UnitScore, error) {
	table := Dimension{Key: "task_table"}
	for _, r := range a.Rows {
		table.Indicators = append(table.Indicators, Indicator{Key: r.Key, Most: r.Most})
	}
	penalty := u.Penalty + Points(u.Complaints)*a.Deductions.Complaint + Points((u.Shortfall+99)/100)*a.Deductions.Shortfall
	if u.Late {
		penalty += a.Deductions.Late
	}
	s, err := Assess(Standard{Dimensions: []Dimension{table}},
		PanelRule{Limits: a.Rule.Limits, Least: 1, TrimFrom: 3, SurveyPercent: a.SurveyPercent},
		Panel{Sheets: []ScoreSheet{{Assessor: "departments", Marks: u.Marks}}, Survey: &u.Survey, Bonus: u.Bonus, Penalty: penalty})
	return UnitScore{Key: u.Key, Rows: s.Panel, Base: s.Base, Bonus: s.Bonus, Penalty: s.Penalty, Total: s.Total}, err
}

// ordered is the assessment as it stands in the sheet: in order, and empty instead of missing.
func (a Assessment) ordered() Assessment {
	a.Rule.TieBreaks = append([]TieBreak{}, a.Rule.TieBreaks...)
	a.Rows = append([]TaskRow{}, a.Rows...)
	slices.SortFunc(a.Rows, func(x, y TaskRow) int { return cmp.Compare(x.Key, y.Key) })
	a.Units = append([]AssessedUnit{}, a.Units...)
	slices.SortFunc(a.Units, func(x, y AssessedUnit) int { return cmp.Compare(x.Key, y.Key) })
	for i := range a.Units {
		u := &a.Units[i]
		u.Grounds = append([]string{}, u.Grounds...)
		u.Marks = append([]Mark{}, u.Marks...)
		slices.SortStableFunc(u.Marks, func(x, y Mark) int { return cmp.Compare(x.Indicator, y.Indicator) })
	}
	return a
}

// check refuses what no sheet can be made of.
func (a Assessment) check() error {
	texts := []string{a.Subject, a.Rule.Version}
	for _, r := range a.Rows {
		texts = append(texts, r.Key, r.Lead)
	}
	for _, u := range a.Units {
		texts = append(append(texts, u.Key), u.Grounds...)
		if err := errFirst(within("the complaints", u.Complaints, 0, 1_000_000), within("the shortfall", u.Shortfall, 0, 100_000_000)); err != nil {
			return fmt.Errorf("the unit %s: %w", u.Key, err)
		}
	}
	for _, t := range texts {
		if !utf8.ValidString(t) {
			return fmt.Errorf("%q is not UTF-8", t)
		}
	}
	if a.Subject == "" || a.Rule.Version == "" {
		return errors.New("a sheet names its subject and the version of its rule")
	}
	if !slices.Equal(a.Rule.TieBreaks, UnitTieBreaks()) {
		return errors.New("units are told apart by their satisfaction, then by their upheld complaints")
	}
	d := a.Deductions
	return errFirst(
		within("the titles given", a.Given, 0, a.Rule.Titles), within("the deduction for a complaint", int64(d.Complaint), 0, int64(Full)),
		within("the deduction for a shortfall", int64(d.Shortfall), 0, int64(Full)), within("the deduction for lateness", int64(d.Late), 0, int64(Full)))
}
