package civic

import (
	"slices"
	"time"

	"lizheng/civic/money"
)

// ruled is the leading group's decision (A7, domain 3.5).
func (t *turn) ruled(task *Task) error {
	r := &Ruling{Outcome: t.act.Outcome, Round: t.fx.Case.Round, Act: t.act.ID, At: t.Now, TermEnd: t.Request.End,
		Communities: t.Request.Communities, ZeroCost: t.Request.Funding.Kind == ZeroCost, Line: t.Request.Funding.Line}
	t.fx.Ruling = r
	switch t.act.Outcome {
	case "admit", "admit_term", "admit_scope", "admit_cond":
		return t.admit(r)
	case "merge":
		e, ok, err := t.world.Entry(t.act.Details.MergeInto)
		if err != nil {
			return err
		}
		if !ok || e.List != Admitted || (e.Until != nil && !t.Now.Before(*e.Until)) {
			return Refuse(Invalid, "no_such_entry", "没有这个生效中的事项。", "There is no such item in force.").At("details.merge_into")
		}
		r.MergeInto = e.ID
		return t.close(Merged)
	case "transfer":
		if u, ok := t.world.Unit(t.act.Details.TransferTo); !ok || !u.Stands(t.Now) {
			return Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("details.transfer_to")
		}
		r.TransferTo = t.act.Details.TransferTo
		t.notify("transferred", Seat{Role: DeptLeader, Unit: r.TransferTo}, "")
		return t.close(Transferred)
	case "commission":
		return t.close(Commissioned)
	case "refuse":
		t.fx.Block = t.act.Details.BlockName
		r.BlockName = t.fx.Block
		return t.close(RefusedState)
	case "defer":
		return t.deferred()
	}
	return t.returned(task)
}

// deferred postpones the decision to a day; on that day it is taken up by itself.
func (t *turn) deferred() error {
	until, err := Day(t.act.Details.Until)
	if err != nil || !until.After(t.Now) || until.After(t.Now.AddDate(1, 0, 0)) {
		return Refuse(Invalid, "bad_date", "请填写一年以内的恢复审议日期。", "Give a day within a year on which it is taken up again.").At("details.until")
	}
	t.to(Deferred)
	t.fx.Case.ActsAt = &until
	return nil
}

// admit decides for the item: with finance's signature, the members' majority, its money, a term and a scope.
func (t *turn) admit(r *Ruling) error {
	if err := t.signedByFinance(); err != nil {
		return err
	}
	if err := t.carried(); err != nil {
		return err
	}
	if err := t.term(r); err != nil {
		return err
	}
	if err := t.scope(r); err != nil {
		return err
	}
	switch kind := t.Request.Funding.Kind; {
	case r.Outcome == "admit_cond":
		r.Condition = t.act.Details.Condition
		t.to(Decided)
		return t.openAt("fulfil", Finance, FinanceUnit)
	case kind == Promised:
		return Refuse(Conflict, "money_not_there", "经费尚未落实，只能附条件准入。", "The money is not there yet: only a conditional admission is possible.").
			At("outcome").By("fees_follow_tasks")
	}
	t.rebook(r.Total)
	return t.publish()
}

// signedByFinance refuses an admission whose budget line finance has not signed.
func (t *turn) signedByFinance() error {
	for i := len(t.Tasks) - 1; i >= 0; i-- {
		k := t.Tasks[i]
		if k.Step != "joint" || k.Seat.Role != Finance {
			continue
		}
		if k.State == TaskDone && (k.Outcome == "agree" || k.Outcome == "modify") {
			return nil
		}
		break
	}
	return Refuse(Conflict, "finance_unsigned", "财政部门未签署同意，不能准入。", "Finance has not signed; it cannot be admitted.").At("outcome").By("joint.finance")
}

// carried refuses an admission that the members' vote did not carry.
func (t *turn) carried() error {
	seats, cast, pro, con := t.votes()
	if seats == 0 {
		return nil // a small item: the chair decides alone
	}
	need, err := t.quorum(seats)
	if err != nil {
		return err
	}
	t.figure("admission.vote_quorum_percent", "表决结果", "the vote",
		map[string]any{"seats": seats, "cast": cast, "quorum": need, "for": pro, "against": con, "abstained": cast - pro - con})
	if cast >= need && 2*pro > cast {
		return nil
	}
	return Refuse(Conflict, "not_carried", "表决未获半数以上赞成，不能准入。", "The members' vote did not carry it; it cannot be admitted.").
		At("outcome").By("admission.vote_quorum_percent").With("for", pro).With("cast", cast).With("quorum", need)
}

// term sets the last day in force: never later than asked for.
func (t *turn) term(r *Ruling) error {
	if t.act.Details.TermEnd == "" {
		return nil
	}
	end, err := Day(t.act.Details.TermEnd)
	asked, err2 := Day(t.Request.End)
	if err != nil || err2 != nil || end.After(asked) || !end.After(t.Now) {
		return Refuse(Invalid, "bad_date", "终止日期应晚于今天且不晚于申请的期限。", "The last day must lie after today and not after the one asked for.").
			At("details.term_end").With("asked", t.Request.End)
	}
	r.TermEnd = t.act.Details.TermEnd
	return nil
}

