package civic

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// tester is what a run reports to: a test, a benchmark or a property.
type tester interface {
	require.TestingT
	Helper()
}

// run is one case with the world around it: acts go through Apply, and their effects are folded back as the record would.
type run struct {
	AppraisalWorld // none: admission asks nothing of it
	t              tester
	d              Dossier
	now            time.Time
	acts           int
	atlas          *Atlas
	holders        map[Seat][]string
	lines          map[string]*BudgetLine
	lists          []Entry
	cooloff        *time.Time
	quick          bool                 // leaves out the dearer checks
	visit          func(Dossier, World) // is shown the case after every accepted act
}

// start is Monday, 1 September 2014, 09:00.
var start = clock("2014-09-01 09:00")

// draft begins a run with a request of cz-disabled that li-juan has not filed yet.
func draft(t tester, request AccessRequest) *run {
	return &run{t: t, now: start, atlas: atlas(), holders: holders(), lines: lines(), d: Dossier{
		Case: Case{ID: NewID("case"), Procedure: AccessProcedure, Route: Discretionary, Title: request.Name, Unit: "cz-disabled", Applicant: "li-juan",
			State: Draft, Version: 1, Round: 1, Calendar: workday.Builtin().Version(), CreatedAt: start, UpdatedAt: start},
		Request: request, Calendar: workday.Builtin(), Rules: RulesAt(parameters(), start), Now: start}}
}

func (r *run) Facts() (FormFacts, error) {
	f := FormFacts{Unit: r.d.Case.Unit, Rules: r.d.Rules, Now: r.now, CooloffEnd: r.cooloff}
	if u, ok := r.atlas.Unit(r.d.Case.Unit); ok {
		f.UnitLevel = u.Level
	}
	for _, key := range r.d.Request.Communities {
		if c, ok := r.atlas.Region(key); ok {
			f.Communities = append(f.Communities, c)
		}
	}
	lead, err := r.d.Rules.Int("admission.lead_time_wd")
	if err != nil {
		return f, err
	}
	f.Earliest, _ = r.d.Calendar.DueAt(r.now, lead-1)
	for _, h := range Match(r.d.Request.Name, r.standing()) {
		if h.Entry.List == Negative {
			f.Blocked = append(f.Blocked, h)
		} else {
			f.Existing = append(f.Existing, h)
		}
	}
	if line, ok := r.lines[r.d.Request.Funding.Line]; ok {
		own := *line
		own.Reserved -= heldIn(r.d.Held, Reserve, line.ID) // what the case itself reserved is free for it
		f.Line = &own
	}
	return f, nil
}

// standing are the entries of the lists that hold today.
func (r *run) standing() []Entry {
	return slices.DeleteFunc(slices.Clone(r.lists), func(e Entry) bool { return e.Until != nil && !r.now.Before(*e.Until) })
}

func (r *run) Holders(role Role, unit string) ([]string, error) {
	return r.holders[Seat{Role: role, Unit: unit}], nil
}
func (r *run) Unit(key string) (Unit, bool)     { return r.atlas.Unit(key) }
func (r *run) Responsible(unit string) string   { return r.atlas.Responsible(unit, r.now) }
func (r *run) Region(key string) (Region, bool) { return r.atlas.Region(key) }
func (r *run) Above(region string) string       { return r.atlas.Above(region, r.now) }
func (r *run) District(region string) string    { return r.atlas.District(region, r.now) }
func (r *run) Desk(region string) string        { return r.atlas.Desk(region, r.now) }

func (r *run) RoomsOf(string) ([]StockRoom, error) { return nil, nil }
func (r *run) Promised(string) (space.Area, error) { return 0, nil }

func (r *run) Entry(id string) (Entry, bool, error) {
	i := slices.IndexFunc(r.lists, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false, nil
	}
	return r.lists[i], true, nil
}

func (r *run) Line(id string) (BudgetLine, bool, error) {
	line, ok := r.lines[id]
	if !ok {
		return BudgetLine{}, false, nil
	}
	return *line, true, nil
}

func (r *run) Book() (AssessmentBook, error)                 { return AssessmentBook{}, nil } // admission has none
func (r *run) Template() ([]TableRow, error)                 { return nil, nil }
func (r *run) Commendation(string, int) (string, int, error) { return "", 0, nil }
func (r *run) RulesOn(at time.Time) (Rules, error)           { return RulesAt(parameters(), at), nil }
func (r *run) Children(Procedure) ([]ChildCase, error)       { return nil, nil }
func (r *run) Whole() (*ChildCase, error)                    { return nil, nil } // an admission is a part of nothing
func (r *run) Parts() ([]ChildCase, error)                   { return nil, nil }
func (r *run) PlanInForce() (*LayoutPlan, error)             { return nil, nil }
func (r *run) NextPlan() (int, error)                        { return 1, nil }

// clone is a second world that goes its own way from here.
func (r *run) clone() *run {
	c := *r
	c.d.Tasks, c.d.Held, c.d.Objects = slices.Clone(r.d.Tasks), slices.Clone(r.d.Held), slices.Clone(r.d.Objects)
	c.d.Pauses, c.lists = slices.Clone(r.d.Pauses), slices.Clone(r.lists)
	c.holders, c.lines = maps.Clone(r.holders), make(map[string]*BudgetLine, len(r.lines))
	for k, line := range r.lines {
		copied := *line
		c.lines[k] = &copied
	}
	return &c
}

