// Package changzhou is the city profile of Changzhou as data: places and bodies with their history, parameters, budget
// lines, the catalogue baseline of 2014 and sample people. The files beside this one are meant to be read and corrected
// by people; Load refuses a profile in which any row contradicts another.
package changzhou

import (
	"embed"
	"errors"
	"io/fs"

	"lizheng/civic"
)

//go:embed *.csv
var files embed.FS

// Day is a day of the ministry's calendar as YYYY-MM-DD; days compare as strings. An empty Day is an open end.
type Day string

// Span is a time of validity: From is included, To is not.
type Span struct {
	From Day
	To   Day // "" while it lasts
}

// Holds reports whether the span covers that day.
func (s Span) Holds(day Day) bool {
	return s.From <= day && (s.To == "" || day < s.To)
}

// Region is a place: the city, a district, a street or town, a community. Its key is ours and never changes;
// the official code may be empty, reused or shared by two bodies.
type Region struct {
	Key        string
	Code       string
	Name       string
	NameEn     string
	Level      string // city, district, township, community
	Kind       string // see kindsByLevel
	Valid      Span
	Successor  string // region that took over at Valid.To
	Households int64  // resident households (常住户); communities only
	Population int64  // residents (常住人口); communities only
	Urban      bool
	Note       string
}

// RegionParent says where a region hangs for a time. The spans of one region follow each other without gap or overlap.
type RegionParent struct {
	Region      string
	Parent      string
	EntrustedTo string // answers in the parent's place when not empty
	Valid       Span
}

// Unit is a body: a department, an office, a street's administration, a community's committee.
type Unit struct {
	Key          string
	Name         string
	NameEn       string
	ShortName    string
	Level        string // level of its region
	Kind         string // see unitKinds
	Region       string
	DocumentMark string // 发文代字
	Valid        Span
}

// Succession says that one unit took over everything from another that ended on that day.
type Succession struct {
	From, To string
	On       Day
	Note     string
}

// Parameter is a value the city may tune, in force from a day until the next row of the same key.
type Parameter struct {
	Key           string
	Value         string // lists are separated by "|"
	Unit          string // see valueForms
	EffectiveFrom Day
	Source        string
	LegalTag      string // S, L, F, D, G or P
	NoteZh        string
	NoteEn        string
}

// ListItem is one item of the catalogue baseline: cancelled (list "negative") or retained.
type ListItem struct {
	List            string
	Category        string
	Name            string
	NameEn          string
	Parent          string // name of the item it came with; cancelling that one cancelled this one
	Action          string // stop, reduce, merge, transfer, limit, keep
	MergedInto      string // name of a retained item of the same category
	ResponsibleUnit string
	ValidFrom       Day
	Source          string
	Note            string
}

// BudgetLine is the money a unit may attach to tasks in one year.
type BudgetLine struct {
	Key             string
	Unit            string
	Year            int
	SubjectCode     string
	SubjectName     string
	AppropriatedFen int64
	Note            string
}

// Grant is a role held in a unit.
type Grant struct {
	Role string
	Unit string
}

// Person is a sample person. Sample people belong to the embedded mode only.
type Person struct {
	Key       string
	Name      string
	Unit      string
	Post      string
	Login     string
	Grants    []Grant
	DeputyFor string // key of the principal, "" for most
}

// Profile is everything the city brings. Units and Successions hold the listed bodies and those that follow from the
// regions: the office of each street and town, the committee of each community.
type Profile struct {
	Regions     []Region
	Parents     []RegionParent
	Units       []Unit
	Successions []Succession
	Parameters  []Parameter
	Lists       []ListItem
	BudgetLines []BudgetLine
	People      []Person
	Rooms       []Room
	TaskTable   []TaskRow

	Standards []civic.Standard // of the appraisal
	Projects  []civic.Project
}

// Load returns the embedded profile, or every row that is malformed or contradicts another.
func Load() (*Profile, error) {
	return load(files)
}

func load(source fs.FS) (*Profile, error) {
	d := decoder{source: source}
	p := &Profile{
		Regions:     decode(&d, regionTable),
		Parents:     decode(&d, parentTable),
		Units:       decode(&d, unitTable),
		Successions: decode(&d, successionTable),
		Parameters:  decode(&d, parameterTable),
		Lists:       decode(&d, listTable),
		BudgetLines: decode(&d, budgetTable),
		People:      decode(&d, personTable),
		Rooms:       decode(&d, roomTable),
		TaskTable:   decode(&d, taskTable),
	}
	if len(d.errs) > 0 { // half-read tables would only produce echoes of the same mistakes
		return nil, errors.Join(d.errs...)
	}
	if err := p.loadAppraisal(); err != nil {
		return nil, err
	}
	p.deriveUnits()
	if errs := check(p, d.lines); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return p, nil
}
