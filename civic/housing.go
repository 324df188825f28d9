package civic

import (
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic/space"
)

// Housing is what is kept of a project that owes community service rooms: its form, and what became of the rooms in
// every one of the six offices. Areas, gates, checks and orders are only ever added to.
type Housing struct {
	HousingForm
	StreetDesk    string             `json:"street_desk,omitempty"` // units at the registration; their heirs answer later
	CommunityDesk string             `json:"community_desk,omitempty"`
	Standard      *space.Standard    `json:"standard,omitempty"`    // pinned on the day of the planning conditions
	Requirement   *space.Requirement `json:"requirement,omitempty"` // of the plan as it is now
	Conditions    *HousingConditions `json:"conditions,omitempty"`
	Drawn         *DocumentRef       `json:"drawn,omitempty"` // the paper of the conditions, countersigned or not
	Areas         space.Areas        `json:"areas"`
	Deviations    []space.Deviation  `json:"deviations,omitempty"`
	Gates         []HousingGate      `json:"gates,omitempty"`
	Designed      []HousingRoom      `json:"designed,omitempty"`
	Plans         *DocumentRef       `json:"plans,omitempty"`   // the drawings
	Selling       int                `json:"selling,omitempty"` // the phase whose presale is asked for
	Filed         *DocumentRef       `json:"filed,omitempty"`   // the completion report
	Measured      []HousingRoom      `json:"measured,omitempty"`
	Inspections   []Inspection       `json:"inspections,omitempty"`
	Presales      []Presale          `json:"presales,omitempty"`
	Checks        []HousingCheck     `json:"checks,omitempty"`
	Orders        []HousingOrder     `json:"orders,omitempty"`
	Uncorrectable bool               `json:"uncorrectable,omitempty"` // planning found that it cannot be put right
	Settlement    *space.Settlement  `json:"settlement,omitempty"`
	Proposed      *RemedyProposal    `json:"proposed,omitempty"` // what is being decided about the shortfall
	Handover      *Handover          `json:"handover,omitempty"`
	Certificate   *HousingTitle      `json:"title,omitempty"`
	Obstacles     []Obstacle         `json:"obstacles,omitempty"`
	Rooms         []StockRoom        `json:"rooms,omitempty"` // in use
	Patrols       []Patrol           `json:"patrols,omitempty"`
	Misuses       []Misuse           `json:"misuses,omitempty"`
	Replacement   *Replacement       `json:"replacement,omitempty"`
	Changes       []AppliedChange    `json:"changes,omitempty"` // approved changes of plan that have been taken over
	Layout        *LayoutSays        `json:"layout,omitempty"`  // what the layout plan in force at the registration said about its community
}

// DocumentRef is a paper on which a gate was passed.
type DocumentRef struct {
	Number     string `json:"number"`
	Date       string `json:"date"`                 // 2006-01-02
	Attachment string `json:"attachment,omitempty"` // attachment id
}

// HousingConditions are the planning conditions about the rooms (D3).
type HousingConditions struct {
	Area        space.Area `json:"area"`
	Position    string     `json:"position"`
	Storey      int        `json:"highest_storey"`
	Independent bool       `json:"independent"` // an entrance of its own
	Delivery    string     `json:"delivery"`    // when and in what state
	Ownership   string     `json:"ownership"`   // who will own them
	Transferee  string     `json:"transferee"`  // unit that takes them over
}

// HousingRoom is one room in the drawings or in the survey.
type HousingRoom struct {
	Name     string     `json:"name"`
	Building string     `json:"building,omitempty"`
	Use      space.Use  `json:"use"`
	Storey   int        `json:"storey"`
	Area     space.Area `json:"area"`
}

// Gate is a point of the life of a project that it passes once everything before it is done.
type Gate string

// The gates in their order.
const (
	GateRegistered   Gate = "registered"          // D2
	GateConditions   Gate = "conditions"          // D3, countersigned
	GateContract     Gate = "contract"            // D4
	GateDesign       Gate = "design"              // D5
	GatePlanning     Gate = "planning_permit"     // D6
	GateConstruction Gate = "construction_permit" // D6
	GateBuilt        Gate = "built"               // D7
	GateSurvey       Gate = "survey"              // D10
	GatePlanCheck    Gate = "planning_check"      // D11
	GateAcceptance   Gate = "acceptance"          // D12
	GateVerified     Gate = "verified"            // D13, or the shortfall settled
	GateHandover     Gate = "handover"            // D15
	GateTitle        Gate = "title"               // D16, or an obstacle on record
	GateUse          Gate = "use"                 // D17
)

// HousingGates are all gates with their words, in their order.
var HousingGates = []struct {
	Gate   Gate
	Clause string
	Zh, En string
}{
	{GateRegistered, "D2", "立项登记", "project registered"}, {GateConditions, "D3", "规划条件会签", "planning conditions countersigned"},
	{GateContract, "D4", "合同条款", "clause in the land contract"}, {GateDesign, "D5", "方案审查", "design reviewed"},
	{GatePlanning, "D6", "工程规划许可", "planning permit"}, {GateConstruction, "D6", "施工许可", "construction permit"},
	{GateBuilt, "D7", "主体完工", "building finished"}, {GateSurvey, "D10", "实测", "surveyed"}, {GatePlanCheck, "D11", "规划核实", "planning verification"},
	{GateAcceptance, "D12", "联合验收", "joint acceptance"}, {GateVerified, "D13", "民政核查", "verified by civil affairs"}, {GateHandover, "D15", "移交", "handed over"},
	{GateTitle, "D16", "产权登记", "title"}, {GateUse, "D17", "启用", "put into use"},
}

// HousingGate is one gate passed, with its paper.
type HousingGate struct {
	Gate     Gate         `json:"gate"`
	At       time.Time    `json:"at"`
	Act      string       `json:"act"`
	Document *DocumentRef `json:"document,omitempty"`
	Note     string       `json:"note,omitempty"`
}

// clone is a copy that shares nothing with the original: rules change the copy.
func (h *Housing) clone() (*Housing, error) {
	body, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("copy the project: %w", err)
	}
	out := new(Housing)
	return out, json.Unmarshal(body, out)
}

// Title is what the case is called and found by.
func (h *Housing) Title() string { return h.Name }

// Storable refuses what cannot even be kept as a draft.
func (h *Housing) Storable() error { return h.HousingForm.storable() }

// passed is the last time a gate was passed, nil when it was not.
func (h *Housing) passed(g Gate) *HousingGate {
	for i := len(h.Gates) - 1; i >= 0; i-- {
		if h.Gates[i].Gate == g {
			return &h.Gates[i]
		}
	}
	return nil
}

// order is the order to rectify that is open, nil when there is none.
func (h *Housing) order() *HousingOrder {
	for i := range h.Orders {
		if h.Orders[i].State == OrderOpen {
			return &h.Orders[i]
		}
	}
	return nil
}

// Numbered is a matter that keeps the number of a document which its act issued.
type Numbered interface{ Number(act, document string) }

// Number writes the number of an order's notice into the order.
func (h *Housing) Number(act, document string) {
	for i := range h.Orders {
		if h.Orders[i].Act == act {
			h.Orders[i].Number = document
		}
	}
}
