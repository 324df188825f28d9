package civic

import (
	"context"
	"strconv"
	"time"
)

// Audit lists the audit trail, the latest first; reading it is for the auditor, and is itself on the trail.
func (d *Desk) Audit(ctx context.Context, who Actor, f AuditFilter, p Page) (Part[AuditLine], error) {
	if err := d.may(ctx, who, "audit", "read"); err != nil {
		return Part[AuditLine]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[AuditLine]{}, err
	}
	list, err := d.Record.Audit(ctx, AuditQuery{AuditFilter: f, Window: w})
	if err != nil {
		return Part[AuditLine]{}, err
	}
	if w.After == nil { // one line for one search, not for every page of it
		if err := d.Record.Note(ctx, Deed{Kind: "audit.read", Object: "audit", Actor: who}, f.words()); err != nil {
			return Part[AuditLine]{}, err
		}
	}
	return part(list, w, func(a AuditLine) Cursor { return Cursor{At: a.At, Seq: a.Seq<<3 | int64(a.Chain)} }), nil
}

// words are the filter for the trail.
func (f AuditFilter) words() map[string]string {
	out := map[string]string{}
	for name, value := range map[string]string{"actor": f.Actor, "case": f.Case, "kind": f.Kind, "object": f.Object} {
		if value != "" {
			out[name] = clip(value)
		}
	}
	return out
}

// VerifyChain recomputes the whole audit trail and compares it with the signed heads.
func (d *Desk) VerifyChain(ctx context.Context, who Actor) (ChainReport, error) {
	if err := d.may(ctx, who, "audit", "verify"); err != nil {
		return ChainReport{}, err
	}
	return d.Record.VerifyChain(ctx)
}

// Exported notes that the actor took a list away as a file.
func (d *Desk) Exported(ctx context.Context, who Actor, what string, lines int) error {
	if err := signedIn(who); err != nil {
		return err
	}
	return d.Record.Note(ctx, Deed{Kind: "export", Object: clip(what), Actor: who}, map[string]string{"lines": strconv.Itoa(lines)})
}

// counted reads what a statistic is about: the last twelve months and everything, unless it is said.
func (f StatsFilter) counted(at time.Time) (Counted, error) {
	if _, ok := Definitions[f.Procedure]; !ok && f.Procedure != "" {
		return Counted{}, Refuse(Invalid, "unknown_procedure", "没有这个流程。", "There is no such procedure.").At("procedure")
	}
	from, to, err := f.span(at)
	return Counted{From: from, To: to, Unit: f.Unit, Procedure: f.Procedure}, err
}

// span reads the time of a statistic: the last twelve months unless it is said.
func (f StatsFilter) span(at time.Time) (from, to time.Time, err error) {
	bounds, err := days(f.From, f.To)
	if err != nil {
		return from, to, err
	}
	to = startOfDay(at).AddDate(0, 0, 1)
	if bounds[1] != nil {
		to = *bounds[1]
	}
	from = to.AddDate(-1, 0, 0)
	if bounds[0] != nil {
		from = *bounds[0]
	}
	if !from.Before(to) || to.After(from.AddDate(5, 0, 0)) {
		return from, to, Refuse(Invalid, "bad_date", "统计区间应在五年以内。", "The time counted is five years at most.").At("from")
	}
	return from, to, nil
}

// Funnel counts the cases filed in a time by how far they have come.
func (d *Desk) Funnel(ctx context.Context, who Actor, f StatsFilter) (Funnel, error) {
	if err := d.may(ctx, who, "stats", "read"); err != nil {
		return Funnel{}, err
	}
	if f.Procedure == "" {
		f.Procedure = AccessProcedure
	}
	c, err := f.counted(d.Record.Now())
	if err != nil {
		return Funnel{}, err
	}
	filed, steps, states, err := d.Record.Funnel(ctx, c)
	if err != nil {
		return Funnel{}, err
	}
	out := Funnel{From: dateOf(c.From).String(), To: dateOf(c.To).AddDays(-1).String(), Filed: filed, Steps: []StepCount{}, States: stateCounts(states, f.Procedure)}
	for _, s := range Definitions[f.Procedure].Steps {
		out.Steps = append(out.Steps, StepCount{Step: s.Name, Words: Words{s.Zh, s.En}, Count: steps[s.Name]})
	}
	return out, nil
}

// OnTime counts the answers given in a time, and how many came within their term, by step and by unit.
func (d *Desk) OnTime(ctx context.Context, who Actor, f StatsFilter) (OnTime, error) {
	if err := d.may(ctx, who, "stats", "read"); err != nil {
		return OnTime{}, err
	}
	c, err := f.counted(d.Record.Now())
	if err != nil {
		return OnTime{}, err
	}
	rows, err := d.Record.OnTime(ctx, c)
	if err != nil {
		return OnTime{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return OnTime{}, err
	}
	out := OnTime{From: dateOf(c.From).String(), To: dateOf(c.To).AddDays(-1).String(), Steps: []StepOnTime{}, Units: []UnitOnTime{}}
	for _, s := range allSteps() {
		step := StepOnTime{Step: s.Name, Words: Words{s.Zh, s.En}}
		for _, r := range rows {
			if r.Step == s.Name {
				step.Done, step.InTime = step.Done+r.Done, step.InTime+r.InTime
			}
		}
		out.Steps = append(out.Steps, step)
	}
	at := map[string]int{}
	for _, r := range rows { // ordered by unit
		i, ok := at[r.Unit]
		if !ok {
			i = len(out.Units)
			at[r.Unit] = i
			out.Units = append(out.Units, UnitOnTime{Unit: words.unit(r.Unit)})
		}
		out.Units[i].Done, out.Units[i].InTime = out.Units[i].Done+r.Done, out.Units[i].InTime+r.InTime
	}
	return out, nil
}

// Overdue is what every unit has overdue now, the most first.
func (d *Desk) Overdue(ctx context.Context, who Actor, f StatsFilter) ([]OverdueLine, error) {
	if err := d.may(ctx, who, "stats", "read"); err != nil {
		return nil, err
	}
	rows, err := d.Record.OverdueByUnit(ctx, f.Unit)
	if err != nil {
		return nil, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]OverdueLine, len(rows))
	for i, r := range rows {
		out[i] = OverdueLine{Unit: words.unit(r.Unit), Count: r.Count, Oldest: r.Oldest}
	}
	return out, nil
}
