package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// CreateDraft handles POST /access-requests.
func (s *server) CreateDraft(c *gin.Context, p CreateDraftParams) {
	var sent NewDraft
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.CreateDraft(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/access-requests/"+made.Case.ID, made, err)
}

// CheckRequest handles POST /access-requests/check.
func (s *server) CheckRequest(c *gin.Context) {
	var sent NewDraft
	if s.read(c, &sent) {
		found, err := s.o.Desk.Check(c.Request.Context(), who(c), sent.Unit, sent.Form)
		s.answer(c, found, err)
	}
}

// GetRequest handles GET /access-requests/:id.
func (s *server) GetRequest(c *gin.Context, id ID) {
	view, err := s.o.Desk.Request(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Revision)
	}
	s.answer(c, view, err)
}

// SaveRequest handles PUT /access-requests/:id.
func (s *server) SaveRequest(c *gin.Context, id ID, p SaveRequestParams) {
	var form AccessRequest
	if !s.read(c, &form) {
		return
	}
	revision, err := s.o.Desk.SaveForm(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
	if err == nil {
		tag(c, revision)
	}
	s.answer(c, struct {
		Revision int `json:"revision"`
	}{revision}, err)
}

// DiscardDraft handles DELETE /access-requests/:id.
func (s *server) DiscardDraft(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.Discard(c.Request.Context(), who(c), id))
}

// ListRevisions handles GET /access-requests/:id/revisions.
func (s *server) ListRevisions(c *gin.Context, id ID) {
	revisions, err := s.o.Desk.Revisions(c.Request.Context(), who(c), id)
	s.answer(c, listOf(revisions), err)
}

// SubmitRequest handles POST /access-requests/:id/submission.
func (s *server) SubmitRequest(c *gin.Context, id ID, p SubmitRequestParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// WithdrawRequest handles POST /access-requests/:id/withdrawal.
func (s *server) WithdrawRequest(c *gin.Context, id ID, p WithdrawRequestParams) {
	s.remark(c, civic.Command{Kind: civic.ActWithdraw, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// AppealRequest handles POST /access-requests/:id/appeal.
func (s *server) AppealRequest(c *gin.Context, id ID, p AppealRequestParams) {
	s.remark(c, civic.Command{Kind: civic.ActAppeal, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// remark carries out an act that needs an opinion at most; the document says where it is mandatory.
func (s *server) remark(c *gin.Context, command civic.Command) {
	var sent Remark
	if s.read(c, &sent) {
		command.Opinion = sent.Opinion
		s.act(c, command, sent)
	}
}
