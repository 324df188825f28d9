package civic

import (
	"context"
	"slices"
	"strings"
)

// caseActs are what a person may do to a case as a whole, taskActs to one of its tasks.
var (
	caseActs = []ActKind{ActSubmit, ActWithdraw, ActAppeal, ActObject, ActAddSigner, ActPause, ActResume, ActSuspend, ActReinstate, ActProposeExit, ActCopy}
	taskActs = []ActKind{ActDecide, ActCorrect, ActClaim, ActRelease, ActTransfer, ActDelegate, ActRemoveSigner, ActUrge, ActRecall}
)

// possible are the acts open to the actor now. Nothing is stored about those that are not; the rules decide again when
// an act comes.
func (d *Desk) possible(ctx context.Context, who Actor, f CaseFile) ([]Possible, error) {
	limit, err := d.urgeLimit(ctx, f)
	if err != nil {
		return nil, err
	}
	out := []Possible{}
	for _, kind := range caseActs {
		permit, refusal, err := d.open(ctx, who, f, kind, nil, limit)
		switch {
		case err != nil:
			return nil, err
		case refusal == nil:
			out = append(out, f.wholeCase(kind, permit.Principal))
		}
	}
	for i := range f.Tasks {
		task := &f.Tasks[i]
		for _, kind := range taskActs {
			permit, refusal, err := d.open(ctx, who, f, kind, task, limit)
			switch {
			case err != nil:
				return nil, err
			case refusal == nil:
				out = append(out, f.oneTask(kind, *task, permit.Principal)...)
			}
		}
	}
	return out, nil
}

// open asks the state of the case first, which is cheap, then the policy, then the separation of duties.
func (d *Desk) open(ctx context.Context, who Actor, f CaseFile, kind ActKind, task *Task, urges int) (Permit, *Error, error) {
	if refusal := f.fits(kind, task, who.Person, urges); refusal != nil {
		return Permit{}, refusal, nil
	}
	id := ""
	if task != nil {
		id = task.ID
	}
	permit, err := d.Policy.Decide(ctx, who, string(kind), f.brief(id).Subject())
	if err != nil {
		refusal := AsRefusal(err)
		if refusal == nil {
			return permit, nil, err
		}
		return permit, refusal, nil
	}
	switch {
	case task == nil || !answers(kind):
		return permit, nil, nil
	case task.ClaimedBy != "" && task.ClaimedBy != who.Person && task.ClaimedBy != permit.Principal: // a deputy answers what the principal holds
		return permit, errClaimed(task), nil
	}
	return permit, AsRefusal(Separated(f.Case, f.Tasks, *task, who.Person, permit.Principal)), nil
}

func errClaimed(task *Task) *Error {
	return Refuse(Conflict, "claimed", "该任务已由同事认领。", "A colleague has claimed this task.").With("claimed_by", task.ClaimedBy)
}

// answers reports whether the act answers a task, or gives a part of the answer away.
func answers(kind ActKind) bool {
	return kind == ActDecide || kind == ActCorrect || kind == ActDelegate
}

// urgeLimit is how often a task of this case may be urged.
func (d *Desk) urgeLimit(ctx context.Context, f CaseFile) (int, error) {
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return 0, err
	}
	at := f.Case.RulesAt
	if f.Case.State == Draft {
		at = d.Record.Now()
	}
	return RulesAt(parameters, at).Int("admission.urge_max_per_task")
}

