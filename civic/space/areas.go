package space

import "fmt"

// Stage names one of the six areas of the rooms of a project. They are different
// numbers, made by different people years apart, and all of them are kept.
type Stage string

// The stages, in their order.
const (
	AreaRequired   Stage = "required"    // 应配面积: by the standard
	AreaDesigned   Stage = "designed"    // 设计面积: in the drawings reviewed
	AreaPermitted  Stage = "permitted"   // 许可面积: in the planning permit
	AreaMeasured   Stage = "measured"    // 实测面积: by the surveyor
	AreaHandedOver Stage = "handed_over" // 移交面积: in the handover signed by three parties
	AreaRegistered Stage = "registered"  // 登记面积: in the title
)

// Stages returns the stages in their order.
func Stages() []Stage {
	return []Stage{AreaRequired, AreaDesigned, AreaPermitted, AreaMeasured, AreaHandedOver, AreaRegistered}
}

// Words returns the name of the area in both languages.
func (s Stage) Words() (zh, en string) {
	switch s {
	case AreaRequired:
		return "应配面积", "required area"
	case AreaDesigned:
		return "设计面积", "designed area"
	case AreaPermitted:
		return "许可面积", "permitted area"
	case AreaMeasured:
		return "实测面积", "measured area"
	case AreaHandedOver:
		return "移交面积", "handed-over area"
	case AreaRegistered:
		return "登记面积", "registered area"
	}
	return string(s), string(s)
}

// Areas are the six areas; nil is not known yet.
type Areas struct {
	Required   *Area `json:"required,omitempty"`
	Designed   *Area `json:"designed,omitempty"`
	Permitted  *Area `json:"permitted,omitempty"`
	Measured   *Area `json:"measured,omitempty"`
	HandedOver *Area `json:"handed_over,omitempty"`
	Registered *Area `json:"registered,omitempty"`
}

// At returns the area of a stage, nil when it is not known.
func (a Areas) At(s Stage) *Area {
	switch s {
	case AreaRequired:
		return a.Required
	case AreaDesigned:
		return a.Designed
	case AreaPermitted:
		return a.Permitted
	case AreaMeasured:
		return a.Measured
	case AreaHandedOver:
		return a.HandedOver
	case AreaRegistered:
		return a.Registered
	}
	return nil
}

// Deviation is a recorded reason why the area of a stage is not that of the stage
// before it, such as a change of plan. It covers these two numbers and no others: when
// one of them changes again, that needs a record of its own.
type Deviation struct {
	Stage     Stage  `json:"stage"`
	From      Area   `json:"from"`
	To        Area   `json:"to"`
	Reference string `json:"reference"` // the document or decision
}

// Check holds every area against those before it, as far as they are known, and says
// of what is missing although a later one is known.
func (a Areas) Check(t Tolerance, recorded []Deviation) ([]Finding, error) {
	for _, s := range Stages() {
		if v := a.At(s); v != nil && (*v < 0 || !v.fits()) {
			return nil, fmt.Errorf("the %s area %s is none", s, v)
		}
	}
	findings := a.missing()
	findings = append(findings, a.atLeastRequired(AreaDesigned)...)
	findings = append(findings, a.asBefore(AreaPermitted, AreaDesigned, recorded)...)
	findings = append(findings, a.atLeastRequired(AreaPermitted)...)
	built, err := a.asPermitted(t, recorded)
	if err != nil {
		return nil, err
	}
	findings = append(findings, built...)
	if a.Required != nil && a.Measured != nil {
		short, err := Judge(*a.Required, *a.Measured, t)
		if err != nil {
			return nil, err
		}
		if short.Outcome != Enough {
			findings = append(findings, short.Finding())
		}
	}
	findings = append(findings, a.asBefore(AreaHandedOver, AreaMeasured, recorded)...)
	return append(findings, a.asBefore(AreaRegistered, AreaHandedOver, recorded)...), nil
}

