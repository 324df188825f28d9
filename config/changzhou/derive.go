package changzhou

import (
	"fmt"
	"strings"
)

// deriveUnits adds the office of every street and town and the committee of every community, and their successions:
// each lives exactly as long as its region, so listing them by hand could only introduce errors.
func (p *Profile) deriveUnits() {
	regions := make(map[string]Region, len(p.Regions))
	for _, r := range p.Regions {
		regions[r.Key] = r
	}
	for _, r := range p.Regions {
		u, ok := UnitOf(r)
		if !ok {
			continue
		}
		p.Units = append(p.Units, u)
		heir, ok := UnitOf(regions[r.Successor])
		if !ok {
			continue
		}
		p.Successions = append(p.Successions, Succession{From: u.Key, To: heir.Key, On: r.Valid.To, Note: r.Note})
	}
}

// UnitOf returns the body that runs a street, town or community: <region>-office or <region>-committee.
// Other regions have several bodies, and for them it reports false.
func UnitOf(r Region) (Unit, bool) {
	u := Unit{Level: r.Level, Region: r.Key, Valid: r.Valid, ShortName: r.Name}
	switch r.Kind {
	case "street":
		u.Key, u.Kind = r.Key+"-office", "office"
		u.Name, u.NameEn = r.Name+"办事处", r.NameEn+" Office"
	case "town":
		u.Key, u.Kind = r.Key+"-office", "government"
		u.Name, u.NameEn = r.Name+"人民政府", "People's Government of "+r.NameEn
	case "residents_committee":
		u.Name, u.NameEn = r.Name+"居民委员会", "Residents' Committee of "+r.NameEn
	case "village_committee":
		u.Name, u.NameEn = r.Name+"村民委员会", "Villagers' Committee of "+r.NameEn
	case "combined":
		u.Name = fmt.Sprintf("%s村民委员会（%s社区居民委员会）", r.Name, strings.TrimSuffix(r.Name, "村"))
		u.NameEn = "Villagers' and Residents' Committee of " + r.NameEn
	case "preparatory":
		u.Name, u.NameEn = r.Name+"居民委员会（筹）", "Preparatory Committee of "+r.NameEn
	default:
		return Unit{}, false
	}
	if u.Key == "" {
		u.Key, u.Kind = r.Key+"-committee", "committee"
	}
	return u, true
}

// MaxGenerated is how many communities GenerateCommunities makes at most: about as many as the city really has.
const MaxGenerated = 1150

// GenerateCommunities returns n further communities and where they hang, spread evenly over the streets and towns that
// stand today, for load tests. The same n gives the same result, and a larger n only adds to a smaller one's.
// Their bodies follow from UnitOf.
func (p *Profile) GenerateCommunities(n int) ([]Region, []RegionParent, error) {
	if n < 0 || n > MaxGenerated {
		return nil, nil, fmt.Errorf("generate %d communities: between 0 and %d are possible", n, MaxGenerated)
	}
	var townships []Region
	for _, r := range p.Regions {
		if r.Level == "township" && r.Valid.To == "" {
			townships = append(townships, r)
		}
	}
	regions, parents := make([]Region, 0, n), make([]RegionParent, 0, n)
	for i := range n {
		t := townships[i%len(townships)]
		c := generated(t, i/len(townships)+1, i)
		regions = append(regions, c)
		parents = append(parents, RegionParent{Region: c.Key, Parent: t.Key, Valid: c.Valid})
	}
	return regions, parents, nil
}

// generated makes the k-th community of a township. Two of three are urban, as streets and towns have it on average;
// households scatter between 600 and 3 599 by a multiplicative step that visits all values.
func generated(township Region, k, i int) Region {
	kind, suffix, english := "residents_committee", "社区", "Community"
	if i%3 == 2 {
		kind, suffix, english = "village_committee", "村", "Village"
	}
	households := int64(600 + i*1607%3000)
	short := strings.TrimSuffix(strings.TrimSuffix(township.Name, "街道"), "镇")
	return Region{
		Key:  fmt.Sprintf("%s-g%02d", township.Key, k),
		Name: fmt.Sprintf("%s第%d%s", short, k, suffix), NameEn: fmt.Sprintf("%s %s %d", township.NameEn, english, k),
		Level: "community", Kind: kind, Valid: Span{From: township.Valid.From},
		Households: households, Population: households * 27 / 10, Urban: kind == "residents_committee",
		Note: "压力测试用，按规则生成",
	}
}
