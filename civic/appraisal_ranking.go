package civic

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// selectionRule is the rule of a year's selection by the parameters in force at its beginning.
func selectionRule(r Rules) (selection.Rule, error) {
	out := selection.Rule{Version: r.At.In(workday.Shanghai).Format("2006-01-02"), Areas: r.Text("appraisal.areas") == "true"}
	for _, n := range []struct {
		key   string
		to    *int64
		times int64
	}{
		{"appraisal.quota", &out.Titles, 1}, {"appraisal.min_per_district", &out.Least, 1},
		{"appraisal.line_points", (*int64)(&out.Line), 100}, {"appraisal.bonus_max_points", (*int64)(&out.BonusMost), 100}, {"appraisal.total_max_points", (*int64)(&out.TotalMost), 100},
	} {
		v, err := r.Int(n.key)
		if err != nil {
			return out, err
		}
		*n.to = int64(v) * n.times
	}
	part, whole, err := r.ratio("appraisal.reserve_ratio")
	if err != nil {
		return out, err
	}
	out.ReservePercent = (part*100 + whole - 1) / whole
	breaks, err := r.List("appraisal.tie_breaks")
	if err != nil {
		return out, err
	}
	for _, b := range breaks {
		at := strings.LastIndexByte(b, '_')
		if at < 0 {
			return out, fmt.Errorf("parameter appraisal.tie_breaks: %q", b)
		}
		out.TieBreaks = append(out.TieBreaks, selection.TieBreak{Figure: b[:at], Prefer: selection.Prefer(b[at+1:])})
	}
	return out, out.Check()
}

// ratio reads a ratio such as 0.2 exactly, as 2 of 10.
func (r Rules) ratio(key string) (part, whole int64, err error) {
	before, after, _ := strings.Cut(r.Text(key), ".")
	whole = 1
	for range len(after) {
		whole *= 10
	}
	part, err = strconv.ParseInt(before+after, 10, 32)
	if err != nil || len(after) > 4 {
		return 0, 1, fmt.Errorf("parameter %s in force on %s: %w", key, r.At.Format("2006-01-02"), err)
	}
	return part, whole, nil
}

// figures are what ties are broken by, in the rule's order.
func (n Nominee) figures(breaks []selection.TieBreak) ([]int64, error) {
	out := make([]int64, len(breaks))
	for i, b := range breaks {
		switch b.Figure {
		case "satisfaction":
			out[i] = int64(n.Survey)
		case "panel":
			out[i] = int64(n.Panel)
		case "street_rank":
			out[i] = int64(n.Rank)
		default:
			return nil, fmt.Errorf("parameter appraisal.tie_breaks: no figure %q", b.Figure)
		}
	}
	return out, nil
}

// candidate is the nominee as the selection takes it. A score of the city's sample that deviates stands in the first one's place.
func (n Nominee) candidate(rule selection.Rule, allowed selection.Points) (selection.Candidate, error) {
	c := selection.Candidate{Key: n.Community, Unit: n.District, Standing: n.Stands, Base: n.Base, Bonus: n.Bonus, Penalty: n.Penalty}
	if rule.Areas {
		c.Area = selection.Rural
		if n.Urban {
			c.Area = selection.Urban
		}
	}
	if n.Second != nil && selection.Deviates(n.Base, *n.Second, allowed) {
		c.Base = *n.Second
	}
	if n.Ground != "" && c.Standing != selection.Stands {
		c.Grounds = []string{n.Ground}
	}
	var err error
	c.Figures, err = n.figures(rule.TieBreaks)
	return c, err
}

// deviation is how far a second score may be from the first.
func (t *turn) deviation() (selection.Points, error) {
	n, err := t.Rules.Int("appraisal.sample_deviation_points")
	return selection.Points(n) * 100, err
}

// compute makes the year's selection of its nominees. Titles nobody can take go back to the pool only once all have reported.
func (t *turn) compute(a *Appraisal, nominees []Nominee, strikes []selection.Strike, back bool) (selection.Sheet, error) {
	allowed, err := t.deviation()
	if err != nil {
		return selection.Sheet{}, err
	}
	rule := a.Decided.Rule
	rule.Return = back
	in := selection.Appraisal{Subject: "appraisal/" + strconv.Itoa(a.Year), Rule: rule, Units: a.Decided.Units, Strikes: strikes}
	for _, n := range nominees {
		c, err := n.candidate(rule, allowed)
		if err != nil {
			return selection.Sheet{}, err
		}
		if d, ok := a.District(n.District); ok && c.Standing == selection.Stands {
			for _, w := range d.Withheld {
				if w.Community == n.Community {
					c.Standing, c.Grounds = selection.NotRecommended, []string{w.Reason}
				}
			}
		}
		in.Candidates = append(in.Candidates, c)
	}
	return selection.Publish(in)
}

