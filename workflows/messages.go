// Package workflows holds the procedures as durable code, one file each, and the client that starts and informs them.
//
// The record decides, the workflow waits: every act is committed by a local activity inside its update handler, in the one
// transaction that also holds the rules. Two acts may therefore reach the record in another order after a crash than
// before it; the record, not the workflow, is the arbiter. A workflow's own state is small and can be rebuilt from the record.
package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lizheng/activities"
	"lizheng/civic"
)

// Queue is the task queue of all procedures.
const Queue = "procedures"

// The messages that a case's workflow knows.
const (
	actUpdate  = "act"  // a person's act; its update id is the act's id
	lookSignal = "look" // something outside has changed: read the record again
)

// Start names the case that a workflow carries.
type Start struct {
	Case string `json:"case"`
}

// record is how workflows name activities: for their signatures only, never for a live connection.
var record *activities.Activities

// recording is how a commit is carried out: at once, beside the workflow's own thread, and again until the record answers.
// Measured at about 2.5 times the throughput of an ordinary activity.
var recording = workflow.LocalActivityOptions{
	StartToCloseTimeout:    20 * time.Second,           // longer than the statement and lock timeouts of one transaction together
	ScheduleToCloseTimeout: 100 * 365 * 24 * time.Hour, // all attempts together: unset, the engine would give up after one attempt's time
	RetryPolicy: &temporal.RetryPolicy{
		InitialInterval:    50 * time.Millisecond,
		BackoffCoefficient: 3,
		// Longer than the engine's time for one workflow task: after six seconds of trouble the act waits by a timer, and the
		// other acts on the case are answered meanwhile.
		MaximumInterval: 15 * time.Second,
	},
}

// ID is the workflow id of a case: a fact, not a name somebody chose.
func ID(p civic.Procedure, caseID string) string { return string(p) + "/" + caseID }
