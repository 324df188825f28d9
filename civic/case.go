package civic

import "time"

// Procedure names one of the city's procedures.
type Procedure string

// AccessProcedure admits items into communities (社区事务准入).
const AccessProcedure Procedure = "access"

// SupplementProcedure makes up the stock of rooms where old estates are short of them (存量补足).
const SupplementProcedure Procedure = "supplement"

// The states of a supplement beside those that it shares.
const (
	SupplyReview   State = "supply_review"   // S2 civil affairs
	SupplyApproval State = "supply_approval" // S3 the district, with its money
	SupplyWork     State = "supply_work"     // S4 under way
	SupplyCheck    State = "supply_check"    // S5 civil affairs measures and accepts
	Supplied       State = "supplied"        // S6 the area exists and is in the register
)

// Community service housing: a project's rooms from their planning to their use, and a change of its plan.
const (
	HousingProcedure    Procedure = "housing"     // 社区服务用房
	PlanChangeProcedure Procedure = "plan_change" // 规划调整, a part of a project
)

// LayoutProcedure plans where community rooms are to come about in the next years (布局规划).
const LayoutProcedure Procedure = "layout"

// LayoutReview is the state of a layout plan beside those that it shares: planning and development and reform answer it (D1).
const LayoutReview State = "layout_review"

// The yearly appraisal (创建考评) is one case a year; each community that takes part is a case of its own under it.
const (
	AppraisalProcedure  Procedure = "appraisal"
	NominationProcedure Procedure = "nomination"
)

// Route is the way an item comes in.
type Route string

// The routes of admission: discretionary approval, filing of what statute imposes, emergency.
const (
	Discretionary Route = "discretionary"
	Filing        Route = "filing"
	Emergency     Route = "emergency"
)

// State is where a case stands.
type State string

// The states of an admission case, in the order of the regulation.
const (
	Draft        State = "draft"
	Submitted    State = "submitted"    // A2 waits for registration
	Blocked      State = "blocked"      // A2 the negative list stops it; only an appeal is left
	Accepted     State = "accepted"     // A3 formal examination
	Returned     State = "returned"     // waits for the applicant's correction, clock stopped
	NotAccepted  State = "not_accepted" // A3 or A2 (appeal dismissed)
	PreReview    State = "prereview"    // A4
	Consult      State = "consult"      // A5
	JointReview  State = "joint_review" // A6
	Deliberation State = "deliberation" // A7
	Deferred     State = "deferred"     // A7 postponed to a date
	Decided      State = "decided"      // A7 admitted on a condition that is not met yet
	Publicity    State = "publicity"    // A8
	Objected     State = "objected"     // A8 an objection is being examined
	Issuing      State = "issuing"      // A9 waits for number and list version
	InForce      State = "in_force"
	Suspended    State = "suspended"
	Expired      State = "expired"
	Exited       State = "exited"
	Revoked      State = "revoked"
	RefusedState State = "refused"
	Merged       State = "merged"
	Transferred  State = "transferred"
	Commissioned State = "commissioned"
	Withdrawn    State = "withdrawn"
	Lapsed       State = "lapsed"
	Archived     State = "archived"
)

// The states of a housing project (domain 5.2), in the order of its life.
const (
	Conditions     State = "conditions"     // D3 planning conditions are drawn up
	Countersigning State = "countersigning" // D3 civil affairs answers them
	Contracting    State = "contract"       // D4 the clause in the land contract
	Designing      State = "design"         // D5 the developer draws
	DesignReview   State = "design_review"  // D5 civil affairs and the street
	Permitting     State = "permits"        // D6
	Building       State = "building"       // D7, D8
	Surveying      State = "survey"         // D10
	PlanChecking   State = "planning_check" // D11 规划核实
	Completing     State = "completion"     // D12
	Checking       State = "checking"       // D13 核查
	Rectifying     State = "rectification"  // D14
	Enforcing      State = "enforcement"    // D14 an ignored order is with planning
	Settling       State = "settlement"     // 5.3 a shortfall is made good
	HandingOver    State = "handover"       // D15
	Titling        State = "title"          // D16
	Opening        State = "opening"        // D17
	InUse          State = "in_use"         // D18, D19
	Replaced       State = "replaced"       // something newer took its place: other rooms (D20), another plan (D1)
)

