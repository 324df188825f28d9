package civic

import (
	"context"
	"time"
)

// AppraisalRecord keeps the standards, score sheets and published selections of the yearly appraisal.
type AppraisalRecord interface {
	// Years are the years that were begun, the newest first.
	Years(ctx context.Context) ([]YearRow, error)
	// YearCounts counts a year's nominations by district and state.
	YearCounts(ctx context.Context, year string) ([]DistrictCount, error)
	// Nominations lists a year's nominees by community.
	Nominations(ctx context.Context, q NomineeQuery) ([]Nominee, error)
	NomineeOf(ctx context.Context, nomination string) (Nominee, error)
	// PublishedSheets are a year's selections without their bodies, oldest first.
	PublishedSheets(ctx context.Context, year string) ([]SheetLine, error)
	// NewestSheet is the newest selection of a year with its body.
	NewestSheet(ctx context.Context, year string) (SheetLine, error)
	Titles(ctx context.Context, year int) ([]TitleRow, error)
	Commendations(ctx context.Context) ([]Project, error)

	Standards(ctx context.Context, unit, parent string) ([]Standard, error)
	StandardByID(ctx context.Context, id string) (Standard, error)
	// CreateStandard begins a standard; what is there already is refused.
	CreateStandard(ctx context.Context, deed Deed, s Standard) (Standard, error)
	// SaveStandard saves a draft if its revision is still the one that was seen, and returns it.
	SaveStandard(ctx context.Context, deed Deed, id string, seen int, body StandardBody) (Standard, error)

	SheetsOf(ctx context.Context, nomination string) ([]Sheet, error)
	// SaveSheet saves a sheet that was not submitted, if its revision is still the one that was seen; with submit it is handed in.
	SaveSheet(ctx context.Context, deed Deed, s Sheet, state State, seen int, submit bool) (Sheet, error)
}

// YearRow is one year that was begun.
type YearRow struct {
	Case  string
	State State
	Year  Appraisal
}

// DistrictCount is how many nominations of a district are in a state.
type DistrictCount struct {
	District string
	State    State
	Count    int64
}

// NomineeQuery asks for a year's nominees.
type NomineeQuery struct {
	Window
	Year     string // the year's case
	District string
	States   []State
}

// SheetLine is one published selection.
type SheetLine struct {
	Ord  int       `json:"ord"`
	Kind string    `json:"kind"`
	Hash string    `json:"hash"`
	Act  string    `json:"act"`
	At   time.Time `json:"at"`
	Body []byte    `json:"-"`
}

// TitleRow is a title with its district.
type TitleRow struct {
	Title
	District string `json:"district"`
}
