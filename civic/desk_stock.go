package civic

import (
	"context"
	"strings"
	"unicode/utf8"

	"lizheng/civic/names"
	"lizheng/civic/workday"
)

// StockRooms lists the register by name.
func (d *Desk) StockRooms(ctx context.Context, who Actor, f StockFilter, p Page) (Part[StockLine], error) {
	if _, err := p.window(); err != nil {
		return Part[StockLine]{}, err
	}
	return d.stockRooms(ctx, who, f, p)
}

// stockRooms is a part of the register, which may be longer than a page.
func (d *Desk) stockRooms(ctx context.Context, who Actor, f StockFilter, p Page) (Part[StockLine], error) {
	if err := d.may(ctx, who, "stock", "read"); err != nil {
		return Part[StockLine]{}, err
	}
	w, err := p.upTo(exportPart)
	if err != nil {
		return Part[StockLine]{}, err
	}
	if err := f.check(); err != nil {
		return Part[StockLine]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[StockLine]{}, err
	}
	q := StockQuery{StockFilter: f, Window: w, Normal: names.Normal(f.Text)}
	if !f.Gone {
		q.Day = workday.DateOf(words.at)
	}
	if f.Region != "" {
		r, ok := words.atlas.Region(f.Region)
		if !ok {
			return Part[StockLine]{}, Refuse(Invalid, "no_such_region", "没有这个区域。", "There is no such region.").At("region")
		}
		if r.Level != "city" {
			q.Communities = words.atlas.Communities(f.Region, words.at)
		}
	}
	list, err := d.Record.StockRooms(ctx, q)
	if err != nil {
		return Part[StockLine]{}, err
	}
	return reshape(part(list, w, func(r StockRoom) Cursor { return Cursor{Text: r.Name, ID: r.ID} }), words.stockLine), nil
}

func (f StockFilter) check() error {
	switch {
	case f.State != "" && !wordKnown(StockStates, string(f.State)):
		return Refuse(Invalid, "unknown_state", "没有这种使用状态。", "There is no such state.").At("state")
	case f.Use != "" && !wordKnown(StockUses, f.Use):
		return Refuse(Invalid, "unknown_use", "没有这种用途。", "There is no such use.").At("use")
	case f.Station != "" && !wordKnown(Stations, string(f.Station)):
		return Refuse(Invalid, "unknown_station", "没有这个站。", "There is no such station.").At("station")
	case f.Origin != "" && !wordKnown(Origins, string(f.Origin)):
		return Refuse(Invalid, "unknown_origin", "没有这种来源。", "There is no such origin.").At("origin")
	case utf8.RuneCountInString(f.Text) > maxSearch:
		return Refuse(Invalid, "too_long", "检索内容过长。", "The search text is too long.").At("text").With("max", maxSearch)
	case names.Normal(f.Text) == "" && strings.TrimSpace(f.Text) != "":
		return Refuse(Invalid, "bad_search", "请输入文字或数字。", "Search for letters or digits.").At("text")
	}
	return nil
}

// stockLine is a room in words.
func (l lexicon) stockLine(r StockRoom) StockLine {
	community := l.atlas.HeirOf(r.Region, l.at)
	v := StockLine{StockRoom: r, StateWords: wordOf(StockStates, string(r.State)), OriginWords: wordOf(Origins, string(r.Origin)), UseWords: []Words{},
		TitleWords: wordOf(TitleKinds, string(r.TitleKind)), Community: l.region(community), Street: l.regionOrNone(l.atlas.Above(community, l.at)),
		District: l.regionOrNone(l.atlas.District(community, l.at))}
	for _, u := range r.Uses {
		v.UseWords = append(v.UseWords, wordOf(StockUses, u))
	}
	if r.Station != "" {
		w := wordOf(Stations, string(r.Station))
		v.StationWords = &w
	}
	return v
}

// StockRoom is one room with its history and its patrols.
func (d *Desk) StockRoom(ctx context.Context, who Actor, id string) (StockView, error) {
	if err := d.may(ctx, who, "stock", "read"); err != nil {
		return StockView{}, err
	}
	f, err := d.Record.StockFile(ctx, id)
	if err != nil {
		return StockView{}, err
	}
	var persons []string
	for _, c := range f.Changes {
		persons = append(persons, c.By)
	}
	for _, p := range f.Patrols {
		persons = append(persons, p.Person)
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return StockView{}, err
	}
	v := StockView{StockLine: words.stockLine(f.Room), CaseNumber: f.Number, Changes: []StockChangeView{}, Patrols: []StockPatrolView{}}
	for _, c := range f.Changes {
		v.Changes = append(v.Changes, StockChangeView{StockRoom: c.StockRoom, StateWords: wordOf(StockStates, string(c.State)), Effective: c.Effective, Why: c.Why,
			ByView: words.person(c.By), At: c.At})
	}
	for _, p := range f.Patrols {
		v.Patrols = append(v.Patrols, StockPatrolView{StockPatrol: p, FoundWords: wordOf(StockStates, string(p.Found)), ByView: words.person(p.Person), UnitView: words.unit(p.Unit)})
	}
	return v, d.mayDo(ctx, who, words, f.Room, &v)
}

// mayDo says what the actor may do to the room, for the page.
func (d *Desk) mayDo(ctx context.Context, who Actor, words lexicon, r StockRoom, v *StockView) error {
	if !r.Stands(workday.DateOf(words.at)) {
		return nil
	}
	for _, a := range []struct {
		act string
		may *bool
	}{{"change", &v.MayChange}, {"patrol", &v.MayPatrol}, {"inspect", &v.MayInspect}} {
		_, err := d.Policy.Decide(ctx, who, a.act, words.roomSubject(r))
		if err != nil && AsRefusal(err) == nil {
			return err
		}
		*a.may = err == nil
	}
	return nil
}

// roomSubject is a room as a policy looks at it: it is the street's or town's that answers for its community today.
func (l lexicon) roomSubject(r StockRoom) Subject {
	return Subject{Object: "stock", Unit: l.atlas.Desk(l.atlas.Above(l.atlas.HeirOf(r.Region, l.at), l.at), l.at)}
}
