package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// fresh is how long a snapshot is believed without asking: a change by another process is seen after this at the latest.
const fresh = time.Second

// snapshots are what changes rarely and is read all the time. Each is immutable; a new one takes the place of the old.
type snapshots struct {
	mu         sync.Mutex
	looked     time.Time        // when the stamps were last compared
	stamps     map[string]int64 // as compared
	loaded     map[string]int64 // stamp under which each snapshot was read
	atlas      *civic.Atlas
	parameters []civic.Parameter
	calendars  calendars
}

// calendars are all versions of the working-day calendar.
type calendars struct {
	newest   int
	imports  []rows.CalendarVersion
	days     []rows.CalendarDay
	versions map[int]*workday.Calendar // made when asked for
}

// forget makes the next read compare the stamps: for whoever has just changed something.
func (s *Store) forget() {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	s.snapshots.looked = time.Time{}
}

// atlas is all places and bodies over time, not older than a second.
func (s *Store) atlas(ctx context.Context) (*civic.Atlas, error) {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	err := s.renew(ctx, "atlas", func() error {
		atlas, err := readAtlas(ctx, s.beside)
		s.snapshots.atlas = atlas
		return err
	})
	return s.snapshots.atlas, err
}

// parameters are all versions of all parameters, not older than a second.
func (s *Store) parameters(ctx context.Context) ([]civic.Parameter, error) {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	err := s.renew(ctx, "parameters", func() error {
		parameters, err := s.readParameters(ctx)
		s.snapshots.parameters = parameters
		return err
	})
	return s.snapshots.parameters, err
}

// calendar is one version of the calendar, 0 for the newest. A version never changes once it is there.
func (s *Store) calendar(ctx context.Context, version int) (*workday.Calendar, error) {
	s.snapshots.mu.Lock()
	defer s.snapshots.mu.Unlock()
	err := s.renew(ctx, "calendar", func() error {
		c, err := readCalendars(ctx, s.beside)
		s.snapshots.calendars = c
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.snapshots.calendars.version(version)
}

// renew reads a snapshot again when its stamp has moved. The caller holds the lock.
func (s *Store) renew(ctx context.Context, name string, read func() error) error {
	c := &s.snapshots
	if now := time.Now(); now.Sub(c.looked) > fresh {
		list, err := s.beside.Stamps(ctx)
		if err != nil {
			return fmt.Errorf("read the stamps: %w", err)
		}
		c.stamps, c.looked = map[string]int64{}, now
		for _, stamp := range list {
			c.stamps[stamp.Name] = stamp.Version
		}
	}
	// The stamp was read before the content: a change in between is at worst read twice.
	if seen, ok := c.loaded[name]; ok && seen == c.stamps[name] {
		return nil
	}
	if err := read(); err != nil {
		return fmt.Errorf("read the %s: %w", name, err)
	}
	if c.loaded == nil {
		c.loaded = map[string]int64{}
	}
	c.loaded[name] = c.stamps[name]
	return nil
}

func (s *Store) readParameters(ctx context.Context) ([]civic.Parameter, error) {
	list, err := s.beside.Parameters(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]civic.Parameter, len(list))
	for i, p := range list {
		out[i] = civic.Parameter{Key: p.Key, Value: p.Value, Unit: p.Unit, From: p.Effective, Version: int(p.Version), Source: p.Source,
			Tag: p.LegalTag, NoteZh: p.NoteZh, NoteEn: p.NoteEn}
	}
	return out, nil
}

func readCalendars(ctx context.Context, q *rows.Queries) (calendars, error) {
	imports, err := q.CalendarVersions(ctx)
	if err != nil {
		return calendars{}, err
	}
	days, err := q.ListedDays(ctx)
	if err != nil {
		return calendars{}, err
	}
	c := calendars{imports: imports, days: days, versions: map[int]*workday.Calendar{}}
	for _, v := range imports {
		c.newest = max(c.newest, int(v.Version))
	}
	return c, nil
}

// version makes the calendar of everything that was listed up to a version, on top of the days that come with the program:
// of a date and source the latest listing holds.
func (c *calendars) version(version int) (*workday.Calendar, error) {
	if c.newest == 0 {
		return workday.Builtin(), nil
	}
	if version == 0 {
		version = c.newest
	}
	if made, ok := c.versions[version]; ok {
		return made, nil
	}
	if version > c.newest || version < 0 {
		return nil, fmt.Errorf("calendar version %d: the newest is %d", version, c.newest)
	}
	type listing struct {
		date   workday.Date
		source workday.Source
	}
	latest := map[listing]workday.Day{}
	for _, d := range c.days {
		if int(d.Version) > version {
			continue
		}
		day := workday.Day{Date: workday.NewDate(d.Day.Date()), Kind: workday.Kind(d.Kind), Name: d.Name, Notice: int(d.Notice), Source: workday.Source(d.Source)}
		latest[listing{day.Date, day.Source}] = day
	}
	days := make([]workday.Day, 0, len(latest))
	for _, d := range latest {
		days = append(days, d)
	}
	var official []int
	for _, v := range c.imports {
		if int(v.Version) > version {
			continue
		}
		for _, year := range v.Official {
			official = append(official, int(year))
		}
	}
	made, err := workday.Builtin().With(version, days, official)
	if err != nil {
		return nil, fmt.Errorf("calendar version %d: %w", version, err)
	}
	c.versions[version] = made
	return made, nil
}
