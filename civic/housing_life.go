package civic

import (
	"time"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// Inspection is one node of the construction seen (D7): rooms keep step with homes.
type Inspection struct {
	At      time.Time  `json:"at"`
	Outcome string     `json:"outcome"` // normal, lag, finished
	Homes   int64      `json:"homes"`   // built so far
	Rooms   space.Area `json:"rooms"`   // built so far
	Behind  space.Area `json:"behind"`  // computed; 0 is in step
	Photos  []string   `json:"photos,omitempty"`
}

// Presale is one answer to an application to sell a phase (D8).
type Presale struct {
	At      time.Time `json:"at"`
	Phase   int       `json:"phase"`
	Outcome string    `json:"outcome"` // pass, hold
}

// HousingCheck is one verification by civil affairs (D13), with what was seen and what it comes to.
type HousingCheck struct {
	Round    int             `json:"round"`
	At       time.Time       `json:"at"`
	Answers  []space.Answer  `json:"answers"`
	Findings []space.Finding `json:"findings"`
	Grade    space.Grade     `json:"grade"`   // computed
	Outcome  string          `json:"outcome"` // as decided, never better
	Defects  []string        `json:"defects,omitempty"`
	Photos   []string        `json:"photos,omitempty"`
}

// OrderState is where an order to rectify stands.
type OrderState string

// An order is open, answered by the developer, closed by a check that it stood, or transferred to planning.
const (
	OrderOpen        OrderState = "open"
	OrderAnswered    OrderState = "answered"
	OrderTransferred OrderState = "transferred"
)

// HousingOrder is a numbered order to rectify (整改通知书, D14).
type HousingOrder struct {
	Act      string     `json:"act"`              // that issued it
	Number   string     `json:"number,omitempty"` // 文号
	Round    int        `json:"round"`
	Defects  []string   `json:"defects"`
	Basis    string     `json:"basis"`
	IssuedAt time.Time  `json:"issued_at"`
	DueAt    time.Time  `json:"due_at"`
	Extended int        `json:"extended"` // times
	State    OrderState `json:"state"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
	Answer   string     `json:"answer,omitempty"` // rectified, impossible
	Before   []string   `json:"before,omitempty"` // photos
	After    []string   `json:"after,omitempty"`
}

// RemedyProposal is what the developer proposes about a shortfall: a measure, or that a remedy is impossible.
type RemedyProposal struct {
	Measure  *space.Measure  `json:"measure,omitempty"`
	RuledOut *space.RuledOut `json:"ruled_out,omitempty"`
}

// InventoryLine is one line of the handover (移交清单).
type InventoryLine struct {
	Kind  string `json:"kind"` // room, keys, meter, equipment, archive, defect
	Name  string `json:"name"`
	Value string `json:"value,omitempty"` // number, reading, day
}

// Handover is the handing over of the rooms (D15).
type Handover struct {
	DueAt     time.Time       `json:"due_at"`
	Late      bool            `json:"late,omitempty"` // the term was over before it was done
	Area      space.Area      `json:"area"`
	Archives  []string        `json:"archives"` // engineering archives: as-built drawings, completion report, fire and planning documents
	Inventory []InventoryLine `json:"inventory"`
	OfferedAt *time.Time      `json:"offered_at,omitempty"`
	Signed    []Signature     `json:"signed,omitempty"`
}

// Signature is one party's under the handover.
type Signature struct {
	Party  string    `json:"party"` // developer, street, community, witness
	Unit   string    `json:"unit"`
	Person string    `json:"person"`
	At     time.Time `json:"at"`
}

// HousingTitle is the certificate (不动产权证) or the use right (D16).
type HousingTitle struct {
	Document DocumentRef `json:"document"`
	Area     space.Area  `json:"area"`
	Owner    string      `json:"owner"`
	At       time.Time   `json:"at"`
}

// Obstacle is something that stands in the way, on record until it is looked at again.
type Obstacle struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Text string    `json:"text"`
}

// Patrol is one look at the rooms in use (D18).
type Patrol struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"` // quarterly, yearly
	Outcome string    `json:"outcome"`
}

// Misuse is a use that the rooms are not for (D19), recovered or not yet.
type Misuse struct {
	ID        string     `json:"id"`
	At        time.Time  `json:"at"`
	Kind      string     `json:"kind"` // lease, sale, pledge, occupied, other_use, vacant
	Text      string     `json:"text"`
	Task      string     `json:"task,omitempty"`
	Recovered *time.Time `json:"recovered_at,omitempty"`
	How       string     `json:"how,omitempty"`
}

// MisuseKinds are the uses that rooms in use are not for; a lease is one (擅自出租).
var MisuseKinds = []string{"lease", "sale", "pledge", "occupied", "other_use"}

// AppliedChange is an approved change of plan that the project has taken over.
type AppliedChange struct {
	Case     string     `json:"case"`
	Number   string     `json:"number"`
	At       time.Time  `json:"at"`
	Before   space.Area `json:"before"`
	After    space.Area `json:"after"`
	Required space.Area `json:"required"`
}

// HousingPrice is what a square metre costs in a payment for rooms that cannot be built.
type HousingPrice struct {
	Construction money.Fen `json:"construction_fen"`
	Land         money.Fen `json:"land_fen"`
}
