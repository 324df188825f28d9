package civic

import (
	"context"
	"slices"
	"time"
)

// Inbox lists the open tasks of the actor's seats, and of those for whom they stand in: the nearest due instant first.
func (d *Desk) Inbox(ctx context.Context, who Actor, f TaskFilter, p Page) (Part[InboxLine], error) {
	q, err := d.inboxQuery(ctx, who, f, p)
	if err != nil {
		return Part[InboxLine]{}, err
	}
	list, err := d.Record.Inbox(ctx, q)
	if err != nil {
		return Part[InboxLine]{}, err
	}
	found := part(list, q.Window, func(r TaskRow) Cursor { return Cursor{At: *r.Task.DueAt, ID: r.Task.ID} })
	words, clocks, err := d.taskWords(ctx, found.Items)
	if err != nil {
		return Part[InboxLine]{}, err
	}
	return reshape(found, func(r TaskRow) InboxLine {
		return InboxLine{TaskView: taskView(r.Case, r.Task, "", words, clocks), Number: r.Case.Number, Title: r.Case.Title, State: r.Case.State,
			StateWords: stateWords(r.Case.Procedure, r.Case.State), Unit: words.unit(r.Case.Unit), Principal: words.personOrNone(r.Holder), Unread: r.Task.ReadAt == nil}
	}), nil
}

// taskWords collects the names and the clock for a list of tasks.
func (d *Desk) taskWords(ctx context.Context, rows []TaskRow) (lexicon, clocks, error) {
	var persons []string
	for _, r := range rows {
		persons = append(persons, r.Holder, r.Task.Person, r.Task.Principal, r.Task.ClaimedBy, r.Task.Seat.Person)
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return words, clocks{}, err
	}
	k, err := d.clocks(ctx)
	return words, k, err
}

func (d *Desk) inboxQuery(ctx context.Context, who Actor, f TaskFilter, p Page) (InboxQuery, error) {
	if err := signedIn(who); err != nil {
		return InboxQuery{}, err
	}
	w, err := p.window()
	if err != nil {
		return InboxQuery{}, err
	}
	if !oneOf(f.Claimed, "", "me", "nobody", "others") {
		return InboxQuery{}, Refuse(Invalid, "unknown_filter", "筛选条件不正确。", "There is no such filter.").At("claimed")
	}
	if _, known := StepNamed(f.Step); f.Step != "" && !known {
		return InboxQuery{}, Refuse(Invalid, "unknown_step", "没有这个环节。", "There is no such step.").At("step")
	}
	if _, ok := Definitions[f.Procedure]; f.Procedure != "" && !ok {
		return InboxQuery{}, Refuse(Invalid, "unknown_procedure", "没有这个流程。", "There is no such procedure.").At("procedure")
	}
	var yellow time.Time
	if f.Soon {
		if yellow, err = d.yellow(ctx); err != nil {
			return InboxQuery{}, err
		}
	}
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return InboxQuery{}, err
	}
	if f.Principal != "" {
		seats = slices.DeleteFunc(slices.Clone(seats), func(s SeatOf) bool {
			return f.Principal == "self" && s.Principal != "" || f.Principal != "self" && s.Principal != f.Principal
		})
	}
	return InboxQuery{TaskFilter: f, Window: w, Me: who.Person, Seats: seats, Yellow: yellow}, nil
}

// yellow is the instant until which whatever is due has as few working days left as make it yellow.
func (d *Desk) yellow(ctx context.Context) (time.Time, error) {
	k, err := d.clocks(ctx)
	if err != nil {
		return time.Time{}, err
	}
	calendar, err := d.Record.Calendar(ctx, 0)
	if err != nil {
		return time.Time{}, err
	}
	at, _ := calendar.DueAt(k.now, k.yellow)
	return at, nil
}

// InboxCount is the actor's inbox in numbers.
func (d *Desk) InboxCount(ctx context.Context, who Actor) (InboxCount, error) {
	q, err := d.inboxQuery(ctx, who, TaskFilter{}, Page{})
	if err != nil {
		return InboxCount{}, err
	}
	yellow, err := d.yellow(ctx)
	if err != nil {
		return InboxCount{}, err
	}
	n, err := d.Record.CountInbox(ctx, who.Person, q.Seats, yellow)
	if err != nil {
		return InboxCount{}, err
	}
	n.Unread, err = d.Record.Unread(ctx, who.Person)
	return n, err
}

// Task is everything needed to answer one task. When somebody who sits there opens it for the first time, that is noted:
// from then on nothing that led to it can be recalled.
func (d *Desk) Task(ctx context.Context, who Actor, id string) (TaskPage, error) {
	if err := signedIn(who); err != nil {
		return TaskPage{}, err
	}
	caseID, err := d.Record.CaseOfTask(ctx, id)
	if err != nil {
		return TaskPage{}, err
	}
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return TaskPage{}, err
	}
	task := f.brief(id).Task
	if task == nil {
		return TaskPage{}, ErrNotFound()
	}
	if _, err := d.Policy.Decide(ctx, who, "read", f.brief(id).Subject()); err != nil {
		return TaskPage{}, err
	}
	if task.Open() && task.ReadAt == nil {
		if err := d.opened(ctx, who, task); err != nil {
			return TaskPage{}, err
		}
	}
	v, err := d.caseView(ctx, who, f)
	if err != nil {
		return TaskPage{}, err
	}
	if v.Possible, err = d.possible(ctx, who, f); err != nil {
		return TaskPage{}, err
	}
	page := TaskPage{Case: v, Possible: []Possible{}}
	for _, t := range v.Tasks {
		if t.ID == id {
			page.Task = t
		}
	}
	for _, p := range v.Possible {
		if p.Task == id {
			page.Possible = append(page.Possible, p)
		}
	}
	return page, nil
}

// opened notes that somebody of the seat has seen the task.
func (d *Desk) opened(ctx context.Context, who Actor, task *Task) error {
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return err
	}
	for _, s := range seats {
		holder := who.Person
		if s.Principal != "" {
			holder = s.Principal
		}
		if s.Seat.Role != task.Seat.Role || s.Seat.Unit != task.Seat.Unit || task.Seat.Person != "" && task.Seat.Person != holder {
			continue
		}
		at := d.Record.Now()
		task.ReadAt = &at
		return d.Record.MarkTaskRead(ctx, task.ID)
	}
	return nil
}

// Answered lists the tasks that the actor answered, the latest first. A case that they may no longer see is not in it,
// though they once had a part in it.
func (d *Desk) Answered(ctx context.Context, who Actor, p Page) (Part[AnsweredLine], error) {
	s, err := d.sight(ctx, who)
	if err != nil {
		return Part[AnsweredLine]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[AnsweredLine]{}, err
	}
	list, err := d.Record.Answered(ctx, s, who.Person, w)
	if err != nil {
		return Part[AnsweredLine]{}, err
	}
	found := part(list, w, func(r TaskRow) Cursor { return Cursor{At: ended(r.Task), ID: r.Task.ID} })
	words, clocks, err := d.taskWords(ctx, found.Items)
	if err != nil {
		return Part[AnsweredLine]{}, err
	}
	return reshape(found, func(r TaskRow) AnsweredLine {
		return AnsweredLine{TaskView: taskView(r.Case, r.Task, "", words, clocks), Number: r.Case.Number, Title: r.Case.Title,
			State: r.Case.State, StateWords: stateWords(r.Case.Procedure, r.Case.State)}
	}), nil
}

func ended(t Task) time.Time {
	if t.EndedAt == nil {
		return time.Time{}
	}
	return *t.EndedAt
}
