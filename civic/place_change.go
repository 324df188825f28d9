package civic

import (
	"regexp"
	"slices"
	"time"

	"lizheng/civic/names"
)

// NewUnit is a unit to be added. It may have stood before anybody wrote it down here.
type NewUnit struct {
	Key       string `json:"key"`
	Name      string `json:"name"`
	NameEn    string `json:"name_en,omitempty"`
	ShortName string `json:"short_name,omitempty"`
	Level     string `json:"level"`
	Kind      string `json:"kind"`
	Region    string `json:"region,omitempty"`
	Mark      string `json:"document_mark,omitempty"`
	From      string `json:"from,omitempty"` // a day; now when it is not said
	Source    string `json:"source"`         // the document that founds it
}

// NewRegion is a place to be added, with where it hangs.
type NewRegion struct {
	Key        string `json:"key"`
	Code       string `json:"code,omitempty"`
	Name       string `json:"name"`
	NameEn     string `json:"name_en,omitempty"`
	Level      string `json:"level"`
	Kind       string `json:"kind"`
	Parent     string `json:"parent"`
	EntrustTo  string `json:"entrusted_to,omitempty"`
	Households int64  `json:"households"`
	Population int64  `json:"population"`
	Urban      bool   `json:"urban"`
	From       string `json:"from,omitempty"`
	Source     string `json:"source"`
}

// Renaming is what a unit or region is called from a day on. What is left out is none from then on.
type Renaming struct {
	Name      string `json:"name"`
	NameEn    string `json:"name_en,omitempty"`
	ShortName string `json:"short_name,omitempty"`    // of a unit
	Mark      string `json:"document_mark,omitempty"` // of a unit
	From      string `json:"from,omitempty"`
	Source    string `json:"source"`
}

// Moving is where a region hangs from a day on.
type Moving struct {
	Parent    string `json:"parent"`
	EntrustTo string `json:"entrusted_to,omitempty"`
	From      string `json:"from,omitempty"`
	Source    string `json:"source"`
}

// Ending says from which day on a unit or region no longer stands and who takes over: one is a merger, several are a
// split, of which the first answers for what is open.
type Ending struct {
	On         string   `json:"on,omitempty"` // the first day on which it no longer stands; now when it is not said
	Successors []string `json:"successors,omitempty"`
	Source     string   `json:"source"`
}

var placeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// ladder is the order of the levels of regions: each hangs under a higher one.
var ladder = []string{"city", "district", "township", "community"}

// placeWords are the texts of a change, or what is wrong with them.
func placeWords(name, source string, more ...string) error {
	if name == "" || names.Valid(name, 100) != nil {
		return missing("name", "名称", "the name")
	}
	if source == "" || names.Valid(source, 500) != nil {
		return missing("source", "依据文件", "the source document")
	}
	for _, text := range more {
		if names.Valid(text, 200) != nil {
			return Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "A text is too long or has a character that is not allowed.")
		}
	}
	return nil
}

// changeDay is the instant at which a change counts: today is now, the future the beginning of its day. Yesterday is decided.
func changeDay(field, said string, last, now time.Time) (time.Time, error) {
	at := now
	if said != "" {
		day, err := Day(said)
		if err != nil {
			return at, Refuse(Invalid, "bad_date", "没有这一天。", "There is no such day.").At(field)
		}
		if day.Before(startOfDay(now)) {
			return at, Refuse(Invalid, "bad_date", "变更不得追溯，生效日期应为今天或以后。", "A change does not reach back: today or later.").At(field).By("places.no_rewriting")
		}
		if day.After(now.AddDate(10, 0, 0)) {
			return at, Refuse(Invalid, "bad_date", "生效日期过晚。", "The day is too far away.").At(field)
		}
		if day.After(now) {
			at = day.UTC()
		}
	}
	if !at.After(last) {
		return at, Refuse(Conflict, "before_last_change", "生效日期不得早于上一次变更（"+dateOf(last).String()+"）。",
			"The last change takes effect on "+dateOf(last).String()+"; this one must come after it.").At(field).By("places.in_order").With("last", dateOf(last).String())
	}
	return at, nil
}

