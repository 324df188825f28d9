package civic

import (
	"slices"
	"time"

	"lizheng/civic/workday"
)

// pause stops the whole case and its clocks (中止), for instance while a document from above is awaited.
func (t *turn) pause() error {
	switch {
	case t.Case.State == Draft || t.Case.State.Over() || t.Case.State.Standing():
		return errNotNow("pause", t.Case.State)
	case t.silent():
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

// endPause closes the pause, whoever ended it; it reports since when the clocks stood still.
func (t *turn) endPause() (from time.Time, paused bool) {
	if t.Case.PausedAt == nil {
		return time.Time{}, false
	}
	from, now := *t.Case.PausedAt, t.Now
	t.fx.Case.PausedAt = nil
	t.fx.Pause = &Pause{From: from, Until: &now}
	for _, p := range t.Pauses {
		if p.From.Equal(from) {
			t.fx.Pause.Why = p.Why
		}
	}
	return from, true
}

// resumeCase lets the clocks go on: exactly the working days of the pause are added to every open term.
func (t *turn) resumeCase() error {
	from, paused := t.endPause()
	if !paused {
		return Refuse(Conflict, "not_paused", "该事项未中止。", "The case is not paused.")
	}
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if !k.Open() {
			continue
		}
		due, added := t.Calendar.Resume(*k.DueAt, from, t.Now)
		k.DueAt, k.Term = &due, k.Term+added
		t.setReminder(k)
	}
	c := &t.fx.Case
	if c.ActsAt != nil && slices.Contains(t.def.Terms, c.State) {
		at, _ := t.Calendar.Resume(*c.ActsAt, from, t.Now)
		c.ActsAt = &at
	}
	if c.State != Returned && c.State != Deferred { // where the decision's term stands still anyway
		t.standStill(from)
	}
	t.figure("clock.pause", "中止期间的工作日已补回", "the working days of the pause were added back",
		map[string]any{"working_days": t.Calendar.Between(dateOf(from), dateOf(t.Now))})
	return nil
}

// standStill adds to the decision's term the working days for which its clock stood still until now.
func (t *turn) standStill(from time.Time) {
	if t.fx.Case.Deadline != nil {
		later, _ := t.Calendar.Resume(*t.fx.Case.Deadline, from, t.Now)
		t.fx.Case.Deadline = &later
	}
}

// stood are the pauses since an instant that are over, in order.
func (t *turn) stood(since time.Time) []workday.Suspension {
	var out []workday.Suspension
	for _, p := range t.Pauses {
		if p.Until != nil && !p.From.Before(since) {
			out = append(out, workday.Suspension{From: p.From, Until: *p.Until})
		}
	}
	slices.SortFunc(out, func(a, b workday.Suspension) int { return a.From.Compare(b.From) })
	return out
}

// remind sends the reminders that are due (T−3, T−1, T+1); after the last one it is escalated, never taken for consent.
func (t *turn) remind() error {
	sent := false
	var overdue []string
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if !k.Open() || k.RemindAt == nil || t.Now.Before(*k.RemindAt) {
			continue
		}
		sent = true
		k.Reminded++
		kind := "reminder"
		if !t.Now.Before(*k.DueAt) && !k.Escalated {
			k.Escalated, kind = true, "escalated"
			overdue = append(overdue, k.Step)
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
	for _, step := range overdue {
		if rule, ok := t.reg.overdue[step]; ok {
			if err := rule(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// setReminder sets a task's next reminder; the escalation is sent at once if its time has passed unused.
func (t *turn) setReminder(k *Task) {
	k.RemindAt = nextReminder(t.Calendar, *k.DueAt, t.Now)
	if k.RemindAt == nil && !k.Escalated {
		now := t.Now
		k.RemindAt = &now
	}
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
	if t.Case.State == Draft || t.Case.Calendar >= t.Calendar.Version() {
		return Refuse(Conflict, "not_due", "期限已按该日历计算。", "The terms already follow this calendar.")
	}
	c := &t.fx.Case
	c.Calendar = t.Calendar.Version()
	moved := 0
	for i := range t.Tasks {
		k := &t.Tasks[i]
		due, _ := t.Calendar.DueAt(k.OpenedAt, k.Term)
		if !k.Open() || !due.After(*k.DueAt) {
			continue
		}
		if slices.Contains(t.def.Terms, c.State) && sameInstant(t.Case.ActsAt, k.DueAt) {
			c.ActsAt = &due
		}
		k.DueAt = &due
		if t.Case.PausedAt == nil {
			t.setReminder(k)
		}
		moved++
	}
	if t.reg.recalculate != nil {
		if err := t.reg.recalculate(t); err != nil {
			return err
		}
	}
	t.figure("calendar", "按新日历重算期限，只延长不缩短", "terms recomputed with the new calendar; lengthened only",
		map[string]any{"calendar": t.Calendar.Version(), "moved": moved})
	return nil
}
