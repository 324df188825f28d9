package workflows_test

import (
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// planChangeStories are the ways that a change of a project's plan can go: each ends in the archive, and leaves its project
// under construction.
var planChangeStories = map[string]func(*city){
	"approved": changeApproved,
	"rejected": func(c *city) {
		c.asked(800)
		c.answer("change_opinion", "agree")
		c.answer("change_review", "reject")
		c.archived()
	},
	"refused-by-group":    changeRefused,
	"allowed-by-group":    changeAllowed,
	"objection-dismissed": changeObjectionDismissed,
	"objection-late":      changeObjectionLate,
	"objection-sustained": changeObjectionSustained,
	"withdrawn":           func(c *city) { c.asked(800); c.leaves(civic.ActWithdraw) },
}

// changing is how the questions of a change are usually answered.
var changing = map[string]reply{
	"change_opinion": {outcome: "agree"}, "change_review": {outcome: "publish"}, "change_objection": {outcome: "dismiss"}, "change_decide": {outcome: "approve"},
}

// change hands in a change of a project's plan.
func (c *city) change(project string, form civic.PlanChangeForm) {
	c.t.Helper()
	form.Name, form.Project, form.Reason, form.Drawings = "方案调整", project, "户型调整", *c.paper()
	c.opens(c.story, "zhang-cheng", civic.NewCase{Procedure: civic.PlanChangeProcedure, Parent: project, Unit: "cz-developer-jinling", Matter: &civic.PlanChange{PlanChangeForm: form}})
	c.submits("zhang-cheng")
}

// asked is a change that is asked for of a project under construction, to so many square metres.
func (c *city) asked(metres int64) {
	c.t.Helper()
	change := c.story
	c.story = "" // the project's history is told elsewhere
	c.project()
	c.carry(civic.Building, c.housing(700, 700))
	c.story = change
	c.change(c.id, civic.PlanChangeForm{Area: *area(metres), Households: 2000})
}

func changeApproved(c *city) {
	c.asked(800)
	c.carry(civic.Publicity, changing)
	c.till(civic.ChangeDeciding)
	c.carry(civic.ChangeApproved, changing)
	c.archived()
}

// referred is a change that shrinks the rooms, before the leading group.
func (c *city) referred() {
	c.t.Helper()
	c.asked(660)
	c.answer("change_opinion", "disagree")
	c.answer("change_review", "refer")
}

func changeRefused(c *city) {
	c.referred()
	c.answer("change_group", "refuse")
	c.archived()
}

// changeAllowed: the leading group allows it, and planning rejects it in the end.
func changeAllowed(c *city) {
	c.referred()
	c.answer("change_group", "allow", housed(civic.HousingDetails{Document: c.paper()}))
	c.answer("change_review", "publish")
	c.till(civic.ChangeDeciding)
	c.answer("change_decide", "reject")
	c.archived()
}

func changeObjectionDismissed(c *city) {
	c.asked(800)
	c.carry(civic.Publicity, changing)
	c.object()
	c.object()
	c.answer("change_objection", "dismiss")
	c.answer("change_objection", "dismiss")
	require.Equal(c.t, civic.Publicity, c.progress().State)
	c.till(civic.ChangeDeciding)
	c.carry(civic.ChangeApproved, changing)
	c.archived()
}

// changeObjectionLate: the notice ends while the objection is examined, and nothing is decided by that.
func changeObjectionLate(c *city) {
	c.asked(800)
	c.carry(civic.Publicity, changing)
	c.object()
	c.passes("40 days")
	require.Equal(c.t, civic.Objected, c.progress().State)
	c.carry(civic.ChangeApproved, changing)
	c.archived()
}

func changeObjectionSustained(c *city) {
	c.asked(800)
	c.carry(civic.Publicity, changing)
	c.object()
	c.answer("change_objection", "sustain")
	require.Equal(c.t, civic.ChangeReview, c.progress().State)
	c.answer("change_review", "reject")
	c.archived()
}
