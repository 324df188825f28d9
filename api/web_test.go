package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheApplicationIsServed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	get := func(method, path, accept string) response {
		r := h.request(method, path, nil)
		r.Header.Set("Accept", accept)
		return h.send(r)
	}
	const page, any = "text/html,*/*;q=0.8", "*/*"
	for _, path := range []string{"/", "/cases", "/cases/" + nobodysID, "/public/notices"} {
		got := get("GET", path, page)
		require.Equal(t, 200, got.status, path)
		require.Equal(t, []string{"text/html; charset=utf-8", "no-cache"}, []string{got.header.Get("Content-Type"), got.header.Get("Cache-Control")}, path)
		require.Equal(t, policyOfContent, got.header.Get("Content-Security-Policy"))
		require.NotContains(t, got.header.Get("Content-Security-Policy"), "unsafe")
	}
	script := get("GET", "/assets/app-1a2b.js", any)
	require.Equal(t, "text/javascript; charset=utf-8", script.header.Get("Content-Type"))
	require.Equal(t, "public, max-age=31536000, immutable", script.header.Get("Cache-Control"))
	require.Empty(t, get("HEAD", "/assets/app-1a2b.js", any).body)
	for _, path := range []string{"/assets/app-3c4d.js", "/assets/", "/assets", "/../server.go", "/.env", "/%2e%2e/x", "/index.html/x"} {
		require.Equal(t, 404, get("GET", path, any).status, path)
	}
	require.Equal(t, 404, get("GET", base+"/cases/x/y/z", page).status, "the application answers for no operation")
}

func TestWithoutAnApplicationItSaysHowToGetOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.Web = nil })
	r := h.request("GET", "/", nil)
	r.Header.Set("Accept", "text/html")
	got := h.send(r)
	require.Equal(t, 503, got.status)
	require.Contains(t, string(got.body), "make web")
}

func TestTheDocumentationNeedsNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	page := h.send(h.request("GET", "/api/docs", nil))
	require.Equal(t, 200, page.status)
	require.NotRegexp(t, `(src|href)="(https?:)?//`, string(page.body))
	require.Equal(t, 200, h.send(h.request("GET", "/api/docs/swagger-ui-bundle.js", nil)).status)
	require.Equal(t, string(document), string(h.send(h.request("GET", "/api/openapi.yaml", nil)).body))
}

func TestHealthAndReadiness(t *testing.T) {
	t.Parallel()
	var fault error
	h := newHouse(t, func(o *Options) { o.Ready = func(context.Context) error { return fault } })
	require.Equal(t, 200, h.send(h.request("GET", "/readyz", nil)).status)
	fault = errors.New("password=hunter2 refused")
	got := h.send(h.request("GET", "/readyz", nil))
	require.Equal(t, []any{503, "not_ready"}, []any{got.status, got.problem(t).Code})
	require.NotContains(t, string(got.body), "hunter2")
	require.Equal(t, 200, h.send(h.request("GET", "/healthz", nil)).status, "the process lives")
}

func TestMetricsAreForThisMachine(t *testing.T) {
	t.Parallel()
	metrics := func(o *Options) {
		o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("up 1\n")) })
	}
	require.Equal(t, 200, newHouse(t, metrics).send(newHouse(t, metrics).request("GET", "/metrics", nil)).status)
	elsewhere := newHouse(t, metrics, func(o *Options) { o.MetricsFrom = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
	require.Equal(t, 404, elsewhere.send(elsewhere.request("GET", "/metrics", nil)).status)
}

func TestEveryRequestIsObservedByItsTemplate(t *testing.T) {
	t.Parallel()
	type seen struct {
		method, route string
		status        int
	}
	heard := make(chan seen, 10)
	h := newHouse(t, func(o *Options) {
		o.Observe = func(method, route string, status int, took time.Duration) { heard <- seen{method, route, status} }
	})
	h.send(h.request("GET", base+"/cases/"+nobodysID, nil))
	require.Equal(t, seen{"GET", base + "/cases/:id", 401}, <-heard)
	h.send(h.request("GET", "/nowhere", nil))
	require.Equal(t, seen{"GET", "", 404}, <-heard)
}
