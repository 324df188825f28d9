package civic

import (
	"slices"

	"lizheng/civic/names"
)

// actTakes are the details that the acts of every procedure may carry.
var actTakes = map[ActKind][]string{
	ActTransfer: {"unit"}, ActAddSigner: {"unit"}, ActDelegate: {"person"}, ActCopy: {"person"},
}

// given names the fields that are not empty.
func (d Details) given() []string {
	var out []string
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"term_end", d.TermEnd != ""}, {"communities", len(d.Communities) > 0}, {"condition", d.Condition != ""}, {"merge_into", d.MergeInto != ""},
		{"transfer_to", d.TransferTo != ""}, {"until", d.Until != ""}, {"gaps", len(d.Gaps) > 0}, {"budget_line", d.BudgetLine != ""},
		{"unit", d.Unit != ""}, {"person", d.Person != ""}, {"trigger", d.Trigger != ""}, {"block_name", d.BlockName}, {"from", d.From != ""},
		{"contact", d.Contact != ""}, {"objection", d.Objection != ""},
		{"assessment.points", d.Assessment != nil && d.Assessment.Points != nil},
		{"assessment.titles", d.Assessment != nil && d.Assessment.Titles != nil},
		{"assessment.vetoes", d.Assessment != nil && len(d.Assessment.Vetoes) > 0},
	} {
		if f.given {
			out = append(out, f.name)
		}
	}
	return append(append(append(out, d.Supplement.given()...), d.Housing.given()...), d.Appraisal.given()...)
}

// fit refuses details without what an act cannot do without, or with what it would not look at: nothing may stand on
// record that looks decided and was not.
func (d Details) fit(needs, takes []string) error {
	given := d.given()
	for _, field := range needs {
		if !slices.Contains(given, field) {
			return Refuse(Invalid, "missing", "该处理结果缺少必填内容。", "This outcome needs more: "+field+".").At("details." + field)
		}
	}
	for _, field := range given {
		if !slices.Contains(needs, field) && !slices.Contains(takes, field) {
			return Refuse(Invalid, "unused_detail", "该操作不使用此项内容，请删除。", "This act does not use "+field+"; leave it out.").At("details." + field)
		}
	}
	return nil
}

// Limits of the details, in characters: of a key, of a line.
const (
	maxKeyText = 100
	maxLine    = 500
)

// check refuses details that the record could not hold or nobody should have to read.
func (d Details) check() error {
	for _, f := range []struct{ name, value string }{
		{"term_end", d.TermEnd}, {"merge_into", d.MergeInto}, {"transfer_to", d.TransferTo}, {"until", d.Until}, {"budget_line", d.BudgetLine},
		{"unit", d.Unit}, {"person", d.Person}, {"trigger", d.Trigger}, {"from", d.From}, {"objection", d.Objection},
	} {
		if names.Valid(f.value, maxKeyText) != nil {
			return errCharacter("details." + f.name)
		}
	}
	for _, key := range d.Communities {
		if names.Valid(key, maxKeyText) != nil {
			return errCharacter("details.communities")
		}
	}
	for _, gap := range d.Gaps {
		if gap == "" || names.ValidText(gap, maxLine) != nil {
			return errCharacter("details.gaps")
		}
	}
	if names.ValidText(d.Condition, maxText) != nil {
		return errCharacter("details.condition")
	}
	if names.ValidText(d.Contact, maxLine) != nil {
		return errCharacter("details.contact")
	}
	if err := d.Supplement.check(); err != nil {
		return err
	}
	if err := d.Assessment.check(); err != nil {
		return err
	}
	if err := d.Housing.check(); err != nil {
		return err
	}
	return d.Appraisal.check()
}

func errCharacter(field string) *Error {
	return Refuse(Invalid, "bad_character", "内容为空、过长或含有不允许的字符。", "The text is empty, too long, or has a character that is not allowed.").At(field)
}
