package civic

import (
	"context"
	"time"

	"lizheng/civic/money"
)

// EntryQuery asks for lines of lists by name.
type EntryQuery struct {
	EntryFilter
	Window
	Moment time.Time // in force then
	Areas  []string  // regions of which an entry must cover one; nil for all
	Normal string    // the text in its normal form
}

// EntryRow is a line with what a list shows of it.
type EntryRow struct {
	Entry
	Communities int
	ZeroCost    bool
}

// EntryFile is everything that the record has about one line.
type EntryFile struct {
	EntryRow
	Number   string
	Children []EntryRow
	Regions  []RegionShare
	Why      string
	Rests    []Span
}

// RegionShare is one community's part of an entry.
type RegionShare struct {
	Region string
	Units  int64
	Amount money.Fen
}

// ListState is one list's size and newest version.
type ListState struct {
	List      List
	Entries   int64
	Version   int
	Effective *time.Time
	Document  string
}

// NoticedCase is a case on public notice.
type NoticedCase struct {
	Case       Case
	Ruling     Ruling
	Matter     Matter // nil for an admission
	Objections int
}

// ListRecord keeps the published lists.
type ListRecord interface {
	Lists(ctx context.Context, at time.Time) ([]ListState, error)
	Entries(ctx context.Context, q EntryQuery) ([]EntryRow, error)
	EntryFile(ctx context.Context, id string) (EntryFile, error)
	Noticed(ctx context.Context, w Window) ([]NoticedCase, error)
	// PublishEntry puts a line on a list and makes the list's next version.
	PublishEntry(ctx context.Context, deed Deed, e NewEntry) (Entry, error)
	// EndEntry ends a line that did not come in by a case, and makes the list's next version.
	EndEntry(ctx context.Context, deed Deed, id string, at time.Time, why string) (Entry, error)
}
