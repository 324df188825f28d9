package civic

import "slices"

// OfficeUnit, GroupUnit and FinanceUnit name the parameters that say which bodies hold these parts: roles, not bureaus.
const (
	OfficeUnit  = "bodies.office"
	GroupUnit   = "bodies.leading_group"
	FinanceUnit = "bodies.finance"
	LegalUnit   = "bodies.legal"
)

// accessActs are the acts that belong to admission alone.
var accessActs map[ActKind]func(*turn) error

// accessOverdue are what becomes due when a task of a step is overdue: never an answer, only somebody else to ask.
var accessOverdue map[string]func(*turn) error

// accessOutcomes are what the answers to its tasks do.
var accessOutcomes map[string]func(*turn, *Task) error

func init() { // the tables and the functions refer to each other
	accessActs = map[ActKind]func(*turn) error{
		ActSubmit: (*turn).submit, ActDecide: (*turn).decide, ActCorrect: (*turn).correct, ActWithdraw: (*turn).withdraw,
		ActAppeal: (*turn).appeal, ActObject: (*turn).object, ActLapse: (*turn).lapse, ActCloseConsult: (*turn).closeConsult,
		ActCloseNotice: (*turn).closeNotice, ActReopen: (*turn).reopen, ActExpire: (*turn).expire, ActArchive: (*turn).archive,
		ActSuspend: (*turn).suspend, ActReinstate: (*turn).reinstate, ActProposeExit: (*turn).proposeExit,
	}
	accessOverdue = map[string]func(*turn) error{"vote": (*turn).votesOverdue}
	accessOutcomes = map[string]func(*turn, *Task) error{
		"register": (*turn).registered, "appeal": (*turn).appealed, "examine": (*turn).examined, "prereview": (*turn).prereviewed,
		"consult": (*turn).consulted, "joint": (*turn).signed, "vote": (*turn).voted, "decide": (*turn).ruled, "fulfil": (*turn).fulfilled,
		"objection": (*turn).objected, "issue": (*turn).issued,
		"exit_opinion": (*turn).exitOpinion, "exit_views": (*turn).exitViews, "exit_decide": (*turn).exitDecided,
	}
}

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

// submit files the draft (A1): the form must stand every check, and its money is reserved with it.
func (t *turn) submit() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该申请已提交。", "This request has already been submitted.").With("number", t.Case.Number)
	}
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	found, err := t.stands(facts)
	if err != nil {
		return err
	}
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = t.Request.Name, t.Now, t.Calendar.Version() // the case is born
	t.fx.NewNumber = true
	t.to(Submitted)
	if t.Request.Funding.Kind == FromLine {
		t.move(Reserve, t.Request.Funding.Line, "", found.Total)
		t.figure("fees_follow_tasks", "预留经费", "money reserved", map[string]any{
			"line": t.Request.Funding.Line, "amount_fen": int64(found.Total), "free_before_fen": *found.FreeFen, "free_after_fen": *found.LeftFen})
	}
	return t.openAt("register", OfficeClerk, OfficeUnit)
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
	return accessOutcomes[task.Step](t, &ended)
}

// registered (A2): the name is compared again, for the lists may have changed since submission.
func (t *turn) registered(*Task) error {
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	for _, h := range facts.Blocked {
		if h.Score == 100 && h.Entry.List == Negative {
			t.figure("negative_list", "与负面清单相符："+h.Entry.Name, "on the negative list: "+h.Entry.Name, map[string]any{"entry": h.Entry.ID})
			t.to(Blocked)
			return nil
		}
	}
	t.to(Accepted)
	return t.openAt("examine", OfficeClerk, OfficeUnit)
}

// appeal asks the office's director to look at a hit on the negative list again.
func (t *turn) appeal() error {
	if t.Case.State != Blocked || t.waiting("appeal") {
		return errNotNow("appeal", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "申诉必须说明理由。", "An appeal needs a reason.").At("opinion")
	}
	return t.openAt("appeal", OfficeHead, OfficeUnit)
}

func errNotNow(act string, s State) *Error {
	return Refuse(Conflict, "not_now", "事项当前所处环节不允许该操作。", "The case is at a stage where this cannot be done.").
		With("act", act).With("state", string(s))
}

func (t *turn) appealed(*Task) error {
	if t.act.Outcome == "dismiss" {
		return t.close(NotAccepted)
	}
	t.to(Accepted)
	return t.openAt("examine", OfficeClerk, OfficeUnit)
}

// examined (A3): acceptance starts the term of the whole decision.
func (t *turn) examined(task *Task) error {
	switch t.act.Outcome {
	case "return":
		return t.returned(task)
	case "not_accept":
		return t.close(NotAccepted)
	}
	deadline, err := t.after("admission.decision_wd")
	if err != nil {
		return err
	}
	t.fx.Case.Deadline = deadline
	t.to(PreReview)
	return t.openAt("prereview", OfficeHead, OfficeUnit)
}

// prereviewed (A4) asks the communities and streets concerned.
func (t *turn) prereviewed(task *Task) error {
	if t.act.Outcome == "return" {
		return t.returned(task)
	}
	t.to(Consult)
	return t.consult()
}

// withdraw takes the request back, at any time before it is decided.
func (t *turn) withdraw() error {
	if t.Case.State == Withdrawn || !t.def.Allows(t.Case.State, Withdrawn) {
		return errNotNow("withdraw", t.Case.State)
	}
	t.endPause()
	return t.close(Withdrawn)
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
