package civic

import (
	"slices"
	"time"
)

// run (C3) lets the year go by. Quarters that were over before there was a table are not reported on.
func (t *turn) run(m AssessmentYear) error {
	m.Quarter = 0
	for m.Quarter < 3 && !t.Now.Before(m.over(m.Quarter+1)) {
		m.Quarter++
	}
	t.keep(m)
	at, err := t.nextTurn(m)
	t.fx.Case.ActsAt = at
	return err
}

// nextTurn is when the system does the next thing of the year: the end of a quarter, or the day on which self-scoring begins.
func (t *turn) nextTurn(m AssessmentYear) (*time.Time, error) {
	day, err := t.on(m, "assessment.self_score_opens")
	if err != nil {
		return nil, err
	}
	at := day.Start()
	if m.Quarter < 3 && m.over(m.Quarter+1).Before(at) {
		at = m.over(m.Quarter + 1)
	}
	at = at.UTC()
	return &at, nil
}

// quarter is the system's own: it asks for reports when a quarter is over, for self-scores when their time has come, and
// closes what nobody handed in.
func (t *turn) quarter() error {
	if err := t.dueNow(Running, SelfScoring); err != nil {
		return err
	}
	m := t.assessment()
	switch {
	case t.Case.State == Running && m.Quarter < 3 && !t.Now.Before(m.over(m.Quarter+1)):
		return t.askReports(m)
	case t.Case.State == Running:
		return t.openSelfScores(m)
	case m.Quarter < 4:
		return t.askReports(m)
	}
	return t.closeReports(m)
}

// askReports asks every district about the quarter that is over. A report's round is its quarter.
func (t *turn) askReports(m AssessmentYear) error {
	m.Quarter++
	for _, unit := range m.Units {
		task, err := t.open("report_quarter", Seat{Role: DistrictDesk, Unit: unit})
		if err != nil {
			return err
		}
		task.Round = m.Quarter
	}
	t.keep(m)
	t.figure("assessment.quarter_report_wd", "季度已结束，请各地报送进展", "the quarter is over; the districts report", map[string]any{"quarter": m.Quarter, "units": len(m.Units)})
	var err error
	if m.Quarter == 4 {
		t.fx.Case.ActsAt, err = t.after("assessment.quarter_report_wd")
		return err
	}
	t.fx.Case.ActsAt, err = t.nextTurn(m)
	return err
}

// openSelfScores (C4) asks every district to score itself; reports that are still owed stay open.
func (t *turn) openSelfScores(m AssessmentYear) error {
	t.turnTo(SelfScoring)
	for _, unit := range m.Units {
		if _, err := t.openBy("self_score", Seat{Role: DistrictDesk, Unit: unit}, m, "assessment.self_score_due"); err != nil {
			return err
		}
	}
	at := m.over(4).UTC()
	t.fx.Case.ActsAt = &at
	return nil
}

// reported (C3) takes a district's report: every row must have its light, and what is red is supervised.
func (t *turn) reported(task *Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	var f findings
	var red []string
	for _, r := range book.Rows {
		i := slices.IndexFunc(book.Reports, func(q QuarterReport) bool {
			return q.Quarter == task.Round && q.Unit == task.Seat.Unit && q.Row == r.Key
		})
		switch {
		case i < 0:
			f.add(errRow("missing", "第"+r.Key+"行尚未填报。", "The row "+r.Key+" is not reported on."), "rows.%s", r.Key)
		case book.Reports[i].Light == Red:
			red = append(red, r.Key)
		}
	}
	if err := f.err(); err != nil {
		return err
	}
	t.figure("assessment.lights", "季度进展", "progress of the quarter", map[string]any{
		"quarter": task.Round, "unit": task.Seat.Unit, "red": len(red), "late": late(*task)})
	if len(red) > 0 {
		again, err := t.open("supervise", task.Seat)
		if err != nil {
			return err
		}
		again.Round = task.Round
		for _, key := range red {
			row, _ := book.row(key)
			t.notify("supervised", Seat{Role: DeptLeader, Unit: t.world.Responsible(row.Lead)}, again.ID)
		}
	}
	return t.allIn()
}

// supervised takes what a district says about its red rows; the next report shows what came of it.
func (t *turn) supervised(*Task) error { return nil }

// selfScored (C4) takes a district's own score of every row.
func (t *turn) selfScored(task *Task) error {
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	var f findings
	for _, r := range book.Rows {
		if !slices.ContainsFunc(book.Self, func(s RowScore) bool { return s.Row == r.Key && s.Unit == task.Seat.Unit }) {
			f.add(errRow("missing", "第"+r.Key+"行尚未自评。", "The row "+r.Key+" is not scored."), "rows.%s", r.Key)
		}
	}
	if err := f.err(); err != nil {
		return err
	}
	t.figure("assessment.late_penalty_points", "自评报送", "the self-score came in", map[string]any{"unit": task.Seat.Unit, "late": late(*task)})
	return t.allIn()
}

// allIn lets the system go on to scoring at once when nothing is owed any more.
func (t *turn) allIn() error {
	if t.assessment().Quarter == 4 && t.Case.State == SelfScoring && !t.waiting("report_quarter") && !t.waiting("self_score") {
		t.soon()
	}
	return nil
}

// closeReports ends the year: whatever was not handed in is on record as missing, and the departments score.
func (t *turn) closeReports(m AssessmentYear) error {
	missing := map[string]any{}
	for i := range t.Tasks {
		k := &t.Tasks[i]
		if k.Open() && oneOf(k.Step, "report_quarter", "self_score") && !k.part() {
			n, _ := missing[k.Step].(int)
			missing[k.Step] = n + 1
			t.end(k, TaskVoid, "", "not_handed_in")
		}
	}
	t.figure("assessment.not_handed_in", "期满未报送的记为缺报", "what did not come in time is recorded as missing", missing)
	book, err := t.world.Book()
	if err != nil {
		return err
	}
	t.to(Scoring)
	for _, unit := range t.leads(book.Rows, false) {
		if _, err := t.open("score_rows", Seat{Role: DeptClerk, Unit: unit}); err != nil {
			return err
		}
	}
	return nil
}

// late reports whether a task was answered after its term, or never.
func late(k Task) bool {
	return k.State != TaskDone || k.EndedAt != nil && k.DueAt != nil && !k.EndedAt.Before(*k.DueAt)
}

// scoredLate reports whether a district handed its self-score in late, or not at all.
func (t *turn) scoredLate(unit string) bool {
	for _, k := range t.Tasks {
		if k.Step == "self_score" && k.Seat.Unit == unit && !k.part() {
			return late(k)
		}
	}
	return true
}
