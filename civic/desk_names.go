package civic

import (
	"context"
	"slices"
	"time"
)

// lexicon gives the names under keys: units and regions from the atlas, persons from the record.
type lexicon struct {
	atlas   *Atlas
	at      time.Time // names are those of this instant
	persons map[string]string
}

// lexicon collects the names for what is about to be shown.
func (d *Desk) lexicon(ctx context.Context, persons ...string) (lexicon, error) {
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return lexicon{}, err
	}
	l := lexicon{atlas: atlas, at: d.Record.Now(), persons: map[string]string{}}
	slices.Sort(persons)
	persons = slices.DeleteFunc(slices.Compact(persons), func(id string) bool { return id == "" || id == System || id == Public })
	if len(persons) > 0 {
		l.persons, err = d.Record.Names(ctx, persons)
	}
	return l, err
}

func (l lexicon) unit(key string) Named {
	u, ok := l.atlas.UnitAt(key, l.at)
	if !ok {
		return Named{Key: key, Name: key}
	}
	return Named{Key: key, Name: u.Name, NameEn: u.NameEn}
}

func (l lexicon) unitOrNone(key string) *Named {
	if key == "" {
		return nil
	}
	n := l.unit(key)
	return &n
}

func (l lexicon) region(key string) Named {
	r, ok := l.atlas.RegionAt(key, l.at)
	if !ok {
		return Named{Key: key, Name: key}
	}
	return Named{Key: key, Name: r.Name, NameEn: r.NameEn}
}

func (l lexicon) regionOrNone(key string) *Named {
	if key == "" {
		return nil
	}
	n := l.region(key)
	return &n
}

func (l lexicon) person(id string) Named {
	switch id {
	case System:
		return Named{Key: id, Name: "系统自动", NameEn: "the system"}
	case Public:
		return Named{Key: id, Name: "公众", NameEn: "the public"}
	}
	if name, ok := l.persons[id]; ok {
		return Named{Key: id, Name: name}
	}
	return Named{Key: id, Name: id}
}

func (l lexicon) personOrNone(id string) *Named {
	if id == "" {
		return nil
	}
	n := l.person(id)
	return &n
}

func (l lexicon) seat(s Seat) SeatView {
	return SeatView{Role: s.Role, Words: roleWords(s.Role), Unit: l.unit(s.Unit), Person: l.personOrNone(s.Person)}
}

// clocks reads terms with the newest calendar and today's rules.
type clocks struct {
	d      *Desk
	yellow int
	now    time.Time
	read   func(due, paused *time.Time) Clock
}

func (d *Desk) clocks(ctx context.Context) (clocks, error) {
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return clocks{}, err
	}
	calendar, err := d.Record.Calendar(ctx, 0)
	if err != nil {
		return clocks{}, err
	}
	c := clocks{d: d, now: d.Record.Now()}
	if c.yellow, err = RulesAt(parameters, c.now).Int("task.yellow_wd"); err != nil {
		return clocks{}, err
	}
	c.read = func(due, paused *time.Time) Clock { return clockOf(calendar, due, paused, c.yellow, c.now) }
	return c, nil
}
