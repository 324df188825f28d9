package civic

import (
	"encoding/json"
	"time"

	"lizheng/civic/selection"
)

// YearLine is one year in a list.
type YearLine struct {
	Year  int    `json:"year"`
	Case  string `json:"case"`
	State State  `json:"state"`
	Words Words  `json:"words"`
	Title string `json:"title"`
}

// YearView is a year on one page: how far every district is, and what was decided.
type YearView struct {
	CaseLine
	Revision  int                   `json:"revision"`
	Matter    *Appraisal            `json:"matter"`
	Quota     *selection.QuotaSheet `json:"quota,omitempty"`
	Districts []DistrictProgress    `json:"districts"`
	Sheets    []SheetLine           `json:"sheets"`
	Project   *Project              `json:"project,omitempty"`
	Possible  []Possible            `json:"possible"`
}

// DistrictProgress is how far a district is.
type DistrictProgress struct {
	Region   Named             `json:"region"`
	Office   Named             `json:"office"`
	Bureau   Named             `json:"bureau"`
	Titles   int64             `json:"titles"` // its share
	Standard string            `json:"standard,omitempty"`
	Approved bool              `json:"approved"`
	Panel    []Named           `json:"panel"`
	Lead     *Named            `json:"lead,omitempty"`
	Reported bool              `json:"reported"`
	Withheld []Withheld        `json:"withheld"`
	Counts   []NominationCount `json:"counts"`
	All      int64             `json:"nominations"`
}

// NominationCount is how many of a district's nominations are in a state.
type NominationCount struct {
	State State `json:"state"`
	Words Words `json:"words"`
	Count int64 `json:"count"`
}

// NomineeLine is one nomination in a list.
type NomineeLine struct {
	Nominee
	CommunityView Named  `json:"community_view"`
	StreetView    Named  `json:"street_view"`
	DistrictView  Named  `json:"district_view"`
	Words         Words  `json:"words"` // of the state
	OutcomeWords  *Words `json:"outcome_words,omitempty"`
}

// NominationView is one nomination as those see it who take part.
type NominationView struct {
	CaseView
	Declaration *Nomination  `json:"declaration"`
	Nominee     *NomineeLine `json:"nominee,omitempty"`
	YearState   State        `json:"year_state,omitempty"`
	Editable    bool         `json:"editable"`
}

// RankingView is a year's newest selection in words.
type RankingView struct {
	SheetLine
	Year      int            `json:"year"`
	Proposed  int64          `json:"proposed"`
	Shortfall int64          `json:"shortfall"`
	Titles    int64          `json:"titles"`
	Lists     []RankingLists `json:"lists"`
}

// RankingLists is one district's ranking.
type RankingLists struct {
	District  Named          `json:"district"`
	Area      selection.Area `json:"area"`
	Share     int64          `json:"share"`
	Returned  int64          `json:"returned"`
	Gained    int64          `json:"gained"`
	Quota     int64          `json:"quota"`
	Reserve   int64          `json:"reserve"`
	Proposed  int64          `json:"proposed"`
	Shortfall int64          `json:"shortfall"`
	Places    []PlaceView    `json:"places"`
}

// PlaceView is one place with its reason in words.
type PlaceView struct {
	selection.Place
	Community    Named `json:"community"`
	OutcomeWords Words `json:"outcome_words"`
	ReasonWords  Words `json:"reason_words"`
}

// SheetView is a score sheet with what it is scored by, and with those of others as far as they may be seen by now.
type SheetView struct {
	Sheet      Sheet            `json:"sheet"`
	Standard   Standard         `json:"standard"`
	Total      selection.Points `json:"total"` // of what is marked so far
	Marked     int              `json:"marked"`
	Indicators int              `json:"indicators"`
	Self       *Sheet           `json:"self,omitempty"` // the community's own, for assessors
	Others     []Sheet          `json:"others"`         // the panel's, once one's own is submitted or the panel is closed
	Editable   bool             `json:"editable"`
	Assessors  map[string]Named `json:"assessors,omitempty"`
}

// SampleView is the sample with the names of what was drawn and of whose assessors score it.
type SampleView struct {
	Seed       string      `json:"seed"`
	SeedSource string      `json:"seed_source,omitempty"` // as the circular had it
	Part       int64       `json:"part"`
	Whole      int64       `json:"whole"`
	Drawn      []DrawnView `json:"drawn"`
}

// DrawnView is one of the sample.
type DrawnView struct {
	selection.Drawn
	Community Named `json:"community"`
	Team      Named `json:"team"`
}

// ShiftView is what other weights would change for one community.
type ShiftView struct {
	selection.Shift
	Community Named `json:"community"`
}

// TitleView is a title with what its certificate says.
type TitleView struct {
	TitleRow
	Name          string `json:"name"` // of the title
	CommunityView Named  `json:"community_view"`
	DistrictView  Named  `json:"district_view"`
}

// PublicYear is a year as everybody may see it: the quota, the sample, the newest selection and the titles.
type PublicYear struct {
	Year       int                   `json:"year"`
	Case       string                `json:"case"`
	Title      string                `json:"title"`
	State      State                 `json:"state"`
	Words      Words                 `json:"words"`
	Quota      *selection.QuotaSheet `json:"quota,omitempty"`
	Districts  []Named               `json:"districts"`             // that the quota speaks of
	SeedSource string                `json:"seed_source,omitempty"` // said before the list was known
	Draw       *Draw                 `json:"draw,omitempty"`
	Frozen     string                `json:"frozen,omitempty"`
	Sheets     []SheetLine           `json:"sheets"`
	NoticeEnd  *time.Time            `json:"notice_until,omitempty"`
	Titles     []TitleView           `json:"titles"`
}

// SheetDocument is the published selection as it was hashed.
type SheetDocument struct {
	Hash string
	Body json.RawMessage
}

// GapsView is what a district's rules leave out of the city's.
type GapsView struct {
	Whole bool            `json:"whole"`
	Gaps  []selection.Gap `json:"gaps"`
	Why   *Error          `json:"why,omitempty"`
}
