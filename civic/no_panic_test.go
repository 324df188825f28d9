package civic

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
	"lizheng/civic/space"
)

// nowhere is a world in which nothing is found.
type nowhere struct{}

func (nowhere) Facts() (FormFacts, error)                     { return FormFacts{}, nil }
func (nowhere) Holders(Role, string) ([]string, error)        { return nil, nil }
func (nowhere) Unit(string) (Unit, bool)                      { return Unit{}, false }
func (nowhere) Responsible(unit string) string                { return unit }
func (nowhere) Region(string) (Region, bool)                  { return Region{}, false }
func (nowhere) Above(string) string                           { return "" }
func (nowhere) District(string) string                        { return "" }
func (nowhere) Desk(string) string                            { return "" }
func (nowhere) Entry(string) (Entry, bool, error)             { return Entry{}, false, nil }
func (nowhere) Line(string) (BudgetLine, bool, error)         { return BudgetLine{}, false, nil }
func (nowhere) RoomsOf(string) ([]StockRoom, error)           { return nil, nil }
func (nowhere) Promised(string) (space.Area, error)           { return 0, nil }
func (nowhere) Book() (AssessmentBook, error)                 { return AssessmentBook{}, nil }
func (nowhere) Template() ([]TableRow, error)                 { return nil, nil }
func (nowhere) Commendation(string, int) (string, int, error) { return "", 0, nil }
func (nowhere) Year(string) (YearCase, error)                 { return YearCase{Year: &Appraisal{}}, nil }
func (nowhere) Standard(string) (Standard, bool, error)       { return Standard{}, false, nil }
func (nowhere) AssessedUnits() []selection.Unit               { return nil }
func (nowhere) Body(string, Role) (string, error)             { return "", nil }
func (nowhere) Ties(string) ([]string, error)                 { return nil, nil }
func (nowhere) Nominees(string) ([]Nominee, error)            { return nil, nil }
func (nowhere) Nominee(string) (Nominee, bool, error)         { return Nominee{}, false, nil }
func (nowhere) Sheets(string) ([]Sheet, error)                { return nil, nil }
func (nowhere) ReserveAhead(string, bool) (string, error)     { return "", nil }
func (nowhere) LastTitle(string) (Title, bool, error)         { return Title{}, false, nil }
func (nowhere) Project(string) (Project, bool, error)         { return Project{}, false, nil }
func (nowhere) RulesOn(day time.Time) (Rules, error)          { return Rules{At: day}, nil }
func (nowhere) Children(Procedure) ([]ChildCase, error)       { return nil, nil }
func (nowhere) Whole() (*ChildCase, error)                    { return nil, nil } // as admission has none
func (nowhere) Parts() ([]ChildCase, error)                   { return nil, nil }
func (nowhere) PlanInForce() (*LayoutPlan, error)             { return nil, nil }
func (nowhere) NextPlan() (int, error)                        { return 1, nil }

// emptied are a stage as it stands and what is left of it without its matter, without its world, and without both.
func (s stage) emptied() []stage {
	bare := s
	if empty := regulations[s.Case.Procedure].matter; empty != nil {
		bare.Matter = empty()
	}
	bare.Request, bare.Ruling, bare.Held, bare.Objects = AccessRequest{}, nil, nil, nil
	out := []stage{s, bare, s, bare}
	out[2].world, out[3].world = nowhere{}, nowhere{}
	return out
}

// Whatever is broken in the record, an act is accepted, refused or fails with an error that says so; it never panics. Every
// step's task is tried in every state, also where it could not be.
func TestNoActPanicsWhateverItMeets(t *testing.T) {
	t.Parallel()
	for _, p := range Procedures {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			found := map[string]bool{}
			for state, list := range statesOf(t, p) {
				for _, s := range list[0].emptied() {
					for i, step := range Definitions[p].Steps {
						kinds := everyKind()
						if i > 0 {
							kinds = nil
						}
						for _, at := range s.panics(step, kinds) {
							found[fmt.Sprint(state, at)] = true
						}
					}
				}
			}
			require.Empty(t, sortedKeys(found))
		})
	}
}

