package changzhou

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lizheng/civic/names"
)

// checker holds what the rules look up, and collects complaints with the file and line they are about.
type checker struct {
	*Profile
	lines   map[string][]int
	regions map[string]Region
	units   map[string]Unit
	errs    []error
}

// check applies every rule that needs more than one row.
func check(p *Profile, lines map[string][]int) []error {
	c := &checker{Profile: p, lines: lines, regions: map[string]Region{}, units: map[string]Unit{}}
	for i, r := range p.Regions {
		if _, twice := c.regions[r.Key]; twice {
			c.fail(regionTable.file, i, "region %s stands twice", r.Key)
		}
		c.regions[r.Key] = r
	}
	for i, u := range p.Units {
		if _, twice := c.units[u.Key]; twice {
			c.fail(unitTable.file, i, "unit %s stands twice", u.Key)
		}
		c.units[u.Key] = u
	}
	c.checkRegions()
	c.checkParents()
	c.checkUnits()
	c.checkSuccessions()
	c.checkParameters()
	c.checkLists()
	c.checkBudget()
	c.checkPeople()
	c.checkRooms()
	c.checkTaskTable()
	return c.errs
}

// fail notes a complaint about the i-th row of a file; derived rows have no line.
func (c *checker) fail(file string, i int, format string, args ...any) {
	where := file
	if rows := c.lines[file]; i < len(rows) {
		where = fmt.Sprintf("%s:%d", file, rows[i])
	}
	c.errs = append(c.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

// covers reports whether inner lies wholly in s.
func (s Span) covers(inner Span) bool {
	return s.From <= inner.From && (s.To == "" || (inner.To != "" && inner.To <= s.To))
}

// meets reports whether the two spans share a day.
func (s Span) meets(o Span) bool {
	return (s.To == "" || o.From < s.To) && (o.To == "" || s.From < o.To)
}

// claims remembers who used which word when, so that no two use one word at one time.
type claims map[string][]claim

type claim struct {
	owner string
	valid Span
}

// claim takes the word for that time; an empty word is nobody's.
func (t claims) claim(c *checker, file string, i int, valid Span, word, what, owner string) {
	if word == "" {
		return
	}
	word = what + " " + word
	for _, o := range t[word] {
		if valid.meets(o.valid) {
			c.fail(file, i, "%s and %s share a %s at one time", owner, o.owner, what)
		}
	}
	t[word] = append(t[word], claim{owner, valid})
}

var codeForms = map[string]*regexp.Regexp{
	"city":      regexp.MustCompile(`^[0-9]{6}$`),
	"district":  regexp.MustCompile(`^[0-9]{6}$`),
	"township":  regexp.MustCompile(`^[0-9]{9}$`),
	"community": regexp.MustCompile(`^[0-9]{12}$`),
}

func (c *checker) checkRegions() {
	taken := claims{}
	for i, r := range c.Profile.Regions {
		if r.Code != "" && !codeForms[r.Level].MatchString(r.Code) {
			c.fail(regionTable.file, i, "%s: %q is not the code of a %s", r.Key, r.Code, r.Level)
		}
		if counted := r.Households > 0 && r.Population > 0; counted != (r.Level == "community") {
			c.fail(regionTable.file, i, "%s: households and population belong to communities, and every community has them", r.Key)
		}
		c.checkRegionSuccessor(i, r)
		taken.claim(c, regionTable.file, i, r.Valid, r.Level+" "+names.Normal(r.Name), "name", r.Key)
		taken.claim(c, regionTable.file, i, r.Valid, r.Code, "code", r.Key)
	}
}

func (c *checker) checkRegionSuccessor(i int, r Region) {
	heir, known := c.regions[r.Successor]
	switch {
	case r.Valid.To == "" && r.Successor != "":
		c.fail(regionTable.file, i, "%s still stands and has a successor", r.Key)
	case r.Valid.To == "":
	case !known:
		c.fail(regionTable.file, i, "%s ended without a known successor", r.Key)
	case heir.Level != r.Level || !heir.Valid.Holds(r.Valid.To):
		c.fail(regionTable.file, i, "%s cannot be succeeded by %s on %s", r.Key, heir.Key, r.Valid.To)
	}
}

// checkParents makes sure that every region but the city hangs somewhere on each day of its life, and in one place only.
func (c *checker) checkParents() {
	placed := map[string][]RegionParent{}
	for i, p := range c.Parents {
		child, known := c.regions[p.Region]
		parent, parentKnown := c.regions[p.Parent]
		if !known || !parentKnown {
			c.fail(parentTable.file, i, "%s or %s is not a region", p.Region, p.Parent)
			continue
		}
		if slices.Index(levels, parent.Level)+1 != slices.Index(levels, child.Level) || !parent.Valid.covers(p.Valid) {
			c.fail(parentTable.file, i, "%s cannot hang under %s in that time", p.Region, p.Parent)
		}
		zone, zoneKnown := c.regions[p.EntrustedTo]
		if p.EntrustedTo != "" && (!zoneKnown || zone.Kind != "dev_zone" || !zone.Valid.covers(p.Valid)) {
			c.fail(parentTable.file, i, "%s cannot be entrusted to %s in that time", p.Region, p.EntrustedTo)
		}
		placed[p.Region] = append(placed[p.Region], p)
	}
	for i, r := range c.Profile.Regions {
		if r.Level != "city" && !tiles(r.Valid, placed[r.Key]) {
			c.fail(regionTable.file, i, "%s: its rows in %s leave a gap or overlap", r.Key, parentTable.file)
		}
	}
}

func tiles(life Span, parents []RegionParent) bool {
	if len(parents) == 0 {
		return false
	}
	sorted := slices.SortedFunc(slices.Values(parents), func(a, b RegionParent) int {
		return cmp.Compare(a.Valid.From, b.Valid.From)
	})
	at := life.From
	for i, p := range sorted {
		last := i == len(sorted)-1
		if p.Valid.From != at || (p.Valid.To == "" && !last) {
			return false
		}
		at = p.Valid.To
	}
	return at == life.To
}

func (c *checker) checkUnits() {
	taken := claims{}
	for i, u := range c.Profile.Units {
		region, known := c.regions[u.Region]
		switch {
		case !known:
			c.fail(unitTable.file, i, "%s: %s is not a region", u.Key, u.Region)
		case region.Level != u.Level || !region.Valid.covers(u.Valid):
			c.fail(unitTable.file, i, "%s does not fit the level or the time of %s", u.Key, u.Region)
		}
		taken.claim(c, unitTable.file, i, u.Valid, names.Normal(u.Name), "name", u.Key)
		taken.claim(c, unitTable.file, i, u.Valid, u.DocumentMark, "document mark", u.Key)
	}
}

// checkSuccessions: whoever ended has exactly one heir, who stands on that day. An heir ends later than its
// predecessor, so a chain can never close into a circle.
func (c *checker) checkSuccessions() {
	heirs := map[string]int{}
	for i, s := range c.Successions {
		from, known := c.units[s.From]
		to, toKnown := c.units[s.To]
		switch {
		case !known || !toKnown:
			c.fail(successionTable.file, i, "%s or %s is not a unit", s.From, s.To)
		case from.Valid.To != s.On || !to.Valid.Holds(s.On):
			c.fail(successionTable.file, i, "%s did not hand over to %s on %s", s.From, s.To, s.On)
		}
		heirs[s.From]++
	}
	for i, u := range c.Profile.Units {
		if ended := u.Valid.To != ""; (ended && heirs[u.Key] != 1) || (!ended && heirs[u.Key] != 0) {
			c.fail(unitTable.file, i, "%s: an ended unit has one successor, a standing one none", u.Key)
		}
	}
}

func (c *checker) checkParameters() {
	type version struct {
		key  string
		from Day
	}
	seen := map[version]bool{}
	measures := map[string]string{}
	for i, p := range c.Parameters {
		if v := (version{p.Key, p.EffectiveFrom}); seen[v] {
			c.fail(parameterTable.file, i, "%s has two values from %s", p.Key, p.EffectiveFrom)
		} else {
			seen[v] = true
		}
		if unit, ok := measures[p.Key]; ok && unit != p.Unit {
			c.fail(parameterTable.file, i, "%s changes its unit of measure", p.Key)
		}
		measures[p.Key] = p.Unit
		if p.Unit != "units" {
			continue
		}
		for key := range strings.SplitSeq(p.Value, "|") {
			if u, ok := c.units[key]; !ok || !u.Valid.Holds(p.EffectiveFrom) {
				c.fail(parameterTable.file, i, "%s: no unit %s on %s", p.Key, key, p.EffectiveFrom)
			}
		}
	}
}
