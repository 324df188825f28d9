package embedded

import (
	"context"
	"errors"
	"fmt"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
)

// retention is how long a finished workflow's history stays with Temporal.
// The legal record is in PostgreSQL; this is for looking into a case.
const retention = 90 * 24 * time.Hour

// ProvideNamespace waits for the server at address, makes the namespace when
// it is missing, and returns when it takes work. Only ctx limits the wait.
func ProvideNamespace(ctx context.Context, address, name string) error {
	conn, err := grpc.NewClient(address,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff:           backoff.Config{BaseDelay: tick, Multiplier: 1.5, MaxDelay: 10 * tick},
			MinConnectTimeout: time.Second,
		}))
	if err != nil {
		return fmt.Errorf("reach Temporal at %s: %w", address, err)
	}
	defer conn.Close()
	if err := awaitServing(ctx, conn); err != nil {
		return err
	}
	front := workflowservice.NewWorkflowServiceClient(conn)
	if err := registerNamespace(ctx, front, name); err != nil {
		return err
	}
	return awaitWork(ctx, front, name)
}

func awaitServing(ctx context.Context, conn *grpc.ClientConn) error {
	health := grpc_health_v1.NewHealthClient(conn)
	request := &grpc_health_v1.HealthCheckRequest{Service: workflowservice.WorkflowService_ServiceDesc.ServiceName}
	return asking(ctx, func(ctx context.Context) bool {
		answer, err := health.Check(ctx, request, grpc.WaitForReady(true))
		return err == nil && answer.Status == grpc_health_v1.HealthCheckResponse_SERVING
	})
}

// answerLimit is how long one question may go unanswered before it is asked
// again: a part of the server that is not awake yet may swallow it.
const answerLimit = 2 * time.Second

func asking(ctx context.Context, answered func(context.Context) bool) error {
	return until(ctx, func() (bool, error) {
		asked, cancel := context.WithTimeout(ctx, answerLimit)
		defer cancel()
		return answered(asked), nil
	})
}

// registerNamespace does not look first: the server would remember for a
// second that the namespace is missing.
func registerNamespace(ctx context.Context, front workflowservice.WorkflowServiceClient, name string) error {
	return asking(ctx, func(ctx context.Context) bool {
		_, err := front.RegisterNamespace(ctx, &workflowservice.RegisterNamespaceRequest{
			Namespace:                        name,
			Description:                      "community-affairs procedures",
			WorkflowExecutionRetentionPeriod: durationpb.New(retention),
		})
		var exists *serviceerror.NamespaceAlreadyExists
		return err == nil || errors.As(serviceerror.FromStatus(status.Convert(err)), &exists)
	})
}

// awaitWork asks every part of the server for something of the namespace that
// cannot exist: "not found" comes only from a part that is awake.
func awaitWork(ctx context.Context, front workflowservice.WorkflowServiceClient, name string) error {
	const nobody = "readiness"
	if err := asking(ctx, func(ctx context.Context) bool {
		_, err := front.DescribeWorkflowExecution(ctx, &workflowservice.DescribeWorkflowExecutionRequest{
			Namespace: name,
			Execution: &commonpb.WorkflowExecution{WorkflowId: nobody},
		})
		var missing *serviceerror.NotFound
		return errors.As(serviceerror.FromStatus(status.Convert(err)), &missing)
	}); err != nil {
		return err
	}
	return asking(ctx, func(ctx context.Context) bool {
		_, err := front.DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
			Namespace:     name,
			TaskQueue:     &taskqueuepb.TaskQueue{Name: nobody, Kind: enumspb.TASK_QUEUE_KIND_NORMAL},
			TaskQueueType: enumspb.TASK_QUEUE_TYPE_WORKFLOW,
		})
		return err == nil
	})
}
