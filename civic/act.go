package civic

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"lizheng/civic/names"
)

// ActKind is what somebody does to a case.
type ActKind string

// Acts of persons.
const (
	ActSubmit       ActKind = "submit"  // files the draft (A1)
	ActDecide       ActKind = "decide"  // answers a task with one of its outcomes
	ActCorrect      ActKind = "correct" // hands in the corrected request
	ActWithdraw     ActKind = "withdraw"
	ActAppeal       ActKind = "appeal" // against the negative list
	ActObject       ActKind = "object" // during the public notice
	ActClaim        ActKind = "claim"
	ActRelease      ActKind = "release"
	ActTransfer     ActKind = "transfer"
	ActDelegate     ActKind = "delegate"
	ActAddSigner    ActKind = "add_signer"
	ActRemoveSigner ActKind = "remove_signer"
	ActRecall       ActKind = "recall"
	ActUrge         ActKind = "urge"
	ActCopy         ActKind = "copy"
	ActPause        ActKind = "pause"  // 中止: the whole case waits, clocks stand still
	ActResume       ActKind = "resume" // 恢复
	ActSuspend      ActKind = "suspend"
	ActReinstate    ActKind = "reinstate"
	ActProposeExit  ActKind = "propose_exit"
)

// Acts of persons on a housing project as a whole.
const (
	ActApplyPresale      ActKind = "apply_presale"      // the developer asks to sell (D8)
	ActExtendOrder       ActKind = "extend_order"       // the developer asks for more time to rectify (D14)
	ActRecordObstacle    ActKind = "record_obstacle"    // something stands in the way, looked at again
	ActReportMisuse      ActKind = "report_misuse"      // D19
	ActProposeDemolition ActKind = "propose_demolition" // D20
)

// Automatic acts: the system's own, always labelled so and never a consent.
const (
	ActLapse        ActKind = "lapse"         // correction did not come in time
	ActCloseConsult ActKind = "close_consult" // whoever did not answer has no opinion
	ActCloseNotice  ActKind = "close_notice"
	ActReopen       ActKind = "reopen" // the deferral is over
	ActExpire       ActKind = "expire"
	ActArchive      ActKind = "archive"
	ActRemind       ActKind = "remind"      // reminders and escalation of overdue tasks
	ActRecalculate  ActKind = "recalculate" // a new calendar version

	ActTransferOrder ActKind = "transfer_order"   // an ignored order goes to planning (D14)
	ActHandoverLate  ActKind = "handover_overdue" // the term of the handover is over (D15)
	ActOpenPatrols   ActKind = "open_patrols"     // a new quarter of use (D18)
)

// Acts of the yearly appraisal.
const (
	ActNameNext  ActKind = "name_next" // the next of the reserve takes the place of a title that was revoked
	ActRecompose ActKind = "recompose" // a district names its panel anew: somebody has left it

	ActCloseDeclaring ActKind = "close_declaring" // the window for declarations is over
	ActSettle         ActKind = "settle"          // a nomination takes over what its year has decided
	ActCheckDue       ActKind = "check_due"       // the yearly check of what lasts for years is due: of a title, of a layout plan
)

// Automatic reports whether only the system may do this.
func (k ActKind) Automatic() bool {
	switch k {
	case ActCloseDeclaring, ActSettle, ActCheckDue:
		return true
	case ActLapse, ActCloseConsult, ActCloseNotice, ActReopen, ActExpire, ActArchive, ActRemind, ActRecalculate,
		ActQuarter, ActCloseFeedback, ActTransferOrder, ActHandoverLate, ActOpenPatrols:
		return true
	}
	return false
}

// System is the actor of automatic acts.
const System = "system"

// Act is one person's (or the system's) deed on one case: small, sealed, exactly once under its ID.
type Act struct {
	ID        string    `json:"id"` // uuid made of actor and idempotency key: the decision id and the update id
	Case      string    `json:"case"`
	Procedure Procedure `json:"procedure"`
	Kind      ActKind   `json:"kind"`
	Task      string    `json:"task,omitempty"`
	Actor     string    `json:"actor"`
	Principal string    `json:"principal,omitempty"` // for whom a deputy acts
	Grant     string    `json:"grant,omitempty"`     // under which grant; checked again at the commit
	Rule      string    `json:"rule,omitempty"`      // the policy line that allowed it
	Outcome   string    `json:"outcome,omitempty"`
	Opinion   string    `json:"opinion,omitempty"`
	Details   Details   `json:"details"`
	Seen      int       `json:"seen,omitempty"` // the case version the person had before them; 0 = not said
	Key       string    `json:"key"`            // the client's Idempotency-Key
	Route     string    `json:"route"`
	Hash      string    `json:"hash"` // SHA-256 of route and body: the same key with another hash is refused
	Address   string    `json:"address,omitempty"`
	Request   string    `json:"request,omitempty"` // request id, for the logs
	Seal      []byte    `json:"seal,omitempty"`
}

