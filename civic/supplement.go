package civic

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// SupplementForm is what a street or district proposes: where rooms are missing and how the area is to come about.
type SupplementForm struct {
	Region   string     `json:"region"` // the community
	Means    Origin     `json:"means"`  // 新建、购买、置换、租赁、整合
	Area     space.Area `json:"area"`   // promised
	Address  string     `json:"address"`
	Storey   int        `json:"storey"` // the lowest on which the rooms lie
	Cost     money.Fen  `json:"cost_fen"`
	Money    string     `json:"money"` // where the money is to come from, in words
	Ready    string     `json:"ready"` // the day by which the area exists, 2006-01-02
	Why      string     `json:"why"`
	Replaces []string   `json:"replaces,omitempty"` // rooms of the register that the new ones take the place of
}

// Supplement is everything that is kept of a case of making up the stock (存量补足).
type Supplement struct {
	SupplementForm
	Shortage *Shortage      `json:"shortage,omitempty"` // as computed when it was filed
	Funding  *SupplyFunding `json:"funding,omitempty"`  // as the district approved it
	Reports  []SupplyReport `json:"reports,omitempty"`
	Parts    []SupplyPart   `json:"parts,omitempty"` // what was accepted
	Supplied space.Area     `json:"supplied"`        // the sum of its parts
}

// SupplyFunding is with which money the district approved it: a line of its own, or a statement for what needs none.
type SupplyFunding struct {
	Line      string    `json:"line,omitempty"`
	Amount    money.Fen `json:"amount_fen"`
	Statement string    `json:"statement,omitempty"`
	Act       string    `json:"act"`
	At        time.Time `json:"at"`
}

// SupplyReport is how far the work has come.
type SupplyReport struct {
	Percent int       `json:"percent"`
	Text    string    `json:"text"`
	Act     string    `json:"act"`
	At      time.Time `json:"at"`
}

// SupplyPart is what one acceptance found to exist.
type SupplyPart struct {
	Rooms []string   `json:"rooms"` // ids in the register
	Area  space.Area `json:"area"`
	Act   string     `json:"act"`
	At    time.Time  `json:"at"`
}

// Limits of a supplement.
const (
	maxReplaced      = 20
	maxSupplyCost    = money.Fen(100_000_000_000) // a thousand million yuan
	maxSupplyReports = 500
	maxSupplyYears   = 5
)

// Title is what the case is called and found by.
func (s *Supplement) Title() string {
	return "社区用房存量补足：" + strings.TrimSpace(s.Address) + "（" + wordOf(Origins, string(s.Means)).Zh + "，" + s.Area.Zh() + "）"
}

// Storable refuses what cannot even be kept as a draft.
func (s *Supplement) Storable() error {
	for _, e := range s.faults() {
		if e.Code == "bad_character" || e.Code == "too_many_entries" || e.Code == "out_of_range" {
			return e
		}
	}
	return nil
}

func wordOf(list []Word, key string) Words {
	for _, w := range list {
		if w.Key == key {
			return w.Words
		}
	}
	return Words{key, key}
}

// supplyMeans are the ways to make up the stock.
var supplyMeans = []Origin{FromProject, FromPurchase, FromReplacement, FromLease, FromIntegration}

