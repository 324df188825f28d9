package fsck

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/workflows"
)

// pairing compares cases with their workflows.
type pairing struct {
	ctx       context.Context
	store     *postgres.Store
	temporal  client.Client
	namespace string
	options   Options
	repaired  []string
}

// known is a case by its workflow's id.
type known map[string]postgres.CaseRef

// While the service runs, a case and its workflow may differ for the moment between two commits.
const (
	looks        = 6
	betweenLooks = 500 * time.Millisecond
)

func (p *pairing) examine() ([]postgres.Checked, error) {
	running, err := p.running() // before the cases: what begins meanwhile has its case by then
	if err != nil {
		return nil, err
	}
	open := known{}
	err = p.store.Open(p.ctx, func(c postgres.CaseRef) error {
		open[workflows.ID(c.Procedure, c.ID)] = c
		return nil
	})
	if err != nil {
		return nil, err
	}
	missing := postgres.Checked{Promise: "P12", Check: "case_has_its_workflow", Claim: "Every open case has a running workflow."}
	if err := p.compare(&missing, open, p.missing); err != nil { // each for itself: a list may still show what has just ended
		return nil, err
	}
	strange := postgres.Checked{Promise: "P12", Check: "workflow_has_its_case", Claim: "Every running workflow has a case that is not over."}
	if err := p.compare(&strange, minus(running, open), p.strange); err != nil {
		return nil, err
	}
	out := []postgres.Checked{missing, strange}
	if !p.options.PreOpen {
		return out, nil
	}
	ahead, err := p.ahead(running)
	return append(out, ahead), err
}

func minus(a, b known) known {
	out := known{}
	for id, c := range a {
		if _, ok := b[id]; !ok {
			out[id] = c
		}
	}
	return out
}

// running are the workflows that the engine lists as running. The list may lag behind: what differs is looked at singly.
func (p *pairing) running() (known, error) {
	out := known{}
	request := &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: p.namespace, PageSize: 1000, Query: fmt.Sprintf("TaskQueue = '%s' AND ExecutionStatus = 'Running'", workflows.Queue),
	}
	for {
		page, err := p.temporal.ListWorkflow(p.ctx, request)
		if err != nil {
			return nil, fmt.Errorf("list the running workflows: %w", err)
		}
		for _, e := range page.GetExecutions() {
			procedure, id, ok := strings.Cut(e.GetExecution().GetWorkflowId(), "/")
			if ok {
				out[e.GetExecution().GetWorkflowId()] = postgres.CaseRef{ID: id, Procedure: civic.Procedure(procedure)}
			}
		}
		if len(page.GetNextPageToken()) == 0 {
			return out, nil
		}
		request.NextPageToken = page.GetNextPageToken()
	}
}

// compare looks singly, and again after a moment while the service runs, at what differs, and repairs it when asked.
func (p *pairing) compare(check *postgres.Checked, suspects known, look func(postgres.CaseRef) (map[string]any, error)) error {
	found, err := p.persisting(suspects, look)
	if err != nil || len(found) == 0 {
		return err
	}
	if p.options.Repair {
		for id := range found {
			c := suspects[id]
			if err := workflows.NewClient(p.temporal).Look(p.ctx, c.Procedure, c.ID); err != nil {
				found[id]["repair"] = err.Error()
				continue
			}
			p.repaired = append(p.repaired, id)
		}
		repairs := found
		if found, err = p.persisting(narrow(suspects, found), look); err != nil {
			return err
		}
		for id := range found {
			found[id]["repair"] = repairs[id]["repair"]
		}
	}
	for id, figures := range found {
		body, err := json.Marshal(figures)
		if err != nil {
			return err
		}
		check.Broken++
		check.Findings = append(check.Findings, postgres.Finding{Promise: check.Promise, Check: check.Check, Row: "workflow " + id, Figures: body})
	}
	return nil
}

// persisting are the suspects that still differ after the last look.
func (p *pairing) persisting(suspects known, look func(postgres.CaseRef) (map[string]any, error)) (map[string]map[string]any, error) {
	for i := 0; ; i++ {
		found := map[string]map[string]any{}
		for id, c := range suspects {
			figures, err := look(c)
			if err != nil {
				return nil, err
			}
			if figures != nil {
				found[id] = figures
			}
		}
		suspects = narrow(suspects, found)
		if len(found) == 0 || i == looks-1 || p.options.PreOpen && !p.options.Repair {
			return found, nil
		}
		select {
		case <-time.After(betweenLooks):
		case <-p.ctx.Done():
			return nil, p.ctx.Err()
		}
	}
}

func narrow(suspects known, found map[string]map[string]any) known {
	out := known{}
	for id := range found {
		out[id] = suspects[id]
	}
	return out
}

// missing describes an open case whose workflow does not run, nil when it does or the case is over by now.
func (p *pairing) missing(c postgres.CaseRef) (map[string]any, error) {
	status, err := p.status(c)
	if err != nil || status == enums.WORKFLOW_EXECUTION_STATUS_RUNNING.String() {
		return nil, err
	}
	at, err := p.store.Progress(p.ctx, c.ID) // after the workflow: whatever ends both ends the case first
	if civic.AsRefusal(err) != nil || err == nil && (at.Over || at.State == civic.Draft) {
		return nil, nil
	}
	return map[string]any{"state": at.State, "version": at.Version, "workflow": status}, err
}

// strange describes a running workflow whose case is over or gone, nil when there is one to carry. A draft may have one:
// its submission was refused.
func (p *pairing) strange(c postgres.CaseRef) (map[string]any, error) {
	at, err := p.store.Progress(p.ctx, c.ID)
	gone := civic.AsRefusal(err) != nil
	if err != nil && !gone {
		return nil, err
	}
	if !gone && !at.Over {
		return nil, nil
	}
	status, err := p.status(c)
	if err != nil || status != enums.WORKFLOW_EXECUTION_STATUS_RUNNING.String() {
		return nil, err
	}
	if gone {
		return map[string]any{"case": "none"}, nil
	}
	return map[string]any{"state": at.State, "version": at.Version}, nil
}

// status is how the engine describes the newest run of a case's workflow: never behind, unlike its lists.
func (p *pairing) status(c postgres.CaseRef) (string, error) {
	d, err := p.temporal.DescribeWorkflowExecution(p.ctx, workflows.ID(c.Procedure, c.ID), "")
	var missing *serviceerror.NotFound
	switch {
	case errors.As(err, &missing):
		return "none", nil
	case err != nil:
		return "", fmt.Errorf("describe the workflow of case %s: %w", c.ID, err)
	}
	return d.GetWorkflowExecutionInfo().GetStatus().String(), nil
}
