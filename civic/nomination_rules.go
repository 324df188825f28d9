package civic

import (
	"time"

	"lizheng/civic/selection"
)

func init() {
	regulations[NominationProcedure] = regulation{
		matter: func() Matter { return new(Nomination) },
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).declare, ActSettle: (*turn).settleNomination, ActObject: (*turn).objectToNominee, ActCloseNotice: (*turn).closeNomineeNotice,
			ActCheckDue: (*turn).checkTitle, ActNameNext: (*turn).nameNext,
		},
		outcomes: map[string]func(*turn, *Task) error{
			"self_assess": (*turn).communityScored, "recommend": (*turn).recommended, "close_panel": (*turn).panelClosed, "eligibility": (*turn).eligibilityAnswered,
			"nominee_objection": (*turn).nomineeObjection, "rescore": (*turn).rescored,
			"year_check": (*turn).titleChecked, "recheck": (*turn).titleChecked, "rectified": (*turn).titleChecked,
		},
		withdrawn:   (*turn).nominationWithdrawn,
		recalculate: (*turn).recalculateNotice,
	}
}

// nominee is the nomination as the selection sees it, for the act to change.
func (t *turn) nominee() (*Nominee, error) {
	if t.fx.Appraisal.Nominee != nil {
		return t.fx.Appraisal.Nominee, nil
	}
	n, ok, err := t.world.Nominee(t.Case.ID)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, errNotNow(string(t.act.Kind), t.Case.State)
	}
	t.fx.Appraisal.Nominee = &n
	return &n, nil
}

// scorable is the nominee for an answer that goes into its score. After the freeze there is none: the nomination is left
// behind, and must not go on to another step first.
func (t *turn) scorable() (*Nominee, error) {
	y, err := t.world.Year(t.Case.Parent)
	switch {
	case err != nil:
		return nil, err
	case y.Year.Decided.Frozen != "":
		return nil, Refuse(Conflict, "scores_frozen", "成绩已冻结，不能更改。", "The scores are frozen; nothing about them changes any more.").By("scores_frozen")
	}
	return t.nominee()
}

// nominationWithdrawn takes the community out of the ranking: whoever steps back is neither drawn nor named.
func (t *turn) nominationWithdrawn() error {
	n, err := t.scorable()
	if err != nil {
		return err
	}
	n.Stands, n.Ground = selection.NotRecommended, "withdrawn"
	return nil
}

// declare (B2) files a community's declaration: within the window, and not too soon after its last title.
func (t *turn) declare() error {
	old, _ := t.Matter.(*Nomination)
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该申报已提交。", "This declaration has already been handed in.").With("number", t.Case.Number)
	}
	m := *old
	if err := m.complete(); err != nil {
		return err
	}
	n, err := t.declared(&m)
	if err != nil {
		return err
	}
	if err := t.titleRests(n); err != nil {
		return err
	}
	t.fx.Matter, t.fx.Appraisal.Nominee = &m, n
	t.fx.Appraisal.Sheets = []Sheet{{ID: NewID(t.Case.ID, string(SelfSheet)), Nomination: t.Case.ID, Kind: SelfSheet, Unit: t.Case.Unit}}
	t.fx.Case.Title, t.fx.Case.RulesAt, t.fx.Case.Calendar = m.Title(), t.Now, t.Calendar.Version()
	t.fx.NewNumber = true
	t.to(SelfScoring)
	_, err = t.open("self_assess", Seat{Role: Community, Unit: t.Case.Unit})
	return err
}

// declared is the nominee of a declaration, or why it cannot be taken.
func (t *turn) declared(m *Nomination) (*Nominee, error) {
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return nil, err
	}
	region, ok := t.world.Region(m.Community)
	district := t.world.District(m.Community)
	switch {
	case !ok || region.Level != "community" || !region.Stands(t.Now):
		return nil, Refuse(Invalid, "no_such_community", "没有这个社区（村）。", "There is no such community.").At("community")
	case t.world.Desk(m.Community) != t.Case.Unit:
		return nil, errNotYourCommunity()
	case y.State != Declaring:
		return nil, Refuse(Conflict, "not_declaring", "该年度现在不受理申报。", "This year takes no declarations now.").By("appraisal.window").With("state", string(y.State)).With("until", y.Year.DeclareBy)
	}
	if _, ok := y.Year.District(district); !ok {
		return nil, Refuse(Conflict, "not_assessed", "所在辖市、区不在本年度考评范围内。", "The district is not among those appraised this year.").With("district", district)
	}
	m.Name = region.Name
	return &Nominee{Nomination: t.Case.ID, Case: t.Case.Parent, Year: y.Year.Year, Community: m.Community, Committee: t.Case.Unit,
		Street: t.world.Above(m.Community), District: district, Urban: region.Urban, State: SelfScoring, Stands: selection.Stands}, nil
}

func errNotYourCommunity() *Error {
	return Refuse(Forbidden, "not_your_community", "只能为本社区（村）申报。", "A committee declares for its own community.").At("community")
}

