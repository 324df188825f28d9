package civic

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
	"lizheng/civic/workday"
)

// Anybody does anything at any time, in a world that changes under them. What must hold is checked after every accepted act;
// a refused one changes nothing; and from wherever the case has come to, it can be brought to its end.
func TestWhateverHappensTheInvariantsHoldAndACaseCanBeEnded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		states := []State{Draft, Submitted, Accepted, PreReview, Consult, JointReview, Deliberation}
		request := rapid.SampledFrom([]func() AccessRequest{form, dear, promised, zeroCost}).Draw(t, "form")()
		if request.Funding.Kind != Promised {
			states = append(states, Publicity, Issuing, InForce)
		}
		m := machine{at(t, rapid.SampledFrom(states).Draw(t, "state"), request), nil}
		for _, persons := range m.holders {
			m.persons = append(m.persons, persons...)
		}
		slices.Sort(m.persons)
		m.persons = append([]string{Public, "stranger"}, slices.Compact(m.persons)...) // the public holds no office
		t.Repeat(map[string]func(*rapid.T){
			"":                 func(*rapid.T) {},
			"an act in place":  m.plausible,
			"an act in place ": m.plausible, // twice as often as each of the others
			"any act":          m.anything,
			"time":             m.time,
			"the world":        m.world,
		})
		m.finish(t)
	})
}

type machine struct {
	*run
	persons []string
}

// plausible is an act that somebody could have in mind: an open task answered by somebody of its seat, or an act on the case.
func (m *machine) plausible(t *rapid.T) {
	m.t = t
	open := m.open("")
	if len(open) == 0 || rapid.IntRange(0, 3).Draw(t, "whole") == 0 {
		kind := rapid.SampledFrom(allActs).Draw(t, "kind")
		if whole := m.wholeActs(kind); len(whole) > 0 && kind != ActDecide {
			m.try(whole[0])
		}
		return
	}
	k := rapid.SampledFrom(open).Draw(t, "task")
	persons := append([]string{m.whoFor(k)}, m.holders[Seat{Role: k.Seat.Role, Unit: k.Seat.Unit}]...)
	person := rapid.SampledFrom(persons).Draw(t, "person")
	if k.Step == "correct" {
		m.correction(t)
		m.try(m.act(ActCorrect, k.ID, by(person)))
		return
	}
	step, _ := Definitions[AccessProcedure].Step(k.Step)
	c := rapid.SampledFrom(step.Outcomes).Draw(t, "outcome")
	m.try(m.act(ActDecide, k.ID, by(person), with(rapid.SampledFrom(m.variants(c.Name)).Draw(t, "details")), func(a *Act) { a.Outcome = c.Name }))
}

// correction changes the form that was returned.
func (m *machine) correction(t *rapid.T) {
	m.d.Request = rapid.SampledFrom([]func() AccessRequest{form, dear, promised, zeroCost, func() AccessRequest {
		f := form()
		f.Funding.Line = "disabled-other"
		return f
	}}).Draw(t, "correction")()
}

// anything is any act of anybody on anything, with or without what it needs.
func (m *machine) anything(t *rapid.T) {
	m.t = t
	a := Act{
		Kind: rapid.SampledFrom(allActs).Draw(t, "kind"), Actor: rapid.SampledFrom(m.persons).Draw(t, "actor"),
		Opinion: rapid.SampledFrom([]string{"", "理由"}).Draw(t, "opinion"), Seen: rapid.SampledFrom([]int{0, 0, 1, m.d.Case.Version}).Draw(t, "seen"),
	}
	if a.Kind.Automatic() {
		a.Actor = System
	}
	if rapid.Bool().Draw(t, "deputy") {
		a.Principal = rapid.SampledFrom(m.persons).Draw(t, "principal")
	}
	if len(m.d.Tasks) > 0 {
		a.Task = rapid.SampledFrom(m.d.Tasks).Draw(t, "task").ID
	}
	var outcomes []string
	for _, s := range accessSteps {
		for _, c := range s.Outcomes {
			outcomes = append(outcomes, c.Name)
		}
	}
	a.Outcome = rapid.SampledFrom(outcomes).Draw(t, "outcome")
	a.Details = rapid.SampledFrom([]Details{
		{}, detailed[a.Outcome], {Unit: "cz-political-legal"}, {Unit: "cuizhu-committee"}, {Person: rapid.SampledFrom(m.persons).Draw(t, "person")},
		{Trigger: "unpaid"}, {From: "2014-12-01"}, {Until: "2014-10-20"}, {BudgetLine: "disabled-other"}, {Communities: []string{"lancheng", "xinhe"}},
	}).Draw(t, "details")
	m.try(a)
}

