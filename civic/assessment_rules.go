package civic

func init() {
	regulations[AssessmentProcedure] = regulation{
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).beginYear, ActQuarter: (*turn).quarter, ActCloseFeedback: (*turn).closeFeedback,
			ActObject: (*turn).object, ActCloseNotice: (*turn).closeAreasNotice,
		},
		outcomes: map[string]func(*turn, *Task) error{
			"compile_table": (*turn).compiled, "cosign_table": (*turn).cosigned, "issue_table": (*turn).issuedTable,
			"report_quarter": (*turn).reported, "supervise": (*turn).supervised, "self_score": (*turn).selfScored,
			"score_rows": (*turn).scoredRows, "review_scores": (*turn).reviewed, "answer_appeal": (*turn).appealAnswered,
			"sum_up": (*turn).summed, "propose_areas": (*turn).proposedAreas, "objection": (*turn).areasObjected, "name_areas": (*turn).namedAreas,
		},
		recalculate: (*turn).recalculateYear,
		matter:      func() Matter { return &AssessmentYear{} },
	}
}

// recalculateYear lengthens the terms that no task carries: for appeals, and of the public notice.
func (t *turn) recalculateYear() error {
	c, began := &t.fx.Case, t.assessment().Began
	if c.ActsAt == nil {
		return nil
	}
	switch c.State {
	case Feedback:
		return t.lengthen(&c.ActsAt, "assessment.appeal_wd", began, t.stood(began))
	case Publicity, Objected:
		return t.lengthen(&c.ActsAt, "assessment.public_notice_wd", began, t.stood(began))
	}
	return nil
}
