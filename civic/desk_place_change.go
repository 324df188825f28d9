package civic

import "context"

// PlaceBook keeps places and bodies over time. Every change is checked against the places as they are inside its own
// transaction, one change after the other.
type PlaceBook interface {
	CreateUnit(ctx context.Context, deed Deed, n NewUnit) (Unit, error)
	RenameUnit(ctx context.Context, deed Deed, key string, r Renaming) (Unit, error)
	EndUnit(ctx context.Context, deed Deed, key string, e Ending) (Unit, error)
	CreateRegion(ctx context.Context, deed Deed, n NewRegion) (Region, error)
	RenameRegion(ctx context.Context, deed Deed, key string, r Renaming) (Region, error)
	MoveRegion(ctx context.Context, deed Deed, key string, m Moving) (Region, error)
	EndRegion(ctx context.Context, deed Deed, key string, e Ending) (Region, error)

	CreatePerson(ctx context.Context, deed Deed, n NewPerson) (Person, error)
	ChangePerson(ctx context.Context, deed Deed, id string, c PersonChange) (Person, error)
	EndPerson(ctx context.Context, deed Deed, id, reason string) (Person, error)
}

// CreateUnit adds a unit: a founding, or one half of a merger or a split.
func (d *Desk) CreateUnit(ctx context.Context, who Actor, key string, n NewUnit) (UnitView, error) {
	return d.onUnit(ctx, who, key, n.Key, "create", n, func(deed Deed) (Unit, error) { return d.Record.CreateUnit(ctx, deed, n) })
}

// RenameUnit gives a unit another name from a day on. Acts of before keep the name of their day.
func (d *Desk) RenameUnit(ctx context.Context, who Actor, key, unit string, r Renaming) (UnitView, error) {
	return d.onUnit(ctx, who, key, unit, "rename", r, func(deed Deed) (Unit, error) { return d.Record.RenameUnit(ctx, deed, unit, r) })
}

// EndUnit ends a unit from a day on. From then its first heir answers for everything that was the unit's.
func (d *Desk) EndUnit(ctx context.Context, who Actor, key, unit string, e Ending) (UnitView, error) {
	return d.onUnit(ctx, who, key, unit, "end", e, func(deed Deed) (Unit, error) { return d.Record.EndUnit(ctx, deed, unit, e) })
}

// CreateRegion adds a region with where it hangs.
func (d *Desk) CreateRegion(ctx context.Context, who Actor, key string, n NewRegion) (RegionView, error) {
	return d.onRegion(ctx, who, key, n.Key, "create", n, func(deed Deed) (Region, error) { return d.Record.CreateRegion(ctx, deed, n) })
}

// RenameRegion gives a region another name from a day on.
func (d *Desk) RenameRegion(ctx context.Context, who Actor, key, region string, r Renaming) (RegionView, error) {
	return d.onRegion(ctx, who, key, region, "rename", r, func(deed Deed) (Region, error) { return d.Record.RenameRegion(ctx, deed, region, r) })
}

// MoveRegion hangs a region elsewhere from a day on: under another parent, or entrusted to another place.
func (d *Desk) MoveRegion(ctx context.Context, who Actor, key, region string, m Moving) (RegionView, error) {
	return d.onRegion(ctx, who, key, region, "move", m, func(deed Deed) (Region, error) { return d.Record.MoveRegion(ctx, deed, region, m) })
}

// EndRegion ends a region from a day on. Nothing may hang on it any more.
func (d *Desk) EndRegion(ctx context.Context, who Actor, key, region string, e Ending) (RegionView, error) {
	return d.onRegion(ctx, who, key, region, "end", e, func(deed Deed) (Region, error) { return d.Record.EndRegion(ctx, deed, region, e) })
}

func (d *Desk) onUnit(ctx context.Context, who Actor, key, unit, what string, content any, do func(Deed) (Unit, error)) (UnitView, error) {
	_, err := onPlace(ctx, d, who, key, "unit", unit, what, content, do)
	if err != nil {
		return UnitView{}, err
	}
	return d.Unit(ctx, who, unit)
}

func (d *Desk) onRegion(ctx context.Context, who Actor, key, region, what string, content any, do func(Deed) (Region, error)) (RegionView, error) {
	_, err := onPlace(ctx, d, who, key, "region", region, what, content, do)
	if err != nil {
		return RegionView{}, err
	}
	return d.Region(ctx, who, region)
}

// onPlace carries out one change; the audit line says which.
func onPlace[T any](ctx context.Context, d *Desk, who Actor, key, object, place, what string, content any, do func(Deed) (T, error)) (T, error) {
	o := order{object: object, act: "change", key: key, about: object + ":" + clip(place), content: []any{what, content}}
	return carry(ctx, d, who, o, func(deed Deed) (T, error) {
		deed.Kind = object + "." + what
		return do(deed)
	})
}
