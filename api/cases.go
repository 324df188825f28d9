package api

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// EngineView is how the workflow engine sees a case. Nothing of it is the record.
type EngineView struct {
	Workflow      string     `json:"workflow"`
	Run           string     `json:"run,omitempty"`
	Status        string     `json:"status"`
	TaskQueue     string     `json:"task_queue,omitempty"`
	HistoryLength int64      `json:"history_length"` // events of the current run
	Pending       int        `json:"pending"`        // activities under way
	Attempt       int        `json:"attempt"`        // of the current workflow task; more than 3 is worth a look
	Failure       string     `json:"failure,omitempty"`
	StartedAt     time.Time  `json:"started_at"`
	ClosedAt      *time.Time `json:"closed_at,omitempty"`
}

// ListCases handles GET /cases.
func (s *server) ListCases(c *gin.Context, p ListCasesParams) {
	cases, err := s.o.Desk.Cases(c.Request.Context(), who(c), civic.CaseFilter{
		States: p.State, Procedure: p.Procedure, Unit: p.Unit, Text: p.Text, Overdue: p.Overdue, Mine: p.Mine, Filed: p.Filed, Copied: p.Copied, From: p.From, To: p.To,
	}, page(p.After, p.Limit))
	s.answer(c, cases, err)
}

// CountCases handles GET /cases/counts.
func (s *server) CountCases(c *gin.Context, p CountCasesParams) {
	counts, err := s.o.Desk.Counts(c.Request.Context(), who(c), p.Procedure)
	s.answer(c, counts, err)
}

// GetCase handles GET /cases/:id.
func (s *server) GetCase(c *gin.Context, id ID) {
	view, err := s.o.Desk.Case(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, view.Version)
	}
	s.answer(c, view, err)
}

// GetHistory handles GET /cases/:id/history.
func (s *server) GetHistory(c *gin.Context, id ID, p GetHistoryParams) {
	history, err := s.o.Desk.History(c.Request.Context(), who(c), id, page(p.After, p.Limit))
	s.answer(c, history, err)
}

// ExplainCase handles GET /cases/:id/explanation.
func (s *server) ExplainCase(c *gin.Context, id ID) {
	why, err := s.o.Desk.Explain(c.Request.Context(), who(c), id)
	s.answer(c, listOf(why), err)
}

// whyNot is what stands in the way of an act, if anything.
type whyNot struct {
	Possible bool         `json:"possible"`
	Refusal  *civic.Error `json:"refusal,omitempty"`
}

// WhyNotCase handles GET /cases/:id/why-not.
func (s *server) WhyNotCase(c *gin.Context, id ID, p WhyNotCaseParams) {
	refusal, err := s.o.Desk.WhyNot(c.Request.Context(), who(c), id, "", p.Act)
	s.answer(c, whyNot{refusal == nil, refusal}, err)
}

// InspectCase handles GET /cases/:id/engine.
func (s *server) InspectCase(c *gin.Context, id ID) {
	view, err := s.inspect(c.Request.Context(), who(c), id)
	s.answer(c, view, err)
}

func (s *server) inspect(ctx context.Context, who civic.Actor, id string) (EngineView, error) {
	op := civic.Subject{Object: "case"} // the engine's state has no content: the policy allows it without looking at the case
	if _, err := s.o.Desk.Policy.Decide(ctx, who, "engine", op); err != nil {
		return EngineView{}, err
	}
	if s.o.Engine == nil {
		return EngineView{}, civic.Refuse(civic.Unavailable, "no_engine", "流程引擎暂不可用。", "The workflow engine cannot be asked now.")
	}
	return s.o.Engine(ctx, id)
}

// PauseCase handles POST /cases/:id/pause.
func (s *server) PauseCase(c *gin.Context, id ID, p PauseCaseParams) {
	s.remark(c, civic.Command{Kind: civic.ActPause, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ResumeCase handles POST /cases/:id/resumption.
func (s *server) ResumeCase(c *gin.Context, id ID, p ResumeCaseParams) {
	s.remark(c, civic.Command{Kind: civic.ActResume, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// SuspendCase handles POST /cases/:id/suspension.
func (s *server) SuspendCase(c *gin.Context, id ID, p SuspendCaseParams) {
	var sent Suspension
	if s.read(c, &sent) {
		s.act(c, civic.Command{
			Kind: civic.ActSuspend, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch), Opinion: sent.Opinion,
			Details: civic.Details{From: sent.From},
		}, sent)
	}
}

// ReinstateCase handles POST /cases/:id/reinstatement.
func (s *server) ReinstateCase(c *gin.Context, id ID, p ReinstateCaseParams) {
	s.remark(c, civic.Command{Kind: civic.ActReinstate, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// ProposeExit handles POST /cases/:id/exit-proposals.
func (s *server) ProposeExit(c *gin.Context, id ID, p ProposeExitParams) {
	var sent ExitProposal
	if s.read(c, &sent) {
		s.act(c, civic.Command{
			Kind: civic.ActProposeExit, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch), Opinion: sent.Opinion,
			Details: civic.Details{Trigger: string(sent.Trigger)},
		}, sent)
	}
}

// CopyCase handles POST /cases/:id/copies.
func (s *server) CopyCase(c *gin.Context, id ID, p CopyCaseParams) {
	s.toPerson(c, civic.Command{Kind: civic.ActCopy, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

// AddSigner handles POST /cases/:id/signers.
func (s *server) AddSigner(c *gin.Context, id ID, p AddSignerParams) {
	s.toUnit(c, civic.Command{Kind: civic.ActAddSigner, Case: id, Key: p.IdempotencyKey, Seen: seen(p.IfMatch)})
}

func (s *server) toPerson(c *gin.Context, command civic.Command) {
	var sent ToPerson
	if s.read(c, &sent) {
		command.Opinion, command.Details = sent.Opinion, civic.Details{Person: sent.Person}
		s.act(c, command, sent)
	}
}

func (s *server) toUnit(c *gin.Context, command civic.Command) {
	var sent ToUnit
	if s.read(c, &sent) {
		command.Opinion, command.Details = sent.Opinion, civic.Details{Unit: sent.Unit}
		s.act(c, command, sent)
	}
}
