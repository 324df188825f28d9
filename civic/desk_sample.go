package civic

import "context"

// Sample is the city's sample of a year; anybody can draw it again from its seed.
func (d *Desk) Sample(ctx context.Context, who Actor, year int) (SampleView, error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return SampleView{}, err
	}
	_, a, err := d.yearFile(ctx, year)
	if err != nil {
		return SampleView{}, err
	}
	draw := a.Decided.Draw
	if draw == nil {
		return SampleView{}, ErrNotFound()
	}
	words, err := d.lexicon(ctx)
	v := SampleView{Seed: draw.Seed, SeedSource: a.SeedSource, Part: draw.Part, Whole: draw.Whole}
	for _, one := range draw.Drawn {
		v.Drawn = append(v.Drawn, DrawnView{Drawn: one, Community: words.region(one.Key), Team: words.unit(draw.Teams[one.Key])})
	}
	return v, err
}

// Commendations are the commendation projects on record.
func (d *Desk) Commendations(ctx context.Context, who Actor) ([]Project, error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return nil, err
	}
	return d.Record.Commendations(ctx)
}
