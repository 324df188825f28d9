package civic

import (
	"slices"
	"time"

	"lizheng/civic/workday"
)

// recalculateCase lengthens the terms that no task carries: the public notice's and the whole decision's.
func (t *turn) recalculateCase() error {
	c := &t.fx.Case
	if c.State == Publicity || c.State == Objected {
		if err := t.lengthen(&c.ActsAt, "admission.public_notice_wd", t.noticeBegan(), t.stood(t.noticeBegan())); err != nil {
			return err
		}
	}
	accepted := t.acceptedAt()
	if c.Deadline == nil || accepted.IsZero() {
		return nil
	}
	return t.lengthen(&c.Deadline, "admission.decision_wd", accepted, t.standstills(accepted))
}

// lengthen moves an instant to where a term ends by the calendar, if that is later.
func (t *turn) lengthen(at **time.Time, parameter string, start time.Time, stood []workday.Suspension) error {
	days, err := t.Rules.Int(parameter)
	if err != nil || start.IsZero() {
		return err
	}
	due, _ := t.Calendar.DueOf(workday.Term{Start: start, Length: days, Suspensions: stood})
	if due.After(**at) {
		*at = &due
	}
	return nil
}

// answered finds the last answer to one of the steps, with one of the outcomes if any are named.
func (t *turn) answered(steps []string, outcomes ...string) (Task, bool) {
	return lastAnswer(t.Tasks, steps, outcomes...)
}

// lastAnswer is the last task of these steps that was answered so; any answer will do when none is named.
func lastAnswer(tasks []Task, steps []string, outcomes ...string) (Task, bool) {
	for _, k := range slices.Backward(tasks) {
		if k.State == TaskDone && !k.part() && slices.Contains(steps, k.Step) && (len(outcomes) == 0 || slices.Contains(outcomes, k.Outcome)) {
			return k, true
		}
	}
	return Task{}, false
}

// noticeBegan is when the public notice began: with the decision, or with the condition that was met.
func (t *turn) noticeBegan() time.Time {
	k, ok := t.answered([]string{"decide", "fulfil"})
	if !ok {
		return time.Time{}
	}
	return *k.EndedAt
}

// acceptedAt is when the request was accepted, from which day the decision's term runs.
func (t *turn) acceptedAt() time.Time {
	k, ok := t.answered([]string{"examine"}, "accept")
	if !ok {
		return time.Time{}
	}
	return *k.EndedAt
}

// standstills are the stretches since an instant in which the decision's term stood still, in order: corrections,
// deferrals, and the pauses outside of them.
func (t *turn) standstills(since time.Time) []workday.Suspension {
	var out []workday.Suspension
	for _, k := range t.Tasks {
		switch {
		case k.State != TaskDone || k.part() || k.EndedAt.Before(since):
		case k.Step == "correct":
			out = append(out, workday.Suspension{From: k.OpenedAt, Until: *k.EndedAt})
		case k.Step == "decide" && k.Outcome == "defer":
			if again, ok := t.takenUp(k.Round + 1); ok {
				out = append(out, workday.Suspension{From: *k.EndedAt, Until: again})
			}
		}
	}
	for _, p := range t.stood(since) {
		if !slices.ContainsFunc(out, func(s workday.Suspension) bool { return !p.From.Before(s.From) && !p.Until.After(s.Until) }) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b workday.Suspension) int { return a.From.Compare(b.From) })
	return out
}

// takenUp is when a round of deliberation began.
func (t *turn) takenUp(round int) (time.Time, bool) {
	i := slices.IndexFunc(t.Tasks, func(k Task) bool { return k.Round == round })
	if i < 0 {
		return time.Time{}, false
	}
	return t.Tasks[i].OpenedAt, true
}
