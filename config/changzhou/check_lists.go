package changzhou

import (
	"slices"
	"strings"
	"unicode"
)

// Normalise reduces a name to what must not occur twice: no spaces, full-width letters and brackets as plain ones.
func Normalise(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '！' && r <= '～': // full-width forms stand at a fixed distance from ASCII
			return unicode.ToLower(r - '！' + '!')
		}
		return unicode.ToLower(r)
	}, name)
}

// checkLists: names are unique; what is cancelled was stopped, merged or transferred, what is retained was kept,
// limited or reduced; a merger names a retained item of the same category; a parent is an item of the lists.
func (c *checker) checkLists() {
	byName := map[string]ListItem{}
	for i, item := range c.Lists {
		name := Normalise(item.Name)
		if _, twice := byName[name]; twice {
			c.fail(listTable.file, i, "%s stands twice", item.Name)
		}
		byName[name] = item
	}
	for i, item := range c.Lists {
		cancelled := slices.Contains([]string{"stop", "merge", "transfer"}, item.Action)
		if cancelled != (item.List == "negative") {
			c.fail(listTable.file, i, "%s: %s does not fit list %s", item.Name, item.Action, item.List)
		}
		if target, ok := byName[Normalise(item.MergedInto)]; (item.MergedInto != "") != (item.Action == "merge") ||
			(item.MergedInto != "" && (!ok || target.List == "negative" || target.Category != item.Category)) {
			c.fail(listTable.file, i, "%s: merging needs a retained item of its category, and only merging has one", item.Name)
		}
		if parent, ok := byName[Normalise(item.Parent)]; item.Parent != "" &&
			(!ok || (item.List == "negative") != (parent.List == "negative")) {
			c.fail(listTable.file, i, "%s: its parent %s is not in the lists on the same side", item.Name, item.Parent)
		}
		if u, ok := c.units[item.ResponsibleUnit]; !ok || !u.Valid.Holds(item.ValidFrom) {
			c.fail(listTable.file, i, "%s: no unit %s on %s", item.Name, item.ResponsibleUnit, item.ValidFrom)
		}
	}
}
