package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	exporter "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.temporal.io/sdk/client"
	temporalotel "go.temporal.io/sdk/contrib/opentelemetry"
	"go.temporal.io/sdk/interceptor"

	"go.opentelemetry.io/otel/attribute"

	"lizheng/config"
)

// telemetry is what an operator sees of a running process: JSON logs, Prometheus metrics, OpenTelemetry traces.
type telemetry struct {
	log      *slog.Logger
	registry *prometheus.Registry
	metrics  client.MetricsHandler
	tracing  interceptor.Interceptor // nil without a collector
	requests *prometheus.HistogramVec
	stop     []func(context.Context) error
}

// watch sets telemetry up for one process, whose kind is serve, worker or run.
func watch(ctx context.Context, w config.Watching, kind string, errs io.Writer) (*telemetry, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(w.LogLevel)); err != nil {
		return nil, fmt.Errorf("LIZHENG_LOG_LEVEL: %w", err)
	}
	t := &telemetry{log: slog.New(slog.NewJSONHandler(errs, &slog.HandlerOptions{Level: level})), registry: prometheus.NewRegistry()}
	t.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	t.requests = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lizheng_http_request_seconds", Help: "Answered requests by route template and status.",
		Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 8}}, []string{"method", "route", "status"})
	t.registry.MustRegister(t.requests)
	reader, err := exporter.New(exporter.WithRegisterer(t.registry))
	if err != nil {
		return nil, fmt.Errorf("set up metrics: %w", err)
	}
	about := resource.NewSchemaless(attribute.String("service.name", "lizheng-"+kind), attribute.String("service.version", version()))
	meters := metric.NewMeterProvider(metric.WithReader(reader), metric.WithResource(about))
	otel.SetMeterProvider(meters)
	t.metrics = temporalotel.NewMetricsHandler(temporalotel.MetricsHandlerOptions{Meter: meters.Meter("temporal")})
	t.stop = append(t.stop, meters.Shutdown)
	if w.Traces == "" {
		return t, nil
	}
	return t, t.trace(ctx, w.Traces, about)
}

func (t *telemetry) trace(ctx context.Context, endpoint string, about *resource.Resource) error {
	spans, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(endpoint))
	if err != nil {
		return fmt.Errorf("set up traces: %w", err)
	}
	tracers := trace.NewTracerProvider(trace.WithBatcher(spans), trace.WithResource(about))
	otel.SetTracerProvider(tracers)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	t.stop = append(t.stop, tracers.Shutdown)
	t.tracing, err = temporalotel.NewTracingInterceptor(temporalotel.TracerOptions{Tracer: tracers.Tracer("temporal")})
	if err != nil {
		return fmt.Errorf("trace workflows: %w", err)
	}
	return nil
}

// handler serves /metrics.
func (t *telemetry) handler() http.Handler {
	return promhttp.HandlerFor(t.registry, promhttp.HandlerOpts{})
}

// close sends what is left, for a few seconds at most.
func (t *telemetry) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	var all []error
	for _, stop := range t.stop {
		all = append(all, stop(ctx))
	}
	return errors.Join(all...)
}
