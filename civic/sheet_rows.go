package civic

import (
	"context"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// ScoreRow is one indicator of a score sheet as a row of a workbook has it. Its name stands there to be read; it must be that
// of its key, so that rows which were sorted apart are not taken for each other.
type ScoreRow struct {
	SheetMark
	Name   string
	Marked bool // whether it has a score or is not applicable; a blank is no zero
}

// OwnSheet is the actor's own score sheet where the nomination stands, to be filled in.
func (d *Desk) OwnSheet(ctx context.Context, who Actor, id string) (Sheet, Standard, error) {
	s, err := d.scoringOf(ctx, who, id)
	if err != nil {
		return Sheet{}, Standard{}, err
	}
	if err := signedIn(who); err != nil {
		return Sheet{}, Standard{}, err
	}
	_, err = d.Policy.Decide(ctx, who, "save", s.subject())
	return s.sheet, s.standard, err
}

// ImportSheet replaces the marks of the actor's own sheet by those of a workbook: all of them, or none. The workbook is read
// only for the assessor whose sheet it is.
func (d *Desk) ImportSheet(ctx context.Context, who Actor, id string, read func(sheet string) (Workbook[ScoreRow], error)) (Sheet, error) {
	s, err := d.scoringOf(ctx, who, id)
	if err != nil {
		return Sheet{}, err
	}
	return d.putSheet(ctx, who, s, order{object: "sheet", act: "save", keyless: true}, func(deed Deed) (Sheet, error) {
		book, err := read(s.sheet.ID)
		if err != nil {
			return Sheet{}, err
		}
		marks, found := s.marksOf(book.Rows)
		if err := book.judge(s.sheet.Revision, found); err != nil {
			return Sheet{}, err
		}
		s.sheet.Marks = marks
		deed.Detail["workbook"] = true
		return d.Record.SaveSheet(ctx, deed, s.sheet, s.file.Case.State, book.Seen, false)
	})
}

// marksOf takes the marks over that rows give, and says row by row which cannot be.
func (s *sheetDesk) marksOf(rows []WorkbookRow[ScoreRow]) (marks []SheetMark, found []*Error) {
	lines := map[string]IndicatorLine{}
	for _, d := range s.standard.Dimensions {
		for _, i := range d.Indicators {
			lines[i.Key] = i
		}
	}
	taken := map[string]bool{}
	for _, r := range rows {
		m, line := r.Value, lines[r.Value.Indicator]
		switch {
		case line.Key == "" || taken[m.Indicator]:
			found = append(found, r.wrongRow("indicator", "no_such_indicator", "没有这个指标，或指标重复。", "There is no such indicator, or it is there twice."))
		case m.Name != line.Zh && m.Name != line.En:
			found = append(found, r.wrongRow("name", "not_its_name", "指标名称与编号不符，请勿改动或单独排序这两列。", "The name is not that of the indicator; these two columns must stay together."))
		default:
			found = append(found, r.markFaults(m, line.Most)...)
		}
		taken[m.Indicator] = true
		if m.Marked {
			marks = append(marks, m.SheetMark)
		}
	}
	return marks, found
}

func (r WorkbookRow[T]) markFaults(m ScoreRow, most selection.Points) (found []*Error) {
	if m.Score < 0 || m.Score > most || m.NotApplicable && m.Score != 0 {
		found = append(found, r.wrongRow("score", "bad_points", "得分应在0至该指标分值之间；不适用时不填得分。", "Points are between 0 and those of the indicator; none where it does not apply.").With("most", int64(most)))
	}
	if !m.Marked && (m.Evidence != "" || m.Note != "") {
		found = append(found, r.wrongRow("score", "score_missing", "填写了佐证或说明，但没有得分。", "There is evidence or a note, and no score."))
	}
	for _, t := range []fieldText{{"evidence", m.Evidence}, {"note", m.Note}} {
		if names.ValidText(t.text, maxEvidence) != nil {
			found = append(found, r.wrongRow(t.field, "bad_character", "内容过长或含有不允许的字符。", "The text is too long, or has a character that is not allowed."))
		}
	}
	return found
}
