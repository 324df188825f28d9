package civic

import (
	"context"

	"lizheng/civic/money"
)

// file reads a case that the actor may see.
func (d *Desk) file(ctx context.Context, who Actor, id string) (CaseFile, error) {
	s, err := d.sight(ctx, who)
	if err != nil {
		return CaseFile{}, err
	}
	return d.Record.CaseFile(ctx, s, id)
}

// Case is everything about a case, with the acts that are open to the actor now.
func (d *Desk) Case(ctx context.Context, who Actor, id string) (CaseView, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return CaseView{}, err
	}
	v, err := d.caseView(ctx, who, f)
	if err != nil {
		return CaseView{}, err
	}
	v.Possible, err = d.possible(ctx, who, f)
	return v, err
}

func (d *Desk) caseView(ctx context.Context, who Actor, f CaseFile) (CaseView, error) {
	words, err := d.lexicon(ctx, f.persons()...)
	if err != nil {
		return CaseView{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return CaseView{}, err
	}
	v := CaseView{CaseLine: caseLine(f.Case, words, clocks), RouteWords: routeWords[f.Case.Route], Revision: f.Revision, Matter: f.Matter, Ruling: f.Ruling,
		Entry: f.Entry, Pauses: f.Pauses, Files: f.Files, Money: f.money(), Parties: []Named{}, Readers: []Named{}, Objections: []ObjectionView{}, Tasks: []TaskView{}}
	for _, t := range f.Tasks {
		v.Tasks = append(v.Tasks, taskView(f.Case, t, f.Opinions[t.ID], words, clocks))
	}
	for _, u := range f.Parties {
		v.Parties = append(v.Parties, words.unit(u))
	}
	for _, r := range f.Readers {
		v.Readers = append(v.Readers, words.person(r))
	}
	if v.Shares, err = f.shares(words.atlas); err != nil {
		return CaseView{}, err
	}
	if f.Case.Procedure == AccessProcedure {
		v.Form = &f.Form
	}
	v.Objections, err = d.objections(ctx, who, f, words)
	return v, err
}

var routeWords = map[Route]Words{
	Discretionary: {"审批准入", "discretionary"}, Filing: {"备案列入", "filing"}, Emergency: {"应急准入", "emergency"},
}

// persons are all whose names the page shows.
func (f CaseFile) persons() []string {
	out := append([]string{f.Case.Applicant}, f.Readers...)
	for _, t := range f.Tasks {
		out = append(out, t.Person, t.Principal, t.ClaimedBy, t.Seat.Person)
	}
	for _, o := range f.Objections {
		out = append(out, o.By)
	}
	return out
}

// shares are the money per community: as ruled, else as the form comes to with today's communities.
func (f CaseFile) shares(atlas *Atlas) ([]Share, error) {
	if f.Ruling != nil && len(f.Ruling.Shares) > 0 {
		return f.Ruling.Shares, nil
	}
	regions := make([]Region, 0, len(f.Form.Communities))
	for _, key := range f.Form.Communities {
		if r, ok := atlas.Region(key); ok {
			regions = append(regions, r)
		}
	}
	shares, _, err := f.Form.Funding.Shares(regions)
	switch {
	case err == nil && shares != nil:
		return shares, nil
	case AsRefusal(err) != nil: // a draft's amounts may still be impossible
		err = nil
	}
	return []Share{}, err
}

// money is what the case holds on its line, and the line with and without it.
func (f CaseFile) money() *CaseMoney {
	kind := f.Form.Funding.Kind
	if kind == "" {
		return nil
	}
	m := &CaseMoney{Kind: kind, Total: f.Form.Funding.Total, Disbursed: f.Disbursed}
	if f.Ruling != nil && f.Ruling.Total > 0 {
		m.Total = f.Ruling.Total
	}
	for _, h := range f.Held {
		switch h.Kind {
		case Reserve:
			m.Reserved += h.Left
		case Commit:
			m.Committed += h.Left
		}
	}
	if f.Line == nil || f.Line.Unit != f.Case.Unit && m.Reserved+m.Committed == 0 { // a form may name any line: of others' it learns nothing
		return m
	}
	m.Line, m.LineName, m.After = f.Line.ID, f.Line.Name, f.Line.Free()
	var held money.Fen
	for _, h := range f.Held {
		if h.Line == f.Line.ID {
			held += h.Left
		}
	}
	m.Before = m.After + held
	return m
}

// objections shows who objects to those of the seats that examine it, and notes that it was read; others read the text.
func (d *Desk) objections(ctx context.Context, who Actor, f CaseFile, words lexicon) ([]ObjectionView, error) {
	out := make([]ObjectionView, 0, len(f.Objections))
	if len(f.Objections) == 0 {
		return out, nil
	}
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return nil, err
	}
	revealed := false
	for _, o := range f.Objections {
		v := ObjectionView{ID: o.ID, Text: o.Text, Task: o.Task, Result: o.Result, At: o.At}
		if sitsFor(seats, f.Tasks, o.Task) {
			v.Contact, v.By = o.Contact, words.personOrNone(o.By)
			revealed = revealed || o.Contact != "" || o.By != ""
		}
		out = append(out, v)
	}
	if revealed {
		deed := Deed{Kind: "case.read_contact", Object: "case:" + f.Case.ID, Case: f.Case.ID, Actor: who}
		err = d.Record.Note(ctx, deed, nil)
	}
	return out, err
}

func sitsFor(seats []SeatOf, tasks []Task, id string) bool {
	for _, t := range tasks {
		if t.ID != id {
			continue
		}
		for _, s := range seats {
			if s.Seat.Role == t.Seat.Role && s.Seat.Unit == t.Seat.Unit {
				return true
			}
		}
	}
	return false
}

// taskView is a task in words.
func taskView(c Case, t Task, opinion string, l lexicon, k clocks) TaskView {
	step, _ := Definitions[c.Procedure].Step(t.Step)
	v := TaskView{Task: t, Words: Words{step.Zh, step.En}, SeatView: l.seat(t.Seat), By: l.personOrNone(t.Person), For: l.personOrNone(t.Principal),
		Claimed: l.personOrNone(t.ClaimedBy), Opinion: opinion, Clock: Clock{Light: NoLight}, Delegated: t.part()}
	if choice, ok := step.Choice(t.Outcome); ok {
		v.OutcomeWords = &Words{choice.Zh, choice.En}
	}
	if t.Open() {
		v.Clock = k.read(t.DueAt, c.PausedAt)
	}
	if t.State == TaskVoid {
		v.VoidWords = voidWords(t.VoidReason)
	}
	v.Late = t.EndedAt != nil && t.DueAt != nil && t.State == TaskDone && !t.EndedAt.Before(*t.DueAt)
	return v
}

// voidWords says why a task ended without an answer that counts.
func voidWords(reason string) *Words {
	w, ok := map[string]Words{
		"moved_on":      {"事项已进入下一环节", "the case moved on without it"},
		"transferred":   {"已转办", "it was transferred"},
		"removed":       {"已减签", "the added signer was removed"},
		"no_opinion":    {"期满未回复，记为未表态", "no answer in time: no opinion, which is neither for nor against"},
		"taken_back":    {"委派已收回", "whoever asked for the opinion did not wait for it"},
		"not_handed_in": {"期满未报送", "it was not handed in in time"},
		"no_appeal":     {"期满未申诉", "no appeal in time"},
		"kept":          {"决定保留，程序终止", "it was decided to keep the item"},
	}[reason]
	if !ok {
		w = Words{reason, reason}
	}
	return &w
}
