package civic

import (
	"slices"
	"strconv"

	"lizheng/civic/selection"
)

// settleNomination takes over what the year has decided meanwhile. The year itself takes no update per nomination: it only
// says that there is something to look at.
func (t *turn) settleNomination() error {
	if err := t.dueNow(slices.Concat(unsettled, yearsOwn, []State{InReserve})...); err != nil {
		return err
	}
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return err
	}
	n, err := t.nominee()
	if err != nil {
		return err
	}
	frozen := y.Year.Decided.Frozen != ""
	switch {
	case t.Case.State == Recommended && !frozen:
		if d, _ := y.Year.District(n.District); d.Panel != nil {
			return t.beginPanel(n, d)
		}
	case t.Case.State == PanelWork && !frozen:
		if d, _ := y.Year.District(n.District); d.Panel != nil {
			return t.panelChanged(n, d)
		}
	case slices.Contains(unsettled, t.Case.State) && frozen:
		t.fx.Appraisal.Nominee = nil // it is frozen
		return t.close(NotRecommended)
	case t.Case.State == Qualified && frozen:
		return t.ranked(y, n)
	case t.Case.State == Ranked:
		return t.decidedByYear(y, n)
	case t.Case.State == InReserve:
		return t.close(NotRecommended)
	case t.Case.State == Objected: // the notice's time is over: from here on it waits for people only
		t.fx.Appraisal.Nominee, t.fx.Case.ActsAt = nil, nil
		return nil
	}
	return errUndecided()
}

func errUndecided() error {
	return Refuse(Conflict, "not_due", "年度尚无结果。", "The year has decided nothing about it yet.")
}

// ranked (B8): the score is frozen. Everybody who stands in the ranking waits: titles that others cannot use may still come.
func (t *turn) ranked(y YearCase, n *Nominee) error {
	t.fx.Appraisal.Nominee = nil // it is frozen
	t.figure("appraisal.selection", "区级排名结果", "the ranking's outcome", map[string]any{"outcome": n.Outcome})
	switch selection.Outcome(n.Outcome) {
	case selection.IsBelowLine:
		return t.close(BelowLine)
	case selection.IsProposed, selection.IsReserve, selection.IsStruck:
		t.waitInRanking(y, n)
		return nil
	case selection.IsNotRecommended:
		if n.Stands == selection.Stands {
			t.waitInRanking(y, n)
			return nil
		}
	}
	return t.close(NotRecommended)
}

// waitInRanking waits for the year, which reaches whoever stands in the ranking already. What it has decided before is taken
// over at once.
func (t *turn) waitInRanking(y YearCase, n *Nominee) {
	t.to(Ranked)
	if fate(y, n) != "" {
		t.fx.Case.ActsAt = &t.Now
	}
}

// fate is what the year has decided about a nomination in its ranking, "" as long as that is nothing.
func fate(y YearCase, n *Nominee) State {
	outcome, decided := selection.Outcome(n.Outcome), y.Year.Decided
	switch {
	case y.State == Sampling && decided.Draw.drawn(n.Community) && n.Second == nil:
		return Rescoring
	case outcome == selection.IsStruck && y.State != Sampling:
		return Struck
	case decided.Named && outcome == selection.IsProposed:
		return TitleHeld
	case decided.Named && outcome == selection.IsReserve:
		return InReserve
	case decided.Named:
		return NotRecommended
	case y.State == Concluded || y.State == Archived:
		return AssessedOnly
	}
	return ""
}

// decidedByYear takes a ranked nomination to the sample (B9), or to what became of it at the end (B13).
func (t *turn) decidedByYear(y YearCase, n *Nominee) error {
	t.fx.Appraisal.Nominee = nil
	switch next := fate(y, n); next {
	case "":
		return errUndecided()
	case Rescoring:
		t.to(next)
		_, err := t.open("rescore", Seat{Role: Assessor, Unit: y.Year.Decided.Draw.Teams[n.Community]})
		return err
	case TitleHeld:
		t.to(next)
		return t.checkAfter()
	case InReserve:
		seat, err := t.seatAt(NamingOfficer, NamingUnits)
		if err != nil {
			return err
		}
		t.fx.Appraisal.Parties = []string{seat.Unit} // who may name it later
		t.to(next)
		return t.afterMonths("appraisal.reserve_months") // as long as a title of its year is likely to be revoked
	default:
		return t.close(next)
	}
}

