package civic

import (
	"slices"
	"strings"
)

// seatAt is a role in the body that a parameter names.
func (t *turn) seatAt(role Role, parameter string) (Seat, error) {
	list, err := t.Rules.List(parameter)
	if err != nil {
		return Seat{}, err
	}
	return Seat{Role: role, Unit: t.world.Responsible(list[0])}, nil
}

// openAt opens a step for a role in the body that a parameter names.
func (t *turn) openAt(step string, role Role, parameter string) error {
	seat, err := t.seatAt(role, parameter)
	if err != nil {
		return err
	}
	_, err = t.open(step, seat)
	return err
}

// decide answers a task with one of its outcomes.
func (t *turn) decide() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if err := t.mayAnswer(task); err != nil {
		return err
	}
	step, _ := t.def.Step(task.Step)
	choice, ok := step.Choice(t.act.Outcome)
	switch {
	case !slices.Contains(step.States(), t.Case.State): // the record keeps no such task open
		return errNotNow("decide", t.Case.State)
	case task.Step == "correct":
		return Refuse(Invalid, "use_correction", "请修改申请后提交补正。", "Hand in the corrected request instead.").At("outcome")
	case !ok:
		return Refuse(Invalid, "no_such_outcome", "没有这样的处理结果。", "There is no such outcome.").At("outcome").With("step", task.Step)
	case choice.Reason && t.silent():
		return Refuse(Invalid, "reason_needed", "“"+choice.Zh+"”必须说明理由。", "“"+choice.En+"” needs a reason.").At("opinion")
	}
	if err := t.act.Details.fit(choice.Needs, choice.Takes); err != nil {
		return err
	}
	t.end(task, TaskDone, t.act.Outcome, "")
	if task.part() { // its opinion goes back to whoever gave it away, nothing else moves
		return nil
	}
	ended := *task // rules may open tasks, which moves the slice
	return t.reg.outcomes[task.Step](t, &ended)
}

func errNotNow(act string, s State) *Error {
	return Refuse(Conflict, "not_now", "事项当前所处环节不允许该操作。", "The case is at a stage where this cannot be done.").
		With("act", act).With("state", string(s))
}

// inWords says of an act that is not possible now in which state the case is, and in which it would be.
func (t *turn) inWords(err error) error {
	e := AsRefusal(err)
	if e == nil || e.Code != "not_now" {
		return err
	}
	now := t.def.Words(t.Case.State)
	e.Zh, e.En = "事项处于“"+now.Zh+"”，不能办理“"+t.actWords().Zh+"”", "The case is “"+now.En+"”, where this is not possible: "+t.actWords().En
	if own, ok := t.def.CaseAct(t.act.Kind); ok && len(own.States) <= 3 {
		var zh, en []string
		for _, s := range own.States {
			zh, en = append(zh, "“"+t.def.Words(s).Zh+"”"), append(en, "“"+t.def.Words(s).En+"”")
		}
		e.Zh, e.En = e.Zh+"；应在"+strings.Join(zh, "或")+"时办理", e.En+"; it is when the case is "+strings.Join(en, " or ")
	}
	e.Zh, e.En = e.Zh+"。", e.En+"."
	return e
}

// actWords are what the act is called: the procedure's own name for it, else everybody's.
func (t *turn) actWords() Words {
	if own, ok := t.def.CaseAct(t.act.Kind); ok {
		return own.Words
	}
	if w, ok := actWords[t.act.Kind]; ok {
		return w
	}
	return Words{string(t.act.Kind), string(t.act.Kind)}
}

// withdraw takes the request back, at any time before it is decided.
func (t *turn) withdraw() error {
	if !t.def.moves(t.Case.State, Withdrawn, string(ActWithdraw)) { // an answer that leads there has rules of its own
		return errNotNow("withdraw", t.Case.State)
	}
	if e := bound(t.Case.Procedure, t.Tasks); e != nil {
		return e
	}
	t.endPause()
	if t.reg.withdrawn != nil {
		if err := t.reg.withdrawn(t); err != nil {
			return err
		}
	}
	return t.close(Withdrawn)
}

// bound says why a case of the procedure cannot be taken back any more, by what was answered in it.
func bound(p Procedure, tasks []Task) *Error {
	if by := regulations[p].bound; by != nil {
		return by(tasks)
	}
	return nil
}

// dueNow refuses an automatic act whose state or instant is not there (any more): another act was first.
func (t *turn) dueNow(states ...State) error {
	if !slices.Contains(states, t.Case.State) || t.Case.ActsAt == nil || t.Now.Before(*t.Case.ActsAt) {
		return Refuse(Conflict, "not_due", "时限未到或事项已进入下一环节。", "It is not due, or the case has moved on.")
	}
	return nil
}

// close ends the case without admission: money held is released, the file is archived after a while.
func (t *turn) close(s State) error {
	t.releaseAll()
	t.to(s)
	at, err := t.after("admission.archive_wd")
	t.fx.Case.ActsAt = at
	return err
}

// archive makes the case read-only for good.
func (t *turn) archive() error {
	if !t.Case.State.Over() || t.Case.ActsAt == nil || t.Now.Before(*t.Case.ActsAt) {
		return Refuse(Conflict, "not_due", "时限未到或事项已进入下一环节。", "It is not due, or the case has moved on.")
	}
	t.fx.Case.State, t.fx.Case.ActsAt = Archived, nil
	return nil
}
