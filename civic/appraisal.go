package civic

import (
	"strconv"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// Appraisal is the matter of one year's case (年度创建考评方案): what the circular sets, and what was decided since.
type Appraisal struct {
	Year      int    `json:"year"`
	Standard  string `json:"standard"`           // the city's guiding standard, by its id
	Name      string `json:"name,omitempty"`     // of the title, as the commendation project has it
	Project   string `json:"project,omitempty"`  // approval number of the commendation project; without one nobody can be named
	Circular  string `json:"circular,omitempty"` // number of the yearly circular
	DeclareBy string `json:"declare_by"`         // last day of declarations
	ReportBy  string `json:"report_by"`          // last day of the districts' reports
	ScoreAll  bool   `json:"score_all,omitempty"`

	// SeedSource is where the seed of the sample will come from, said before anybody knows the list; years begun earlier have none.
	SeedSource string `json:"seed_source,omitempty"`

	// What the rules have added. A form that is saved cannot set it.
	Decided YearDecided `json:"decided,omitzero"`
}

// YearDecided is what a year's steps have decided so far.
type YearDecided struct {
	Rule      selection.Rule        `json:"rule,omitzero"`
	Quota     *selection.QuotaSheet `json:"quota,omitempty"`
	Units     []selection.Unit      `json:"units,omitempty"`
	Districts []DistrictYear        `json:"districts,omitempty"` // by region
	Frozen    string                `json:"frozen,omitempty"`    // hash of the frozen score set
	Draw      *Draw                 `json:"draw,omitempty"`
	Strikes   []selection.Strike    `json:"strikes,omitempty"`
	Sheet     string                `json:"sheet,omitempty"` // hash of the newest published sheet
	Named     bool                  `json:"named,omitempty"`
	Document  bool                  `json:"document,omitempty"`
}

// DistrictYear is one district's part in a year.
type DistrictYear struct {
	Region   string     `json:"region"`
	Office   string     `json:"office"` // the unit that answers for it
	Bureau   string     `json:"bureau"` // the unit whose assessors make its panel
	Standard string     `json:"standard,omitempty"`
	Approved bool       `json:"approved,omitempty"`
	Panel    *PanelOf   `json:"panel,omitempty"`
	Reported bool       `json:"reported,omitempty"`
	Withheld []Withheld `json:"withheld,omitempty"`
}

// PanelOf is a district's panel for a year.
type PanelOf struct {
	Assessors []string `json:"assessors"`
	Lead      string   `json:"lead"`
}

// Draw is a reproducible sample: anybody can draw it again from the seed.
type Draw struct {
	Seed  string            `json:"seed"`
	Part  int64             `json:"part"`
	Whole int64             `json:"whole"`
	Drawn []selection.Drawn `json:"drawn"`
	Teams map[string]string `json:"teams"` // by community: whose assessors score it again
}

// Withheld is a community that a district does not report although its rank would allow it.
type Withheld struct {
	Community string `json:"community"`
	Reason    string `json:"reason"`
}

// The years that can be appraised.
const (
	firstYear = 2014
	lastYear  = 2999
)

// Title names the year.
func (a *Appraisal) Title() string { return strconv.Itoa(a.Year) + "年度创建考评" }

// Storable refuses what no draft can be.
func (a *Appraisal) Storable() error {
	if a.Year < firstYear || a.Year > lastYear {
		return Refuse(Invalid, "bad_year", "年度不在可考评的范围内。", "There is no appraisal of that year.").At("year")
	}
	for _, f := range []struct{ name, value string }{
		{"name", a.Name}, {"standard", a.Standard}, {"project", a.Project}, {"circular", a.Circular}, {"declare_by", a.DeclareBy}, {"report_by", a.ReportBy},
		{"seed_source", a.SeedSource},
	} {
		if names.Valid(f.value, maxKeyText) != nil {
			return errCharacter(f.name)
		}
	}
	return nil
}

// AppraisalID is the id of a year's case: a year is a fact and is begun once.
func AppraisalID(year int) string { return NewID(string(AppraisalProcedure), strconv.Itoa(year)) }

// District finds a district's part in the year.
func (a *Appraisal) District(region string) (DistrictYear, bool) {
	for _, d := range a.Decided.Districts {
		if d.Region == region {
			return d, true
		}
	}
	return DistrictYear{}, false
}

// Nomination is the matter of one community's case (创建申报).
type Nomination struct {
	Year      int    `json:"year"`
	Community string `json:"community"` // region key
	Plan      string `json:"plan,omitempty"`
	Minutes   string `json:"minutes,omitempty"` // of the residents' assembly: its date and what it resolved
	Contact   string `json:"contact,omitempty"`

	// Name is what the community is called; the record writes it.
	Name string `json:"name,omitempty"`
}

// Title names the nomination.
func (n *Nomination) Title() string { return strconv.Itoa(n.Year) + "年度申报：" + n.Name }

// Storable refuses what no draft can be.
func (n *Nomination) Storable() error {
	switch {
	case n.Year < firstYear || n.Year > lastYear:
		return Refuse(Invalid, "bad_year", "年度不在可考评的范围内。", "There is no appraisal of that year.").At("year")
	case names.Valid(n.Community, maxKeyText) != nil || n.Community == "":
		return errCharacter("community")
	case names.ValidText(n.Plan, maxText) != nil:
		return errCharacter("plan")
	case names.ValidText(n.Minutes, maxText) != nil:
		return errCharacter("minutes")
	case names.ValidText(n.Contact, maxLine) != nil:
		return errCharacter("contact")
	}
	return nil
}

// complete refuses a declaration that lacks what B2 asks for.
func (n *Nomination) complete() error {
	switch {
	case n.Plan == "":
		return missing("plan", "创建计划", "the plan")
	case n.Minutes == "":
		return missing("minutes", "居（村）民会议记录", "the minutes of the residents' assembly")
	}
	return nil
}

// NominationID is the id of a community's case in a year: it declares once.
func NominationID(year int, community string) string {
	return NewID(string(NominationProcedure), strconv.Itoa(year), community)
}
