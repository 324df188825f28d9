package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// ListYears handles GET /appraisals.
func (s *server) ListYears(c *gin.Context) {
	years, err := s.o.Desk.Years(c.Request.Context(), who(c))
	s.answer(c, listOf(years), err)
}

// BeginYear handles POST /appraisals.
func (s *server) BeginYear(c *gin.Context, p BeginYearParams) {
	var sent NewYear
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.BeginYear(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/cases/"+made.Case.ID, made, err)
}

// GetYear handles GET /appraisals/:year.
func (s *server) GetYear(c *gin.Context, year Year) {
	view, err := s.o.Desk.Year(c.Request.Context(), who(c), year)
	if err == nil {
		tag(c, view.Version)
	}
	s.answer(c, view, err)
}

// SaveYear handles PUT /appraisals/:year.
func (s *server) SaveYear(c *gin.Context, year Year, p SaveYearParams) {
	var form YearForm
	if s.read(c, &form) {
		revision, err := s.o.Desk.SaveYear(c.Request.Context(), who(c), year, seen(p.IfMatch), form)
		s.formSaved(c, revision, err)
	}
}

// formSaved answers with the new revision of a form.
func (s *server) formSaved(c *gin.Context, revision int, err error) {
	if err == nil {
		tag(c, revision)
	}
	s.answer(c, struct {
		Revision int `json:"revision"`
	}{revision}, err)
}

// SubmitYear handles POST /appraisals/:year/submission.
func (s *server) SubmitYear(c *gin.Context, year Year, p SubmitYearParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: civic.AppraisalID(year), Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// RecomposePanel handles POST /cases/:id/panels.
func (s *server) RecomposePanel(c *gin.Context, id ID, p RecomposePanelParams) {
	var sent Recomposition
	if s.read(c, &sent) {
		s.act(c, civic.Command{Procedure: civic.AppraisalProcedure, Kind: civic.ActRecompose, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch), Opinion: sent.Opinion,
			Details: civic.Details{Appraisal: &civic.AppraisalDetails{Assessors: sent.Assessors, Lead: sent.Lead}}}, sent)
	}
}

// ListNominations handles GET /appraisals/:year/nominations.
func (s *server) ListNominations(c *gin.Context, year Year, p ListNominationsParams) {
	list, err := s.o.Desk.Nominations(c.Request.Context(), who(c), year, p.District, p.State, page(p.After, p.Limit))
	s.answer(c, list, err)
}

// GetRanking handles GET /appraisals/:year/ranking.
func (s *server) GetRanking(c *gin.Context, year Year) {
	ranking, err := s.o.Desk.Ranking(c.Request.Context(), who(c), year)
	s.answer(c, ranking, err)
}

// GetSample handles GET /appraisals/:year/sample.
func (s *server) GetSample(c *gin.Context, year Year) {
	sample, err := s.o.Desk.Sample(c.Request.Context(), who(c), year)
	s.answer(c, sample, err)
}

// WhatIf handles POST /appraisals/:year/what-if.
func (s *server) WhatIf(c *gin.Context, year Year) {
	var sent WhatIfWeights
	if !s.read(c, &sent) {
		return
	}
	weights := make(map[string]selection.Points, len(sent.Weights))
	for key, w := range sent.Weights {
		weights[key] = selection.Points(w)
	}
	shifts, err := s.o.Desk.WhatIf(c.Request.Context(), who(c), year, sent.District, weights)
	s.answer(c, listOf(shifts), err)
}

// ListCommendations handles GET /commendation-projects.
func (s *server) ListCommendations(c *gin.Context) {
	projects, err := s.o.Desk.Commendations(c.Request.Context(), who(c))
	s.answer(c, listOf(projects), err)
}

// PublicYears handles GET /public/appraisals.
func (s *server) PublicYears(c *gin.Context) {
	years, err := s.o.Desk.PublicYears(c.Request.Context())
	s.answer(c, listOf(years), err)
}

// PublicYear handles GET /public/appraisals/:year.
func (s *server) PublicYear(c *gin.Context, year Year) {
	view, err := s.o.Desk.PublicYear(c.Request.Context(), year)
	s.answer(c, view, err)
}

// PublicRanking handles GET /public/appraisals/:year/ranking.
func (s *server) PublicRanking(c *gin.Context, year Year) {
	ranking, err := s.o.Desk.PublicRanking(c.Request.Context(), year)
	s.answer(c, ranking, err)
}

// PublicSheet handles GET /public/appraisals/:year/sheet: the very bytes that were hashed.
func (s *server) PublicSheet(c *gin.Context, year Year) {
	sheet, err := s.o.Desk.SheetDocument(c.Request.Context(), year)
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Data(http.StatusOK, "application/json", sheet.Body)
}
