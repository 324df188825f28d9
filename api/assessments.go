package api

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListAssessments handles GET /assessments.
func (s *server) ListAssessments(c *gin.Context, p ListAssessmentsParams) {
	years, err := s.o.Desk.Assessments(c.Request.Context(), who(c), page(p.After, p.Limit))
	s.answer(c, years, err)
}

// BeginAssessment handles POST /assessments.
func (s *server) BeginAssessment(c *gin.Context, p BeginAssessmentParams) {
	var sent NewAssessment
	if s.read(c, &sent) {
		made, err := s.o.Desk.BeginAssessment(c.Request.Context(), who(c), p.IdempotencyKey, sent.Year)
		s.created(c, "/assessments/"+strconv.Itoa(sent.Year), made, err)
	}
}

// GetAssessment handles GET /assessments/:year.
func (s *server) GetAssessment(c *gin.Context, year Year) {
	view, err := s.o.Desk.Assessment(c.Request.Context(), who(c), year)
	if err == nil {
		tag(c, view.Revision)
	}
	s.answer(c, view, err)
}

// DiscardAssessment handles DELETE /assessments/:year.
func (s *server) DiscardAssessment(c *gin.Context, year Year) {
	s.done(c, s.o.Desk.Discard(c.Request.Context(), who(c), civic.AssessmentID(year)))
}

// SubmitAssessment handles POST /assessments/:year/submission.
func (s *server) SubmitAssessment(c *gin.Context, year Year, p SubmitAssessmentParams) {
	s.remark(c, civic.Command{Kind: civic.ActSubmit, Case: civic.AssessmentID(year), Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// SaveTaskTable handles PUT /assessments/:year/rows.
func (s *server) SaveTaskTable(c *gin.Context, year Year, p SaveTaskTableParams) {
	var sent TaskTable
	if !s.read(c, &sent) {
		return
	}
	revision, err := s.o.Desk.SaveTable(c.Request.Context(), who(c), year, seen(p.IfMatch), sent.Rows)
	if err == nil {
		tag(c, revision)
	}
	s.answer(c, struct {
		Revision int `json:"revision"`
	}{revision}, err)
}

// SaveQuarterReport handles PUT /assessments/:year/reports.
func (s *server) SaveQuarterReport(c *gin.Context, year Year, p SaveQuarterReportParams) {
	var sent QuarterReports
	if s.read(c, &sent) {
		written, err := s.o.Desk.SaveReports(c.Request.Context(), who(c), year, seen(p.IfMatch), sent.Unit, sent.Quarter, sent.Rows)
		s.written(c, written, err)
	}
}

// SaveSelfScores handles PUT /assessments/:year/self-scores.
func (s *server) SaveSelfScores(c *gin.Context, year Year, p SaveSelfScoresParams) {
	var sent RowScores
	if s.read(c, &sent) {
		written, err := s.o.Desk.SaveSelfScores(c.Request.Context(), who(c), year, seen(p.IfMatch), sent.Unit, sent.Scores)
		s.written(c, written, err)
	}
}

// SaveRowScores handles PUT /assessments/:year/scores.
func (s *server) SaveRowScores(c *gin.Context, year Year, p SaveRowScoresParams) {
	var sent RowScores
	if s.read(c, &sent) {
		written, err := s.o.Desk.SaveScores(c.Request.Context(), who(c), year, seen(p.IfMatch), sent.Unit, sent.Scores)
		s.written(c, written, err)
	}
}

// FileRowAppeal handles POST /assessments/:year/appeals.
func (s *server) FileRowAppeal(c *gin.Context, year Year, p FileRowAppealParams) {
	var sent NewRowAppeal
	if s.read(c, &sent) {
		appeal, err := s.o.Desk.FileAppeal(c.Request.Context(), who(c), p.IdempotencyKey, year, sent.Unit, sent.Row, sent.Text)
		s.created(c, "", appeal, err)
	}
}

// SaveUnitInputs handles PUT /assessments/:year/inputs.
func (s *server) SaveUnitInputs(c *gin.Context, year Year, p SaveUnitInputsParams) {
	var sent UnitInputs
	if s.read(c, &sent) {
		written, err := s.o.Desk.SaveInputs(c.Request.Context(), who(c), year, seen(p.IfMatch), sent.Inputs)
		s.written(c, written, err)
	}
}

// written answers with the new revision of a part of the book.
func (s *server) written(c *gin.Context, w civic.Written, err error) {
	if err == nil {
		tag(c, w.Revision)
	}
	s.answer(c, w, err)
}

// GetAssessmentSheet handles GET /assessments/:year/sheet.
func (s *server) GetAssessmentSheet(c *gin.Context, year Year) {
	sheet, err := s.o.Desk.AssessmentSheet(c.Request.Context(), who(c), year)
	s.verbatim(c, sheet.Body, err)
}

// PublicAssessment handles GET /public/assessments/:year.
func (s *server) PublicAssessment(c *gin.Context, year Year) {
	sheet, err := s.o.Desk.PublicResult(c.Request.Context(), year)
	s.verbatim(c, sheet.Body, err)
}

// PublicAssessmentYear handles GET /public/assessments/:year/overview.
func (s *server) PublicAssessmentYear(c *gin.Context, year Year) {
	view, err := s.o.Desk.PublicAssessment(c.Request.Context(), year)
	s.answer(c, view, err)
}

// verbatim gives a document byte for byte as it was published: its hash is over exactly these bytes.
func (s *server) verbatim(c *gin.Context, document []byte, err error) {
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Data(http.StatusOK, "application/json", document)
}
