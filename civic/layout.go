package civic

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"lizheng/civic/names"
	"lizheng/civic/space"
)

// LayoutForm is what civil affairs draws up with planning: where rooms are to come about in the next years (D1).
type LayoutForm struct {
	From     int         `json:"from"` // years, both included
	To       int         `json:"to"`
	Circular string      `json:"circular,omitempty"` // the text that it rests on
	Rows     []LayoutRow `json:"rows"`
}

// LayoutRow is one piece of the plan: for which community, in which way, how much, where and by when.
type LayoutRow struct {
	Community string     `json:"community"`
	Way       Origin     `json:"way"` // 新建、购买、置换、租赁、整合, as in making up the stock
	Area      space.Area `json:"area"`
	Site      string     `json:"site"`
	Year      int        `json:"year"`
	Note      string     `json:"note,omitempty"`
}

// Layout is everything that is kept of a layout plan.
type Layout struct {
	LayoutForm
	Opinions   []LayoutOpinion `json:"opinions,omitempty"` // of planning and of development and reform, in every round
	Version    int             `json:"version,omitempty"`  // of the city's plan, once it is approved
	Approval   string          `json:"approval,omitempty"` // the act
	ApprovedAt *time.Time      `json:"approved_at,omitempty"`
	Document   string          `json:"document,omitempty"`
	Reviews    []LayoutCheck   `json:"reviews,omitempty"` // the yearly ones
}

// LayoutOpinion is what one body said about the plan.
type LayoutOpinion struct {
	Unit    string    `json:"unit"`
	Outcome string    `json:"outcome"`
	Text    string    `json:"text,omitempty"`
	Round   int       `json:"round"`
	Act     string    `json:"act"`
	At      time.Time `json:"at"`
}

// LayoutCheck is one yearly look at a plan in force: it is kept, or a new version is being drawn up.
type LayoutCheck struct {
	Outcome string    `json:"outcome"`
	Text    string    `json:"text"`
	Act     string    `json:"act"`
	At      time.Time `json:"at"`
}

// Limits of a layout plan.
const (
	MaxLayoutRows   = 300
	maxLayoutYears  = 5
	maxLayoutSite   = 200
	maxLayoutChecks = 50
	firstLayoutYear = 2014
	lastLayoutYear  = 2100
)

// Title is what the case is called and found by.
func (l *Layout) Title() string {
	if l.From == 0 || l.To == 0 {
		return "社区用房布局规划"
	}
	return fmt.Sprintf("社区用房布局规划（%d—%d年）", l.From, l.To)
}

// Number writes the number of the approval.
func (l *Layout) Number(act, document string) {
	if l.Approval == act {
		l.Document = document
	}
}

// Storable refuses what cannot even be kept as a draft.
func (l *Layout) Storable() error {
	for _, e := range l.faults() {
		if e.Code == "bad_character" || e.Code == "too_many_entries" || e.Code == "out_of_range" {
			return e
		}
	}
	return nil
}

// faults are everything that can be seen from the form alone.
func (l *LayoutForm) faults() []*Error {
	var out []*Error
	refuse := func(bad bool, code, field, zh, en string) {
		if bad {
			out = append(out, Refuse(Invalid, code, zh, en).At(field))
		}
	}
	refuse(outsideLayout(l.From), "out_of_range", "from", "起始年份超出范围。", "The first year is out of range.")
	refuse(outsideLayout(l.To), "out_of_range", "to", "终止年份超出范围。", "The last year is out of range.")
	refuse(l.From == 0 || l.To == 0, "missing", "from", "请填写规划期。", "Give the years of the plan.")
	refuse(l.To < l.From || l.To-l.From >= maxLayoutYears, "bad_period", "to", "规划期为一至五年。", "A plan covers one to five years.")
	refuse(names.ValidText(l.Circular, maxText) != nil, "bad_character", "circular", "依据过长或含有不允许的字符。", "The basis is too long or has a character that is not allowed.")
	refuse(len(l.Rows) == 0, "missing", "rows", "请至少填写一行规划。", "The plan needs at least one row.")
	refuse(len(l.Rows) > MaxLayoutRows, "too_many_entries", "rows", "规划不得超过300行。", "The plan has at most 300 rows.")
	if len(l.Rows) > MaxLayoutRows {
		return out
	}
	seen := map[string]int{}
	for i, r := range l.Rows {
		out = append(out, l.faultsOf(i)...)
		key := fmt.Sprint(r.Community, " ", r.Way, " ", r.Year)
		if first, again := seen[key]; again {
			out = append(out, Refuse(Invalid, "row_twice", "同一社区、同一方式、同一年份只能填写一行。", "A community has one row for each way and year.").
				At(rowField(i, "community")).With("row", i+1).With("first", first+1))
			continue
		}
		seen[key] = i
	}
	return out
}

// outsideLayout reports whether a year that was given can belong to no plan.
func outsideLayout(year int) bool {
	return year != 0 && (year < firstLayoutYear || year > lastLayoutYear)
}

// rowField is the path to a field of a row.
func rowField(i int, name string) string { return fmt.Sprintf("rows[%d].%s", i, name) }

// faultsOf are the faults of one row, each with its number.
func (l *LayoutForm) faultsOf(i int) []*Error {
	r := l.Rows[i]
	var out []*Error
	refuse := func(bad bool, code, field, zh, en string) {
		if bad {
			out = append(out, Refuse(Invalid, code, fmt.Sprintf("第%d行：%s", i+1, zh), fmt.Sprintf("Row %d: %s", i+1, en)).At(rowField(i, field)).With("row", i+1))
		}
	}
	refuse(r.Community == "", "missing", "community", "请选择社区。", "choose the community.")
	refuse(names.Valid(r.Community, maxKeyText) != nil, "bad_character", "community", "社区填写不规范。", "the community is not given properly.")
	refuse(names.Valid(string(r.Way), maxKeyText) != nil, "bad_character", "way", "方式填写不规范。", "the way is not given properly.")
	refuse(!slices.Contains(supplyMeans, r.Way), "unknown_means", "way", "请选择配建方式。", "choose the way.")
	refuse(r.Area < 0 || r.Area > maxStockArea, "out_of_range", "area", "面积超出范围。", "the area is out of range.")
	refuse(r.Area == 0, "no_area", "area", "面积应大于零。", "the area must be above zero.")
	refuse(strings.TrimSpace(r.Site) == "", "missing", "site", "请填写位置。", "say where.")
	refuse(names.Valid(r.Site, maxLayoutSite) != nil, "bad_character", "site", "位置过长或含有不允许的字符。", "the site is too long or has a character that is not allowed.")
	refuse(outsideLayout(r.Year), "out_of_range", "year", "年份超出范围。", "the year is out of range.")
	refuse(r.Year < l.From || r.Year > l.To, "outside_period", "year", "年份不在规划期内。", "the year is not one of the plan's.")
	refuse(names.ValidText(r.Note, maxLine) != nil, "bad_character", "note", "备注过长或含有不允许的字符。", "the note is too long or has a character that is not allowed.")
	return out
}

// clone is a copy that shares nothing with the original: rules change the copy.
func (l *Layout) clone() (*Layout, error) {
	body, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("copy the layout plan: %w", err)
	}
	out := new(Layout)
	return out, json.Unmarshal(body, out)
}

// ends is the first instant after the plan's last year.
func (l *Layout) ends() time.Time {
	at, _ := Day(fmt.Sprintf("%04d-01-01", l.To+1)) // a year in bounds makes a day
	return at.UTC()
}
