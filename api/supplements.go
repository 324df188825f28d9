package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// CreateSupplement handles POST /supplements.
func (s *server) CreateSupplement(c *gin.Context, p CreateSupplementParams) {
	var sent NewSupplement
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.CreateSupplement(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/supplements/"+made.Case.ID, made, err)
}

// GetSupplement handles GET /supplements/:id.
func (s *server) GetSupplement(c *gin.Context, id ID) {
	view, err := s.o.Desk.Supplement(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Revision)
	}
	s.answer(c, view, err)
}

// SaveSupplement handles PUT /supplements/:id.
func (s *server) SaveSupplement(c *gin.Context, id ID, p SaveSupplementParams) {
	var form SupplementForm
	if !s.read(c, &form) {
		return
	}
	revision, err := s.o.Desk.SaveSupplement(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
	if err == nil {
		tag(c, revision)
	}
	s.answer(c, struct {
		Revision int `json:"revision"`
	}{revision}, err)
}

// DiscardSupplement handles DELETE /supplements/:id.
func (s *server) DiscardSupplement(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.Discard(c.Request.Context(), who(c), id))
}

// SubmitSupplement handles POST /supplements/:id/submission.
func (s *server) SubmitSupplement(c *gin.Context, id ID, p SubmitSupplementParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// WithdrawSupplement handles POST /supplements/:id/withdrawal.
func (s *server) WithdrawSupplement(c *gin.Context, id ID, p WithdrawSupplementParams) {
	s.remark(c, civic.Command{Kind: civic.ActWithdraw, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// supplementOf are the details of a supplement, nil when there are none.
func supplementOf(d SupplementDetails) *civic.SupplementDetails {
	if d.Statement == "" && d.Percent == nil && d.Rooms == nil {
		return nil
	}
	return &d
}