// titleRests refuses a community that was named not long ago, naming when.
func (t *turn) titleRests(n *Nominee) error {
	no, err := t.rests(n)
	if err != nil || no == nil {
		return err
	}
	return no.At("community")
}

// rests says why a community cannot have another title yet; nil where it can.
func (t *turn) rests(n *Nominee) (*Error, error) {
	last, ok, err := t.world.LastTitle(n.Community)
	if err != nil || !ok {
		return nil, err
	}
	years, err := t.Rules.Int("appraisal.reappoint_years")
	if err != nil || n.Year-last.Year >= years {
		return nil, err
	}
	name := n.Community
	if region, ok := t.world.Region(n.Community); ok {
		name = region.Name
	}
	return Refuse(Conflict, "named_recently", "“"+name+"”已于近年获得命名（"+last.Plaque+"），间隔期内不得再次申报或命名。",
		n.Community+" was named not long ago ("+last.Plaque+") and can neither declare nor be named again yet.").
		By("appraisal.reappoint_years").With("named", last.Year).With("plaque", last.Plaque).With("again_from", last.Year+years), nil
}

// communityScored (B3) takes the self-assessment, whose sheet must be handed in.
func (t *turn) communityScored(*Task) error {
	n, err := t.scorable()
	if err != nil {
		return err
	}
	sheets, err := t.world.Sheets(t.Case.ID)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if s.Kind != SelfSheet || s.Submitted == nil {
			continue
		}
		score, err := t.assess(n, selection.Panel{Sheets: []selection.ScoreSheet{s.scores("self")}}, 1, 0)
		if err != nil {
			return err
		}
		n.Self = score.Panel
		t.to(Recommending)
		_, err = t.open("recommend", Seat{Role: StreetClerk, Unit: t.world.Desk(n.Street)})
		return err
	}
	return Refuse(Conflict, "sheet_missing", "请先提交自评表。", "Submit the self-assessment's sheet first.").At("outcome")
}

// recommended (B4): the street recommends in its own order, or does not.
func (t *turn) recommended(*Task) error {
	n, err := t.scorable()
	if err != nil {
		return err
	}
	if t.act.Outcome == "not_recommend" {
		n.Stands, n.Ground = selection.NotRecommended, "street"
		return t.close(NotRecommended)
	}
	n.Rank = t.act.Details.Appraisal.Rank
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return err
	}
	d, _ := y.Year.District(n.District)
	if d.Panel == nil {
		t.to(Recommended)
		return nil
	}
	return t.beginPanel(n, d)
}

// objectToNominee takes an objection to the district's notice.
func (t *turn) objectToNominee() error {
	if t.Case.State != Publicity && t.Case.State != Objected {
		return errNotNow("object", t.Case.State)
	}
	n, err := t.nominee()
	if err != nil {
		return err
	}
	seat, err := t.nomineesDistrict(n)
	if err != nil {
		return err
	}
	return t.objection("nominee_objection", seat)
}

// nomineesDistrict is the district's desk.
func (t *turn) nomineesDistrict(n *Nominee) (Seat, error) {
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return Seat{}, err
	}
	d, _ := y.Year.District(n.District)
	return Seat{Role: DistrictDesk, Unit: d.Office}, nil
}

// nomineeObjection (B7) settles one objection in the district.
func (t *turn) nomineeObjection(task *Task) error {
	t.settle(task)
	if t.act.Outcome == "dismiss" {
		return t.objectionsOver(t.nomineeNoticeOver)
	}
	n, err := t.nominee()
	if err != nil {
		return err
	}
	n.Stands, n.Ground = selection.NotRecommended, "objection"
	return t.close(Struck)
}

// closeNomineeNotice ends the district's notice.
func (t *turn) closeNomineeNotice() error {
	if err := t.dueNow(Publicity); err != nil {
		return err
	}
	return t.nomineeNoticeOver()
}

// nomineeNoticeOver: a year that has frozen its scores meanwhile leaves the nomination behind.
func (t *turn) nomineeNoticeOver() error {
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return err
	}
	if y.Year.Decided.Frozen != "" {
		return t.close(NotRecommended)
	}
	t.figure("appraisal.district_notice_wd", "区内公示期满无未决异议", "the district's notice is over, no objection left open", map[string]any{"objections": len(t.Objects)})
	t.to(Qualified)
	return nil
}

// checkAfter sets when the next check of the title is due.
func (t *turn) checkAfter() error {
	return t.afterMonths("appraisal.check_months")
}

// afterMonths has the case look again by itself after as many months as a parameter says.
func (t *turn) afterMonths(key string) error {
	months, err := t.Rules.Int(key)
	if err != nil {
		return err
	}
	at, _ := t.Calendar.DueMonths(t.Now, months)
	t.fx.Case.ActsAt = &at
	return nil
}

// monthsAsDays are the working days until so many months from now.
func (t *turn) monthsAsDays(months int) int {
	due, _ := t.Calendar.DueMonths(t.Now, months)
	return max(t.Calendar.Between(dateOf(t.Now), lastDay(due)), 1)
}

// yearOf is the year of an instant in the city.
func yearOf(at time.Time) int { return dateOf(at).Year }
