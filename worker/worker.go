// Package worker registers workflows and activities on the task queue, and nothing else.
package worker

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	sdk "go.temporal.io/sdk/worker"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/workflows"
)

// stillness is how long a workflow may run without yielding before the worker takes it for stuck and gives its task up. The SDK's
// one second is less than a busy machine may keep a whole process waiting; the engine itself waits ten.
const stillness = 8 * time.Second

// stopTimeout is how long work under way may take to finish when the worker is told to stop.
const stopTimeout = 20 * time.Second

// pollers fetch workflow tasks. With the SDK's two the engine found nobody waiting for four tasks in ten under load, and wrote each
// of them down first.
const pollers = 8

// Options are how our workers work.
func Options(with ...interceptor.WorkerInterceptor) sdk.Options {
	return sdk.Options{
		MaxConcurrentWorkflowTaskPollers: pollers,
		WorkerStopTimeout:                stopTimeout,
		DeadlockDetectionTimeout:         stillness,
		Interceptors:                     with,
	}
}

// New makes a worker for all procedures. It is started and stopped by whoever made it.
func New(c client.Client, a *activities.Activities, with ...interceptor.WorkerInterceptor) sdk.Worker {
	w := sdk.New(c, workflows.Queue, Options(with...))
	for _, p := range civic.Procedures {
		w.RegisterWorkflow(workflows.Procedures[p])
	}
	w.RegisterActivity(a)
	return w
}