// panics are the answers to a step's task, and the acts on the whole case, that panic.
func (s stage) panics(step Step, whole []ActKind) (found []string) {
	s.Tasks = append(slices.Clone(s.Tasks), Task{ID: "made-up", Case: s.Case.ID, Step: step.Name, Seat: Seat{Role: step.Roles[0], Unit: "cz-finance"}, Round: s.Case.Round,
		State: TaskOpen, OpenedAt: s.Now, DueAt: new(s.Now)})
	try := func(a Act) {
		defer func() {
			if r := recover(); r != nil {
				found = append(found, fmt.Sprint(" ", a.Kind, " ", step.Name, ".", a.Outcome, ": ", where(r)))
			}
		}()
		_, _ = Apply(s.Dossier, a, s.world)
	}
	for _, c := range step.Outcomes {
		for _, d := range []Details{{}, wholeDetails(c)} {
			try(Act{Kind: ActDecide, Task: "made-up", Actor: "somebody", Outcome: c.Name, Opinion: "理由", Details: d})
		}
	}
	for _, kind := range whole {
		a := Act{Kind: kind, Task: "made-up", Actor: "somebody", Opinion: "理由", Details: s.details(kind)}
		if kind.Automatic() {
			a.Actor, s.Case.ActsAt = System, new(s.Now)
		}
		try(a)
	}
	return found
}

// wholeDetails are what an outcome needs and may take, each of them empty or the smallest that counts as given.
func wholeDetails(c Choice) Details {
	all := everyDetail
	points, titles, percent := selection.Points(1), int64(1), 1
	all.Assessment = &AssessmentDetails{Points: &points, Titles: &titles, Vetoes: []Veto{{Unit: "x", Grounds: "x"}}}
	all.Supplement = &SupplementDetails{Statement: "x", Percent: &percent, Rooms: []MeasuredRoom{{}}}
	housing := *everyHousingDetail
	all.Housing = &housing
	all.Appraisal = &AppraisalDetails{Standard: "x", Rank: 1, Assessors: []string{"x"}, Lead: "x", Survey: &points, Bonus: 1, Penalty: 1, Ground: "x",
		Withheld: []Withheld{{"x", "x"}}, Seed: "x", Strikes: []Withheld{{"x", "x"}}, Community: "x"}
	return all.only(slices.Concat(c.Needs, c.Takes))
}

// only are the details of these fields.
func (d Details) only(fields []string) Details {
	var all, kept map[string]any
	body, err := json.Marshal(d)
	if err == nil {
		err = json.Unmarshal(body, &all)
	}
	kept = map[string]any{}
	for _, field := range fields {
		family, name, nested := strings.Cut(field, ".")
		if !nested {
			kept[field] = all[field]
			continue
		}
		from, _ := all[family].(map[string]any)
		to, _ := kept[family].(map[string]any)
		if to == nil {
			to = map[string]any{}
		}
		for _, key := range []string{name, name + "_fen"} {
			if v, ok := from[key]; ok {
				to[key] = v
			}
		}
		kept[family] = to
	}
	var out Details
	if err == nil {
		body, err = json.Marshal(kept)
	}
	if err == nil {
		err = json.Unmarshal(body, &out)
	}
	if err != nil {
		panic(err) // a slip of the test's pen
	}
	return out
}

// where is the line of a rule that panicked.
func where(r any) string {
	for _, l := range strings.Split(string(debug.Stack()), "\n") {
		if strings.Contains(l, "/civic/") && !strings.Contains(l, "_test.go") {
			return fmt.Sprint(r, strings.TrimSpace(l))
		}
	}
	return fmt.Sprint(r)
}
