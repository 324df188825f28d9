package civic

import (
	"strings"
	"time"
	"unicode/utf8"

	"lizheng/civic/money"
	"lizheng/civic/names"
)

// Purpose is why a request is made (申请类别).
type Purpose string

// The purposes of domain 3.3 row 5 that the discretionary route knows.
const (
	NewItem Purpose = "new"
	Change  Purpose = "change"
	Renewal Purpose = "renewal"
)

// Basis is a document on which an item rests (设立依据).
type Basis struct {
	Level    string `json:"level"` // law, regulation, central, province, city, department
	Title    string `json:"title"`
	Number   string `json:"number,omitempty"`
	Article  string `json:"article,omitempty"`
	Document string `json:"attachment,omitempty"` // attachment id
}

// Child is an object that comes with the item and ends with it: its ledger, system, sign.
type Child struct {
	Category Category `json:"category"`
	Name     string   `json:"name"`
}

// AccessRequest is the form 申请准入社区工作事项审批表 (domain 3.3).
type AccessRequest struct {
	Office      string   `json:"office,omitempty"`  // 责任处室
	Contact     string   `json:"contact,omitempty"` // 经办人电话
	SignedBy    string   `json:"signed_by,omitempty"`
	Name        string   `json:"name"`
	Category    Category `json:"category"`
	Children    []Child  `json:"children,omitempty"`
	Purpose     Purpose  `json:"purpose"`
	Replaces    string   `json:"replaces,omitempty"` // entry id, for change and renewal
	Route       Route    `json:"route,omitempty"`
	Basis       []Basis  `json:"basis"`
	Necessity   string   `json:"necessity"`
	WhyNotOwn   string   `json:"why_not_own"` // why department or street cannot do it themselves
	Work        string   `json:"work"`
	PartPlayed  string   `json:"part_played"` // lead or assist
	Communities []string `json:"communities"` // region keys
	Duration    string   `json:"duration"`    // long_term, phased, temporary
	Start       string   `json:"start"`       // first day, 2006-01-02
	End         string   `json:"end"`         // last day
	Workload    string   `json:"workload,omitempty"`
	Powers      string   `json:"powers"` // 权随责走: what the community may do, see, use
	Staff       string   `json:"staff,omitempty"`
	Funding     Funding  `json:"funding"`
	LedgerCount int      `json:"ledger_count"`
	SystemName  string   `json:"system_name,omitempty"`
	Sign        bool     `json:"sign"`
	Space       int      `json:"space_m2"`
	Assessed    bool     `json:"assessed"` // must be false: no separate appraisal (不单独考核)
	Pilot       string   `json:"pilot,omitempty"`
	ExitWhen    string   `json:"exit_when"`
	LegalReview string   `json:"legal_review"`
	Attachments []string `json:"attachments,omitempty"`
}

// Limits of the form.
const (
	maxName     = 50 // characters, domain 3.3 row 3
	maxText     = 2000
	maxChildren = 20
	maxBasis    = 20
)

// FormFacts are what the checks of a form compare it with.
type FormFacts struct {
	Communities []Region // those of the request that are known, as they are today
	Blocked     []Hit    // negative list and similar entries
	Existing    []Hit    // admitted items
	Line        *BudgetLine
	Unit        string // the applicant's unit
	UnitLevel   string
	Rules       Rules
	Now         time.Time
	Earliest    time.Time // the first day on which the item may start: lead time after today
	CooloffEnd  *time.Time
}

// Findings are everything that a dry run or a submission says about a form.
type Findings struct {
	Refusals []*Error  `json:"refusals"` // what a submission would be refused for
	Similar  []Hit     `json:"similar"`  // to look at; refuses nothing
	Shares   []Share   `json:"shares"`   // the money per community
	Total    money.Fen `json:"total_fen"`
	FreeFen  *int64    `json:"free_fen,omitempty"` // of the line, before
	LeftFen  *int64    `json:"left_fen,omitempty"` // of the line, after
}

