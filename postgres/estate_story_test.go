package postgres_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// site is one housing project of a story. Areas are square metres.
type site struct {
	*story
	id     string
	name   string
	papers int
}

const squareMetre = space.SquareMetre

// estate begins a project of 2,000 homes: by the standard of 2014, the year of its conditions, it owes 640 m².
func (s *story) estate(name string) *site {
	s.t.Helper()
	form := civic.Housing{HousingForm: civic.HousingForm{Name: name, Address: "常州市天宁区和平路1号", Community: "cz-tianning-diaozhuang-01", Developer: "cz-developer-jinling",
		Surveyor: "cz-surveyor-longcheng", Approval: civic.DocumentRef{Number: "常发改发〔2014〕18号", Date: "2014-08-01"}, Households: 2000}}
	p := &site{story: s, id: civic.NewID(s.t.Name(), name), name: name}
	p.drafted(p.id, civic.HousingProcedure, "", "cz-reform", "wang-yang", &form)
	p.act(p.id, civic.ActSubmit, p.of("wang-yang"), "", "", civic.Details{})
	return p
}

// drafted puts a draft into the record, as the desk would.
func (s *story) drafted(id string, procedure civic.Procedure, parent, unit, person string, m civic.Matter) {
	s.t.Helper()
	body, err := json.Marshal(m)
	require.NoError(s.t, err)
	s.exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar, parent)
		VALUES ($1, $2, '', $3, $4, $5, 'draft', now(), 1, nullif($6, '')::uuid)`, id, string(procedure), m.Title(), unit, person, parent)
	s.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, $3)`, id, body, names.Normal(m.Title()))
}

// paper is a document of yesterday, numbered anew.
func (p *site) paper() *civic.DocumentRef {
	p.papers++
	return &civic.DocumentRef{Number: fmt.Sprintf("文〔2026〕%d号", p.papers), Date: time.Now().AddDate(0, 0, p.days-1).Format(time.DateOnly)}
}

func (p *site) rooms(area space.Area) []civic.HousingRoom {
	return []civic.HousingRoom{{Name: "一层用房", Use: space.CommunityService, Storey: 1, Area: area}}
}

// seat finds the first open task of a step and who may answer it.
func (p *site) seat(caseID, step string) (task string, who holder) {
	p.t.Helper()
	require.NoError(p.t, p.super.QueryRow(`
		SELECT t.id, g.person, g.id
		FROM task t
		JOIN role_grant g ON g.role = t.role AND g.unit = t.unit AND t.person IN ('', g.person)
		WHERE t.case_id = $1 AND t.step = $2 AND t.state = 'open'
		ORDER BY t.ord, g.person LIMIT 1`, caseID, step).Scan(&task, &who.person, &who.grant), step)
	return task, who
}

// on answers a step of the project.
func (p *site) on(step, outcome string, d civic.HousingDetails) *site {
	p.t.Helper()
	task, who := p.seat(p.id, step)
	p.act(p.id, civic.ActDecide, who, task, outcome, civic.Details{Housing: &d})
	return p
}

// papered answers a step with nothing but a document.
func (p *site) papered(step, outcome string) *site {
	p.t.Helper()
	return p.on(step, outcome, civic.HousingDetails{Document: p.paper()})
}

// designed brings the project before its planning permit.
func (p *site) designed() *site {
	p.t.Helper()
	p.on("conditions", "issue", civic.HousingDetails{Document: &civic.DocumentRef{Number: "规条〔2014〕7号", Date: "2014-09-01"}, Conditions: &civic.HousingConditions{Area: 640 * squareMetre,
		Position: "主入口东侧", Storey: 2, Independent: true, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}})
	p.on("countersign", "agree", civic.HousingDetails{}).papered("contract", "concluded")
	p.on("drawings", "hand_in", civic.HousingDetails{Document: p.paper(), Rooms: p.rooms(640 * squareMetre)})
	return p.on("design_review", "agree", civic.HousingDetails{}).on("design_review", "agree", civic.HousingDetails{})
}

