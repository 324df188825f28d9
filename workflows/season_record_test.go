package workflows_test

import (
	"fmt"
	"maps"
	"slices"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// What the record keeps of a season beside its cases, and what rules ask of it.

// world answers the rules of a case of the season.
func (s *season) world(d *civic.Dossier) civic.World { return onSeason{onEstate{e: s.estate, d: d}, s} }

// gate refuses what the record's constraints would.
func (s *season) gate(fx civic.Effects) error {
	held := int64(0)
	for _, t := range s.titles {
		if t.RevokedAt == nil {
			held++
		}
	}
	if n := len(fx.Appraisal.Titles); n > 0 && held+int64(n) > s.quota {
		return civic.Refuse(civic.Conflict, "no_place_left", "名额已满", "full")
	}
	return nil
}

// keep folds what an act changed beyond its case.
func (s *season) keep(d *civic.Dossier, fx civic.Effects) {
	a := fx.Appraisal
	if a.Seats != nil {
		s.quota = a.Seats.Quota
	}
	if f := a.Filed; f != nil {
		standard := s.standards[f.ID]
		standard.State = f.To
		s.standards[f.ID] = standard
	}
	if n := a.Nominee; n != nil {
		one := *n
		s.nominees[n.Nomination] = &one
	}
	for _, sheet := range a.Sheets {
		s.sheets[sheet.Nomination] = append(s.sheets[sheet.Nomination], sheet)
	}
	for _, void := range a.Voided {
		of := s.sheets[void.Nomination]
		of[slices.IndexFunc(of, func(sheet civic.Sheet) bool { return sheet.ID == void.ID })] = void
	}
	for _, left := range a.Left {
		s.nominees[left].Stands, s.nominees[left].Ground = selection.NotRecommended, "unfinished"
	}
	for _, n := range s.nominees {
		n.Frozen = n.Frozen || a.Freeze != ""
	}
	for _, o := range a.Outcomes {
		s.nominees[o.Nomination].Outcome = o.Outcome
	}
	s.titles = append(s.titles, a.Titles...)
	for i := range s.titles {
		if at := d.Now; a.Revoke && s.titles[i].Nomination == d.Case.ID {
			s.titles[i].RevokedAt = &at
		}
	}
	if a.Wake != nil {
		s.wake(*a.Wake, d)
	}
}

// wake lets nominations act from now on; their workflows are told afterwards.
func (s *season) wake(w civic.Wake, year *civic.Dossier) {
	for _, id := range s.order {
		d, n := s.files[id], s.nominees[id]
		if d.Case.Parent == w.Year && slices.Contains(w.States, d.Case.State) && (w.Only == nil || slices.Contains(w.Only, id)) && (w.District == "" || n != nil && n.District == w.District) {
			at := year.Now
			d.Case.ActsAt = &at
			s.woken = append(s.woken, id)
		}
	}
}

// onSeason answers a rule's questions in the same transaction.
type onSeason struct {
	onEstate
	s *season
}

func (w onSeason) Holders(role civic.Role, unit string) ([]string, error) {
	people := map[civic.Role]int{civic.Assessor: 3, civic.GroupMember: 5}[role]
	out := []string{}
	for i := range max(people, 1) {
		out = append(out, fmt.Sprintf("%s-%d", unit, i))
	}
	return out, nil
}

func (w onSeason) Year(id string) (civic.YearCase, error) {
	d := w.s.files[id]
	a, _ := d.Matter.(*civic.Appraisal)
	return civic.YearCase{State: d.Case.State, Year: a}, nil
}

func (w onSeason) Standard(id string) (civic.Standard, bool, error) {
	standard, ok := w.s.standards[id]
	return standard, ok, nil
}

func (w onSeason) AssessedUnits() []selection.Unit {
	return []selection.Unit{{Code: districts[0], Urban: 3}, {Code: districts[1], Urban: 1}}
}

func (w onSeason) Body(region string, role civic.Role) (string, error) {
	if role == civic.Assessor {
		return region + "-civil-affairs", nil
	}
	return region + "-leading-office", nil
}

func (w onSeason) Ties(string) ([]string, error) { return nil, nil }

func (w onSeason) Nominees(string) ([]civic.Nominee, error) {
	var out []civic.Nominee
	for _, id := range slices.Sorted(maps.Keys(w.s.nominees)) {
		one := *w.s.nominees[id]
		one.State = w.s.files[id].Case.State
		out = append(out, one)
	}
	return out, nil
}

func (w onSeason) Nominee(id string) (civic.Nominee, bool, error) {
	n, ok := w.s.nominees[id]
	if !ok {
		return civic.Nominee{}, false, nil
	}
	return *n, true, nil
}

func (w onSeason) Sheets(id string) ([]civic.Sheet, error) { return slices.Clone(w.s.sheets[id]), nil }

func (w onSeason) ReserveAhead(string, bool) (string, error) { return "", nil }

func (w onSeason) LastTitle(community string) (civic.Title, bool, error) {
	for _, t := range slices.Backward(w.s.titles) {
		if t.Community == community && t.RevokedAt == nil {
			return t, true, nil
		}
	}
	return civic.Title{}, false, nil
}

func (w onSeason) Project(string) (civic.Project, bool, error) {
	return w.s.city.Projects[0], true, nil
}
