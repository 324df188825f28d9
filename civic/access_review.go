package civic

import (
	"slices"
	"sort"
	"time"

	"lizheng/civic/money"
	"lizheng/civic/workday"
)

func dateOf(at time.Time) workday.Date   { return workday.DateOf(at) }
func lastDay(due time.Time) workday.Date { return workday.DueDate(due) }

// consult (A5) asks sampled communities of every district concerned and all their streets.
func (t *turn) consult() error {
	per, err := t.Rules.Int("admission.consult_per_district")
	if err != nil {
		return err
	}
	asked := map[string]int{}
	streets := map[string]bool{}
	for _, key := range t.sampleOrder() {
		district := t.world.District(key)
		if street := t.world.Desk(t.world.Above(key)); street != "" {
			streets[street] = true
		}
		desk := t.world.Desk(key)
		if asked[district] >= per || desk == "" {
			continue
		}
		asked[district]++
		if _, err := t.open("consult", Seat{Role: Community, Unit: desk}); err != nil {
			return err
		}
	}
	for _, street := range sortedKeys(streets) {
		if _, err := t.open("consult", Seat{Role: StreetClerk, Unit: street}); err != nil {
			return err
		}
	}
	t.figure("admission.consult_per_district", "抽样征求意见", "sampled communities and all streets concerned are asked",
		map[string]any{"communities_per_district": per, "districts": len(asked), "streets": len(streets)})
	if !t.waiting("consult") { // nobody to ask: said on record, and the joint review begins
		return t.jointReview()
	}
	t.fx.Case.ActsAt, err = t.after("admission.consult_wd")
	return err
}

// sampleOrder orders the communities by a hash with the case, so that the sample can be recomputed and not be chosen.
func (t *turn) sampleOrder() []string {
	out := append([]string(nil), t.Request.Communities...)
	sort.Slice(out, func(i, j int) bool { return NewID(t.Case.ID, out[i]) < NewID(t.Case.ID, out[j]) })
	return out
}

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func (t *turn) consulted(*Task) error {
	if t.waiting("consult") {
		return nil
	}
	return t.jointReview()
}

// closeConsult ends the consultation: who did not answer has no opinion, which is neither support nor consent.
func (t *turn) closeConsult() error {
	if err := t.dueNow(Consult); err != nil {
		return err
	}
	silent := 0
	for i := range t.Tasks {
		if t.Tasks[i].Open() && t.Tasks[i].Step == "consult" {
			t.end(&t.Tasks[i], TaskVoid, "", "no_opinion")
			silent++
		}
	}
	t.figure("admission.consult_wd", "征求意见期满，未回复者记为未表态", "consultation over; silence is recorded as no opinion", map[string]any{"silent": silent})
	return t.jointReview()
}

