package civic

import (
	"fmt"
	"time"

	"lizheng/civic/names"
	"lizheng/civic/space"
)

// PlanChangeForm is what a developer asks for (D9).
type PlanChangeForm struct {
	Name       string         `json:"name"`
	Project    string         `json:"project"` // case id
	Reason     string         `json:"reason,omitempty"`
	Area       space.Area     `json:"area"` // of the rooms, asked for
	Households int64          `json:"households"`
	Population *space.Decimal `json:"population,omitempty"`
	PerHome    *space.Decimal `json:"persons_per_household,omitempty"`
	Phases     []HousingPhase `json:"phases,omitempty"` // all of them, when they change
	Drawings   DocumentRef    `json:"drawings"`
}

// PlanChange is a change of plan with what became of it.
type PlanChange struct {
	PlanChangeForm
	Before     space.Area     `json:"before"`             // the rooms in the plan so far
	Judged     *space.Changed `json:"judged,omitempty"`   // recomputed under the project's standard
	Opinion    string         `json:"opinion,omitempty"`  // of civil affairs: agree, conditional, disagree
	Decision   *DocumentRef   `json:"decision,omitempty"` // the leading group's, that the area may shrink or that it goes on without agreement
	ApprovedAt *time.Time     `json:"approved_at,omitempty"`
	Document   string         `json:"document,omitempty"` // of the approval
	Approval   string         `json:"approval,omitempty"` // the act
}

// Title is what the case is called and found by.
func (p *PlanChange) Title() string { return p.Name }

// Number writes the number of the approval.
func (p *PlanChange) Number(act, document string) {
	if p.Approval == act {
		p.Document = document
	}
}

// Storable refuses what cannot even be kept as a draft.
func (p *PlanChange) Storable() error {
	f := HousingForm{Name: p.Name, Phases: p.Phases}
	if err := f.storable(); err != nil {
		return err
	}
	if names.ValidText(p.Reason, maxText) != nil || names.Valid(p.Project, maxKeyText) != nil || names.Valid(p.Drawings.Number, 200) != nil || names.Valid(p.Drawings.Date, 10) != nil {
		return errCharacter("reason")
	}
	return nil
}

// plan is what the project would be planned for.
func (p *PlanChange) plan() (space.Plan, error) {
	return HousingForm{Households: p.Households, Population: p.Population, PerHome: p.PerHome}.plan()
}

// clone is a copy that shares nothing with the original.
func (p *PlanChange) clone() *PlanChange {
	out := *p
	return &out
}

// planChange is the case's change of plan, to be changed.
func (t *turn) planChange() (*PlanChange, error) {
	if p, ok := t.fx.Matter.(*PlanChange); ok {
		return p, nil
	}
	stored, ok := t.Matter.(*PlanChange)
	if !ok {
		return nil, fmt.Errorf("case %s has no change of plan", t.Case.ID)
	}
	p := stored.clone()
	t.fx.Matter = p
	return p, nil
}

// changed is the project that the change is about, held as it is until this act is done.
func (t *turn) changedProject() (Case, *Housing, error) {
	whole, err := t.world.Whole()
	if err != nil {
		return Case{}, nil, err
	}
	if whole == nil {
		return Case{}, nil, fmt.Errorf("case %s belongs to no project", t.Case.ID)
	}
	h, ok := whole.Matter.(*Housing)
	if !ok {
		return Case{}, nil, fmt.Errorf("case %s belongs to no project", t.Case.ID)
	}
	return whole.Case, h, nil
}
