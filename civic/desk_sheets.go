package civic

import (
	"context"
	"slices"

	"lizheng/civic/names"
	"lizheng/civic/selection"
)

// Limits of a sheet.
const (
	maxMarks    = 300
	maxEvidence = 500
)

// sheetDesk is what somebody may score of a nomination now.
type sheetDesk struct {
	file     CaseFile
	sheet    Sheet
	sheets   []Sheet
	standard Standard
	frozen   bool // the year's scores are, so that they are no secret any more
}

// sheetKinds say whose sheet is filled in where a nomination stands.
var sheetKinds = map[State]SheetKind{SelfScoring: SelfSheet, PanelWork: PanelSheet, Rescoring: CitySheet}

// scoringOf finds the sheet that is the actor's where the nomination stands; nil when there is none.
func (d *Desk) scoringOf(ctx context.Context, who Actor, id string) (*sheetDesk, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return nil, err
	}
	if f.Case.Procedure != NominationProcedure {
		return nil, ErrNotFound()
	}
	s := &sheetDesk{file: f}
	if s.sheets, err = d.Record.SheetsOf(ctx, id); err != nil {
		return nil, err
	}
	n, err := d.Record.NomineeOf(ctx, id)
	if err != nil {
		return nil, err
	}
	s.frozen = n.Frozen
	if s.standard, err = d.standardFor(ctx, f, n); err != nil {
		return nil, err
	}
	kind := sheetKinds[f.Case.State]
	for _, one := range s.sheets {
		if one.Kind == kind && (one.Kind == SelfSheet || one.Assessor == who.Person) {
			s.sheet = one
			return s, nil
		}
	}
	if kind == CitySheet && !scoredBy(s.sheets, who.Person) {
		for _, t := range f.Tasks {
			if t.Open() && t.Step == "rescore" {
				s.sheet = Sheet{ID: NewID(id, string(CitySheet), who.Person), Nomination: id, Kind: CitySheet, Assessor: who.Person, Unit: t.Seat.Unit}
			}
		}
	}
	return s, nil
}

// scoredBy reports whether somebody scored in the panel: then the second scoring is somebody else's.
func scoredBy(sheets []Sheet, person string) bool {
	return slices.ContainsFunc(sheets, func(s Sheet) bool { return s.Kind == PanelSheet && s.Assessor == person && !s.Recused })
}

// standardFor is what a nomination is scored by.
func (d *Desk) standardFor(ctx context.Context, f CaseFile, n Nominee) (Standard, error) {
	_, a, err := d.yearCase(ctx, f.Case.Parent)
	if err != nil {
		return Standard{}, err
	}
	r, _ := a.District(n.District)
	return d.Record.StandardByID(ctx, r.Standard)
}

// subject is the sheet as a policy looks at it.
func (s *sheetDesk) subject() Subject {
	seat := Seat{Role: Assessor, Unit: s.sheet.Unit, Person: s.sheet.Assessor}
	if s.sheet.Kind == SelfSheet {
		seat = Seat{Role: Community, Unit: s.sheet.Unit}
	}
	return Subject{Object: "sheet", Procedure: NominationProcedure, State: s.file.Case.State, Seat: &seat, Unit: s.sheet.Unit, Case: &s.file.Case}
}

// Sheet is the score sheet of a nomination as the actor may see it: their own, or those that are no secret any more.
func (d *Desk) Sheet(ctx context.Context, who Actor, id string) (SheetView, error) {
	s, err := d.scoringOf(ctx, who, id)
	if err != nil {
		return SheetView{}, err
	}
	v := SheetView{Sheet: s.sheet, Standard: s.standard, Others: []Sheet{}}
	for _, dim := range s.standard.Dimensions {
		v.Indicators += len(dim.Indicators)
	}
	v.Total, v.Marked = s.sheet.running(s.standard)
	own := false
	if s.sheet.ID != "" {
		_, err := d.Policy.Decide(ctx, who, "read", s.subject())
		if err == nil {
			_, err = d.Policy.Decide(ctx, who, "save", s.subject())
		}
		if own = err == nil; err != nil && AsRefusal(err) == nil {
			return v, err
		}
	}
	v.Editable = own && s.sheet.Submitted == nil
	for _, one := range s.sheets {
		switch {
		case one.Kind == SelfSheet && one.Submitted != nil && one.ID != s.sheet.ID:
			self := one
			v.Self = &self
		case one.Kind != SelfSheet && one.ID != s.sheet.ID && s.shown(one, who.Person):
			v.Others = append(v.Others, one)
		}
	}
	if !own && s.sheet.Submitted == nil { // somebody else's, not handed in: nobody's business
		v.Sheet.Marks, v.Total, v.Marked = nil, 0, 0
	}
	var persons []string
	for _, one := range s.sheets {
		persons = append(persons, one.Assessor)
	}
	words, err := d.lexicon(ctx, persons...)
	v.Assessors = map[string]Named{}
	for _, p := range persons {
		if p != "" {
			v.Assessors[p] = words.person(p)
		}
	}
	return v, err
}

// shown reports whether somebody else's sheet may be seen: when the scores are frozen and nobody scores again, else by those
// who have scored themselves. Before that it would sway whoever still scores, replies or objects.
func (s *sheetDesk) shown(other Sheet, person string) bool {
	switch {
	case other.Submitted == nil:
		return false
	case s.frozen && s.file.Case.State != Rescoring:
		return true
	}
	return slices.ContainsFunc(s.sheets, func(mine Sheet) bool {
		return mine.Assessor == person && mine.Kind == other.Kind && mine.Submitted != nil && !mine.Recused
	})
}

