package civic

import (
	"context"
	"time"

	"lizheng/civic/money"
)

// Sight is what a person may see of cases: those in the scope of their roles, and drafts in the narrower scope of drafts.
// The record compiles it to SQL; a test proves that both agree.
type Sight struct {
	Cases  Scope
	Drafts Scope
}

// Covers reports whether a case in this state with these parties and readers may be seen.
func (s Sight) Covers(state State, parties, readers []string) bool {
	if state == Draft {
		return s.Drafts.Covers(parties, readers)
	}
	return s.Cases.Covers(parties, readers)
}

// CaseQuery asks for cases: newest first, or oldest due instant first when only overdue ones are wanted.
type CaseQuery struct {
	Sight
	CaseFilter
	Window
	Me      string        // for Mine and Copied
	Created [2]*time.Time // from, and until (not included)
	Grams   []string      // of the text, for titles
	Number  string        // the text as the beginning of a number, "" when it is none
}

// CaseFile is everything that the record has about one case.
type CaseFile struct {
	Case       Case
	Form       AccessRequest
	Matter     Matter // of a procedure other than admission
	Revision   int
	Tasks      []Task
	Opinions   map[string]string // by task
	Ruling     *Ruling
	Objections []Objection
	Pauses     []Pause
	Held       []Holding
	Disbursed  money.Fen
	Line       *BudgetLine
	Entry      *Entry
	Parties    []string
	Readers    []string
	Files      []Attachment
}

// brief is the file as a policy looks at it.
func (f CaseFile) brief(task string) Brief {
	b := Brief{Case: f.Case, Tasks: f.Tasks, Parties: f.Parties, Readers: f.Readers}
	for i := range f.Tasks {
		if f.Tasks[i].ID == task {
			b.Task = &f.Tasks[i]
		}
	}
	return b
}

// Decision is one accepted act as the record keeps it.
type Decision struct {
	ID        string
	Case      string
	Task      string
	Kind      ActKind
	Actor     string
	Principal string
	Grant     string
	Policy    string
	Role      Role
	Unit      string
	Outcome   string
	Opinion   string
	Details   Details
	Figures   []Figure
	From, To  State
	Version   int
	RulesAt   time.Time
	At        time.Time
	Document  string // the number it issued
}

// CaseCounts are numbers of cases by state.
type CaseCounts struct {
	States  map[State]int64
	Overdue int64
	AsOf    time.Time
}

// CaseReader reads cases. What lies outside the sight is not found, and not counted.
type CaseReader interface {
	Cases(ctx context.Context, q CaseQuery) ([]Case, error)
	CaseFile(ctx context.Context, s Sight, id string) (CaseFile, error)
	// CaseOfTask is the case that a task belongs to.
	CaseOfTask(ctx context.Context, task string) (string, error)
	// Decisions are the accepted acts on a case in their order; the cursor is the version that each made.
	Decisions(ctx context.Context, caseID string, w Window) ([]Decision, error)
	// CountCases may be a minute old, and a few in a record of millions; it says as of when it counted.
	CountCases(ctx context.Context, s Sight, of Procedure) (CaseCounts, error)
}

// DraftMade is the answer to the making of a draft.
type DraftMade struct {
	Case     Case `json:"case"`
	Revision int  `json:"revision"`
}

// SavedForm is one saved state of a form.
type SavedForm struct {
	Revision int
	Form     AccessRequest
	By       string
	At       time.Time
}

// DraftRecord keeps forms until they are submitted, and while they are returned.
type DraftRecord interface {
	CreateDraft(ctx context.Context, deed Deed, unit string, form AccessRequest) (DraftMade, error)
	// SaveForm saves a form if its revision is still the one that was seen, and returns the new one.
	SaveForm(ctx context.Context, deed Deed, caseID string, seen int, form AccessRequest) (int, error)
	// DiscardDraft removes a case that has no number yet, with all its forms.
	DiscardDraft(ctx context.Context, deed Deed, caseID string) error
	// Facts are what a form of a unit is compared with today; caseID is "" for a form without a case.
	Facts(ctx context.Context, caseID, unit string, form AccessRequest) (FormFacts, error)
	// Revisions are all saved states of a form, oldest first.
	Revisions(ctx context.Context, caseID string) ([]SavedForm, error)
}