// scope sets the communities and computes their money.
func (t *turn) scope(r *Ruling) error {
	if len(t.act.Details.Communities) > 0 {
		for _, c := range t.act.Details.Communities {
			if !slices.Contains(t.Request.Communities, c) {
				return Refuse(Invalid, "outside_request", "只能在申请范围内选择社区。", "Only communities of the request can be chosen.").
					At("details.communities").With("community", clip(c))
			}
		}
		r.Communities = t.act.Details.Communities
	}
	var err error
	r.Shares, r.Total, err = t.Request.Funding.Shares(t.regions(r.Communities))
	if r.ZeroCost {
		r.Shares = nil
		for _, c := range t.regions(r.Communities) {
			r.Shares = append(r.Shares, Share{Community: c.Key, Name: c.Name})
		}
	}
	return err
}

func (t *turn) regions(keys []string) []Region {
	out := make([]Region, 0, len(keys))
	for _, k := range keys {
		if c, ok := t.world.Region(k); ok {
			out = append(out, c)
		}
	}
	return out
}

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
		if id := t.act.Details.BudgetLine; id != "" {
			r.Line = id
		}
		line, ok, err := t.world.Line(r.Line)
		if err != nil {
			return err
		}
		if !ok || line.Closed {
			return Refuse(Invalid, "no_such_line", "请选择可用的预算项目。", "Choose an open budget line.").At("details.budget_line")
		}
		held := t.heldOn(line.ID)
		if line.Free()+held < r.Total {
			return Shortfall(line, r.Total-held)
		}
		t.releaseOther(line.ID)
		t.rebookOn(line.ID, r.Total)
	}
	t.fx.Ruling = &r
	return t.publish()
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
	if t.act.Opinion == "" {
		return Refuse(Invalid, "reason_needed", "请写明异议内容。", "Say what you object to.").At("opinion")
	}
	if len(t.Objects) >= 200 {
		return Refuse(TooMany, "too_many_objections", "异议已达上限，请线下反映。", "There are too many objections already.")
	}
	ends := t.Case.ActsAt
	if t.Case.State == Publicity {
		t.to(Objected)
		t.fx.Case.ActsAt = ends // the notice goes on meanwhile
	}
	seat, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	task, err := t.open("objection", seat)
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

// Public is the actor of acts that need no sign-in: objections to public notices.
const Public = "public"

// objected settles one objection: a sustained one reopens deliberation, the last dismissed one lets the notice go on.
func (t *turn) objected(task *Task) error {
	for _, o := range t.Objects {
		if o.Task == task.ID {
			o.Result = t.act.Outcome
			t.fx.Settled = &o
		}
	}
	if t.act.Outcome == "sustain" {
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

func (t *turn) noticeOver() error {
	t.figure("admission.public_notice_wd", "公示期满无未决异议", "public notice over, no objection left open", map[string]any{"objections": len(t.Objects)})
	t.to(Issuing)
	return t.openAt("issue", OfficeClerk, OfficeUnit)
}

// issued (A9) takes the document number and the list version, and turns the reservation into a commitment, all at once.
func (t *turn) issued(*Task) error {
	r := t.Ruling
	if r == nil {
		return errNotNow("issue", t.Case.State)
	}
	end, err := Day(r.TermEnd)
	if err != nil {
		return err
	}
	until := end.AddDate(0, 0, 1) // the last day counts whole
	if !until.After(t.Now) {
		return Refuse(Conflict, "term_over", "准入期限已过，不能发布。", "The term is already over; it cannot be issued.").With("term_end", r.TermEnd)
	}
	from := t.Now
	if start, err := Day(t.Request.Start); err == nil && start.After(from) {
		from = start
	}
	if !from.Before(until) {
		return Refuse(Conflict, "term_over", "准入期限不含任何一天，不能发布。", "No day of the term is left; it cannot be issued.").With("term_end", r.TermEnd)
	}
	if err := t.commitAll(r); err != nil {
		return err
	}
	office, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	t.to(InForce)
	t.fx.Issue = &Issue{Unit: office.Unit, From: from, Until: until, Shares: r.Shares}
	t.fx.Case.ActsAt = &until
	return nil
}

// amount is the money at stake: what was ruled, else what is asked for.
func (t *turn) amount() money.Fen {
	_, total, err := t.Request.Funding.Shares(t.regions(t.Request.Communities))
	if err != nil {
		return maxAmount
	}
	return total
}

// ends is the first instant after the entry's term, or the zero time.
func (t *turn) ends() time.Time {
	if t.Entry == nil || t.Entry.Until == nil {
		return time.Time{}
	}
	return *t.Entry.Until
}
