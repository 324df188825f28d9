package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListStandards handles GET /standards.
func (s *server) ListStandards(c *gin.Context, p ListStandardsParams) {
	list, err := s.o.Desk.Standards(c.Request.Context(), who(c), p.Unit, p.Parent)
	s.answer(c, listOf(list), err)
}

// CreateStandard handles POST /standards.
func (s *server) CreateStandard(c *gin.Context, p CreateStandardParams) {
	var sent NewStandard
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.CreateStandard(c.Request.Context(), who(c), p.IdempotencyKey,
		civic.Standard{ID: sent.ID, Unit: sent.Unit, Parent: sent.Parent, StandardBody: sent.Body})
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/standards/"+made.ID, made, err)
}

// GetStandard handles GET /standards/:standard.
func (s *server) GetStandard(c *gin.Context, id StandardID) {
	standard, err := s.o.Desk.Standard(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, standard.Revision)
	}
	s.answer(c, standard, err)
}

// SaveStandard handles PUT /standards/:standard.
func (s *server) SaveStandard(c *gin.Context, id StandardID, p SaveStandardParams) {
	var body StandardBody
	if !s.read(c, &body) {
		return
	}
	standard, err := s.o.Desk.SaveStandard(c.Request.Context(), who(c), id, seen(p.IfMatch), body)
	if err == nil {
		tag(c, standard.Revision)
	}
	s.answer(c, standard, err)
}

// GetGaps handles GET /standards/:standard/gaps.
func (s *server) GetGaps(c *gin.Context, id StandardID) {
	gaps, err := s.o.Desk.StandardGaps(c.Request.Context(), who(c), id)
	s.answer(c, gaps, err)
}

// DeclareCommunity handles POST /nominations.
func (s *server) DeclareCommunity(c *gin.Context, p DeclareCommunityParams) {
	var sent NewNomination
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.Declare(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/nominations/"+made.Case.ID, made, err)
}

// GetNomination handles GET /nominations/:id.
func (s *server) GetNomination(c *gin.Context, id ID) {
	view, err := s.o.Desk.Nomination(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Version)
	}
	s.answer(c, view, err)
}

// SaveNomination handles PUT /nominations/:id.
func (s *server) SaveNomination(c *gin.Context, id ID, p SaveNominationParams) {
	var form NominationForm
	if s.read(c, &form) {
		revision, err := s.o.Desk.SaveDeclaration(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
		s.formSaved(c, revision, err)
	}
}

// SubmitNomination handles POST /nominations/:id/submission.
func (s *server) SubmitNomination(c *gin.Context, id ID, p SubmitNominationParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// NameNext handles POST /nominations/:id/naming.
func (s *server) NameNext(c *gin.Context, id ID, p NameNextParams) {
	var sent Reason
	if s.read(c, &sent) {
		s.act(c, civic.Command{Kind: civic.ActNameNext, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch), Opinion: sent.Opinion}, sent)
	}
}

// GetSheet handles GET /nominations/:id/sheet.
func (s *server) GetSheet(c *gin.Context, id ID) {
	view, err := s.o.Desk.Sheet(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Sheet.Revision)
	}
	s.answer(c, view, err)
}

// SaveSheet handles PUT /nominations/:id/sheet.
func (s *server) SaveSheet(c *gin.Context, id ID, p SaveSheetParams) {
	var sent SheetMarks
	if s.read(c, &sent) {
		sheet, err := s.o.Desk.SaveSheet(c.Request.Context(), who(c), id, seen(p.IfMatch), sent.Marks)
		s.scored(c, sheet, err)
	}
}

// SubmitSheet handles POST /nominations/:id/sheet/submission.
func (s *server) SubmitSheet(c *gin.Context, id ID, p SubmitSheetParams) {
	var sent SheetSubmission
	if s.read(c, &sent) {
		sheet, err := s.o.Desk.SubmitSheet(c.Request.Context(), who(c), p.IdempotencyKey, id, seen(p.IfMatch), sent.Recused, sent.Why)
		s.scored(c, sheet, err)
	}
}

func (s *server) scored(c *gin.Context, sheet civic.Sheet, err error) {
	if err == nil {
		tag(c, sheet.Revision)
	}
	s.answer(c, sheet, err)
}
