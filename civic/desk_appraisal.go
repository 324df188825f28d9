package civic

import (
	"context"
	"slices"
)

// BeginYear begins the draft of a year's appraisal for the office; the year is a fact and is begun once.
func (d *Desk) BeginYear(ctx context.Context, who Actor, key, unit string, a Appraisal) (DraftMade, error) {
	a.Decided = YearDecided{}
	if err := a.Storable(); err != nil {
		return DraftMade{}, err
	}
	o := order{object: "draft", act: "create", key: key, about: "appraisal:" + a.Title(),
		subject: Subject{Procedure: AppraisalProcedure, State: Draft, Unit: unit, Applicant: who.Person, Parties: []string{unit}}, content: a}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		return d.Record.OpenCase(ctx, deed, NewCase{Procedure: AppraisalProcedure, ID: AppraisalID(a.Year), Unit: unit, Matter: &a})
	})
}

// SaveYear saves the draft of a year over the revision that was seen.
func (d *Desk) SaveYear(ctx context.Context, who Actor, year, seen int, a Appraisal) (int, error) {
	a.Year, a.Decided = year, YearDecided{}
	return d.saveForYear(ctx, who, AppraisalProcedure, AppraisalID(year), seen, &a)
}

// Declare begins the draft of a community's nomination.
func (d *Desk) Declare(ctx context.Context, who Actor, key, unit string, n Nomination) (DraftMade, error) {
	if err := n.Storable(); err != nil {
		return DraftMade{}, err
	}
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return DraftMade{}, err
	}
	now := d.Record.Now()
	region, ok := atlas.Region(n.Community)
	if !ok {
		return DraftMade{}, Refuse(Invalid, "no_such_community", "没有这个社区（村）。", "There is no such community.").At("community")
	}
	n.Name = region.Name
	o := order{object: "draft", act: "create", key: key, about: "unit:" + clip(unit),
		subject: Subject{Procedure: NominationProcedure, State: Draft, Unit: unit, Applicant: who.Person, Parties: []string{unit}}, content: n}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		if atlas.Desk(n.Community, now) != unit { // a community has one draft a year, which others must not take
			return DraftMade{}, errNotYourCommunity()
		}
		_, year, err := d.yearFile(ctx, n.Year)
		if err != nil {
			return DraftMade{}, Refuse(Conflict, "not_declaring", "该年度考评尚未启动。", "This year's appraisal has not begun.").At("year")
		}
		street := atlas.Above(n.Community, now)
		c := NewCase{Procedure: NominationProcedure, ID: NominationID(n.Year, n.Community), Parent: AppraisalID(n.Year), Unit: unit, Matter: &n}
		if desk := atlas.Desk(street, now); desk != "" {
			c.Parties = append(c.Parties, desk)
		}
		if r, ok := year.District(atlas.District(n.Community, now)); ok { // the district reports it and settles what is said against it
			c.Parties = append(c.Parties, r.Office)
		}
		return d.Record.OpenCase(ctx, deed, c)
	})
}

// SaveDeclaration saves the draft of a nomination over the revision that was seen. Year and community stay as they are.
func (d *Desk) SaveDeclaration(ctx context.Context, who Actor, id string, seen int, n Nomination) (int, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return 0, err
	}
	old, ok := f.Matter.(*Nomination)
	if !ok {
		return 0, ErrNotFound()
	}
	n.Year, n.Community, n.Name = old.Year, old.Community, old.Name
	return d.saveForYear(ctx, who, NominationProcedure, id, seen, &n)
}

func (d *Desk) saveForYear(ctx context.Context, who Actor, p Procedure, id string, seen int, m Matter) (int, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return 0, err
	}
	switch {
	case f.Case.Procedure != p:
		return 0, ErrNotFound()
	case f.Case.State != Draft:
		return 0, Refuse(Conflict, "not_editable", "申报已提交，不能修改。", "It has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	if err := m.Storable(); err != nil {
		return 0, err
	}
	o := order{object: "draft", act: "edit", about: "case:" + id, subject: f.asDraft(), keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveMatter(ctx, deed, p, id, seen, m)
	})
}

// Years lists the years that were begun.
func (d *Desk) Years(ctx context.Context, who Actor) ([]YearLine, error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return nil, err
	}
	return d.years(ctx)
}

func (d *Desk) years(ctx context.Context) ([]YearLine, error) {
	list, err := d.Record.Years(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]YearLine, len(list))
	for i, y := range list {
		out[i] = YearLine{Year: y.Year.Year, Case: y.Case, Title: y.Year.Title(), State: y.State, Words: stateWords(AppraisalProcedure, y.State)}
	}
	return out, nil
}

// Year is a year on one page.
func (d *Desk) Year(ctx context.Context, who Actor, year int) (YearView, error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return YearView{}, err
	}
	drafts, err := d.Policy.Scope(ctx, who, "draft")
	if err != nil {
		return YearView{}, err
	}
	f, a, err := d.yearSeen(ctx, Sight{Cases: Scope{All: true}, Drafts: drafts}, AppraisalID(year))
	if err != nil {
		return YearView{}, err
	}
	persons := f.persons()
	for _, r := range a.Decided.Districts {
		if r.Panel != nil {
			persons = append(persons, r.Panel.Assessors...)
		}
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return YearView{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return YearView{}, err
	}
	v := YearView{CaseLine: caseLine(f.Case, words, clocks), Revision: f.Revision, Matter: a, Quota: a.Decided.Quota}
	if v.Districts, err = d.progress(ctx, f.Case.ID, a, words); err != nil {
		return v, err
	}
	if v.Sheets, err = d.Record.PublishedSheets(ctx, f.Case.ID); err != nil {
		return v, err
	}
	if v.Project, err = d.project(ctx, a.Project); err != nil {
		return v, err
	}
	v.Possible, err = d.possible(ctx, who, f)
	return v, err
}

