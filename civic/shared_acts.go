package civic

import (
	"cmp"
	"slices"
)

// sharedActs are the acts that every task of every procedure knows.
var sharedActs map[ActKind]func(*turn) error

func init() {
	sharedActs = map[ActKind]func(*turn) error{
		ActClaim: (*turn).claim, ActRelease: (*turn).release, ActTransfer: (*turn).transfer, ActDelegate: (*turn).delegate,
		ActAddSigner: (*turn).addSigner, ActRemoveSigner: (*turn).removeSigner, ActRecall: (*turn).recall, ActUrge: (*turn).urge,
		ActDecide: (*turn).decide, ActWithdraw: (*turn).withdraw, ActArchive: (*turn).archive,
		ActCopy: (*turn).copy, ActPause: (*turn).pause, ActResume: (*turn).resumeCase, ActRemind: (*turn).remind, ActRecalculate: (*turn).recalculate,
	}
}

// mayAnswer refuses whoever may not answer this task although they sit there: it is held by a colleague, waits for a
// delegated part, or its answerer took part where duties must be separate.
func (t *turn) mayAnswer(task *Task) error {
	if err := t.heldByOther(task); err != nil {
		return err
	}
	if slices.ContainsFunc(t.Tasks, func(k Task) bool { return k.Open() && k.partOf(task.ID) }) {
		return Refuse(Conflict, "delegated", "该任务已委派他人，办结或释放后再处理。", "Part of this task was given to somebody else; it must come back first, or be released.")
	}
	return Separated(t.Case, t.Tasks, *task, t.act.Actor, t.act.Principal)
}

// heldByOther refuses a task that a colleague has claimed. A claim lasts as long as its holder sits there: a task must
// not wait for somebody who has left.
func (t *turn) heldByOther(task *Task) error {
	if task.ClaimedBy == "" || task.ClaimedBy == t.act.Actor || task.ClaimedBy == t.act.Principal {
		return nil
	}
	holders, err := t.world.Holders(task.Seat.Role, task.Seat.Unit)
	if err != nil {
		return err
	}
	if !slices.Contains(holders, task.ClaimedBy) {
		return nil
	}
	return Refuse(Conflict, "claimed", "该任务已由同事认领。", "A colleague has claimed this task.").With("claimed_by", task.ClaimedBy)
}

// holder is for whom the actor holds a task: a deputy's claim is the principal's, who may come back.
func (t *turn) holder() string { return cmp.Or(t.act.Principal, t.act.Actor) }

// claim takes a task for oneself (认领). Whoever may not answer it may not keep others from it either.
func (t *turn) claim() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if err := t.heldByOther(task); err != nil {
		return err
	}
	if err := Separated(t.Case, t.Tasks, *task, t.act.Actor, t.act.Principal); err != nil {
		return err
	}
	task.ClaimedBy = t.holder()
	return nil
}

// release gives a claimed task back to everyone of the seat, and takes back what was given away of it.
func (t *turn) release() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if task.ClaimedBy == "" || task.ClaimedBy != t.holder() {
		return Refuse(Conflict, "not_yours", "只有认领人可以释放。", "Only whoever claimed it can release it.")
	}
	task.ClaimedBy = ""
	t.voidParts(task.ID)
	return nil
}

// urge reminds whoever holds a task, a limited number of times (催办).
func (t *turn) urge() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	limit, err := t.Rules.Int("admission.urge_max_per_task")
	if err != nil {
		return err
	}
	if task.Urged >= limit {
		return Refuse(Conflict, "urged_enough", "催办次数已达上限。", "It has been urged as often as the rules allow.").By("admission.urge_max_per_task").With("max", limit)
	}
	task.Urged++
	t.notify("urged", task.Seat, task.ID)
	return nil
}

// copy lets somebody read along (抄送).
func (t *turn) copy() error {
	if t.Case.State == Draft {
		return errNotNow("copy", t.Case.State)
	}
	if t.act.Details.Person == "" {
		return Refuse(Invalid, "no_such_person", "请选择抄送对象。", "Choose whom to copy in.").At("details.person")
	}
	t.fx.Readers = []string{t.act.Details.Person}
	t.notify("copied", Seat{Person: t.act.Details.Person}, "")
	return nil
}

// left are the working days that a task still has: what follows it goes on with them.
func (t *turn) left(task *Task) int {
	return max(t.Calendar.Between(dateOf(t.Now), lastDay(*task.DueAt)), 0)
}
