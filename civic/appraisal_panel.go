package civic

import (
	"slices"
	"sort"
)

// panelComposed (B5) names a district's panel for the year: assessors of its own, enough for every street after recusals.
func (t *turn) panelComposed(task *Task) error {
	a := t.year()
	d := a.districtOf(task.Seat.Unit)
	if d == nil {
		return errNotNow("compose_panel", t.Case.State)
	}
	p, err := t.panel(*d, *t.act.Details.Appraisal)
	if err != nil {
		return err
	}
	d.Panel = p
	t.fx.Appraisal.Wake = &Wake{Year: t.Case.ID, States: []State{Recommended}, District: d.Region}
	return nil
}

// panelRecomposed (B5) names a panel anew, until the scores are frozen. Nominations under assessment take it over by themselves.
func (t *turn) panelRecomposed() error {
	if t.Case.State != Declaring && t.Case.State != PanelsAtWork {
		return errNotNow("recompose", t.Case.State)
	}
	a := t.year()
	d, err := t.ownDistrict(a)
	switch {
	case err != nil:
		return err
	case d.Panel == nil:
		return Refuse(Conflict, "no_panel", "本区尚未组建考评组，请先办理组建考评组任务。", "The district has no panel yet: answer the task that composes it.").By("appraisal.panel_min")
	}
	p, err := t.panel(*d, *t.act.Details.Appraisal)
	if err != nil {
		return err
	}
	if p.Lead == d.Panel.Lead && slices.Equal(p.Assessors, d.Panel.Assessors) {
		return Refuse(Invalid, "same_panel", "考评组没有变化。", "The panel would stay as it is.").At("details.appraisal.assessors")
	}
	t.figure("panel.recomposed", "改组考评组", "the panel was named anew",
		map[string]any{"district": d.Region, "before": len(d.Panel.Assessors), "now": len(p.Assessors), "lead_changed": p.Lead != d.Panel.Lead})
	if err := t.backInVain(d, p); err != nil {
		return err
	}
	d.Panel = p
	t.fx.Appraisal.Wake = &Wake{Year: t.Case.ID, States: []State{Recommended, PanelWork}, District: d.Region}
	return nil
}

// backInVain refuses to bring somebody back where too few could then score a nomination under assessment: their sheet was closed
// when they left and stays so. What others handed in counts, whether they stay or not.
func (t *turn) backInVain(d *DistrictYear, p *PanelOf) error {
	least, err := t.Rules.Int("appraisal.panel_min")
	if err != nil {
		return err
	}
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return err
	}
	for _, n := range nominees {
		if n.District != d.Region || n.State != PanelWork {
			continue
		}
		sheets, err := t.world.Sheets(n.Nomination)
		if err != nil {
			return err
		}
		back := closedFor(sheets, p)
		if len(back) == 0 {
			continue
		}
		left, err := t.scorers(n, p, sheets)
		if err != nil {
			return err
		}
		if left < least {
			return Refuse(Conflict, "panel_too_small", "曾退出考评组的考评员，其在评申报的评分表已关闭，不能重新评分；请另行增加考评员。",
				"The sheets of those who left the panel before are closed for good where the assessment goes on; name others besides.").
				At("details.appraisal.assessors").By("appraisal.panel_min").With("community", n.Community).With("left", left).With("least", least).With("back", back)
		}
	}
	return nil
}

// closedFor are the members of a panel whose sheet was closed because they had left it.
func closedFor(sheets []Sheet, p *PanelOf) (back []string) {
	for _, s := range sheets {
		if s.Kind == PanelSheet && s.Why == LeftPanel && slices.Contains(p.Assessors, s.Assessor) {
			back = append(back, s.Assessor)
		}
	}
	return back
}

