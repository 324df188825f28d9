package civic

import (
	"cmp"
	"fmt"
	"slices"

	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// TableCategories are the parts of the task table; each has its weight in a parameter.
var TableCategories = []string{"burden", "interaction", "linkage", "party", "workforce", "funding", "housing"}

// weightOf is the parameter with a category's points.
func weightOf(category string) string { return "assessment.weight_" + category }

// Limits of a task table.
const (
	maxTaskRows  = 100
	maxRowText   = 500
	maxRowKey    = 20
	maxSupports  = 10
	mostFindings = 50 // refusals told at once
)

// findings collects what is wrong with many rows, each with its place.
type findings struct{ list []*Error }

func (f *findings) add(e *Error, format string, args ...any) {
	if len(f.list) < mostFindings {
		f.list = append(f.list, e.At(fmt.Sprintf(format, args...)))
	}
}

// err is the first finding with all others beside it.
func (f *findings) err() error {
	if len(f.list) == 0 {
		return nil
	}
	first := *f.list[0]
	first.Also = f.list[1:]
	return &first
}

// StorableRows refuses rows that cannot even be kept: what is missing may still come.
func StorableRows(rows []TableRow, atlas *Atlas) error {
	if len(rows) > maxTaskRows {
		return Refuse(Invalid, "too_many_entries", "任务分解表最多100行。", "A task table has at most 100 rows.").At("rows").With("max", maxTaskRows)
	}
	var f findings
	seen := map[string]bool{}
	for i, r := range rows {
		switch {
		case !rowKey(r.Key):
			f.add(errRow("bad_key", "编号只能由数字、字母、点和横线组成。", "A key has digits, letters, dots and hyphens only."), "rows[%d].key", i)
		case seen[r.Key]:
			f.add(errRow("row_twice", "编号重复。", "The key is there twice."), "rows[%d].key", i)
		}
		seen[r.Key] = true
		if r.Points < 0 || r.Points > selection.Full {
			f.add(errRow("bad_points", "分值应在0至100分之间。", "Points are between 0 and 100."), "rows[%d].points", i)
		}
		if !slices.Contains(TableCategories, r.Category) {
			f.add(errRow("bad_category", "没有这个类别。", "There is no such category."), "rows[%d].category", i)
		}
		for field, text := range map[string]string{"task": r.Task, "target": r.Target, "evidence": r.Evidence, "source": r.Source} {
			if !fitsText(text, maxRowText) {
				f.add(errCharacter(""), "rows[%d].%s", i, field)
			}
		}
		if _, err := workday.ParseDate(r.Due); r.Due != "" && err != nil {
			f.add(errRow("bad_date", "没有这一天。", "There is no such day."), "rows[%d].due", i)
		}
		f.units(r, i, atlas)
	}
	slices.SortStableFunc(f.list, func(a, b *Error) int { return cmp.Compare(a.Field, b.Field) }) // fields of a row come in no order
	return f.err()
}

func (f *findings) units(r TableRow, i int, atlas *Atlas) {
	if _, ok := atlas.Unit(r.Lead); r.Lead != "" && !ok {
		f.add(errRow("no_such_unit", "没有这个单位。", "There is no such unit."), "rows[%d].lead", i)
	}
	if len(r.Supports) > maxSupports {
		f.add(errRow("too_many_entries", "列表项过多。", "The list has too many entries."), "rows[%d].supports", i)
		return
	}
	for j, s := range r.Supports {
		if _, ok := atlas.Unit(s); !ok || s == r.Lead || slices.Contains(r.Supports[:j], s) {
			f.add(errRow("no_such_unit", "没有这个单位，或重复。", "There is no such unit, or it is there twice."), "rows[%d].supports[%d]", i, j)
		}
	}
}

func errRow(code, zh, en string) *Error { return Refuse(Invalid, code, zh, en) }

func rowKey(s string) bool {
	if s == "" || len(s) > maxRowKey {
		return false
	}
	for _, c := range s {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == '.' || c == '-') {
			return false
		}
	}
	return true
}

