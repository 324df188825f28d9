package api

import (
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// PublicLists handles GET /public/lists.
func (s *server) PublicLists(c *gin.Context) {
	lists, err := s.o.Desk.Lists(c.Request.Context())
	s.answer(c, listOf(lists), err)
}

// PublicEntries handles GET /public/entries.
func (s *server) PublicEntries(c *gin.Context, p PublicEntriesParams) {
	at, err := dayOf("at", p.At)
	if err != nil {
		s.fail(c, err)
		return
	}
	entries, err := s.o.Desk.Entries(c.Request.Context(), civic.EntryFilter{
		List: p.List, Category: p.Category, Region: p.Region, Text: p.Text, At: at,
	}, page(p.After, p.Limit))
	s.answer(c, entries, err)
}

// PublicEntry handles GET /public/entries/:id.
func (s *server) PublicEntry(c *gin.Context, id ID) {
	entry, err := s.o.Desk.Entry(c.Request.Context(), id)
	s.answer(c, entry, err)
}

// PublicNotices handles GET /public/notices.
func (s *server) PublicNotices(c *gin.Context, p PublicNoticesParams) {
	notices, err := s.o.Desk.Noticed(c.Request.Context(), page(p.After, p.Limit))
	s.answer(c, notices, err)
}

// taken is what the public hears of an objection: that it was taken, and nothing of what the office does with it.
type taken struct {
	Receipt string    `json:"receipt"`
	At      time.Time `json:"at"`
}

// ObjectToNotice handles POST /public/notices/:id/objections.
func (s *server) ObjectToNotice(c *gin.Context, id ID, p ObjectToNoticeParams) {
	var sent PublicObjection
	if !s.read(c, &sent) {
		return
	}
	receipt, err := s.o.Desk.Object(c.Request.Context(), who(c), p.IdempotencyKey, id, sent.Text, sent.Contact)
	if err != nil {
		s.fail(c, err)
		return
	}
	s.answer(c, taken{receipt.Act, receipt.At}, nil)
}

// ListDefinitions handles GET /public/definitions.
func (s *server) ListDefinitions(c *gin.Context) {
	all := make([]civic.Definition, 0, len(civic.Procedures))
	for _, p := range civic.Procedures {
		all = append(all, civic.Definitions[p])
	}
	s.answer(c, listOf(all), nil)
}

// PublicCalendar handles GET /public/calendar/:year.
func (s *server) PublicCalendar(c *gin.Context, year int) {
	calendar, err := s.o.Desk.Calendar(c.Request.Context(), year)
	s.answer(c, calendar, err)
}

// dayOf is the first instant of a day, nil when none was said.
func dayOf(field, day string) (*time.Time, error) {
	if day == "" {
		return nil, nil // no day is a day that was not said
	}
	at, err := civic.Day(day)
	if err != nil {
		return nil, civic.Refuse(civic.Invalid, "bad_date", "没有这一天。", "There is no such day.").At(field)
	}
	return &at, nil
}
