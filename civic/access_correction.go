package civic

import (
	"slices"
	"time"
)

// returned sends the request back with one notice of all gaps; the clock stops until the correction comes.
func (t *turn) returned(task *Task) error {
	rounds, err := t.Rules.Int("admission.correction_rounds")
	if err != nil {
		return err
	}
	if t.corrections(*task) >= rounds {
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

// corrections counts those of the round, or those that this step asked for before, whichever is more: a new round
// must not be a way to return a request for ever.
func (t *turn) corrections(task Task) int {
	round, step := 0, 0
	for _, k := range t.Tasks {
		if k.Step != "correct" {
			continue
		}
		if k.Round == task.Round {
			round++
		}
		if i := slices.IndexFunc(t.Tasks, func(b Task) bool { return b.ID == k.Returns }); i >= 0 && t.Tasks[i].Step == task.Step {
			step++
		}
	}
	return max(round, step)
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
	if err := t.mayAnswer(task); err != nil {
		return err
	}
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	facts.Earliest = time.Time{} // the lead time was kept when it was first submitted
	found, err := t.stands(facts)
	if err != nil {
		return err
	}
	if err := t.rebook(found.Total); err != nil {
		return err
	}
	t.fx.Case.Title = t.Request.Name
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.ID == task.Returns })
	if i < 0 {
		return errNotNow("correct", t.Case.State)
	}
	back := t.Tasks[i]
	rule, ok := t.def.ReturnFrom(back.Step)
	if !ok {
		return errNotNow("correct", t.Case.State)
	}
	t.end(task, TaskDone, "corrected", "")
	t.standStill(task.OpenedAt)
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

// lapse ends a request whose correction did not come in time: it counts as withdrawn.
func (t *turn) lapse() error {
	if err := t.dueNow(Returned); err != nil {
		return err
	}
	t.figure("admission.correction_wd", "逾期未补正，视为撤回", "no correction in time; it counts as withdrawn", nil)
	return t.close(Lapsed)
}
