package workflows_test

import (
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// layoutStories are the ways that a layout plan of community rooms can go: each ends in the archive.
var layoutStories = map[string]func(*city){
	"replaced":  layoutReplaced,
	"expired":   layoutExpired,
	"withdrawn": func(c *city) { c.plans(c.story, 4); c.leaves(civic.ActWithdraw) },
	"reminded":  layoutReminded,
}

// planning is how the questions of a layout plan are usually answered.
var planning = map[string]reply{"layout_opinion": {outcome: "agree"}, "layout_amend": {outcome: "hand_in"}, "layout_decide": {outcome: "approve"}}

// plans hands in a plan of civil affairs for this year and so many more.
func (c *city) plans(name string, more int) (id string) {
	c.t.Helper()
	year := c.store.Now().Year()
	c.opens(name, "fan-min", civic.NewCase{Procedure: civic.LayoutProcedure, Unit: "cz-civil-affairs", Matter: &civic.Layout{LayoutForm: civic.LayoutForm{
		From: year, To: year + more, Rows: []civic.LayoutRow{{Community: "cz-tianning-hongmei-03", Way: civic.FromPurchase, Area: *area(600), Site: "红梅路9号", Year: year}}}}})
	c.submits("fan-min")
	return c.id
}

// layoutReplaced: sent back by one body and by the leading group, in force, and replaced by the next version.
func layoutReplaced(c *city) {
	first := c.plans(c.story, 4)
	c.answer("layout_opinion", "revise")
	c.answer("layout_opinion", "agree")
	c.carry(civic.Deliberation, planning)
	c.answer("layout_decide", "send_back")
	c.carry(civic.InForce, planning)
	c.plans("newer", 3)
	c.carry(civic.InForce, planning)
	c.tell(civic.LayoutProcedure, first, "")
	c.till(civic.Replaced)
	c.archived()
}

// layoutExpired: kept at its yearly check, it ends with its last year.
func layoutExpired(c *city) {
	c.plans(c.story, 1)
	c.carry(civic.InForce, planning)
	c.due(civic.ActCheckDue)
	c.answer("layout_adjust", "keep")
	c.till(civic.Expired)
	c.archived()
}

// layoutReminded: nobody's silence agrees to a plan, and nobody's silence at the yearly check ends it.
func layoutReminded(c *city) {
	c.plans(c.story, 4)
	for c.progress().RemindIn != nil {
		c.reminded()
	}
	require.Equal(c.t, civic.LayoutReview, c.progress().State)
	c.carry(civic.InForce, planning)
	c.due(civic.ActCheckDue)
	c.reminded()
	require.Equal(c.t, civic.InForce, c.progress().State)
	c.till(civic.Expired)
	c.archived()
}
