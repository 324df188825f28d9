package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel/trace"
)

// policyOfContent lets a page load what is ours and nothing else, and nobody else frame it.
const policyOfContent = "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; " +
	"form-action 'self'; frame-ancestors 'none'"

// headers are on every answer; handlers may loosen the cache and nothing more.
func (s *server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policyOfContent)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	if s.o.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Language", language(c))
		h.Set("Vary", "Accept-Language, Cookie, Authorization")
	}
}

// report writes one line for every request: who asked what and how it went, no content, no query and no secret.
func (s *server) report(c *gin.Context) {
	start := time.Now()
	c.Next()
	took := time.Since(start)
	v, status := visitOf(c), c.Writer.Status()
	route := c.FullPath()
	if s.o.Observe != nil {
		s.o.Observe(c.Request.Method, route, status, took)
	}
	attrs := []slog.Attr{
		slog.String("request", v.id), slog.String("method", c.Request.Method), slog.String("route", route), slog.Int("status", status),
		slog.Int("bytes", max(c.Writer.Size(), 0)), slog.Duration("took", took), slog.String("address", v.who.Address),
	}
	if v.who.Person != "" {
		attrs = append(attrs, slog.String("actor", v.who.Person))
	}
	for _, p := range c.Params {
		if p.Key == "id" && len(p.Value) == 36 {
			attrs = append(attrs, slog.String("id", p.Value))
		}
	}
	if span := trace.SpanContextFromContext(c.Request.Context()); span.IsValid() {
		attrs = append(attrs, slog.String("trace", span.TraceID().String()))
	}
	level := slog.LevelInfo
	if route == "/healthz" || route == "/readyz" || route == "/metrics" {
		level = slog.LevelDebug
	}
	s.log.LogAttrs(c.Request.Context(), level, "request", attrs...)
}

// recover turns a panic into the fixed sentence. The request is never dumped: it may hold a password.
func (s *server) recover(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if p == http.ErrAbortHandler { //nolint:errorlint // it is compared so in net/http
			panic(p)
		}
		s.log.LogAttrs(c.Request.Context(), slog.LevelError, "panic", slog.String("request", requestID(c)), slog.String("stack", string(debug.Stack())))
		s.fail(c, fmt.Errorf("panic: %v", p))
	}()
	c.Next()
}

// hour is how long a browser may keep what never changes under its name.
const hour = int(time.Hour / time.Second)