// hideScores takes a nomination's scores out of what was decided about it, as long as they are not frozen.
func (d *Desk) hideScores(ctx context.Context, f CaseFile, list []Decision) error {
	if f.Case.Procedure != NominationProcedure || f.Case.State == Draft {
		return nil
	}
	n, err := d.Record.NomineeOf(ctx, f.Case.ID)
	if err != nil || n.Frozen {
		return err
	}
	for _, x := range list {
		for i := range x.Figures {
			if x.Figures[i].Rule == panelFigure {
				x.Figures[i].Values = nil
			}
		}
	}
	return nil
}

// running is the total of what is marked so far, of the points of what is marked and applicable, and how many are marked.
func (s Sheet) running(standard Standard) (selection.Points, int) {
	most := map[string]selection.Points{}
	for _, d := range standard.Dimensions {
		for _, i := range d.Indicators {
			most[i.Key] = i.Most
		}
	}
	var sum selection.Points
	for _, m := range s.Marks {
		if !m.NotApplicable {
			sum += min(m.Score, most[m.Indicator])
		}
	}
	return sum, len(s.Marks)
}

// SaveSheet saves the actor's own sheet over the revision that was seen; a sheet may be half done until it is handed in.
func (d *Desk) SaveSheet(ctx context.Context, who Actor, id string, seen int, marks []SheetMark) (Sheet, error) {
	s, err := d.scoringOf(ctx, who, id)
	if err != nil {
		return Sheet{}, err
	}
	return d.putSheet(ctx, who, s, order{object: "sheet", act: "save", keyless: true}, func(deed Deed) (Sheet, error) {
		if err := s.marks(marks); err != nil {
			return Sheet{}, err
		}
		return d.Record.SaveSheet(ctx, deed, s.sheet, s.file.Case.State, seen, false)
	})
}

// SubmitSheet hands the actor's own sheet in, whole: what is missing is refused and never zero. Or they recuse themselves.
func (d *Desk) SubmitSheet(ctx context.Context, who Actor, key, id string, seen int, recused bool, why string) (Sheet, error) {
	s, err := d.scoringOf(ctx, who, id)
	if err != nil {
		return Sheet{}, err
	}
	o := order{object: "sheet", act: "submit", key: key, content: map[string]any{"nomination": id, "revision": seen, "recused": recused, "why": why}}
	return d.putSheet(ctx, who, s, o, func(deed Deed) (Sheet, error) {
		if err := s.ready(recused, why); err != nil {
			return Sheet{}, err
		}
		return d.Record.SaveSheet(ctx, deed, s.sheet, s.file.Case.State, seen, true)
	})
}

// ready refuses to hand in what is not whole, and a recusal without a reason.
func (s *sheetDesk) ready(recused bool, why string) error {
	if !recused {
		return s.whole()
	}
	if s.sheet.Kind != PanelSheet || why == "" || names.ValidText(why, maxLine) != nil {
		return Refuse(Invalid, "reason_needed", "考评员申请回避应说明理由。", "An assessor who recuses themselves says why.").At("why")
	}
	s.sheet.Recused, s.sheet.Why, s.sheet.Marks = true, why, nil
	return nil
}

// putSheet asks the policy before anything is said about the sheet. Whoever has none here sits on no seat that could have one.
func (d *Desk) putSheet(ctx context.Context, who Actor, s *sheetDesk, o order, do func(Deed) (Sheet, error)) (Sheet, error) {
	o.about, o.subject = "sheet:"+s.sheet.ID, s.subject()
	return carry(ctx, d, who, o, func(deed Deed) (Sheet, error) {
		deed.Case = s.file.Case.ID
		return do(deed)
	})
}

// marks refuses marks that the standard does not know, and takes the others over.
func (s *sheetDesk) marks(marks []SheetMark) error {
	if len(marks) > maxMarks {
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("marks")
	}
	most := map[string]selection.Points{}
	for _, d := range s.standard.Dimensions {
		for _, i := range d.Indicators {
			most[i.Key] = i.Most
		}
	}
	for i, m := range marks {
		top, known := most[m.Indicator]
		switch {
		case !known || slices.ContainsFunc(marks[:i], func(o SheetMark) bool { return o.Indicator == m.Indicator }):
			return Refuse(Invalid, "no_such_indicator", "没有这个指标，或指标重复。", "There is no such indicator, or it is marked twice.").At("marks").With("indicator", clip(m.Indicator))
		case m.Score < 0 || m.Score > top || m.NotApplicable && m.Score != 0:
			return Refuse(Invalid, "bad_points", "得分超出该指标的分值。", "The score is beyond the indicator's points.").At("marks").With("indicator", m.Indicator).With("most", int64(top))
		case names.ValidText(m.Evidence, maxEvidence) != nil || names.ValidText(m.Note, maxEvidence) != nil:
			return errCharacter("marks")
		}
	}
	s.sheet.Marks = marks
	return nil
}

// whole refuses a sheet of which no score can be made, naming what is missing.
func (s *sheetDesk) whole() error {
	for _, d := range s.standard.Dimensions {
		for _, i := range d.Indicators {
			at := slices.IndexFunc(s.sheet.Marks, func(m SheetMark) bool { return m.Indicator == i.Key })
			switch {
			case at < 0:
				return Refuse(Conflict, "mark_missing", "指标“"+i.Zh+"”尚未评分。", "An indicator has no mark yet.").At("marks").With("indicator", i.Key)
			case s.sheet.Kind == SelfSheet && i.Evidence && s.sheet.Marks[at].Evidence == "" && s.sheet.Marks[at].Score > 0:
				return Refuse(Conflict, "evidence_missing", "指标“"+i.Zh+"”须附佐证。", "An indicator needs evidence.").At("marks").With("indicator", i.Key)
			}
		}
	}
	return nil
}
