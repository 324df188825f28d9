package civic

import (
	"slices"

	"lizheng/civic/space"
)

// layoutCheckAfter has the plan looked at again in a year, and at the latest when its period is over.
func (t *turn) layoutCheckAfter(l *Layout) error {
	months, err := t.Rules.Int("housing.layout_review_months")
	if err != nil {
		return err
	}
	at, _ := t.Calendar.DueMonths(t.Now, months)
	if over := l.ends(); over.Before(at) {
		at = over
	}
	t.fx.Case.ActsAt = &at
	return nil
}

// checkLayout is the system's own: a plan ends with its period or with a newer one; else civil affairs is asked every year
// whether it still holds. A question that is not answered is asked on, and the plan goes on meanwhile.
func (t *turn) checkLayout() error {
	if err := t.dueNow(InForce); err != nil {
		return err
	}
	l, err := t.layout()
	if err != nil {
		return err
	}
	t.fx.Matter = nil // nothing about it changes
	newest, err := t.world.PlanInForce()
	switch {
	case err != nil:
		return err
	case newest != nil && newest.Case != t.Case.ID:
		t.figure("housing.layout", "新版布局规划已批准", "a newer layout plan was approved", map[string]any{"version": newest.Version, "document": newest.Layout.Document})
		return t.close(Replaced)
	case !t.Now.Before(l.ends()):
		t.fx.Layout = &LayoutChange{}
		return t.close(Expired)
	}
	over := l.ends()
	t.fx.Case.ActsAt = &over
	if t.waiting("layout_adjust") {
		return nil
	}
	return t.openAt("layout_adjust", CivilAffairs, CivilAffairsUnit)
}

// layoutAdjusted keeps what civil affairs found. A new version is a case of its own: this plan is in force until that one is.
func (t *turn) layoutAdjusted(*Task) error {
	l, err := t.layout()
	if err != nil {
		return err
	}
	if len(l.Reviews) == maxLayoutChecks {
		return Refuse(Conflict, "too_many_entries", "年度检查记录已达上限。", "There are as many yearly checks as there can be.")
	}
	l.Reviews = append(l.Reviews, LayoutCheck{Outcome: t.act.Outcome, Text: t.act.Opinion, Act: t.act.ID, At: t.Now})
	return t.layoutCheckAfter(l)
}

// LayoutSays is what a plan in force says about one community.
type LayoutSays struct {
	Case     string         `json:"case"` // of the plan
	Version  int            `json:"version"`
	Document string         `json:"document"`
	Rows     []LayoutPlaced `json:"rows"` // none: the plan does not name it
}

// LayoutPlaced is a row of the plan without its community.
type LayoutPlaced struct {
	Way  Origin     `json:"way"`
	Area space.Area `json:"area"`
	Site string     `json:"site"`
	Year int        `json:"year"`
}

// says is what the plan says about a community, by year.
func (p *LayoutPlan) says(community string) *LayoutSays {
	out := &LayoutSays{Case: p.Case, Version: p.Version, Document: p.Layout.Document, Rows: []LayoutPlaced{}}
	for _, r := range p.Layout.Rows {
		if r.Community == community {
			out.Rows = append(out.Rows, LayoutPlaced{r.Way, r.Area, r.Site, r.Year})
		}
	}
	slices.SortStableFunc(out.Rows, func(a, b LayoutPlaced) int { return a.Year - b.Year })
	return out
}

// noteLayout notes at a project's registration what the plan in force says about its community. It refuses nothing: an estate
// owes its rooms whether somebody planned them or not.
func (t *turn) noteLayout(h *Housing) error {
	plan, err := t.world.PlanInForce()
	if err != nil {
		return err
	}
	if plan == nil || !t.Now.Before(plan.Layout.ends()) {
		t.figure("housing.layout", "登记时没有实施中的布局规划", "no layout plan is in force", nil)
		return nil
	}
	h.Layout = plan.says(h.Community)
	values := map[string]any{"version": plan.Version, "document": plan.Layout.Document}
	if len(h.Layout.Rows) == 0 {
		t.figure("housing.layout", "布局规划未列入该社区", "the layout plan does not name the community", values)
		return nil
	}
	for _, r := range h.Layout.Rows {
		one := map[string]any{"version": plan.Version, "document": plan.Layout.Document, "area": r.Area.String(), "way": string(r.Way), "year": r.Year}
		t.figure("housing.layout", "布局规划已列入该社区："+wordOf(Origins, string(r.Way)).Zh+r.Area.Zh(), "the layout plan names the community: "+wordOf(Origins, string(r.Way)).En+", "+r.Area.En(), one)
	}
	return nil
}
