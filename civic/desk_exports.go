package civic

import (
	"context"
	"strconv"
	"strings"
)

// MaxExport is how many lines one export has at most: what a spreadsheet program still opens at once.
const MaxExport = 100_000

// exportPart is how many lines are read at a time, so that an export of any length takes little memory.
const exportPart = 1000

// ExportCases gives the cases that the actor may see, in the order of the list, one by one. An export that was made is on
// the audit trail before a line of it leaves the house: who, which filters, how many lines.
func (d *Desk) ExportCases(ctx context.Context, who Actor, f CaseFilter, give func(CaseLine) error) error {
	n, err := export(ctx, func(p Page) (Part[CaseLine], error) { return d.cases(ctx, who, f, p) }, give)
	if err != nil {
		return err
	}
	return d.exported(ctx, who, "case", n, map[string]string{"state": joined(f.States), "procedure": string(f.Procedure), "unit": f.Unit, "text": clip(f.Text),
		"overdue": said(f.Overdue), "mine": said(f.Mine), "from": f.From, "to": f.To})
}

// ExportMovements gives the ledger of a budget line or of a case.
func (d *Desk) ExportMovements(ctx context.Context, who Actor, line, caseID string, give func(MovementView) error) error {
	n, err := export(ctx, func(p Page) (Part[MovementView], error) { return d.movements(ctx, who, line, caseID, p) }, give)
	if err != nil {
		return err
	}
	return d.exported(ctx, who, "budget_line", n, map[string]string{"line": line, "case": caseID})
}

// ExportEntries gives the lines of the public lists. Everybody may have them, so that nobody is noted.
func (d *Desk) ExportEntries(ctx context.Context, f EntryFilter, give func(EntryLine) error) error {
	_, err := export(ctx, func(p Page) (Part[EntryLine], error) { return d.entries(ctx, f, p) }, give)
	return err
}

// export reads a list part by part to its end.
func export[T any](ctx context.Context, list func(Page) (Part[T], error), give func(T) error) (int, error) {
	n := 0
	for p := (Page{Limit: exportPart}); ; {
		if err := ctx.Err(); err != nil { // whoever asked has gone away
			return n, err
		}
		part, err := list(p)
		if err != nil {
			return n, err
		}
		for _, item := range part.Items {
			if n == MaxExport {
				return n, Refuse(Invalid, "too_many_rows", "超过10万行，请缩小筛选范围后再导出。", "There are more than 100,000 lines; narrow the filters.").With("max", MaxExport)
			}
			if err := give(item); err != nil {
				return n, err
			}
			n++
		}
		if part.Next == "" {
			return n, nil
		}
		p.After = part.Next
	}
}

// exported notes an export on the audit trail.
func (d *Desk) exported(ctx context.Context, who Actor, object string, n int, filters map[string]string) error {
	detail := map[string]string{"rows": strconv.Itoa(n)}
	for name, value := range filters {
		if value != "" {
			detail[name] = value
		}
	}
	return d.Record.Note(ctx, Deed{Kind: object + ".export", Object: "export:" + object, Actor: who}, detail)
}

func said(yes bool) string {
	if yes {
		return "true"
	}
	return ""
}

// ExportStock gives the rooms of the register.
func (d *Desk) ExportStock(ctx context.Context, who Actor, f StockFilter, give func(StockLine) error) error {
	n, err := export(ctx, func(p Page) (Part[StockLine], error) { return d.stockRooms(ctx, who, f, p) }, give)
	if err != nil {
		return err
	}
	return d.exported(ctx, who, "stock", n, map[string]string{"region": f.Region, "state": string(f.State), "use": f.Use, "station": string(f.Station),
		"origin": string(f.Origin), "text": clip(f.Text), "gone": said(f.Gone)})
}

// ExportProjects gives the housing projects that the actor may see, in the order of the list.
func (d *Desk) ExportProjects(ctx context.Context, who Actor, f ProjectFilter, give func(ProjectLine) error) error {
	n, err := export(ctx, func(p Page) (Part[ProjectLine], error) { return d.projects(ctx, who, f, p) }, give)
	if err != nil {
		return err
	}
	return d.exported(ctx, who, "project", n, map[string]string{"state": joined(f.States), "district": f.District, "developer": f.Developer, "text": clip(f.Text), "overdue": said(f.Overdue)})
}

// ExportNominations gives the nominations of a year by community. Scores are there once they are frozen.
func (d *Desk) ExportNominations(ctx context.Context, who Actor, year int, district string, states []State, give func(NomineeLine) error) error {
	n, err := export(ctx, func(p Page) (Part[NomineeLine], error) { return d.nominations(ctx, who, year, district, states, p) }, give)
	if err != nil {
		return err
	}
	return d.exported(ctx, who, "nomination", n, map[string]string{"year": strconv.Itoa(year), "district": district, "state": joined(states)})
}

// ExportTitles gives a year's titles by their places. Everybody may have them.
func (d *Desk) ExportTitles(ctx context.Context, year int, give func(TitleView) error) error {
	v, err := d.PublicYear(ctx, year)
	if err != nil {
		return err
	}
	for _, t := range v.Titles {
		if err := give(t); err != nil {
			return err
		}
	}
	return nil
}

func joined(states []State) string {
	out := make([]string, len(states))
	for i, s := range states {
		out[i] = string(s)
	}
	return strings.Join(out, " ")
}