// fits refuses what the state of the case or task does not allow to anybody.
func (f CaseFile) fits(kind ActKind, task *Task, me string, urges int) *Error {
	c := f.Case
	switch {
	case c.State == Archived:
		return Refuse(Conflict, "archived", "该事项已归档，不能再操作。", "The case is archived; nothing more can be done.")
	case c.PausedAt != nil && !oneOf(string(kind), "resume", "withdraw", "copy"):
		return Refuse(Conflict, "paused", "该事项已中止，恢复后方可操作。", "The case is paused; it must be resumed first.")
	}
	if task != nil {
		return f.taskFits(kind, task, me, urges)
	}
	waiting := func(step string) bool {
		return slices.ContainsFunc(f.Tasks, func(t Task) bool { return t.Open() && (step == "" || t.Step == step) })
	}
	fits := map[ActKind]bool{
		ActSubmit:      c.State == Draft,
		ActWithdraw:    c.State != Withdrawn && Definitions[c.Procedure].Allows(c.State, Withdrawn),
		ActAppeal:      c.State == Blocked && !waiting("appeal"),
		ActObject:      c.State == Publicity || c.State == Objected,
		ActAddSigner:   c.State == JointReview,
		ActPause:       c.PausedAt == nil && c.State != Draft && !c.State.Over() && c.State != InForce && c.State != Suspended,
		ActResume:      c.PausedAt != nil,
		ActSuspend:     c.State == InForce,
		ActReinstate:   c.State == Suspended,
		ActProposeExit: (c.State == InForce || c.State == Suspended) && !waiting(""),
		ActCopy:        c.State != Draft,
	}[kind]
	if fits {
		return nil
	}
	return errNotNow(string(kind), c.State)
}

func (f CaseFile) taskFits(kind ActKind, task *Task, me string, urges int) *Error {
	if kind == ActRecall {
		return f.recallable(task, me)
	}
	held := task.ClaimedBy != "" && task.ClaimedBy != me
	given := slices.ContainsFunc(f.Tasks, func(t Task) bool { return t.Open() && t.partOf(task.ID) })
	switch {
	case !task.Open():
		return Refuse(Conflict, "task_ended", "该任务已办结，不能再操作。", "This task has already been answered.").
			With("ended_by", task.EndedBy).With("outcome", task.Outcome)
	case held && oneOf(string(kind), "claim", "release"):
		return errClaimed(task)
	case given && oneOf(string(kind), "decide", "delegate"):
		return Refuse(Conflict, "delegated", "该任务已委派他人，办结后再处理。", "Part of this task was given to somebody else; it must come back first.")
	case kind == ActUrge && task.Urged >= urges:
		return Refuse(Conflict, "urged_enough", "催办次数已达上限。", "It has been urged as often as the rules allow.").By("admission.urge_max_per_task").With("max", urges)
	}
	fits := map[ActKind]bool{
		ActDecide:       task.Step != "correct",
		ActCorrect:      task.Step == "correct",
		ActClaim:        task.ClaimedBy == "" && task.Seat.Person == "",
		ActRelease:      task.ClaimedBy == me,
		ActTransfer:     (task.Step == "joint" || task.Step == "consult") && task.Seat.Role != Finance && !task.part(),
		ActDelegate:     task.Seat.Person == "" && task.Step != "correct",
		ActRemoveSigner: task.Added,
		ActUrge:         true,
	}[kind]
	if fits {
		return nil
	}
	return errNotNow(string(kind), f.Case.State).With("step", task.Step)
}

// recallable refuses to take back what is not one's own, cannot be taken back, or was opened by the next already.
func (f CaseFile) recallable(task *Task, me string) *Error {
	known := slices.ContainsFunc(recallable, func(r recallableMove) bool {
		return r.step == task.Step && r.outcome == task.Outcome && r.to == f.Case.State
	})
	switch {
	case task.State != TaskDone || task.Person != me:
		return Refuse(Conflict, "not_yours", "只能撤回本人作出的决定。", "Only whoever decided can recall it.")
	case !known || task.part():
		return Refuse(Conflict, "not_recallable", "该决定已不能撤回。", "This decision can no longer be recalled.")
	case !untouched(f.Tasks, task.EndedBy):
		return Refuse(Conflict, "already_opened", "下一环节已有人查看或办理，不能撤回。", "The next step has been opened already; it cannot be recalled.")
	}
	return nil
}

// WhyNot says why the actor may not do something to a case, or to the task when one is named; nil when they may.
func (d *Desk) WhyNot(ctx context.Context, who Actor, caseID, taskID string, act ActKind) (*Error, error) {
	if taskID != "" {
		var err error
		if caseID, err = d.Record.CaseOfTask(ctx, taskID); err != nil {
			return nil, err
		}
	}
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return nil, err
	}
	kinds := caseActs
	if taskID != "" {
		kinds = taskActs
	}
	if !slices.Contains(kinds, act) {
		return nil, errNoSuchAct(Act{Kind: act}).At("act")
	}
	urges, err := d.urgeLimit(ctx, f)
	if err != nil {
		return nil, err
	}
	_, refusal, err := d.open(ctx, who, f, act, f.brief(taskID).Task, urges)
	return refusal, err
}

