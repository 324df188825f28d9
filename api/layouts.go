package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListLayouts handles GET /layouts.
func (s *server) ListLayouts(c *gin.Context, p ListLayoutsParams) {
	plans, err := s.o.Desk.Layouts(c.Request.Context(), who(c), page(p.After, p.Limit))
	s.answer(c, plans, err)
}

// CreateLayout handles POST /layouts.
func (s *server) CreateLayout(c *gin.Context, p CreateLayoutParams) {
	var sent NewLayout
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.CreateLayout(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/layouts/"+made.Case.ID, made, err)
}

// GetLayout handles GET /layouts/:id.
func (s *server) GetLayout(c *gin.Context, id ID) {
	view, err := s.o.Desk.Layout(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Revision)
	}
	s.answer(c, view, err)
}

// SaveLayout handles PUT /layouts/:id.
func (s *server) SaveLayout(c *gin.Context, id ID, p SaveLayoutParams) {
	var form LayoutForm
	if !s.read(c, &form) {
		return
	}
	revision, err := s.o.Desk.SaveLayout(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
	s.saved(c, revision, err)
}

// DiscardLayout handles DELETE /layouts/:id.
func (s *server) DiscardLayout(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.DiscardOf(c.Request.Context(), who(c), civic.LayoutProcedure, id))
}

// SubmitLayout handles POST /layouts/:id/submission.
func (s *server) SubmitLayout(c *gin.Context, id ID, p SubmitLayoutParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// WithdrawLayout handles POST /layouts/:id/withdrawal.
func (s *server) WithdrawLayout(c *gin.Context, id ID, p WithdrawLayoutParams) {
	s.remark(c, civic.Command{Kind: civic.ActWithdraw, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// PublicLayout handles GET /public/layout.
func (s *server) PublicLayout(c *gin.Context) {
	plan, err := s.o.Desk.PublicLayout(c.Request.Context())
	s.answer(c, plan, err)
}
