package civic

import "time"

// AuditFilter narrows the audit trail.
type AuditFilter struct {
	Actor    string
	Case     string
	Kind     string
	Object   string
	Refused  *bool
	From, To *time.Time
}

// AuditLine is one line of the audit trail, as written.
type AuditLine struct {
	Chain     int       `json:"chain"`
	Seq       int64     `json:"seq"`
	At        time.Time `json:"at"`
	Kind      string    `json:"kind"`
	Result    string    `json:"result"`
	Code      string    `json:"code,omitempty"`
	Actor     string    `json:"actor"`
	ActorName string    `json:"actor_name,omitempty"`
	Principal string    `json:"principal,omitempty"`
	Role      string    `json:"role,omitempty"`
	Unit      string    `json:"unit,omitempty"`
	UnitName  string    `json:"unit_name,omitempty"`
	Case      string    `json:"case,omitempty"`
	Task      string    `json:"task,omitempty"`
	Act       string    `json:"act,omitempty"`
	Address   string    `json:"address,omitempty"`
	Request   string    `json:"request,omitempty"`
	Object    string    `json:"object,omitempty"`
	From      string    `json:"from,omitempty"`
	To        string    `json:"to,omitempty"`
	Detail    string    `json:"detail,omitempty"` // JSON
	Hash      string    `json:"hash"`
}

// ChainReport is what a recomputation of the audit trail found.
type ChainReport struct {
	Sound       bool         `json:"sound"`
	Events      int64        `json:"events"`
	Chains      []ChainState `json:"chains"`
	Checkpoints int          `json:"checkpoints"` // signed heads that were compared
	At          time.Time    `json:"at"`
}

// ChainState is one chain's finding. The first line that does not fit is named.
type ChainState struct {
	Chain  int    `json:"chain"`
	Events int64  `json:"events"`
	Head   string `json:"head"`
	Bad    int64  `json:"first_bad,omitempty"` // its sequence number
	Why    string `json:"why,omitempty"`       // hash, predecessor, gap, tail, checkpoint, signature
}

// Checkpoint is a signed head of a chain. Copies outside the database show when its tail was cut.
type Checkpoint struct {
	At    time.Time `json:"at"`
	Chain int       `json:"chain"`
	Seq   int64     `json:"seq"`
	Hash  string    `json:"hash"`
	MAC   string    `json:"mac"`
}

// StatsFilter is the time that is counted, and for whom.
type StatsFilter struct {
	From, To string // days, both included; the last twelve months by default
	Unit     string // the applicant's (funnel) or the seat's (on time, overdue)

	Procedure Procedure // "" for all of them; the funnel is always of one, of the admission unless another is said
}

// Funnel is how far the cases of a time have come.
type Funnel struct {
	From   string       `json:"from"`
	To     string       `json:"to"`
	Filed  int64        `json:"filed"`
	Steps  []StepCount  `json:"steps"`  // cases that reached each step
	States []StateCount `json:"states"` // where they stand today
}

// StepCount is the number of cases that reached a step.
type StepCount struct {
	Step  string `json:"step"`
	Words Words  `json:"words"`
	Count int64  `json:"count"`
}

// OnTime is how many tasks were answered within their term.
type OnTime struct {
	From  string       `json:"from"`
	To    string       `json:"to"`
	Steps []StepOnTime `json:"steps"`
	Units []UnitOnTime `json:"units"`
}

// StepOnTime counts one step's answers.
type StepOnTime struct {
	Step   string `json:"step"`
	Words  Words  `json:"words"`
	Done   int64  `json:"done"`
	InTime int64  `json:"in_time"`
}

// UnitOnTime counts one unit's answers.
type UnitOnTime struct {
	Unit   Named `json:"unit"`
	Done   int64 `json:"done"`
	InTime int64 `json:"in_time"`
}

// LeadTime is how long the steps took, and how long whole cases took to their decision.
type LeadTime struct {
	From        string       `json:"from"`
	To          string       `json:"to"`
	Steps       []StepLead   `json:"steps"`       // from a task's opening to its answer
	Departments []UnitLead   `json:"departments"` // from filing to the first decision, by who filed
	Districts   []RegionLead `json:"districts"`   // from a task's opening to its answer, by the district that answered
}

// StepLead is how long a step took.
type StepLead struct {
	Step  string `json:"step"`
	Words Words  `json:"words"`
	Spread
}

// UnitLead is how long a unit's cases took.
type UnitLead struct {
	Unit Named `json:"unit"`
	Spread
}

// RegionLead is how long a district's bodies took.
type RegionLead struct {
	Region Named `json:"region"`
	Spread
}

// OverdueLine is what a unit has overdue.
type OverdueLine struct {
	Unit   Named     `json:"unit"`
	Count  int64     `json:"count"`
	Oldest time.Time `json:"oldest"`
}
