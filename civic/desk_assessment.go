package civic

import (
	"context"
	"fmt"
	"slices"

	"lizheng/civic/selection"
)

// BeginAssessment begins the draft of a year's assessment. A year is begun once.
func (d *Desk) BeginAssessment(ctx context.Context, who Actor, key string, year int) (DraftMade, error) {
	m := &AssessmentYear{Year: year}
	if err := m.Storable(); err != nil {
		return DraftMade{}, err
	}
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return DraftMade{}, err
	}
	office, err := RulesAt(parameters, d.Record.Now()).List(OfficeUnit)
	if err != nil {
		return DraftMade{}, err
	}
	o := order{object: "draft", act: "create", key: key, about: fmt.Sprintf("assessment:%d", year),
		subject: Subject{Procedure: AssessmentProcedure, State: Draft, Unit: office[0], Applicant: who.Person, Parties: office[:1]},
		content: map[string]any{"assessment": year}}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		return d.Record.OpenCase(ctx, deed, NewCase{Procedure: AssessmentProcedure, ID: AssessmentID(year), Unit: office[0], Matter: m})
	})
}

// asked finds the open task on which somebody wants to write something down, and the order to do so. What is written is
// whole or not there; writing it again changes nothing.
func (d *Desk) asked(ctx context.Context, who Actor, year int, on Assessing) (CaseFile, Assessing, order, error) {
	f, err := d.file(ctx, who, AssessmentID(year))
	if err != nil {
		return f, on, order{}, err
	}
	on.Case = f.Case.ID
	i := slices.IndexFunc(f.Tasks, func(t Task) bool {
		return t.Open() && !t.part() && t.Step == on.Step && (on.Unit == "" || t.Seat.Unit == on.Unit) && (on.Round == 0 || t.Round == on.Round)
	})
	if i < 0 {
		return f, on, order{}, Refuse(Conflict, "not_asked", "现在没有要求填报此项内容。", "Nobody is asked for this now.").
			With("step", on.Step).With("state", string(f.Case.State))
	}
	on.Unit = f.Tasks[i].Seat.Unit
	return f, on, order{object: "task", act: "fill", about: "task:" + f.Tasks[i].ID, subject: f.brief(f.Tasks[i].ID).Subject(), keyless: true}, nil
}

// SaveTable replaces the task table while the office writes it, if its revision is still the one that was seen.
func (d *Desk) SaveTable(ctx context.Context, who Actor, year, seen int, rows []TableRow) (int, error) {
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return 0, err
	}
	if err := StorableRows(rows, atlas); err != nil {
		return 0, err
	}
	_, on, o, err := d.asked(ctx, who, year, Assessing{Step: "compile_table"})
	if err != nil {
		return 0, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveRows(ctx, deed, on, seen, normalRows(rows))
	})
}

// SaveReports keeps what a district says about rows at the end of a quarter.
func (d *Desk) SaveReports(ctx context.Context, who Actor, year, seen int, unit string, quarter int, reports []QuarterReport) (Written, error) {
	if err := storableReports(reports); err != nil {
		return Written{}, err
	}
	_, on, o, err := d.asked(ctx, who, year, Assessing{Step: "report_quarter", Unit: unit, Round: quarter, Seen: seen})
	if err != nil {
		return Written{}, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (Written, error) { return d.Record.SaveReports(ctx, deed, on, reports) })
}

func storableReports(reports []QuarterReport) error {
	var f findings
	if len(reports) > maxTaskRows {
		return errTooManyLines()
	}
	for i, r := range reports {
		switch {
		case slices.ContainsFunc(reports[:i], func(o QuarterReport) bool { return o.Row == r.Row }):
			f.add(errRow("row_twice", "该行重复。", "The row is there twice."), "rows[%d].row", i)
		case r.Light != Green && r.Light != Yellow && r.Light != Red:
			f.add(errRow("bad_light", "请选择绿、黄或红灯。", "Choose green, yellow or red."), "rows[%d].light", i)
		case r.Progress == "" || !fitsText(r.Progress, maxRowText):
			f.add(errCharacter(""), "rows[%d].progress", i)
		case !fitsText(r.Evidence, maxRowText):
			f.add(errCharacter(""), "rows[%d].evidence", i)
		}
	}
	return f.err()
}

func errTooManyLines() *Error {
	return Refuse(Invalid, "too_many_entries", "一次提交的行数过多。", "There are too many lines at once.").At("rows")
}

// SaveSelfScores keeps a district's own scores.
func (d *Desk) SaveSelfScores(ctx context.Context, who Actor, year, seen int, unit string, scores []RowScore) (Written, error) {
	return d.saveScores(ctx, who, year, Assessing{Step: "self_score", Unit: unit, Seen: seen}, scores, func(s RowScore, _ TableRow, _ string) bool { return s.Unit == unit })
}

// SaveScores keeps a lead department's scores of the rows that it leads, for all districts.
func (d *Desk) SaveScores(ctx context.Context, who Actor, year, seen int, unit string, scores []RowScore) (Written, error) {
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return Written{}, err
	}
	now := d.Record.Now()
	return d.saveScores(ctx, who, year, Assessing{Step: "score_rows", Unit: unit, Seen: seen}, scores, func(_ RowScore, r TableRow, seat string) bool {
		return atlas.Responsible(r.Lead, now) == seat
	})
}

func (d *Desk) saveScores(ctx context.Context, who Actor, year int, on Assessing, scores []RowScore, theirs func(RowScore, TableRow, string) bool) (Written, error) {
	f, on, o, err := d.asked(ctx, who, year, on)
	if err != nil {
		return Written{}, err
	}
	book, err := d.Record.Book(ctx, on.Case)
	if err != nil {
		return Written{}, err
	}
	m, _ := f.Matter.(*AssessmentYear)
	if err := storableScores(*m, book, scores, func(s RowScore, r TableRow) bool { return theirs(s, r, on.Unit) }); err != nil {
		return Written{}, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (Written, error) { return d.Record.SaveScores(ctx, deed, on, scores) })
}

