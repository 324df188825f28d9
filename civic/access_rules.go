package civic

import (
	"slices"
	"time"
)

// OfficeUnit, GroupUnit and FinanceUnit name the parameters that say which bodies hold these parts: roles, not bureaus.
const (
	OfficeUnit  = "bodies.office"
	GroupUnit   = "bodies.leading_group"
	FinanceUnit = "bodies.finance"
	LegalUnit   = "bodies.legal"
)

// accessActs are the acts that belong to admission alone.
var accessActs map[ActKind]func(*turn) error

// accessOutcomes are what the answers to its tasks do.
var accessOutcomes map[string]func(*turn, *Task) error

func init() { // the tables and the functions refer to each other
	accessActs = map[ActKind]func(*turn) error{
		ActSubmit: (*turn).submit, ActDecide: (*turn).decide, ActCorrect: (*turn).correct, ActWithdraw: (*turn).withdraw,
		ActAppeal: (*turn).appeal, ActObject: (*turn).object, ActLapse: (*turn).lapse, ActCloseConsult: (*turn).closeConsult,
		ActCloseNotice: (*turn).closeNotice, ActReopen: (*turn).reopen, ActExpire: (*turn).expire, ActArchive: (*turn).archive,
		ActSuspend: (*turn).suspend, ActReinstate: (*turn).reinstate, ActProposeExit: (*turn).proposeExit,
	}
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
	found := t.Request.Examine(facts)
	if len(found.Refusals) > 0 {
		first := *found.Refusals[0]
		first.Also = found.Refusals[1:]
		return &first
	}
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
	case choice.Reason && t.act.Opinion == "":
		return Refuse(Invalid, "reason_needed", "“"+choice.Zh+"”必须说明理由。", "“"+choice.En+"” needs a reason.").At("opinion")
	}
	for _, need := range choice.Needs {
		if err := t.act.Details.needs(need); err != nil {
			return err
		}
	}
	t.end(task, TaskDone, t.act.Outcome, "")
	if task.Returns != "" { // a delegated part: its opinion goes back to whoever gave it away, nothing else moves
		return nil
	}
	ended := *task // rules may open tasks, which moves the slice
	return accessOutcomes[task.Step](t, &ended)
}

// needs refuses details without what an outcome cannot do without.
func (d Details) needs(field string) error {
	given := map[string]bool{
		"gaps": len(d.Gaps) > 0, "term_end": d.TermEnd != "", "communities": len(d.Communities) > 0, "condition": d.Condition != "",
		"merge_into": d.MergeInto != "", "transfer_to": d.TransferTo != "", "until": d.Until != "",
		"budget_line": true, // zero-cost conditions need none; fulfilled looks at the rest
	}[field]
	if given {
		return nil
	}
	return Refuse(Invalid, "missing", "该处理结果缺少必填内容。", "This outcome needs more: "+field+".").At("details." + field)
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
	if t.act.Opinion == "" {
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

// returned sends the request back with one notice of all gaps; the clock stops until the correction comes.
func (t *turn) returned(task *Task) error {
	rounds, err := t.Rules.Int("admission.correction_rounds")
	if err != nil {
		return err
	}
	done := 0
	for _, k := range t.Dossier.Tasks {
		if k.Step == "correct" && k.Round == task.Round {
			done++
		}
	}
	if done >= rounds {
		return Refuse(Conflict, "returned_enough", "退回补正次数已达上限，应作出决定。", "It was returned as often as the rules allow; it must be decided.").
			By("admission.correction_rounds").With("max", rounds)
	}
	t.to(Returned)
	correction, err := t.open("correct", Seat{Role: DeptClerk, Unit: t.world.Responsible(t.Case.Unit)})
	if err != nil {
		return err
	}
	t.fx.Case.ActsAt = correction.DueAt
	correction.Returns = task.ID // the step that is taken up again
	return nil
}

// correct hands in the corrected request: the step that returned it is taken up again as the table of returns says.
func (t *turn) correct() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if task.Step != "correct" {
		return errNotNow("correct", t.Case.State)
	}
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	facts.Earliest = time.Time{} // the lead time was kept when it was first submitted
	found := t.Request.Examine(facts)
	if len(found.Refusals) > 0 {
		first := *found.Refusals[0]
		first.Also = found.Refusals[1:]
		return &first
	}
	t.rebook(found.Total)
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.ID == task.Returns })
	if i < 0 {
		return errNotNow("correct", t.Case.State)
	}
	back := t.Tasks[i]
	rule, ok := ReturnFrom(back.Step)
	if !ok {
		return errNotNow("correct", t.Case.State)
	}
	t.end(task, TaskDone, "corrected", "")
	stood := t.Calendar.Between(dateOf(task.OpenedAt), dateOf(t.Now))
	if t.Case.Deadline != nil {
		later := t.Calendar.Shift(*t.Case.Deadline, stood)
		t.fx.Case.Deadline = &later
	}
	if rule.Signatures == Void {
		t.fx.Case.Round++
	}
	t.to(rule.State)
	return t.resume(rule, back)
}

// resume opens the step again: its clock goes on with the days that were left, or begins anew.
func (t *turn) resume(rule ReturnRule, back Task) error {
	step, _ := t.def.Step(rule.Resumes)
	seat := back.Seat
	if rule.Resumes != back.Step {
		s, err := t.seatAt(step.Roles[0], OfficeUnit)
		if err != nil {
			return err
		}
		seat = s
	}
	seat.Person = ""
	if rule.Clock == Restarts {
		_, err := t.open(rule.Resumes, seat)
		return err
	}
	left := back.Term
	if back.EndedAt != nil && back.DueAt != nil {
		left = max(t.Calendar.Between(dateOf(*back.EndedAt), lastDay(*back.DueAt)), 0)
	}
	t.ask(rule.Resumes, seat, left)
	return nil
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
	if !t.def.Allows(t.Case.State, Withdrawn) {
		return errNotNow("withdraw", t.Case.State)
	}
	t.fx.Case.PausedAt = nil
	return t.close(Withdrawn)
}

// lapse ends a request whose correction did not come in time: it counts as withdrawn.
func (t *turn) lapse() error {
	if err := t.dueNow(Returned); err != nil {
		return err
	}
	t.figure("admission.correction_wd", "逾期未补正，视为撤回", "no correction in time; it counts as withdrawn", nil)
	return t.close(Lapsed)
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
