package civic

import (
	"slices"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// AppraisalDetails are what the steps of the yearly appraisal need beyond an opinion. Points are hundredths of a point.
type AppraisalDetails struct {
	Standard  string            `json:"standard,omitempty"`  // file: the district's rules
	Rank      int               `json:"rank,omitempty"`      // recommend: the street's own order, from 1
	Assessors []string          `json:"assessors,omitempty"` // compose
	Lead      string            `json:"lead,omitempty"`      // compose: one of them
	Survey    *selection.Points `json:"survey,omitempty"`    // close: satisfaction, of a hundred points
	Bonus     selection.Points  `json:"bonus,omitempty"`     // close
	Penalty   selection.Points  `json:"penalty,omitempty"`   // close
	Ground    string            `json:"ground,omitempty"`    // veto: which rule of eligibility
	Withheld  []Withheld        `json:"withheld,omitempty"`  // report
	Seed      string            `json:"seed,omitempty"`      // draw: fixed by something that nobody can choose
	Strikes   []Withheld        `json:"strikes,omitempty"`   // approve: who is struck, and why
	Community string            `json:"community,omitempty"` // strike
}

// Limits of the details.
const (
	maxPanel   = 15
	maxPerList = 2000
	maxRank    = 1000
)

// given names the fields that are not empty.
func (d *AppraisalDetails) given() []string {
	if d == nil {
		return nil
	}
	var out []string
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"standard", d.Standard != ""}, {"rank", d.Rank != 0}, {"assessors", len(d.Assessors) > 0}, {"lead", d.Lead != ""},
		{"survey", d.Survey != nil}, {"bonus", d.Bonus != 0}, {"penalty", d.Penalty != 0}, {"ground", d.Ground != ""}, {"withheld", len(d.Withheld) > 0},
		{"seed", d.Seed != ""}, {"strikes", len(d.Strikes) > 0}, {"community", d.Community != ""},
	} {
		if f.given {
			out = append(out, "appraisal."+f.name)
		}
	}
	return out
}

// check refuses details that the record could not hold or that cannot mean anything.
func (d *AppraisalDetails) check() error {
	if d == nil {
		return nil
	}
	keys := slices.Concat([]string{d.Standard, d.Lead, d.Ground, d.Seed, d.Community}, d.Assessors)
	for _, w := range slices.Concat(d.Withheld, d.Strikes) {
		keys = append(keys, w.Community)
		if w.Reason == "" || names.ValidText(w.Reason, maxLine) != nil {
			return errCharacter("details.appraisal")
		}
	}
	for _, key := range keys {
		if names.Valid(key, maxKeyText) != nil {
			return errCharacter("details.appraisal")
		}
	}
	switch {
	case len(d.Assessors) > maxPanel, len(d.Withheld) > maxPerList, len(d.Strikes) > maxPerList:
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("details.appraisal")
	case d.Rank < 0 || d.Rank > maxRank:
		return Refuse(Invalid, "bad_rank", "推荐位次应为1到1000。", "A rank lies between 1 and 1,000.").At("details.appraisal.rank")
	case d.Bonus < 0 || d.Bonus > selection.Full || d.Penalty < 0 || d.Penalty > selection.Full:
		return errPoints("details.appraisal.bonus")
	case d.Survey != nil && (*d.Survey < 0 || *d.Survey > selection.Full):
		return errPoints("details.appraisal.survey")
	}
	return nil
}

func errPoints(field string) *Error {
	return Refuse(Invalid, "bad_points", "分值应在0到100分之间。", "A score lies between 0 and 100 points.").At(field)
}
