package api

import (
	"net/http"

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

// CreateRegion handles POST /regions.
func (s *server) CreateRegion(c *gin.Context, p CreateRegionParams) {
	var sent NewRegion
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreateRegion(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.created(c, "/regions/"+made.Key, made, err)
	}
}

// RenameRegion handles POST /regions/:key/names.
func (s *server) RenameRegion(c *gin.Context, key RegionKey, p RenameRegionParams) {
	var sent Renaming
	if s.read(c, &sent) {
		region, err := s.o.Desk.RenameRegion(c.Request.Context(), who(c), p.IdempotencyKey, key, sent)
		s.answer(c, region, err)
	}
}

// MoveRegion handles POST /regions/:key/placements.
func (s *server) MoveRegion(c *gin.Context, key RegionKey, p MoveRegionParams) {
	var sent Moving
	if s.read(c, &sent) {
		region, err := s.o.Desk.MoveRegion(c.Request.Context(), who(c), p.IdempotencyKey, key, sent)
		s.answer(c, region, err)
	}
}

// EndRegion handles POST /regions/:key/end.
func (s *server) EndRegion(c *gin.Context, key RegionKey, p EndRegionParams) {
	var sent Ending
	if s.read(c, &sent) {
		region, err := s.o.Desk.EndRegion(c.Request.Context(), who(c), p.IdempotencyKey, key, sent)
		s.answer(c, region, err)
	}
}

// CreateUnit handles POST /units.
func (s *server) CreateUnit(c *gin.Context, p CreateUnitParams) {
	var sent NewUnit
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreateUnit(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.created(c, "/units/"+made.Key, made, err)
	}
}

// RenameUnit handles POST /units/:key/names.
func (s *server) RenameUnit(c *gin.Context, key UnitKey, p RenameUnitParams) {
	var sent Renaming
	if s.read(c, &sent) {
		unit, err := s.o.Desk.RenameUnit(c.Request.Context(), who(c), p.IdempotencyKey, key, sent)
		s.answer(c, unit, err)
	}
}

// EndUnit handles POST /units/:key/end.
func (s *server) EndUnit(c *gin.Context, key UnitKey, p EndUnitParams) {
	var sent Ending
	if s.read(c, &sent) {
		unit, err := s.o.Desk.EndUnit(c.Request.Context(), who(c), p.IdempotencyKey, key, sent)
		s.answer(c, unit, err)
	}
}

// CreatePerson handles POST /people.
func (s *server) CreatePerson(c *gin.Context, p CreatePersonParams) {
	var sent NewPerson
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreatePerson(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}

// ChangePerson handles POST /people/:person/changes.
func (s *server) ChangePerson(c *gin.Context, person PersonKey, p ChangePersonParams) {
	var sent PersonChange
	if s.read(c, &sent) {
		view, err := s.o.Desk.ChangePerson(c.Request.Context(), who(c), p.IdempotencyKey, person, sent)
		s.answer(c, view, err)
	}
}

// EndPerson handles POST /people/:person/end.
func (s *server) EndPerson(c *gin.Context, person PersonKey, p EndPersonParams) {
	var sent Why
	if s.read(c, &sent) {
		view, err := s.o.Desk.EndPerson(c.Request.Context(), who(c), p.IdempotencyKey, person, sent.Reason)
		s.answer(c, view, err)
	}
}