// scorers are how many have scored a nomination, or still can under a panel.
func (t *turn) scorers(n Nominee, p *PanelOf, sheets []Sheet) (int, error) {
	count, known := 0, map[string]bool{}
	for _, s := range sheets {
		if s.Kind != PanelSheet {
			continue
		}
		known[s.Assessor] = true
		if !s.Recused && (s.Submitted != nil || slices.Contains(p.Assessors, s.Assessor)) {
			count++
		}
	}
	for _, person := range p.Assessors {
		if known[person] {
			continue
		}
		streets, err := t.streetsOf(person)
		if err != nil {
			return 0, err
		}
		if !slices.Contains(streets, n.Street) {
			count++
		}
	}
	return count, nil
}

// ownDistrict is the district whose desk whoever acts answers for.
func (t *turn) ownDistrict(a *Appraisal) (*DistrictYear, error) {
	for i := range a.Decided.Districts {
		d := &a.Decided.Districts[i]
		desk, err := t.world.Holders(DistrictDesk, d.Office)
		if err != nil {
			return nil, err
		}
		if slices.Contains(desk, t.act.Actor) || t.act.Principal != "" && slices.Contains(desk, t.act.Principal) {
			return d, nil
		}
	}
	return nil, Refuse(Forbidden, "not_your_district", "只能改组本区的考评组。", "A district names its own panel only.").By("appraisal.panel_min")
}

func (t *turn) panel(d DistrictYear, given AppraisalDetails) (*PanelOf, error) {
	least, err := t.Rules.Int("appraisal.panel_min")
	if err != nil {
		return nil, err
	}
	holders, err := t.world.Holders(Assessor, d.Bureau)
	if err != nil {
		return nil, err
	}
	p := &PanelOf{Assessors: slices.Clone(given.Assessors), Lead: given.Lead}
	sort.Strings(p.Assessors)
	for i, person := range p.Assessors {
		if !slices.Contains(holders, person) || i > 0 && p.Assessors[i-1] == person {
			return nil, Refuse(Invalid, "no_such_assessor", "考评员应为本区在册考评员，且不得重复。", "Panel members are assessors of the district, each once.").
				At("details.appraisal.assessors").With("person", clip(person))
		}
	}
	switch {
	case len(p.Assessors) < least:
		return nil, Refuse(Invalid, "panel_too_small", "考评组人数不足。", "The panel is too small.").At("details.appraisal.assessors").By("appraisal.panel_min").With("least", least)
	case !slices.Contains(p.Assessors, p.Lead):
		return nil, Refuse(Invalid, "no_such_lead", "组长应为考评组成员。", "The lead is one of the panel.").At("details.appraisal.lead")
	}
	return p, t.recusable(p, least)
}

// recusable refuses a panel of which too few are left for some street once those who belong to it are recused.
func (t *turn) recusable(p *PanelOf, least int) error {
	recused := map[string]int{}
	for _, person := range p.Assessors {
		streets, err := t.streetsOf(person)
		if err != nil {
			return err
		}
		for _, s := range streets {
			recused[s]++
		}
		if person == p.Lead && len(streets) > 0 {
			return Refuse(Conflict, "lead_recused", "组长在街道（镇）任职，须回避，不能担任组长。", "The lead works in a street and would be recused there.").At("details.appraisal.lead").By("panel.recusal").With("street", streets[0])
		}
	}
	for _, street := range sortedKeys(keysOf(recused)) {
		if left := len(p.Assessors) - recused[street]; left < least {
			return Refuse(Conflict, "panel_too_small", "回避后考评组人数不足。", "After recusals the panel is too small for a street.").
				At("details.appraisal.assessors").By("panel.recusal").With("street", street).With("left", left).With("least", least)
		}
	}
	return nil
}

func keysOf(m map[string]int) map[string]bool {
	out := make(map[string]bool, len(m))
	for k := range m {
		out[k] = true
	}
	return out
}

// streetsOf are the streets and towns in which somebody works, themselves or in one of their communities.
func (t *turn) streetsOf(person string) ([]string, error) {
	units, err := t.world.Ties(person)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, key := range units {
		u, ok := t.world.Unit(key)
		switch {
		case !ok:
		case u.Level == "township":
			found[u.Region] = true
		case u.Level == "community":
			found[t.world.Above(u.Region)] = true
		}
	}
	return sortedKeys(found), nil
}
