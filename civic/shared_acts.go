package civic

import (
	"slices"
	"time"

	"lizheng/civic/workday"
)

// sharedActs are the acts that every task of every procedure knows.
var sharedActs map[ActKind]func(*turn) error

func init() {
	sharedActs = map[ActKind]func(*turn) error{
		ActClaim: (*turn).claim, ActRelease: (*turn).release, ActTransfer: (*turn).transfer, ActDelegate: (*turn).delegate,
		ActAddSigner: (*turn).addSigner, ActRemoveSigner: (*turn).removeSigner, ActRecall: (*turn).recall, ActUrge: (*turn).urge,
		ActCopy: (*turn).copy, ActPause: (*turn).pause, ActResume: (*turn).resumeCase, ActRemind: (*turn).remind, ActRecalculate: (*turn).recalculate,
	}
}

// mayAnswer refuses whoever may not answer this task although they sit there: it is held by a colleague, waits for a
// delegated part, or its answerer took part where duties must be separate.
func (t *turn) mayAnswer(task *Task) error {
	if task.ClaimedBy != "" && task.ClaimedBy != t.act.Actor && task.ClaimedBy != t.act.Principal {
		return Refuse(Conflict, "claimed", "该任务已由同事认领。", "A colleague has claimed this task.").With("claimed_by", task.ClaimedBy)
	}
	for _, k := range t.Tasks {
		if k.Open() && k.Returns == task.ID && k.Step == task.Step {
			return Refuse(Conflict, "delegated", "该任务已委派他人，办结后再处理。", "Part of this task was given to somebody else; it must come back first.")
		}
	}
	return Separated(t.Case, t.Dossier.Tasks, *task, t.act.Actor, t.act.Principal)
}

// claim takes a task for oneself (认领).
func (t *turn) claim() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if task.ClaimedBy != "" && task.ClaimedBy != t.act.Actor {
		return Refuse(Conflict, "claimed", "该任务已由同事认领。", "A colleague has claimed this task.").With("claimed_by", task.ClaimedBy)
	}
	task.ClaimedBy = t.act.Actor
	return nil
}

// release gives a claimed task back to everyone of the seat.
func (t *turn) release() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if task.ClaimedBy != t.act.Actor {
		return Refuse(Conflict, "not_yours", "只有认领人可以释放。", "Only whoever claimed it can release it.")
	}
	task.ClaimedBy = ""
	return nil
}

// transfer moves a joint-review task to another unit, and the responsibility with it (转办). The clock goes on.
func (t *turn) transfer() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	unit, ok := t.world.Unit(t.act.Details.Unit)
	switch {
	case task.Step != "joint" && task.Step != "consult":
		return Refuse(Conflict, "not_transferable", "该环节不得转办。", "This step cannot be transferred.").With("step", task.Step)
	case task.Seat.Role == Finance:
		return Refuse(Conflict, "not_transferable", "财政签署不得转办。", "Finance's signature cannot be transferred.")
	case t.act.Opinion == "":
		return Refuse(Invalid, "reason_needed", "转办必须说明理由。", "A transfer needs a reason.").At("opinion")
	case !ok || !unit.Stands(t.Now) || unit.Key == task.Seat.Unit:
		return Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("details.unit")
	case unit.Key == t.world.Responsible(t.Case.Unit):
		return Refuse(Forbidden, "applicant_has_no_vote", "申请单位不得参与表决。", "The applicant's unit has no vote.").At("details.unit")
	}
	left := max(t.Calendar.Between(dateOf(t.Now), lastDay(*task.DueAt)), 0)
	step, seat := task.Step, Seat{Role: task.Seat.Role, Unit: unit.Key}
	added := task.Added
	t.end(task, TaskVoid, "", "transferred")
	t.ask(step, seat, left).Added = added
	return nil
}

