package civic

import (
	"context"
	"time"

	"lizheng/civic/workday"
)

// StockQuery asks for rooms of the register by name.
type StockQuery struct {
	StockFilter
	Window
	Communities []string     // nil for all
	Day         workday.Date // standing then; the zero day for all
	Normal      string       // the text in its normal form
}

// StockChange is one version of a room: as it stood from a day on, why, by whom.
type StockChange struct {
	StockRoom
	Effective workday.Date
	Why       string
	By        string
	At        time.Time
}

// StockPatrol is what somebody saw of a room on the spot.
type StockPatrol struct {
	ID      string       `json:"id"`
	Room    string       `json:"room"`
	Kind    string       `json:"kind"` // quarter: the street; year: civil affairs
	Year    int          `json:"year"`
	Quarter int          `json:"quarter,omitempty"`
	Day     workday.Date `json:"day"`
	Found   StockState   `json:"found"`
	Note    string       `json:"note,omitempty"`
	Person  string       `json:"person"`
	Unit    string       `json:"unit"`
	At      time.Time    `json:"at,omitzero"`
}

// StockFile is everything that the record has about one room.
type StockFile struct {
	Room    StockRoom
	Number  string        // of the case by which it came in
	Changes []StockChange // oldest first
	Patrols []StockPatrol // latest first
}

// StockRecord keeps the register of rooms.
type StockRecord interface {
	StockRooms(ctx context.Context, q StockQuery) ([]StockRoom, error)
	StockFile(ctx context.Context, id string) (StockFile, error)
	// StockOn are all rooms as they stood on a day.
	StockOn(ctx context.Context, day workday.Date) ([]StockRoom, error)
	// ChangeStock writes what a rule makes of a room, which is held meanwhile. A room seen at another version is refused; 0 has not looked.
	ChangeStock(ctx context.Context, deed Deed, id string, seen int, why string, ruleFunc func(StockRoom, workday.Date) (StockRoom, error)) (StockRoom, error)
	// PatrolStock writes down a patrol, and what a rule makes of the room.
	PatrolStock(ctx context.Context, deed Deed, p StockPatrol, ruleFunc func(StockRoom, workday.Date) (StockRoom, error)) (StockPatrol, error)
	// ImportStock brings rooms into the register, all or none.
	ImportStock(ctx context.Context, deed Deed, rooms []StockRoom, why string) (int, error)
}
