package civic

import (
	"encoding/json"
	"time"

	"lizheng/civic/selection"
)

// AppraisalWorld answers what the rules of the yearly appraisal ask, in the transaction that decides.
type AppraisalWorld interface {
	// Year is the year's case that a nomination belongs to, as it stands.
	Year(id string) (YearCase, error)
	Standard(id string) (Standard, bool, error)
	// AssessedUnits are the districts of today with the number of their committees, by key.
	AssessedUnits() []selection.Unit
	// Body is the district's unit where somebody holds a role today; its leading group's office where nobody does yet.
	Body(region string, role Role) (string, error)
	// Ties are the units for which a person works or holds a role today.
	Ties(person string) ([]string, error)
	// Nominees are all of a year, by community. They and their cases are locked: nothing about them changes before the commit.
	Nominees(year string) ([]Nominee, error)
	Nominee(nomination string) (Nominee, bool, error)
	Sheets(nomination string) ([]Sheet, error)
	// LastTitle is the community's newest title that was not revoked.
	LastTitle(community string) (Title, bool, error)
	// ReserveAhead is the first community of the same list that is still in reserve ahead of a nomination, "" when it is the
	// first itself. With areas, the towns' list and the villages' are two.
	ReserveAhead(nomination string, areas bool) (string, error)
	Project(approval string) (Project, bool, error)
}

// YearCase is a year's case as its nominations see it.
type YearCase struct {
	State State
	Year  *Appraisal
}

// Nominee is a nomination as the selection sees it. After the freeze nothing but Outcome and Second changes.
type Nominee struct {
	Nomination string           `json:"nomination"`
	Case       string           `json:"year_case"`
	Year       int              `json:"year"`
	Community  string           `json:"community"`
	Committee  string           `json:"committee"` // the unit that declared
	Street     string           `json:"street"`    // region
	District   string           `json:"district"`  // region
	Urban      bool             `json:"urban"`
	State      State            `json:"state"` // of its case
	Rank       int              `json:"rank,omitempty"`
	Self       selection.Points `json:"self"`
	Scored     bool             `json:"scored"`
	Panel      selection.Points `json:"panel"`
	Survey     selection.Points `json:"survey"`
	Base       selection.Points `json:"base"`
	Bonus      selection.Points `json:"bonus"`
	Penalty    selection.Points `json:"penalty"`

	Second *selection.Points  `json:"second,omitempty"` // the base by the city's sample
	Stands selection.Standing `json:"standing"`
	Ground string             `json:"ground,omitempty"`
	Frozen bool               `json:"frozen"`

	Outcome string `json:"outcome,omitempty"` // what the year has decided about it so far
}

// SheetKind says whose sheet it is.
type SheetKind string

// The kinds of sheets.
const (
	SelfSheet  SheetKind = "self"
	PanelSheet SheetKind = "panel"
	CitySheet  SheetKind = "city"
)

// Sheet is one score sheet of one nomination. Submitted, it never changes.
type Sheet struct {
	ID         string      `json:"id"`
	Nomination string      `json:"nomination"`
	Kind       SheetKind   `json:"kind"`
	Assessor   string      `json:"assessor,omitempty"` // "" for the community's own
	Unit       string      `json:"unit"`
	Recused    bool        `json:"recused,omitempty"`
	Why        string      `json:"why,omitempty"` // of the recusal
	Revision   int         `json:"revision"`
	Marks      []SheetMark `json:"marks"`
	Submitted  *time.Time  `json:"submitted_at,omitempty"`
}

// SheetMark is what one indicator got, with what shows it.
type SheetMark struct {
	selection.Mark
	Evidence string `json:"evidence,omitempty"` // an attachment's id, or where it can be seen
	Note     string `json:"note,omitempty"`
}

// scores are the sheet as the selection takes it.
func (s Sheet) scores(assessor string) selection.ScoreSheet {
	out := selection.ScoreSheet{Assessor: assessor, Recused: s.Recused}
	for _, m := range s.Marks {
		out.Marks = append(out.Marks, m.Mark)
	}
	return out
}

// Title is one naming.
type Title struct {
	Nomination string     `json:"nomination"`
	Year       int        `json:"year"`
	Seq        int        `json:"seq"`
	Community  string     `json:"community"`
	Document   string     `json:"document,omitempty"`
	Plaque     string     `json:"plaque"`
	NamedAt    time.Time  `json:"named_at"`
	RevokedAt  *time.Time `json:"revoked_at,omitempty"`
}

// Project is an approved commendation project: without one that covers it nobody is named.
type Project struct {
	Approval  string `json:"approval"` // its number
	Name      string `json:"name"`
	Authority string `json:"authority"`
	Cycle     int    `json:"cycle_years"`
	First     int    `json:"first_year"`
	Last      int    `json:"last_year"`
	Quota     int64  `json:"quota"`
	Sample    bool   `json:"sample,omitempty"` // an example, not a real approval
}

// covers reports whether titles may be given in a year.
func (p Project) covers(year int) bool {
	return year >= p.First && year <= p.Last && p.Cycle > 0 && (year-p.First)%p.Cycle == 0
}

// AppraisalEffects are what acts of the yearly appraisal change beyond their case.
type AppraisalEffects struct {
	Seats    *SeatsOf         // a year's titles, with the counter that is never overdrawn
	Filed    *StandardMoved   // a standard was handed in, taken on file or sent back
	Nominee  *Nominee         // as it stands after the act
	Sheets   []Sheet          // that somebody is to fill in
	Voided   []Sheet          // of those who left the panel before handing theirs in
	Wake     *Wake            // nominations that are to look at their year
	Freeze   string           // hash of the score set; from now on no score of the year changes
	Left     []string         // nominations that the freeze leaves behind, unfinished
	Outcomes []NomineeOutcome // what the year decided about each
	Publish  *PublishedSheet
	Titles   []Title           // named
	Revoke   bool              // the case's title is revoked
	Seals    map[string]string // stand in the act's line of the audit trail
	Parties  []string          // units that take part from now on without being asked
}

// SeatsOf are how many titles a year has.
type SeatsOf struct {
	Year  int
	Quota int64
}

// StandardMoved is a standard's new state, in the revision that was judged.
type StandardMoved struct {
	ID       string
	Revision int
	From     StandardState
	To       StandardState
}

// Wake names the nominations whose automatic act becomes due now.
type Wake struct {
	Year     string // the year's case
	States   []State
	District string   // "" for all
	Only     []string // nominations; nil for all
}

// NomineeOutcome is what the year has decided about one nomination.
type NomineeOutcome struct {
	Nomination string
	Outcome    string
	Rank       int64
}

// PublishedSheet is a selection as anybody can compute it again.
type PublishedSheet struct {
	Kind string          `json:"kind"` // ranking, proposed, replaced
	Body json.RawMessage `json:"body"` // canonical
	Hash string          `json:"hash"`
}