// publish keeps a sheet for everybody and notes what it says about each nominee.
func (t *turn) publishSheet(a *Appraisal, s selection.Sheet, kind string) error {
	body, err := s.Encode()
	if err != nil {
		return err
	}
	a.Decided.Sheet = s.Hash
	t.fx.Appraisal.Publish = &PublishedSheet{Kind: kind, Body: body, Hash: s.Hash}
	for _, l := range s.Lists {
		for _, p := range l.Places {
			t.fx.Appraisal.Outcomes = append(t.fx.Appraisal.Outcomes, NomineeOutcome{NominationID(a.Year, p.Key), string(p.Outcome), p.Rank})
		}
	}
	t.seal("sheet", s.Hash)
	t.figure("appraisal.selection", "评选结果已公布，任何人可复算", "the selection was published; anybody can compute it again",
		map[string]any{"hash": s.Hash, "candidates": len(s.Candidates), "proposed": s.Proposed, "shortfall": s.Shortfall})
	return nil
}

// seal has the audit trail hold something of this act for ever.
func (t *turn) seal(name, value string) {
	if t.fx.Appraisal.Seals == nil {
		t.fx.Appraisal.Seals = map[string]string{}
	}
	t.fx.Appraisal.Seals[name] = value
}

// scoresFrozen (B8): from here on no score of the year changes. What is not finished is not recommended.
func (t *turn) scoresFrozen(*Task) error {
	a := t.year()
	nominees, err := t.world.Nominees(t.Case.ID)
	if err != nil {
		return err
	}
	unfinished := 0
	for i, n := range nominees {
		if slices.Contains(unsettled, n.State) {
			unfinished++
			nominees[i].Stands, nominees[i].Ground = selection.NotRecommended, "unfinished"
			t.fx.Appraisal.Left = append(t.fx.Appraisal.Left, n.Nomination)
		}
	}
	if unfinished > 0 && t.act.Outcome == "freeze" {
		return Refuse(Conflict, "unfinished", "仍有申报未办结，不能冻结；如确需冻结，请选择“冻结（未办结的不予推荐）”并说明理由。",
			"Nominations are not finished. Freeze all the same only with a reason: they will not be recommended.").At("outcome").With("unfinished", unfinished).With("nominations", len(nominees))
	}
	sheet, err := t.compute(a, nominees, nil, false)
	if err != nil {
		return err
	}
	if a.Decided.Frozen, err = selection.Digest(sheet.Candidates); err != nil {
		return err
	}
	t.fx.Appraisal.Freeze = a.Decided.Frozen
	t.seal("freeze", a.Decided.Frozen)
	if err := t.publishSheet(a, sheet, "ranking"); err != nil {
		return err
	}
	t.fx.Appraisal.Wake = &Wake{Year: t.Case.ID, States: append([]State{Qualified}, unsettled...)}
	t.to(Reporting)
	for _, d := range a.Decided.Districts {
		if _, err := t.open("report", Seat{Role: DistrictDesk, Unit: d.Office}); err != nil {
			return err
		}
	}
	return nil
}

// districtReported (B8): the district reports the best of its own ranking up to its quota and reserve, fewer if it says why.
func (t *turn) districtReported(task *Task) error {
	a := t.year()
	d := a.districtOf(task.Seat.Unit)
	if d == nil {
		return errNotNow("report", t.Case.State)
	}
	if t.act.Details.Appraisal != nil {
		d.Withheld = t.act.Details.Appraisal.Withheld
	}
	for i, w := range d.Withheld {
		n, ok, err := t.world.Nominee(NominationID(a.Year, w.Community))
		if err != nil {
			return err
		}
		twice := slices.ContainsFunc(d.Withheld[:i], func(o Withheld) bool { return o.Community == w.Community })
		if !ok || twice || n.District != d.Region || !oneOf(n.Outcome, string(selection.IsProposed), string(selection.IsReserve)) {
			return Refuse(Invalid, "not_on_list", "只能从本区入围名单中保留不报。", "Only communities on the district's own list can be withheld, each once.").
				At("details.appraisal.withheld").With("community", clip(w.Community))
		}
	}
	d.Reported = true
	if slices.ContainsFunc(a.Decided.Districts, func(d DistrictYear) bool { return !d.Reported }) {
		return nil
	}
	t.to(Sampling)
	return t.openAt("draw", OfficeClerk, OfficeUnit)
}
