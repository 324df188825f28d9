package civic

import "slices"

// transfer moves a task of the joint review or the consultation to another unit, and the responsibility with it (转办).
// The clock goes on.
func (t *turn) transfer() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	step, _ := t.def.Step(task.Step)
	switch {
	case !step.Movable:
		return Refuse(Conflict, "not_transferable", "该环节不得转办。", "This step cannot be transferred.").With("step", task.Step)
	case task.Seat.Role == Finance:
		return Refuse(Conflict, "not_transferable", "财政签署不得转办。", "Finance's signature cannot be transferred.")
	case task.part():
		return Refuse(Conflict, "personal", "委派的部分不得转办。", "What was delegated to one person cannot be passed on.")
	case t.silent():
		return Refuse(Invalid, "reason_needed", "转办必须说明理由。", "A transfer needs a reason.").At("opinion")
	}
	if err := t.heldByOther(task); err != nil {
		return err
	}
	seat := Seat{Role: task.Seat.Role, Unit: t.act.Details.Unit}
	if err := t.askable(task.Step, seat); err != nil {
		return err
	}
	added, left := task.Added, t.left(task)
	t.end(task, TaskVoid, "", "transferred")
	t.ask(step.Name, seat, left).Added = added
	return nil
}

// askable refuses a further seat of a step that several units answer: the unit must exist, have somebody there, not be
// the applicant's, and not be asked already.
func (t *turn) askable(step string, seat Seat) error {
	unit, ok := t.world.Unit(seat.Unit)
	switch {
	case !ok || !unit.Stands(t.Now):
		return Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("details.unit")
	case t.world.Responsible(unit.Key) == t.world.Responsible(t.Case.Unit):
		return Refuse(Forbidden, "applicant_has_no_vote", "申请单位不得参与表决。", "The applicant's unit has no vote.").At("details.unit")
	case slices.ContainsFunc(t.Tasks, func(k Task) bool {
		return k.Step == step && k.Round == t.Case.Round && k.Seat.Unit == unit.Key && k.State != TaskVoid
	}):
		return Refuse(Conflict, "already_asked", "该单位已在名单中。", "This unit is already asked.").At("details.unit")
	}
	holders, err := t.world.Holders(seat.Role, seat.Unit)
	if err != nil {
		return err
	}
	if len(holders) == 0 {
		return Refuse(Conflict, "nobody_there", "该单位没有相应岗位的人员。", "Nobody of that unit could answer.").At("details.unit").With("role", string(seat.Role))
	}
	return nil
}

// delegate gives a task to a colleague for an opinion that comes back (委派).
func (t *turn) delegate() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	switch {
	case task.Step == "correct":
		return Refuse(Conflict, "not_delegable", "补正不得委派，同岗位人员均可办理。", "A correction is not delegated; any colleague of the seat can hand it in.")
	case task.Seat.Person != "":
		return Refuse(Conflict, "personal", "表决权和受委派的意见不得再委派。", "A vote, or an opinion asked of one person, cannot be given away.")
	}
	if err := t.mayAnswer(task); err != nil {
		return err
	}
	if err := t.colleague(task, t.act.Details.Person); err != nil {
		return err
	}
	task.ClaimedBy = t.holder()
	id, left := task.ID, t.left(task)
	t.ask(task.Step, Seat{task.Seat.Role, task.Seat.Unit, t.act.Details.Person}, left).Returns = id
	return nil
}

// colleague refuses to ask somebody who is not of the seat, or who could never answer.
func (t *turn) colleague(task *Task, person string) error {
	if person == "" || person == t.act.Actor || person == t.act.Principal {
		return Refuse(Invalid, "no_such_person", "请选择一位同事。", "Choose a colleague.").At("details.person")
	}
	holders, err := t.world.Holders(task.Seat.Role, task.Seat.Unit)
	if err != nil {
		return err
	}
	if !slices.Contains(holders, person) {
		return Refuse(Invalid, "no_such_person", "只能委派给本岗位的同事。", "Only a colleague of the same seat can be asked.").At("details.person")
	}
	return Separated(t.Case, t.Tasks, *task, person)
}

// addSigner asks a further unit in the joint review (加签).
func (t *turn) addSigner() error {
	step, ok := t.def.signable(t.Case.State)
	if !ok {
		return errNotNow("add_signer", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "加签必须说明理由。", "Adding a signer needs a reason.").At("opinion")
	}
	seat := Seat{Role: Reviewer, Unit: t.act.Details.Unit}
	if err := t.askable(step.Name, seat); err != nil {
		return err
	}
	task, err := t.open(step.Name, seat)
	if err != nil {
		return err
	}
	task.Added = true
	return nil
}

// removeSigner takes an added signer away who has not answered (减签).
func (t *turn) removeSigner() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if !task.Added {
		return Refuse(Conflict, "not_added", "只能减去加签的单位。", "Only an added signer can be removed.")
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "减签必须说明理由。", "Removing a signer needs a reason.").At("opinion")
	}
	t.end(task, TaskVoid, "", "removed")
	ended := *task
	return t.reg.outcomes[task.Step](t, &ended) // it may have been the last one awaited
}

// signable is the step of a state to which further units can be added.
func (d Definition) signable(state State) (Step, bool) {
	for _, s := range d.Steps {
		if s.Signable && s.State == state {
			return s, true
		}
	}
	return Step{}, false
}
