package changzhou

import (
	"fmt"
	"slices"
)

func (c *checker) checkBudget() {
	keys := map[string]bool{}
	for i, b := range c.BudgetLines {
		if keys[b.Key] {
			c.fail(budgetTable.file, i, "line %s stands twice", b.Key)
		}
		keys[b.Key] = true
		year := Span{From: Day(fmt.Sprintf("%04d-01-01", b.Year)), To: Day(fmt.Sprintf("%04d-01-01", b.Year+1))}
		if u, ok := c.units[b.Unit]; !ok || !u.Valid.meets(year) {
			c.fail(budgetTable.file, i, "%s: no unit %s in %d", b.Key, b.Unit, b.Year)
		}
	}
}

// administrators are three separate people without business (三员分立).
var administrators = []string{"sys_admin", "sec_admin", "auditor"}

func (c *checker) checkPeople() {
	keys, logins, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range c.People {
		keys[p.Key] = true
	}
	if len(keys) != len(c.People) {
		c.fail(personTable.file, len(c.People), "two people share a key")
	}
	for i, p := range c.People {
		if logins[p.Login] || names[p.Name] {
			c.fail(personTable.file, i, "%s shares a login or a name with another", p.Key)
		}
		logins[p.Login], names[p.Name] = true, true
		if p.DeputyFor != "" && (!keys[p.DeputyFor] || p.DeputyFor == p.Key) {
			c.fail(personTable.file, i, "%s cannot stand in for %s", p.Key, p.DeputyFor)
		}
		c.checkGrants(i, p)
	}
}

func (c *checker) checkGrants(i int, p Person) {
	units := []string{p.Unit}
	for _, g := range p.Grants {
		units = append(units, g.Unit)
		if slices.Contains(administrators, g.Role) && len(p.Grants) > 1 {
			c.fail(personTable.file, i, "%s is %s and may hold no other role", p.Key, g.Role)
		}
	}
	for _, key := range units {
		if u, ok := c.units[key]; !ok || u.Valid.To != "" { // sample people work today
			c.fail(personTable.file, i, "%s: no unit %s today", p.Key, key)
		}
	}
}
