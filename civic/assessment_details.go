package civic

import (
	"slices"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// AssessmentDetails are what outcomes of the assessment need beyond an opinion.
type AssessmentDetails struct {
	Points *selection.Points `json:"points,omitempty"` // the changed score of a row
	Titles *int64            `json:"titles,omitempty"` // how many areas are proposed
	Vetoes []Veto            `json:"vetoes,omitempty"` // districts that cannot be proposed
}

// Veto rules a district out, with its grounds: a grave accident or incident.
type Veto struct {
	Unit    string `json:"unit"`
	Grounds string `json:"grounds"`
}

// maxVetoes is more than there are districts.
const maxVetoes = 20

// check refuses details that the record could not hold or nobody should have to read.
func (d *AssessmentDetails) check() error {
	switch {
	case d == nil:
		return nil
	case len(d.Vetoes) > maxVetoes:
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("details.assessment.vetoes").With("max", maxVetoes)
	case d.Titles != nil && *d.Titles < 0, d.Points != nil && (*d.Points < 0 || *d.Points > selection.Full):
		return Refuse(Invalid, "bad_value", "数值超出范围。", "A number is out of range.").At("details.assessment")
	case slices.ContainsFunc(d.Vetoes, func(v Veto) bool { return v.Unit == "" || v.Grounds == "" }),
		slices.ContainsFunc(d.Vetoes, func(v Veto) bool {
			return names.Valid(v.Unit, maxKeyText) != nil || names.ValidText(v.Grounds, maxLine) != nil
		}):
		return errCharacter("details.assessment.vetoes")
	}
	return nil
}
