package civic

import (
	"time"

	"lizheng/civic/workday"
)

// StockFilter says which rooms somebody wants to see.
type StockFilter struct {
	Region  string // a community, street, town, district, or the city
	State   StockState
	Use     string
	Station Station
	Origin  Origin
	Text    string
	Gone    bool // with those that have left the register
}

// StockLine is a room in words.
type StockLine struct {
	StockRoom
	StateWords   Words   `json:"state_words"`
	UseWords     []Words `json:"use_words"`
	StationWords *Words  `json:"station_words,omitempty"`
	OriginWords  Words   `json:"origin_words"`
	TitleWords   Words   `json:"title_words"`
	Community    Named   `json:"community"`          // as it is called today, or the one that took it over
	Street       *Named  `json:"street,omitempty"`   // that answers for it today
	District     *Named  `json:"district,omitempty"` // that answers for it today
}

// StockChangeView is one version of a room.
type StockChangeView struct {
	StockRoom
	StateWords Words        `json:"state_words"`
	Effective  workday.Date `json:"effective"`
	Why        string       `json:"why"`
	ByView     Named        `json:"by"`
	At         time.Time    `json:"at"`
}

// StockPatrolView is a patrol in words.
type StockPatrolView struct {
	StockPatrol
	FoundWords Words `json:"found_words"`
	ByView     Named `json:"by"`
	UnitView   Named `json:"unit_view"`
}

// StockView is a room with its history.
type StockView struct {
	StockLine
	CaseNumber string            `json:"case_number,omitempty"`
	Changes    []StockChangeView `json:"changes"`
	Patrols    []StockPatrolView `json:"patrols"`
	MayChange  bool              `json:"may_change"`
	MayPatrol  bool              `json:"may_patrol"`
	MayInspect bool              `json:"may_inspect"`
}

// RoomChange is what a street or civil affairs changes of a room: all of it as it is from today on.
type RoomChange struct {
	State       StockState `json:"state"`
	Uses        []string   `json:"uses"`
	Station     Station    `json:"station,omitempty"`
	Signs       []string   `json:"signs,omitempty"`
	Owner       string     `json:"owner,omitempty"`
	TitleKind   TitleKind  `json:"title_kind"`
	TitleNumber string     `json:"title_number,omitempty"`
	Until       string     `json:"until,omitempty"` // the first day on which it is not in the register any more
	Reason      string     `json:"reason"`
}

// RoomSeen is what a patrol found.
type RoomSeen struct {
	Found StockState `json:"found"`
	Note  string     `json:"note,omitempty"`
}

// ShortageLine is one place's shortage.
type ShortageLine struct {
	Region      Named  `json:"region"`
	Level       string `json:"level"`
	Communities int    `json:"communities"`        // that stand on the day
	Lacking     int    `json:"lacking"`            // of them, those that are short of rooms
	Uncounted   int    `json:"uncounted"`          // of them, those without a number of households
	District    *Named `json:"district,omitempty"` // that answers for it on the day
	Shortage
}

// ShortageReport is the shortage on a day, place by place, and of all together.
type ShortageReport struct {
	Day    workday.Date   `json:"day"`
	By     string         `json:"by"` // district, street, community
	Lines  []ShortageLine `json:"lines"`
	Total  ShortageLine   `json:"total"`
	Source string         `json:"source"` // of the households
}