// Examine says everything that is wrong with a form, all at once, and what it would cost.
func (r AccessRequest) Examine(f FormFacts) Findings {
	var out Findings
	add := func(e *Error) {
		if e != nil {
			out.Refusals = append(out.Refusals, e)
		}
	}
	for _, e := range r.complete() {
		add(e)
	}
	for _, h := range append(append([]Hit(nil), f.Blocked...), f.Existing...) {
		switch {
		case h.Score < 100:
			out.Similar = append(out.Similar, h)
		case h.Entry.List == Negative:
			add(BlockedBy("name", h.Entry))
		case r.Purpose == NewItem:
			add(alreadyAdmitted("name", h.Entry))
		}
	}
	add(r.level(f))
	add(r.places(f))
	for _, e := range r.times(f) {
		add(e)
	}
	if f.CooloffEnd != nil && f.Now.Before(*f.CooloffEnd) {
		add(Refuse(Invalid, "cooling_off", "该事项曾被决定不准入，"+f.CooloffEnd.Format(time.DateOnly)+"前不得再次申请。",
			"This item was refused; it may not be asked for again before "+f.CooloffEnd.Format(time.DateOnly)+".").
			At("name").By("admission.cooloff_years"))
	}
	r.price(f, &out)
	return out
}

func missing(field, zh, en string) *Error {
	return Refuse(Invalid, "missing", "请填写"+zh+"。", "Please give "+en+".").At(field)
}

// complete checks what can be seen from the form alone.
func (r AccessRequest) complete() []*Error {
	var out []*Error
	for _, t := range []struct {
		field, value, zh, en string
		must                 bool
		max                  int
		validFunc            func(string, int) error
	}{
		{"name", r.Name, "事项名称", "the item's name", true, maxName, names.Valid},
		{"necessity", r.Necessity, "必要性说明", "why it is needed", true, maxText, names.ValidText},
		{"why_not_own", r.WhyNotOwn, "不能由部门或街道直接承担的理由", "why the department or the street cannot do it", true, maxText, names.ValidText},
		{"work", r.Work, "工作内容", "the work", true, maxText, names.ValidText},
		{"powers", r.Powers, "授予社区的职权", "the powers given to the community", true, maxText, names.ValidText},
		{"exit_when", r.ExitWhen, "退出条件", "when it ends", true, maxText, names.ValidText},
		{"legal_review", r.LegalReview, "合法性审查意见", "the legal office's opinion", true, maxText, names.ValidText},
		{"office", r.Office, "责任处室", "the responsible office", false, 100, names.Valid},
		{"contact", r.Contact, "联系电话", "a telephone number", false, 50, names.Valid},
		{"signed_by", r.SignedBy, "分管领导", "who signed", false, 50, names.Valid},
		{"workload", r.Workload, "工作量测算", "the workload", false, maxText, names.ValidText},
		{"staff", r.Staff, "人员保障", "the staff", false, maxText, names.ValidText},
		{"system_name", r.SystemName, "信息系统名称", "the system's name", false, 100, names.Valid},
		{"pilot", r.Pilot, "试点情况", "the pilot", false, maxText, names.ValidText},
		{"replaces", r.Replaces, "变更或续期的事项", "the item to change or renew", false, maxKeyText, names.Valid},
		{"funding.line", r.Funding.Line, "预算项目", "the budget line", false, maxKeyText, names.Valid},
		{"funding.source", r.Funding.Source, "经费来源", "the source of the money", false, 200, names.Valid},
		{"funding.payee", r.Funding.Payee, "收款单位", "the payee", false, 200, names.Valid},
		{"funding.statement", r.Funding.Statement, "经费说明", "the statement on the money", false, maxText, names.ValidText},
	} {
		switch {
		case strings.TrimSpace(t.value) == "" && t.must:
			out = append(out, missing(t.field, t.zh, t.en))
		case utf8.RuneCountInString(t.value) > t.max:
			out = append(out, Refuse(Invalid, "too_long", t.zh+"过长。", "The text is too long: "+t.en+".").At(t.field).With("max", t.max))
		case t.validFunc(t.value, t.max) != nil:
			out = append(out, Refuse(Invalid, "bad_character", t.zh+"含有不允许的字符。", "The text has a character that is not allowed: "+t.en+".").At(t.field))
		}
	}
	return append(out, r.choices()...)
}