// finished builds as permitted.
func (p *site) finished(homes int64, area space.Area) *site {
	p.t.Helper()
	p.on("planning_permit", "grant", civic.HousingDetails{Document: p.paper(), Area: &area}).papered("construction_permit", "grant")
	return p.on("inspect", "finished", civic.HousingDetails{Progress: &civic.HousingProgress{Homes: homes, Rooms: area}})
}

// accepted has the rooms measured and brings them before civil affairs.
func (p *site) accepted(measured space.Area, planning string) *site {
	p.t.Helper()
	p.on("survey", "measured", civic.HousingDetails{Document: p.paper(), Rooms: p.rooms(measured)})
	return p.papered("planning_check", planning).papered("file_completion", "file").papered("acceptance", "accept")
}

func (p *site) verified(outcome string, defects ...string) *site {
	p.t.Helper()
	var list []space.Answer
	for _, code := range []string{"own_entrance", "concentrated", "central", "utilities", "fit_out", "barrier_free", "no_odour"} {
		list = append(list, space.Answer{Code: code, Met: true})
	}
	return p.on("verify", outcome, civic.HousingDetails{Checklist: list, Defects: defects})
}

// change asks for a change of the project's plan, as a draft of its developer's.
func (p *site) change(name string, homes int64, area space.Area) string {
	p.t.Helper()
	id := civic.NewID(p.id, name)
	p.drafted(id, civic.PlanChangeProcedure, p.id, "cz-developer-jinling", "zhang-cheng", &civic.PlanChange{PlanChangeForm: civic.PlanChangeForm{Name: name, Project: p.id,
		Reason: "增加一栋住宅", Area: area, Households: homes, Drawings: *p.paper()}})
	return id
}

// approved lets a change of plan pass, through its public notice.
func (p *site) approved(id string) *site {
	p.t.Helper()
	p.act(id, civic.ActSubmit, p.of("zhang-cheng"), "", "", civic.Details{})
	for _, a := range [][2]string{{"change_opinion", "agree"}, {"change_review", "publish"}, {"change_decide", "approve"}} {
		if a[0] == "change_decide" {
			p.later(45) // thirty days, and any holiday that they end in
		}
		task, who := p.seat(id, a[0])
		p.act(id, civic.ActDecide, who, task, a[1], civic.Details{})
	}
	return p
}

// remedied takes one remedy after another until the developer pays for what is left, in two parts.
func (p *site) remedied() *site {
	p.t.Helper()
	p.on("remedy", "propose", civic.HousingDetails{Measure: &civic.HousingMeasure{Remedy: space.Extend, Area: 15 * squareMetre}}).on("remedy_review", "agree", civic.HousingDetails{})
	built := 15 * squareMetre
	p.on("remedy_delivery", "exists", civic.HousingDetails{Document: p.paper(), Area: &built})
	for _, r := range []space.Remedy{space.Reallocate, space.BuyNearby} {
		p.on("remedy", "rule_out", civic.HousingDetails{Remedy: string(r)}).on("remedy_review", "agree", civic.HousingDetails{})
	}
	p.on("remedy", "propose", civic.HousingDetails{Measure: &civic.HousingMeasure{Remedy: space.Pay, Area: 25 * squareMetre}}).on("remedy_review", "agree", civic.HousingDetails{})
	p.on("remedy_decide", "allow", civic.HousingDetails{Document: p.paper(), Price: &civic.HousingPrice{Construction: 3_000_00, Land: 1_000_00}})
	return p.booked(40_000_00).booked(60_000_00)
}

func (p *site) booked(amount money.Fen) *site {
	p.t.Helper()
	return p.on("remedy_booking", "booked", civic.HousingDetails{Document: p.paper(), Booked: amount})
}

func inventory(area space.Area) civic.HousingDetails {
	return civic.HousingDetails{Inventory: &civic.HousingInventory{Area: area, Archives: []string{"as_built", "completion", "planning", "fire"},
		Lines: []civic.InventoryLine{{Kind: "room", Name: "一层用房"}, {Kind: "keys", Name: "钥匙", Value: "6"}, {Kind: "meter", Name: "电表", Value: "00012"}}}}
}

