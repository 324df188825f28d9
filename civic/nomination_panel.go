package civic

import (
	"errors"
	"slices"

	"lizheng/civic/selection"
)

// beginPanel (B5) gives every assessor of the district a sheet. Whoever belongs to the community's street is recused: their
// sheet says so, and counts neither in the sum nor in the number.
func (t *turn) beginPanel(n *Nominee, d DistrictYear) error {
	t.to(PanelWork)
	recused := 0
	for _, person := range d.Panel.Assessors {
		s, err := t.sheetFor(n, d, person)
		if err != nil {
			return err
		}
		if s.Recused {
			recused++
		}
		t.fx.Appraisal.Sheets = append(t.fx.Appraisal.Sheets, s)
	}
	t.figure("panel.recusal", "考评员回避本街道（镇）的社区", "assessors are recused from their own street's communities",
		map[string]any{"assessors": len(d.Panel.Assessors), "recused": recused})
	_, err := t.open("close_panel", Seat{Role: Assessor, Unit: d.Bureau, Person: d.Panel.Lead})
	return err
}

// sheetFor is the empty sheet of an assessor, who is recused from the communities of their own street.
func (t *turn) sheetFor(n *Nominee, d DistrictYear, person string) (Sheet, error) {
	s := Sheet{ID: NewID(t.Case.ID, string(PanelSheet), person), Nomination: t.Case.ID, Kind: PanelSheet, Assessor: person, Unit: d.Bureau}
	streets, err := t.streetsOf(person)
	if s.Recused = slices.Contains(streets, n.Street); s.Recused {
		s.Why, s.Submitted = "street", &t.Now
	}
	return s, err
}

// LeftPanel is why the sheet of somebody who left the panel before handing it in counts for nothing.
const LeftPanel = "left"

// panelChanged takes over a panel that was named anew: what was handed in stays, what was not counts for nothing any more,
// and whoever is new has a sheet of their own.
func (t *turn) panelChanged(n *Nominee, d DistrictYear) error {
	sheets, err := t.world.Sheets(t.Case.ID)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range sheets {
		if s.Kind != PanelSheet {
			continue
		}
		known[s.Assessor] = true
		if s.Submitted == nil && !slices.Contains(d.Panel.Assessors, s.Assessor) {
			s.Recused, s.Why, s.Marks, s.Submitted = true, LeftPanel, nil, &t.Now
			t.fx.Appraisal.Voided = append(t.fx.Appraisal.Voided, s)
		}
	}
	for _, person := range d.Panel.Assessors {
		if known[person] {
			continue
		}
		s, err := t.sheetFor(n, d, person)
		if err != nil {
			return err
		}
		t.fx.Appraisal.Sheets = append(t.fx.Appraisal.Sheets, s)
	}
	t.fx.Case.ActsAt = nil
	t.figure("panel.recomposed", "考评组改组", "the panel was named anew", map[string]any{"joined": len(t.fx.Appraisal.Sheets), "left": len(t.fx.Appraisal.Voided)})
	return t.ledBy(d)
}

// ledBy hands the closing of the panel to its lead.
func (t *turn) ledBy(d DistrictYear) error {
	for i := range t.Tasks {
		if k := &t.Tasks[i]; k.Open() && k.Step == "close_panel" {
			if k.Seat.Person == d.Panel.Lead {
				return nil
			}
			t.end(k, TaskVoid, "", "panel_changed")
		}
	}
	_, err := t.open("close_panel", Seat{Role: Assessor, Unit: d.Bureau, Person: d.Panel.Lead})
	return err
}

// standardOf is what the nominee is scored by: its district's rules.
func (t *turn) standardOf(n *Nominee) (Standard, error) {
	y, err := t.world.Year(t.Case.Parent)
	if err != nil {
		return Standard{}, err
	}
	d, _ := y.Year.District(n.District)
	s, ok, err := t.world.Standard(d.Standard)
	if err == nil && !ok {
		err = errNotNow("score", t.Case.State)
	}
	return s, err
}

// panelRule is how a panel's score is made.
func (t *turn) panelRule(least int, survey int64) (selection.PanelRule, error) {
	r := selection.PanelRule{Least: least, SurveyPercent: survey}
	rule, err := selectionRule(t.Rules)
	if err != nil {
		return r, err
	}
	r.Limits = rule.Limits
	r.TrimFrom, err = t.Rules.Int("appraisal.trimmed_mean_from")
	return r, err
}

