package civic

import (
	"fmt"
	"slices"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// Limits of an indicator.
const (
	maxWays    = 10
	maxWay     = 100
	maxTiers   = 20
	mostTarget = 1000 // percent
	mostLeast  = 1_000_000
)

// ScoringKinds are the ways from what was found to points, in words.
var ScoringKinds = []Word{
	{string(selection.ByTier), Words{"分档", "grades"}}, {string(selection.ByDeduct), Words{"扣分", "deduct"}}, {string(selection.ByCount), Words{"计次", "count"}},
	{string(selection.ByRatio), Words{"按比例", "ratio"}}, {string(selection.BySurvey), Words{"问卷", "survey"}},
}

// Storable refuses a standard that cannot even be kept, naming every place: what does not add up yet may still be mended.
func (s StandardBody) Storable() error {
	lines := 0
	for _, d := range s.Dimensions {
		lines += len(d.Indicators)
	}
	switch {
	case len(s.Dimensions) > maxDimensions || lines > maxIndicators || len(s.Rules) > maxEligible:
		return errManyLines("dimensions")
	case s.Title == "":
		return missing("title", "标准名称", "a title")
	}
	var f findings
	f.texts("", fieldText{"title", s.Title}, fieldText{"source", s.Source})
	for i, d := range s.Dimensions {
		at := fmt.Sprintf("dimensions[%d].", i)
		f.at(at, d.faults())
		for j, line := range d.Indicators {
			f.at(fmt.Sprintf("%sindicators[%d].", at, j), line.faults())
		}
	}
	for i, r := range s.Rules {
		at := fmt.Sprintf("eligibility[%d].", i)
		f.key(at+"key", r.Key)
		f.texts(at, fieldText{"zh", r.Zh}, fieldText{"en", r.En}, fieldText{"source", r.Source})
	}
	return f.err()
}

func errManyLines(field string) *Error {
	return Refuse(Invalid, "too_many_entries", "列表项过多。", "A list has too many entries.").At(field)
}

// faults are what keeps a dimension by itself from being kept, by its fields.
func (d DimensionLines) faults() []*Error {
	var f findings
	f.key("key", d.Key)
	f.texts("", fieldText{"zh", d.Zh}, fieldText{"en", d.En})
	return f.list
}

// faults are what keeps an indicator from being kept, by its fields.
func (i IndicatorLine) faults() []*Error {
	var f findings
	f.key("key", i.Key)
	f.texts("", fieldText{"zh", i.Zh}, fieldText{"en", i.En}, fieldText{"source", i.Source})
	if names.Valid(i.City, maxKeyText) != nil {
		f.add(errCharacter(""), "city")
	}
	if i.Most < 0 || i.Most > selection.Full {
		f.add(errRow("bad_points", "分值应在0至100分之间。", "Points are between 0 and 100."), "most")
	}
	if len(i.Ways) > maxWays {
		f.add(errManyLines(""), "ways")
	}
	for _, w := range i.Ways {
		if names.Valid(w, maxWay) != nil {
			f.add(errCharacter(""), "ways")
			break
		}
	}
	f.method(i.Method)
	return f.list
}

func (f *findings) method(m selection.Method) {
	if !slices.ContainsFunc(ScoringKinds, func(w Word) bool { return w.Key == string(m.Kind) }) {
		f.add(errRow("not_a_choice", "没有这种计分方式。", "There is no such way of scoring."), "method.kind")
	}
	if len(m.Tiers) > maxTiers {
		f.add(errManyLines(""), "method.tiers")
	}
	for _, t := range m.Tiers {
		if t.Percent < 0 || t.Percent > 100 || names.Valid(t.Name, maxKeyText) != nil {
			f.add(errRow("bad_tier", "分档名称不正确，或比例不在0至100之间。", "A grade has a wrong name, or a share that is not between 0 and 100."), "method.tiers")
			break
		}
	}
	for _, n := range []struct {
		field      string
		value, top int64
	}{{"method.each", int64(m.Each), int64(selection.Full)}, {"method.target", m.Target, mostTarget}, {"method.least", m.Least, mostLeast}} {
		if n.value < 0 || n.value > n.top {
			f.add(errRow("out_of_range", "数值超出范围。", "This number is out of range.").With("most", n.top), "%s", n.field)
		}
	}
}

// fieldText is a text with the field that holds it.
type fieldText struct{ field, text string }

func (f *findings) texts(at string, all ...fieldText) {
	for _, t := range all {
		if names.Valid(t.text, maxLine) != nil {
			f.add(errCharacter(""), "%s%s", at, t.field)
		}
	}
}

func (f *findings) key(at, key string) {
	if badKey(key) {
		f.add(errCharacter(""), "%s", at)
	}
}

// at takes over findings of a part, each below its place.
func (f *findings) at(place string, found []*Error) {
	for _, e := range found {
		f.add(e, "%s%s", place, e.Field)
	}
}

func badKey(key string) bool { return key == "" || names.Valid(key, maxKeyText) != nil }
