package api

import (
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListProjects handles GET /housing-projects.
func (s *server) ListProjects(c *gin.Context, p ListProjectsParams) {
	projects, err := s.o.Desk.Projects(c.Request.Context(), who(c), civic.ProjectFilter{
		States: p.State, District: p.District, Developer: p.Developer, Text: p.Text, Overdue: p.Overdue,
	}, page(p.After, p.Limit))
	s.answer(c, projects, err)
}

// CreateProject handles POST /housing-projects.
func (s *server) CreateProject(c *gin.Context, p CreateProjectParams) {
	var sent NewProject
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.NewProject(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/housing-projects/"+made.Case.ID, made, err)
}

// ComputeRequirement handles POST /housing-projects/requirement.
func (s *server) ComputeRequirement(c *gin.Context) {
	var sent RequirementAsked
	if s.read(c, &sent) {
		need, err := s.o.Desk.Requirement(c.Request.Context(), who(c), sent)
		s.answer(c, need, err)
	}
}

// GetProject handles GET /housing-projects/:id.
func (s *server) GetProject(c *gin.Context, id ID) {
	view, err := s.o.Desk.Project(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, seenOf(view.Case.State, view.Revision, view.Case.Version))
	}
	s.answer(c, view, err)
}

// seenOf is what If-Match compares: of a draft its revision, of a case its version.
func seenOf(state civic.State, revision, version int) int {
	if state == civic.Draft {
		return revision
	}
	return version
}

// SaveProject handles PUT /housing-projects/:id.
func (s *server) SaveProject(c *gin.Context, id ID, p SaveProjectParams) {
	var form HousingForm
	if !s.read(c, &form) {
		return
	}
	revision, err := s.o.Desk.SaveProject(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
	s.saved(c, revision, err)
}

// saved says which revision a saved form has.
func (s *server) saved(c *gin.Context, revision int, err error) {
	if err == nil {
		tag(c, revision)
	}
	s.answer(c, struct {
		Revision int `json:"revision"`
	}{revision}, err)
}

// DiscardProject handles DELETE /housing-projects/:id.
func (s *server) DiscardProject(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.DiscardOf(c.Request.Context(), who(c), civic.HousingProcedure, id))
}

// SubmitProject handles POST /housing-projects/:id/submission.
func (s *server) SubmitProject(c *gin.Context, id ID, p SubmitProjectParams) {
	s.remark(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey})
}

// WithdrawProject handles POST /housing-projects/:id/withdrawal.
func (s *server) WithdrawProject(c *gin.Context, id ID, p WithdrawProjectParams) {
	s.remark(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActWithdraw, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ApplyPresale handles POST /housing-projects/:id/presales.
func (s *server) ApplyPresale(c *gin.Context, id ID, p ApplyPresaleParams) {
	var sent PresaleApplication
	if s.read(c, &sent) {
		s.act(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActApplyPresale, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch),
			Opinion: sent.Opinion, Details: civic.Details{Housing: &civic.HousingDetails{Phase: sent.Phase}}}, sent)
	}
}

// ExtendOrder handles POST /housing-projects/:id/extensions.
func (s *server) ExtendOrder(c *gin.Context, id ID, p ExtendOrderParams) {
	s.remark(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActExtendOrder, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// RecordObstacle handles POST /housing-projects/:id/obstacles.
func (s *server) RecordObstacle(c *gin.Context, id ID, p RecordObstacleParams) {
	s.remark(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActRecordObstacle, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ReportMisuse handles POST /housing-projects/:id/misuses.
func (s *server) ReportMisuse(c *gin.Context, id ID, p ReportMisuseParams) {
	var sent MisuseReport
	if s.read(c, &sent) {
		s.act(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActReportMisuse, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch),
			Opinion: sent.Opinion, Details: civic.Details{Housing: &civic.HousingDetails{Misuse: string(sent.Misuse)}}}, sent)
	}
}

// ProposeDemolition handles POST /housing-projects/:id/demolitions.
func (s *server) ProposeDemolition(c *gin.Context, id ID, p ProposeDemolitionParams) {
	s.remark(c, civic.Command{Procedure: civic.HousingProcedure, Kind: civic.ActProposeDemolition, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ListPlanChanges handles GET /housing-projects/:id/plan-changes.
func (s *server) ListPlanChanges(c *gin.Context, id ID) {
	changes, err := s.o.Desk.PlanChanges(c.Request.Context(), who(c), id)
	s.answer(c, listOf(changes), err)
}

// CreatePlanChange handles POST /plan-changes.
func (s *server) CreatePlanChange(c *gin.Context, p CreatePlanChangeParams) {
	var sent NewPlanChange
	if !s.read(c, &sent) {
		return
	}
	made, err := s.o.Desk.NewPlanChange(c.Request.Context(), who(c), p.IdempotencyKey, sent.Unit, sent.Form)
	if err == nil {
		tag(c, made.Revision)
	}
	s.created(c, "/plan-changes/"+made.Case.ID, made, err)
}

// GetPlanChange handles GET /plan-changes/:id.
func (s *server) GetPlanChange(c *gin.Context, id ID) {
	view, err := s.o.Desk.PlanChange(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, seenOf(view.Case.State, view.Revision, view.Case.Version))
	}
	s.answer(c, view, err)
}

// SavePlanChange handles PUT /plan-changes/:id.
func (s *server) SavePlanChange(c *gin.Context, id ID, p SavePlanChangeParams) {
	var form PlanChangeForm
	if !s.read(c, &form) {
		return
	}
	revision, err := s.o.Desk.SavePlanChange(c.Request.Context(), who(c), id, seen(p.IfMatch), form)
	s.saved(c, revision, err)
}

// DiscardPlanChange handles DELETE /plan-changes/:id.
func (s *server) DiscardPlanChange(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.DiscardOf(c.Request.Context(), who(c), civic.PlanChangeProcedure, id))
}

// SubmitPlanChange handles POST /plan-changes/:id/submission.
func (s *server) SubmitPlanChange(c *gin.Context, id ID, p SubmitPlanChangeParams) {
	s.remark(c, civic.Command{Procedure: civic.PlanChangeProcedure, Kind: civic.ActSubmit, Case: id, Key: p.IdempotencyKey})
}

// WithdrawPlanChange handles POST /plan-changes/:id/withdrawal.
func (s *server) WithdrawPlanChange(c *gin.Context, id ID, p WithdrawPlanChangeParams) {
	s.remark(c, civic.Command{Procedure: civic.PlanChangeProcedure, Kind: civic.ActWithdraw, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}
