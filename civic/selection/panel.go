package selection

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// Mark is what one indicator got.
type Mark struct {
	Indicator     string `json:"indicator"`
	Score         Points `json:"score,omitempty"`
	NotApplicable bool   `json:"not_applicable,omitempty"`
}

// ScoreSheet is what one assessor found.
type ScoreSheet struct {
	Assessor string `json:"assessor"`
	Recused  bool   `json:"recused,omitempty"` // the marks of a recused assessor are not looked at
	Marks    []Mark `json:"marks"`
}

// Panel is everything that one candidate's score is made of.
type Panel struct {
	Sheets   []ScoreSheet `json:"sheets"`
	Measured []Mark       `json:"measured,omitempty"` // counted and not judged: the same for every assessor
	Survey   *Points      `json:"survey,omitempty"`   // satisfaction, of a hundred points
	Bonus    Points       `json:"bonus,omitempty"`
	Penalty  Points       `json:"penalty,omitempty"`
}

// PanelRule is how a panel's score is made.
type PanelRule struct {
	Limits
	Least         int   `json:"least"`          // fewer assessors, without the recused, give no score
	TrimFrom      int   `json:"trim_from"`      // from so many on, the highest and the lowest are left out
	SurveyPercent int64 `json:"survey_percent"` // how much of the base the survey is
}

// Score is a candidate's score with all that led to it.
type Score struct {
	Panel      Points           `json:"panel"`
	Base       Points           `json:"base"` // panel and survey together
	Bonus      Points           `json:"bonus"`
	Penalty    Points           `json:"penalty"`
	Qualifying Points           `json:"qualifying"`
	Total      Points           `json:"total"`
	Assessors  []AssessorScore  `json:"assessors"`  // by assessor
	Indicators []IndicatorScore `json:"indicators"` // by key
}

// AssessorScore says what an assessor's sheet came to, and whether it counted.
type AssessorScore struct {
	Assessor string `json:"assessor"`
	Total    Points `json:"total"`
	Use      Use    `json:"use"`
}

// Use is what became of a sheet.
type Use string

// The uses of a sheet.
const (
	Counted Use = "counted"
	Highest Use = "highest" // left out of the trimmed mean
	Lowest  Use = "lowest"  // left out of the trimmed mean
	Recused Use = "recused"
)

// IndicatorScore is the panel's mean for one indicator, for reading only: the panel's
// score is the mean of totals. Marks is how many assessors found it applicable; with
// none there is no score.
type IndicatorScore struct {
	Indicator string `json:"indicator"`
	Marks     int    `json:"marks"`
	Score     Points `json:"score"`
}

// ErrTooFewAssessors is returned for a panel that is too small to give a score.
var ErrTooFewAssessors = errors.New("there are too few assessors")

// ErrNoSurvey is returned where the survey has a weight and was not made.
var ErrNoSurvey = errors.New("there is no satisfaction survey")

// Assess makes a panel's score:
//
//	total of an assessor = 100 · Σ weight·score/most ÷ Σ weight, over what is applicable
//	panel = mean of the totals, from TrimFrom on without one highest and one lowest
//	base  = (panel · (100 - SurveyPercent) + survey · SurveyPercent) ÷ 100
//
// All of it is exact; each published figure is rounded half up from the exact one,
// and the base from the exact panel. Every assessor must have a mark for every
// indicator that was not measured: what is missing is an error and never zero.
func Assess(s Standard, r PanelRule, p Panel) (Score, error) {
	lines, err := s.lines()
	if err != nil {
		return Score{}, err
	}
	if err := r.check(p); err != nil {
		return Score{}, err
	}
	sheets, err := totals(lines, p)
	if err != nil {
		return Score{}, err
	}
	counted := len(sheets) - countRecused(sheets)
	if counted < max(1, r.Least) {
		return Score{}, fmt.Errorf("%d of at least %d: %w", counted, max(1, r.Least), ErrTooFewAssessors)
	}
	panel := mean(exacts(sheets), r.TrimFrom)
	markTrimmed(sheets, r.TrimFrom)
	base := new(big.Rat).Mul(panel, ratio(100-r.SurveyPercent, 100))
	if r.SurveyPercent > 0 {
		base.Add(base, ratio(int64(*p.Survey)*r.SurveyPercent, 100))
	}
	out := Score{Panel: roundHalfUp(panel), Base: roundHalfUp(base), Bonus: p.Bonus, Penalty: p.Penalty}
	out.Qualifying = r.Qualifying(out.Base, p.Penalty)
	out.Total = r.Total(out.Base, p.Bonus, p.Penalty)
	for _, t := range sheets {
		out.Assessors = append(out.Assessors, t.AssessorScore)
	}
	for i, l := range lines {
		out.Indicators = append(out.Indicators, indicatorMean(l.Key, i, sheets, r.TrimFrom))
	}
	return out, nil
}

