package api

import (
	"fmt"
	"slices"
	"strings"

	"lizheng/civic"
	"lizheng/civic/space"
)

// Goals of community service housing: how far a project or a change of its plan has come.
const (
	aProjectDraft = "a project's draft"
	aProject      = "a registered project"
	aChangeDraft  = "a draft of a change of plan"
	aChange       = "a change of plan that was filed"
)

func housingGoal(goal string) bool {
	return slices.Contains([]string{aProjectDraft, aProject, aChangeDraft, aChange}, goal)
}

// projectUnit is whose draft a cell is about: that of the asker's unit, unless it is others' or the request to file it.
func projectUnit(c *cell) string {
	if c.relation != foreign && c.op.object != "case" {
		return home(c.role)
	}
	if c.route.of == civic.PlanChangeProcedure {
		return builder
	}
	return reform
}

// alone: what filing or answering bars from is told by the stories of admission, and is one rule for all procedures.
func alone(c *cell) string {
	if c.relation == applicant || c.relation == separated {
		return "the bars are the same as in an admission"
	}
	return ""
}

func ofProject(r route) route {
	r.of, r.never = civic.HousingProcedure, alone
	return r
}

func ofChange(r route) route {
	r.of, r.never = civic.PlanChangeProcedure, alone
	return r
}

// onProject asks something of a project; byRule is what a rule answers where the policy allows it.
func onProject(goal, path string, body any, fresh bool, byRule string) route {
	r := ofProject(route{goal: at(goal), fresh: fresh, ask: func(_ *grid, c *cell) request {
		return request{path: "/housing-projects/" + c.plot.id + path, body: body}
	}})
	if byRule != "" {
		r.codes = refusedByRule(byRule)
	}
	return r
}

func onChange(goal, path string, body any, byRule string) route {
	r := ofChange(route{goal: at(goal), fresh: true, ask: func(_ *grid, c *cell) request {
		return request{path: "/plan-changes/" + c.plot.id + path, body: body}
	}})
	if byRule != "" {
		r.codes = refusedByRule(byRule)
	}
	return r
}

func newProject(_ *grid, c *cell) request {
	return request{path: "/housing-projects", body: NewProject{Unit: projectUnit(c), Form: projectForm(fmt.Sprintf("第%d号项目", c.n))}}
}

func changeForm(project string) PlanChangeForm {
	return PlanChangeForm{Name: "调整", Project: project, Reason: "户型调整", Area: 640 * space.SquareMetre, Households: 2000,
		Drawings: civic.DocumentRef{Number: "方案二", Date: "2026-01-05"}}
}

// newChange asks for a change of a project that is not there: that the policy allows it shows in the rule's refusal.
func newChange(_ *grid, c *cell) request {
	return request{path: "/plan-changes", body: NewPlanChange{Unit: projectUnit(c), Form: changeForm(nobodysID)}}
}

func saveChange(_ *grid, c *cell) request {
	return request{path: "/plan-changes/" + c.plot.id, body: changeForm(c.plot.parent)}
}

// projectName is what the project of a plot is called.
func projectName(p *plot) string { return fmt.Sprintf("第%d号项目", p.n) }

func exportsProject(_ *grid, c *cell, a answer) bool {
	return strings.Contains(sheetText(a.body), projectName(c.plot))
}

// fileProject begins a project, or a change of the plan of one, and registers it if that is the goal.
func (g *grid) fileProject(p *plot) {
	form := projectForm(projectName(p))
	project := civic.NewCase{Procedure: civic.HousingProcedure, Unit: reform, Matter: &civic.Housing{HousingForm: form}, Parties: []string{leadingOffice, dept}}
	if p.goal == aProjectDraft {
		project.Unit, project.Parties = p.unit, nil
	}
	made, err := g.store.OpenCase(g.Context(), deed("draft.create", "wang-yang", fmt.Sprintf("project-%d", p.n)), project)
	if !g.fine(p, err) {
		return
	}
	p.id = made.Case.ID
	if p.goal == aProjectDraft {
		return
	}
	g.act(p, civic.ActSubmit, "wang-yang", civic.ReformOfficer, reform, "", "", civic.Details{})
	if p.goal == aProject || p.acts < 0 {
		return
	}
	change := civic.NewCase{Procedure: civic.PlanChangeProcedure, Parent: p.id, Unit: p.unit, Matter: &civic.PlanChange{PlanChangeForm: changeForm(p.id)}}
	if p.goal == aChange {
		g.settleConditions(p)
		change.Unit, change.Parties = builder, []string{leadingOffice, dept}
	}
	made, err = g.store.OpenCase(g.Context(), deed("draft.create", "zhang-cheng", fmt.Sprintf("change-%d", p.n)), change)
	if !g.fine(p, err) {
		return
	}
	p.parent, p.id = p.id, made.Case.ID
	if p.goal == aChange {
		g.act(p, civic.ActSubmit, "zhang-cheng", civic.Developer, builder, "", "", civic.Details{})
	}
}

// settleConditions brings a project to where its plan can be changed.
func (g *grid) settleConditions(p *plot) {
	for _, a := range []struct {
		step, person, outcome string
		details               *civic.HousingDetails
	}{
		{"conditions", "lin-xiaodong", "issue", &civic.HousingDetails{Document: paper("常自然资规条〔2014〕7号", "2014-09-01"), Conditions: &civic.HousingConditions{
			Area: 640 * space.SquareMetre, Position: "主入口", Storey: 2, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}}},
		{"countersign", "fan-min", "agree", nil},
	} {
		for _, w := range g.open(p) {
			g.act(p, civic.ActDecide, a.person, civic.Role(w.role), w.unit, w.id, a.outcome, civic.Details{Housing: a.details})
		}
	}
}

// invite lets those take part in every case whose own unit it otherwise never is.
func (g *grid) invite() {
	g.Helper()
	g.exec(`INSERT INTO case_party (unit, case_id, seq) SELECT u.key, c.id, c.seq FROM cases c, unit u WHERE u.key IN ($1, $2) AND c.state <> 'draft'
		ON CONFLICT DO NOTHING`, reform, builder)
}
