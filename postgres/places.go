package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// placing is a change of places under way: alone, and with the places as they are.
type placing struct {
	q     *rows.Queries
	atlas *civic.Atlas
	now   time.Time
}

// onPlaces performs a deed on the places. A change is checked inside its transaction against what all before it made.
func onPlaces[T any](ctx context.Context, s *Store, deed civic.Deed, source string, do func(p placing) (T, error)) (T, error) {
	note(&deed, "source", source)
	out, err := perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (T, error) {
		var none T
		lock, err := q.LockPlaces(ctx)
		if err != nil {
			return none, fmt.Errorf("lock the places: %w", err)
		}
		atlas, err := readAtlas(ctx, q)
		if err != nil {
			return none, fmt.Errorf("read the places: %w", err)
		}
		return do(placing{q, atlas, lock.Now})
	})
	s.forget()
	return out, err
}

// CreateUnit adds a unit.
func (s *Store) CreateUnit(ctx context.Context, deed civic.Deed, n civic.NewUnit) (civic.Unit, error) {
	note(&deed, "name", n.Name)
	return onPlaces(ctx, s, deed, n.Source, func(p placing) (civic.Unit, error) {
		u, err := n.In(p.atlas, p.now)
		if err != nil {
			return u, err
		}
		err = p.q.InsertUnit(ctx, rows.InsertUnitParams{Key: u.Key, Name: u.Name, NameEn: u.NameEn, ShortName: u.ShortName, Level: u.Level, Kind: u.Kind,
			Region: stored(u.Region), DocumentMark: u.Mark, ValidFrom: u.ValidFrom})
		if err != nil {
			return u, fmt.Errorf("add unit %s: %w", u.Key, err)
		}
		return u, nil
	})
}

// RenameUnit adds a name from a day on; the names before stay.
func (s *Store) RenameUnit(ctx context.Context, deed civic.Deed, key string, r civic.Renaming) (civic.Unit, error) {
	note(&deed, "name", r.Name)
	return onPlaces(ctx, s, deed, r.Source, func(p placing) (civic.Unit, error) {
		n, err := r.OfUnit(p.atlas, key, p.now)
		if err != nil {
			return civic.Unit{}, err
		}
		note(&deed, "from", n.From)
		u, _ := p.atlas.UnitAt(key, p.now)
		note(&deed, "before", u.Name)
		err = p.q.InsertUnitName(ctx, rows.InsertUnitNameParams{Unit: key, Name: n.Name, NameEn: n.NameEn, ShortName: n.ShortName, DocumentMark: n.Mark, FromAt: n.From, Source: n.Source})
		if err != nil {
			return u, fmt.Errorf("rename unit %s: %w", key, err)
		}
		return u, nil
	})
}

// EndUnit ends a unit from a day on and says who takes over. What it has in hand is counted in the same transaction.
func (s *Store) EndUnit(ctx context.Context, deed civic.Deed, key string, e civic.Ending) (civic.Unit, error) {
	note(&deed, "successors", e.Successors)
	return onPlaces(ctx, s, deed, e.Source, func(p placing) (civic.Unit, error) {
		has, err := p.q.UnitLoad(ctx, key)
		if err != nil {
			return civic.Unit{}, fmt.Errorf("read what unit %s has in hand: %w", key, err)
		}
		load := civic.Load{Tasks: has.Tasks, Cases: has.Cases, Lines: has.Lines, Admins: has.Admins}
		on, heirs, err := e.OfUnit(p.atlas, key, load, p.now)
		if err != nil {
			return civic.Unit{}, err
		}
		note(&deed, "on", on)
		note(&deed, "open_tasks", has.Tasks)
		note(&deed, "cases", has.Cases)
		n, err := p.q.EndUnit(ctx, rows.EndUnitParams{Key: key, Until: on})
		if err != nil || n != 1 {
			return civic.Unit{}, fmt.Errorf("end unit %s: %w", key, oneOr(err, n))
		}
		for _, h := range heirs {
			if err := p.q.InsertSuccession(ctx, rows.InsertSuccessionParams{FromUnit: h.From, ToUnit: h.To, OnDay: h.On, Note: h.Note, Lead: !h.Beside}); err != nil {
				return civic.Unit{}, fmt.Errorf("hand unit %s over to %s: %w", key, h.To, err)
			}
		}
		u, _ := p.atlas.UnitAt(key, p.now)
		u.ValidUntil = &on
		return u, nil
	})
}

// oneOr is the error, or that another number of rows than one changed.
func oneOr(err error, n int64) error {
	if err != nil {
		return err
	}
	return oneRow("change", n)
}