// missing finds the gaps: an area unknown although a later stage has its own.
func (a Areas) missing() []Finding {
	var findings, open []Finding
	for _, s := range Stages() {
		if a.At(s) != nil {
			findings = append(findings, open...)
			open = nil
			continue
		}
		zh, en := s.Words()
		open = append(open, find(Minor, string(s)+"_missing", "缺少"+zh+"。", "The "+en+" is missing."))
	}
	return findings
}

// atLeastRequired holds a planned area against the standard; no record cures it.
func (a Areas) atLeastRequired(s Stage) []Finding {
	v := a.At(s)
	if v == nil || a.Required == nil || *v >= *a.Required {
		return nil
	}
	zh, en := s.Words()
	return []Finding{find(Fail, string(s)+"_below_required",
		zh+"小于应配面积。", "The "+en+" is below the required area.", a.figures(s, AreaRequired)...)}
}

// asBefore holds an area against the one that it has to repeat.
func (a Areas) asBefore(s, before Stage, recorded []Deviation) []Finding {
	v, b := a.At(s), a.At(before)
	if v == nil || b == nil || *v == *b {
		return nil
	}
	zh, en := s.Words()
	zhBefore, enBefore := before.Words()
	figures := a.figures(s, before)
	if d, ok := covered(recorded, s, *b, *v); ok {
		return []Finding{find(Pass, string(s)+"_differs_recorded", zh+"与"+zhBefore+"不一致，已有记录。",
			"The "+en+" is not the "+enBefore+"; this is on record.",
			append(figures, Figure{"reference", "依据", "reference", d.Reference})...)}
	}
	return []Finding{find(Fail, string(s)+"_differs", zh+"与"+zhBefore+"不一致，且无变更记录。",
		"The "+en+" is not the "+enBefore+", and no change is on record.", figures...)}
}

// asPermitted holds what was built against the permit. More than permitted is said, not
// judged: that is the planning verification's (规划核实) to weigh.
func (a Areas) asPermitted(t Tolerance, recorded []Deviation) ([]Finding, error) {
	if a.Measured == nil || a.Permitted == nil || *a.Measured == *a.Permitted {
		return nil, nil
	}
	figures := a.figures(AreaMeasured, AreaPermitted)
	if *a.Measured > *a.Permitted {
		return []Finding{find(Pass, "measured_above_permitted", "实测面积大于许可面积。",
			"The measured area is above the permitted area.", figures...)}, nil
	}
	if _, ok := covered(recorded, AreaMeasured, *a.Permitted, *a.Measured); ok {
		return a.asBefore(AreaMeasured, AreaPermitted, recorded), nil
	}
	s, err := Judge(*a.Permitted, *a.Measured, t)
	if err != nil {
		return nil, err
	}
	figures = append(figures, area("short", "相差", "short by", s.Short), area("allowed", "允许误差", "allowed tolerance", s.Allowed))
	if s.Outcome == Tolerated {
		return []Finding{find(Minor, "measured_below_permitted_tolerated", "实测面积小于许可面积，在允许误差以内。",
			"The measured area is below the permitted area, within the tolerance.", figures...)}, nil
	}
	return []Finding{find(Fail, "measured_below_permitted", "实测面积小于许可面积，超出允许误差。",
		"The measured area is below the permitted area by more than the tolerance.", figures...)}, nil
}

func (a Areas) figures(stages ...Stage) []Figure {
	var figures []Figure
	for _, s := range stages {
		zh, en := s.Words()
		figures = append(figures, area(string(s), zh, en, *a.At(s)))
	}
	return figures
}

// covered returns the record of exactly this difference; one without a reference is none.
func covered(recorded []Deviation, s Stage, from, to Area) (Deviation, bool) {
	for _, d := range recorded {
		if d.Stage == s && d.From == from && d.To == to && d.Reference != "" {
			return d, true
		}
	}
	return Deviation{}, false
}
