package changzhou

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func (p *Profile) standing(level string, day Day) []string {
	var keys []string
	for _, r := range p.Regions {
		if r.Level == level && r.Valid.Holds(day) {
			keys = append(keys, r.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// above returns every region that answers for this one on that day.
func (p *Profile) above(region string, day Day) []string {
	var keys []string
	for _, q := range p.Parents {
		if q.Region != region || !q.Valid.Holds(day) {
			continue
		}
		if q.EntrustedTo != "" {
			keys = append(keys, q.EntrustedTo)
			continue
		}
		keys = append(keys, q.Parent)
	}
	return keys
}

func (p *Profile) region(t *testing.T, key string) Region {
	t.Helper()
	i := slices.IndexFunc(p.Regions, func(r Region) bool { return r.Key == key })
	require.GreaterOrEqual(t, i, 0, key)
	return p.Regions[i]
}

// heir follows successions up to that day.
func (p *Profile) heir(unit string, day Day) string {
	for {
		i := slices.IndexFunc(p.Successions, func(s Succession) bool { return s.From == unit && s.On <= day })
		if i < 0 {
			return unit
		}
		unit = p.Successions[i].To
	}
}

func TestSevenUnitsAreAssessed(t *testing.T) {
	t.Parallel()
	p := profile(t)
	before := []string{"cz-jintan-shi", "cz-liyang", "cz-qishuyan", "cz-tianning", "cz-wujin-2002", "cz-xinbei", "cz-zhonglou"}
	since := []string{"cz-jingkai", "cz-jintan", "cz-liyang", "cz-tianning", "cz-wujin", "cz-xinbei", "cz-zhonglou"}
	for day, want := range map[Day][]string{meeting: before, "2015-04-27": before, reform: since, after: since, today: since} {
		require.Equal(t, want, p.standing("district", day), day)
	}
}

func TestEveryTownshipAnswersToOneDistrict(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, day := range []Day{meeting, after, today} {
		districts := p.standing("district", day)
		for _, key := range p.standing("township", day) {
			above := p.above(key, day)
			require.Len(t, above, 1, "%s on %s", key, day)
			require.Contains(t, districts, above[0], "%s on %s", key, day)
		}
	}
}

func TestEveryCommunityAnswersToOneStandingTownship(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, day := range []Day{meeting, after, "2020-06-30", "2020-07-01", today} {
		townships := p.standing("township", day)
		for _, key := range p.standing("community", day) {
			above := p.above(key, day)
			require.Len(t, above, 1, "%s on %s", key, day)
			require.Contains(t, townships, above[0], "%s on %s", key, day)
		}
	}
}

func TestStreetsAndTownsAgreeWithTheStatisticalLists(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for day, want := range map[Day]map[string]int{
		"2015-09-30": {"street": 20, "town": 36},
		"2023-06-30": {"street": 25, "town": 33},
	} {
		got := map[string]int{}
		for _, key := range p.standing("township", day) {
			got[p.region(t, key).Kind]++
		}
		require.Equal(t, want, got, day)
	}
}

func TestTownshipsMovedIn2015(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for key, want := range map[string][2]string{
		"cz-tianning-zhenglu":     {"cz-wujin-2002", "cz-tianning"},
		"cz-zhonglou-zouqu":       {"cz-wujin-2002", "cz-zhonglou"},
		"cz-xinbei-benniu":        {"cz-wujin-2002", "cz-xinbei"},
		"cz-jingkai-qishuyan":     {"cz-qishuyan", "cz-jingkai"},
		"cz-jingkai-dingyan":      {"cz-qishuyan", "cz-jingkai"},
		"cz-jingkai-lucheng":      {"cz-qishuyan", "cz-jingkai"},
		"cz-jingkai-hengshanqiao": {"cz-wujin-2002", "cz-jingkai"},
		"cz-jingkai-henglin":      {"cz-wujin-2002", "cz-jingkai"},
		"cz-jingkai-yaoguan":      {"cz-wujin-2002", "cz-jingkai"},
		"cz-wujin-hutang":         {"cz-wujin-2002", "cz-wujin"},
	} {
		require.Equal(t, want[:1], p.above(key, "2015-04-27"), key)
		require.Equal(t, want[1:], p.above(key, reform), key)
	}
}

func TestWhatIsEntrustedToTheZoneStaysInWujinByLaw(t *testing.T) {
	t.Parallel()
	var entrusted []string
	for _, q := range profile(t).Parents {
		if q.EntrustedTo == "" || !q.Valid.Holds(today) {
			continue
		}
		require.Equal(t, "cz-wujin", q.Parent, q.Region)
		entrusted = append(entrusted, q.Region)
	}
	require.Len(t, entrusted, 6)
}

func TestEndedBodiesResolveToThoseWhoAnswerToday(t *testing.T) {
	t.Parallel()
	p := profile(t)
	require.Equal(t, "cz-jingkai", p.region(t, "cz-qishuyan").Successor)
	for unit, want := range map[string]string{
		"cz-qishuyan-leading-office":      "cz-jingkai-leading-office",
		"cz-qishuyan-civil-affairs":       "cz-jingkai-civil-affairs",
		"cz-family-planning":              "cz-health",
		"cz-health-2014":                  "cz-health",
		"cz-planning":                     "cz-natural-resources",
		"cz-land":                         "cz-natural-resources",
		"cz-construction":                 "cz-housing-construction",
		"cz-housing-management":           "cz-housing-construction",
		"cz-legal-affairs":                "cz-justice",
		"cz-ageing":                       "cz-health",
		"cz-xinbei-hehai-office":          "cz-xinbei-sanjing-office",
		"cz-xinbei-chunjiang-zhen-office": "cz-xinbei-chunjiang-office",
		"cz-civil-affairs":                "cz-civil-affairs",
	} {
		require.Equal(t, want, p.heir(unit, today), unit)
		require.Equal(t, unit, p.heir(unit, meeting), unit)
	}
	require.Equal(t, "cz-health-family-planning", p.heir("cz-family-planning", after))
}

func TestTheZoneHasASocialSecurityBureauAndNoCivilAffairsBureau(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, u := range p.Units {
		if u.Region == "cz-jingkai" {
			require.NotContains(t, u.Name, "民政局")
		}
	}
}

func TestEveryStreetTownAndCommunityHasItsBodyForItsWholeLife(t *testing.T) {
	t.Parallel()
	p := profile(t)
	units := map[string]Unit{}
	for _, u := range p.Units {
		units[u.Key] = u
	}
	for _, r := range p.Regions {
		suffix, ok := map[string]string{"township": "-office", "community": "-committee"}[r.Level]
		if !ok {
			continue
		}
		require.Contains(t, units, r.Key+suffix)
		require.Equal(t, r.Valid, units[r.Key+suffix].Valid, r.Key)
	}
	require.Equal(t, "采菱村村民委员会（采菱社区居民委员会）", units["cz-tianning-diaozhuang-03-committee"].Name)
}