// wholeCase describes an act on the case as a whole.
func (f CaseFile) wholeCase(kind ActKind, principal string) Possible {
	p := Possible{Act: kind, Words: actWords[kind], For: principal, Consequence: caseConsequences[kind]}
	switch kind {
	case ActAppeal, ActObject, ActAddSigner, ActPause, ActSuspend, ActReinstate, ActProposeExit:
		p.Reason = true
	}
	switch kind {
	case ActAddSigner:
		p.Needs = []string{"unit"}
	case ActProposeExit:
		p.Needs = []string{"trigger"}
	case ActCopy:
		p.Needs = []string{"person"}
	}
	p.Irreversible = kind == ActWithdraw
	return p
}

// oneTask describes an act on a task; a decision has as many as the step has outcomes.
func (f CaseFile) oneTask(kind ActKind, task Task, principal string) []Possible {
	if kind != ActDecide {
		p := Possible{Act: kind, Task: task.ID, Words: actWords[kind], For: principal, Consequence: taskConsequences[kind]}
		p.Reason = kind == ActTransfer || kind == ActRemoveSigner
		switch kind {
		case ActTransfer:
			p.Needs = []string{"unit"}
		case ActDelegate:
			p.Needs = []string{"person"}
		}
		return []Possible{p}
	}
	step, _ := Definitions[f.Case.Procedure].Step(task.Step)
	var out []Possible
	for _, c := range step.Outcomes {
		p := Possible{Act: kind, Task: task.ID, Outcome: c.Name, Words: Words{c.Zh, c.En}, Reason: c.Reason, Needs: c.Needs, For: principal}
		p.Consequence, p.Irreversible = f.consequence(step, c, task)
		out = append(out, p)
	}
	return out
}

// consequence says in words what an outcome leads to.
func (f CaseFile) consequence(step Step, c Choice, task Task) (Words, bool) {
	if task.part() {
		return Words{"意见返回委派人，事项不流转。", "The opinion goes back to whoever asked for it; nothing else moves."}, false
	}
	var zh, en []string
	final := len(c.To) > 0
	for _, to := range c.To {
		w := Definitions[f.Case.Procedure].Words(to)
		if to != f.Case.State {
			zh, en = append(zh, "“"+w.Zh+"”"), append(en, "“"+w.En+"”")
		}
		final = final && to.Over()
	}
	var out Words
	switch {
	case len(zh) == 0:
		out = Words{"记录意见，事项仍在本环节。", "The opinion is recorded; the case stays at this step."}
	case step.Join != One:
		out = Words{"记录意见；全部意见齐备后，事项转入" + strings.Join(zh, "或") + "。", "The opinion is recorded; when all are there, the case becomes " + strings.Join(en, " or ") + "."}
	default:
		out = Words{"事项转入" + strings.Join(zh, "或") + "。", "The case becomes " + strings.Join(en, " or ") + "."}
	}
	if extra, ok := outcomeConsequences[step.Name+"."+c.Name]; ok {
		return Words{out.Zh + extra.Zh, out.En + " " + extra.En}, final
	}
	if final {
		return Words{out.Zh + "预留经费全部释放，之后归档。", out.En + " Reserved money is released; the case is archived later."}, true
	}
	return out, false
}

