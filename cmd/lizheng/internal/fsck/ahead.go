package fsck

import (
	"encoding/json"
	"fmt"

	common "go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/workflows"
)

// ahead finds workflows that have seen more of their case than the record holds: the record is older than the engine, for
// instance because only one of the two was restored.
func (p *pairing) ahead(running known) (postgres.Checked, error) {
	out := postgres.Checked{Promise: "P21", Check: "record_not_behind", Claim: "No workflow has seen more of its case than the record holds."}
	for id, c := range running {
		at, err := p.store.Progress(p.ctx, c.ID)
		if civic.AsRefusal(err) != nil {
			continue // a workflow without a case is told of by another check
		}
		if err != nil {
			return out, err
		}
		seen, err := p.seen(c)
		if err != nil {
			return out, err
		}
		if seen <= at.Version {
			continue
		}
		figures, err := json.Marshal(map[string]any{"record_version": at.Version, "workflow_version": seen, "state": at.State})
		if err != nil {
			return out, err
		}
		out.Broken++
		out.Findings = append(out.Findings, postgres.Finding{Promise: out.Promise, Check: out.Check, Row: "workflow " + id, Figures: figures})
	}
	return out, nil
}

// seenPage is how many events are read at a time, newest first.
const seenPage = 50

// seen is the newest version of its case that a workflow's history mentions: its local activities leave what the record
// answered as markers. Versions only grow, so the newest page that has any is enough.
func (p *pairing) seen(c postgres.CaseRef) (int, error) {
	request := &workflowservice.GetWorkflowExecutionHistoryReverseRequest{
		Namespace: p.namespace, Execution: &common.WorkflowExecution{WorkflowId: workflows.ID(c.Procedure, c.ID)}, MaximumPageSize: seenPage,
	}
	for {
		page, err := p.temporal.WorkflowService().GetWorkflowExecutionHistoryReverse(p.ctx, request)
		if err != nil {
			return 0, fmt.Errorf("read the history of case %s: %w", c.ID, err)
		}
		version := 0
		for _, e := range page.GetHistory().GetEvents() {
			for _, payloads := range e.GetMarkerRecordedEventAttributes().GetDetails() {
				version = max(version, told(payloads, c.ID))
			}
		}
		if version > 0 || len(page.GetNextPageToken()) == 0 {
			return version, nil
		}
		request.NextPageToken = page.GetNextPageToken()
	}
}

// told is the version of the case that a marker's payload speaks of: an act's outcome, or a progress by itself; 0 for anything else.
func told(payloads *common.Payloads, caseID string) int {
	var p civic.Progress
	var out civic.Outcome
	if err := converter.GetDefaultDataConverter().FromPayloads(payloads, &out); err == nil && out.Progress.Case == caseID {
		return out.Progress.Version
	}
	if err := converter.GetDefaultDataConverter().FromPayloads(payloads, &p); err == nil && p.Case == caseID {
		return p.Version
	}
	return 0
}
