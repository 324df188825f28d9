package changzhou

import (
	"slices"

	"lizheng/civic/names"
)

// checkLists: names are unique; what is cancelled was stopped, merged or transferred, what is retained was kept,
// limited or reduced; a merger names a retained item of the same category; a parent is an item of the lists.
func (c *checker) checkLists() {
	byName := map[string]ListItem{}
	for i, item := range c.Lists {
		name := names.Normal(item.Name)
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
		if target, ok := byName[names.Normal(item.MergedInto)]; (item.MergedInto != "") != (item.Action == "merge") ||
			(item.MergedInto != "" && (!ok || target.List == "negative" || target.Category != item.Category)) {
			c.fail(listTable.file, i, "%s: merging needs a retained item of its category, and only merging has one", item.Name)
		}
		if parent, ok := byName[names.Normal(item.Parent)]; item.Parent != "" &&
			(!ok || (item.List == "negative") != (parent.List == "negative")) {
			c.fail(listTable.file, i, "%s: its parent %s is not in the lists on the same side", item.Name, item.Parent)
		}
		if u, ok := c.units[item.ResponsibleUnit]; !ok || !u.Valid.Holds(item.ValidFrom) {
			c.fail(listTable.file, i, "%s: no unit %s on %s", item.Name, item.ResponsibleUnit, item.ValidFrom)
		}
	}
}
