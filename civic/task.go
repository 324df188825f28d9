package civic

import "time"

// TaskState is where a task stands. A task ends exactly once.
type TaskState string

// A task is open, done by a decision, or void because the case moved on without it.
const (
	TaskOpen TaskState = "open"
	TaskDone TaskState = "done"
	TaskVoid TaskState = "void"
)

// Task is a seat asked one question with named outcomes and a term.
type Task struct {
	ID         string     `json:"id"`
	Case       string     `json:"case"`
	Step       string     `json:"step"`
	Seat       Seat       `json:"seat"`
	Round      int        `json:"round"`
	State      TaskState  `json:"state"`
	Outcome    string     `json:"outcome,omitempty"`
	ClaimedBy  string     `json:"claimed_by,omitempty"`
	ReadAt     *time.Time `json:"read_at,omitempty"` // first opened by somebody of the seat: from then on nothing is recalled
	OpenedAt   time.Time  `json:"opened_at"`
	OpenedBy   string     `json:"opened_by"` // the act that opened it
	Term       int        `json:"term"`      // working days granted, extensions included
	DueAt      *time.Time `json:"due_at,omitempty"`
	RemindAt   *time.Time `json:"remind_at,omitempty"` // the next reminder
	Reminded   int        `json:"reminded"`            // reminders sent so far
	Escalated  bool       `json:"escalated"`
	Urged      int        `json:"urged"`
	Returns    string     `json:"returns,omitempty"` // the task of which this is the delegated part
	EndedAt    *time.Time `json:"ended_at,omitempty"`
	EndedBy    string     `json:"ended_by,omitempty"`  // the act that ended it
	Person     string     `json:"person,omitempty"`    // who answered
	Principal  string     `json:"principal,omitempty"` // for whom a deputy answered
	Automatic  bool       `json:"automatic"`           // ended by the system, not by a person
	VoidReason string     `json:"void_reason,omitempty"`
	Added      bool       `json:"added"` // an added signer (加签)
}

// Open reports whether the task still waits for an answer.
func (t Task) Open() bool { return t.State == TaskOpen }

// partOf reports whether this is a delegated part of that task. A correction also names the task it returns to, but is no part of it.
func (t Task) partOf(id string) bool { return t.Returns == id && t.part() }

// part reports whether the task asks a colleague for an opinion only (委派).
func (t Task) part() bool { return t.Returns != "" && t.Step != "correct" }

// Keep says what becomes of something when a case is returned.
type Keep string

// What becomes of sibling signatures and of clocks.
const (
	Kept      Keep = "kept"
	Void      Keep = "void"
	Continues Keep = "continues" // the clock goes on with the days that were left
	Restarts  Keep = "restarts"  // the clock begins anew
)

// ReturnRule says for one step what a return for correction does to everything around it.
type ReturnRule struct {
	Step       string // where it is returned
	Resumes    string // the step that opens when the correction comes in
	State      State  // the state that step belongs to
	Siblings   Keep   // open tasks beside it
	Signatures Keep   // opinions already given in this round
	Clock      Keep   // the resumed step's term
	Deadline   Keep   // the term of the whole decision: stands still meanwhile, then
}

// SharedRule says for one shared act what it does to the task, its siblings and its clock.
type SharedRule struct {
	Act      ActKind
	Task     string // what becomes of the task itself
	Siblings Keep
	Clock    Keep
}

// SharedActs is the table of the acts that every task of every procedure knows.
var SharedActs = []SharedRule{
	{ActClaim, "the same task, held by one person of the seat", Kept, Continues},
	{ActRelease, "the same task, for everyone of the seat again; what was given away of it is void", Kept, Continues},
	{ActTransfer, "void; a new task for the other unit, responsibility moves with it", Kept, Continues},
	{ActDelegate, "open, waits for the part that was given away", Kept, Continues},
	{ActAddSigner, "open; a further seat is asked beside it", Kept, Continues},
	{ActRemoveSigner, "void, if it was added and has not answered", Kept, Continues},
	{ActRecall, "the decided task opens again; what it had opened is void", Void, Continues},
	{ActUrge, "open; a notice goes to the seat", Kept, Continues},
	{ActCopy, "open; somebody may read along", Kept, Continues},
	{ActPause, "open, clock stopped", Kept, Continues},
	{ActResume, "open, the days of the pause are added", Kept, Continues},
}
