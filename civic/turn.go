package civic

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// turn is one act being applied to one case: the rules write what they change into fx.
type turn struct {
	Dossier
	before []Task // as they were; Tasks are as they become
	act    Act
	world  World
	def    Definition
	reg    regulation
	fx     Effects
}

// Apply says what an act changes, or refuses it. It is pure: the same dossier, act and world give the same effects.
func Apply(d Dossier, a Act, w World) (Effects, error) {
	def, ok := Definitions[d.Case.Procedure]
	if !ok {
		return Effects{}, fmt.Errorf("case %s: no procedure %q", d.Case.ID, d.Case.Procedure)
	}
	if err := a.Check(); err != nil {
		return Effects{}, err
	}
	t := &turn{Dossier: d, before: d.Tasks, act: a, world: w, def: def, reg: regulations[d.Case.Procedure]}
	t.Tasks = slices.Clone(d.Tasks)
	t.fx.Case = d.Case
	if err := t.guard(); err != nil {
		return Effects{}, err
	}
	if err := t.dispatch(); err != nil {
		return Effects{}, t.inWords(err)
	}
	if !def.Allows(d.Case.State, t.fx.Case.State) {
		return Effects{}, fmt.Errorf("case %s: %s may not lead from %s to %s", d.Case.ID, a.Kind, d.Case.State, t.fx.Case.State)
	}
	return t.finish(), nil
}

func (t *turn) dispatch() error {
	if t.act.Kind != ActDecide { // whose outcome says what it takes
		if err := t.act.Details.fit(nil, t.takes(t.act.Kind)); err != nil {
			return err
		}
	}
	if rule, ok := sharedActs[t.act.Kind]; ok {
		return rule(t)
	}
	if rule, ok := t.reg.acts[t.act.Kind]; ok {
		return rule(t)
	}
	return errNoSuchAct(t.act)
}

// takes are the details that may come with an act that answers no task.
func (t *turn) takes(kind ActKind) []string {
	if own, ok := t.def.CaseAct(kind); ok {
		return append(slices.Clone(own.Needs), own.Takes...)
	}
	return actTakes[kind]
}

func errNoSuchAct(a Act) *Error {
	return Refuse(Invalid, "no_such_act", "没有这样的操作。", "There is no such act.").With("act", string(a.Kind))
}

// guard refuses what no act may do: touch an archived or paused case, or act on a version that is gone.
func (t *turn) guard() error {
	c := t.Case
	switch {
	case c.State == Archived:
		return Refuse(Conflict, "archived", "该事项已归档，不能再操作。", "The case is archived; nothing more can be done.")
	case t.act.Seen != 0 && t.act.Seen != c.Version && t.act.Task == "":
		return Refuse(Stale, "stale", "页面内容已过时，请刷新后再操作。", "The case has changed since you looked; look again.").
			With("seen", t.act.Seen).With("current", c.Version)
	case c.PausedAt != nil && !oneOf(string(t.act.Kind), "resume", "withdraw", "copy", "recalculate"):
		return Refuse(Conflict, "paused", "该事项已中止，恢复后方可操作。", "The case is paused; it must be resumed first.")
	}
	return nil
}

// silent reports whether no reason was given.
func (t *turn) silent() bool { return strings.TrimSpace(t.act.Opinion) == "" }

// to moves the case to another state. Open tasks of the old state that did not answer end without counting.
func (t *turn) to(s State) {
	if t.fx.Case.State == s {
		return
	}
	t.fx.Case.State = s
	t.fx.Case.ActsAt = nil
	t.voidOpen("moved_on")
	if s.Over() && s != Archived {
		now := t.Now
		t.fx.Case.ClosedAt = &now
	}
}

// voidOpen ends every open task without an answer.
func (t *turn) voidOpen(why string) {
	for i := range t.Tasks {
		if t.Tasks[i].Open() {
			t.end(&t.Tasks[i], TaskVoid, "", why)
		}
	}
}

// end closes a task. What was given away of it ends with it: nobody waits for an opinion on a question that is answered.
func (t *turn) end(task *Task, state TaskState, outcome, why string) {
	t.voidParts(task.ID)
	now := t.Now
	task.State, task.Outcome, task.VoidReason = state, outcome, why
	task.EndedAt, task.EndedBy, task.RemindAt = &now, t.act.ID, nil
	task.Automatic = t.act.Actor == System
	if state == TaskDone && !task.Automatic {
		task.Person, task.Principal = t.act.Actor, t.act.Principal
	}
}

// voidParts takes back what was delegated of a task and has not come back.
func (t *turn) voidParts(id string) {
	for i := range t.Tasks {
		if k := &t.Tasks[i]; k.Open() && k.partOf(id) {
			t.end(k, TaskVoid, "", "taken_back")
		}
	}
}