// The states of a change of plan (D9).
const (
	ChangeOpinion  State = "change_opinion"  // civil affairs
	ChangeReview   State = "change_review"   // planning
	ChangeGroup    State = "change_group"    // the leading group, when the rooms would shrink
	ChangeDeciding State = "change_deciding" // after the public notice
	ChangeApproved State = "change_approved"
	ChangeRejected State = "change_rejected"
)

// The states of a year of the appraisal, as far as admission does not have them.
const (
	FilingRules  State = "rules"     // B1 the districts file their detailed rules
	Declaring    State = "declaring" // B2–B4 communities declare
	PanelsAtWork State = "assessing" // B5–B7 panels at work in the nominations
	Reporting    State = "reporting" // B8
	Sampling     State = "sampling"  // B9
	NamingDue    State = "naming"    // B13
	Awarding     State = "awarding"  // B14 plaques and certificates
	Concluded    State = "concluded"
)

// The states of a nomination, as far as others do not have them.
const (
	Recommending    State = "recommending"    // B4 before the street
	Recommended     State = "recommended"     // B4 waits for the district's panel
	PanelWork       State = "panel"           // B5
	Eligibility     State = "eligibility"     // B6
	Qualified       State = "qualified"       // B7 is over; waits for the freeze
	Ranked          State = "ranked"          // its score is frozen; waits for what the year decides
	Rescoring       State = "rescoring"       // B9 drawn: scored again by another district's team
	InReserve       State = "reserve"         // may still be named when a title is revoked
	TitleHeld       State = "named"           // B13
	TitleRectifying State = "rectifying"      // B15
	NotRecommended  State = "not_recommended" // by the street, or not within the quota
	AssessedOnly    State = "assessed"        // its year named nobody
	BelowLine       State = "below_line"
	Vetoed          State = "vetoed"
	Struck          State = "struck"
)

// Case is one run of a procedure: what every list and page shows of it.
type Case struct {
	ID        string     `json:"id"`
	Seq       int64      `json:"-"` // order of creation, for paging
	Number    string     `json:"number,omitempty"`
	Procedure Procedure  `json:"procedure"`
	Route     Route      `json:"route"`
	Title     string     `json:"title"`
	Parent    string     `json:"parent,omitempty"` // the case of which this is a part
	Unit      string     `json:"unit"`             // the applicant
	Applicant string     `json:"applicant"`        // the person who filed it
	State     State      `json:"state"`
	Version   int        `json:"version"` // grows with every change; what If-Match compares
	Round     int        `json:"round"`   // grows when deliberation is reopened
	NextSeats []Seat     `json:"next_seats"`
	DueAt     *time.Time `json:"due_at,omitempty"`   // the nearest due instant of its open tasks
	ActsAt    *time.Time `json:"acts_at,omitempty"`  // when the automatic act of this state is due
	Deadline  *time.Time `json:"deadline,omitempty"` // the decision's own term (A7), clock stops added
	PausedAt  *time.Time `json:"paused_at,omitempty"`
	RulesAt   time.Time  `json:"rules_at"` // the day whose parameters this case is decided under
	Calendar  int        `json:"calendar"` // calendar version its terms were computed with
	CreatedAt time.Time  `json:"created_at"`
	UpdatedAt time.Time  `json:"updated_at"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
}

// Standing reports whether a case in this state has taken effect and only time or an exit will end that: it is not paused.
func (s State) Standing() bool {
	switch s {
	case InForce, Suspended, InUse, InReserve, TitleHeld, TitleRectifying:
		return true
	}
	return false
}

// Over reports whether nothing but archiving is left of a case in this state.
func (s State) Over() bool {
	switch s {
	case Expired, Exited, Revoked, RefusedState, Merged, Transferred, Commissioned, Withdrawn, Lapsed, NotAccepted, Archived, Supplied, Closed,
		Replaced, ChangeApproved, ChangeRejected,
		Concluded, NotRecommended, AssessedOnly, BelowLine, Vetoed, Struck:
		return true
	}
	return false
}
