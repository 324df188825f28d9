package api

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func TestARequestIsOneSpanAndItsLogLineNamesTheTrace(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewSpanRecorder()
	h := newHouse(t, func(o *Options) { o.Traces = trace.NewTracerProvider(trace.WithSpanProcessor(spans)) })
	require.Equal(t, 404, h.send(h.request("GET", base+"/public/entries/"+nobodysID, nil)).status)
	ended := spans.Ended()
	require.Len(t, ended, 1)
	require.Equal(t, "GET "+base+"/public/entries/:id", ended[0].Name(), "a template, not an address")
	require.Contains(t, h.logs.String(), ended[0].SpanContext().TraceID().String())
}
