package civic

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lizheng/civic/workday"
)

// LeadTime is how long steps and cases took in working days: by step, by the department that filed and by the district that answered.
func (d *Desk) LeadTime(ctx context.Context, who Actor, f StatsFilter) (LeadTime, error) {
	if err := d.may(ctx, who, "stats", "read"); err != nil {
		return LeadTime{}, err
	}
	c, err := f.counted(d.Record.Now())
	if err != nil {
		return LeadTime{}, err
	}
	answers, rulings, err := d.Record.Passages(ctx, c)
	if err != nil {
		return LeadTime{}, err
	}
	calendar, err := d.Record.Calendar(ctx, 0)
	if err != nil {
		return LeadTime{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return LeadTime{}, err
	}
	return LeadTime{From: dateOf(c.From).String(), To: dateOf(c.To).AddDays(-1).String(), Steps: stepLeads(calendar, answers),
		Departments: unitLeads(calendar, words, rulings), Districts: districtLeads(calendar, words, answers, d.Record.Now())}, nil
}

// stepLeads are in the order of the regulation; a step that nobody answered is not among them.
func stepLeads(c *workday.Calendar, answers []AnswerPassage) []StepLead {
	by := map[string][]Passage{}
	for _, a := range answers {
		by[a.Step] = append(by[a.Step], a.Passage)
	}
	out := []StepLead{}
	for _, s := range allSteps() {
		if passages := by[s.Name]; len(passages) > 0 {
			out = append(out, StepLead{Step: s.Name, Words: Words{s.Zh, s.En}, Spread: spread(c, passages)})
		}
	}
	return out
}

func unitLeads(c *workday.Calendar, words lexicon, rulings []RulingPassage) []UnitLead {
	by := map[string][]Passage{}
	for _, r := range rulings {
		by[r.Unit] = append(by[r.Unit], r.Passage)
	}
	out := []UnitLead{}
	for unit, passages := range by {
		out = append(out, UnitLead{Unit: words.unit(unit), Spread: spread(c, passages)})
	}
	slices.SortFunc(out, func(a, b UnitLead) int {
		return cmp.Or(cmp.Compare(b.Done, a.Done), cmp.Compare(a.Unit.Key, b.Unit.Key))
	})
	return out
}

// districtLeads leave out what the city's own bodies answered: they belong to no district.
func districtLeads(c *workday.Calendar, words lexicon, answers []AnswerPassage, at time.Time) []RegionLead {
	by := map[string][]Passage{}
	for _, a := range answers {
		unit, _ := words.atlas.Unit(a.Unit)
		if district := words.atlas.District(unit.Region, at); district != "" {
			by[district] = append(by[district], a.Passage)
		}
	}
	out := []RegionLead{}
	for district, passages := range by {
		out = append(out, RegionLead{Region: words.region(district), Spread: spread(c, passages)})
	}
	slices.SortFunc(out, func(a, b RegionLead) int {
		return cmp.Or(cmp.Compare(b.Done, a.Done), cmp.Compare(a.Region.Key, b.Region.Key))
	})
	return out
}
