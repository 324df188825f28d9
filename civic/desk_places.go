package civic

import (
	"context"
	"strings"
	"time"

	"lizheng/civic/names"
)

// Regions lists the regions as they stand at an instant, by key.
func (d *Desk) Regions(ctx context.Context, who Actor, f PlaceFilter, p Page) (Part[RegionView], error) {
	words, at, w, err := d.places(ctx, who, "region", f, p)
	if err != nil {
		return Part[RegionView]{}, err
	}
	var found []RegionView
	words.at = at
	for _, r := range words.atlas.Regions() {
		r, _ = words.atlas.RegionAt(r.Key, at)
		if w.After != nil && r.Key <= w.After.ID || len(found) == w.Limit {
			continue
		}
		if f.takes(r.Name, r.NameEn, r.Key, r.Level, r.Kind, r.Stands(at)) && (f.Region == "" || words.atlas.Within(r.Key, f.Region, at)) {
			found = append(found, words.regionView(r, at))
		}
	}
	return part(found, w, func(v RegionView) Cursor { return Cursor{ID: v.Key} }), nil
}

// places is what both lists of places begin with.
func (d *Desk) places(ctx context.Context, who Actor, object string, f PlaceFilter, p Page) (lexicon, time.Time, Window, error) {
	if err := d.may(ctx, who, object, "read"); err != nil {
		return lexicon{}, time.Time{}, Window{}, err
	}
	at := d.Record.Now()
	if f.At != nil {
		at = *f.At
	}
	w, err := p.window()
	if err != nil {
		return lexicon{}, at, w, err
	}
	words, err := d.lexicon(ctx)
	return words, at, w, err
}

// takes reports whether a place is one of those wanted.
func (f PlaceFilter) takes(name, nameEn, key, level, kind string, stands bool) bool {
	text := strings.ToLower(strings.TrimSpace(f.Text))
	return (stands || f.Gone) && (f.Level == "" || f.Level == level) && (f.Kind == "" || f.Kind == kind) &&
		(text == "" || strings.Contains(names.Normal(name), names.Normal(text)) || strings.Contains(strings.ToLower(nameEn), text) || strings.HasPrefix(key, text))
}

func (l lexicon) regionView(r Region, at time.Time) RegionView {
	v := RegionView{Region: r, Stands: r.Stands(at), Desk: l.atlas.Desk(r.Key, at), Followed: l.regionOrNone(r.Successor),
		Above: l.regionOrNone(l.atlas.Above(r.Key, at)), District: l.regionOrNone(l.atlas.District(r.Key, at))}
	for _, p := range l.atlas.Placements(r.Key) {
		if !at.Before(p.From) && (p.Until == nil || at.Before(*p.Until)) {
			v.Parent, v.EntrustTo = p.Parent, p.EntrustTo
		}
	}
	return v
}

// Region is one region with where it hung over time.
func (d *Desk) Region(ctx context.Context, who Actor, key string) (RegionView, error) {
	words, at, _, err := d.places(ctx, who, "region", PlaceFilter{}, Page{})
	if err != nil {
		return RegionView{}, err
	}
	r, ok := words.atlas.RegionAt(key, at)
	if !ok {
		return RegionView{}, ErrNotFound()
	}
	v := words.regionView(r, at)
	for _, p := range words.atlas.Placements(key) {
		v.Placement = append(v.Placement, Place{Parent: words.regionOrNone(p.Parent), Entrusted: words.regionOrNone(p.EntrustTo), From: p.From, Until: p.Until})
	}
	first, _ := words.atlas.Region(key)
	v.Names = nameViews(Naming{Name: first.Name, NameEn: first.NameEn, From: first.ValidFrom}, words.atlas.RegionNames(key))
	for _, s := range words.atlas.Followers(key) {
		v.Successions = append(v.Successions, Successor{From: words.region(s.From), To: words.region(s.To), On: s.On, Note: s.Note, Lead: !s.Beside})
	}
	return v, nil
}

