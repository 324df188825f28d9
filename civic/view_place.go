package civic

import (
	"time"

	"lizheng/civic/workday"
)

// PlaceFilter narrows regions and units. They are shown as they stand at an instant: now by default.
type PlaceFilter struct {
	Text   string
	Level  string
	Kind   string
	Region string // lies in it, walking "entrusted to, else parent"
	At     *time.Time
	Gone   bool // also those that no longer stand
}

// RegionView is a region with where it hangs and what became of it.
type RegionView struct {
	Region
	Above     *Named  `json:"above,omitempty"`    // who answers for it: entrusted to, else parent
	District  *Named  `json:"district,omitempty"` //
	Desk      string  `json:"desk,omitempty"`     // the unit that answers for it
	Followed  *Named  `json:"followed_by,omitempty"`
	Stands    bool    `json:"stands"`
	Placement []Place `json:"placements,omitempty"` // where it hung, when asked for one region

	Names       []NameView  `json:"names,omitempty"` // what it was and will be called, when asked for one
	Successions []Successor `json:"successions,omitempty"`
}

// NameView is what a place is called from a day on.
type NameView struct {
	Name      string    `json:"name"`
	NameEn    string    `json:"name_en,omitempty"`
	ShortName string    `json:"short_name,omitempty"`
	Mark      string    `json:"document_mark,omitempty"`
	From      time.Time `json:"from"`
	Source    string    `json:"source,omitempty"`
}

// Place is where a region hung for a time.
type Place struct {
	Parent    *Named     `json:"parent,omitempty"`
	Entrusted *Named     `json:"entrusted_to,omitempty"`
	From      time.Time  `json:"from"`
	Until     *time.Time `json:"until,omitempty"`
}

// UnitView is a unit with its successors.
type UnitView struct {
	Unit
	RegionView  *Named      `json:"region_view,omitempty"`
	Stands      bool        `json:"stands"`
	Responsible *Named      `json:"responsible,omitempty"` // who answers for it now, when it is not itself
	Successions []Successor `json:"successions,omitempty"`
	Names       []NameView  `json:"names,omitempty"` // what it was and will be called, when asked for one
}

// Successor is one step of a unit's or region's history.
type Successor struct {
	From Named     `json:"from"`
	To   Named     `json:"to"`
	On   time.Time `json:"on"`
	Note string    `json:"note,omitempty"`
	Lead bool      `json:"lead"` // it answers for what was open
}

// PersonFilter narrows the people.
type PersonFilter struct {
	Text string
	Unit string
	Role Role // holds it today, in Unit when that is given
}

// Person is a natural person.
type Person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Unit   string `json:"unit,omitempty"`
	Post   string `json:"post,omitempty"`
	Sample bool   `json:"sample,omitempty"`

	LeftAt *time.Time `json:"left_at,omitempty"`
}

// PersonView is a person with the seats that they hold today.
type PersonView struct {
	Person
	UnitView *Named     `json:"unit_view,omitempty"`
	Seats    []SeatView `json:"seats"`
}

// ParameterView is a parameter as it stands and as it was and will be.
type ParameterView struct {
	Parameter
	InForce  bool        `json:"in_force"`
	Versions []Parameter `json:"versions"` // all, oldest first
}

// CalendarYear is a year of the calendar.
type CalendarYear struct {
	Year        int           `json:"year"`
	Version     int           `json:"version"`
	Official    bool          `json:"official"` // its notice is known
	WorkingDays int           `json:"working_days"`
	Days        []CalendarDay `json:"days"` // listed ones only
}

// CalendarDay is one day off, or one day of work on a weekend.
type CalendarDay struct {
	Date   workday.Date   `json:"date"`
	Kind   workday.Kind   `json:"kind"`
	Name   string         `json:"name"`
	Notice int            `json:"notice,omitempty"`
	Source workday.Source `json:"source"`
}

// CalendarCheck is what an import would change.
type CalendarCheck struct {
	Days      int         `json:"days"`    // listed in the import
	Changed   int         `json:"changed"` // days that would count differently
	Years     []int       `json:"official_years"`
	Longer    int         `json:"lengthened"`       // open terms that would be moved
	Shorter   int         `json:"would_be_shorter"` // open terms that stay as they are, though the import says less
	Terms     []TermMoved `json:"terms"`            // the first of them
	Truncated bool        `json:"truncated,omitempty"`
}

// TermMoved is one open term and what an import means for it.
type TermMoved struct {
	Case   string         `json:"case"`
	Number string         `json:"number,omitempty"`
	Task   string         `json:"task"`
	Step   string         `json:"step"`
	Before time.Time      `json:"before"`
	After  time.Time      `json:"after"`
	Change workday.Change `json:"change"`
}

// CalendarImport is a new version of the calendar.
type CalendarImport struct {
	CSV      string `json:"csv"`
	Official []int  `json:"official_years"` // years whose notice it carries
	Source   string `json:"source"`         // the notice
}

// CalendarImported says which version was made.
type CalendarImported struct {
	Version int `json:"version"`
	Days    int `json:"days"`
}