// assess computes a score; what a sheet lacks is a refusal and never zero points.
func (t *turn) assess(n *Nominee, p selection.Panel, least int, survey int64) (selection.Score, error) {
	standard, err := t.standardOf(n)
	if err != nil {
		return selection.Score{}, err
	}
	rule, err := t.panelRule(least, survey)
	if err != nil {
		return selection.Score{}, err
	}
	score, err := selection.Assess(standard.Selection(standard.ID), rule, p)
	switch {
	case err == nil:
		return score, nil
	case errors.Is(err, selection.ErrTooFewAssessors):
		return score, Refuse(Conflict, "panel_too_small", "有效评分人数不足。", "Too few assessors have scored.").At("outcome").By("appraisal.panel_min").With("least", least)
	}
	return score, Refuse(Conflict, "no_score", "评分表不完整或有误，无法计分。", "No score can be made of the sheets.").At("outcome").By("selection.assess").With("why", err.Error())
}

// panelFigure is the rule that a panel's score stands under in the history; its values are told once they are frozen.
const panelFigure = "appraisal.panel"

// panelClosed (B5): every assessor has handed in, and the score is computed.
func (t *turn) panelClosed(*Task) error {
	n, err := t.scorable()
	if err != nil {
		return err
	}
	sheets, err := t.world.Sheets(t.Case.ID)
	if err != nil {
		return err
	}
	given := t.act.Details.Appraisal
	p := selection.Panel{Survey: given.Survey, Bonus: given.Bonus, Penalty: given.Penalty}
	missing := 0
	for _, s := range sheets {
		switch {
		case s.Kind != PanelSheet:
		case s.Submitted == nil:
			missing++
		default:
			p.Sheets = append(p.Sheets, s.scores(s.Assessor))
		}
	}
	if missing > 0 {
		return Refuse(Conflict, "sheets_missing", "仍有考评员未提交评分表。", "Some assessors have not handed in their sheets yet.").At("outcome").With("missing", missing).With("sheets", missing+len(p.Sheets))
	}
	least, err := t.Rules.Int("appraisal.panel_min")
	if err != nil {
		return err
	}
	survey, err := t.Rules.Int("appraisal.satisfaction_weight_percent")
	if err != nil {
		return err
	}
	score, err := t.assess(n, p, least, int64(survey))
	if err != nil {
		return err
	}
	n.Scored, n.Panel, n.Survey, n.Base, n.Bonus, n.Penalty = true, score.Panel, *given.Survey, score.Base, score.Bonus, score.Penalty
	t.figure(panelFigure, "考评组得分", "the panel's score", map[string]any{"panel": int64(score.Panel), "survey": int64(*given.Survey), "survey_percent": survey,
		"base": int64(score.Base), "bonus": int64(score.Bonus), "penalty": int64(score.Penalty), "assessors": len(score.Assessors)})
	return t.askEligibility()
}

// askEligibility (B6) asks every department at once whether it knows a ground of exclusion.
func (t *turn) askEligibility() error {
	t.to(Eligibility)
	units, err := t.Rules.List("appraisal.eligibility_units")
	if err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, key := range units {
		unit := t.world.Responsible(key)
		if asked[unit] { // two bodies of old may be one by now
			continue
		}
		asked[unit] = true
		if _, err := t.open("eligibility", Seat{Role: Reviewer, Unit: unit}); err != nil {
			return err
		}
	}
	return nil
}

// eligibilityAnswered: when all have answered, a ground of exclusion bars from the title if the rules of the year say so.
func (t *turn) eligibilityAnswered(*Task) error {
	n, err := t.scorable()
	if err != nil {
		return err
	}
	if t.act.Outcome == "veto" {
		standard, err := t.standardOf(n)
		if err != nil {
			return err
		}
		city, err := t.cityStandard(standard)
		if err != nil {
			return err
		}
		ground := t.act.Details.Appraisal.Ground
		if _, ok := city.eligible(ground); !ok {
			return Refuse(Invalid, "no_such_ground", "指导标准中没有这项否决情形。", "The guiding standard has no such ground of exclusion.").At("details.appraisal.ground")
		}
		n.Ground = ground
	}
	if t.waiting("eligibility") {
		return nil
	}
	vetoes := 0
	for _, k := range t.Tasks {
		if k.Step == "eligibility" && k.State == TaskDone && !k.part() && k.Outcome == "veto" {
			vetoes++
		}
	}
	bars := t.Rules.Text("appraisal.veto") == "true"
	t.figure("appraisal.veto", "资格审核结果", "the replies on eligibility", map[string]any{"grounds": vetoes, "bars": bars})
	if vetoes > 0 && bars {
		n.Stands = selection.Vetoed
		return t.close(Vetoed)
	}
	t.to(Publicity)
	return t.noticeFor("appraisal.district_notice_wd", "close")
}

// cityStandard is the standard under which a district's rules stand.
func (t *turn) cityStandard(district Standard) (Standard, error) {
	city, _, err := t.world.Standard(district.Parent)
	return city, err
}