// yearFile reads a year that was begun, whoever asks: its draft is for the office alone.
func (d *Desk) yearFile(ctx context.Context, year int) (CaseFile, *Appraisal, error) {
	return d.yearCase(ctx, AppraisalID(year))
}

func (d *Desk) yearCase(ctx context.Context, id string) (CaseFile, *Appraisal, error) {
	return d.yearSeen(ctx, Sight{Cases: Scope{All: true}}, id)
}

func (d *Desk) yearSeen(ctx context.Context, s Sight, id string) (CaseFile, *Appraisal, error) {
	f, err := d.Record.CaseFile(ctx, s, id)
	if err != nil {
		return f, nil, err
	}
	a, ok := f.Matter.(*Appraisal)
	if !ok {
		return f, nil, ErrNotFound()
	}
	return f, a, nil
}

func (d *Desk) project(ctx context.Context, approval string) (*Project, error) {
	all, err := d.Record.Commendations(ctx)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(p Project) bool { return p.Approval == approval }); i >= 0 {
		return &all[i], nil
	}
	return nil, nil // a year may have none
}

// progress is how far every district is.
func (d *Desk) progress(ctx context.Context, id string, a *Appraisal, words lexicon) ([]DistrictProgress, error) {
	counts, err := d.Record.YearCounts(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]DistrictProgress, 0, len(a.Decided.Districts))
	for _, r := range a.Decided.Districts {
		p := DistrictProgress{Region: words.region(r.Region), Office: words.unit(r.Office), Bureau: words.unit(r.Bureau), Standard: r.Standard, Approved: r.Approved,
			Reported: r.Reported, Withheld: r.Withheld}
		if r.Panel != nil {
			p.Lead = words.personOrNone(r.Panel.Lead)
			for _, person := range r.Panel.Assessors {
				p.Panel = append(p.Panel, words.person(person))
			}
		}
		for _, s := range a.Decided.Quota.Shares {
			if s.Code == r.Region {
				p.Titles = s.Titles
			}
		}
		for _, c := range counts {
			if c.District == r.Region {
				p.Counts = append(p.Counts, NominationCount{c.State, stateWords(NominationProcedure, c.State), c.Count})
				p.All += c.Count
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// Nominations lists a year's nominations.
func (d *Desk) Nominations(ctx context.Context, who Actor, year int, district string, states []State, p Page) (Part[NomineeLine], error) {
	if _, err := p.window(); err != nil {
		return Part[NomineeLine]{}, err
	}
	return d.nominations(ctx, who, year, district, states, p)
}

// nominations is a part of the list, which may be longer than a page.
func (d *Desk) nominations(ctx context.Context, who Actor, year int, district string, states []State, p Page) (Part[NomineeLine], error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return Part[NomineeLine]{}, err
	}
	w, err := p.upTo(exportPart)
	if err != nil {
		return Part[NomineeLine]{}, err
	}
	list, err := d.Record.Nominations(ctx, NomineeQuery{Window: w, Year: AppraisalID(year), District: district, States: states})
	if err != nil {
		return Part[NomineeLine]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[NomineeLine]{}, err
	}
	found := part(list, w, func(n Nominee) Cursor { return Cursor{Text: n.Community} })
	return reshape(found, func(n Nominee) NomineeLine { return nomineeLine(n, words) }), nil
}

// nomineeLine shows a nominee. Scores are for everybody once they are frozen; before, they would sway those who still score.
func nomineeLine(n Nominee, words lexicon) NomineeLine {
	if !n.Frozen {
		n.Self, n.Panel, n.Survey, n.Base, n.Bonus, n.Penalty, n.Second = 0, 0, 0, 0, 0, 0, nil
		n.Ground = "" // whoever may read the case finds it there
	}
	line := NomineeLine{Nominee: n, CommunityView: words.region(n.Community), StreetView: words.region(n.Street), DistrictView: words.region(n.District),
		Words: stateWords(NominationProcedure, n.State)}
	if n.Outcome != "" {
		w := outcomeWords(n.Outcome)
		line.OutcomeWords = &w
	}
	return line
}

// Nomination is one nomination on one page.
func (d *Desk) Nomination(ctx context.Context, who Actor, id string) (NominationView, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return NominationView{}, err
	}
	m, ok := f.Matter.(*Nomination)
	if !ok {
		return NominationView{}, ErrNotFound()
	}
	v := NominationView{Declaration: m, Editable: f.Case.State == Draft}
	if v.CaseView, err = d.caseView(ctx, who, f); err != nil {
		return v, err
	}
	if v.Possible, err = d.possible(ctx, who, f); err != nil {
		return v, err
	}
	if y, _, err := d.yearFile(ctx, m.Year); err == nil {
		v.YearState = y.Case.State
	}
	n, err := d.Record.NomineeOf(ctx, id)
	if AsRefusal(err) != nil { // not declared yet
		return v, nil
	}
	if err != nil {
		return v, err
	}
	words, err := d.lexicon(ctx)
	line := nomineeLine(n, words)
	v.Nominee = &line
	return v, err
}
