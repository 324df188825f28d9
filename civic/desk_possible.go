package civic

import (
	"context"
	"slices"
	"strings"
)

// caseActs are what a person may do to every case as a whole, taskActs to one of its tasks.
var (
	caseActs = []ActKind{ActSubmit, ActWithdraw, ActAddSigner, ActPause, ActResume, ActCopy}
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
	for _, kind := range f.caseActs() {
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
		return slices.ContainsFunc(f.Tasks, func(t Task) bool { return t.Open() && (step == "*" || t.Step == step) })
	}
	def := Definitions[c.Procedure]
	_, signable := def.signable(c.State)
	fits := map[ActKind]bool{
		ActSubmit:    c.State == Draft,
		ActWithdraw:  def.moves(c.State, Withdrawn, string(ActWithdraw)),
		ActAddSigner: signable,
		ActPause:     c.PausedAt == nil && c.State != Draft && !c.State.Over() && !c.State.Standing(),
		ActResume:    c.PausedAt != nil,
		ActCopy:      c.State != Draft,
	}[kind]
	if own, ok := def.CaseAct(kind); ok {
		fits = slices.Contains(own.States, c.State) && (own.Alone == "" || !waiting(own.Alone))
	}
	switch {
	case !fits:
		return errNotNow(string(kind), c.State)
	case kind == ActWithdraw:
		return bound(c.Procedure, f.Tasks)
	}
	return nil
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
	step, _ := Definitions[f.Case.Procedure].Step(task.Step)
	fits := map[ActKind]bool{
		ActDecide:       task.Step != "correct",
		ActCorrect:      task.Step == "correct",
		ActClaim:        task.ClaimedBy == "" && task.Seat.Person == "",
		ActRelease:      task.ClaimedBy == me,
		ActTransfer:     step.Movable && task.Seat.Role != Finance && !task.part(),
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
	_, known := Definitions[f.Case.Procedure].recall(*task, f.Case.State)
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
	kinds := f.caseActs()
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

// caseActs are what may be done to the case as a whole by what its procedure knows.
func (f CaseFile) caseActs() []ActKind {
	out := slices.Clone(caseActs)
	for _, own := range Definitions[f.Case.Procedure].Acts {
		if !slices.Contains(out, own.Kind) { // a procedure may have its own words for what every case knows
			out = append(out, own.Kind)
		}
	}
	return out
}

// wholeCase describes an act on the case as a whole.
func (f CaseFile) wholeCase(kind ActKind, principal string) Possible {
	if own, ok := Definitions[f.Case.Procedure].CaseAct(kind); ok {
		return Possible{Act: kind, Words: own.Words, For: principal, Consequence: own.Consequence, Reason: own.Reason, Needs: own.Needs, Takes: own.Takes}
	}
	p := Possible{Act: kind, Words: actWords[kind], For: principal, Consequence: caseConsequences[kind]}
	p.Reason = kind == ActAddSigner || kind == ActPause
	switch kind {
	case ActAddSigner:
		p.Needs = []string{"unit"}
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
		p := Possible{Act: kind, Task: task.ID, Outcome: c.Name, Words: Words{c.Zh, c.En}, Reason: c.Reason, Needs: c.Needs, Takes: c.Takes, For: principal}
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
	if final && f.Case.Procedure != AccessProcedure {
		return Words{out.Zh + "之后归档。", out.En + " It is archived later."}, true
	}
	if final {
		return Words{out.Zh + "预留经费全部释放，之后归档。", out.En + " Reserved money is released; the case is archived later."}, true
	}
	return out, false
}
