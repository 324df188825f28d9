package civic

import (
	"context"
	"slices"
	"time"

	"lizheng/civic/selection"
)

// AssessmentView is a year at a glance: the table, who has handed in what, and the lights of every district.
type AssessmentView struct {
	CaseLine
	Year     int             `json:"year"`
	Quarter  int             `json:"quarter"` // the last one that reports were asked for
	Units    []Named         `json:"units"`
	Revision int             `json:"revision"` // of the table
	Parts    []BookPart      `json:"parts"`    // what is not there yet has revision 0
	Weights  []Weight        `json:"weights"`
	Rows     []TableRowView  `json:"rows"`
	Lights   []RowLight      `json:"lights"` // the newest of every district and row
	HandedIn []HandedIn      `json:"handed_in"`
	Reports  []QuarterReport `json:"reports"`
	Self     []RowScore      `json:"self"`
	Scores   []RowScore      `json:"scores"`
	Sums     []UnitSum       `json:"sums"` // of the rows, provisional until the scores are frozen
	Appeals  []RowAppeal     `json:"appeals"`
	Inputs   []UnitInput     `json:"inputs"`
	Sheets   []FrozenSheet   `json:"sheets"`
	Named    []NamedArea     `json:"named"`
}

// PublicAssessment is a published year beside its sheet.
type PublicAssessment struct {
	Year      int         `json:"year"`
	Case      string      `json:"case"`
	Title     string      `json:"title"`
	State     State       `json:"state"`
	Words     Words       `json:"words"`
	NoticeEnd *time.Time  `json:"notice_until,omitempty"`
	Units     []Named     `json:"units"`
	Named     []NamedArea `json:"named"`
}

// Weight is what the rows of a category must add up to.
type Weight struct {
	Category string           `json:"category"`
	Words    Words            `json:"words"`
	Points   selection.Points `json:"points"`
	Sum      selection.Points `json:"sum"`
}

// TableRowView is a row with the names of its departments.
type TableRowView struct {
	TableRow
	LeadView     Named   `json:"lead_view"`
	SupportViews []Named `json:"support_views"`
}

// RowLight is how a district stands with a row.
type RowLight struct {
	Unit    string `json:"unit"`
	Row     string `json:"row"`
	Quarter int    `json:"quarter"`
	Light   Light  `json:"light"`
}

// HandedIn is one thing that a district or department owed, and what became of it.
type HandedIn struct {
	Step    string     `json:"step"`
	Unit    Named      `json:"unit"`
	Quarter int        `json:"quarter,omitempty"`
	Task    string     `json:"task"`
	State   TaskState  `json:"state"`
	DueAt   *time.Time `json:"due_at,omitempty"`
	At      *time.Time `json:"at,omitempty"`
	Late    bool       `json:"late"`
}

// UnitSum is what a district's rows come to so far.
type UnitSum struct {
	Unit   string           `json:"unit"`
	Points selection.Points `json:"points"`
}

var tableWords = map[string]Words{
	"burden": {"减负增效", "burden cut"}, "interaction": {"政社互动", "government–society interaction"}, "linkage": {"三社联动", "three linkages"},
	"party": {"党建引领", "party building"}, "workforce": {"队伍建设", "workforce"}, "funding": {"经费保障", "funding"}, "housing": {"服务用房", "service rooms"},
}

// Assessment is a year as the actor may see it: before all have scored, everybody sees their own scores only.
func (d *Desk) Assessment(ctx context.Context, who Actor, year int) (AssessmentView, error) {
	f, err := d.file(ctx, who, AssessmentID(year))
	if err != nil {
		return AssessmentView{}, err
	}
	book, err := d.Record.Book(ctx, f.Case.ID)
	if err != nil {
		return AssessmentView{}, err
	}
	words, err := d.lexicon(ctx, f.persons()...)
	if err != nil {
		return AssessmentView{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return AssessmentView{}, err
	}
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return AssessmentView{}, err
	}
	m, _ := f.Matter.(*AssessmentYear)
	v := AssessmentView{CaseLine: caseLine(f.Case, words, clocks), Year: m.Year, Quarter: m.Quarter, Units: []Named{}, Revision: book.Revision, Parts: book.Parts,
		Rows: []TableRowView{}, Lights: book.lights(), HandedIn: []HandedIn{}, Reports: book.Reports, Sums: []UnitSum{}, Appeals: book.Appeals,
		Inputs: book.Inputs, Sheets: book.Sheets, Named: book.Named}
	for _, unit := range m.Units {
		v.Units = append(v.Units, words.unit(unit))
	}
	v.table(book, words)
	v.handedIn(f.Tasks, words)
	v.scores(f.Case.State, *m, book, words.atlas, seats, clocks.now)
	v.Weights, err = d.weights(ctx, f.Case, book)
	return v, err
}

