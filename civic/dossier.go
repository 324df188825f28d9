package civic

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"lizheng/civic/money"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// Dossier is everything a rule looks at, read inside the commit transaction with the case row locked.
type Dossier struct {
	Case     Case
	Request  AccessRequest
	Matter   Matter  // of a procedure other than admission
	Ruling   *Ruling // the leading group's decision, once there is one
	Tasks    []Task  // of the case, oldest first
	Objects  []Objection
	Held     []Holding // money held for the case
	Entry    *Entry    // what it put on the list
	Rules    Rules
	Calendar *workday.Calendar
	Now      time.Time // the transaction's one time, never before the case's last
	Pauses   []Pause
}

// Pause is one stretch in which the case's clock stood still.
type Pause struct {
	From  time.Time  `json:"from"`
	Until *time.Time `json:"until,omitempty"`
	Why   string     `json:"why"`
}

// Ruling is what was decided (domain 3.5): append-only; a new round makes a new one.
type Ruling struct {
	Outcome     string    `json:"outcome"`
	Round       int       `json:"round"`
	Act         string    `json:"act"`
	TermEnd     string    `json:"term_end,omitempty"`
	Communities []string  `json:"communities,omitempty"`
	Condition   string    `json:"condition,omitempty"`
	Met         bool      `json:"met,omitempty"`
	MergeInto   string    `json:"merge_into,omitempty"`
	TransferTo  string    `json:"transfer_to,omitempty"`
	Total       money.Fen `json:"total_fen"`
	Shares      []Share   `json:"shares,omitempty"`
	Line        string    `json:"line,omitempty"` // the budget line that carries it
	ZeroCost    bool      `json:"zero_cost,omitempty"`
	BlockName   bool      `json:"block_name,omitempty"`
	At          time.Time `json:"at"`
}

// Objection is one objection to a public notice.
type Objection struct {
	ID      string    `json:"id"`
	Text    string    `json:"text"`
	Contact string    `json:"contact,omitempty"`
	By      string    `json:"by,omitempty"` // person, "" for the public
	Task    string    `json:"task"`
	Result  string    `json:"result,omitempty"`
	At      time.Time `json:"at"`
}

// Holding is money held for a case on one line: what was reserved or committed, less what its children resolved.
type Holding struct {
	Movement
	Left money.Fen `json:"left_fen"`
}

// World answers what a rule may ask beyond the dossier, in the same transaction.
type World interface {
	Facts() (FormFacts, error)                        // what the form of this case is compared with, today; what the case itself holds on the line is free for it
	Holders(role Role, unit string) ([]string, error) // persons with the role there today
	Unit(key string) (Unit, bool)
	Responsible(unit string) string
	Region(key string) (Region, bool)
	Above(region string) string    // who answers for it today
	District(region string) string // its district today
	Desk(region string) string     // the unit that answers for a street, town or community
	Entry(id string) (Entry, bool, error)
	Line(id string) (BudgetLine, bool, error)

	RoomsOf(region string) ([]StockRoom, error) // the register's rooms of a community, and of those that it took over
	Promised(region string) (space.Area, error) // by other supplements of the community that are not over; nobody else counts until this act is done

	AssessmentWorld
	AppraisalWorld
	LayoutWorld

	RulesOn(day time.Time) (Rules, error)      // the parameters in force on another day than the case's
	Children(p Procedure) ([]ChildCase, error) // the cases that are a part of this one, oldest first
	Whole() (*ChildCase, error)                // the case of which this one is a part, held as it is until this act is done
	Parts() ([]ChildCase, error)               // the parts of that case, of this one's procedure, itself included
}

// ChildCase is a case with its matter, as the rules of another one see it.
type ChildCase struct {
	Case   Case
	Matter Matter
}

// Effects are everything an act changes: written in the transaction that read the dossier, all or nothing.
type Effects struct {
	Case      Case      // the case as it stands after the act
	Matter    Matter    // as it stands after the act, nil when it is as before
	Document  *Document // takes a document number
	Ruling    *Ruling
	Opened    []Task
	Changed   []Task // tasks that ended or changed
	Money     []Movement
	Objection *Objection
	Settled   *Objection
	Overtaken []Objection // further objections, answered by the one that was sustained
	Issue     *Issue
	Entry     *EntryChange
	Pause     *Pause
	Readers   []string // persons who may read along from now on
	Parties   []string // units that take part from now on, beside those whose seats are asked
	Block     bool     // put the request's name on the negative list
	Notices   []Notice
	Figures   []Figure
	Note      string // label of the event
	NewNumber bool   // the case gets its number

	Housing HousingRecords

	Rooms    []StockRoom // of the register of stock: new to it, or the next version of one that has a version
	RoomsWhy string      // what their history says of it, where the number of the case says too little

	Assessment *AssessmentChange // what it writes in the book of a year's assessment

	Appraisal AppraisalEffects

	Layout *LayoutChange // the plan that comes into force, or ends
}

// Issue asks for a document number and a line of the list with everything that comes with it.
type Issue struct {
	Unit        string // whose document mark
	From, Until time.Time
	Shares      []Share
	Replaces    string // the entry that ends where this one begins, for a change or a renewal
}

// Document asks for a document number under a unit's mark (代字), gapless within a year.
type Document struct {
	Unit  string
	Title string
}

// EntryChange ends or suspends the case's entry; children follow their parent.
type EntryChange struct {
	Ends      *time.Time
	Suspend   *time.Time
	Reinstate *time.Time
	Why       string
}

// Notice is a message to a seat or a person, sent after the commit, at least once, under its own id.
type Notice struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // opened, reminder, escalated, urged, copied, decided …
	Seat Seat   `json:"seat"` // Seat.Person alone addresses one person
	Case string `json:"case"`
	Task string `json:"task,omitempty"`
}

// NewID makes the same id of the same parts, always: a retry writes the same rows.
func NewID(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	h[6] = h[6]&0x0f | 0x80 // version 8: our own hash
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}