// whole refuses a table that cannot be sent: every row must say who reaches what by when, and the points of every
// category must be its weight; with the satisfaction survey they make a hundred.
func (t *turn) whole(m AssessmentYear, rows []TableRow) error {
	var f findings
	sums := map[string]selection.Points{}
	for i, r := range rows {
		sums[r.Category] += r.Points
		for _, field := range []struct{ name, text string }{{"task", r.Task}, {"target", r.Target}, {"evidence", r.Evidence}, {"lead", r.Lead}, {"due", r.Due}} {
			if field.text == "" {
				f.add(errRow("missing", "此项必填。", "This must be filled in."), "rows[%d].%s", i, field.name)
			}
		}
		if u, ok := t.world.Unit(r.Lead); r.Lead != "" && (!ok || !u.Stands(t.Now)) {
			f.add(errRow("no_such_unit", "牵头单位不存在或已撤销。", "The lead department does not exist any more."), "rows[%d].lead", i)
		}
		if r.Points == 0 {
			f.add(errRow("bad_points", "分值不能为零。", "A row without points says nothing."), "rows[%d].points", i)
		}
		if day, err := workday.ParseDate(r.Due); err == nil && day.Year != m.Year {
			f.add(errRow("bad_date", "完成期限应在考核年度内。", "The day lies outside the year."), "rows[%d].due", i)
		}
	}
	for _, category := range TableCategories {
		weight, err := t.Rules.Int(weightOf(category))
		if err != nil {
			return err
		}
		if want := selection.Points(weight) * 100; sums[category] != want {
			f.add(errRow("does_not_add_up", "本类分值合计应为"+want.String()+"分，现为"+sums[category].String()+"分。",
				"The points of this category are "+sums[category].String()+" and must be "+want.String()+".").
				By(weightOf(category)).With("category", category).With("sum", int64(sums[category])).With("must_be", int64(want)), "rows")
		}
	}
	return f.err()
}

// leads are the departments that score the table, each once, as they stand today; with their supporters they sign it.
func (t *turn) leads(rows []TableRow, supporters bool) []string {
	var out []string
	for _, r := range rows {
		out = append(out, t.world.Responsible(r.Lead))
		if supporters {
			for _, s := range r.Supports {
				out = append(out, t.world.Responsible(s))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// beginYear files the year (C1): from now on the office writes its table, beginning with the city's template.
func (t *turn) beginYear() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该年度考核已启动。", "This year has already been begun.").With("number", t.Case.Number)
	}
	m := t.assessment()
	if now := dateOf(t.Now).Year; m.Year < now || m.Year > now+1 {
		return Refuse(Invalid, "bad_year", "只能启动本年度或下一年度的考核。", "Only this year or the next can be begun.").At("year").With("year", m.Year)
	}
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = m.Title(), t.Now, t.Calendar.Version()
	t.fx.NewNumber = true
	rows, err := t.world.Template()
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Due = fmt.Sprintf("%04d-%s", m.Year, rows[i].Due)
	}
	t.change().Rows = rows
	t.to(TableDraft)
	return t.compile(m)
}

func (t *turn) compile(m AssessmentYear) error {
	seat, err := t.seatAt(OfficeClerk, OfficeUnit)
	if err != nil {
		return err
	}
	_, err = t.openBy("compile_table", seat, m, "assessment.table_draft_due")
	return err
}

// compiled (C1) asks every department that is named in the table at once.
func (t *turn) compiled(*Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	m := t.assessment()
	if err := t.whole(m, book.Rows); err != nil {
		return err
	}
	t.to(Cosigning)
	for _, unit := range t.leads(book.Rows, true) {
		if _, err := t.openBy("cosign_table", Seat{Role: DeptLeader, Unit: unit}, m, "assessment.table_issue_due"); err != nil {
			return err
		}
	}
	t.figure("assessment.table", "任务分解表送会签", "the table goes to be signed", map[string]any{
		"rows": len(book.Rows), "revision": book.Revision, "departments": len(t.openTasks())})
	return nil
}

// cosigned (C2) waits for everybody, so that the office hears all reasons at once.
func (t *turn) cosigned(*Task) error {
	if t.waiting("cosign_table") {
		return nil
	}
	for _, k := range t.Tasks {
		if k.Step == "cosign_table" && k.Round == t.fx.Case.Round && k.State == TaskDone && !k.part() && k.Outcome == "return" {
			return t.rewrite()
		}
	}
	t.to(Issuing)
	return t.openAt("issue_table", GroupChair, GroupUnit)
}

// rewrite gives the table back to the office. What was signed was signed for a table that will be another one.
func (t *turn) rewrite() error {
	t.fx.Case.Round++
	t.to(TableDraft)
	return t.compile(t.assessment())
}

// issuedTable (C2) gives the table its number and lets the year run.
func (t *turn) issuedTable(*Task) error {
	if t.act.Outcome == "return" {
		return t.rewrite()
	}
	m := t.assessment()
	keys, err := t.Rules.List("assessment.units")
	if err != nil {
		return err
	}
	m.Units = nil
	for _, key := range keys {
		if unit := t.world.Responsible(key); !slices.Contains(m.Units, unit) { // two bodies of old may be one by now
			m.Units = append(m.Units, unit)
		}
	}
	group, err := t.Rules.List(GroupUnit)
	if err != nil {
		return err
	}
	t.fx.Document = &Document{Unit: t.world.Responsible(group[0]), Title: fmt.Sprintf("关于印发%d年度社区建设先进地区考核任务分解表的通知", m.Year)}
	t.fx.Parties = m.Units
	t.to(Running)
	return t.run(m)
}

// normalRows are rows as they are kept: with lists instead of nothing.
func normalRows(rows []TableRow) []TableRow {
	out := slices.Clone(rows)
	for i := range out {
		out[i].Supports = append([]string{}, out[i].Supports...)
	}
	return out
}
