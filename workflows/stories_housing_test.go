package workflows_test

import (
	"fmt"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"

	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// housingStories are the ways that a project can go: each ends in the archive, most of them after its rooms were replaced.
var housingStories = map[string]func(*city){
	"withdrawn":      func(c *city) { c.project(); c.leaves(civic.ActWithdraw) },
	"order-answered": orderAnswered,
	"order-ignored":  orderIgnored,
	"order-paused":   orderPaused,
	"settled":        settled,
	"plan-changed":   planChanged,
	"reminded":       projectReminded,
	"continued":      projectContinued,
}

// project registers a project of 2,000 homes of the development and reform commission's.
func (c *city) project() {
	c.t.Helper()
	c.opens(c.story, "wang-yang", civic.NewCase{Procedure: civic.HousingProcedure, Unit: "cz-reform", Matter: &civic.Housing{HousingForm: sixYears}})
	c.submits("wang-yang")
}

// leaves lets the applicant take the case back; it is archived after its time.
func (c *city) leaves(kind civic.ActKind) {
	c.t.Helper()
	c.do(c.of(value[string](c, `SELECT applicant FROM cases WHERE id = $1`, c.id)), kind, "", "", none)
	c.archived()
}

// housed are details of housing.
func housed(d civic.HousingDetails) civic.Details { return civic.Details{Housing: &d} }

// housing is how a project's questions are usually answered, with as many square metres as were drawn and as were found.
func (c *city) housing(drawn, found int64) map[string]reply {
	c.t.Helper()
	paper := c.paper()
	return map[string]reply{
		"conditions": {outcome: "issue", details: housed(civic.HousingDetails{Document: document("2015-03-06"), Conditions: &civic.HousingConditions{Area: *area(640), Position: "主入口", Storey: 2,
			Independent: true, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}})},
		"countersign":         {outcome: "agree"},
		"contract":            {outcome: "concluded", details: housed(civic.HousingDetails{Document: paper})},
		"drawings":            {outcome: "hand_in", details: housed(civic.HousingDetails{Document: paper, Rooms: ofArea(drawn)})},
		"design_review":       {outcome: "agree"},
		"planning_permit":     {outcome: "grant", details: housed(civic.HousingDetails{Document: paper, Area: area(drawn)})},
		"construction_permit": {outcome: "grant", details: housed(civic.HousingDetails{Document: paper})},
		"inspect":             {outcome: "finished", details: housed(civic.HousingDetails{Progress: &civic.HousingProgress{Homes: 2000, Rooms: *area(drawn)}})},
		"survey":              {outcome: "measured", details: housed(civic.HousingDetails{Document: paper, Rooms: ofArea(found)})},
		"planning_check":      {outcome: "pass", details: housed(civic.HousingDetails{Document: paper})},
		"file_completion":     {outcome: "file", details: housed(civic.HousingDetails{Document: paper})},
		"acceptance":          {outcome: "accept", details: housed(civic.HousingDetails{Document: paper})},
		"verify":              {outcome: "pass", details: housed(civic.HousingDetails{Checklist: checked("")})},
		"enforce":             {outcome: "corrected", details: housed(civic.HousingDetails{Document: paper})},
		"hand_over": {outcome: "offer", details: housed(civic.HousingDetails{Inventory: &civic.HousingInventory{Area: *area(drawn), Archives: []string{"as_built", "completion", "planning", "fire"},
			Lines: []civic.InventoryLine{{Kind: "room", Name: "一层"}, {Kind: "keys", Name: "钥匙"}, {Kind: "meter", Name: "电表"}}}})},
		"sign_handover":  {outcome: "sign"},
		"register_title": {outcome: "registered", details: housed(civic.HousingDetails{Document: paper, Area: area(drawn), Owner: "天宁区人民政府"})},
		"put_into_use":   {outcome: "open", details: housed(civic.HousingDetails{InUse: threeStations})},
	}
}

var threeStations = []civic.OpenedRoom{
	{Name: "新服务大厅", Area: *area(240), Storey: 1, Station: civic.ManagementStation, Uses: []string{"civil_affairs"}},
	{Name: "社会组织室", Area: *area(200), Storey: 1, Station: civic.SocialStation, Uses: []string{"social_organisations"}},
	{Name: "活动室", Area: *area(200), Storey: 2, Station: civic.ActivityStation, Uses: []string{"reading"}},
}

// failing is a verification that a project does not pass.
var failing = housed(civic.HousingDetails{Checklist: checked("utilities"), Defects: []string{"用电未接通"}})

// ordered goes to an order to rectify.
func (c *city) ordered() {
	c.t.Helper()
	c.carry(civic.Checking, c.housing(640, 640))
	c.answer("verify", "fail", failing)
	require.Equal(c.t, civic.Rectifying, c.progress().State)
}

// replaced takes rooms in use out of the world: others stand in their place.
func (c *city) replaced() {
	c.t.Helper()
	c.do(c.of("dai-xiaoyan"), civic.ActProposeDemolition, "", "", none)
	c.answer("replacement", "replaced", c.rehoused(700))
	require.Equal(c.t, civic.Replaced, c.progress().State)
	c.archived()
}

// rehoused brings a room into the register and names it as what takes the place of the project's.
func (c *city) rehoused(metres int64) civic.Details {
	c.t.Helper()
	const there = "cz-tianning-diaozhuang-03"
	today, err := workday.ParseDate(value[string](c, `SELECT city_now()::date::text`))
	require.NoError(c.t, err)
	room := civic.StockRoom{Region: there, Name: fmt.Sprintf("和平路9号（%d）", c.acts), Address: "和平路9号", Area: *area(metres), Storey: 1, Uses: []string{"office"}, Signs: []string{}, State: civic.RoomVacant,
		TitleKind: civic.NoTitle, From: today.AddDays(-30), Origin: civic.FromReplacement}
	deed := c.deed("dai-xiaoyan", "stock.import")
	deed.Key, deed.Hash = "room "+deed.ID, deed.ID
	deed.ID = civic.NewID("deed", "dai-xiaoyan", deed.Key)
	_, err = c.store.ImportStock(c.t.Context(), deed, []civic.StockRoom{room}, "置换用房")
	require.NoError(c.t, err)
	id := value[string](c, `SELECT id FROM stock_room WHERE region = $1 AND name = $2`, there, room.Name)
	return housed(civic.HousingDetails{Replacement: &civic.ReplacedBy{Region: there, Rooms: []string{id}, Document: *c.paper()}})
}

// orderAnswered: the developer gets more time, rectifies, and the rooms are used.
func orderAnswered(c *city) {
	c.project()
	c.ordered()
	c.do(c.of("zhang-cheng"), civic.ActExtendOrder, "", "", none)
	c.answer("extension", "grant")
	c.passes("20 days")
	c.answer("rectify", "rectified")
	c.carry(civic.InUse, c.housing(640, 640))
	c.replaced()
}

// orderIgnored: the system transfers the order, says that the handover is late, and asks for patrols, of which one finds a misuse.
func orderIgnored(c *city) {
	c.project()
	c.ordered()
	c.till(civic.Enforcing)
	c.carry(civic.HandingOver, c.housing(640, 640))
	c.due(civic.ActHandoverLate)
	require.Equal(c.t, civic.HandingOver, c.progress().State, "nothing is handed over by that")
	c.carry(civic.Titling, c.housing(640, 640))
	c.answer("register_title", "obstacle")
	c.carry(civic.InUse, map[string]reply{"put_into_use": c.housing(640, 640)["put_into_use"]})
	c.due(civic.ActOpenPatrols)
	c.answer("patrol", "misused", housed(civic.HousingDetails{Misuse: "lease"}))
	c.answer("recover", "recovered")
	for range 4 { // one of the quarters begins a year
		c.due(civic.ActOpenPatrols)
	}
	c.answer("patrol", "vacant")
	c.answer("yearly_check", "normal")
	c.replaced()
}

// orderPaused: the term of an order stands still while the case does, and is followed to its new end.
func orderPaused(c *city) {
	c.project()
	c.ordered()
	c.do(c.of("xu-jian"), civic.ActPause, "", "", none)
	c.passes("100 days")
	c.do(c.of("xu-jian"), civic.ActResume, "", "", none)
	require.Equal(c.t, civic.Rectifying, c.progress().State, "nothing ran out meanwhile")
	c.till(civic.Enforcing)
	c.answer("enforce", "corrected", housed(civic.HousingDetails{Document: c.paper()}))
	c.carry(civic.InUse, c.housing(640, 640))
	c.replaced()
}

// settled: what cannot be rectified is made good: a part by other rooms of the site, the rest by a payment.
func settled(c *city) {
	c.project()
	usual := c.housing(640, 600)
	c.carry(civic.PlanChecking, usual)
	c.answer("planning_check", "pass_recorded", housed(civic.HousingDetails{Document: c.paper()}))
	c.carry(civic.Checking, usual)
	c.answer("verify", "fail", housed(civic.HousingDetails{Checklist: checked(""), Defects: []string{"面积不足"}}))
	c.answer("rectify", "impossible")
	c.answer("verify", "settle", housed(civic.HousingDetails{Checklist: checked("")}))
	c.answer("remedy", "rule_out", housed(civic.HousingDetails{Remedy: string(space.Extend)}))
	c.answer("remedy_review", "agree")
	c.answer("remedy", "propose", housed(civic.HousingDetails{Measure: &civic.HousingMeasure{Remedy: space.Reallocate, Area: *area(30)}}))
	c.answer("remedy_review", "agree")
	c.answer("remedy_delivery", "exists", housed(civic.HousingDetails{Area: area(30), Document: c.paper()}))
	c.answer("remedy", "rule_out", housed(civic.HousingDetails{Remedy: string(space.BuyNearby)}))
	c.answer("remedy_review", "agree")
	c.answer("remedy", "propose", housed(civic.HousingDetails{Measure: &civic.HousingMeasure{Remedy: space.Pay, Area: *area(10)}}))
	c.answer("remedy_review", "agree")
	c.answer("remedy_decide", "allow", housed(civic.HousingDetails{Price: &civic.HousingPrice{Construction: 300_000, Land: 100_000}, Document: c.paper()}))
	c.answer("remedy_booking", "booked", housed(civic.HousingDetails{Booked: 1_000_000, Document: c.paper()}))
	c.answer("remedy_booking", "booked", housed(civic.HousingDetails{Booked: 3_000_000, Document: &civic.DocumentRef{Number: "文〔2014〕2号", Date: c.today()}}))
	require.Equal(c.t, civic.HandingOver, c.progress().State)
	usual = c.housing(630, 630)
	c.carry(civic.Titling, usual)
	c.answer("register_title", "registered", housed(civic.HousingDetails{Document: c.paper(), Area: area(630), Owner: "天宁区人民政府"}))
	c.answer("put_into_use", "open", housed(civic.HousingDetails{InUse: []civic.OpenedRoom{threeStations[0], threeStations[1],
		{Name: "活动室", Area: *area(190), Storey: 2, Station: civic.ActivityStation, Uses: []string{"reading"}}}}))
	c.replaced()
}

// planChanged: while the project is built a change of its plan is approved, and the project takes it over with its next act.
func planChanged(c *city) {
	c.project()
	c.carry(civic.Building, c.housing(640, 640))
	project := c.id
	c.change(project, civic.PlanChangeForm{Area: *area(800), Households: 2500})
	c.carry(civic.Publicity, changing)
	c.till(civic.ChangeDeciding)
	c.carry(civic.ChangeApproved, changing)
	c.archived()
	c.tell(civic.HousingProcedure, project, c.story)
	c.answer("inspect", "finished", housed(civic.HousingDetails{Progress: &civic.HousingProgress{Homes: 2500, Rooms: *area(800)}}))
	c.carry(civic.InUse, c.housing(800, 800))
	c.do(c.of("dai-xiaoyan"), civic.ActProposeDemolition, "", "", none)
	c.answer("replacement", "refuse")
	c.do(c.of("dai-xiaoyan"), civic.ActProposeDemolition, "", "", none)
	c.answer("replacement", "replaced", c.rehoused(800))
	c.archived()
}

// projectReminded: nobody draws the conditions up; people are reminded and their leaders told, and the project waits.
func projectReminded(c *city) {
	c.project()
	for c.progress().RemindIn != nil {
		c.reminded()
	}
	require.Equal(c.t, civic.Conditions, c.progress().State)
	c.leaves(civic.ActWithdraw)
}

// projectContinued: a project goes on in a fresh history twice, while it is built and under an order that is then ignored.
func projectContinued(c *city) {
	c.project()
	c.carry(civic.Building, c.housing(640, 640))
	first := c.leave()
	c.overfill()
	c.ordered()
	second := c.leave()
	c.overfill()
	c.till(civic.Enforcing)
	c.carry(civic.InUse, c.housing(640, 640))
	c.due(civic.ActOpenPatrols)
	c.replaced()
	for _, run := range []string{first, second} {
		require.Equal(c.t, 1, count(c.history(run), enums.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW))
	}
}
