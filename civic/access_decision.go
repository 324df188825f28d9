package civic

import (
	"errors"
	"slices"
	"time"
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
	until = until.UTC()
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
	if err := t.free(); err != nil {
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
	if err := t.rebook(r.Total); err != nil {
		return err
	}
	return t.publish()
}

// signedByFinance refuses an admission whose budget line finance has not signed. What a colleague there thought of it
// is no signature.
func (t *turn) signedByFinance() error {
	for _, k := range slices.Backward(t.Tasks) {
		if k.Step != "joint" || k.Seat.Role != Finance || k.part() {
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
	small, err := t.small()
	seats, cast, pro, con := t.votes()
	switch {
	case err != nil:
		return err
	case seats == 0 && small:
		return nil
	case seats == 0:
		return Refuse(Conflict, "no_members", "领导小组没有可表决的成员，不能准入；请先指定，可暂缓后重新审议。",
			"The leading group has no member who could vote, so it cannot be admitted; appoint them, and take it up again after a deferral.").At("outcome")
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

// term sets the last day in force: never later than asked for, and not before the first.
func (t *turn) term(r *Ruling) error {
	if given := t.act.Details.TermEnd; given != "" {
		r.TermEnd = given
		end, err := Day(given)
		asked, err2 := Day(t.Request.End)
		start, err3 := Day(t.Request.Start)
		if err != nil || err2 != nil || err3 != nil || end.After(asked) || end.Before(start) || !end.After(t.Now) {
			return Refuse(Invalid, "bad_date", "终止日期应晚于今天、不早于起始日期且不晚于申请的期限。",
				"The last day must lie after today, not before the first day and not after the one asked for.").
				At("details.term_end").With("start", t.Request.Start).With("asked", t.Request.End)
		}
	}
	over, err := termOver(r)
	if err == nil && !over.After(t.Now) {
		return errTermOver(r)
	}
	return err
}

// termOver is the first instant after the term: the last day counts whole.
func termOver(r *Ruling) (time.Time, error) {
	if r == nil {
		return time.Time{}, errors.New("nothing was decided that could have a term")
	}
	end, err := Day(r.TermEnd)
	return end.AddDate(0, 0, 1).UTC(), err
}

func errTermOver(r *Ruling) *Error {
	return Refuse(Conflict, "term_over", "准入期限已过。", "The term is already over.").At("outcome").With("term_end", r.TermEnd)
}

// scope sets the communities and computes their money.
func (t *turn) scope(r *Ruling) error {
	if given := t.act.Details.Communities; len(given) > 0 {
		for i, c := range given {
			switch {
			case !slices.Contains(t.Request.Communities, c):
				return Refuse(Invalid, "outside_request", "只能在申请范围内选择社区。", "Only communities of the request can be chosen.").
					At("details.communities").With("community", clip(c))
			case slices.Contains(given[:i], c):
				return Refuse(Invalid, "community_twice", "社区重复。", "A community is named twice.").At("details.communities").With("community", clip(c))
			}
		}
		r.Communities = given
	}
	var err error
	r.Shares, r.Total, err = t.Request.Funding.Shares(t.regions(r.Communities))
	if r.ZeroCost {
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
