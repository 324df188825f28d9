package civic

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lizheng/civic/workday"
)

// householdSource says where the households of the report come from.
const householdSource = "region.households"

// Shortage is the register against the standard in force on a day, by district, street or community. Places hang where they
// hung on that day, walking "entrusted to, else parent".
func (d *Desk) Shortage(ctx context.Context, who Actor, by, region string, at *time.Time) (ShortageReport, error) {
	if err := d.may(ctx, who, "stock", "read"); err != nil {
		return ShortageReport{}, err
	}
	return d.shortage(ctx, by, region, at)
}

// PublicShortage is the shortage of today by district, for everybody.
func (d *Desk) PublicShortage(ctx context.Context) (ShortageReport, error) {
	return d.shortage(ctx, "district", "", nil)
}

func (d *Desk) shortage(ctx context.Context, by, region string, at *time.Time) (ShortageReport, error) {
	words, err := d.lexicon(ctx)
	if err != nil {
		return ShortageReport{}, err
	}
	moment := words.at
	if at != nil {
		moment = at.Add(12 * time.Hour) // a day's noon lies in the day on every clock of the city
		words.at = moment
	}
	if _, ok := words.atlas.Region(region); region != "" && !ok {
		return ShortageReport{}, Refuse(Invalid, "no_such_region", "没有这个区域。", "There is no such region.").At("region")
	}
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return ShortageReport{}, err
	}
	day := workday.DateOf(moment)
	standard, err := HousingStandard(RulesAt(parameters, moment))
	if err != nil {
		return ShortageReport{}, Refuse(Invalid, "no_standard", "该日尚无用房标准。", "No housing standard was in force on that day.").At("at")
	}
	rooms, err := d.Record.StockOn(ctx, day)
	if err != nil {
		return ShortageReport{}, err
	}
	of := map[string][]StockRoom{}
	for _, r := range rooms {
		heir := words.atlas.HeirOf(r.Region, moment)
		of[heir] = append(of[heir], r)
	}
	out := ShortageReport{Day: day, By: by, Source: householdSource, Lines: []ShortageLine{}}
	sums := map[string]*ShortageLine{}
	for _, c := range words.atlas.Regions() {
		if c.Level != "community" || !c.Stands(moment) || region != "" && !words.atlas.Within(c.Key, region, moment) {
			continue
		}
		s, err := ShortageOf(standard, c, of[c.Key], day)
		if err != nil {
			return out, err
		}
		place := words.placeOf(c.Key, by)
		if sums[place] == nil {
			sums[place] = words.shortageLine(place)
		}
		for _, line := range []*ShortageLine{sums[place], &out.Total} {
			if err := line.take(s); err != nil {
				return out, err
			}
		}
	}
	for _, line := range sums {
		out.Lines = append(out.Lines, *line)
	}
	slices.SortFunc(out.Lines, func(a, b ShortageLine) int {
		return cmp.Or(cmp.Compare(b.Short, a.Short), cmp.Compare(a.Region.Key, b.Region.Key)) // the worst first
	})
	out.Total.Day, out.Total.Standard, out.Total.Level = day, standard.Version, "city"
	if region != "" {
		total := words.shortageLine(region)
		out.Total.Region, out.Total.Level, out.Total.District = total.Region, total.Level, total.District
	}
	return out, nil
}

// placeOf is the district, street or community itself that a community counts to.
func (l lexicon) placeOf(community, by string) string {
	switch by {
	case "district":
		return l.atlas.District(community, l.at)
	case "street":
		return l.atlas.Above(community, l.at)
	}
	return community
}

func (l lexicon) shortageLine(place string) *ShortageLine {
	r, _ := l.atlas.Region(place)
	line := &ShortageLine{Region: l.region(place), Level: r.Level}
	if r.Level != "district" && r.Level != "city" {
		line.District = l.regionOrNone(l.atlas.District(place, l.at))
	}
	return line
}

// take adds a community.
func (s *ShortageLine) take(c Shortage) error {
	s.Communities++
	if c.Short > 0 {
		s.Lacking++
	}
	if c.Households == 0 {
		s.Uncounted++
	}
	sum, err := s.Shortage.Add(c)
	s.Shortage = sum
	return err
}