// jointReview (A6) asks every member unit at once. Finance signs the budget line; the applicant's unit has no vote.
func (t *turn) jointReview() error {
	t.to(JointReview)
	units, err := t.Rules.List("joint.units")
	if err != nil {
		return err
	}
	finance := t.Rules.Text(FinanceUnit)
	if !slices.Contains(units, finance) { // without whose signature nothing is admitted
		units = append(units, finance)
	}
	applicant, asked := t.world.Responsible(t.Case.Unit), map[string]bool{}
	for _, key := range units {
		unit := t.world.Responsible(key)
		if asked[unit] { // two bodies of old may be one by now
			continue
		}
		asked[unit] = true
		if unit == applicant && key != finance {
			t.figure("applicant_has_no_vote", "申请单位不参加会审表决", "the applicant's unit has no vote", map[string]any{"unit": unit})
			continue
		}
		if _, err := t.open("joint", Seat{Role: t.reviewRole(key), Unit: unit}); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) reviewRole(unit string) Role {
	switch unit {
	case t.Rules.Text(FinanceUnit):
		return Finance
	case t.Rules.Text(LegalUnit):
		return Legal
	}
	return Reviewer
}

// signed takes one unit's opinion; a dissent is recorded, and deliberation begins when all have answered.
func (t *turn) signed(task *Task) error {
	if task.Seat.Role != Finance && t.world.Responsible(task.Seat.Unit) == t.world.Responsible(t.Case.Unit) { // the two have become one since it was asked
		return Refuse(Forbidden, "applicant_has_no_vote", "申请单位不得参与表决。", "The applicant's unit has no vote.").By("joint.applicant")
	}
	if t.waiting("joint") {
		return nil
	}
	return t.deliberate()
}

// deliberate (A7): small items are decided by the chair alone, others after the members' vote.
func (t *turn) deliberate() error {
	t.to(Deliberation)
	small, err := t.small()
	if err != nil {
		return err
	}
	if small {
		return t.openAt("decide", GroupChair, GroupUnit)
	}
	seat, err := t.seatAt(GroupMember, GroupUnit)
	if err != nil {
		return err
	}
	members, err := t.world.Holders(GroupMember, seat.Unit)
	if err != nil {
		return err
	}
	for _, person := range members {
		if person == t.Case.Applicant {
			continue
		}
		if _, err := t.open("vote", Seat{GroupMember, seat.Unit, person}); err != nil {
			return err
		}
	}
	if t.waiting("vote") {
		return nil
	}
	t.figure("no_members", "领导小组没有可表决的成员，不能准入", "the leading group has no member who could vote: it cannot be admitted", nil)
	return t.openAt("decide", GroupChair, GroupUnit) // who may do everything but admit
}

// votesOverdue puts a request before the chair whose members have not voted in time. Without quorum and majority the
// chair may do everything but admit.
func (t *turn) votesOverdue() error {
	if t.waiting("decide") {
		return nil
	}
	return t.openAt("decide", GroupChair, GroupUnit)
}

// small reports whether the chair may decide alone: a small amount, and no organisation in the community.
func (t *turn) small() (bool, error) {
	limit, err := t.Rules.Int("admission.chair_limit_fen")
	if err != nil {
		return false, err
	}
	organisation := t.Request.Category == Organisation ||
		slices.ContainsFunc(t.Request.Children, func(c Child) bool { return c.Category == Organisation })
	amount := t.amount()
	// Finance signs for the money of all. What it asks for itself nobody has signed but itself: the members look at it.
	finances := t.world.Responsible(t.Case.Unit) == t.world.Responsible(t.Rules.Text(FinanceUnit))
	small := int64(amount) <= int64(limit) && !organisation && !finances
	t.figure("admission.chair_limit_fen", "不设机构、非财政部门申请的小额事项由组长直接审定",
		"small items without an organisation are decided by the chair alone, unless the finance department asks for them",
		map[string]any{"amount_fen": int64(amount), "limit_fen": limit, "organisation": organisation, "finance_asks": finances, "vote": !small})
	return small, nil
}

// amount is the money at stake: all that is asked for.
func (t *turn) amount() money.Fen {
	_, total, err := t.Request.Funding.Shares(t.regions(t.Request.Communities))
	if err != nil {
		return maxAmount
	}
	return total
}

// votes counts the round's votes.
func (t *turn) votes() (seats, cast, pro, con int) {
	for _, k := range t.Tasks {
		if k.Step != "vote" || k.Round != t.fx.Case.Round || k.State == TaskVoid {
			continue
		}
		seats++
		switch {
		case k.State != TaskDone:
			continue
		case k.Outcome == "for":
			pro++
		case k.Outcome == "against":
			con++
		}
		cast++
	}
	return seats, cast, pro, con
}

// quorum is how many of n members must have voted: the parameter's share, rounded up.
func (t *turn) quorum(n int) (int, error) {
	percent, err := t.Rules.Int("admission.vote_quorum_percent")
	return (n*percent + 99) / 100, err
}

// voted opens the chair's decision once enough members have voted. Votes that come later are recorded with the others.
func (t *turn) voted(*Task) error {
	seats, cast, _, _ := t.votes()
	need, err := t.quorum(seats)
	if err != nil || cast < need || t.waiting("decide") {
		return err
	}
	return t.openAt("decide", GroupChair, GroupUnit)
}

// reopen takes a deferred request up again.
func (t *turn) reopen() error {
	if err := t.dueNow(Deferred); err != nil {
		return err
	}
	if k, ok := t.answered([]string{"decide"}, "defer"); ok {
		t.standStill(*k.EndedAt)
	}
	t.fx.Case.Round++
	return t.deliberate()
}
