package changzhou

import (
	"slices"
	"strconv"
	"strings"
)

// TaskRow is one row of the sample task table by which the districts are assessed: all points are proposed.
type TaskRow struct {
	Key      string
	Category string
	Task     string
	Target   string
	Lead     string
	Supports []string
	Points   int64 // hundredths of a point
	Evidence string
	Due      string // month and day
	Source   string
}

// tableCategories are the parts of a task table; the weight of each is the parameter assessment.weight_<category>.
var tableCategories = []string{"burden", "interaction", "linkage", "party", "workforce", "funding", "housing"}

var taskTable = table[TaskRow]{
	file:   "task_table.csv",
	header: []string{"key", "category", "task", "target", "lead", "supports", "points", "evidence", "due", "source"},
	row: func(r *row) TaskRow {
		t := TaskRow{
			Key: r.key("key"), Category: r.among("category", tableCategories...), Task: r.text("task"), Target: r.text("target"), Lead: r.key("lead"),
			Points: r.count("points"), Evidence: r.text("evidence"), Due: r.text("due"), Source: r.text("source"),
		}
		if r.optional("supports") != "" {
			t.Supports = strings.Split(r.optional("supports"), "|")
		}
		if !valueForms["month_day"].MatchString(t.Due) {
			r.fail("due", "%q is no month and day", t.Due)
		}
		return t
	},
}

// checkTaskTable refuses a table whose rows name bodies that do not stand today, or whose points are not the weights.
func (c *checker) checkTaskTable() {
	sums, keys := map[string]int64{}, map[string]bool{}
	for i, t := range c.TaskTable {
		if keys[t.Key] {
			c.fail(taskTable.file, i, "row %s stands twice", t.Key)
		}
		keys[t.Key] = true
		sums[t.Category] += t.Points
		for _, unit := range append([]string{t.Lead}, t.Supports...) {
			if u, ok := c.units[unit]; !ok || u.Valid.To != "" {
				c.fail(taskTable.file, i, "%s: no unit %s today", t.Key, unit)
			}
		}
	}
	for _, p := range c.Parameters {
		category, ok := strings.CutPrefix(p.Key, "assessment.weight_")
		if ok && slices.Contains(tableCategories, category) && p.Value+"00" != strconv.FormatInt(sums[category], 10) {
			c.fail(taskTable.file, len(c.TaskTable)-1, "the points of %s are %d hundredths and its weight is %s", category, sums[category], p.Value)
		}
	}
}
