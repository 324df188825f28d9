package civic

import (
	"context"
	"encoding/json"
	"time"
)

// Record is the legal record: everything the desk reads and the writes that are not acts on a case.
// What the actor may not see is NotFound. postgres implements it.
type Record interface {
	// Now is the record's time. Whatever counts is timed by the database itself; this is for whoever only looks.
	Now() time.Time
	// Brief reads, in one go, the stored answer under (actor, key) or the case, by its id or by one of its tasks.
	Brief(ctx context.Context, actor, key, caseID, taskID string) (Brief, error)
	// Answer is the stored answer under (actor, key), nil when there is none (yet).
	Answer(ctx context.Context, actor, key string) (*Outcome, error)
	// Refuse stores a definite refusal under its key with its audit entry; an answer stored before stands and is returned.
	Refuse(ctx context.Context, a Act, refusal *Error) (Outcome, error)
	// Settle stores the definite refusal of a deed with its audit entry and returns it; what was stored before under the
	// same key stands and is returned, a result as JSON, a refusal as the error.
	Settle(ctx context.Context, deed Deed, refusal *Error) (json.RawMessage, error)

	CaseReader
	DraftRecord
	CaseOpener
	AssessmentRecord
	HousingReader
	TaskReader
	ListRecord
	MoneyRecord
	Rulebook
	PlaceBook
	Directory
	Accounts
	GrantBook
	NoticeRecord
	StockRecord
	LayoutReader
	Files
	AuditReader
	Stats
	AppraisalRecord
}
