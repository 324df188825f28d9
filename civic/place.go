package civic

import (
	"slices"
	"time"
)

// Region is a place with its validity: the city, a district, a street or town, a community.
// Keys are our own and stable; official codes are not (320411 was another district until 2002).
type Region struct {
	Key        string     `json:"key"`
	Code       string     `json:"code,omitempty"`
	Name       string     `json:"name"`
	NameEn     string     `json:"name_en,omitempty"`
	Level      string     `json:"level"` // city, district, township, community
	Kind       string     `json:"kind"`  // district, county_city, dev_zone, street, town, residents_committee, …
	Parent     string     `json:"parent,omitempty"`
	EntrustTo  string     `json:"entrusted_to,omitempty"`
	Successor  string     `json:"successor,omitempty"`
	ValidFrom  time.Time  `json:"valid_from"`
	ValidUntil *time.Time `json:"valid_until,omitempty"`
	Households int64      `json:"households"` // 常住户
	Population int64      `json:"population"` // 常住人口
	Urban      bool       `json:"urban"`
}

// Stands reports whether the region exists on that day.
func (r Region) Stands(at time.Time) bool {
	return !at.Before(r.ValidFrom) && (r.ValidUntil == nil || at.Before(*r.ValidUntil))
}

// Placement says where a region hangs for a time: permission scope walks "entrusted to, else parent".
type Placement struct {
	Region    string
	Parent    string
	EntrustTo string
	From      time.Time
	Until     *time.Time
}

// Above is the region that answers for this one: the one it is entrusted to, else its parent.
func (p Placement) Above() string {
	if p.EntrustTo != "" {
		return p.EntrustTo
	}
	return p.Parent
}

// Unit is a body with its validity: a department, the office, a committee.
type Unit struct {
	Key        string     `json:"key"`
	Name       string     `json:"name"`
	NameEn     string     `json:"name_en,omitempty"`
	ShortName  string     `json:"short_name,omitempty"`
	Level      string     `json:"level"`
	Kind       string     `json:"kind"`
	Region     string     `json:"region,omitempty"`
	Mark       string     `json:"document_mark,omitempty"` // 发文机关代字
	ValidFrom  time.Time  `json:"valid_from"`
	ValidUntil *time.Time `json:"valid_until,omitempty"`
}

// Stands reports whether the unit exists on that day.
func (u Unit) Stands(at time.Time) bool {
	return !at.Before(u.ValidFrom) && (u.ValidUntil == nil || at.Before(*u.ValidUntil))
}

// Succession says which unit took over from which, on which day; of several heirs one leads and answers for what is open.
type Succession struct {
	From, To string
	On       time.Time
	Note     string
	Beside   bool // it took over a part, and another heir leads
}

// Naming says what a unit or region is called from a day on. The first name is the place's own.
type Naming struct {
	Of        string
	Name      string
	NameEn    string
	ShortName string // of a unit
	Mark      string // of a unit
	From      time.Time
	Source    string
}

// Atlas is all places and bodies over time: an immutable snapshot.
type Atlas struct {
	regions     map[string]Region
	placements  map[string][]Placement
	units       map[string]Unit
	successions map[string][]Succession
	desks       map[string][]string // region → its own bodies: office, committee
	unitNames   map[string][]Naming // later names, oldest first
	regionNames map[string][]Naming
	followers   map[string][]Succession // region → those that took over from it
}

// NewAtlas indexes places and bodies; the slices may come in any order.
func NewAtlas(regions []Region, placements []Placement, units []Unit, successions []Succession) *Atlas {
	a := &Atlas{regions: map[string]Region{}, placements: map[string][]Placement{}, units: map[string]Unit{},
		successions: map[string][]Succession{}, desks: map[string][]string{}}
	for _, r := range regions {
		a.regions[r.Key] = r
	}
	for _, p := range placements {
		a.placements[p.Region] = append(a.placements[p.Region], p)
	}
	for _, u := range units {
		a.units[u.Key] = u
		if u.Level == "township" || u.Level == "community" {
			a.desks[u.Region] = append(a.desks[u.Region], u.Key)
		}
	}
	for _, s := range successions {
		a.successions[s.From] = append(a.successions[s.From], s)
	}
	return a
}

// Changed adds to a new atlas what places were called later and which regions took over from which.
func (a *Atlas) Changed(units, regions []Naming, followers []Succession) *Atlas {
	a.unitNames, a.regionNames, a.followers = namings(units), namings(regions), map[string][]Succession{}
	for _, s := range followers {
		a.followers[s.From] = append(a.followers[s.From], s)
	}
	return a
}

func namings(list []Naming) map[string][]Naming {
	out := map[string][]Naming{}
	for _, n := range list {
		out[n.Of] = append(out[n.Of], n)
	}
	for _, of := range out {
		slices.SortFunc(of, func(x, y Naming) int { return x.From.Compare(y.From) })
	}
	return out
}

// Region returns a region by key, under its first name.
func (a *Atlas) Region(key string) (Region, bool) {
	r, ok := a.regions[key]
	return r, ok
}

// Unit returns a unit by key, under its first name.
func (a *Atlas) Unit(key string) (Unit, bool) {
	u, ok := a.units[key]
	return u, ok
}

// Within reports whether region lies in ancestor on that day, walking "entrusted to, else parent".
// Every region lies in itself.
func (a *Atlas) Within(region, ancestor string, at time.Time) bool {
	for range 8 { // deeper nesting than city-district-street-community does not exist; a loop in the data must end
		if region == ancestor {
			return true
		}
		above := a.Above(region, at)
		if above == "" {
			return false
		}
		region = above
	}
	return false
}

// Above returns the region that answers for this one on that day, "" at the top.
func (a *Atlas) Above(region string, at time.Time) string {
	for _, p := range a.placements[region] {
		if !at.Before(p.From) && (p.Until == nil || at.Before(*p.Until)) {
			return p.Above()
		}
	}
	return ""
}

// District returns the district-level region that answers for this one on that day, "" when there is none.
func (a *Atlas) District(region string, at time.Time) string {
	for range 8 {
		r, ok := a.regions[region]
		if !ok || r.Level == "city" {
			return ""
		}
		if r.Level == "district" {
			return region
		}
		region = a.Above(region, at)
	}
	return ""
}

// Responsible returns the unit that answers on that day for what was the unit's: itself, or its successor's successor.
func (a *Atlas) Responsible(unit string, at time.Time) string {
	for range 16 { // more than fifty years of reforms; a loop in the data must end
		next := ""
		for _, s := range a.successions[unit] {
			if !s.On.After(at) && !s.Beside {
				next = s.To
			}
		}
		if next == "" {
			return unit
		}
		unit = next
	}
	return unit
}

// Desk returns the unit that answers for a street, town or community on that day, "" when there is none.
func (a *Atlas) Desk(region string, at time.Time) string {
	for _, key := range a.desks[region] {
		if u := a.units[key]; u.Stands(at) {
			return key
		}
	}
	return ""
}
