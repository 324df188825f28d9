package civic

import (
	"slices"
	"sort"

	"lizheng/civic/selection"
)

// sampleDrawn (B9) draws from all that the districts reported, and gives each to the assessors of another district.
func (t *turn) sampleDrawn(*Task) error {
	a := t.year()
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return err
	}
	draw := &Draw{Seed: t.act.Details.Appraisal.Seed, Part: 1, Whole: 1, Teams: map[string]string{}}
	if !a.ScoreAll {
		if draw.Part, draw.Whole, err = t.Rules.ratio("appraisal.sample_ratio"); err != nil {
			return err
		}
	}
	if draw.Drawn, err = selection.Sample(draw.Seed, reported(a, nominees), draw.Part, draw.Whole); err != nil {
		return Refuse(Invalid, "bad_seed", "随机种子无效。", "The seed cannot be drawn with.").At("details.appraisal.seed").With("why", err.Error())
	}
	districts := map[string]string{}
	for _, n := range nominees {
		districts[n.Community] = n.District
	}
	var drawn []string
	own := 0
	for i, one := range draw.Drawn {
		team, crossed := a.team(districts[one.Key], i)
		if !crossed {
			own++
		}
		draw.Teams[one.Key] = team
		drawn = append(drawn, NominationID(a.Year, one.Key))
	}
	if own > 0 {
		t.figure("appraisal.cross_district", "本年度只有一个参评辖市、区，由本区未参加该社区考评的考评员复评", "only one district takes part: assessors of its own score again, but not whom they have scored",
			map[string]any{"drawn": len(drawn), "own_district": own})
	}
	a.Decided.Draw = draw
	t.seal("seed", draw.Seed)
	figures := map[string]any{"seed": draw.Seed, "drawn": len(drawn), "part": draw.Part, "whole": draw.Whole}
	if a.SeedSource != "" {
		figures["seed_source"] = a.SeedSource
	}
	t.figure("appraisal.sample_ratio", "按公开种子抽样，可复核", "drawn with a published seed; anybody can draw it again", figures)
	if len(drawn) > 0 {
		t.fx.Appraisal.Wake = &Wake{Year: t.Case.ID, States: []State{Ranked}, Only: drawn}
	}
	return t.openAt("close_sample", OfficeClerk, OfficeUnit)
}

// reported are the communities on the districts' lists, without those withheld.
func reported(a *Appraisal, nominees []Nominee) (keys []string) {
	for _, n := range nominees {
		d, _ := a.District(n.District)
		held := slices.ContainsFunc(d.Withheld, func(w Withheld) bool { return w.Community == n.Community })
		if !held && oneOf(n.Outcome, string(selection.IsProposed), string(selection.IsReserve)) {
			keys = append(keys, n.Community)
		}
	}
	return keys
}

// team is the unit whose assessors score the i-th of the sample: another district's, each in turn. A district that had
// nobody to assess may have named no panel; its assessors are asked where no other has one. Where no other district takes part
// there is only the own, and it is not crossed.
func (a *Appraisal) team(own string, i int) (string, bool) {
	var others, idle []string
	bureau := ""
	for _, d := range a.Decided.Districts {
		switch {
		case d.Region == own:
			bureau = d.Bureau
		case d.Panel != nil:
			others = append(others, d.Bureau)
		default:
			idle = append(idle, d.Bureau)
		}
	}
	if len(others) == 0 {
		others = idle
	}
	if len(others) == 0 {
		return bureau, false
	}
	sort.Strings(others)
	return others[i%len(others)], true
}

// sampleClosed (B9) hands the list to the leading group, with titles that a district cannot use back in the pool.
func (t *turn) sampleClosed(*Task) error {
	a := t.year()
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return err
	}
	waiting := 0
	for _, n := range nominees {
		if a.Decided.Draw.drawn(n.Community) && n.Second == nil && n.State != Struck {
			waiting++
		}
	}
	if waiting > 0 {
		return Refuse(Conflict, "sample_waiting", "仍有样本未完成复评。", "Some of the sample have not been scored again yet.").With("waiting", waiting)
	}
	sheet, err := t.compute(a, nominees, a.Decided.Strikes, true)
	if err != nil {
		return err
	}
	if err := t.publishSheet(a, sheet, "proposed"); err != nil {
		return err
	}
	return t.deliberateList()
}

// drawn reports whether a community was drawn.
func (d *Draw) drawn(community string) bool {
	return d != nil && slices.ContainsFunc(d.Drawn, func(one selection.Drawn) bool { return one.Key == community })
}
