package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListNotices handles GET /notices.
func (s *server) ListNotices(c *gin.Context, p ListNoticesParams) {
	notices, err := s.o.Desk.Notices(c.Request.Context(), who(c), p.Unread, page(p.After, p.Limit))
	s.answer(c, notices, err)
}

// MarkRead handles POST /notices/read.
func (s *server) MarkRead(c *gin.Context) {
	var sent NoticeIds
	if s.read(c, &sent) {
		s.done(c, s.o.Desk.MarkRead(c.Request.Context(), who(c), sent.Ids))
	}
}

// ListAudit handles GET /audit.
func (s *server) ListAudit(c *gin.Context, p ListAuditParams) {
	f := civic.AuditFilter{Actor: p.Actor, Case: p.Case, Kind: p.Kind, Object: p.Object}
	if p.Result != "" {
		refused := p.Result == ListAuditParamsResultRefused
		f.Refused = &refused
	}
	var err error
	if f.From, err = dayOf("from", p.From); err == nil {
		f.To, err = dayOf("to", p.To)
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	if f.To != nil { // the last day counts whole
		end := f.To.AddDate(0, 0, 1)
		f.To = &end
	}
	lines, err := s.o.Desk.Audit(c.Request.Context(), who(c), f, page(p.After, p.Limit))
	s.answer(c, lines, err)
}

// VerifyChain handles GET /audit/chain.
func (s *server) VerifyChain(c *gin.Context) {
	report, err := s.o.Desk.VerifyChain(c.Request.Context(), who(c))
	s.answer(c, report, err)
}

// StatsFunnel handles GET /stats/funnel.
func (s *server) StatsFunnel(c *gin.Context, p StatsFunnelParams) {
	figures, err := s.o.Desk.Funnel(c.Request.Context(), who(c), civic.StatsFilter{From: p.From, To: p.To, Unit: p.Unit, Procedure: p.Procedure})
	s.answer(c, figures, err)
}

// StatsOnTime handles GET /stats/on-time.
func (s *server) StatsOnTime(c *gin.Context, p StatsOnTimeParams) {
	figures, err := s.o.Desk.OnTime(c.Request.Context(), who(c), civic.StatsFilter{From: p.From, To: p.To, Unit: p.Unit, Procedure: p.Procedure})
	s.answer(c, figures, err)
}

// StatsLeadTime handles GET /stats/lead-time.
func (s *server) StatsLeadTime(c *gin.Context, p StatsLeadTimeParams) {
	figures, err := s.o.Desk.LeadTime(c.Request.Context(), who(c), civic.StatsFilter{From: p.From, To: p.To, Unit: p.Unit, Procedure: p.Procedure})
	s.answer(c, figures, err)
}

// StatsOverdue handles GET /stats/overdue.
func (s *server) StatsOverdue(c *gin.Context, p StatsOverdueParams) {
	lines, err := s.o.Desk.Overdue(c.Request.Context(), who(c), civic.StatsFilter{Unit: p.Unit})
	s.answer(c, listOf(lines), err)
}
