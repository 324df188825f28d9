package civic

import "context"

// Record is the legal record: everything the desk reads and the writes that are not acts on a case.
// What the actor may not see is NotFound. Grows with the product; postgres implements it.
type Record interface {
	// Brief reads, in one go, the stored answer under (actor, key) or the case, by its id or by one of its tasks.
	Brief(ctx context.Context, actor, key, caseID, taskID string) (Brief, error)
	// Answer is the stored answer under (actor, key), nil when there is none (yet).
	Answer(ctx context.Context, actor, key string) (*Outcome, error)
	// Refuse stores a definite refusal under its key with its audit entry; an answer stored before stands and is returned.
	Refuse(ctx context.Context, a Act, refusal *Error) (Outcome, error)
}