// rescored (B9) compares the city's score with the district's. A deviation beyond the limit puts the city's in its place, or
// strikes the community, as the rules say.
func (t *turn) rescored(*Task) error {
	n, err := t.nominee()
	if err != nil {
		return err
	}
	sheets, err := t.world.Sheets(t.Case.ID)
	if err != nil {
		return err
	}
	p := selection.Panel{Survey: &n.Survey}
	for _, s := range sheets {
		if s.Kind == CitySheet && s.Submitted != nil {
			p.Sheets = append(p.Sheets, s.scores(s.Assessor))
		}
	}
	if len(p.Sheets) == 0 {
		return Refuse(Conflict, "sheet_missing", "请先提交复评评分表。", "Submit the sheet of the second scoring first.").At("outcome")
	}
	survey, err := t.Rules.Int("appraisal.satisfaction_weight_percent")
	if err != nil {
		return err
	}
	score, err := t.assess(n, p, 1, int64(survey))
	if err != nil {
		return err
	}
	allowed, err := t.deviation()
	if err != nil {
		return err
	}
	n.Second = &score.Base
	off := selection.Deviates(n.Base, score.Base, allowed)
	t.figure("appraisal.sample_deviation_points", "抽查复评与区级得分的偏差", "the second score against the first",
		map[string]any{"first": int64(n.Base), "second": int64(score.Base), "allowed": int64(allowed), "deviates": off, "rule": t.Rules.Text("appraisal.deviation_rule")})
	if off && t.Rules.Text("appraisal.deviation_rule") == "strike" {
		n.Stands, n.Ground = selection.NotRecommended, "deviation"
		return t.close(Struck)
	}
	t.to(Ranked)
	return nil
}

// checkTitle (B15): the district checks a title every year; every few years the city does.
func (t *turn) checkTitle() error {
	if err := t.dueNow(TitleHeld); err != nil {
		return err
	}
	t.fx.Case.ActsAt = nil
	every, err := t.Rules.Int("appraisal.recheck_years")
	if err != nil {
		return err
	}
	if every > 0 && yearOf(t.Now)-t.lastByCity() >= every {
		return t.openAt("recheck", OfficeClerk, OfficeUnit)
	}
	n, err := t.nominee()
	if err != nil {
		return err
	}
	t.fx.Appraisal.Nominee = nil
	seat, err := t.nomineesDistrict(n)
	if err != nil {
		return err
	}
	_, err = t.open("year_check", seat)
	return err
}

// lastByCity is the year in which the city last looked at the title: it gave it, or has checked it since. Checks may be answered
// late, so that a fixed year would be jumped over.
func (t *turn) lastByCity() int {
	m, _ := t.Matter.(*Nomination)
	last := m.Year
	for _, k := range t.Tasks {
		if k.Step == "recheck" && k.State == TaskDone {
			last = max(last, yearOf(*k.EndedAt))
		}
	}
	return last
}

// titleChecked keeps a title, has something put right, or removes it: then its place is free for the next of the reserve.
func (t *turn) titleChecked(*Task) error {
	switch t.act.Outcome {
	case "rectify":
		t.to(TitleRectifying)
		months, err := t.Rules.Int("appraisal.rectify_months")
		if err != nil {
			return err
		}
		seat, err := t.seatAt(OfficeClerk, OfficeUnit)
		if err != nil {
			return err
		}
		t.ask("rectified", seat, t.monthsAsDays(months))
		return nil
	case "remove":
		t.fx.Appraisal.Revoke = true
		return t.close(Revoked)
	}
	t.to(TitleHeld)
	return t.checkAfter()
}

// nameNext gives the place of a revoked title to the next of its district's reserve, by a decision of its own: never more than
// the quota, nobody past whoever is ahead, and nobody who has been named by another year meanwhile.
func (t *turn) nameNext() error {
	if t.Case.State != InReserve {
		return errNotNow("name_next", t.Case.State)
	}
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return err
	}
	n, err := t.nominee()
	if err != nil {
		return err
	}
	t.fx.Appraisal.Nominee = nil
	ahead, err := t.world.ReserveAhead(t.Case.ID, y.Year.Decided.Rule.Areas)
	switch {
	case err != nil:
		return err
	case ahead != "":
		return Refuse(Conflict, "not_next", "后备名单中还有位次在前的社区（村），应按位次递补。", "Another community is ahead of it in the reserve.").By("appraisal.reserve_ratio").With("ahead", ahead)
	}
	if err := t.titleRests(n); err != nil {
		return err
	}
	if err := t.lawful(y.Year, 1); err != nil {
		return err
	}
	seat, err := t.seatAt(NamingOfficer, NamingUnits)
	if err != nil {
		return err
	}
	t.fx.Document = &Document{Unit: seat.Unit, Title: "关于递补命名" + strconv.Itoa(n.Year) + "年度" + y.Year.Name + "的决定"}
	t.fx.Appraisal.Titles = []Title{{Nomination: t.Case.ID, Year: n.Year, Community: n.Community, NamedAt: t.Now}}
	t.to(TitleHeld)
	return t.checkAfter()
}