// CreateRegion adds a region and hangs it up.
func (s *Store) CreateRegion(ctx context.Context, deed civic.Deed, n civic.NewRegion) (civic.Region, error) {
	note(&deed, "name", n.Name)
	note(&deed, "parent", n.Parent)
	return onPlaces(ctx, s, deed, n.Source, func(p placing) (civic.Region, error) {
		r, at, err := n.In(p.atlas, p.now)
		if err != nil {
			return r, err
		}
		err = p.q.InsertRegion(ctx, rows.InsertRegionParams{Key: r.Key, Code: r.Code, Name: r.Name, NameEn: r.NameEn, Level: r.Level, Kind: r.Kind,
			Households: r.Households, Population: r.Population, Urban: r.Urban, ValidFrom: r.ValidFrom})
		if err != nil {
			return r, fmt.Errorf("add region %s: %w", r.Key, err)
		}
		return r, p.hang(ctx, at)
	})
}

// hang says where a region hangs from a day on.
func (p placing) hang(ctx context.Context, at civic.Placement) error {
	err := p.q.InsertPlacement(ctx, rows.InsertPlacementParams{Region: at.Region, Parent: stored(at.Parent), Entrusted: stored(at.EntrustTo), FromAt: at.From})
	if err != nil {
		return fmt.Errorf("hang region %s up: %w", at.Region, err)
	}
	return nil
}

// RenameRegion adds a name from a day on.
func (s *Store) RenameRegion(ctx context.Context, deed civic.Deed, key string, r civic.Renaming) (civic.Region, error) {
	note(&deed, "name", r.Name)
	return onPlaces(ctx, s, deed, r.Source, func(p placing) (civic.Region, error) {
		n, err := r.OfRegion(p.atlas, key, p.now)
		if err != nil {
			return civic.Region{}, err
		}
		note(&deed, "from", n.From)
		of, _ := p.atlas.RegionAt(key, p.now)
		note(&deed, "before", of.Name)
		err = p.q.InsertRegionName(ctx, rows.InsertRegionNameParams{Region: key, Name: n.Name, NameEn: n.NameEn, FromAt: n.From, Source: n.Source})
		if err != nil {
			return of, fmt.Errorf("rename region %s: %w", key, err)
		}
		return of, nil
	})
}

// MoveRegion closes where the region hung and hangs it up elsewhere from the same instant on.
func (s *Store) MoveRegion(ctx context.Context, deed civic.Deed, key string, m civic.Moving) (civic.Region, error) {
	note(&deed, "parent", m.Parent)
	note(&deed, "entrusted_to", m.EntrustTo)
	return onPlaces(ctx, s, deed, m.Source, func(p placing) (civic.Region, error) {
		at, err := m.OfRegion(p.atlas, key, p.now)
		if err != nil {
			return civic.Region{}, err
		}
		note(&deed, "from", at.From)
		note(&deed, "before", p.atlas.Above(key, p.now))
		if err := p.q.ClosePlacement(ctx, rows.ClosePlacementParams{Region: key, Until: at.From}); err != nil {
			return civic.Region{}, fmt.Errorf("take region %s down: %w", key, err)
		}
		r, _ := p.atlas.RegionAt(key, p.now)
		return r, p.hang(ctx, at)
	})
}

// EndRegion ends a region from a day on and says which follow it.
func (s *Store) EndRegion(ctx context.Context, deed civic.Deed, key string, e civic.Ending) (civic.Region, error) {
	note(&deed, "successors", e.Successors)
	return onPlaces(ctx, s, deed, e.Source, func(p placing) (civic.Region, error) {
		on, heirs, err := e.OfRegion(p.atlas, key, p.now)
		if err != nil {
			return civic.Region{}, err
		}
		note(&deed, "on", on)
		first := ""
		if len(heirs) > 0 {
			first = heirs[0].To
		}
		n, err := p.q.EndRegion(ctx, rows.EndRegionParams{Key: key, Until: on, Successor: stored(first)})
		if err != nil || n != 1 {
			return civic.Region{}, fmt.Errorf("end region %s: %w", key, oneOr(err, n))
		}
		if err := p.q.ClosePlacement(ctx, rows.ClosePlacementParams{Region: key, Until: on}); err != nil {
			return civic.Region{}, fmt.Errorf("take region %s down: %w", key, err)
		}
		for _, h := range heirs {
			err := p.q.InsertRegionSuccession(ctx, rows.InsertRegionSuccessionParams{FromRegion: h.From, ToRegion: h.To, OnDay: h.On, Note: h.Note, Lead: !h.Beside})
			if err != nil {
				return civic.Region{}, fmt.Errorf("let %s follow region %s: %w", h.To, key, err)
			}
		}
		r, _ := p.atlas.RegionAt(key, p.now)
		r.ValidUntil = &on
		return r, nil
	})
}
