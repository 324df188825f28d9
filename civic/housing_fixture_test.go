package civic

import (
	"fmt"
	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// rooms are rooms on the first and the second storey that come to an area.
func rooms(area space.Area) []HousingRoom {
	return []HousingRoom{
		{Name: "一层用房", Use: space.CommunityService, Storey: 1, Area: area - 200*space.SquareMetre},
		{Name: "二层用房", Use: space.CommunityService, Storey: 2, Area: 200 * space.SquareMetre},
	}
}

// checklist answers what the survey does not, all of it met but these.
func checklist(not ...string) []space.Answer {
	var out []space.Answer
	for _, code := range []string{"own_entrance", "concentrated", "central", "utilities", "fit_out", "barrier_free", "no_odour"} {
		out = append(out, space.Answer{Code: code, Met: !oneOf(code, not...)})
	}
	return out
}

// inventory is a complete handover of an area.
func inventory(area space.Area) *HousingInventory {
	return &HousingInventory{Area: area, Archives: []string{"as_built", "completion", "planning", "fire"}, Lines: []InventoryLine{
		{Kind: "room", Name: "一层用房"}, {Kind: "keys", Name: "钥匙", Value: "6"}, {Kind: "meter", Name: "电表", Value: "00012"}, {Kind: "defect", Name: "窗扇", Value: "2018-01-31"}}}
}

func laidOut() []OpenedRoom {
	return []OpenedRoom{
		{Name: "服务大厅", Area: m2("200"), Storey: 1, Station: ManagementStation, Uses: []string{"civil_affairs", "social_security"}, Signs: []string{"社区管理服务站"}},
		{Name: "社会组织室", Area: m2("200"), Storey: 1, Station: SocialStation, Uses: []string{"social_organisations", "rehabilitation"}},
		{Name: "活动室", Area: m2("200"), Storey: 2, Station: ActivityStation, Uses: []string{"reading", "sports"}},
	}
}

// following is a project as its next act finds it: with every change of plan that waits to be taken over.
func (s *site) following(h *Housing) *Housing {
	for _, c := range s.changes {
		p, _ := c.d.Matter.(*PlanChange)
		if !h.awaits(c.d.Case.ID, p) {
			continue
		}
		next, err := h.clone()
		require.NoError(s.t, err)
		_, err = next.apply(c.d.Case, p, s.now)
		require.NoError(s.t, err)
		h = next
	}
	return h
}

// usual is what an outcome needs, so that the project goes on.
func (s *site) usual(step, outcome string) *HousingDetails {
	h, ok := s.d.Matter.(*Housing)
	if ok {
		h = s.following(h)
	}
	switch step + "." + outcome {
	case "conditions.issue":
		return &HousingDetails{Document: s.paper(), Conditions: &HousingConditions{Area: m2("640"), Position: "主入口东侧", Storey: 2, Independent: true, Delivery: "同步交付",
			Ownership: "区人民政府", Transferee: "hongmei-office"}}
	case "drawings.hand_in":
		return &HousingDetails{Document: s.paper(), Rooms: rooms(h.Conditions.Area)}
	case "planning_permit.grant":
		return &HousingDetails{Document: s.paper(), Area: h.Areas.Designed}
	case "inspect.normal", "inspect.finished", "inspect.lag":
		p := HousingProgress{Homes: h.Households, Rooms: *h.Areas.Permitted}
		if outcome != "finished" {
			p.Homes = h.progress().Homes
			p.Rooms = h.progress().Rooms
		}
		return &HousingDetails{Progress: &p}
	case "survey.measured":
		return &HousingDetails{Document: s.paper(), Rooms: rooms(*h.Areas.Permitted)}
	case "verify.pass", "verify.settle":
		return &HousingDetails{Checklist: checklist()}
	case "verify.minor":
		return &HousingDetails{Checklist: checklist("fit_out"), Defects: []string{"装修未完成"}}
	case "verify.fail":
		return &HousingDetails{Checklist: checklist("utilities"), Defects: []string{"用电未接通"}}
	case "remedy.propose":
		return &HousingDetails{Measure: &HousingMeasure{Remedy: space.Extend, Area: m2("40")}}
	case "remedy.rule_out":
		next, _ := h.Settlement.Next()
		return &HousingDetails{Remedy: string(next)}
	case "remedy_delivery.exists":
		return &HousingDetails{Document: s.paper(), Area: &h.Proposed.Measure.Area}
	case "remedy_decide.allow":
		return &HousingDetails{Document: s.paper(), Price: &HousingPrice{Construction: 300_000, Land: 100_000}}
	case "remedy_booking.booked":
		due, _ := h.Proposed.Measure.Price.Due(h.Proposed.Measure.Area)
		return &HousingDetails{Document: s.paper(), Booked: money.Fen(due) - h.Proposed.Measure.Booked}
	case "hand_over.offer":
		extra, _ := h.delivered()
		return &HousingDetails{Inventory: inventory(*h.Areas.Measured + extra)}
	case "register_title.registered":
		return &HousingDetails{Document: s.paper(), Area: h.Areas.HandedOver, Owner: "天宁区人民政府"}
	case "put_into_use.open":
		return &HousingDetails{InUse: laidOut()}
	case "patrol.misused", "yearly_check.misused":
		return &HousingDetails{Misuse: "lease"}
	case "replacement.replaced":
		return &HousingDetails{Replacement: s.replacement("cuizhu", *h.Areas.HandedOver, nil)}
	}
	step1, _ := StepNamed(step)
	if c, ok := step1.Choice(outcome); ok && len(c.Needs) > 0 {
		return &HousingDetails{Document: s.paper()}
	}
	return nil
}

// housingRoad is the way of a project on which nothing goes wrong.
var housingRoad = []struct {
	state State // reached by then
	step  string
	out   string
}{
	{Countersigning, "conditions", "issue"}, {Contracting, "countersign", "agree"}, {Designing, "contract", "concluded"}, {DesignReview, "drawings", "hand_in"},
	{DesignReview, "design_review", "agree"}, {Permitting, "design_review", "agree"}, {Permitting, "planning_permit", "grant"}, {Building, "construction_permit", "grant"},
	{Surveying, "inspect", "finished"}, {PlanChecking, "survey", "measured"}, {Completing, "planning_check", "pass"}, {Completing, "file_completion", "file"},
	{Checking, "acceptance", "accept"}, {HandingOver, "verify", "pass"}, {HandingOver, "hand_over", "offer"}, {HandingOver, "sign_handover", "sign"},
	{HandingOver, "sign_handover", "sign"}, {Titling, "sign_handover", "sign"}, {Opening, "register_title", "registered"}, {InUse, "put_into_use", "open"},
}

// builtTo brings a project to a state by the road.
func builtTo(t tester, state State, form HousingForm) *site {
	s := onSite(t, form)
	require := func(err error) {
		if err != nil {
			t.Errorf("%v", err)
			t.FailNow()
		}
	}
	if state == Draft {
		return s
	}
	require(s.does(ActSubmit, "wang-yang", nil))
	for _, r := range housingRoad {
		if s.d.Case.State == state {
			return s
		}
		s.now = s.now.AddDate(0, 0, 3)
		s.on(r.step, r.out).state(r.state)
	}
	return s.state(state)
}

// replacement names a room that has come into the register for the purpose.
func (s *site) replacement(region string, area space.Area, change func(*StockRoom)) *ReplacedBy {
	r := hall()
	r.ID, r.Version, r.Region, r.Name, r.Area, r.Origin, r.From = NewID("new", fmt.Sprint(len(s.stock))), 1, region, fmt.Sprintf("翠竹新村%d号", len(s.stock)), area, FromReplacement, dateOf(s.now)
	if change != nil {
		change(&r)
	}
	s.stock = append(s.stock, r)
	return &ReplacedBy{Region: region, Rooms: []string{r.ID}, Document: *s.paper()}
}
