package civic

import (
	"fmt"

	"lizheng/civic/selection"
)

// areasNoticeOver lets the city name once the notice (C9) is over and no objection is left open.
func (t *turn) areasNoticeOver() error {
	t.figure("assessment.public_notice_wd", "公示期满无未决异议", "public notice over, no objection left open", map[string]any{"objections": len(t.Objects)})
	t.to(ToBeNamed)
	return t.openAt("name_areas", NamingOfficer, "appraisal.naming_units")
}

func (t *turn) closeAreasNotice() error {
	if err := t.dueNow(Publicity); err != nil {
		return err
	}
	return t.areasNoticeOver()
}

// areasObjected settles one objection: a sustained one is deliberated anew, the last dismissed one lets the notice go on.
func (t *turn) areasObjected(task *Task) error {
	sustained, err := t.settleObjection(task)
	switch {
	case err != nil:
		return err
	case sustained:
		t.fx.Case.Round++
		t.to(Deliberation)
		return t.openAt("propose_areas", GroupChair, GroupUnit)
	case t.waiting("objection"):
		return nil
	}
	ends := t.Case.ActsAt
	t.to(Publicity)
	t.fx.Case.ActsAt = ends
	if ends != nil && !t.Now.Before(*ends) {
		return t.areasNoticeOver()
	}
	return nil
}

// namedAreas (C10) names what was proposed, under a commendation project that covers it. Assessing needs none; naming does.
func (t *turn) namedAreas(*Task) error {
	if t.act.Outcome == "leave" {
		return t.close(Closed)
	}
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	sheet, err := lastResult(book)
	if err != nil {
		return err
	}
	units := proposedOf(sheet)
	if len(units) == 0 {
		return Refuse(Conflict, "nobody_proposed", "没有建议名单，不能命名。", "Nobody is proposed; there is nobody to name.").At("outcome")
	}
	m := t.assessment()
	project, most, err := t.covering(m.Year, len(units))
	if err != nil {
		return err
	}
	t.change().Project, t.change().Most = project, most
	for i, unit := range units {
		t.change().Named = append(t.change().Named, NamedArea{Unit: unit, Seq: i + 1})
	}
	bodies, err := t.Rules.List("appraisal.naming_units")
	if err != nil {
		return err
	}
	t.fx.Document = &Document{Unit: t.world.Responsible(bodies[0]), Title: fmt.Sprintf("关于命名%d年度社区建设先进地区的决定", m.Year)}
	return t.close(Closed)
}

// covering is the approved project under which so many areas may be named in that year, and how many may be at most.
func (t *turn) covering(year, areas int) (string, int, error) {
	titles, err := t.Rules.Int("appraisal.advanced_units")
	if err != nil || t.Rules.Text("appraisal.project_required") != "true" {
		return "", titles, err
	}
	project, quota, err := t.world.Commendation(AdvancedAreas, year)
	switch {
	case err != nil:
		return "", 0, err
	case project == "":
		return "", 0, Refuse(Conflict, "no_commendation_project", "没有覆盖该年度的表彰项目批准，不能命名；可只通报考核结果。",
			"No approved commendation project covers this year, so nobody can be named; the results can still be published.").
			At("outcome").By("appraisal.project_required").With("year", year)
	case areas > quota:
		return "", 0, Refuse(Conflict, "over_quota", "超过表彰项目批准的名额。", "That is more than the commendation project allows.").
			At("outcome").By("appraisal.project_required").With("areas", areas).With("quota", quota)
	}
	return project, min(quota, titles), nil
}

// AdvancedAreas is the title of the districts, as the names of commendation projects have it.
const AdvancedAreas = "社区建设先进地区"

// lastResult is the newest sheet with a proposal.
func lastResult(book AssessmentBook) (selection.AssessmentSheet, error) {
	for i := len(book.Sheets) - 1; i >= 0; i-- {
		if book.Sheets[i].Kind != "result" {
			continue
		}
		sheet, found, err := selection.VerifyAssessment(book.Sheets[i].Body)
		if err == nil && (len(found) > 0 || sheet.Hash != book.Sheets[i].Hash) {
			err = fmt.Errorf("the sheet %s does not compute", book.Sheets[i].Hash)
		}
		return sheet, err
	}
	return selection.AssessmentSheet{}, fmt.Errorf("there is no sheet with a proposal")
}
