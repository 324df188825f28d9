package civic

import (
	"fmt"
	"slices"
	"time"

	"lizheng/civic/selection"
)

// Standard is one version of what communities are scored by: the city's guiding standard (创建考评指导标准), or a district's
// detailed rules (实施细则) under it.
type Standard struct {
	ID       string        `json:"id"`               // such as cz-2026 or cz-tianning-2026
	Unit     string        `json:"unit"`             // who wrote it
	Parent   string        `json:"parent,omitempty"` // the city's standard that a district's rules serve
	State    StandardState `json:"state"`
	Revision int           `json:"revision"`
	SavedBy  string        `json:"saved_by,omitempty"`
	SavedAt  time.Time     `json:"saved_at"`
	StandardBody
}

// StandardState is where a standard stands. What is on file never changes: a new version is a new standard.
type StandardState string

// The states of a standard.
const (
	StandardDraft    StandardState = "draft"
	StandardHandedIn StandardState = "handed_in"
	StandardFiled    StandardState = "filed"
)

// StandardBody is what a standard says.
type StandardBody struct {
	Title      string           `json:"title"`
	Proposed   bool             `json:"proposed,omitempty"` // its weights are a proposal and no decision of the city
	Source     string           `json:"source,omitempty"`
	Dimensions []DimensionLines `json:"dimensions"`
	Rules      []EligibleRule   `json:"eligibility,omitempty"` // 否决情形: what bars a community from the title, by what source
}

// DimensionLines are a dimension with its indicators.
type DimensionLines struct {
	Key        string          `json:"key"`
	Zh         string          `json:"zh"`
	En         string          `json:"en,omitempty"`
	Indicators []IndicatorLine `json:"indicators"`
}

// IndicatorLine is one indicator as it stands in the book.
type IndicatorLine struct {
	Key      string           `json:"key"`
	Zh       string           `json:"zh"`
	En       string           `json:"en,omitempty"`
	Most     selection.Points `json:"most"`
	Method   selection.Method `json:"method"`
	Ways     []string         `json:"ways,omitempty"` // 考评方法: 审核材料, 实地考察, 问卷调查, 听取汇报
	Evidence bool             `json:"evidence,omitempty"`
	Source   string           `json:"source,omitempty"` // where its figures come from
	City     string           `json:"city,omitempty"`   // of a district's rules: the city's indicator that it serves
}

// EligibleRule is one condition of eligibility and who knows about it.
type EligibleRule struct {
	Key    string `json:"key"`
	Zh     string `json:"zh"`
	En     string `json:"en,omitempty"`
	Source string `json:"source,omitempty"`
	Years  int    `json:"years,omitempty"` // how far back it looks
}

// Limits of a standard.
const (
	maxDimensions = 20
	maxIndicators = 200
	maxEligible   = 40
)

// Selection is the standard as the selection computes with it.
func (s StandardBody) Selection(version string) selection.Standard {
	out := selection.Standard{Version: version}
	for _, d := range s.Dimensions {
		dim := selection.Dimension{Key: d.Key}
		for _, i := range d.Indicators {
			dim.Indicators = append(dim.Indicators, selection.Indicator{Key: i.Key, Most: i.Most, Method: i.Method})
		}
		out.Dimensions = append(out.Dimensions, dim)
	}
	return out
}

// mapping says which of the city's indicators a district's serve.
func (s StandardBody) mapping() (out []selection.Mapping) {
	for _, d := range s.Dimensions {
		for _, i := range d.Indicators {
			if i.City != "" {
				out = append(out, selection.Mapping{District: i.Key, City: i.City})
			}
		}
	}
	return out
}

// eligible finds a rule of eligibility.
func (s StandardBody) eligible(key string) (EligibleRule, bool) {
	for _, r := range s.Rules {
		if r.Key == key {
			return r, true
		}
	}
	return EligibleRule{}, false
}

// Whole refuses a standard that cannot be scored by: keys twice, indicators without points, a sum other than a hundred.
func (s StandardBody) Whole() error {
	if err := s.Selection("").Check(); err != nil {
		return Refuse(Invalid, "standard_not_whole", "指标分值合计必须为100分，且指标编号不得重复。", "The indicators must add up to 100 points, each with a key of its own.").
			At("dimensions").By("selection.standard").With("why", err.Error())
	}
	for i, r := range s.Rules {
		if slices.ContainsFunc(s.Rules[:i], func(o EligibleRule) bool { return o.Key == r.Key }) {
			return Refuse(Invalid, "standard_not_whole", "否决情形编号不得重复。", "Every ground of exclusion has a key of its own.").At("eligibility").By("selection.standard").With("key", r.Key)
		}
	}
	return nil
}

// Gaps are what a district's rules leave out of the city's standard, or weigh otherwise by more than the tolerance.
func (s StandardBody) Gaps(district StandardBody, tolerancePercent int64) ([]selection.Gap, error) {
	gaps, err := s.Selection("").Gaps(district.Selection(""), district.mapping(), tolerancePercent)
	if err != nil {
		return nil, Refuse(Invalid, "bad_mapping", "指标对应关系有误。", "The mapping of the indicators is wrong.").At("dimensions").By("selection.gaps").With("why", err.Error())
	}
	return gaps, nil
}

// uncovered refuses rules with gaps, naming the first and how many there are.
func uncovered(gaps []selection.Gap) error {
	if len(gaps) == 0 {
		return nil
	}
	refusal := func(g selection.Gap) *Error {
		return Refuse(Conflict, "rules_"+string(g.Code), fmt.Sprintf("市级指标%s：应为%s分，细则合计%s分。", g.City, g.Want, g.Got),
			fmt.Sprintf("The city's indicator %s has %s points, the district's rules give it %s.", g.City, g.Want, g.Got)).
			At("details.appraisal.standard").By("appraisal.weight_tolerance_percent").With("indicator", g.City).With("want", int64(g.Want)).With("got", int64(g.Got))
	}
	first := refusal(gaps[0])
	for _, g := range gaps[1:] {
		first.Also = append(first.Also, refusal(g))
	}
	return first
}
