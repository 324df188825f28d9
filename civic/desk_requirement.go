package civic

import (
	"context"

	"lizheng/civic/space"
)

// RequirementAsked is a plan of which somebody wants to know what it would owe, while it is being written.
type RequirementAsked struct {
	Unit       string         `json:"unit"` // whose project it would be
	Households int64          `json:"households"`
	Population *space.Decimal `json:"population,omitempty"`
	PerHome    *space.Decimal `json:"persons_per_household,omitempty"`
	On         string         `json:"on,omitempty"` // day whose standard counts; today if it is not given
}

// Requirement computes what a plan would owe under the standard of a day, for whoever may begin a project of the unit. It changes nothing.
func (d *Desk) Requirement(ctx context.Context, who Actor, asked RequirementAsked) (space.Requirement, error) {
	var none space.Requirement
	if err := signedIn(who); err != nil {
		return none, err
	}
	subject := Subject{Object: "draft", Procedure: HousingProcedure, State: Draft, Unit: asked.Unit, Applicant: who.Person, Parties: []string{asked.Unit}}
	if _, err := d.Policy.Decide(ctx, who, "create", subject); err != nil {
		return none, err
	}
	day := d.Record.Now()
	if asked.On != "" {
		var err error
		if day, err = Day(asked.On); err != nil {
			return none, Refuse(Invalid, "bad_date", "日期格式应为YYYY-MM-DD。", "Give the day as YYYY-MM-DD.").At("on")
		}
	}
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return none, err
	}
	return requirementOf(asked, RulesAt(parameters, day))
}

// requirementOf computes what is asked under the standard of these rules.
func requirementOf(asked RequirementAsked, r Rules) (space.Requirement, error) {
	var none space.Requirement
	if asked.Population != nil && asked.PerHome != nil {
		return none, Refuse(Invalid, "stated_twice", "规划人口与户均人口只能填写一项。", "State the population or the persons per household, not both.").At("population")
	}
	standard, err := HousingStandard(r)
	if err != nil {
		return none, Refuse(Invalid, "no_standard", "该日尚无用房标准。", "No housing standard was in force on that day.").At("on").By("housing.formula")
	}
	h := Housing{HousingForm: HousingForm{Households: asked.Households, Population: asked.Population, PerHome: asked.PerHome}, Standard: &standard}
	need, err := h.required()
	if err != nil {
		return none, Refuse(Invalid, "no_requirement", "无法按所填户数和人口计算应配面积。", "The requirement cannot be computed from these numbers.").At("households")
	}
	return need, nil
}
