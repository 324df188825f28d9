package civic

import "time"

// expire settles what ends by itself at its instant: the list has already stopped showing it.
func (t *turn) expire() error {
	if err := t.dueNow(InForce, Suspended); err != nil {
		return err
	}
	return t.leave(Expired, t.ends(), "expired")
}

// leave ends the entry with everything that came with it, and gives back the money that was not spent.
func (t *turn) leave(s State, at time.Time, why string) error {
	if at.IsZero() {
		at = t.Now
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
	if t.act.Opinion == "" {
		return Refuse(Invalid, "reason_needed", "暂停必须说明理由。", "A suspension needs a reason.").At("opinion")
	}
	from := t.Now
	if t.act.Details.From != "" {
		day, err := Day(t.act.Details.From)
		if err != nil || !day.Before(t.ends()) {
			return Refuse(Invalid, "bad_date", "暂停日期不正确。", "The day of the suspension is not possible.").At("details.from")
		}
		if day.After(from) {
			from = day
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
	if t.act.Opinion == "" {
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
	if t.act.Opinion == "" {
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
