package civic

import (
	"context"
	"slices"
	"strings"
	"time"

	"lizheng/civic/names"
)

// TaskCategories are the parts of the task table in words.
var TaskCategories = func() []Word {
	out := make([]Word, len(TableCategories))
	for i, key := range TableCategories {
		out[i] = Word{key, tableWords[key]}
	}
	return out
}()

// TableSheet is the task table as a workbook has it.
type TableSheet struct {
	Revision int
	Rows     []TableSheetRow
}

// TableSheetRow is a row with its departments as people call them; a name that would not lead back to its department is its key.
type TableSheetRow struct {
	TableRow
	LeadCalled     Words
	SupportsCalled []Words
}

// unitNames leads from what people call a unit today, in either language, back to it.
type unitNames map[string]string // "" stands for a name of several

func (a *Atlas) unitNamesAt(at time.Time) unitNames {
	out := unitNames{}
	for _, one := range a.Units() {
		u, ok := a.UnitAt(one.Key, at)
		if !ok || !u.Stands(at) {
			continue
		}
		for _, name := range slices.Compact([]string{names.Normal(u.Name), names.Normal(u.NameEn)}) {
			if _, taken := out[name]; taken {
				out[name] = ""
				continue
			}
			out[name] = u.Key
		}
	}
	return out
}

// called is a name if it leads back to its unit, also out of a list, else the key.
func (n unitNames) called(key, name string) string {
	if name == "" || n[names.Normal(name)] != key || strings.ContainsAny(name, ";；、\n") {
		return key
	}
	return name
}

// key is the unit that a cell speaks of: by its key or by what it is called; whatever is neither stays as it is, to be refused.
func (n unitNames) key(cell string) string {
	if key := n[names.Normal(cell)]; key != "" {
		return key
	}
	return cell
}

// TableSheet is the task table of a year that the actor may see, to be written into a workbook.
func (d *Desk) TableSheet(ctx context.Context, who Actor, year int) (TableSheet, error) {
	f, err := d.file(ctx, who, AssessmentID(year))
	if err != nil {
		return TableSheet{}, err
	}
	book, err := d.Record.Book(ctx, f.Case.ID)
	if err != nil {
		return TableSheet{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return TableSheet{}, err
	}
	back := words.atlas.unitNamesAt(words.at)
	call := func(key string) Words {
		n := words.unit(key)
		return Words{back.called(key, n.Name), back.called(key, n.NameEn)}
	}
	out := TableSheet{Revision: book.Revision}
	for _, r := range book.Rows {
		row := TableSheetRow{TableRow: r}
		if r.Lead != "" {
			row.LeadCalled = call(r.Lead)
		}
		for _, s := range r.Supports {
			row.SupportsCalled = append(row.SupportsCalled, call(s))
		}
		out.Rows = append(out.Rows, row)
	}
	return out, d.exported(ctx, who, "case", len(out.Rows), map[string]string{"case": f.Case.ID})
}

// ImportTable replaces the task table by that of a workbook while the office writes it: all rows, or none. The workbook is
// read only for whom the table is asked of.
func (d *Desk) ImportTable(ctx context.Context, who Actor, year int, read func() (Workbook[TableRow], error)) (int, error) {
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return 0, err
	}
	_, on, o, err := d.asked(ctx, who, year, Assessing{Step: "compile_table"})
	if err != nil {
		return 0, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		book, err := read()
		if err != nil {
			return 0, err
		}
		now, err := d.Record.Book(ctx, on.Case)
		if err != nil {
			return 0, err
		}
		back := atlas.unitNamesAt(d.Record.Now())
		for i := range book.Rows {
			r := &book.Rows[i].Value
			r.Lead = back.key(r.Lead)
			r.Supports = slices.Clone(r.Supports)
			for j := range r.Supports {
				r.Supports[j] = back.key(r.Supports[j])
			}
		}
		rows := normalRows(book.values())
		found, err := book.inRows(StorableRows(rows, atlas), "rows")
		if err != nil {
			return 0, err
		}
		if err := book.judge(now.Revision, found); err != nil {
			return 0, err
		}
		deed.Detail["workbook"] = true
		return d.Record.SaveRows(ctx, deed, on, book.Seen, rows)
	})
}
