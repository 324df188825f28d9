package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListRegions handles GET /regions.
func (s *server) ListRegions(c *gin.Context, p ListRegionsParams) {
	at, err := dayOf("at", p.At)
	if err != nil {
		s.fail(c, err)
		return
	}
	regions, err := s.o.Desk.Regions(c.Request.Context(), who(c), civic.PlaceFilter{
		Text: p.Text, Level: string(p.Level), Kind: p.Kind, Region: p.Region, At: at, Gone: p.Gone,
	}, page(p.After, p.Limit))
	s.answer(c, regions, err)
}

// GetRegion handles GET /regions/:key.
func (s *server) GetRegion(c *gin.Context, key RegionKey) {
	region, err := s.o.Desk.Region(c.Request.Context(), who(c), key)
	s.answer(c, region, err)
}

// ListUnits handles GET /units.
func (s *server) ListUnits(c *gin.Context, p ListUnitsParams) {
	at, err := dayOf("at", p.At)
	if err != nil {
		s.fail(c, err)
		return
	}
	units, err := s.o.Desk.Units(c.Request.Context(), who(c), civic.PlaceFilter{
		Text: p.Text, Level: string(p.Level), Kind: p.Kind, Region: p.Region, At: at, Gone: p.Gone,
	}, page(p.After, p.Limit))
	s.answer(c, units, err)
}

// GetUnit handles GET /units/:key.
func (s *server) GetUnit(c *gin.Context, key UnitKey) {
	unit, err := s.o.Desk.Unit(c.Request.Context(), who(c), key)
	s.answer(c, unit, err)
}

// ListPeople handles GET /people.
func (s *server) ListPeople(c *gin.Context, p ListPeopleParams) {
	people, err := s.o.Desk.People(c.Request.Context(), who(c), civic.PersonFilter{Text: p.Text, Unit: p.Unit, Role: p.Role}, page(p.After, p.Limit))
	s.answer(c, people, err)
}