// Details carry what some outcomes need beyond an opinion. Fields that an act does not use must be empty.
type Details struct {
	TermEnd     string   `json:"term_end,omitempty"`    // last day in force, 2006-01-02
	Communities []string `json:"communities,omitempty"` // ADMIT_SCOPE: the subset
	Condition   string   `json:"condition,omitempty"`   // ADMIT_COND: in words
	MergeInto   string   `json:"merge_into,omitempty"`  // entry id
	TransferTo  string   `json:"transfer_to,omitempty"` // unit key
	Until       string   `json:"until,omitempty"`       // DEFER: the day it is taken up again
	Gaps        []string `json:"gaps,omitempty"`        // RETURN: everything that is missing, in one notice
	BudgetLine  string   `json:"budget_line,omitempty"` // the line that meets the condition
	Unit        string   `json:"unit,omitempty"`        // transfer, add_signer: the other unit
	Person      string   `json:"person,omitempty"`      // delegate, copy: the other person
	Trigger     string   `json:"trigger,omitempty"`     // propose_exit: why (domain 3.8)
	BlockName   bool     `json:"block_name,omitempty"`  // REFUSE: put the name on the negative list
	From        string   `json:"from,omitempty"`        // suspend: from which day
	Contact     string   `json:"contact,omitempty"`     // object: who objects and how to reach them
	Objection   string   `json:"objection,omitempty"`   // settling one objection

	Supplement *SupplementDetails `json:"supplement,omitempty"` // making up the stock of rooms
	Assessment *AssessmentDetails `json:"assessment,omitempty"`
	Housing    *HousingDetails    `json:"housing,omitempty"`
	Appraisal  *AppraisalDetails  `json:"appraisal,omitempty"` // what the steps of the yearly appraisal need
}

// Limits on what one act may carry.
const (
	MaxOpinion     = 4000 // characters
	MaxCommunities = 2000
	MaxGaps        = 50
	MaxKey         = 100 // characters of an Idempotency-Key
)

// Check refuses an act that no procedure could take, whatever the state of the case.
func (a Act) Check() error {
	switch {
	case utf8.RuneCountInString(a.Opinion) > MaxOpinion:
		return Refuse(Invalid, "opinion_too_long", "意见不得超过4000字。", "An opinion has at most 4,000 characters.").At("opinion").With("max", MaxOpinion)
	case len(a.Details.Communities) > MaxCommunities, len(a.Details.Gaps) > MaxGaps:
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("details")
	case a.Actor == "", a.Actor == Public && a.Kind != ActObject:
		return errSignIn()
	case a.Kind.Automatic() != (a.Actor == System):
		return Refuse(Forbidden, "system_act", "该操作只能由系统自动执行。", "Only the system itself may do this.")
	case names.ValidText(a.Opinion, MaxOpinion) != nil:
		return errCharacter("opinion")
	}
	return a.Details.check()
}

// SealWith signs the act, so that nobody who merely reaches the workflow engine can make one up.
func (a *Act) SealWith(key []byte) { a.Seal = a.mac(key) }

// SealedBy reports whether the act was sealed with this key and not altered since.
func (a Act) SealedBy(key []byte) bool { return hmac.Equal(a.Seal, a.mac(key)) }

func (a Act) mac(key []byte) []byte {
	a.Seal = nil
	body, err := json.Marshal(a)
	if err != nil { // an Act holds only strings and numbers
		return nil
	}
	m := hmac.New(sha256.New, key)
	m.Write(body)
	return m.Sum(nil)
}

// Receipt is the answer to an accepted act; the same for every repetition.
type Receipt struct {
	Act       string     `json:"act"`
	Case      string     `json:"case"`
	Number    string     `json:"number,omitempty"`
	State     State      `json:"state"`
	Version   int        `json:"version"`
	NextSeats []Seat     `json:"next_seats"`
	DueAt     *time.Time `json:"due_at,omitempty"`
	At        time.Time  `json:"at"`
	Document  string     `json:"document,omitempty"` // document number, when one was issued
	Explain   []Figure   `json:"explain,omitempty"`
}

// Figure is one line of "why was this decided": a rule and the numbers it compared.
type Figure struct {
	Rule   string         `json:"rule"`
	Zh     string         `json:"zh"`
	En     string         `json:"en"`
	Values map[string]any `json:"values,omitempty"`
}

// Progress is what the workflow needs to know after an act: where the case stands and how long until something is due.
// Durations, not instants: the record's clock decides, and no other host's clock can open, close or reorder anything. The one
// instant in it is compared with itself only: it says that the record has set another.
type Progress struct {
	Case     string         `json:"case"`
	State    State          `json:"state"`
	Version  int            `json:"version"`
	ActsIn   *time.Duration `json:"acts_in,omitempty"`   // until the automatic act of this state
	ActsAt   *time.Time     `json:"acts_at,omitempty"`   // the record's instant of it: never compared with a clock
	RemindIn *time.Duration `json:"remind_in,omitempty"` // until the next reminder of any open task
	Outdated bool           `json:"outdated,omitempty"`  // its terms follow an older calendar
	Over     bool           `json:"over,omitempty"`      // nothing will ever happen again
}

// Automatic is the system's own act on a case as it stands: on the same version it is the same act.
func Automatic(p Progress, procedure Procedure, kind ActKind) Act {
	key := string(kind) + ":" + p.Case + ":" + strconv.Itoa(p.Version)
	return Act{ID: NewID("act", System, key), Case: p.Case, Procedure: procedure, Kind: kind, Actor: System, Key: key, Route: "automatic", Hash: key}
}

// Outcome is the one answer to an act: a receipt or a refusal, never both, and where the case stands after it.
type Outcome struct {
	Receipt  *Receipt `json:"receipt,omitempty"`
	Refusal  *Error   `json:"refusal,omitempty"`
	Hash     string   `json:"hash"` // of the request this answer belongs to
	Progress Progress `json:"progress"`
}