// founded is the instant from which something new stands.
func founded(said string, now time.Time) (time.Time, error) {
	if said == "" {
		return now, nil
	}
	day, err := Day(said)
	if err != nil || day.Year() < 1949 || day.After(now.AddDate(10, 0, 0)) {
		return now, Refuse(Invalid, "bad_date", "没有这一天。", "There is no such day.").At("from")
	}
	return day.UTC(), nil
}

// In is the unit that the atlas would gain, or why it cannot.
func (n NewUnit) In(a *Atlas, now time.Time) (Unit, error) {
	if !placeForm.MatchString(n.Key) {
		return Unit{}, errPlaceKey()
	}
	if err := placeWords(n.Name, n.Source, n.NameEn, n.ShortName, n.Mark, n.Kind); err != nil {
		return Unit{}, err
	}
	if _, ok := a.units[n.Key]; ok {
		return Unit{}, errPlaceTaken(n.Key)
	}
	if !oneOf(n.Level, "province", "city", "district", "township", "community", "external") {
		return Unit{}, Refuse(Invalid, "unknown_level", "没有这个层级。", "There is no such level.").At("level")
	}
	from, err := founded(n.From, now)
	if err != nil {
		return Unit{}, err
	}
	if n.Region != "" {
		if r, ok := a.regions[n.Region]; !ok || !r.Stands(from) {
			return Unit{}, errNoRegion("region")
		}
	}
	return Unit{Key: n.Key, Name: n.Name, NameEn: n.NameEn, ShortName: n.ShortName, Level: n.Level, Kind: n.Kind, Region: n.Region, Mark: n.Mark, ValidFrom: from}, nil
}

// In is the region that the atlas would gain and where it would hang, or why it cannot.
func (n NewRegion) In(a *Atlas, now time.Time) (Region, Placement, error) {
	if !placeForm.MatchString(n.Key) {
		return Region{}, Placement{}, errPlaceKey()
	}
	if err := placeWords(n.Name, n.Source, n.NameEn, n.Code, n.Kind); err != nil {
		return Region{}, Placement{}, err
	}
	if _, ok := a.regions[n.Key]; ok {
		return Region{}, Placement{}, errPlaceTaken(n.Key)
	}
	if n.Households < 0 || n.Population < 0 {
		return Region{}, Placement{}, Refuse(Invalid, "out_of_range", "户数、人口不得为负。", "Households and population cannot be negative.").At("households")
	}
	from, err := founded(n.From, now)
	if err != nil {
		return Region{}, Placement{}, err
	}
	r := Region{Key: n.Key, Code: n.Code, Name: n.Name, NameEn: n.NameEn, Level: n.Level, Kind: n.Kind, Households: n.Households, Population: n.Population,
		Urban: n.Urban, ValidFrom: from}
	return r, Placement{Region: n.Key, Parent: n.Parent, EntrustTo: n.EntrustTo, From: from}, a.canHang(r, n.Parent, n.EntrustTo, from)
}

// canHang refuses a parent or trustee that is not there, not above, or below the region itself.
func (a *Atlas) canHang(r Region, parent, trustee string, from time.Time) error {
	rank := slices.Index(ladder, r.Level)
	above, ok := a.regions[parent]
	switch {
	case rank < 1: // a service has one city
		return Refuse(Invalid, "unknown_level", "只能新设区、街道（镇）或社区。", "Only districts, streets and towns, and communities hang under another place.").At("level")
	case !ok || !above.Stands(from):
		return errNoRegion("parent")
	case a.Within(parent, r.Key, from):
		return errCircle("parent")
	case slices.Index(ladder, above.Level) >= rank:
		return Refuse(Invalid, "not_above", "上级区域的层级应高于本区域。", "The parent must be of a higher level.").At("parent").With("level", r.Level).With("parent_level", above.Level)
	}
	if trustee == "" {
		return nil
	}
	to, ok := a.regions[trustee]
	switch {
	case !ok || !to.Stands(from):
		return errNoRegion("entrusted_to")
	case a.Within(trustee, r.Key, from):
		return errCircle("entrusted_to")
	case slices.Index(ladder, to.Level) >= rank:
		return Refuse(Invalid, "not_above", "受托区域的层级应高于本区域。", "The place it is entrusted to must be of a higher level.").At("entrusted_to").With("level", r.Level).With("parent_level", to.Level)
	}
	return nil
}

