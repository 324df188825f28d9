package civic

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"lizheng/civic/names"
	"lizheng/civic/space"
)

// HousingForm is what a project is registered with (D2).
type HousingForm struct {
	Name       string         `json:"name"`
	Address    string         `json:"address,omitempty"`
	Community  string         `json:"community,omitempty"`             // region that will use the rooms
	Developer  string         `json:"developer,omitempty"`             // unit
	Surveyor   string         `json:"surveyor,omitempty"`              // unit
	Approval   DocumentRef    `json:"approval"`                        // 立项文件
	Households int64          `json:"households"`                      // planned
	Population *space.Decimal `json:"population,omitempty"`            // planned, where the plan states it
	PerHome    *space.Decimal `json:"persons_per_household,omitempty"` // where the plan states it, and no population
	Plots      []string       `json:"plots,omitempty"`
	Phases     []HousingPhase `json:"phases,omitempty"`
	Spread     *DocumentRef   `json:"spread_decision,omitempty"` // the decision that not all rooms stand in the first phase
}

// HousingPhase is one phase of a project with its buildings.
type HousingPhase struct {
	space.Phase
	Name      string   `json:"name,omitempty"`
	Buildings []string `json:"buildings,omitempty"`
}

// Limits of the form.
const (
	maxPhases = 20
	maxPlots  = 50
)

// plan is what the project is planned for.
func (f HousingForm) plan() (space.Plan, error) {
	p := space.Plan{Households: f.Households, Population: f.Population}
	if f.Population == nil && f.PerHome != nil {
		n, err := f.PerHome.Times(f.Households)
		if err != nil {
			return p, err
		}
		p.Population = &n
	}
	return p, nil
}

// phases are those of the building rule.
func (f HousingForm) phases() []space.Phase {
	out := make([]space.Phase, len(f.Phases))
	for i, p := range f.Phases {
		out[i] = p.Phase
	}
	return out
}

// storable refuses a form that cannot even be kept as a draft.
func (f HousingForm) storable() error {
	if len(f.Phases) > maxPhases || len(f.Plots) > maxPlots {
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "A list has too many entries.").At("phases")
	}
	for _, t := range []struct {
		field, value string
		max          int
	}{
		{"name", f.Name, maxName}, {"address", f.Address, 200}, {"community", f.Community, maxKeyText}, {"developer", f.Developer, maxKeyText},
		{"surveyor", f.Surveyor, maxKeyText}, {"approval.number", f.Approval.Number, 200}, {"approval.date", f.Approval.Date, 10},
	} {
		if names.Valid(t.value, t.max) != nil {
			return Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "The text is too long or has a character that is not allowed.").At(t.field)
		}
	}
	for i, p := range f.Phases {
		if len(p.Buildings) > maxPlots || names.Valid(strings.Join(append([]string{p.Name}, p.Buildings...), ""), 2000) != nil {
			return errCharacter(fmt.Sprintf("phases[%d]", i))
		}
	}
	if names.Valid(strings.Join(f.Plots, ""), 2000) != nil {
		return errCharacter("plots")
	}
	return nil
}

// complete says everything that is missing for a registration, all at once.
func (f HousingForm) complete() []*Error {
	var out []*Error
	must := func(field, value, zh, en string) {
		if strings.TrimSpace(value) == "" {
			out = append(out, missing(field, zh, en))
		}
	}
	must("name", f.Name, "项目名称", "the project's name")
	must("address", f.Address, "项目地址", "the address")
	must("community", f.Community, "所属社区", "the community")
	must("developer", f.Developer, "建设单位", "the developer")
	must("surveyor", f.Surveyor, "测绘单位", "the surveyor")
	must("approval.number", f.Approval.Number, "立项文号", "the number of the project's approval")
	if _, err := Day(f.Approval.Date); err != nil {
		out = append(out, Refuse(Invalid, "bad_date", "请填写立项日期。", "Give the day of the approval as YYYY-MM-DD.").At("approval.date"))
	}
	if f.Households <= 0 || f.Households > space.MaxHouseholds {
		out = append(out, Refuse(Invalid, "out_of_range", "请填写规划户数。", "Give the planned households.").At("households"))
	}
	if f.Population != nil && f.PerHome != nil {
		out = append(out, Refuse(Invalid, "stated_twice", "规划人口与户均人口只能填写一项。", "State the population or the persons per household, not both.").At("population"))
	}
	if utf8.RuneCountInString(f.Name) > maxName {
		out = append(out, Refuse(Invalid, "too_long", "项目名称过长。", "The name is too long.").At("name"))
	}
	return append(out, f.completePhases()...)
}

// completePhases holds the phases against the project.
func (f HousingForm) completePhases() []*Error {
	var homes int64
	for i, p := range f.Phases {
		field := fmt.Sprintf("phases[%d]", i)
		if p.Number != i+1 || p.Volume <= 0 || p.Volume > space.MaxArea || p.Households < 0 || p.Rooms < 0 || p.Rooms > space.MaxArea {
			return []*Error{Refuse(Invalid, "bad_phase", "分期须按建设次序编号，并填写建筑面积。", "Phases are numbered in the order of building and have a building area.").At(field)}
		}
		homes += p.Households
	}
	if len(f.Phases) > 0 && homes != f.Households {
		return []*Error{Refuse(Invalid, "does_not_add_up", "各期户数之和与规划户数不符。", "The homes of the phases do not add up to the planned households.").
			At("phases").With("phases", homes).With("households", f.Households)}
	}
	return nil
}