func (r PanelRule) check(p Panel) error {
	if r.TrimFrom < 3 {
		return fmt.Errorf("a mean cannot be trimmed from %d assessors on", r.TrimFrom)
	}
	if r.SurveyPercent > 0 && p.Survey == nil {
		return ErrNoSurvey
	}
	survey := Points(0)
	if p.Survey != nil {
		survey = *p.Survey
	}
	return errFirst(
		r.Limits.check(),
		within("the survey's weight", r.SurveyPercent, 0, 100), within("the survey", int64(survey), 0, int64(Full)),
		within("the bonus", int64(p.Bonus), 0, most), within("the penalty", int64(p.Penalty), 0, most))
}

// total is one sheet, summed up.
type total struct {
	AssessorScore
	exact *big.Rat // nil if recused
	marks []Mark   // in the order of the standard's lines; none if recused
}

// totals sums the sheets up, by assessor.
func totals(lines []line, p Panel) ([]total, error) {
	all := make([]total, 0, len(p.Sheets))
	for _, s := range p.Sheets {
		t := total{AssessorScore: AssessorScore{Assessor: s.Assessor, Use: Recused}}
		if !s.Recused {
			var err error
			if t.marks, err = align(lines, slices.Concat(s.Marks, p.Measured)); err != nil {
				return nil, fmt.Errorf("the sheet of %s: %w", s.Assessor, err)
			}
			if t.exact = sum(lines, t.marks); t.exact == nil {
				return nil, fmt.Errorf("the sheet of %s finds nothing applicable", s.Assessor)
			}
			t.Total, t.Use = roundHalfUp(t.exact), Counted
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b total) int { return cmp.Compare(a.Assessor, b.Assessor) })
	for i := 1; i < len(all); i++ {
		if all[i-1].Assessor == all[i].Assessor {
			return nil, fmt.Errorf("%q has two sheets", all[i].Assessor)
		}
	}
	return all, nil
}

// align brings marks into the order of the lines: exactly one for each.
func align(lines []line, marks []Mark) ([]Mark, error) {
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.Indicator, b.Indicator) })
	for i, l := range lines {
		switch {
		case i >= len(marks) || marks[i].Indicator > l.Key:
			return nil, fmt.Errorf("there is no mark for %s", l.Key)
		case marks[i].Indicator < l.Key && i > 0 && marks[i].Indicator == lines[i-1].Key:
			return nil, fmt.Errorf("there are two marks for %s", marks[i].Indicator)
		case marks[i].Indicator < l.Key:
			return nil, fmt.Errorf("the standard has no indicator %q", marks[i].Indicator)
		case marks[i].NotApplicable:
			continue
		}
		if err := within("the mark for "+l.Key, int64(marks[i].Score), 0, int64(l.Most)); err != nil {
			return nil, err
		}
	}
	if len(marks) > len(lines) {
		return nil, fmt.Errorf("there is a mark too many for %q", marks[len(lines)].Indicator)
	}
	return marks, nil
}

// sum is the exact total of one sheet, nil if nothing is applicable.
func sum(lines []line, marks []Mark) *big.Rat {
	whole, plain := int64(0), int64(0)
	weighed := new(big.Rat)
	for i, l := range lines {
		if marks[i].NotApplicable {
			continue
		}
		whole += int64(l.weight)
		if l.weight == l.Most { // saves the fraction where there is none: always, except in a what-if
			plain += int64(marks[i].Score)
			continue
		}
		part := ratio(int64(marks[i].Score), int64(l.Most))
		weighed.Add(weighed, part.Mul(part, ratio(int64(l.weight), 1)))
	}
	if whole == 0 {
		return nil
	}
	weighed.Add(weighed, ratio(plain, 1))
	return weighed.Mul(weighed, ratio(int64(Full), whole))
}
