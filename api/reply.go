package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// list is a list that has no further page.
type list[T any] struct {
	Items []T `json:"items"`
}

func listOf[T any](items []T) list[T] { return list[T]{items} }

// answer gives a result, or the refusal.
func (s *server) answer(c *gin.Context, v any, err error) { s.answerWith(c, http.StatusOK, v, err) }

// created gives what was made, or the refusal.
func (s *server) created(c *gin.Context, where string, v any, err error) {
	if err == nil && where != "" {
		c.Header("Location", base+where)
	}
	s.answerWith(c, http.StatusCreated, v, err)
}

// done says that it was done, or the refusal.
func (s *server) done(c *gin.Context, err error) {
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Status(http.StatusNoContent)
	c.Writer.WriteHeaderNow()
}

func (s *server) answerWith(c *gin.Context, status int, v any, err error) {
	if err != nil {
		s.fail(c, err)
		return
	}
	writeJSON(c, status, "application/json", v)
}

// act puts a command to the desk. What was sent makes up the question that belongs to the key, field by field, so that
// spaces and order do not matter.
func (s *server) act(c *gin.Context, command civic.Command, sent any) {
	receipt, err := s.command(c, command, sent)
	if err == nil {
		tag(c, receipt.Version)
	}
	s.answer(c, receipt, err)
}

func (s *server) command(c *gin.Context, command civic.Command, sent any) (*civic.Receipt, error) {
	body, err := json.Marshal(sent)
	if err != nil {
		return nil, err
	}
	command.Route, command.Body = visitOf(c).op.id, body
	return s.o.Desk.Act(c.Request.Context(), who(c), command)
}

// tag sets the version of what is answered.
func tag(c *gin.Context, version int) { c.Header("ETag", `"`+strconv.Itoa(version)+`"`) }

// seen is the version in If-Match, 0 when there is none. Its form has been checked.
func seen(tag string) int {
	n, _ := strconv.Atoi(strings.Trim(tag, `"`))
	return n
}

// page is the part of a list that a request asks for.
func page(after After, limit Limit) civic.Page { return civic.Page{After: after, Limit: limit} }
