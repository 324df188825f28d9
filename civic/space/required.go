package space

import (
	"errors"
	"fmt"
	"strconv"

	"lizheng/civic/workday"
)

// MaxHouseholds bounds the homes of one plan; a whole city has fewer.
const MaxHouseholds = 10_000_000

// Plan is what a compound is planned for.
type Plan struct {
	Households int64    `json:"households"`
	Population *Decimal `json:"population,omitempty"` // as the planning document states it; nil: households × persons per household
}

// Requirement is what a plan owes under a standard, with the way there.
type Requirement struct {
	Version    int          `json:"version"`
	From       workday.Date `json:"from"`
	Formula    Formula      `json:"formula"`
	Households int64        `json:"households"`
	Population Decimal      `json:"population"` // 0 when the formula does not ask
	Stated     bool         `json:"stated"`     // the population comes from the plan, not from its households
	Exact      string       `json:"exact"`      // what the formula says, before rounding and floor
	Floored    bool         `json:"floored"`    // the floor decided
	Area       Area         `json:"area"`       // what is owed
	Ground     Area         `json:"ground"`     // of it on the ground floor, at least
	Figures    []Figure     `json:"figures"`    // all of this, to be shown line by line
}

// fine is an area in billionths of a square metre: the product of an area per 1,000
// persons and a population has that many places and no more.
type fine int64

const (
	finePlaces   = 9
	finePerArea  = 10_000_000
	finePerMetre = 1_000_000_000
	maxFine      = int64(MaxArea) * finePerArea
	finePer1000  = 1       // hundredths × ten-thousandths ÷ 1,000
	finePer100   = 100_000 // hundredths ÷ 100
)

// Required computes what the plan owes.
func (s Standard) Required(p Plan) (Requirement, error) {
	if err := s.Check(); err != nil {
		return Requirement{}, err
	}
	if err := s.accepts(p); err != nil {
		return Requirement{}, err
	}
	r := Requirement{Version: s.Version, From: s.From, Formula: s.Formula, Households: p.Households}
	exact, err := s.exact(p, &r)
	if err != nil {
		return Requirement{}, fmt.Errorf("the requirement of %d households: %w", p.Households, err)
	}
	rounded := s.rounded(exact)
	r.Exact = write(int64(exact), finePlaces, 0)
	r.Floored = s.Floor > rounded
	if r.Area = max(s.Floor, rounded); r.Area > MaxArea {
		return Requirement{}, ErrTooLarge
	}
	if r.Ground, err = r.Area.PartUp(s.GroundRatio); err != nil {
		return Requirement{}, err
	}
	r.show(s, rounded)
	return r, nil
}

func (s Standard) accepts(p Plan) error {
	stated := p.Population != nil
	switch {
	case p.Households < 0 || p.Households > MaxHouseholds:
		return fmt.Errorf("%d is not a number of planned households", p.Households)
	case stated && (*p.Population <= 0 || !p.Population.fits()):
		return errors.New("the planned population is above zero")
	case p.Households == 0 && (!stated || s.countsHouseholds()):
		return errors.New("the plan has no households")
	}
	return nil
}

// exact is the formula's area; it writes the population it used into r.
func (s Standard) exact(p Plan, r *Requirement) (fine, error) {
	var largest fine
	if s.countsPersons() {
		if p.Population != nil {
			r.Population, r.Stated = *p.Population, true
		} else {
			var err error
			if r.Population, err = s.PersonsPerHousehold.Times(p.Households); err != nil {
				return 0, err
			}
		}
		n, err := scaled(int64(s.Per1000), int64(r.Population), finePer1000, down, maxFine)
		if err != nil {
			return 0, err
		}
		r.Figures = append(r.Figures, s.personFigures(*r, fine(n))...)
		largest = fine(n)
	}
	if s.countsHouseholds() {
		n, err := scaled(int64(s.Per100), p.Households*finePer100, 1, down, maxFine)
		if err != nil {
			return 0, err
		}
		r.Figures = append(r.Figures,
			Figure{"rate_100", "每百户面积", "area per 100 households", s.Per100.String()},
			Figure{"by_households", "按户数计算", "by households", write(n, finePlaces, 0)})
		largest = max(largest, fine(n))
	}
	return largest, nil
}

func (s Standard) personFigures(r Requirement, byPersons fine) []Figure {
	var figures []Figure
	if !r.Stated {
		figures = append(figures, Figure{"persons_per_household", "户均人口", "persons per household", s.PersonsPerHousehold.String()})
	}
	return append(figures,
		Figure{"population", "规划人口", "planned population", r.Population.String()},
		Figure{"rate_1000", "每千人面积", "area per 1,000 persons", s.Per1000.String()},
		Figure{"by_persons", "按人口计算", "by population", write(int64(byPersons), finePlaces, 0)})
}

// rounded is the formula's area as the standard rounds it, always up.
func (s Standard) rounded(exact fine) Area {
	step := fine(finePerArea)
	if s.Rounding == WholeMetres {
		step = finePerMetre
	}
	steps := (exact + step - 1) / step
	return Area(steps * (step / finePerArea))
}

// show puts the frame around the figures of the formula.
func (r *Requirement) show(s Standard, rounded Area) {
	figures := []Figure{
		{"standard", "标准版本", "version of the standard", strconv.Itoa(s.Version)},
		{"from", "施行日期", "in force from", s.From.String()},
		{"formula", "计算方法", "formula", string(s.Formula)},
		{"households", "规划户数", "planned households", strconv.FormatInt(r.Households, 10)},
	}
	figures = append(figures, r.Figures...)
	figures = append(figures, area("rounded", "取整后", "rounded", rounded))
	if s.Floor > 0 {
		figures = append(figures, area("floor", "最低面积", "least area", s.Floor))
	}
	figures = append(figures, area("required", "应配面积", "required area", r.Area))
	if s.GroundRatio > 0 {
		figures = append(figures, area("ground", "其中首层不少于", "of it on the ground floor, at least", r.Ground))
	}
	r.Figures = figures
}
