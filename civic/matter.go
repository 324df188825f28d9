package civic

import (
	"context"
	"encoding/json"
	"fmt"
)

// Matter is what a procedure keeps of a case beyond what every case has: a project's areas, a nomination's declaration.
// It is stored with the case; an act's rules change a copy, which becomes real with the act.
type Matter interface {
	// Title is what the case is called and found by.
	Title() string
	// Storable refuses a matter that cannot even be kept as a draft: what is missing may still come, what is too much may not.
	Storable() error
}

// ReadMatter reads a stored matter. Admission has none: its form is the request.
func ReadMatter(p Procedure, stored []byte) (Matter, error) {
	empty := regulations[p].matter
	if empty == nil {
		return nil, nil // a procedure without a matter
	}
	m := empty()
	if err := json.Unmarshal(stored, m); err != nil {
		return nil, fmt.Errorf("read a %s: %w", p, err)
	}
	return m, nil
}

// NewCase begins a case of a procedure other than admission: a draft without a number until it is submitted.
type NewCase struct {
	Procedure Procedure
	ID        string // "" for one made of the deed; a fact like the year 2026 has its own
	Parent    string
	Unit      string
	Matter    Matter
	Parties   []string // further units that take part from the beginning
}

// CaseOpener keeps what a procedure knows of its cases until they are submitted. The deed is an order on a draft.
type CaseOpener interface {
	OpenCase(ctx context.Context, deed Deed, c NewCase) (DraftMade, error)
	// SaveMatter saves a draft's matter if its revision is still the one that was seen, and returns the new one.
	SaveMatter(ctx context.Context, deed Deed, p Procedure, caseID string, seen int, m Matter) (int, error)
}
