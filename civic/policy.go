package civic

import "context"

// Actor is who is asking: one signed-in natural person, or nobody.
type Actor struct {
	Person  string // "" when nobody is signed in
	Account string
	Session string
	Address string // from the trusted hop only
	Request string // request id, for the logs
	Lang    string // zh-CN or en

	MustChange bool // the password was given by somebody else: nothing but changing it is possible
}

// Subject is what an act is about, as far as a policy may look at it.
type Subject struct {
	Object    string    // case, task, draft, budget_line, parameter, calendar, account, grant, audit, unit …
	Procedure Procedure // of the case or task
	Step      string    // of the task
	State     State     // of the case
	Seat      *Seat     // of the task
	ClaimedBy string    // of the task
	Unit      string    // the applicant's or owning unit
	Applicant string    // the person who filed the case
	Person    string    // the person an account, grant or deputy is about
	Parties   []string  // units that take part in the case
	Readers   []string  // persons who may read along
	Case      *Case     // for separation of duties
	Tasks     []Task    // for separation of duties
}

// Permit is a policy's answer: under which grant and rule something is allowed, or why not.
type Permit struct {
	Rule      string // the policy line that decided
	Grant     string // the grant it rests on
	Principal string // the person for whom the actor stands in, "" when they act for themselves
}

// Policy says who may do what. Its refusals are *Error of kind Forbidden (or NotFound where even the existence is hidden).
type Policy interface {
	// Decide allows the act on the subject, or refuses it naming the rule.
	Decide(ctx context.Context, who Actor, act string, what Subject) (Permit, error)
	// Scope is what the actor may list of an object: compiled to SQL by the record. It agrees with Decide(…, "read", …).
	Scope(ctx context.Context, who Actor, object string) (Scope, error)
	// Seats are those for which the actor may answer today: their own, and those of whom they stand in for.
	Seats(ctx context.Context, who Actor) ([]SeatOf, error)
}

// SeatOf is a seat that the actor answers for, and for whom.
type SeatOf struct {
	Seat      Seat
	Grant     string
	Principal string // "" for one's own seat
}

// Scope is a set of cases: all, or those in which one of the units takes part, or which the person may read along.
// The zero Scope holds nothing.
type Scope struct {
	All    bool
	Units  []string
	Person string
}

// Covers reports whether the scope holds a case with these parties and readers.
// The record compiles the same scope to SQL; a test proves that both agree.
func (s Scope) Covers(parties, readers []string) bool {
	if s.All {
		return true
	}
	for _, u := range s.Units {
		for _, p := range parties {
			if u == p {
				return true
			}
		}
	}
	for _, r := range readers {
		if s.Person != "" && s.Person == r {
			return true
		}
	}
	return false
}