func (r AccessRequest) choices() []*Error {
	var out []*Error
	refuse := func(bad bool, code, field, zh, en string) {
		if bad {
			out = append(out, Refuse(Invalid, code, zh, en).At(field))
		}
	}
	refuse(!oneOf(string(r.Category), categoryWords()...), "unknown_category", "category", "请选择事项类型。", "Choose a category.")
	refuse(!oneOf(string(r.Purpose), "new", "change", "renewal"), "unknown_purpose", "purpose", "请选择申请类别。", "Choose a purpose.")
	refuse(r.Route != "" && r.Route != Discretionary, "route_not_open", "route", "该准入方式尚未开通。", "This route is not open.")
	refuse(r.Purpose != NewItem && r.Replaces == "", "missing", "replaces", "请指明变更或续期的事项。", "Name the item to change or renew.")
	refuse(r.Purpose == NewItem && r.Replaces != "", "not_new", "replaces", "新增事项不得指明被替代的事项。", "A new item replaces nothing.")
	refuse(!oneOf(r.PartPlayed, "lead", "assist"), "unknown_part", "part_played", "请选择社区承担的角色。", "Choose the part that communities play.")
	refuse(!oneOf(r.Duration, "long_term", "phased", "temporary"), "unknown_duration", "duration", "请选择工作时限。", "Choose a duration.")
	refuse(len(r.Basis) == 0, "missing", "basis", "请填写设立依据。", "Name the documents it rests on.")
	refuse(len(r.Basis) > maxBasis || len(r.Children) > maxChildren || len(r.Communities) > MaxCommunities || len(r.Attachments) > 50,
		"too_many_entries", "basis", "列表项过多。", "A list has too many entries.")
	refuse(r.Assessed, "separate_appraisal", "assessed", "准入事项不得单独考核。", "An admitted item may not be appraised separately.")
	refuse(r.LedgerCount < 0 || r.LedgerCount > 1000 || r.Space < 0 || r.Space > 100_000, "out_of_range", "ledger_count", "数量超出范围。", "A count is out of range.")
	for _, b := range r.Basis {
		bad := !oneOf(b.Level, "law", "regulation", "central", "province", "city", "department") || b.Title == "" ||
			utf8.RuneCountInString(b.Title) > 200 || utf8.RuneCountInString(b.Number) > 100 ||
			names.Valid(b.Title+b.Number+b.Document, 400) != nil || names.ValidText(b.Article, 500) != nil
		refuse(bad, "bad_basis", "basis", "设立依据填写不完整或不规范。", "A document it rests on is not given properly.")
	}
	for _, c := range r.Children {
		bad := !oneOf(string(c.Category), categoryWords()...) || c.Name == "" || names.Valid(c.Name, maxName) != nil
		refuse(bad, "bad_child", "children", "附属事项填写不规范。", "A child object is not given properly.")
	}
	for _, id := range r.Attachments {
		refuse(id == "" || names.Valid(id, maxKeyText) != nil, "bad_attachment", "attachments", "附件填写不规范。", "An attachment is not given properly.")
	}
	return out
}

func oneOf(v string, allowed ...string) bool {
	for _, a := range allowed {
		if v == a {
			return true
		}
	}
	return false
}

func categoryWords() []string {
	out := make([]string, len(Categories))
	for i, c := range Categories {
		out[i] = string(c)
	}
	return out
}
