package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// supplementStories are the ways that the making up of a community's rooms can go: each ends in the archive.
var supplementStories = map[string]func(*city){
	"supplied":            supplied,
	"replanned":           replanned,
	"refused":             func(c *city) { c.proposed(); c.answer("supply_review", "refuse"); c.archived() },
	"refused-by-district": refusedByDistrict,
	"dropped":             dropped,
	"withdrawn":           func(c *city) { c.proposed(); c.leaves(civic.ActWithdraw) },
	"reminded":            supplyReminded,
}

// supplying is how the questions of a supplement are usually answered.
var supplying = map[string]reply{
	"supply_review": {outcome: "agree"}, "supply_amend": {outcome: "amended"}, "supply_approve": {outcome: "approve", details: civic.Details{BudgetLine: "district-line"}}, "supply_build": {outcome: "done"},
}

// proposed hands in the proposal of a street for a community that has no rooms.
func (c *city) proposed() {
	c.t.Helper()
	c.exec(`INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ('district-line', 'cz-tianning-government', $1, '2080199', '社区用房', 1000000000)`, time.Now().Year())
	form := civic.SupplementForm{Region: "cz-tianning-hongmei-03", Means: civic.FromPurchase, Area: *area(600), Address: "红梅路9号", Storey: 1, Cost: 200_000_000,
		Money: "区级财政", Ready: time.Now().AddDate(1, 0, 0).Format(time.DateOnly), Why: "老旧小区未配建"}
	c.opens(c.story, "wan-peng", civic.NewCase{Procedure: civic.SupplementProcedure, Unit: "cz-tianning-hongmei-office", Matter: &civic.Supplement{SupplementForm: form}})
	c.submits("wan-peng")
}

// found is an acceptance that finds a room.
func found(name string, metres int64) civic.Details {
	return civic.Details{Supplement: &civic.SupplementDetails{Rooms: []civic.MeasuredRoom{{Name: name, Area: *area(metres), Storey: 1, Uses: []string{"office"}, State: civic.RoomInUse, TitleKind: civic.NoTitle}}}}
}

// supplied: returned and amended, approved, reported on, accepted in two parts with a failure between them.
func supplied(c *city) {
	c.proposed()
	c.answer("supply_review", "return", gaps)
	c.carry(civic.SupplyApproval, supplying)
	c.answer("supply_approve", "return", gaps)
	c.carry(civic.SupplyWork, supplying)
	half := 50
	c.answer("supply_build", "progress", civic.Details{Supplement: &civic.SupplementDetails{Percent: &half}})
	c.carry(civic.SupplyCheck, supplying)
	c.answer("supply_accept", "part", found("红梅路9号101室", 400))
	c.carry(civic.SupplyCheck, supplying)
	c.answer("supply_accept", "fail", gaps)
	c.carry(civic.SupplyCheck, supplying)
	c.answer("supply_accept", "pass", found("红梅路9号102室", 200))
	require.Equal(c.t, civic.Supplied, c.progress().State)
	c.archived()
}

// replanned: it cannot be done as it was approved, and is approved again without a line of the budget.
func replanned(c *city) {
	c.proposed()
	c.carry(civic.SupplyWork, supplying)
	c.answer("supply_build", "replan")
	c.carry(civic.SupplyApproval, supplying)
	c.answer("supply_approve", "approve", civic.Details{Supplement: &civic.SupplementDetails{Statement: "由开发企业无偿提供"}})
	c.carry(civic.SupplyCheck, supplying)
	c.answer("supply_accept", "pass", found("红梅路9号", 600))
	c.archived()
}

func refusedByDistrict(c *city) {
	c.proposed()
	c.carry(civic.SupplyApproval, supplying)
	c.answer("supply_approve", "refuse")
	require.Equal(c.t, civic.RefusedState, c.progress().State)
	c.archived()
}

func dropped(c *city) {
	c.proposed()
	c.answer("supply_review", "return", gaps)
	c.answer("supply_amend", "drop")
	require.Equal(c.t, civic.Withdrawn, c.progress().State)
	c.archived()
}

// supplyReminded: what the district has approved is owed; nobody works on it, and silence does not end it.
func supplyReminded(c *city) {
	c.proposed()
	c.carry(civic.SupplyWork, supplying)
	for c.progress().RemindIn != nil {
		c.reminded()
	}
	require.Equal(c.t, civic.SupplyWork, c.progress().State)
	c.carry(civic.SupplyCheck, supplying)
	c.answer("supply_accept", "pass", found("红梅路9号", 600))
	c.archived()
}