// delegate gives a task to a colleague for an opinion that comes back (委派).
func (t *turn) delegate() error {
	task, err := t.task()
	if err != nil {
		return err
	}
	if err := t.mayAnswer(task); err != nil {
		return err
	}
	person := t.act.Details.Person
	if person == "" || person == t.act.Actor || person == t.Case.Applicant {
		return Refuse(Invalid, "no_such_person", "请选择一位同事。", "Choose a colleague.").At("details.person")
	}
	holders, err := t.world.Holders(task.Seat.Role, task.Seat.Unit)
	if err != nil {
		return err
	}
	if !slices.Contains(holders, person) {
		return Refuse(Invalid, "no_such_person", "只能委派给本岗位的同事。", "Only a colleague of the same seat can be asked.").At("details.person")
	}
	if task.Seat.Person != "" {
		return Refuse(Conflict, "personal", "表决权不得委派。", "A vote cannot be given away.")
	}
	task.ClaimedBy = t.act.Actor
	id, left := task.ID, max(t.Calendar.Between(dateOf(t.Now), lastDay(*task.DueAt)), 0)
	part := t.ask(task.Step, Seat{task.Seat.Role, task.Seat.Unit, person}, left)
	part.Returns = id
	return nil
}

// addSigner asks a further unit in the joint review (加签).
func (t *turn) addSigner() error {
	unit, ok := t.world.Unit(t.act.Details.Unit)
	switch {
	case t.Case.State != JointReview:
		return errNotNow("add_signer", t.Case.State)
	case !ok || !unit.Stands(t.Now):
		return Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("details.unit")
	case unit.Key == t.world.Responsible(t.Case.Unit):
		return Refuse(Forbidden, "applicant_has_no_vote", "申请单位不得参与表决。", "The applicant's unit has no vote.").At("details.unit")
	case t.act.Opinion == "":
		return Refuse(Invalid, "reason_needed", "加签必须说明理由。", "Adding a signer needs a reason.").At("opinion")
	}
	for _, k := range t.Tasks {
		if k.Step == "joint" && k.Round == t.Case.Round && k.Seat.Unit == unit.Key && k.State != TaskVoid {
			return Refuse(Conflict, "already_asked", "该单位已在会审名单中。", "This unit is already asked.")
		}
	}
	task, err := t.open("joint", Seat{Role: Reviewer, Unit: unit.Key})
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
	if t.act.Opinion == "" {
		return Refuse(Invalid, "reason_needed", "减签必须说明理由。", "Removing a signer needs a reason.").At("opinion")
	}
	t.end(task, TaskVoid, "", "removed")
	if t.Case.State == JointReview && !t.waiting("joint") {
		return t.deliberate()
	}
	return nil
}

// recall takes a decision back while nobody has opened what it led to (撤回).
func (t *turn) recall() error {
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.ID == t.act.Task })
	if i < 0 {
		return ErrNotFound()
	}
	done := t.Tasks[i]
	j := slices.IndexFunc(recallable, func(r recallableMove) bool {
		return r.step == done.Step && r.outcome == done.Outcome && r.to == t.Case.State
	})
	switch {
	case done.State != TaskDone || done.Person != t.act.Actor:
		return Refuse(Conflict, "not_yours", "只能撤回本人作出的决定。", "Only whoever decided can recall it.")
	case j < 0:
		return Refuse(Conflict, "not_recallable", "该决定已不能撤回。", "This decision can no longer be recalled.")
	}
	for _, k := range t.Tasks {
		if k.OpenedBy == done.EndedBy && (k.ReadAt != nil || k.ClaimedBy != "" || !k.Open()) {
			return Refuse(Conflict, "already_opened", "下一环节已有人查看或办理，不能撤回。", "The next step has been opened already; it cannot be recalled.")
		}
	}
	t.to(recallable[j].from)
	if done.Step == "examine" {
		t.fx.Case.Deadline = nil
	}
	left := max(t.Calendar.Between(dateOf(t.Now), lastDay(*done.DueAt)), 0)
	t.ask(done.Step, done.Seat, left)
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
	if t.act.Details.Person == "" {
		return Refuse(Invalid, "no_such_person", "请选择抄送对象。", "Choose whom to copy in.").At("details.person")
	}
	t.fx.Readers = []string{t.act.Details.Person}
	t.notify("copied", Seat{Person: t.act.Details.Person}, "")
	return nil
}

