package civic

import (
	"fmt"
	"slices"
	"time"
)

// LayoutWorld answers what the rules ask about the city's layout plan, in the transaction that decides.
type LayoutWorld interface {
	// PlanInForce is the plan that was approved last, as long as it has not ended; nil when there is none.
	PlanInForce() (*LayoutPlan, error)
	// NextPlan is the version that a plan approved by this act has: whoever else approves one waits until it is done.
	NextPlan() (int, error)
}

// LayoutPlan is a plan in force.
type LayoutPlan struct {
	Case    string // id
	Version int
	Since   time.Time
	Layout  *Layout
}

// LayoutChange is what an act does to the city's plan: a version comes into force and ends the one before, or the case's own ends.
type LayoutChange struct {
	Version int // 0: the case's own version ends
	From    int
	To      int
}

// layout is a copy of the case's plan, to be changed; it is set as an effect.
func (t *turn) layout() (*Layout, error) {
	stored, ok := t.Matter.(*Layout)
	if !ok {
		return nil, errNotNow("layout", t.Case.State)
	}
	l, err := stored.clone()
	if err == nil {
		t.fx.Matter = l
	}
	return l, err
}

// submitLayout files the plan (D1): it is civil affairs' to draw up.
func (t *turn) submitLayout() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该申请已提交。", "This request has already been submitted.").With("number", t.Case.Number)
	}
	l, err := t.layout()
	if err != nil {
		return err
	}
	own, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	if err != nil {
		return err
	}
	if t.world.Responsible(t.Case.Unit) != own.Unit {
		return Refuse(Forbidden, "not_civil_affairs", "布局规划由市民政部门编制。", "The layout plan is drawn up by the city's civil affairs.").At("unit").By(CivilAffairsUnit)
	}
	if err := t.layoutStands(l); err != nil {
		return err
	}
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = l.Title(), t.Now, t.Calendar.Version() // the case is born
	t.fx.NewNumber = true
	return t.layoutAsked()
}

// layoutAsked asks planning and development and reform, each for its own opinion.
func (t *turn) layoutAsked() error {
	t.to(LayoutReview)
	if err := t.openAt("layout_opinion", PlanningOfficer, PlanningUnit); err != nil {
		return err
	}
	return t.openAt("layout_opinion", ReformOfficer, ReformUnit)
}

// layoutStands refuses a plan that is not complete, is over, or speaks of a community that does not stand.
func (t *turn) layoutStands(l *Layout) error {
	faults := l.faults()
	if year := yearOf(t.Now); l.To != 0 && l.To < year {
		faults = append(faults, Refuse(Invalid, "period_over", "规划期已过。", "The years of the plan are over.").At("to").With("year", year))
	}
	for i, r := range l.Rows {
		if place, ok := t.world.Region(r.Community); r.Community != "" && (!ok || place.Level != "community" || !place.Stands(t.Now)) {
			faults = append(faults, Refuse(Invalid, "no_such_community", fmt.Sprintf("第%d行：没有这个社区。", i+1), fmt.Sprintf("Row %d: there is no such community.", i+1)).
				At(rowField(i, "community")).With("row", i+1).With("community", clip(r.Community)))
		}
	}
	if len(faults) == 0 {
		return nil
	}
	first := *faults[0]
	first.Also = faults[1:min(len(faults), maxFaults)]
	return &first
}

// maxFaults is how many faults a refusal names: a plan of three hundred rows may have thousands.
const maxFaults = 100

// layoutAnswered waits for both bodies; one that wants a change sends the plan back with the reasons of all.
func (t *turn) layoutAnswered(task *Task) error {
	l, err := t.layout()
	if err != nil {
		return err
	}
	l.Opinions = append(l.Opinions, LayoutOpinion{Unit: task.Seat.Unit, Outcome: t.act.Outcome, Text: t.act.Opinion, Round: task.Round, Act: t.act.ID, At: t.Now})
	if t.waiting("layout_opinion") {
		return nil
	}
	if slices.ContainsFunc(l.Opinions, func(o LayoutOpinion) bool { return o.Round == t.Case.Round && o.Outcome == "revise" }) {
		return t.layoutReturned()
	}
	t.to(Deliberation)
	return t.openAt("layout_decide", GroupChair, GroupUnit)
}

// layoutReturned has civil affairs amend the plan; everybody speaks anew about what comes back.
func (t *turn) layoutReturned() error {
	t.fx.Case.Round++
	t.to(Returned)
	return t.openAt("layout_amend", CivilAffairs, CivilAffairsUnit)
}

// layoutAmended takes the amended plan, as it was saved meanwhile.
func (t *turn) layoutAmended(*Task) error {
	l, err := t.layout()
	if err != nil {
		return err
	}
	if err := t.layoutStands(l); err != nil {
		return err
	}
	t.fx.Case.Title = l.Title()
	return t.layoutAsked()
}

// layoutDecided approves the plan with a number: it is the next version of the city's, and the one before has ended.
func (t *turn) layoutDecided(*Task) error {
	if t.act.Outcome == "send_back" {
		return t.layoutReturned()
	}
	l, err := t.layout()
	if err != nil {
		return err
	}
	if err := t.layoutStands(l); err != nil { // a community may have been merged meanwhile
		return err
	}
	issuer, err := t.seatAt(GroupChair, GroupUnit)
	if err != nil {
		return err
	}
	if l.Version, err = t.world.NextPlan(); err != nil {
		return err
	}
	now := t.Now
	l.ApprovedAt, l.Approval = &now, t.act.ID
	t.fx.Layout = &LayoutChange{Version: l.Version, From: l.From, To: l.To}
	t.fx.Document = &Document{Unit: issuer.Unit, Title: "关于印发《" + l.Title() + "》的通知"}
	t.figure("housing.layout", "批准布局规划", "the layout plan is approved", map[string]any{"version": l.Version, "rows": len(l.Rows), "from": l.From, "to": l.To})
	t.to(InForce)
	return t.layoutCheckAfter(l)
}
