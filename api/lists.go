package api

import (
	"github.com/gin-gonic/gin"
)

// PublishEntry handles POST /entries.
func (s *server) PublishEntry(c *gin.Context, p PublishEntryParams) {
	var sent NewEntry
	if s.read(c, &sent) {
		entry, err := s.o.Desk.Publish(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.created(c, "/public/entries/"+entry.ID, entry, err)
	}
}

// EndEntry handles POST /entries/:id/end.
func (s *server) EndEntry(c *gin.Context, id ID, p EndEntryParams) {
	var sent EntryEnd
	if s.read(c, &sent) {
		entry, err := s.o.Desk.EndEntry(c.Request.Context(), who(c), p.IdempotencyKey, id, sent.At, sent.Reason)
		s.answer(c, entry, err)
	}
}
