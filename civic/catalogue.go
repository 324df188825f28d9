package civic

import (
	"time"

	"lizheng/civic/names"
)

// List is one of the published lists a city keeps (清单).
type List string

// The lists of domain 3.2, and the two that the clean-up needs to know what is left.
const (
	Negative    List = "negative"    // 负面清单: cancelled or refused, blocked
	Duties      List = "duty"        // 依法履行职责事项
	Assistance  List = "assist"      // 依法协助政府工作事项
	Admitted    List = "admitted"    // 准入事项
	Certificate List = "certificate" // 可出具证明清单
	Systems     List = "system"      // 信息系统清单
	Signs       List = "sign"        // 牌子清单
)

// Lists in the order in which they are published.
var Lists = []List{Admitted, Negative, Duties, Assistance, Certificate, Systems, Signs}

// Category is the type of an object under control.
type Category string

// The categories of domain 3.1.
const (
	Organisation Category = "ORG"
	Venue        Category = "VENUE"
	TaskItem     Category = "TASK"
	Creation     Category = "EVAL"
	Assessment   Category = "ASSESS"
	LedgerItem   Category = "LEDGER"
	SystemItem   Category = "SYSTEM"
	CertItem     Category = "CERT"
	SignItem     Category = "SIGN"
	Survey       Category = "SURVEY"
)

// Categories in the order of the regulation.
var Categories = []Category{Organisation, Venue, TaskItem, Creation, Assessment, LedgerItem, SystemItem, CertItem, SignItem, Survey}

// Entry is one line of a list with its validity. What is in force is a question of the day, not of a flag.
type Entry struct {
	ID         string     `json:"id"`
	List       List       `json:"list"`
	Category   Category   `json:"category"`
	Name       string     `json:"name"`
	NameEn     string     `json:"name_en,omitempty"`
	Parent     string     `json:"parent,omitempty"` // children end with their parent
	Unit       string     `json:"unit,omitempty"`   // who answers for it
	Case       string     `json:"case,omitempty"`   // by which case it came in
	Document   string     `json:"document,omitempty"`
	Clearance  string     `json:"clearance,omitempty"` // stop, reduce, merge, transfer, limit, keep
	MergedInto string     `json:"merged_into,omitempty"`
	From       time.Time  `json:"from"`
	Until      *time.Time `json:"until,omitempty"`
	Suspended  bool       `json:"suspended,omitempty"`
	Amount     int64      `json:"amount_fen"` // its money over the whole term
	Source     string     `json:"source,omitempty"`
	Note       string     `json:"note,omitempty"`
}

// similarity from which two names are shown to the person as possibly the same thing.
const similarFrom = 70 // of 100

// Hit is a line of a list that a name met.
type Hit struct {
	Entry Entry `json:"entry"`
	Score int   `json:"score"` // 100: the same name, however written
}

// Match finds the lines that a name meets: the same ones first (100), then similar ones. Names are compared in their normal form.
func Match(name string, entries []Entry) []Hit {
	var same, similar []Hit
	normal := names.Normal(name)
	for _, e := range entries {
		switch score := names.Similar(name, e.Name); {
		case names.Normal(e.Name) == normal:
			same = append(same, Hit{e, 100})
		case score >= similarFrom:
			similar = append(similar, Hit{e, min(score, 99)})
		}
	}
	return append(same, similar...)
}

// BlockedBy returns the refusal of a name that the negative list holds.
func BlockedBy(field string, e Entry) *Error {
	return Refuse(Invalid, "blocked_name",
		"“"+e.Name+"”已列入负面清单，不得进入社区；如有异议可申诉。",
		"“"+e.Name+"” is on the negative list and may not enter communities; an appeal is possible.").
		At(field).By("negative_list").With("entry", e.ID).With("name", e.Name).With("source", e.Source)
}
