package civic

import "time"

// fulfilled lets a conditional admission go on: with its money reserved, or as refused.
func (t *turn) fulfilled(*Task) error {
	if t.Ruling == nil {
		return errNotNow("fulfil", t.Case.State)
	}
	if t.act.Outcome == "unmet" {
		return t.close(RefusedState)
	}
	r := *t.Ruling
	r.Met = true
	if !r.ZeroCost {
		if err := t.met(&r); err != nil {
			return err
		}
	}
	t.fx.Ruling = &r
	return t.publish()
}

// met reserves the money of a conditional admission on a line of the applicant's own.
func (t *turn) met(r *Ruling) error {
	if id := t.act.Details.BudgetLine; id != "" {
		r.Line = id
	}
	line, ok, err := t.world.Line(r.Line)
	if err != nil {
		return err
	}
	if !ok || line.Closed || t.world.Responsible(line.Unit) != t.world.Responsible(t.Case.Unit) {
		return Refuse(Invalid, "no_such_line", "请选择申请单位可用的预算项目。", "Choose an open budget line of the applicant's unit.").At("details.budget_line")
	}
	t.releaseOther(line.ID)
	return t.rebookOn(line.ID, r.Total)
}

// publish (A8) puts the decision on public notice.
func (t *turn) publish() error {
	t.to(Publicity)
	at, err := t.after("admission.public_notice_wd")
	t.fx.Case.ActsAt = at
	return err
}

// object takes an objection to the public notice; anybody may object.
func (t *turn) object() error {
	if t.Case.State != Publicity && t.Case.State != Objected {
		return errNotNow("object", t.Case.State)
	}
	seat, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	return t.objection("objection", seat)
}

// objection takes an objection and asks the seat that examines it; the notice goes on meanwhile.
func (t *turn) objection(step string, seat Seat) error {
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "请写明异议内容。", "Say what you object to.").At("opinion")
	}
	ends := t.Case.ActsAt
	switch {
	case ends == nil: // noted already, while an earlier objection is examined
		return Refuse(Conflict, "notice_over", "公示期已满。", "The public notice is over.")
	case !t.Now.Before(*ends):
		return Refuse(Conflict, "notice_over", "公示期已满。", "The public notice is over.").With("ended", ends.Format(time.RFC3339))
	case len(t.Objects) >= maxObjections:
		return Refuse(TooMany, "too_many_objections", "异议已达上限，请线下反映。", "There are too many objections already.").With("max", maxObjections)
	}
	if t.Case.State == Publicity {
		t.to(Objected)
		t.fx.Case.ActsAt = ends // the notice goes on meanwhile
	}
	task, err := t.open(step, seat)
	if err != nil {
		return err
	}
	by := t.act.Actor
	if by == Public {
		by = ""
	}
	t.fx.Objection = &Objection{ID: NewID(t.act.ID, "objection"), Text: t.act.Opinion, Contact: t.act.Details.Contact, By: by, Task: task.ID, At: t.Now}
	return nil
}

// maxObjections keeps strangers, who need no sign-in to object, from burying the office.
const maxObjections = 200

// Public is the actor of acts that need no sign-in: objections to public notices.
const Public = "public"

// settleObjection puts the answer to one objection on record; with a sustained one everything is taken up anew, and the
// others are overtaken.
func (t *turn) settleObjection(task *Task) (sustained bool, err error) {
	for _, o := range t.Objects {
		switch {
		case o.Task == task.ID && t.act.Details.Objection != "" && t.act.Details.Objection != o.ID:
			return false, Refuse(Invalid, "no_such_objection", "该任务处理的不是这条异议。", "This task is about another objection.").At("details.objection")
		case o.Task == task.ID:
			o.Result = t.act.Outcome
			t.fx.Settled = &o
		case o.Result == "" && t.act.Outcome == "sustain": // it is all deliberated anew
			o.Result = "overtaken"
			t.fx.Overtaken = append(t.fx.Overtaken, o)
		}
	}
	return t.act.Outcome == "sustain", nil
}

// objected settles one objection: a sustained one reopens deliberation, the last dismissed one lets the notice go on.
func (t *turn) objected(task *Task) error {
	sustained, err := t.settleObjection(task)
	if err != nil {
		return err
	}
	if sustained {
		t.fx.Case.Round++
		return t.deliberate()
	}
	if t.waiting("objection") {
		return nil
	}
	ends := t.Case.ActsAt
	t.to(Publicity)
	t.fx.Case.ActsAt = ends
	if ends != nil && !t.Now.Before(*ends) { // it had ended while the objection was examined
		return t.noticeOver()
	}
	return nil
}

func (t *turn) closeNotice() error {
	if err := t.dueNow(Publicity); err != nil {
		return err
	}
	return t.noticeOver()
}

// noticeOver lets the office issue the admission. If that is not done before its term is over, it ends without having begun.
func (t *turn) noticeOver() error {
	t.figure("admission.public_notice_wd", "公示期满无未决异议", "public notice over, no objection left open", map[string]any{"objections": len(t.Objects)})
	over, err := termOver(t.Ruling)
	if err != nil {
		return err
	}
	t.to(Issuing)
	t.fx.Case.ActsAt = &over
	return t.openAt("issue", OfficeClerk, OfficeUnit)
}