// OfUnit is the name that the unit would have, or why it cannot.
func (r Renaming) OfUnit(a *Atlas, key string, now time.Time) (Naming, error) {
	u, ok := a.units[key]
	if !ok {
		return Naming{}, ErrNotFound()
	}
	return r.of(key, a.unitNames[key], u.ValidFrom, u.ValidUntil, now)
}

// OfRegion is the name that the region would have, or why it cannot.
func (r Renaming) OfRegion(a *Atlas, key string, now time.Time) (Naming, error) {
	of, ok := a.regions[key]
	if !ok {
		return Naming{}, ErrNotFound()
	}
	r.ShortName, r.Mark = "", ""
	return r.of(key, a.regionNames[key], of.ValidFrom, of.ValidUntil, now)
}

func (r Renaming) of(key string, before []Naming, last time.Time, until *time.Time, now time.Time) (Naming, error) {
	if err := placeWords(r.Name, r.Source, r.NameEn, r.ShortName, r.Mark); err != nil {
		return Naming{}, err
	}
	if len(before) > 0 {
		last = before[len(before)-1].From
	}
	from, err := changeDay("from", r.From, last, now)
	if err != nil {
		return Naming{}, err
	}
	if until != nil && !from.Before(*until) {
		return Naming{}, errEnded(*until)
	}
	return Naming{Of: key, Name: r.Name, NameEn: r.NameEn, ShortName: r.ShortName, Mark: r.Mark, From: from, Source: r.Source}, nil
}

// OfRegion is where the region would hang, or why it cannot.
func (m Moving) OfRegion(a *Atlas, key string, now time.Time) (Placement, error) {
	r, ok := a.regions[key]
	if !ok {
		return Placement{}, ErrNotFound()
	}
	if err := placeWords(r.Name, m.Source); err != nil {
		return Placement{}, err
	}
	last := r.ValidFrom
	for _, p := range a.placements[key] {
		if p.From.After(last) {
			last = p.From
		}
	}
	from, err := changeDay("from", m.From, last, now)
	if err != nil {
		return Placement{}, err
	}
	if r.ValidUntil != nil && !from.Before(*r.ValidUntil) {
		return Placement{}, errEnded(*r.ValidUntil)
	}
	return Placement{Region: key, Parent: m.Parent, EntrustTo: m.EntrustTo, From: from}, a.canHang(r, m.Parent, m.EntrustTo, from)
}

func errPlaceKey() error {
	return Refuse(Invalid, "bad_id", "编号只能由小写字母、数字和连字符组成，最长64位。", "A key has lower-case letters, digits and hyphens, 64 at most.").At("key")
}

func errPlaceTaken(key string) error {
	return Refuse(Conflict, "already_there", "该编号已被使用，编号不重复使用。", "This key is taken; keys are never used again.").At("key").With("key", key)
}

func errNoRegion(field string) error {
	return Refuse(Invalid, "no_such_region", "没有这个区域，或该区域当日不存在。", "There is no such place, or it does not stand on that day.").At(field)
}

func errCircle(field string) error {
	return Refuse(Invalid, "circle", "区域不能隶属于自身或其下级。", "A place cannot hang under itself or under what hangs under it.").At(field).By("places.no_circle")
}

func errEnded(at time.Time) error {
	return Refuse(Conflict, "has_ended", "自"+dateOf(at).String()+"起已撤销，不能再变更。", "It no longer stands from "+dateOf(at).String()+" on; nothing of it changes any more.").
		By("places.no_rewriting").With("ended", dateOf(at).String())
}
