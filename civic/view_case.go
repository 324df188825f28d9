package civic

import (
	"time"

	"lizheng/civic/money"
)

// CaseFilter narrows a list of cases. The zero filter narrows nothing.
type CaseFilter struct {
	States    []State
	Procedure Procedure
	Unit      string // the applicant's
	Text      string // words of the title, or a number or its beginning
	Overdue   bool   // some open task is; sorted by due instant, oldest first
	Mine      bool   // filed by the actor
	Filed     bool   // no drafts
	Copied    bool   // sent to the actor for reading (抄送)
	From, To  string // days of creation, both included
}

// CaseLine is one line of a list of cases: what stands where, who holds it, until when.
type CaseLine struct {
	Case
	Words         Words      `json:"words"` // of the state
	UnitView      Named      `json:"unit_view"`
	ApplicantView Named      `json:"applicant_view"`
	Holders       []SeatView `json:"holders"`
	Clock         Clock      `json:"clock"`
}

// CaseView is everything about a case on one page.
type CaseView struct {
	CaseLine
	RouteWords Words           `json:"route_words"`
	Revision   int             `json:"revision"`         // of the form
	Form       *AccessRequest  `json:"form,omitempty"`   // of an admission
	Matter     Matter          `json:"matter,omitempty"` // of every other procedure
	Shares     []Share         `json:"shares"`           // the money per community, as ruled or else as asked for
	Tasks      []TaskView      `json:"tasks"`
	Ruling     *Ruling         `json:"ruling,omitempty"`
	Money      *CaseMoney      `json:"money,omitempty"`
	Entry      *Entry          `json:"entry,omitempty"`
	Objections []ObjectionView `json:"objections"`
	Pauses     []Pause         `json:"pauses"`
	Parties    []Named         `json:"parties"`
	Readers    []Named         `json:"readers"`
	Files      []Attachment    `json:"attachments"`
	Possible   []Possible      `json:"possible"` // acts open to this person now
}

// TaskView is one task of a case in words.
type TaskView struct {
	Task
	Words        Words    `json:"words"` // of the step
	SeatView     SeatView `json:"seat_view"`
	OutcomeWords *Words   `json:"outcome_words,omitempty"`
	By           *Named   `json:"by,omitempty"`         // who answered
	For          *Named   `json:"for,omitempty"`        // for whom a deputy answered
	Claimed      *Named   `json:"claimed,omitempty"`    // who holds it
	Opinion      string   `json:"opinion,omitempty"`    // of the answer
	VoidWords    *Words   `json:"void_words,omitempty"` // why it ended without an answer
	Clock        Clock    `json:"clock"`                // of an open task
	Late         bool     `json:"late,omitempty"`       // answered after its due instant
	Delegated    bool     `json:"delegated,omitempty"`  // the delegated part of another task
}

// CaseMoney is what a case holds on its budget line, and the line before and after.
type CaseMoney struct {
	Line      string      `json:"line,omitempty"`
	LineName  string      `json:"line_name,omitempty"`
	Kind      FundingKind `json:"kind"`
	Total     money.Fen   `json:"total_fen"`
	Reserved  money.Fen   `json:"reserved_fen"`
	Committed money.Fen   `json:"committed_fen"`
	Disbursed money.Fen   `json:"disbursed_fen"`
	Before    money.Fen   `json:"free_before_fen"` // of the line today, were the case not there
	After     money.Fen   `json:"free_after_fen"`  // of the line today
}

// ObjectionView is an objection as it may be read: who objects is shown to those who examine it, and to nobody else.
type ObjectionView struct {
	ID      string    `json:"id"`
	Text    string    `json:"text"`
	Contact string    `json:"contact,omitempty"`
	By      *Named    `json:"by,omitempty"`
	Task    string    `json:"task"`
	Result  string    `json:"result,omitempty"`
	At      time.Time `json:"at"`
}