// pause stops the whole case and its clocks (中止), for instance while a document from above is awaited.
func (t *turn) pause() error {
	switch {
	case t.Case.State == Draft || t.Case.State.Over() || t.Case.State == InForce || t.Case.State == Suspended:
		return errNotNow("pause", t.Case.State)
	case t.act.Opinion == "":
		return Refuse(Invalid, "reason_needed", "中止必须说明理由。", "A pause needs a reason.").At("opinion")
	}
	now := t.Now
	t.fx.Case.PausedAt = &now
	t.fx.Pause = &Pause{From: now, Why: t.act.Opinion}
	for i := range t.Tasks {
		if t.Tasks[i].Open() {
			t.Tasks[i].RemindAt = nil
		}
	}
	return nil
}

// resumeCase lets the clocks go on: exactly the working days of the pause are added to every open term.
func (t *turn) resumeCase() error {
	from := t.Case.PausedAt
	if from == nil {
		return Refuse(Conflict, "not_paused", "该事项未中止。", "The case is not paused.")
	}
	t.fx.Case.PausedAt = nil
	now := t.Now
	t.fx.Pause = &Pause{From: *from, Until: &now}
	added := 0
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if !k.Open() || k.DueAt == nil {
			continue
		}
		var due time.Time
		due, added = t.Calendar.Resume(*k.DueAt, *from, now)
		k.DueAt, k.Term = &due, k.Term+added
		k.RemindAt = nextReminder(t.Calendar, due, now)
	}
	c := &t.fx.Case
	if c.ActsAt != nil && c.State != Deferred {
		at, n := t.Calendar.Resume(*c.ActsAt, *from, now)
		c.ActsAt, added = &at, n
	}
	if c.Deadline != nil {
		at, n := t.Calendar.Resume(*c.Deadline, *from, now)
		c.Deadline, added = &at, n
	}
	t.figure("clock.pause", "中止期间的工作日已补回", "the working days of the pause were added back", map[string]any{"working_days": added})
	return nil
}

// remind sends the reminders that are due (T−3, T−1, T+1); after the last one it is escalated, never taken for consent.
func (t *turn) remind() error {
	sent := false
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if !k.Open() || k.RemindAt == nil || t.Now.Before(*k.RemindAt) {
			continue
		}
		sent = true
		k.Reminded++
		kind := "reminder"
		if k.DueAt != nil && !t.Now.Before(*k.DueAt) && !k.Escalated {
			k.Escalated, kind = true, "escalated"
			t.notify(kind, Seat{Role: DeptLeader, Unit: k.Seat.Unit}, k.ID)
			if office, err := t.seatAt(OfficeHead, OfficeUnit); err == nil {
				t.notify(kind, office, k.ID)
			}
		}
		t.notify(kind, k.Seat, k.ID)
		k.RemindAt = nextReminder(t.Calendar, *k.DueAt, t.Now)
	}
	if !sent {
		return Refuse(Conflict, "not_due", "没有到期的提醒。", "No reminder is due.")
	}
	return nil
}

// nextReminder is the first reminder after now, nil when all have passed.
func nextReminder(c *workday.Calendar, due, now time.Time) *time.Time {
	for _, r := range c.Reminders(due) {
		if r.At.After(now) {
			return &r.At
		}
	}
	return nil
}

// recalculate moves open terms to a new calendar version: lengthened by themselves, never silently shortened.
func (t *turn) recalculate() error {
	if t.Case.Calendar >= t.Calendar.Version() {
		return Refuse(Conflict, "not_due", "期限已按该日历计算。", "The terms already follow this calendar.")
	}
	t.fx.Case.Calendar = t.Calendar.Version()
	moved := 0
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if !k.Open() || k.DueAt == nil {
			continue
		}
		due, _ := t.Calendar.DueAt(k.OpenedAt, k.Term)
		if due.After(*k.DueAt) {
			if sameInstant(t.Case.ActsAt, k.DueAt) {
				t.fx.Case.ActsAt = &due
			}
			k.DueAt, k.RemindAt = &due, nextReminder(t.Calendar, due, t.Now)
			moved++
		}
	}
	t.figure("calendar", "按新日历重算期限，只延长不缩短", "terms recomputed with the new calendar; lengthened only",
		map[string]any{"calendar": t.Calendar.Version(), "moved": moved})
	return nil
}
