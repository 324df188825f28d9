package civic

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// life is a world of cases that a machine can live through.
type life interface {
	living() []string
	dossier(id string) Dossier
	bring(id string, a Act) error
	stage(id string) stage
	prepare(t *rapid.T, id string, k Task) // the deeds that an answer to the task needs first
	stir(t *rapid.T)                       // what else may happen there
	until(at time.Time)
	check(t *rapid.T)
}

// living is a machine: anybody does anything at any time. A refusal changes nothing; what must hold is checked after every act.
type living struct{ life }

// lives runs a machine and then lets people bring every case to its end, from wherever it has come to.
func lives(t *rapid.T, l life) {
	m := living{l}
	t.Repeat(map[string]func(*rapid.T){
		"":            func(*rapid.T) {},
		"an answer":   m.answer,
		"an answer ":  m.answer, // more often than each of the others
		"an answer  ": m.answer,
		"a whole act": m.whole,
		"the clock":   m.clock,
		"the world":   m.stir,
	})
	m.finish(t)
}

// open are the open tasks of a case.
func (m living) open(id string) []Task {
	return slices.DeleteFunc(slices.Clone(m.dossier(id).Tasks), func(k Task) bool { return !k.Open() })
}

// answer lets somebody answer an open task, most often prepared and with what it needs.
func (m living) answer(t *rapid.T) {
	busy := slices.DeleteFunc(m.living(), func(id string) bool { return len(m.open(id)) == 0 })
	if len(busy) == 0 {
		return
	}
	id := rapid.SampledFrom(busy).Draw(t, "case")
	k := rapid.SampledFrom(m.open(id)).Draw(t, "task")
	step, _ := StepNamed(k.Step)
	c := rapid.SampledFrom(step.Outcomes).Draw(t, "outcome")
	a := Act{Kind: ActDecide, Task: k.ID, Actor: fmt.Sprint("p", rapid.IntRange(1, 6).Draw(t, "person")), Outcome: c.Name, Opinion: "理由"}
	if rapid.IntRange(0, 9).Draw(t, "ready") > 0 {
		m.prepare(t, id, k)
		a.Details = m.stage(id).usual(k.Step, c.Name)
	}
	m.try(t, id, a)
}

// whole is any other act, with what it needs or bare.
func (m living) whole(t *rapid.T) {
	id := rapid.SampledFrom(m.living()).Draw(t, "case")
	s := m.stage(id)
	kind := rapid.SampledFrom(everyKind()).Draw(t, "kind")
	var task Task
	if tasks := m.open(id); len(tasks) > 0 && slices.Contains(taskActs, kind) {
		task = rapid.SampledFrom(tasks).Draw(t, "task")
	}
	a := Act{Kind: kind, Task: task.ID, Actor: fmt.Sprint("p", rapid.IntRange(1, 6).Draw(t, "person"))}
	if kind.Automatic() {
		a.Actor = System
	}
	if rapid.IntRange(0, 4).Draw(t, "bare") > 0 {
		a = s.whole(kind, task, a)
	}
	m.try(t, id, a)
}

// clock lets time go by: some hours, or until the instant of a case or a reminder.
func (m living) clock(t *rapid.T) {
	id := rapid.SampledFrom(m.living()).Draw(t, "case")
	d := m.dossier(id)
	switch rapid.IntRange(0, 2).Draw(t, "time") {
	case 0:
		m.until(d.Now.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour))
	case 1:
		m.itself(t, id)
	case 2:
		for _, k := range m.open(id) {
			if k.RemindAt != nil {
				m.until(*k.RemindAt)
				m.try(t, id, Act{Kind: ActRemind, Actor: System})
				return
			}
		}
	}
}

// itself lets the system act at a case's instant.
func (m living) itself(t *rapid.T, id string) bool {
	d := m.dossier(id)
	auto := Definitions[d.Case.Procedure].Automatic(d.Case.State)
	if auto == "" || d.Case.ActsAt == nil || d.Case.PausedAt != nil {
		return false
	}
	m.until(*d.Case.ActsAt)
	return m.try(t, id, Act{Kind: auto, Actor: System})
}

// try brings an act; it may be refused, but not fail.
func (m living) try(t *rapid.T, id string, a Act) bool {
	before := m.dossier(id).Case
	err := m.bring(id, a)
	if err != nil {
		require.NotNil(t, AsRefusal(err), "%s %s in state %s: %v", a.Kind, a.Outcome, before.State, err)
		require.Equal(t, before, m.dossier(id).Case)
		return false
	}
	for _, id := range m.living() {
		m.waits(t, id)
	}
	m.check(t)
	return true
}

// unasked are the states in which a case may wait without anybody being asked: for a case of which it is a part.
var unasked = []State{Draft, Recommended, Qualified, Ranked, Archived}

// waits: an open task belongs to the state and asks one of its roles somewhere; in every state somebody is asked or an instant is set.
func (m living) waits(t *rapid.T, id string) {
	d := m.dossier(id)
	def := Definitions[d.Case.Procedure]
	for _, k := range m.open(id) {
		step, _ := def.Step(k.Step)
		require.Contains(t, step.States(), d.Case.State, "%s is open", k.Step)
		require.Contains(t, step.Roles, k.Seat.Role, k.Step)
		require.NotEmpty(t, k.Seat.Unit, "%s asks nobody", k.Step)
	}
	asked := len(m.open(id)) > 0
	require.False(t, asked && d.Case.State.Over(), "somebody is asked in state %s", d.Case.State)
	if !slices.Contains(unasked, d.Case.State) {
		require.True(t, asked || d.Case.ActsAt != nil && def.Automatic(d.Case.State) != "", "%s waits for nobody and nothing in state %s", d.Case.Procedure, d.Case.State)
	}
}