// apply brings one act to the case, folds what it changed, and checks what must always hold.
func (r *run) apply(a Act) (Effects, error) {
	r.t.Helper()
	r.acts++
	r.now = r.now.Add(time.Second)
	a.ID, a.Case, a.Procedure = NewID("act", fmt.Sprint(r.acts)), r.d.Case.ID, AccessProcedure
	r.d.Now = r.now
	fx, err := r.twice(a)
	if err != nil {
		return fx, err
	}
	before := r.d
	r.fold(fx)
	r.check(before, a, fx)
	return fx, nil
}

// fold does what the record does with effects.
func (r *run) fold(fx Effects) {
	r.d.Case = fx.Case
	if fx.NewNumber {
		r.d.Case.Number = "ZR-2014-000001"
	}
	if fx.Ruling != nil {
		r.d.Ruling = fx.Ruling
	}
	r.d.Tasks = slices.Clone(r.d.Tasks)
	for _, k := range fx.Changed {
		i := slices.IndexFunc(r.d.Tasks, func(old Task) bool { return old.ID == k.ID })
		require.GreaterOrEqual(r.t, i, 0, "a changed task is one of the case")
		r.d.Tasks[i] = k
	}
	r.d.Tasks = append(r.d.Tasks, fx.Opened...)
	r.d.Held, r.d.Objects = slices.Clone(r.d.Held), slices.Clone(r.d.Objects)
	for _, m := range fx.Money {
		r.post(m)
	}
	if fx.Objection != nil {
		r.d.Objects = append(r.d.Objects, *fx.Objection)
	}
	if fx.Settled != nil {
		r.settle(*fx.Settled)
	}
	for _, o := range fx.Overtaken {
		r.settle(o)
	}
	if p := fx.Pause; p != nil {
		r.d.Pauses = append(slices.DeleteFunc(slices.Clone(r.d.Pauses), func(old Pause) bool { return old.From.Equal(p.From) }), *p)
	}
	if i := fx.Issue; i != nil {
		until := i.Until
		r.d.Entry = &Entry{ID: NewID("entry"), List: Admitted, Category: r.d.Request.Category, Name: r.d.Request.Name, Case: r.d.Case.ID,
			From: i.From, Until: &until, Amount: int64(r.d.Ruling.Total)}
	}
	if e := fx.Entry; e != nil {
		r.change(*e)
	}
}

func (r *run) settle(o Objection) {
	i := slices.IndexFunc(r.d.Objects, func(old Objection) bool { return old.ID == o.ID })
	require.GreaterOrEqual(r.t, i, 0, "a settled objection is one of the case")
	require.Empty(r.t, r.d.Objects[i].Result, "an objection is settled once")
	r.d.Objects[i] = o
}

func (r *run) change(c EntryChange) {
	e := *r.d.Entry
	switch {
	case c.Ends != nil:
		require.True(r.t, c.Ends.After(e.From), "an entry's validity is never empty")
		e.Until = c.Ends
	case c.Suspend != nil:
		e.Suspended = true
	case c.Reinstate != nil:
		e.Suspended = false
	}
	r.d.Entry = &e
}

// post is the ledger: it refuses what the database would refuse.
func (r *run) post(m Movement) {
	r.t.Helper()
	line, ok := r.lines[m.Line]
	require.True(r.t, ok, "movement on a line that does not exist: %q", m.Line)
	require.Positive(r.t, m.Amount)
	if m.Kind == Reserve {
		require.False(r.t, line.Closed, "a closed line takes no reservation")
		require.GreaterOrEqual(r.t, line.Free(), m.Amount, "line %s is overdrawn", line.ID)
		line.Reserved += m.Amount
		r.d.Held = append(r.d.Held, Holding{m, m.Amount})
		return
	}
	i := slices.IndexFunc(r.d.Held, func(h Holding) bool { return h.ID == m.Parent })
	require.GreaterOrEqual(r.t, i, 0, "%s without what it resolves", m.Kind)
	parent := r.d.Held[i]
	require.Equal(r.t, parent.Line, m.Line)
	require.GreaterOrEqual(r.t, parent.Left, m.Amount, "%s of more than is left", m.Kind)
	r.d.Held[i].Left -= m.Amount
	switch {
	case m.Kind == Commit && parent.Kind == Reserve:
		line.Reserved, line.Committed = line.Reserved-m.Amount, line.Committed+m.Amount
		r.d.Held = append(r.d.Held, Holding{m, m.Amount})
	case m.Kind == Release && parent.Kind == Reserve:
		line.Reserved -= m.Amount
	case m.Kind == Release && parent.Kind == Commit:
		line.Committed -= m.Amount
	case m.Kind == Disburse && parent.Kind == Commit:
		line.Committed, line.Disbursed = line.Committed-m.Amount, line.Disbursed+m.Amount
	default:
		require.Fail(r.t, "no such movement", "%s after %s", m.Kind, parent.Kind)
	}
}

// heldIn sums what is held in one kind, on one line or, with "", on all.
func heldIn(held []Holding, kind MovementKind, line string) money.Fen {
	var sum money.Fen
	for _, h := range held {
		if h.Kind == kind && (line == "" || h.Line == line) {
			sum += h.Left
		}
	}
	return sum
}
