package civic

import (
	"time"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// EntryFilter narrows the published lists.
type EntryFilter struct {
	List     List
	Category Category
	Region   string // a region; entries that cover it, lie above it or within it
	Text     string
	At       *time.Time // in force then; now by default
}

// ListInfo is one of the published lists: its name, size and version.
type ListInfo struct {
	List      List       `json:"list"`
	Words     Words      `json:"words"`
	Entries   int64      `json:"entries"` // in force now
	Version   int        `json:"version"`
	Effective *time.Time `json:"effective,omitempty"`
	Document  string     `json:"document,omitempty"`
}

// EntryLine is one line of a published list.
type EntryLine struct {
	Entry
	Words       Words  `json:"words"` // of the category
	UnitView    *Named `json:"unit_view,omitempty"`
	Communities int    `json:"communities"` // covered; 0 when the list does not say
	ZeroCost    bool   `json:"zero_cost,omitempty"`
}

// EntryView is a line of a list with everything that belongs to it.
type EntryView struct {
	EntryLine
	Number   string        `json:"case_number,omitempty"`
	Children []EntryLine   `json:"children"`
	Regions  []EntryRegion `json:"regions"`
	Ended    string        `json:"ended_why,omitempty"`
	Rests    []Span        `json:"suspensions"`
}

// Span is a stretch of time.
type Span struct {
	From  time.Time  `json:"from"`
	Until *time.Time `json:"until,omitempty"`
	Why   string     `json:"why,omitempty"`
}

// EntryRegion is one community's part of an entry.
type EntryRegion struct {
	Region Named     `json:"region"`
	Above  Named     `json:"above"` // street or town that answers for it today
	Units  int64     `json:"units"`
	Amount money.Fen `json:"amount_fen"`
}

// NoticedChange is a change of plan as its public notice says it.
type NoticedChange struct {
	Project    string     `json:"project"` // the case
	Before     space.Area `json:"before"`  // the rooms in the plan so far
	After      space.Area `json:"after"`
	Households int64      `json:"households"`
}

// NoticeLine is one decision on public notice (公示): what anybody may read and object to.
type NoticeLine struct {
	Case        string         `json:"case"`
	Procedure   Procedure      `json:"procedure"`
	Number      string         `json:"number"`
	Title       string         `json:"title"`
	Unit        Named          `json:"unit"`
	State       State          `json:"state"`
	StateWords  Words          `json:"state_words"`
	Outcome     string         `json:"outcome"`
	Words       Words          `json:"outcome_words"`
	Condition   string         `json:"condition,omitempty"`
	TermEnd     string         `json:"term_end,omitempty"`
	Communities int            `json:"communities"`
	Total       money.Fen      `json:"total_fen"`
	ZeroCost    bool           `json:"zero_cost,omitempty"`
	Year        int            `json:"year,omitempty"` // of an appraisal or assessment: under which the list is published
	Change      *NoticedChange `json:"change,omitempty"`
	Since       time.Time      `json:"since"`
	Until       *time.Time     `json:"until,omitempty"` // objections are taken until then
	Clock       Clock          `json:"clock"`
	Objections  int            `json:"objections"`
}

// NewEntry is a line that the office puts on a list other than that of admitted items.
type NewEntry struct {
	List       List      `json:"list"`
	Category   Category  `json:"category"`
	Name       string    `json:"name"`
	NameEn     string    `json:"name_en,omitempty"`
	Unit       string    `json:"unit,omitempty"`
	Clearance  string    `json:"clearance,omitempty"`
	MergedInto string    `json:"merged_into,omitempty"`
	From       time.Time `json:"from,omitzero"` // today or later; zero means now
	Source     string    `json:"source"`
	Note       string    `json:"note,omitempty"`
}

// listWords are the lists' names.
var listWords = map[List]Words{
	Admitted: {"准入事项清单", "admitted items"}, Negative: {"负面清单", "negative list"},
	Duties: {"依法履行职责事项清单", "duties by law"}, Assistance: {"依法协助政府工作事项清单", "assistance to government by law"},
	Certificate: {"可出具证明清单", "certificates that may be issued"}, Systems: {"信息系统清单", "information systems"}, Signs: {"牌子清单", "signs"},
}

// ListWords are the name of a list.
func ListWords(l List) Words { return listWords[l] }

// categoryNames are the categories' names.
var categoryNames = map[Category]Words{
	Organisation: {"组织机构", "organisation"}, Venue: {"活动阵地", "venue"}, TaskItem: {"工作任务", "task"}, Creation: {"创建评比", "creation and contest"},
	Assessment: {"考核检查", "assessment"}, LedgerItem: {"台账资料", "ledger"}, SystemItem: {"信息系统", "information system"},
	CertItem: {"证明盖章", "certificate"}, SignItem: {"牌子标识", "sign"}, Survey: {"调查统计", "survey"},
}
