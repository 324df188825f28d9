package civic

import (
	"time"

	"lizheng/civic/space"
)

// ProjectFilter narrows a list of projects. The zero filter narrows nothing.
type ProjectFilter struct {
	States    []State
	District  string // region
	Developer string // unit
	Text      string // words of the title, or a number or its beginning
	Overdue   bool   // some open task is
}

// ProjectLine is one line of a list or one card of a board.
type ProjectLine struct {
	CaseLine
	Developer  *Named      `json:"developer,omitempty"`
	Community  *Named      `json:"community,omitempty"`
	District   *Named      `json:"district,omitempty"` // as it is today
	Households int64       `json:"households"`
	Areas      space.Areas `json:"areas"`
	Gate       Gate        `json:"gate,omitempty"` // the last one passed
	OpenOrders int         `json:"open_orders"`
	Owed       *space.Area `json:"owed,omitempty"` // of a shortfall that is being settled
}

// ProjectView is everything about a project on one page.
type ProjectView struct {
	Case      CaseView       `json:"case"`
	Revision  int            `json:"revision"`
	Editable  bool           `json:"editable"`
	Refusals  []*Error       `json:"refusals"` // of a draft: what a registration would be refused for
	Project   *Housing       `json:"project"`
	Developer *Named         `json:"developer,omitempty"`
	Surveyor  *Named         `json:"surveyor,omitempty"`
	Community *Named         `json:"community,omitempty"`
	Street    *Named         `json:"street,omitempty"` // as they are today
	District  *Named         `json:"district,omitempty"`
	Gates     []GateView     `json:"gates"`
	Areas     []AreaView     `json:"areas"`
	Findings  []FindingView  `json:"findings"` // the six areas held against each other
	Shares    []PhaseShare   `json:"shares"`   // of each phase in the requirement
	Checklist []CheckItem    `json:"checklist"`
	Orders    []OrderView    `json:"orders"`
	Balance   *space.Balance `json:"balance,omitempty"`
	Next      *RemedyWords   `json:"next_remedy,omitempty"`
	Changes   []ChangeLine   `json:"changes"`
}

// GateView is a gate with its words, passed or not yet.
type GateView struct {
	Gate     Gate         `json:"gate"`
	Clause   string       `json:"clause"`
	Words    Words        `json:"words"`
	PassedAt *time.Time   `json:"passed_at,omitempty"`
	Document *DocumentRef `json:"document,omitempty"`
	Note     string       `json:"note,omitempty"`
}

// AreaView is one of the six areas.
type AreaView struct {
	Stage space.Stage `json:"stage"`
	Words Words       `json:"words"`
	Area  *space.Area `json:"area,omitempty"`
}

// FindingView is a finding in words.
type FindingView struct {
	Code    string         `json:"code"`
	Grade   space.Grade    `json:"grade"`
	Words   Words          `json:"words"`
	Figures []space.Figure `json:"figures"`
}

// PhaseShare is what a phase would owe by its weight; by rule all rooms stand in the first.
type PhaseShare struct {
	Number int        `json:"number"`
	Share  space.Area `json:"share"`
	Rooms  space.Area `json:"rooms"`
}

// CheckItem is one line of the checklist (核查表).
type CheckItem struct {
	Code      string `json:"code"`
	Words     Words  `json:"words"`
	Essential bool   `json:"essential"`
	Measured  bool   `json:"measured"` // answered by the survey itself
}

// OrderView is an order to rectify with its clock.
type OrderView struct {
	HousingOrder
	Clock Clock `json:"clock"`
}

// RemedyWords are the remedy to be tried now.
type RemedyWords struct {
	Remedy space.Remedy `json:"remedy"`
	Words  Words        `json:"words"`
}

// ChangeLine is one change of plan of a project.
type ChangeLine struct {
	ID      string     `json:"id"`
	Number  string     `json:"number,omitempty"`
	Project string     `json:"project"`
	Name    string     `json:"name"`
	State   State      `json:"state"`
	Words   Words      `json:"words"`
	Open    bool       `json:"open"`
	Before  space.Area `json:"before"`
	After   space.Area `json:"after"`
	Applied bool       `json:"applied"` // the project has taken it over
}

// PlanChangeView is everything about a change of plan.
type PlanChangeView struct {
	Case     CaseView    `json:"case"`
	Revision int         `json:"revision"`
	Editable bool        `json:"editable"`
	Change   *PlanChange `json:"change"`
	Project  *Named      `json:"project,omitempty"` // case id and name
}