// Possible is one act that somebody may do now, and what it will lead to.
type Possible struct {
	Act          ActKind  `json:"act"`
	Task         string   `json:"task,omitempty"`
	Outcome      string   `json:"outcome,omitempty"`
	Words        Words    `json:"words"`
	Consequence  Words    `json:"consequence"`
	Reason       bool     `json:"reason"` // an opinion is mandatory
	Needs        []string `json:"needs,omitempty"`
	Takes        []string `json:"takes,omitempty"` // details that may come with it
	For          string   `json:"for,omitempty"`   // the principal for whom a deputy would act
	Irreversible bool     `json:"irreversible,omitempty"`
}

// Happening is one line of a case's history.
type Happening struct {
	ID        string    `json:"id"`
	At        time.Time `json:"at"`
	Act       ActKind   `json:"act"`
	Words     Words     `json:"words"`
	Actor     Named     `json:"actor"`
	Principal *Named    `json:"principal,omitempty"`
	Automatic bool      `json:"automatic"` // done by the system itself
	Unit      *Named    `json:"unit,omitempty"`
	Role      Role      `json:"role,omitempty"`
	Task      string    `json:"task,omitempty"`
	Step      string    `json:"step,omitempty"`
	StepWords *Words    `json:"step_words,omitempty"`
	Outcome   string    `json:"outcome,omitempty"`
	Result    *Words    `json:"outcome_words,omitempty"`
	Opinion   string    `json:"opinion,omitempty"`
	Details   *Details  `json:"details,omitempty"`
	From      State     `json:"from,omitempty"`
	To        State     `json:"to,omitempty"`
	Figures   []Figure  `json:"figures,omitempty"`
	Document  string    `json:"document,omitempty"`
	Version   int       `json:"version,omitempty"`
}

// Explanation says why one act was possible and what it rested on.
type Explanation struct {
	Happening
	Policy     string      `json:"policy"`          // the policy line that allowed it
	Grant      string      `json:"grant,omitempty"` // under which grant
	RulesAt    time.Time   `json:"rules_at"`        // the day whose parameters counted
	Calendar   int         `json:"calendar"`
	Parameters []Parameter `json:"parameters"`  // the versions that the figures name
	Counted    []VoteView  `json:"counted"`     // answers that counted
	Discounted []VoteView  `json:"not_counted"` // answers that did not, with the reason
	Sentence   Words       `json:"sentence"`
}

// VoteView is one answer of many, and why it did not count.
type VoteView struct {
	Task    string   `json:"task"`
	Step    string   `json:"step"`
	Seat    SeatView `json:"seat"`
	By      *Named   `json:"by,omitempty"`
	Outcome string   `json:"outcome,omitempty"`
	Words   *Words   `json:"outcome_words,omitempty"`
	Opinion string   `json:"opinion,omitempty"`
	Why     *Words   `json:"why,omitempty"`
}

// DraftView is a request that has not been submitted, or was returned, as its writers see it.
type DraftView struct {
	Case     Case          `json:"case"`
	Revision int           `json:"revision"` // what If-Match compares
	Form     AccessRequest `json:"form"`
	Editable bool          `json:"editable"`
	Findings Findings      `json:"findings"`
}

// Revision is one saved state of a form and how it differs from the one before.
type Revision struct {
	Revision    int          `json:"revision"`
	By          Named        `json:"by"`
	At          time.Time    `json:"at"`
	Differences []Difference `json:"differences"`
}

// Difference is one field that changed.
type Difference struct {
	Field  string `json:"field"` // JSON path
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
}

// Counts are how many cases somebody sees, by state.
type Counts struct {
	States  []StateCount `json:"states"`
	Overdue int64        `json:"overdue"`
	AsOf    time.Time    `json:"as_of"` // counted then
}

// StateCount is the number of cases in a state.
type StateCount struct {
	State State `json:"state"`
	Words Words `json:"words"`
	Count int64 `json:"count"`
}