// Units lists the units as they stand at an instant, by key.
func (d *Desk) Units(ctx context.Context, who Actor, f PlaceFilter, p Page) (Part[UnitView], error) {
	words, at, w, err := d.places(ctx, who, "unit", f, p)
	if err != nil {
		return Part[UnitView]{}, err
	}
	var found []UnitView
	words.at = at
	for _, u := range words.atlas.Units() {
		u, _ = words.atlas.UnitAt(u.Key, at)
		if w.After != nil && u.Key <= w.After.ID || len(found) == w.Limit {
			continue
		}
		within := f.Region == "" || u.Region != "" && words.atlas.Within(u.Region, f.Region, at)
		if within && (f.takes(u.Name, u.NameEn, u.Key, u.Level, u.Kind, u.Stands(at)) || f.takes(u.ShortName, "", u.Key, u.Level, u.Kind, u.Stands(at))) {
			found = append(found, words.unitView(u, at))
		}
	}
	return part(found, w, func(v UnitView) Cursor { return Cursor{ID: v.Key} }), nil
}

func (l lexicon) unitView(u Unit, at time.Time) UnitView {
	v := UnitView{Unit: u, RegionView: l.regionOrNone(u.Region), Stands: u.Stands(at)}
	if heir := l.atlas.Responsible(u.Key, at); heir != u.Key {
		v.Responsible = l.unitOrNone(heir)
	}
	return v
}

// Unit is one unit with its predecessors and successors.
func (d *Desk) Unit(ctx context.Context, who Actor, key string) (UnitView, error) {
	words, at, _, err := d.places(ctx, who, "unit", PlaceFilter{}, Page{})
	if err != nil {
		return UnitView{}, err
	}
	u, ok := words.atlas.UnitAt(key, at)
	if !ok {
		return UnitView{}, ErrNotFound()
	}
	v := words.unitView(u, at)
	for _, s := range words.atlas.Successions(key) {
		v.Successions = append(v.Successions, Successor{From: words.unit(s.From), To: words.unit(s.To), On: s.On, Note: s.Note, Lead: !s.Beside})
	}
	first, _ := words.atlas.Unit(key)
	v.Names = nameViews(Naming{Name: first.Name, NameEn: first.NameEn, ShortName: first.ShortName, Mark: first.Mark, From: first.ValidFrom}, words.atlas.UnitNames(key))
	return v, nil
}

func nameViews(first Naming, later []Naming) []NameView {
	out := make([]NameView, 0, 1+len(later))
	for _, n := range append([]Naming{first}, later...) {
		out = append(out, NameView{Name: n.Name, NameEn: n.NameEn, ShortName: n.ShortName, Mark: n.Mark, From: n.From, Source: n.Source})
	}
	return out
}

// People lists persons by name with the seats that they hold today.
func (d *Desk) People(ctx context.Context, who Actor, f PersonFilter, p Page) (Part[PersonView], error) {
	if err := d.may(ctx, who, "person", "read"); err != nil {
		return Part[PersonView]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[PersonView]{}, err
	}
	if f.Role != "" && !f.Role.Known() {
		return Part[PersonView]{}, Refuse(Invalid, "unknown_role", "没有这个岗位。", "There is no such role.").At("role")
	}
	if names.Valid(f.Text, maxSearch) != nil {
		return Part[PersonView]{}, Refuse(Invalid, "bad_search", "请输入文字或数字。", "Search for letters or digits.").At("text")
	}
	list, err := d.Record.People(ctx, PersonQuery{PersonFilter: f, Window: w})
	if err != nil {
		return Part[PersonView]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[PersonView]{}, err
	}
	return reshape(part(list, w, func(r PersonRow) Cursor { return Cursor{Text: r.Name, ID: r.ID} }), func(r PersonRow) PersonView {
		v := PersonView{Person: r.Person, UnitView: words.unitOrNone(r.Unit), Seats: []SeatView{}}
		for _, g := range r.Grants {
			v.Seats = append(v.Seats, words.seat(Seat{Role: g.Role, Unit: g.Unit}))
		}
		return v
	}), nil
}