func (v *AssessmentView) table(book AssessmentBook, words lexicon) {
	for _, r := range book.Rows {
		row := TableRowView{TableRow: r, LeadView: words.unit(r.Lead), SupportViews: []Named{}}
		for _, s := range r.Supports {
			row.SupportViews = append(row.SupportViews, words.unit(s))
		}
		v.Rows = append(v.Rows, row)
	}
}

func (v *AssessmentView) handedIn(tasks []Task, words lexicon) {
	for _, k := range tasks {
		if k.part() || !oneOf(k.Step, "cosign_table", "report_quarter", "supervise", "self_score", "score_rows", "review_scores", "answer_appeal") {
			continue
		}
		h := HandedIn{Step: k.Step, Unit: words.unit(k.Seat.Unit), Task: k.ID, State: k.State, DueAt: k.DueAt, At: k.EndedAt, Late: !k.Open() && late(k)}
		if oneOf(k.Step, "report_quarter", "supervise") {
			h.Quarter = k.Round
		}
		v.HandedIn = append(v.HandedIn, h)
	}
}

// scores shows what the actor may see of them.
func (v *AssessmentView) scores(s State, m AssessmentYear, book AssessmentBook, atlas *Atlas, seats []SeatOf, now time.Time) {
	sits := func(unit string) bool {
		return slices.ContainsFunc(seats, func(s SeatOf) bool { return s.Seat.Unit == unit })
	}
	v.Self, v.Scores = slices.Clone(book.Self), slices.Clone(book.Scores)
	switch s {
	case SelfScoring:
		v.Self = slices.DeleteFunc(v.Self, func(c RowScore) bool { return !sits(c.Unit) })
	case Scoring:
		v.Scores = slices.DeleteFunc(v.Scores, func(c RowScore) bool {
			row, _ := book.row(c.Row)
			return !sits(atlas.Responsible(row.Lead, now))
		})
		return
	}
	if len(v.Scores) == 0 {
		return
	}
	for _, unit := range m.Units {
		v.Sums = append(v.Sums, UnitSum{unit, book.sumOf(unit)})
	}
}

// lights are the newest of every district and row.
func (b AssessmentBook) lights() []RowLight {
	out := []RowLight{}
	for _, r := range b.Reports { // by quarter
		i := slices.IndexFunc(out, func(l RowLight) bool { return l.Unit == r.Unit && l.Row == r.Row })
		l := RowLight{r.Unit, r.Row, r.Quarter, r.Light}
		if i < 0 {
			out = append(out, l)
		} else {
			out[i] = l
		}
	}
	return out
}

// weights are what the categories must add up to under the rules of the case.
func (d *Desk) weights(ctx context.Context, c Case, book AssessmentBook) ([]Weight, error) {
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return nil, err
	}
	at := c.RulesAt
	if c.State == Draft {
		at = d.Record.Now()
	}
	rules := RulesAt(parameters, at)
	out := []Weight{}
	for _, category := range TableCategories {
		points, err := rules.Int(weightOf(category))
		if err != nil {
			return nil, err
		}
		w := Weight{Category: category, Words: tableWords[category], Points: selection.Points(points) * 100}
		for _, r := range book.Rows {
			if r.Category == category {
				w.Sum += r.Points
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// Assessments are all years that the actor may see, newest first.
func (d *Desk) Assessments(ctx context.Context, who Actor, p Page) (Part[CaseLine], error) {
	return d.Cases(ctx, who, CaseFilter{Procedure: AssessmentProcedure}, p)
}