// faults are everything that can be seen from the form alone.
func (s *SupplementForm) faults() []*Error {
	var out []*Error
	refuse := func(bad bool, code, field, zh, en string) {
		if bad {
			out = append(out, Refuse(Invalid, code, zh, en).At(field))
		}
	}
	for _, f := range []struct {
		field, value, zh, en string
		max                  int
		validFunc            func(string, int) error
	}{
		{"region", s.Region, "社区", "the community", maxKeyText, names.Valid}, {"address", s.Address, "地址", "the address", 200, names.Valid},
		{"money", s.Money, "资金来源", "where the money comes from", maxLine, names.ValidText}, {"why", s.Why, "理由", "why", maxText, names.ValidText},
	} {
		refuse(strings.TrimSpace(f.value) == "", "missing", f.field, "请填写"+f.zh+"。", "Please give "+f.en+".")
		refuse(f.validFunc(f.value, f.max) != nil, "bad_character", f.field, f.zh+"过长或含有不允许的字符。", "The text is too long or has a character that is not allowed: "+f.en+".")
	}
	refuse(names.Valid(s.Ready, maxKeyText) != nil || names.Valid(string(s.Means), maxKeyText) != nil, "bad_character", "ready", "内容不规范。", "The text is not given properly.")
	refuse(!slices.Contains(supplyMeans, s.Means), "unknown_means", "means", "请选择补足方式。", "Choose the means.")
	refuse(s.Area <= 0, "no_area", "area", "补足面积应大于零。", "The area must be above zero.")
	refuse(s.Area < 0 || s.Area > maxStockArea, "out_of_range", "area", "面积超出范围。", "The area is out of range.")
	refuse(s.Storey == 0, "bad_storey", "storey", "请填写楼层（首层为1，地下为负）。", "Give the storey: the ground floor is 1, below ground is negative.")
	refuse(s.Storey < lowestStorey || s.Storey > highestStorey, "out_of_range", "storey", "楼层超出范围。", "The storey is out of range.")
	refuse(s.Cost < 0 || s.Cost > maxSupplyCost, "out_of_range", "cost_fen", "金额超出范围。", "The amount is out of range.")
	refuse(len(s.Replaces) > maxReplaced, "too_many_entries", "replaces", "列表项过多。", "The list has too many entries.")
	refuse(s.Means == FromReplacement && len(s.Replaces) == 0, "missing", "replaces", "置换须指明被置换的用房。", "Name the rooms that are exchanged.")
	refuse(s.Means != FromReplacement && len(s.Replaces) > 0, "not_replacing", "replaces", "只有置换方式可以指明被置换的用房。", "Only an exchange takes the place of other rooms.")
	for i, id := range s.Replaces {
		refuse(names.Valid(id, maxKeyText) != nil || slices.Contains(s.Replaces[:i], id), "bad_character", "replaces", "被置换的用房填写不规范或重复。", "A room is not given properly, or twice.")
	}
	return out
}

// ready refuses a day that is past, or so far away that nobody can be held to it.
func (s *SupplementForm) ready(now time.Time) *Error {
	day, err := workday.ParseDate(s.Ready)
	if err != nil || !day.After(workday.DateOf(now)) || day.After(workday.DateOf(now.AddDate(maxSupplyYears, 0, 0))) {
		return Refuse(Invalid, "bad_date", "请填写今后五年以内的完成日期。", "Give a day of completion within five years from now.").At("ready")
	}
	return nil
}

// replaceable refuses to exchange what is not in the community's register, or for less than it is (D20).
func (s *SupplementForm) replaceable(rooms []StockRoom, day workday.Date) *Error {
	var gone space.Area
	for _, id := range s.Replaces {
		i := slices.IndexFunc(rooms, func(r StockRoom) bool { return r.ID == id && r.Stands(day) })
		if i < 0 {
			return Refuse(Invalid, "no_such_room", "被置换的用房不在该社区的台账中。", "A room to be exchanged is not in the community's register.").At("replaces").With("room", clip(id))
		}
		gone += rooms[i].Area // at most twenty rooms, each far below the largest area
	}
	if s.Area < gone {
		return Refuse(Invalid, "smaller_than_replaced", "置换面积不得小于被置换用房的面积。", "Rooms are exchanged for as much area or more.").At("area").With("replaced", gone.String())
	}
	return nil
}

// clone is a copy that shares nothing with the original: rules change the copy.
func (s *Supplement) clone() (*Supplement, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("copy the supplement: %w", err)
	}
	out := new(Supplement)
	return out, json.Unmarshal(body, out)
}
