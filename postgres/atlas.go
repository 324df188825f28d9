package postgres

import (
	"context"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// readAtlas reads all places and bodies over time.
func readAtlas(ctx context.Context, q *rows.Queries) (*civic.Atlas, error) {
	regionRows, err := q.Regions(ctx)
	if err != nil {
		return nil, err
	}
	placementRows, err := q.Placements(ctx)
	if err != nil {
		return nil, err
	}
	unitRows, err := q.Units(ctx)
	if err != nil {
		return nil, err
	}
	successionRows, err := q.Successions(ctx)
	if err != nil {
		return nil, err
	}
	regions := make([]civic.Region, len(regionRows))
	for i, r := range regionRows {
		regions[i] = civic.Region{Key: r.Key, Code: r.Code, Name: r.Name, NameEn: r.NameEn, Level: r.Level, Kind: r.Kind, Successor: r.Successor,
			ValidFrom: r.ValidFrom, ValidUntil: r.ValidUntil, Households: r.Households, Population: r.Population, Urban: r.Urban}
	}
	placements := make([]civic.Placement, len(placementRows))
	for i, p := range placementRows {
		placements[i] = civic.Placement{Region: p.Region, Parent: p.Parent, EntrustTo: p.Entrusted, From: p.FromAt, Until: until(p.Until)}
	}
	units := make([]civic.Unit, len(unitRows))
	for i, u := range unitRows {
		units[i] = civic.Unit{Key: u.Key, Name: u.Name, NameEn: u.NameEn, ShortName: u.ShortName, Level: u.Level, Kind: u.Kind,
			Region: u.Region, Mark: u.DocumentMark, ValidFrom: u.ValidFrom, ValidUntil: u.ValidUntil}
	}
	successions := make([]civic.Succession, len(successionRows))
	for i, x := range successionRows {
		successions[i] = civic.Succession{From: x.FromUnit, To: x.ToUnit, On: x.OnDay, Note: x.Note, Beside: !x.Lead}
	}
	return changed(ctx, q, civic.NewAtlas(regions, placements, units, successions))
}

// changed adds what places were called later and which regions followed which.
func changed(ctx context.Context, q *rows.Queries, a *civic.Atlas) (*civic.Atlas, error) {
	unitRows, err := q.UnitNames(ctx)
	if err != nil {
		return nil, err
	}
	regionRows, err := q.RegionNames(ctx)
	if err != nil {
		return nil, err
	}
	followerRows, err := q.RegionSuccessions(ctx)
	if err != nil {
		return nil, err
	}
	units := make([]civic.Naming, len(unitRows))
	for i, n := range unitRows {
		units[i] = civic.Naming{Of: n.Unit, Name: n.Name, NameEn: n.NameEn, ShortName: n.ShortName, Mark: n.DocumentMark, From: n.FromAt, Source: n.Source}
	}
	regions := make([]civic.Naming, len(regionRows))
	for i, n := range regionRows {
		regions[i] = civic.Naming{Of: n.Region, Name: n.Name, NameEn: n.NameEn, From: n.FromAt, Source: n.Source}
	}
	followers := make([]civic.Succession, len(followerRows))
	for i, x := range followerRows {
		followers[i] = civic.Succession{From: x.FromRegion, To: x.ToRegion, On: x.OnDay, Note: x.Note, Beside: !x.Lead}
	}
	return a.Changed(units, regions, followers), nil
}
