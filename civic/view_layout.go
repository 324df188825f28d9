package civic

import (
	"time"

	"lizheng/civic/space"
)

// LayoutLine is a layout plan of a list.
type LayoutLine struct {
	CaseLine
	From     int        `json:"from"`
	To       int        `json:"to"`
	Rows     int        `json:"rows"`
	Area     space.Area `json:"area"` // of all rows
	Edition  int        `json:"plan_version,omitempty"`
	Document string     `json:"document,omitempty"`
}

// LayoutRowView is a row of a plan with names.
type LayoutRowView struct {
	LayoutRow
	WayWords      Words  `json:"way_words"`
	CommunityView Named  `json:"community_view"`
	StreetView    *Named `json:"street_view,omitempty"` // that answers for it today
	DistrictView  *Named `json:"district_view,omitempty"`
}

// LayoutOpinionView is an opinion with names.
type LayoutOpinionView struct {
	LayoutOpinion
	UnitView     Named `json:"unit_view"`
	OutcomeWords Words `json:"outcome_words"`
}

// LayoutCheckView is a yearly check in words.
type LayoutCheckView struct {
	LayoutCheck
	OutcomeWords Words `json:"outcome_words"`
}

// LayoutView is everything about a layout plan.
type LayoutView struct {
	Case       CaseLine            `json:"case"`
	Revision   int                 `json:"revision"`
	Form       LayoutForm          `json:"form"`
	Version    int                 `json:"plan_version,omitempty"` // of the city's plan, once approved
	ApprovedAt *time.Time          `json:"approved_at,omitempty"`
	Document   string              `json:"document,omitempty"`
	Area       space.Area          `json:"area"`
	Rows       []LayoutRowView     `json:"rows_view"`
	Opinions   []LayoutOpinionView `json:"opinions"` // for those who take part in the case
	Reviews    []LayoutCheckView   `json:"reviews"`
	Editable   bool                `json:"editable"`
	Findings   []*Error            `json:"findings"` // what can be seen from the form alone
}

// PublicLayout is the plan in force as everybody sees it.
type PublicLayout struct {
	Version    int             `json:"plan_version"`
	Document   string          `json:"document"`
	ApprovedAt time.Time       `json:"approved_at"`
	From       int             `json:"from"`
	To         int             `json:"to"`
	Circular   string          `json:"circular,omitempty"`
	Area       space.Area      `json:"area"`
	Rows       []LayoutRowView `json:"rows"`
}

// area is the sum of a plan's rows; each is bounded, and so is their number. What a draft may hold cannot overflow.
func (l LayoutForm) area() space.Area {
	var sum space.Area
	for _, r := range l.Rows {
		sum += r.Area
	}
	return sum
}

// layoutRows are a plan's rows with the names of today.
func (l lexicon) layoutRows(rows []LayoutRow) []LayoutRowView {
	out := make([]LayoutRowView, len(rows))
	for i, r := range rows {
		out[i] = LayoutRowView{LayoutRow: r, WayWords: wordOf(Origins, string(r.Way)), CommunityView: l.region(r.Community),
			StreetView: l.regionOrNone(l.atlas.Above(r.Community, l.at)), DistrictView: l.regionOrNone(l.atlas.District(r.Community, l.at))}
	}
	return out
}

// choiceWords are an outcome of a layout plan's step in words.
func choiceWords(step, outcome string) Words {
	s, _ := StepNamed(step)
	c, ok := s.Choice(outcome)
	if !ok {
		return Words{outcome, outcome}
	}
	return Words{c.Zh, c.En}
}
