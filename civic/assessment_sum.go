package civic

import (
	"fmt"
	"slices"
	"time"

	"lizheng/civic/selection"
)

// summed (C7) freezes the scores: from now on the sheet says what they are, whatever anybody finds later.
func (t *turn) summed(*Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	if err := t.inputsWhole(book); err != nil {
		return err
	}
	most, err := t.Rules.Int("appraisal.advanced_units")
	if err != nil {
		return err
	}
	sheet, err := t.sheet(book, int64(most), nil)
	if err != nil {
		return err
	}
	if err := t.freeze("frozen", sheet); err != nil {
		return err
	}
	t.to(Deliberation)
	return t.openAt("propose_areas", GroupChair, GroupUnit)
}

// inputsWhole refuses a sum that lacks a figure which every district must have.
func (t *turn) inputsWhole(book AssessmentBook) error {
	var f findings
	for _, unit := range t.assessment().Units {
		for _, kind := range InputKinds[:3] {
			if _, ok := book.input(unit, kind); !ok {
				f.add(errRow("missing", "缺少汇总数据。", "A figure is missing."), "inputs.%s.%s", unit, kind)
			}
		}
	}
	return f.err()
}

// freeze keeps a sheet with its hash.
func (t *turn) freeze(kind string, sheet selection.AssessmentSheet) error {
	body, err := sheet.Encode()
	if err != nil {
		return fmt.Errorf("write the sheet of case %s: %w", t.Case.ID, err)
	}
	t.change().Sheet = &FrozenSheet{Kind: kind, Round: t.fx.Case.Round, Hash: sheet.Hash, Body: body, At: t.Now}
	t.figure("assessment.sheet", "得分已锁定，可据此重新计算", "the scores are frozen; anybody can compute them again", map[string]any{"kind": kind, "sha256": sheet.Hash})
	return nil
}

// sheet puts everything together that the ranking depends on, and computes it.
func (t *turn) sheet(book AssessmentBook, given int64, vetoes []Veto) (selection.AssessmentSheet, error) {
	m := t.assessment()
	a := selection.Assessment{Subject: fmt.Sprintf("assessment/%d", m.Year), Given: given}
	if err := t.sheetRule(&a); err != nil {
		return selection.AssessmentSheet{}, err
	}
	for _, r := range book.Rows {
		a.Rows = append(a.Rows, selection.TaskRow{Key: r.Key, Lead: r.Lead, Most: r.Points})
	}
	for _, unit := range m.Units {
		a.Units = append(a.Units, t.assessed(book, unit, vetoes))
	}
	sheet, err := selection.PublishAssessment(a)
	if err != nil { // everything else was refused where it was written down
		return sheet, Refuse(Conflict, "no_ranking", "无法计算得分：有地区没有任何可用数据。", "No score can be made: a district has no data at all.").With("reason", err.Error())
	}
	return sheet, nil
}

// sheetRule is the rule version in force at the case's birth.
func (t *turn) sheetRule(a *selection.Assessment) error {
	number := func(key string, into *int64) error {
		n, err := t.Rules.Int(key)
		*into = int64(n)
		return err
	}
	var most, bonus, complaint, shortfall, late int64
	for key, into := range map[string]*int64{
		"appraisal.advanced_units": &most, "assessment.weight_satisfaction": &a.SurveyPercent, "assessment.bonus_max_points": &bonus,
		"assessment.complaint_hundredths": &complaint, "assessment.shortfall_hundredths": &shortfall, "assessment.late_penalty_points": &late,
	} {
		if err := number(key, into); err != nil {
			return err
		}
	}
	points := func(n int64) selection.Points { return selection.Points(n) * 100 }
	a.Rule = selection.Rule{Version: t.Rules.At.UTC().Format(time.RFC3339), Titles: most, TieBreaks: selection.UnitTieBreaks(),
		Limits: selection.Limits{BonusMost: points(bonus), TotalMost: selection.Full + points(bonus)}}
	a.Deductions = selection.Deductions{Complaint: selection.Points(complaint), Shortfall: selection.Points(shortfall), Late: points(late)}
	return nil
}

// assessed is one district with its marks and figures. What nobody scored has no data.
func (t *turn) assessed(book AssessmentBook, unit string, vetoes []Veto) selection.AssessedUnit {
	value := func(kind InputKind) int64 {
		in, _ := book.input(unit, kind)
		return in.Value
	}
	u := selection.AssessedUnit{Key: unit, Standing: selection.Stands, Survey: selection.Points(value(Satisfaction)), Complaints: value(Complaints),
		Shortfall: value(RoomsOwed), Bonus: selection.Points(value(Bonus)), Penalty: selection.Points(value(Penalty)), Late: t.scoredLate(unit)}
	for _, r := range book.Rows {
		mark := selection.Mark{Indicator: r.Key, NotApplicable: true}
		if s, ok := book.final(r.Key, unit); ok && !s.NoData {
			mark.Score, mark.NotApplicable = s.Points, false
		}
		u.Marks = append(u.Marks, mark)
	}
	if i := slices.IndexFunc(vetoes, func(v Veto) bool { return v.Unit == unit }); i >= 0 {
		u.Standing, u.Grounds = selection.Vetoed, []string{vetoes[i].Grounds}
	}
	return u
}

// proposed (C8) is the leading group's: the first so many of the frozen ranking, fewer than the city may name if it
// likes, without those that a grave incident rules out.
func (t *turn) proposedAreas(*Task) error {
	given := *t.act.Details.Assessment.Titles
	most, err := t.Rules.Int("appraisal.advanced_units")
	if err != nil {
		return err
	}
	if given > int64(most) {
		return Refuse(Invalid, "too_many_titles", "建议名额超过规定数量。", "More titles are proposed than may be given.").
			At("details.assessment.titles").By("appraisal.advanced_units").With("most", most)
	}
	vetoes := t.act.Details.Assessment.Vetoes
	for i, v := range vetoes {
		if !slices.Contains(t.assessment().Units, v.Unit) || slices.ContainsFunc(vetoes[:i], func(o Veto) bool { return o.Unit == v.Unit }) {
			return Refuse(Invalid, "no_such_unit", "该地区不在考核范围内，或重复。", "This district is not assessed, or it is there twice.").
				At(fmt.Sprintf("details.assessment.vetoes[%d].unit", i)).With("unit", clip(v.Unit))
		}
	}
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	sheet, err := t.sheet(book, given, vetoes)
	if err != nil {
		return err
	}
	if err := t.freeze("result", sheet); err != nil {
		return err
	}
	proposed := proposedOf(sheet)
	t.figure("appraisal.advanced_units", "建议名单", "proposed", map[string]any{"proposed": len(proposed), "most": most, "vetoed": len(vetoes)})
	t.to(Publicity)
	t.fx.Ruling = &Ruling{Outcome: "propose", Round: t.fx.Case.Round, Act: t.act.ID, At: t.Now}
	return t.beginTerm("assessment.public_notice_wd")
}

// proposedOf are the units that a sheet proposes, best first.
func proposedOf(sheet selection.AssessmentSheet) []string {
	var out []string
	for _, p := range sheet.Places {
		if p.Outcome == selection.IsProposed {
			out = append(out, p.Key)
		}
	}
	return out
}
