package civic

import "time"

// issued (A9) takes the document number and the list version, and turns the reservation into a commitment, all at once.
func (t *turn) issued(*Task) error {
	r := t.Ruling
	if r == nil {
		return errNotNow("issue", t.Case.State)
	}
	until, err := termOver(r)
	if err != nil {
		return err
	}
	if !until.After(t.Now) {
		return errTermOver(r)
	}
	if err := t.free(); err != nil {
		return err
	}
	from := t.Now
	if start, err := Day(t.Request.Start); err == nil && start.After(from) {
		from = start.UTC()
	}
	if err := t.commitAll(r); err != nil {
		return err
	}
	office, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	t.to(InForce)
	t.fx.Issue = &Issue{Unit: office.Unit, From: from, Until: until, Shares: r.Shares, Replaces: t.Request.Replaces}
	t.fx.Case.ActsAt = &until
	return nil
}

// expire settles what ends by itself at its instant: the list has already stopped showing it.
func (t *turn) expire() error {
	if err := t.dueNow(Issuing, InForce, Suspended); err != nil {
		return err
	}
	if t.Case.State == Issuing {
		if t.Ruling == nil {
			return errNotNow("expire", t.Case.State)
		}
		t.figure("term_over", "期限届满前未发布，准入未生效", "the term was over before it was issued: it never came into force", map[string]any{"term_end": t.Ruling.TermEnd})
		return t.close(Expired)
	}
	return t.leave(Expired, t.ends(), "expired")
}

// leave ends the entry with everything that came with it, and gives back the money that was not spent.
func (t *turn) leave(s State, at time.Time, why string) error {
	if at.IsZero() {
		at = t.Now
	}
	if t.Entry != nil && !at.After(t.Entry.From) { // it has not begun: the shortest validity that is not empty
		at = t.Entry.From.Add(time.Microsecond)
	}
	t.fx.Entry = &EntryChange{Ends: &at, Why: why}
	t.notify("stopped", Seat{Role: DeptClerk, Unit: t.world.Responsible(t.Case.Unit)}, "")
	return t.close(s)
}

// suspend stops the item from a stated day on, by the office, with a reason.
func (t *turn) suspend() error {
	if t.Case.State != InForce {
		return errNotNow("suspend", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "暂停必须说明理由。", "A suspension needs a reason.").At("opinion")
	}
	from := t.Now
	if t.act.Details.From != "" {
		day, err := Day(t.act.Details.From)
		if err != nil || !day.Before(t.ends()) {
			return Refuse(Invalid, "bad_date", "暂停日期不正确。", "The day of the suspension is not possible.").At("details.from")
		}
		if day.After(from) {
			from = day.UTC()
		}
	}
	t.stay(Suspended)
	t.fx.Entry = &EntryChange{Suspend: &from, Why: t.act.Opinion}
	return nil
}

// stay changes between in force and suspended: open tasks and the end of the term are as before.
func (t *turn) stay(s State) { t.fx.Case.State = s }

func (t *turn) reinstate() error {
	if t.Case.State != Suspended {
		return errNotNow("reinstate", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "恢复执行必须说明理由。", "A reinstatement needs a reason.").At("opinion")
	}
	now := t.Now
	t.stay(InForce)
	t.fx.Entry = &EntryChange{Reinstate: &now, Why: t.act.Opinion}
	return nil
}

// exitTriggers are the reasons for which an item may be proposed for exit (domain 3.8).
var exitTriggers = []string{"basis_repealed", "not_recognised", "unpaid", "satisfaction", "duplicate", "department", "ordered"}

// proposeExit begins the way out: the office's opinion, the department's views, the leading group's decision.
func (t *turn) proposeExit() error {
	if t.Case.State != InForce && t.Case.State != Suspended {
		return errNotNow("propose_exit", t.Case.State)
	}
	if len(t.openTasks()) > 0 {
		return Refuse(Conflict, "exit_under_way", "退出程序已在进行。", "The exit is already under way.")
	}
	if !oneOf(t.act.Details.Trigger, exitTriggers...) {
		return Refuse(Invalid, "unknown_trigger", "请选择退出事由。", "Choose the reason for the exit.").At("details.trigger")
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "提出退出必须说明理由。", "A proposal to exit needs a reason.").At("opinion")
	}
	return t.openAt("exit_opinion", OfficeHead, OfficeUnit)
}

func (t *turn) exitOpinion(*Task) error {
	_, err := t.open("exit_views", Seat{Role: DeptLeader, Unit: t.world.Responsible(t.Case.Unit)})
	if err != nil {
		return err
	}
	return t.openAt("exit_decide", GroupChair, GroupUnit)
}

func (t *turn) exitViews(*Task) error { return nil }

// exitDecided waits for the department's views or for their term to be over, whichever comes first.
func (t *turn) exitDecided(*Task) error {
	for _, k := range t.Tasks {
		if k.Open() && k.Step == "exit_views" && k.DueAt != nil && t.Now.Before(*k.DueAt) {
			return Refuse(Conflict, "views_pending", "部门陈述意见期限未满。", "The department may still state its views.").With("due_at", k.DueAt.Format(time.RFC3339))
		}
	}
	switch t.act.Outcome {
	case "exit":
		return t.leave(Exited, t.Now, "exited")
	case "revoke":
		return t.leave(Revoked, t.Now, "revoked")
	}
	t.voidOpen("kept")
	return nil
}

// ends is the first instant after the entry's term, or the zero time.
func (t *turn) ends() time.Time {
	if t.Entry == nil || t.Entry.Until == nil {
		return time.Time{}
	}
	return *t.Entry.Until
}