// opened hands the rooms over, after one who would not sign, and puts them into use.
func (p *site) opened(area space.Area) *site {
	p.t.Helper()
	p.on("hand_over", "offer", inventory(area))
	p.on("sign_handover", "reject", civic.HousingDetails{}).on("sign_handover", "sign", civic.HousingDetails{}).on("sign_handover", "sign", civic.HousingDetails{})
	p.on("hand_over", "offer", inventory(area))
	for range 3 {
		p.on("sign_handover", "sign", civic.HousingDetails{})
	}
	p.on("register_title", "registered", civic.HousingDetails{Document: p.paper(), Area: &area, Owner: "天宁区人民政府"})
	room := func(name string, station civic.Station, use string, signs ...string) civic.OpenedRoom {
		return civic.OpenedRoom{Name: p.name + name, Area: 200 * squareMetre, Storey: 1, Station: station, Uses: []string{use}, Signs: signs}
	}
	return p.on("put_into_use", "open", civic.HousingDetails{InUse: []civic.OpenedRoom{room("服务大厅", civic.ManagementStation, "civil_affairs", "社区管理服务站"),
		room("社会组织室", civic.SocialStation, "social_organisations"), room("活动室", civic.ActivityStation, "reading")}})
}

// replacement brings a room into the register that may take the place of the project's.
func (p *site) replacement(name string, area space.Area) *civic.ReplacedBy {
	p.t.Helper()
	const there = "cz-tianning-diaozhuang-03"
	p.acts++
	key := fmt.Sprintf("room-%d", p.acts)
	deed := civic.Deed{ID: civic.NewID("deed", "dai-xiaoyan", key), Kind: "stock.import", Object: "stock", Actor: civic.Actor{Person: "dai-xiaoyan"}, Key: key, Hash: key, Detail: map[string]any{}}
	_, err := p.store.ImportStock(p.t.Context(), deed, []civic.StockRoom{{Region: there, Name: name, Address: "和平路9号", Area: area, Storey: 1, Uses: []string{"office"}, Signs: []string{},
		State: civic.RoomVacant, TitleKind: civic.NoTitle, From: workday.DateOf(time.Now().AddDate(0, 0, p.days-1)), Origin: civic.FromReplacement}}, "置换用房")
	require.NoError(p.t, err)
	by := civic.ReplacedBy{Region: there, Document: *p.paper()}
	var id string
	require.NoError(p.t, p.super.QueryRow(`SELECT id FROM stock_room WHERE region = $1 AND name = $2`, there, name).Scan(&id))
	by.Rooms = []string{id}
	return &by
}

// used is a project without any trouble whose rooms are in use.
func (s *story) used(name string) *site {
	s.t.Helper()
	return s.estate(name).designed().finished(2000, 640*squareMetre).accepted(640*squareMetre, "pass").verified("pass").opened(640 * squareMetre)
}

// demolishing asks for the rooms of the project to go.
func (p *site) demolishing() *site {
	p.t.Helper()
	p.act(p.id, civic.ActProposeDemolition, p.of("dai-xiaoyan"), "", "", civic.Details{})
	return p
}

// estates tells of three projects: one on which everything happened that can, in use by now, one whose order has not been answered, and
// one whose rooms were replaced.
func (s *story) estates() {
	s.t.Helper()
	p := s.estate("和平雅苑").designed()
	p.approved(p.change("和平雅苑规划调整", 2100, 680*squareMetre)) // 672 m² are owed from now on
	p.finished(2100, 680*squareMetre).accepted(632*squareMetre, "pass_recorded").verified("fail", "面积不足")
	p.act(p.id, civic.ActExtendOrder, p.of("zhang-cheng"), "", "", civic.Details{})
	p.on("extension", "grant", civic.HousingDetails{}).later(70) // nobody answers: it goes to planning
	p.papered("enforce", "corrected").accepted(632*squareMetre, "pass_recorded").verified("fail", "面积不足").on("rectify", "impossible", civic.HousingDetails{})
	p.verified("settle").remedied().opened(647 * squareMetre)
	s.estate("翠竹苑").designed().finished(2000, 640*squareMetre).accepted(640*squareMetre, "pass").verified("fail", "用电未接通")
	gone := s.used("青枫苑").demolishing()
	gone.on("replacement", "replaced", civic.HousingDetails{Replacement: gone.replacement("和平路9号一层", 640*squareMetre)})
}
