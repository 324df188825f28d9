package civic

import "slices"

// scored (C5) takes a department's scores: every row that it leads, for every district alike.
func (t *turn) scoredRows(task *Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	if t.act.Outcome == "scored" {
		if err := t.allScored(book, task.Seat.Unit); err != nil {
			return err
		}
	}
	if t.waiting("score_rows") {
		return nil
	}
	if err := t.someData(book); err != nil {
		return err
	}
	t.to(Feedback)
	for _, unit := range t.assessment().Units {
		if _, err := t.open("review_scores", Seat{Role: DistrictDesk, Unit: unit}); err != nil {
			return err
		}
	}
	return t.beginTerm("assessment.appeal_wd")
}

func (t *turn) allScored(book AssessmentBook, lead string) error {
	var f findings
	cells, less := 0, 0
	for _, r := range book.Rows {
		if t.world.Responsible(r.Lead) != lead {
			continue
		}
		for _, unit := range t.assessment().Units {
			s, ok := book.score(r.Key, unit)
			switch {
			case !ok:
				f.add(errRow("missing", "第"+r.Key+"行尚未对全部地区评分。", "The row "+r.Key+" is not scored for every district."), "rows.%s.%s", r.Key, unit)
			case s.Points < r.Points:
				less++
			}
			cells++
		}
	}
	t.figure("assessment.line_score_wd", "条线评分", "scores of the department", map[string]any{"lead": lead, "cells": cells, "below_full": less})
	return f.err()
}

// someData refuses to end the scoring while a district has no data for any row: no total could ever be made of nothing, and
// after the last department nobody writes scores any more.
func (t *turn) someData(book AssessmentBook) error {
	for _, unit := range t.assessment().Units {
		if !slices.ContainsFunc(book.Scores, func(s RowScore) bool { return s.Unit == unit && !s.NoData }) {
			return Refuse(Conflict, "district_without_data", "有地区没有任何一行得分，无法汇总；请至少为其一行评分。",
				"A district has no score for any row, so that no total could be made; score at least one of its rows.").
				At("outcome").By("assessment.line_score_wd").With("unit", unit)
		}
	}
	return nil
}

// beginTerm starts a term that no task carries.
func (t *turn) beginTerm(parameter string) error {
	m := t.assessment()
	m.Began = t.Now
	t.keep(m)
	at, err := t.after(parameter)
	t.fx.Case.ActsAt = at
	return err
}

// reviewed (C6) takes a district's word about the provisional sheet; what it appeals against was filed row by row before.
func (t *turn) reviewed(task *Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	asked, err := t.askAppeals(book, task.Seat.Unit)
	switch {
	case err != nil:
		return err
	case t.act.Outcome == "appeal" && asked == 0:
		return Refuse(Conflict, "no_appeal", "请先逐行提交申诉。", "File an appeal against a row first.").At("outcome")
	case t.act.Outcome == "accept" && asked > 0:
		return Refuse(Conflict, "appeal_filed", "已提交申诉，不能再表示无异议。", "An appeal is filed; the sheet cannot be accepted as well.").At("outcome").With("appeals", asked)
	}
	return t.feedbackOver()
}

// askAppeals asks the lead departments about a district's appeals that nobody was asked about yet.
func (t *turn) askAppeals(book AssessmentBook, unit string) (int, error) {
	asked := 0
	for _, a := range book.Appeals {
		if a.Unit != unit || a.Task != "" {
			continue
		}
		row, ok := book.row(a.Row)
		if !ok { // the record keeps appeals to rows of the table
			continue
		}
		task, err := t.open("answer_appeal", Seat{Role: DeptLeader, Unit: t.world.Responsible(row.Lead)})
		if err != nil {
			return asked, err
		}
		a.Task = task.ID
		t.change().Asked = append(t.change().Asked, a)
		asked++
	}
	return asked, nil
}

// change is what the act writes beside the case.
func (t *turn) change() *AssessmentChange {
	if t.fx.Assessment == nil {
		t.fx.Assessment = &AssessmentChange{}
	}
	return t.fx.Assessment
}

// closeFeedback ends the time for appeals. What was filed in time is answered; who filed nothing has not appealed.
func (t *turn) closeFeedback() error {
	if err := t.dueNow(Feedback); err != nil {
		return err
	}
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	silent := 0
	for i := range t.Tasks {
		if t.Tasks[i].Open() && t.Tasks[i].Step == "review_scores" && !t.Tasks[i].part() {
			t.end(&t.Tasks[i], TaskVoid, "", "no_appeal")
			silent++
		}
	}
	asked := 0
	for _, unit := range t.assessment().Units {
		n, err := t.askAppeals(book, unit)
		if err != nil {
			return err
		}
		asked += n
	}
	t.fx.Case.ActsAt = nil
	t.figure("assessment.appeal_wd", "申诉期满", "the time for appeals is over", map[string]any{"silent": silent, "appeals": asked})
	return t.feedbackOver()
}

// appealAnswered (C6) upholds or changes one score. The one that was appealed against stays on record.
func (t *turn) appealAnswered(task *Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(book.Appeals, func(a RowAppeal) bool { return a.Task == task.ID })
	if i < 0 {
		return Refuse(Conflict, "no_appeal", "没有对应的申诉。", "There is no such appeal.")
	}
	a := book.Appeals[i]
	a.Result, a.Answer = "upheld", t.act.Opinion
	if t.act.Outcome == "change" {
		row, _ := book.row(a.Row)
		points := *t.act.Details.Assessment.Points
		if points < 0 || points > row.Points {
			return Refuse(Invalid, "bad_points", "分值应在0至该行分值之间。", "Points are between 0 and those of the row.").
				At("details.assessment.points").With("most", int64(row.Points))
		}
		a.Result, a.Points = "changed", &points
	}
	t.change().Answered = &a
	return t.feedbackOver()
}

// feedbackOver lets the office sum up once everybody has looked and every appeal is answered.
func (t *turn) feedbackOver() error {
	if t.waiting("review_scores") || t.waiting("answer_appeal") {
		return nil
	}
	t.to(Summing)
	return t.openAt("sum_up", OfficeClerk, OfficeUnit)
}
