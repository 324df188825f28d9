package civic

import (
	"strconv"

	"lizheng/civic/selection"
)

// deliberateList (B10): the members vote on the list, then the chair decides.
func (t *turn) deliberateList() error {
	t.to(Deliberation)
	seat, err := t.seatAt(GroupMember, GroupUnit)
	if err != nil {
		return err
	}
	members, err := t.world.Holders(GroupMember, seat.Unit)
	if err != nil {
		return err
	}
	for _, person := range members {
		if _, err := t.open("vote", Seat{GroupMember, seat.Unit, person}); err != nil {
			return err
		}
	}
	if t.waiting("vote") {
		return nil
	}
	return t.openAt("approve_list", GroupChair, GroupUnit) // who may do everything but approve
}

// listVoted opens the chair's decision once enough members have voted.
func (t *turn) listVoted(*Task) error {
	seats, cast, _, _ := t.votes()
	need, err := t.quorum(seats)
	if err != nil || cast < need || t.waiting("approve_list") {
		return err
	}
	return t.openAt("approve_list", GroupChair, GroupUnit)
}

// listVotesOverdue puts the list before the chair, who cannot approve it without quorum and majority.
func (t *turn) listVotesOverdue() error {
	if t.waiting("approve_list") {
		return nil
	}
	return t.openAt("approve_list", GroupChair, GroupUnit)
}

// listCarried refuses an approval that the members' vote did not carry.
func (t *turn) listCarried() error {
	seats, cast, pro, con := t.votes()
	need, err := t.quorum(seats)
	if err != nil {
		return err
	}
	t.figure("admission.vote_quorum_percent", "表决结果", "the vote",
		map[string]any{"seats": seats, "cast": cast, "quorum": need, "for": pro, "against": con, "abstained": cast - pro - con})
	if seats > 0 && cast >= need && 2*pro > cast {
		return nil
	}
	return Refuse(Conflict, "not_carried", "表决未获半数以上赞成，不能审定。", "The members' vote did not carry it.").
		At("outcome").By("admission.vote_quorum_percent").With("for", pro).With("cast", cast).With("quorum", need)
}

// listApproved (B10) puts the list on public notice, without those whom the leading group strikes.
func (t *turn) listApproved(*Task) error {
	a := t.year()
	if t.act.Outcome == "send_back" {
		t.fx.Case.Round++
		t.to(Sampling)
		return t.openAt("close_sample", OfficeClerk, OfficeUnit)
	}
	if err := t.listCarried(); err != nil {
		return err
	}
	if d := t.act.Details.Appraisal; d != nil && len(d.Strikes) > 0 {
		for _, s := range d.Strikes {
			a.Decided.Strikes = append(a.Decided.Strikes, selection.Strike{Key: s.Community, Kind: selection.IsStruck, Grounds: []string{s.Reason}})
		}
		if err := t.republish(a, "details.appraisal.strikes"); err != nil {
			return err
		}
	}
	t.to(Publicity)
	return t.noticeFor("appraisal.public_notice_wd", "approve")
}

// noticeFor begins a public notice (B7, B11), a whole one, of what was decided.
func (t *turn) noticeFor(term, outcome string) error {
	t.fx.Ruling = &Ruling{Outcome: outcome, Round: t.fx.Case.Round, Act: t.act.ID, At: t.Now}
	at, err := t.after(term)
	t.fx.Case.ActsAt = at
	return err
}

// republish computes the list again after a strike: whoever is first in the reserve moves up.
func (t *turn) republish(a *Appraisal, field string) error {
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return err
	}
	sheet, err := t.compute(a, nominees, a.Decided.Strikes, true)
	if err != nil {
		return Refuse(Invalid, "not_on_list", "只能取消名单上的社区。", "Only a community on the list can be struck, once.").At(field).With("why", err.Error())
	}
	struck := make([]string, len(a.Decided.Strikes))
	for i, s := range a.Decided.Strikes {
		struck[i] = NominationID(a.Year, s.Key)
	}
	t.fx.Appraisal.Wake = &Wake{Year: t.Case.ID, States: []State{Ranked}, Only: struck}
	return t.publishSheet(a, sheet, "replaced")
}

// objectToList takes an objection to the city's notice: nobody is named before it is settled.
func (t *turn) objectToList() error {
	if t.Case.State != Publicity && t.Case.State != Objected {
		return errNotNow("object", t.Case.State)
	}
	seat, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	return t.objection("list_objection", seat)
}

// listObjection (B12) settles one objection. A sustained one strikes the community; the list with whoever moved up goes on a
// public notice of its own, as long as the first.
func (t *turn) listObjection(task *Task) error {
	t.settle(task)
	if t.act.Outcome == "dismiss" {
		return t.objectionsOver(t.listNoticeOver)
	}
	a := t.year()
	a.Decided.Strikes = append(a.Decided.Strikes, selection.Strike{Key: t.act.Details.Appraisal.Community, Kind: selection.IsStruck, Grounds: []string{t.act.Opinion}})
	if err := t.republish(a, "details.appraisal.community"); err != nil {
		return err
	}
	if !t.waiting("list_objection") {
		t.to(Publicity)
	}
	return t.noticeFor("appraisal.public_notice_wd", "approve")
}

// settle notes how an objection was answered.
func (t *turn) settle(task *Task) {
	for _, o := range t.Objects {
		if o.Task == task.ID {
			o.Result = t.act.Outcome
			t.fx.Settled = &o
		}
	}
}

// objectionsOver lets the notice go on when no objection is left, or ends it if its time is over.
func (t *turn) objectionsOver(over func() error) error {
	if len(t.openTasks()) > 0 {
		return nil
	}
	ends := t.Case.ActsAt
	t.to(Publicity)
	t.fx.Case.ActsAt = ends
	if ends == nil || !t.Now.Before(*ends) {
		return over()
	}
	return nil
}

