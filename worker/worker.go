// Package worker registers workflows and activities on the task queue, and nothing else.
package worker

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	sdk "go.temporal.io/sdk/worker"

	"lizheng/activities"
	"lizheng/workflows"
)

// stopTimeout is how long work under way may take to finish when the worker is told to stop.
const stopTimeout = 20 * time.Second

// New makes a worker for all procedures. It is started and stopped by whoever made it.
func New(c client.Client, a *activities.Activities, with ...interceptor.WorkerInterceptor) sdk.Worker {
	w := sdk.New(c, workflows.Queue, sdk.Options{
		WorkerStopTimeout: stopTimeout,
		Interceptors:      with,
	})
	w.RegisterWorkflow(workflows.Access)
	w.RegisterActivity(a)
	return w
}
