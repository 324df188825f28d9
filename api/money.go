package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/money"
)

// ListLines handles GET /budget-lines.
func (s *server) ListLines(c *gin.Context, p ListLinesParams) {
	lines, err := s.o.Desk.Lines(c.Request.Context(), who(c), civic.LineFilter{Unit: p.Unit, Year: p.Year, Text: p.Text, Open: p.Open}, page(p.After, p.Limit))
	s.answer(c, lines, err)
}

// GetLine handles GET /budget-lines/:line.
func (s *server) GetLine(c *gin.Context, line Line) {
	view, err := s.o.Desk.Line(c.Request.Context(), who(c), line)
	s.answer(c, view, err)
}

// CreateLine handles POST /budget-lines.
func (s *server) CreateLine(c *gin.Context, p CreateLineParams) {
	var sent NewLine
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreateLine(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.created(c, "/budget-lines/"+made.ID, made, err)
	}
}

// Appropriate handles PUT /budget-lines/:line.
func (s *server) Appropriate(c *gin.Context, line Line, p AppropriateParams) {
	var sent Appropriation
	if s.read(c, &sent) {
		view, err := s.o.Desk.Appropriate(c.Request.Context(), who(c), p.IdempotencyKey, line, money.Fen(sent.AppropriatedFen), sent.Reason)
		s.answer(c, view, err)
	}
}

// ListMovements handles GET /movements.
func (s *server) ListMovements(c *gin.Context, p ListMovementsParams) {
	movements, err := s.o.Desk.Movements(c.Request.Context(), who(c), p.Line, p.Case, page(p.After, p.Limit))
	s.answer(c, movements, err)
}
