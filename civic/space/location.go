package space

import (
	"fmt"
	"slices"
)

// Item is one line of the location checklist, as data: the caller may word, add and
// leave out lines, and says which are essential.
type Item struct {
	Code      string `json:"code"`
	Zh        string `json:"zh"`
	En        string `json:"en"`
	Essential bool   `json:"essential"` // not met: fail; else minor
}

// The items that Measure answers from the rooms.
const (
	AboveGround = "above_ground"
	LowStorey   = "low_storey"
	GroundShare = "ground_share"
)

// Checklist returns the lines that local rules know, in a list of the caller's own,
// those named being essential. The numbers in the rules stay parameters: no line
// contains one.
func Checklist(essential ...string) ([]Item, error) {
	items := []Item{
		{Code: AboveGround, Zh: "全部位于地上", En: "all above ground"},
		{Code: LowStorey, Zh: "楼层不高于规定层数", En: "not above the storey allowed"},
		{Code: GroundShare, Zh: "首层面积比例达到规定", En: "share on the ground floor reached"},
		{Code: "own_entrance", Zh: "有独立出入口", En: "an entrance of its own"},
		{Code: "concentrated", Zh: "相对集中布置", En: "rooms together in one place"},
		{Code: "central", Zh: "靠近小区主要出入口或者中心", En: "near the main entrance or the centre"},
		{Code: "utilities", Zh: "水、电、气、通信等接通", En: "utilities connected"},
		{Code: "fit_out", Zh: "完成基本装修", En: "basic fit-out done"},
		{Code: "barrier_free", Zh: "无障碍设施到位", En: "free of barriers"},
		{Code: "no_odour", Zh: "不邻近垃圾站、公厕等异味源", En: "no source of odour nearby"},
	}
	for _, code := range essential {
		i := slices.IndexFunc(items, func(it Item) bool { return it.Code == code })
		if i < 0 {
			return nil, fmt.Errorf("the checklist has no item %.40q", code)
		}
		items[i].Essential = true
	}
	return items, nil
}

// Answer says whether an item is met.
type Answer struct {
	Code string `json:"code"`
	Met  bool   `json:"met"`
	Note string `json:"note,omitempty"` // what was seen
}

// Measure answers what the rooms themselves show: nothing below ground, nothing above
// the highest storey allowed, and on the ground floor at least the share of what counts.
// Where no room counts, nothing is met.
func (t Tally) Measure(highest int, groundRatio Decimal) ([]Answer, error) {
	least, err := t.Counted.PartUp(groundRatio)
	if err != nil {
		return nil, err
	}
	some := t.Counted > 0
	return []Answer{
		{Code: AboveGround, Met: some && t.Below == 0, Note: t.Below.Zh()},
		{Code: LowStorey, Met: some && t.Highest <= highest, Note: fmt.Sprintf("%d / %d", t.Highest, highest)},
		{Code: GroundShare, Met: some && t.Ground >= least, Note: fmt.Sprintf("%s / %s", t.Ground, least)},
	}, nil
}

// Location is the result of a checklist.
type Location struct {
	Grade      Grade     `json:"grade,omitempty"` // "" while an item is unanswered: silence is no yes
	Unanswered []string  `json:"unanswered,omitempty"`
	Findings   []Finding `json:"findings,omitempty"` // one for each item not met
}

// Locate computes the result: an essential item that is not met fails, another is
// minor. An answer to an item that is not on the list, or a second one, is an error.
func Locate(items []Item, answers []Answer) (Location, error) {
	given := map[string]Answer{}
	for _, a := range answers {
		_, twice := given[a.Code]
		if twice || !slices.ContainsFunc(items, func(it Item) bool { return it.Code == a.Code }) {
			return Location{}, fmt.Errorf("the item %.40q is not on the checklist or answered twice", a.Code)
		}
		given[a.Code] = a
	}
	var l Location
	for _, it := range items {
		a, answered := given[it.Code]
		switch {
		case !answered:
			l.Unanswered = append(l.Unanswered, it.Code)
		case !a.Met:
			l.Findings = append(l.Findings, it.notMet(a))
		}
	}
	if len(l.Unanswered) == 0 && len(items) > 0 {
		l.Grade = Worst(l.Findings)
	}
	return l, nil
}

func (it Item) notMet(a Answer) Finding {
	grade := Minor
	if it.Essential {
		grade = Fail
	}
	f := find(grade, "location_"+it.Code, "选址条件未达到："+it.Zh+"。", "Not met: "+it.En+".")
	if a.Note != "" {
		f.Figures = []Figure{{"seen", "现场情况", "seen", a.Note}}
	}
	return f
}
