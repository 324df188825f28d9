package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListParameters handles GET /parameters.
func (s *server) ListParameters(c *gin.Context) {
	parameters, err := s.o.Desk.Parameters(c.Request.Context(), who(c))
	s.answer(c, listOf(parameters), err)
}

// ChangeParameter handles POST /parameters.
func (s *server) ChangeParameter(c *gin.Context, p ChangeParameterParams) {
	var sent NewParameter
	if !s.read(c, &sent) {
		return
	}
	from, err := dayOf("from", sent.From)
	if err != nil {
		s.fail(c, err)
		return
	}
	made, err := s.o.Desk.ChangeParameter(c.Request.Context(), who(c), p.IdempotencyKey, civic.Parameter{
		Key: sent.Key, Value: sent.Value, From: *from, Source: sent.Source, Tag: string(sent.Tag), NoteZh: sent.NoteZh, NoteEn: sent.NoteEn,
	})
	s.answerWith(c, http.StatusCreated, made, err)
}

// CheckCalendar handles POST /calendar/check.
func (s *server) CheckCalendar(c *gin.Context) {
	var sent CalendarImport
	if s.read(c, &sent) {
		found, err := s.o.Desk.CheckCalendar(c.Request.Context(), who(c), sent)
		s.answer(c, found, err)
	}
}

// ImportCalendar handles POST /calendar/versions.
func (s *server) ImportCalendar(c *gin.Context, p ImportCalendarParams) {
	var sent CalendarImport
	if s.read(c, &sent) {
		made, err := s.o.Desk.ImportCalendar(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}