func (t *turn) closeListNotice() error {
	if err := t.dueNow(Publicity); err != nil {
		return err
	}
	return t.listNoticeOver()
}

// listNoticeOver puts the list before whoever names.
func (t *turn) listNoticeOver() error {
	t.figure("appraisal.public_notice_wd", "公示期满无未决异议", "public notice over, no objection left open", map[string]any{"objections": len(t.Objects)})
	t.to(NamingDue)
	return t.openAt("name_list", NamingOfficer, NamingUnits)
}

// listNamed (B13) names all that are proposed, sends a list back that cannot be named as it stands, or ends the year with an
// assessment only. Whoever names does not change the list: the leading group does.
func (t *turn) listNamed(*Task) error {
	if t.act.Outcome == "send_back" {
		t.fx.Case.Round++
		return t.deliberateList()
	}
	a := t.year()
	wake := &Wake{Year: t.Case.ID, States: []State{Ranked}}
	t.fx.Appraisal.Wake = wake
	if t.act.Outcome == "assess_only" {
		return t.close(Concluded)
	}
	var err error
	if t.fx.Appraisal.Titles, err = t.titles(a); err != nil {
		return err
	}
	if err := t.lawful(a, len(t.fx.Appraisal.Titles)); err != nil {
		return err
	}
	seat, err := t.seatAt(NamingOfficer, NamingUnits)
	if err != nil {
		return err
	}
	t.fx.Document = &Document{Unit: seat.Unit, Title: "关于命名" + strconv.Itoa(a.Year) + "年度" + a.Name + "的决定"}
	a.Decided.Named = true
	t.to(Awarding)
	return t.openAt("award", OfficeClerk, OfficeUnit)
}

// titles are those of all that are proposed. The declaration looked at the interval too, but a year that was begun earlier or
// later may have named meanwhile: all whom it named are refused at once, so that they are struck together.
func (t *turn) titles(a *Appraisal) ([]Title, error) {
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return nil, err
	}
	var out []Title
	var recent *Error
	for _, n := range nominees {
		if n.Outcome != string(selection.IsProposed) {
			continue
		}
		no, err := t.rests(&n)
		switch {
		case err != nil:
			return nil, err
		case no != nil && recent == nil:
			recent = no.At("outcome").With("community", n.Community)
		case no != nil:
			recent.Also = append(recent.Also, no.At("outcome").With("community", n.Community))
		}
		seq := len(out) + 1
		out = append(out, Title{Nomination: n.Nomination, Year: a.Year, Seq: seq, Community: n.Community, Plaque: Plaque(a.Year, seq), NamedAt: t.Now})
	}
	switch {
	case recent != nil:
		return nil, recent
	case len(out) == 0:
		return nil, Refuse(Conflict, "nobody_proposed", "没有拟命名名单，不能命名；可以只考核不命名。", "Nobody is proposed; there is nobody to name. An assessment without naming is possible.").At("outcome")
	}
	return out, nil
}

// Plaque is the number on a plaque and its certificate.
func Plaque(year, seq int) string {
	s := strconv.Itoa(seq)
	for len(s) < 3 {
		s = "0" + s
	}
	return "KP-" + strconv.Itoa(year) + "-" + s
}

// lawful refuses a naming that no approved commendation project covers (domain 1.10).
func (t *turn) lawful(a *Appraisal, titles int) error {
	if t.Rules.Text("appraisal.project_required") != "true" {
		return nil
	}
	p, ok, err := t.world.Project(a.Project)
	switch {
	case err != nil:
		return err
	case !ok:
		return Refuse(Conflict, "no_project", "没有经批准的表彰项目，不得命名；可以只考核不命名。", "There is no approved commendation project, so nobody can be named; an assessment without naming is possible.").
			At("outcome").By("appraisal.project_required").With("project", a.Project)
	case p.Name != a.Name:
		return Refuse(Conflict, "project_name", "命名名称与批准的表彰项目不符。", "The title is not the one that the commendation project was approved for.").
			At("outcome").By("appraisal.project_required").With("project", p.Name).With("title", a.Name)
	case !p.covers(a.Year):
		return Refuse(Conflict, "project_year", "批准的表彰项目不覆盖本年度。", "The approved commendation project does not cover this year.").
			At("outcome").By("appraisal.project_required").With("first", p.First).With("last", p.Last).With("cycle_years", p.Cycle).With("year", a.Year)
	case int64(titles) > p.Quota:
		return Refuse(Conflict, "project_quota", "命名数超过批准的表彰名额。", "There are more names than the commendation project allows.").
			At("outcome").By("appraisal.project_required").With("approved", p.Quota).With("titles", titles)
	}
	t.figure("appraisal.project_required", "表彰项目已批准", "the commendation project is approved", map[string]any{"approval": p.Approval, "quota": p.Quota, "titles": titles})
	return nil
}

// awarded (B14) ends the year: plaques and certificates are handed over.
func (t *turn) awarded(*Task) error { return t.close(Concluded) }

// recalculateNotice lengthens the public notice, which no task carries.
func (t *turn) recalculateNotice() error {
	c := &t.fx.Case
	if c.State != Publicity && c.State != Objected || t.Ruling == nil || c.ActsAt == nil {
		return nil
	}
	key := "appraisal.public_notice_wd"
	if c.Procedure == NominationProcedure {
		key = "appraisal.district_notice_wd"
	}
	return t.lengthen(&c.ActsAt, key, t.Ruling.At, t.stood(t.Ruling.At))
}