// storableScores refuses scores that the table does not allow: of others' rows, above the row's points, less without a reason.
func storableScores(m AssessmentYear, book AssessmentBook, scores []RowScore, theirs func(RowScore, TableRow) bool) error {
	if len(scores) > maxTaskRows*len(m.Units) {
		return errTooManyLines()
	}
	var f findings
	for i, s := range scores {
		row, ok := book.row(s.Row)
		switch {
		case !ok || !slices.Contains(m.Units, s.Unit):
			f.add(errRow("no_such_row", "任务分解表中没有这一行或这个地区。", "The task table has no such row, or no such district."), "scores[%d].row", i)
		case !theirs(s, row):
			f.add(errRow("not_your_row", "只能对本单位牵头的行、对本地区评分。", "This row, or this district, is not yours to score."), "scores[%d].row", i)
		case slices.ContainsFunc(scores[:i], func(o RowScore) bool { return o.Row == s.Row && o.Unit == s.Unit }):
			f.add(errRow("row_twice", "该行重复。", "The row is there twice."), "scores[%d].row", i)
		case s.Points < 0 || s.Points > row.Points || s.NoData && s.Points != 0:
			f.add(errRow("bad_points", "分值应在0至该行分值之间；无数据时不填分值。", "Points are between 0 and those of the row; without data there are none.").
				With("most", int64(row.Points)), "scores[%d].points", i)
		case (s.NoData || s.Points < row.Points) && s.Reason == "":
			f.add(errRow("reason_needed", "扣分或无数据必须说明理由。", "Whatever is less than all points needs a reason."), "scores[%d].reason", i)
		case !fitsText(s.Reason, maxRowText) || !fitsText(s.Evidence, maxRowText):
			f.add(errCharacter(""), "scores[%d].reason", i)
		}
	}
	return f.err()
}

// FileAppeal files a district's one appeal against its score for a row.
func (d *Desk) FileAppeal(ctx context.Context, who Actor, key string, year int, unit, row, text string) (RowAppeal, error) {
	if text == "" || !fitsText(text, maxText) {
		return RowAppeal{}, errCharacter("text")
	}
	_, on, o, err := d.asked(ctx, who, year, Assessing{Step: "review_scores", Unit: unit})
	if err != nil {
		return RowAppeal{}, err
	}
	o.keyless, o.key, o.content = false, key, map[string]any{"row": row, "unit": unit, "text": text}
	return carry(ctx, d, who, o, func(deed Deed) (RowAppeal, error) {
		return d.Record.FileAppeal(ctx, deed, on, RowAppeal{Row: row, Text: text})
	})
}

// SaveInputs keeps the figures that no row holds, each with its source.
func (d *Desk) SaveInputs(ctx context.Context, who Actor, year, seen int, inputs []UnitInput) (Written, error) {
	f, on, o, err := d.asked(ctx, who, year, Assessing{Step: "sum_up", Seen: seen})
	if err != nil {
		return Written{}, err
	}
	m, _ := f.Matter.(*AssessmentYear)
	if err := storableInputs(*m, inputs); err != nil {
		return Written{}, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (Written, error) { return d.Record.SaveInputs(ctx, deed, on, inputs) })
}

func storableInputs(m AssessmentYear, inputs []UnitInput) error {
	if len(inputs) > len(InputKinds)*len(m.Units) {
		return errTooManyLines()
	}
	var f findings
	for i, in := range inputs {
		switch {
		case !slices.Contains(m.Units, in.Unit):
			f.add(errRow("no_such_unit", "该地区不在考核范围内。", "This district is not assessed."), "inputs[%d].unit", i)
		case !slices.Contains(InputKinds, in.Kind):
			f.add(errRow("bad_value", "没有这个项目。", "There is no such figure."), "inputs[%d].kind", i)
		case slices.ContainsFunc(inputs[:i], func(o UnitInput) bool { return o.Unit == in.Unit && o.Kind == in.Kind }):
			f.add(errRow("row_twice", "该项重复。", "The figure is there twice."), "inputs[%d].kind", i)
		case in.Value < 0 || in.Value > in.Kind.mostOf():
			f.add(errRow("bad_value", "数值超出范围。", "The value is out of range.").With("most", in.Kind.mostOf()), "inputs[%d].value", i)
		case in.Source == "" || !fitsText(in.Source, maxRowText):
			f.add(errRow("missing", "请注明数据来源。", "Say where the figure comes from."), "inputs[%d].source", i)
		}
	}
	return f.err()
}

// AssessmentSheet is the newest sheet of a year that the actor may see: the frozen scores, or the proposal.
func (d *Desk) AssessmentSheet(ctx context.Context, who Actor, year int) (FrozenSheet, error) {
	f, err := d.file(ctx, who, AssessmentID(year))
	if err != nil {
		return FrozenSheet{}, err
	}
	book, err := d.Record.Book(ctx, f.Case.ID)
	if err != nil {
		return FrozenSheet{}, err
	}
	if len(book.Sheets) == 0 {
		return FrozenSheet{}, ErrNotFound()
	}
	return book.newest(), nil
}

// sumOf adds up what a unit has for its rows so far.
func (b AssessmentBook) sumOf(unit string) selection.Points {
	var sum selection.Points
	for _, r := range b.Rows {
		if s, ok := b.final(r.Key, unit); ok {
			sum += s.Points
		}
	}
	return sum
}