// What acts and outcomes bring with them, beyond the change of state.
var (
	caseConsequences = map[ActKind]Words{
		ActSubmit:      {"取得受理编号，预留经费，进入登记查重。", "The case gets its number, its money is reserved, and it waits for registration."},
		ActWithdraw:    {"申请终止，预留经费全部释放，不能恢复。", "The request ends and reserved money is released; this cannot be undone."},
		ActAppeal:      {"由办公室主任重新审查负面清单的拦截。", "The office's director looks again at what the negative list stopped."},
		ActObject:      {"异议由办公室核实，公示期照常进行。", "The office examines the objection; the public notice goes on."},
		ActAddSigner:   {"增加一个会审单位，须待其答复。", "One more unit is asked in the joint review, and its answer is awaited."},
		ActPause:       {"全部时限停止计算，恢复后补回相应工作日。", "All clocks stand still; the working days are added back on resumption."},
		ActResume:      {"时限继续，中止期间的工作日全部补回。", "The clocks go on; the working days of the pause are added back."},
		ActSuspend:     {"事项自指定日起暂停执行，仍保留在清单中。", "The item rests from the stated day; it stays on the list."},
		ActReinstate:   {"事项恢复执行，期限不变。", "The item is in force again; its term is as before."},
		ActProposeExit: {"启动退出程序：办公室意见、部门陈述、领导小组决定。", "The way out begins: the office's opinion, the department's views, the leading group's decision."},
		ActCopy:        {"对方可以查看该事项。", "That person may read the case."},
	}
	taskConsequences = map[ActKind]Words{
		ActCorrect:      {"按补正后的申请继续办理，时限继续计算。", "The corrected request goes on where it was returned; the clock goes on."},
		ActClaim:        {"由您一人办理，同事不能再办理。", "Only you can answer it until you release it."},
		ActRelease:      {"本岗位同事均可办理。", "Everyone of the seat can answer it again."},
		ActTransfer:     {"由对方单位办理，责任随之转移，时限不变。", "The other unit answers instead, with the responsibility; the term is as before."},
		ActDelegate:     {"由同事提出意见，返回后由您办理。", "A colleague gives an opinion; then it comes back to you."},
		ActRemoveSigner: {"不再征求该加签单位意见。", "The added unit is no longer asked."},
		ActUrge:         {"向办理岗位发送催办通知，次数有限。", "The seat is reminded; the number of times is limited."},
		ActRecall:       {"决定作废，任务重新待办，时限继续计算。", "The decision is taken back and the task is open again; its clock goes on."},
	}
	outcomeConsequences = map[string]Words{
		"examine.accept":      {"审批时限开始计算。", "The term of the whole decision begins."},
		"examine.return":      {"时限停止计算；逾期未补正视为撤回。", "The clock stops; without a correction in time it counts as withdrawn."},
		"prereview.return":    {"时限停止计算；逾期未补正视为撤回。", "The clock stops; without a correction in time it counts as withdrawn."},
		"prereview.recommend": {"抽取社区和街道征求意见。", "Sampled communities and their streets are asked."},
		"decide.return":       {"已有会审意见作废，补正后重新初审。", "The opinions of this round are void; it is reviewed anew after the correction."},
		"decide.admit":        {"决定予以公示，期满无异议后发布。", "The decision is put on public notice, and issued when no objection is left."},
		"decide.admit_term":   {"决定予以公示，期满无异议后发布。", "The decision is put on public notice, and issued when no objection is left."},
		"decide.admit_scope":  {"未列入的社区不执行；经费按所选社区重算。", "Communities that are not chosen stay out; the money is computed for the chosen ones."},
		"decide.admit_cond":   {"条件落实前不生效。", "It does not take effect before the condition is met."},
		"decide.refuse":       {"预留经费全部释放，规定期限内不得再次申请；可列入负面清单。", "Reserved money is released; it may not be asked for again for a time, and can be put on the negative list."},
		"decide.defer":        {"到期自动恢复审议。", "It is taken up again by itself on that day."},
		"fulfil.met":          {"预留经费并公示。", "The money is reserved and the decision is put on public notice."},
		"objection.sustain":   {"决定撤回，重新审议。", "The decision is taken up anew."},
		"issue.issue":         {"取得文号，列入准入清单，预留经费转为承诺。", "It gets its document number and its line on the list; the reservation becomes a commitment."},
		"exit_decide.exit":    {"清单条目及附属事项立即终止，未用经费释放。", "The entry and what came with it end at once; unspent money is released."},
		"exit_decide.revoke":  {"清单条目及附属事项立即终止，未用经费释放。", "The entry and what came with it end at once; unspent money is released."},
	}
)
