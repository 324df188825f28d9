package space

import "errors"

// Tolerance is the error that a measurement may have: the larger of an area and a
// share of what it is held against.
type Tolerance struct {
	Least Area    `json:"least"` // such as 3 m²
	Ratio Decimal `json:"ratio"` // such as 1 %
}

// On returns the tolerance for an area, in whole hundredths: as areas are whole
// hundredths too, being within it is exactly being within the larger of the two.
func (t Tolerance) On(base Area) (Area, error) {
	if t.Least < 0 || !t.Least.fits() {
		return 0, errors.New("a tolerance is not negative")
	}
	share, err := base.PartDown(t.Ratio)
	return max(t.Least, share), err
}

// Outcome is how the measured area stands to the required one.
type Outcome string

// The outcomes.
const (
	Enough    Outcome = "enough"
	Tolerated Outcome = "tolerated" // short within the tolerance: recorded, nothing owed
	Short     Outcome = "short"     // 不合格: the whole of it is owed, not only what exceeds the tolerance
)

// Shortfall is the required area less the measured one, judged.
type Shortfall struct {
	Required Area    `json:"required"`
	Measured Area    `json:"measured"`
	Short    Area    `json:"short"`   // required − measured, 0 when there is enough
	Over     Area    `json:"over"`    // measured − required, 0 when there is not more
	Allowed  Area    `json:"allowed"` // the tolerance
	Outcome  Outcome `json:"outcome"`
}

// Judge compares the two areas. Rooms that are not there at all are no error of
// measurement, however small the requirement.
func Judge(required, measured Area, t Tolerance) (Shortfall, error) {
	if required < 0 || measured < 0 || !required.fits() || !measured.fits() {
		return Shortfall{}, errors.New("an area to be judged is negative or too large")
	}
	allowed, err := t.On(required)
	if err != nil {
		return Shortfall{}, err
	}
	s := Shortfall{
		Required: required, Measured: measured, Allowed: allowed,
		Short: max(required-measured, 0), Over: max(measured-required, 0),
	}
	switch {
	case s.Short == 0:
		s.Outcome = Enough
	case s.Short <= allowed && measured > 0:
		s.Outcome = Tolerated
	default:
		s.Outcome = Short
	}
	return s, nil
}

// Owed is the area that has to be made good.
func (s Shortfall) Owed() Area {
	if s.Outcome == Short {
		return s.Short
	}
	return 0
}

// Finding puts the shortfall into words.
func (s Shortfall) Finding() Finding {
	figures := []Figure{
		area("required", "应配面积", "required area", s.Required),
		area("measured", "实测面积", "measured area", s.Measured),
		area("short", "缺少", "short by", s.Short),
		area("allowed", "允许误差", "allowed tolerance", s.Allowed),
	}
	switch s.Outcome {
	case Enough:
		return find(Pass, "area_enough", "实测面积达到应配面积。", "The measured area reaches the required area.", figures...)
	case Tolerated:
		return find(Minor, "area_tolerated", "实测面积不足，在允许误差以内，予以记录。",
			"The measured area is short within the tolerance; this is recorded.", figures...)
	}
	return find(Fail, "area_short", "实测面积不足，超出允许误差，须补足。",
		"The measured area is short by more than the tolerance and has to be made good.", figures...)
}