// try applies an act; it may be refused, but not fail.
func (m *machine) try(a Act) {
	before := m.d
	_, err := m.apply(a)
	if err != nil {
		require.NotNil(m.t, AsRefusal(err), "%s in state %s: %v", a.Kind, before.Case.State, err)
		return
	}
	if before.Case.State == Deliberation && (m.d.Case.State == Publicity || m.d.Case.State == Decided) {
		m.admittedRightly(before)
	}
}

// admittedRightly counts the signatures and votes again, by hand.
func (m *machine) admittedRightly(before Dossier) {
	finance, seats, cast, pro := "", 0, 0, 0
	for _, k := range before.Tasks {
		if k.Step == "joint" && k.Seat.Role == Finance && k.Returns == "" && k.State == TaskDone {
			finance = k.Outcome
		}
		if k.Step == "vote" && k.Round == before.Case.Round {
			seats++
			if k.State == TaskDone {
				cast++
			}
			if k.Outcome == "for" {
				pro++
			}
		}
	}
	require.Contains(m.t, []string{"agree", "modify"}, finance, "admitted without finance")
	_, total, err := before.Request.Funding.Shares((&turn{world: m.run}).regions(before.Request.Communities))
	require.NoError(m.t, err)
	if total > money.Fen(5_000_000) {
		require.Positive(m.t, seats, "admitted without a vote")
	}
	if seats > 0 {
		require.GreaterOrEqual(m.t, 100*cast, 67*seats, "admitted without a quorum")
		require.Greater(m.t, 2*pro, cast, "admitted without a majority")
	}
	require.False(m.t, m.d.Case.State == Publicity && before.Request.Funding.Kind == Promised, "admitted on a promise")
}

// time lets some time go by: hours, days, or until the next instant of the case.
func (m *machine) time(t *rapid.T) {
	m.t = t
	switch rapid.IntRange(0, 3).Draw(t, "time") {
	case 0:
		m.now = m.now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "hours")) * time.Hour)
	case 1:
		m.later(rapid.IntRange(1, 8).Draw(t, "days"))
	case 2:
		if m.d.Case.ActsAt != nil {
			m.till(*m.d.Case.ActsAt)
		}
		if auto := Definitions[AccessProcedure].Automatic(m.d.Case.State); auto != "" {
			m.try(m.act(auto, ""))
		}
	case 3:
		for _, k := range m.open("") {
			if k.RemindAt != nil {
				m.till(*k.RemindAt)
				m.try(m.act(ActRemind, ""))
				return
			}
		}
	}
}

// world changes what is not the case's: people come and go, lists grow, calendars and lines change.
func (m *machine) world(t *rapid.T) {
	m.t = t
	switch rapid.IntRange(0, 5).Draw(t, "change") {
	case 0:
		seats := slices.SortedFunc(func(yield func(Seat) bool) {
			for s := range m.holders {
				if !yield(s) {
					return
				}
			}
		}, func(a, b Seat) int { return compareText(fmt.Sprint(a), fmt.Sprint(b)) })
		seat := rapid.SampledFrom(seats).Draw(t, "seat")
		m.holders[seat] = rapid.SliceOfNDistinct(rapid.SampledFrom(m.persons[1:]), 0, 4, rapid.ID).Draw(t, "holders")
	case 1:
		m.lists = append(m.lists, Entry{ID: fmt.Sprint("n", len(m.lists)), List: Negative, Name: m.d.Request.Name, From: m.now, Until: new(m.now.AddDate(0, 0, 20))})
	case 2:
		c, err := m.d.Calendar.With(m.d.Calendar.Version()+1, []workday.Day{{
			Date: workday.DateOf(m.now).AddDays(rapid.IntRange(0, 30).Draw(t, "day")), Kind: workday.Holiday, Name: "休", Source: workday.SourceManual}}, nil)
		if err == nil { // the day was listed already
			m.d.Calendar = c
		}
		m.try(m.act(ActRecalculate, ""))
	case 3:
		m.lines["disabled-2014"].Closed = rapid.Bool().Draw(t, "closed")
	case 4:
		for i := range m.d.Tasks {
			if m.d.Tasks[i].Open() && m.d.Tasks[i].ReadAt == nil {
				m.d.Tasks[i].ReadAt = new(m.now)
			}
		}
	case 5:
		line := m.lines["disabled-2014"]
		line.Appropriated = line.Appropriated - line.Free() + money.Fen(rapid.IntRange(0, 30_000_000).Draw(t, "free"))
	}
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
