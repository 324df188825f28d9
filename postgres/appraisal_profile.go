package postgres

import (
	"encoding/json"
	"fmt"

	"lizheng/civic"
)

// appraisal writes the city's guiding standards and its commendation projects.
func (l loader) appraisal(p civic.Profile) error {
	bodies := make([][]byte, len(p.Standards))
	for i, s := range p.Standards {
		var err error
		if bodies[i], err = json.Marshal(s.StandardBody); err != nil {
			return fmt.Errorf("load standard %s: %w", s.ID, err)
		}
	}
	err := l.each("standard", `
		INSERT INTO standard (id, unit, state, body, saved_by, saved_at) VALUES ($1, $2, 'filed', $3, 'profile', city_now()) ON CONFLICT DO NOTHING`,
		len(p.Standards), func(i int) []any {
			return []any{p.Standards[i].ID, p.Standards[i].Unit, bodies[i]}
		})
	if err != nil {
		return err
	}
	return l.each("commendation project", `
		INSERT INTO commendation_project (approval, name, authority, cycle, first_year, last_year, quota, sample)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`, len(p.Projects), func(i int) []any {
		x := p.Projects[i]
		return []any{x.Approval, x.Name, x.Authority, x.Cycle, x.First, x.Last, x.Quota, x.Sample}
	})
}