// open asks a seat the question of a step. The term is a parameter in working days, the day of the event not counted.
func (t *turn) open(step string, seat Seat) (*Task, error) {
	s, ok := t.def.Step(step)
	if !ok {
		return nil, fmt.Errorf("no step %q", step)
	}
	days, err := t.Rules.Int(s.Term)
	if err != nil {
		return nil, err
	}
	return t.ask(step, seat, days), nil
}

// ask opens a task with a given number of working days.
func (t *turn) ask(step string, seat Seat, days int) *Task {
	due, _ := t.Calendar.DueAt(t.Now, days)
	task := Task{
		ID: NewID(t.act.ID, step, string(seat.Role), seat.Unit, seat.Person, fmt.Sprint(len(t.Tasks))), Case: t.Case.ID,
		Step: step, Seat: seat, Round: t.fx.Case.Round, State: TaskOpen, OpenedAt: t.Now, OpenedBy: t.act.ID, Term: days, DueAt: &due,
	}
	task.RemindAt = nextReminder(t.Calendar, due, t.Now)
	t.Tasks = append(t.Tasks, task)
	t.notify("opened", seat, task.ID)
	return &t.Tasks[len(t.Tasks)-1]
}

// notify tells a seat something, once for each act.
func (t *turn) notify(kind string, seat Seat, task string) {
	n := Notice{ID: NewID(t.act.ID, "notice", kind, string(seat.Role), seat.Unit, seat.Person, task), Kind: kind, Seat: seat, Case: t.Case.ID, Task: task}
	if !slices.Contains(t.fx.Notices, n) {
		t.fx.Notices = append(t.fx.Notices, n)
	}
}

// figure records a rule and its numbers for "why was this decided".
func (t *turn) figure(rule, zh, en string, values map[string]any) {
	t.fx.Figures = append(t.fx.Figures, Figure{Rule: rule, Zh: zh, En: en, Values: values})
}

// after is the instant n working days from now.
func (t *turn) after(parameter string) (*time.Time, error) {
	n, err := t.Rules.Int(parameter)
	if err != nil {
		return nil, err
	}
	due, _ := t.Calendar.DueAt(t.Now, n)
	return &due, nil
}

// task finds the open task of the act; an ended one is a conflict that names the act which ended it.
func (t *turn) task() (*Task, error) {
	for i := range t.Tasks {
		task := &t.Tasks[i]
		if task.ID != t.act.Task {
			continue
		}
		if !task.Open() {
			return nil, Refuse(Conflict, "task_ended", "该任务已办结，不能再操作。", "This task has already been answered.").
				With("ended_by", task.EndedBy).With("outcome", task.Outcome)
		}
		return task, nil
	}
	return nil, ErrNotFound()
}

// openTasks are those that still wait for an answer.
func (t *turn) openTasks() []Task {
	var out []Task
	for _, task := range t.Tasks {
		if task.Open() {
			out = append(out, task)
		}
	}
	return out
}

// waiting reports whether any task of the step is still open.
func (t *turn) waiting(step string) bool {
	return slices.ContainsFunc(t.Tasks, func(k Task) bool { return k.Open() && k.Step == step })
}

// finish derives the rest: who is next, what is due, which tasks changed.
func (t *turn) finish() Effects {
	c := &t.fx.Case
	c.NextSeats, c.DueAt = nil, nil
	c.Version++
	c.UpdatedAt = t.Now
	before := map[string]Task{}
	for _, task := range t.before {
		before[task.ID] = task
	}
	for _, task := range t.Tasks {
		if old, was := before[task.ID]; !was {
			t.fx.Opened = append(t.fx.Opened, task)
		} else if !sameTask(old, task) {
			t.fx.Changed = append(t.fx.Changed, task)
		}
		if !task.Open() {
			continue
		}
		if len(c.NextSeats) < 12 { // enough for a list; the case page shows them all
			c.NextSeats = append(c.NextSeats, task.Seat)
		}
		if task.DueAt != nil && (c.DueAt == nil || task.DueAt.Before(*c.DueAt)) {
			c.DueAt = task.DueAt
		}
	}
	return t.fx
}

func sameTask(a, b Task) bool {
	return a.State == b.State && a.ClaimedBy == b.ClaimedBy && a.Term == b.Term && a.Reminded == b.Reminded &&
		a.Escalated == b.Escalated && a.Urged == b.Urged && sameInstant(a.DueAt, b.DueAt) && sameInstant(a.RemindAt, b.RemindAt)
}

func sameInstant(a, b *time.Time) bool {
	return a == b || a != nil && b != nil && a.Equal(*b)
}
