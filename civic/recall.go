package civic

import "slices"

// Recall is a decision that its author may take back while nobody has opened what it led to, and the move it undoes.
type Recall struct {
	Step, Outcome string
	From, To      State
}

// recall takes a decision back while nobody has opened what it led to (撤回). The clock goes on as if it had never been made.
func (t *turn) recall() error {
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.ID == t.act.Task })
	if i < 0 {
		return ErrNotFound()
	}
	done := t.Tasks[i]
	move, known := t.def.recall(done, t.Case.State)
	switch {
	case done.State != TaskDone || done.Person != t.act.Actor:
		return Refuse(Conflict, "not_yours", "只能撤回本人作出的决定。", "Only whoever decided can recall it.")
	case !known || done.part():
		return Refuse(Conflict, "not_recallable", "该决定已不能撤回。", "This decision can no longer be recalled.")
	}
	if !untouched(t.Tasks, done.EndedBy) {
		return Refuse(Conflict, "already_opened", "下一环节已有人查看或办理，不能撤回。", "The next step has been opened already; it cannot be recalled.")
	}
	t.to(move.From)
	if done.Step == "examine" {
		t.fx.Case.Deadline = nil
	}
	due := *done.DueAt
	for _, s := range t.stood(*done.EndedAt) {
		due, _ = t.Calendar.Resume(due, s.From, s.Until)
	}
	done.DueAt = &due
	t.ask(done.Step, done.Seat, t.left(&done))
	return nil
}

// untouched reports whether the case still waits for what an act opened, and nobody has looked at any of it: otherwise
// something else has happened since, which is not the actor's to undo.
func untouched(tasks []Task, act string) bool {
	waits := false
	for _, k := range tasks {
		if k.OpenedBy != act {
			continue
		}
		if k.ReadAt != nil || k.ClaimedBy != "" || !k.Open() {
			return false
		}
		waits = true
	}
	return waits
}
