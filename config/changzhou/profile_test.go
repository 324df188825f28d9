package changzhou

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	meeting = Day("2014-07-24") // the city's conference on the eight documents
	reform  = Day("2015-04-28") // the districts change
	after   = Day("2015-06-01")
	today   = Day("2026-11-22")
)

func profile(t *testing.T) *Profile {
	t.Helper()
	p, err := Load()
	require.NoError(t, err)
	return p
}

func TestOneCommunityHasTheHouseholdsOfTheWorkedExample(t *testing.T) {
	t.Parallel()
	var found []string
	for _, r := range profile(t).Regions {
		if r.Households == 2346 {
			found = append(found, r.Key)
		}
	}
	require.Equal(t, []string{"cz-tianning-diaozhuang-01"}, found)
}

func TestParametersHoldTheFiguresOfThePolicy(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for key, want := range map[string]string{
		"appraisal.quota": "100", "appraisal.advanced_units": "3", "housing.per_1000_m2": "100",
		"workfund.per_1000hh_fen": "3000000", "so_fund.appropriation_fen": "300000000", "target.social_org_per_10k": "10",
		"target.social_org_urban": "6", "target.social_org_rural": "3", "target.party_volunteer_hours": "20",
		"target.certificate_age": "45",
	} {
		v := p.parameter(key, today)
		require.Equal(t, want, v.Value, key)
		require.Equal(t, "S", v.LegalTag, key)
	}
}

func TestParametersChangeOnTheirDay(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, c := range []struct {
		key  string
		day  Day
		want string
	}{
		{"housing.floor_m2", "2022-01-28", "600"},
		{"housing.floor_m2", "2022-01-29", "0"},
		{"housing.ground_ratio", "2022-01-28", "0"},
		{"housing.ground_ratio", "2022-01-29", "0.30"},
		{"housing.formula", "2022-01-29", "per_100_households"},
		{"target.licensed_sw_per_10k", "2015-12-31", "4"},
		{"target.licensed_sw_per_10k", today, "8"},
		{"bodies.lead", meeting, "cz-civil-affairs"},
		{"bodies.lead", today, "cz-social-work"},
	} {
		require.Equal(t, c.want, p.parameter(c.key, c.day).Value, "%s on %s", c.key, c.day)
	}
}

func (p *Profile) parameter(key string, day Day) Parameter {
	var found Parameter
	for _, v := range p.Parameters {
		if v.Key == key && v.EffectiveFrom <= day && v.EffectiveFrom >= found.EffectiveFrom {
			found = v
		}
	}
	return found
}

func TestWeightsAndTranchesAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	p := profile(t)
	weights := 0
	for _, v := range p.Parameters {
		if strings.HasPrefix(v.Key, "assessment.weight_") {
			weights += number(t, v.Value)
		}
	}
	require.Equal(t, 100, weights)
	tranches := 0
	for part := range strings.SplitSeq(p.parameter("funds.tranches", today).Value, "|") {
		tranches += number(t, part)
	}
	require.Equal(t, 100, tranches)
}

func number(t *testing.T, s string) int {
	t.Helper()
	var n int
	_, err := fmt.Sscan(s, &n)
	require.NoError(t, err)
	return n
}

func TestEveryDepartmentHasMoneyForTheseYears(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, u := range p.Units {
		applies := slices.Contains([]string{"party", "government", "mass_organisation"}, u.Kind) && u.Level == "city"
		if !applies || u.Valid.To != "" || u.Key == "cz-party-committee" || u.Key == "cz-government" {
			continue
		}
		for _, year := range []int{2026, 2027} {
			require.True(t, slices.ContainsFunc(p.BudgetLines, func(b BudgetLine) bool {
				return b.Unit == u.Key && b.Year == year
			}), "%s %d", u.Key, year)
		}
	}
}

func TestEveryRoleHasASamplePerson(t *testing.T) {
	t.Parallel()
	held := map[string]bool{}
	for _, person := range profile(t).People {
		for _, g := range person.Grants {
			held[g.Role] = true
		}
	}
	for _, role := range Roles {
		require.True(t, held[role], role)
	}
}

func TestEveryReviewingUnitHasAReviewerAndEveryDistrictItsPeople(t *testing.T) {
	t.Parallel()
	p := profile(t)
	holders := map[Grant]int{}
	clerks := map[string]int{}
	for _, person := range p.People {
		for _, g := range person.Grants {
			holders[g]++
			if g.Role == "community_clerk" {
				township := p.above(strings.TrimSuffix(g.Unit, "-committee"), today)[0]
				clerks[p.above(township, today)[0]]++
			}
		}
	}
	for unit := range strings.SplitSeq(p.parameter("joint.units", today).Value, "|") {
		require.Positive(t, holders[Grant{"joint_reviewer", unit}], unit)
	}
	need := number(t, p.parameter("admission.consult_per_district", today).Value)
	for _, district := range p.standing("district", today) {
		require.Positive(t, holders[Grant{"district_office", district + "-leading-office"}], district)
		require.GreaterOrEqual(t, clerks[district], need, district)
	}
}

func TestEveryBodyOfTheProcedureHasItsPeople(t *testing.T) {
	t.Parallel()
	p := profile(t)
	holders := map[Grant]int{}
	for _, person := range p.People {
		for _, g := range person.Grants {
			holders[g]++
		}
	}
	for _, seat := range []struct {
		role, body string
		least      int
	}{
		{"city_office_clerk", "bodies.office", 2},
		{"city_office_director", "bodies.office", 1},
		{"leading_group_member", "bodies.leading_group", 5},
		{"leading_group_chair", "bodies.leading_group", 1},
		{"finance_officer", "bodies.finance", 2},
		{"legal_reviewer", "bodies.legal", 2},
	} {
		unit := p.parameter(seat.body, today).Value
		require.GreaterOrEqual(t, holders[Grant{seat.role, unit}], seat.least, "%s in %s", seat.role, unit)
	}
}

func TestEveryApplicantsClerkHasALeader(t *testing.T) {
	t.Parallel()
	leads := map[string]bool{}
	clerks := map[string]bool{}
	for _, person := range profile(t).People {
		for _, g := range person.Grants {
			leads[g.Unit] = leads[g.Unit] || g.Role == "city_dept_leader"
			clerks[g.Unit] = clerks[g.Unit] || g.Role == "city_dept_clerk"
		}
	}
	for unit, has := range clerks {
		require.True(t, !has || leads[unit], unit)
	}
}

func TestSomebodyAsksForOneBodyAndReviewsForAnother(t *testing.T) {
	t.Parallel()
	require.True(t, slices.ContainsFunc(profile(t).People, func(person Person) bool {
		asks := slices.IndexFunc(person.Grants, func(g Grant) bool { return g.Role == "city_dept_clerk" })
		reviews := slices.IndexFunc(person.Grants, func(g Grant) bool { return g.Role == "joint_reviewer" })
		return asks >= 0 && reviews >= 0 && person.Grants[asks].Unit != person.Grants[reviews].Unit
	}))
}

func TestAGrantCanBeConfirmedByASecondSecurityAdministrator(t *testing.T) {
	t.Parallel()
	n := 0
	for _, person := range profile(t).People {
		if slices.ContainsFunc(person.Grants, func(g Grant) bool { return g.Role == "sec_admin" }) {
			n++
		}
	}
	require.GreaterOrEqual(t, n, 2)
}
