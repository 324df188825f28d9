package civic

// OfficeUnit, GroupUnit and FinanceUnit name the parameters that say which bodies hold these parts: roles, not bureaus.
const (
	OfficeUnit  = "bodies.office"
	GroupUnit   = "bodies.leading_group"
	FinanceUnit = "bodies.finance"
	LegalUnit   = "bodies.legal"
)

func init() {
	regulations[AccessProcedure] = regulation{
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).submit, ActCorrect: (*turn).correct,
			ActAppeal: (*turn).appeal, ActObject: (*turn).object, ActLapse: (*turn).lapse, ActCloseConsult: (*turn).closeConsult,
			ActCloseNotice: (*turn).closeNotice, ActReopen: (*turn).reopen, ActExpire: (*turn).expire,
			ActSuspend: (*turn).suspend, ActReinstate: (*turn).reinstate, ActProposeExit: (*turn).proposeExit,
		},
		overdue:     map[string]func(*turn) error{"vote": (*turn).votesOverdue},
		outcomes:    accessOutcomes(),
		recalculate: (*turn).recalculateCase,
	}
}

func accessOutcomes() map[string]func(*turn, *Task) error {
	return map[string]func(*turn, *Task) error{
		"register": (*turn).registered, "appeal": (*turn).appealed, "examine": (*turn).examined, "prereview": (*turn).prereviewed,
		"consult": (*turn).consulted, "joint": (*turn).signed, "vote": (*turn).voted, "decide": (*turn).ruled, "fulfil": (*turn).fulfilled,
		"objection": (*turn).objected, "issue": (*turn).issued,
		"exit_opinion": (*turn).exitOpinion, "exit_views": (*turn).exitViews, "exit_decide": (*turn).exitDecided,
	}
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

// registered (A2): the name is compared again, for the lists may have changed since submission.
func (t *turn) registered(*Task) error {
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	for _, h := range facts.Blocked {
		if h.Score == 100 && h.Entry.List == Negative {
			t.figure("negative_list", "与负面清单相符："+h.Entry.Name, "on the negative list: "+h.Entry.Name, map[string]any{"entry": h.Entry.ID})
			t.releaseAll() // an appeal has no term, and money does not wait for one without
			t.to(Blocked)
			return nil
		}
	}
	return t.admitToExamination()
}

// admitToExamination begins the formal examination. Whatever gave its money back meanwhile reserves it again, or does not go on.
func (t *turn) admitToExamination() error {
	if err := t.rebook(t.amount()); err != nil {
		return err
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

func (t *turn) appealed(*Task) error {
	if t.act.Outcome == "dismiss" {
		return t.close(NotAccepted)
	}
	return t.admitToExamination()
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
