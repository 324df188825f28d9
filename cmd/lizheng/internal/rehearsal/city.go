package rehearsal

import (
	"fmt"

	"lizheng/config/changzhou"
)

// The sizes of a real year: every district has a panel of five, the most that domain 4.1 speaks of.
const panelSize = 5

// Staff is who works on a year beside the sample people, by login.
type Staff struct {
	Clerks      []string            // one for the committees of each street or town
	Communities map[string][]string // that each of them declares
	Streets     []string            // one for each street or town itself
	Panels      map[string][]string // persons by district, the lead first
	District    map[string]string   // of each assessor
}

// Enlarge gives a profile n further communities and everybody who is needed to carry a year for them: a clerk for the
// committees of each street, a clerk of each street, and a panel for each district.
func Enlarge(p *changzhou.Profile, n int) (Staff, error) {
	regions, parents, err := p.GenerateCommunities(n)
	if err != nil {
		return Staff{}, err
	}
	s := Staff{Communities: map[string][]string{}, Panels: map[string][]string{}, District: map[string]string{}}
	communities := map[string][]string{}
	streets := map[string][]changzhou.Grant{}
	for i, r := range regions {
		u, _ := changzhou.UnitOf(r)
		p.Regions, p.Parents, p.Units = append(p.Regions, r), append(p.Parents, parents[i]), append(p.Units, u)
		streets[parents[i].Parent] = append(streets[parents[i].Parent], changzhou.Grant{Role: "community_clerk", Unit: u.Key})
		communities[parents[i].Parent] = append(communities[parents[i].Parent], r.Key)
	}
	for _, r := range p.Regions {
		grants := streets[r.Key]
		if r.Level != "township" || len(grants) == 0 {
			continue
		}
		office, _ := changzhou.UnitOf(r)
		clerk := hire(p, "clerk-"+r.Key, grants[0].Unit, grants...)
		s.Clerks, s.Communities[clerk] = append(s.Clerks, clerk), communities[r.Key]
		s.Streets = append(s.Streets, hire(p, "street-"+r.Key, office.Key, changzhou.Grant{Role: "street_clerk", Unit: office.Key}))
	}
	for _, district := range districts {
		bureau := district + "-civil-affairs"
		for i := range panelSize {
			assessor := hire(p, fmt.Sprintf("assessor%d-%s", i+1, district), bureau, changzhou.Grant{Role: "district_assessor", Unit: bureau})
			s.Panels[district], s.District[assessor] = append(s.Panels[district], assessor), district
		}
	}
	return s, nil
}

// hire adds a person whose key and login are the same.
func hire(p *changzhou.Profile, login, unit string, grants ...changzhou.Grant) string {
	p.People = append(p.People, changzhou.Person{Key: login, Name: "压测" + login, Unit: unit, Post: "压力测试人员", Login: login, Grants: grants})
	return login
}
