package api

import (
	"reflect"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListTasks handles GET /tasks.
func (s *server) ListTasks(c *gin.Context, p ListTasksParams) {
	tasks, err := s.o.Desk.Inbox(c.Request.Context(), who(c), civic.TaskFilter{
		Procedure: p.Procedure, Step: p.Step, Overdue: p.Overdue, Soon: p.Soon, Claimed: string(p.Claimed), Principal: p.Principal,
	}, page(p.After, p.Limit))
	s.answer(c, tasks, err)
}

// CountTasks handles GET /tasks/counts.
func (s *server) CountTasks(c *gin.Context) {
	counts, err := s.o.Desk.InboxCount(c.Request.Context(), who(c))
	s.answer(c, counts, err)
}

// ListAnswered handles GET /tasks/answered.
func (s *server) ListAnswered(c *gin.Context, p ListAnsweredParams) {
	tasks, err := s.o.Desk.Answered(c.Request.Context(), who(c), page(p.After, p.Limit))
	s.answer(c, tasks, err)
}

// GetTask handles GET /tasks/:id.
func (s *server) GetTask(c *gin.Context, id ID) {
	view, err := s.o.Desk.Task(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Case.Version)
	}
	s.answer(c, view, err)
}

// WhyNotTask handles GET /tasks/:id/why-not.
func (s *server) WhyNotTask(c *gin.Context, id ID, p WhyNotTaskParams) {
	refusal, err := s.o.Desk.WhyNot(c.Request.Context(), who(c), "", id, p.Act)
	s.answer(c, whyNot{refusal == nil, refusal}, err)
}

// DecideTask handles POST /tasks/:id/decision.
func (s *server) DecideTask(c *gin.Context, id ID, p DecideTaskParams) {
	var sent Decision
	if s.read(c, &sent) {
		s.act(c, civic.Command{
			Kind: civic.ActDecide, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch),
			Outcome: sent.Outcome, Opinion: sent.Opinion, Details: sent.Details.civic(),
		}, sent)
	}
}

// civic are the details as the desk takes them.
func (d DecisionDetails) civic() civic.Details {
	return civic.Details{
		TermEnd: d.TermEnd, Communities: d.Communities, Condition: d.Condition, MergeInto: d.MergeInto, TransferTo: d.TransferTo, Until: d.Until,
		Gaps: d.Gaps, BudgetLine: d.BudgetLine, BlockName: d.BlockName, Supplement: supplementOf(d.Supplement), Assessment: d.Assessment,
		Housing:   d.housing(),
		Appraisal: d.Appraisal,
	}
}

// housing are the details of housing, nil when there are none: nothing empty stands on record.
func (d DecisionDetails) housing() *civic.HousingDetails {
	if reflect.ValueOf(d.Housing).IsZero() {
		return nil
	}
	return &d.Housing
}

// CorrectTask handles POST /tasks/:id/correction.
func (s *server) CorrectTask(c *gin.Context, id ID, p CorrectTaskParams) {
	s.remark(c, civic.Command{Kind: civic.ActCorrect, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ClaimTask handles POST /tasks/:id/claim.
func (s *server) ClaimTask(c *gin.Context, id ID, p ClaimTaskParams) {
	s.remark(c, civic.Command{Kind: civic.ActClaim, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ReleaseTask handles POST /tasks/:id/release.
func (s *server) ReleaseTask(c *gin.Context, id ID, p ReleaseTaskParams) {
	s.remark(c, civic.Command{Kind: civic.ActRelease, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// TransferTask handles POST /tasks/:id/transfer.
func (s *server) TransferTask(c *gin.Context, id ID, p TransferTaskParams) {
	s.toUnit(c, civic.Command{Kind: civic.ActTransfer, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// DelegateTask handles POST /tasks/:id/delegation.
func (s *server) DelegateTask(c *gin.Context, id ID, p DelegateTaskParams) {
	s.toPerson(c, civic.Command{Kind: civic.ActDelegate, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// RecallTask handles POST /tasks/:id/recall.
func (s *server) RecallTask(c *gin.Context, id ID, p RecallTaskParams) {
	s.remark(c, civic.Command{Kind: civic.ActRecall, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// UrgeTask handles POST /tasks/:id/urge.
func (s *server) UrgeTask(c *gin.Context, id ID, p UrgeTaskParams) {
	s.remark(c, civic.Command{Kind: civic.ActUrge, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// RemoveSigner handles POST /tasks/:id/removal.
func (s *server) RemoveSigner(c *gin.Context, id ID, p RemoveSignerParams) {
	s.remark(c, civic.Command{Kind: civic.ActRemoveSigner, Task: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}
