package api

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/otel/trace"

	"lizheng/civic"
)

// Options are what a server is made of. Desk is needed; everything else may be left out.
type Options struct {
	Desk  *civic.Desk
	Web   fs.FS   // the built browser application, index.html at its top
	Files *Store  // the bytes of attachments; without it none are taken
	Live  Changes // what the record says has changed; without it streams only stay open
	// Engine says how the workflow engine sees a case; a refusal when it cannot say.
	Engine func(ctx context.Context, caseID string) (EngineView, error)
	// Ready is nil when the service can do its work: database, migrations, engine, policy.
	Ready func(ctx context.Context) error

	Metrics     http.Handler   // served at /metrics
	MetricsFrom []netip.Prefix // to these addresses; to this machine only when there are none
	// Observe hears of every request that was answered; route is a template, "" for none of ours.
	Observe func(method, route string, status int, took time.Duration)
	Traces  trace.TracerProvider
	Log     *slog.Logger
	Now     func() time.Time // the record's clock: it says when a session is over

	// Closing ends the streams that are still open, so that shutting down need not wait for them:
	// server.RegisterOnShutdown(cancel).
	Closing context.Context

	TrustedProxies []string // whose X-Forwarded-For is believed; nobody's by default
	Secure         bool     // reached over https: __Host- cookie and HSTS
	Limits         Limits
}

// server answers requests. It holds no state of its own beyond buckets, open streams and the application's files as they travel.
type server struct {
	o           Options
	log         *slog.Logger
	limits      limits
	crossOrigin *http.CrossOriginProtection
	hub         *hub
	packed      packed
}

var _ ServerInterface = (*server)(nil)

// New makes the handler of everything that is served over HTTP. It fails if a route is no operation of openapi.yaml, or
// the reverse, or if an operation does not say what it does.
func New(o Options) (http.Handler, error) {
	s := &server{o: o.withDefaults(), crossOrigin: http.NewCrossOriginProtection()}
	s.log, s.limits = s.o.Log, newLimits(s.o.Limits)
	s.hub = newHub(s.o.Closing, s.o.Live)

	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.MaxMultipartMemory = 1 << 20
	if err := engine.SetTrustedProxies(s.o.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	engine.Use(begin)
	if s.o.Traces != nil {
		engine.Use(otelgin.Middleware("lizheng", otelgin.WithTracerProvider(s.o.Traces)))
	}
	engine.Use(s.report, s.recover, s.headers)
	s.serveOwn(engine)
	s.serveDocs(engine)
	engine.NoRoute(s.serveWeb)
	engine.NoMethod(func(c *gin.Context) {
		s.fail(c, refuse(http.StatusMethodNotAllowed, "method_not_allowed", "不支持该请求方法。", "This method is not possible here."))
	})
	return engine, s.serveOperations(engine)
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.NewJSONHandler(io.Discard, nil))
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Closing == nil {
		o.Closing = context.Background()
	}
	if len(o.MetricsFrom) == 0 {
		o.MetricsFrom = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	}
	return o
}

// serveOperations opens the routes of openapi.yaml.
func (s *server) serveOperations(engine *gin.Engine) error {
	doc, err := loadDocument()
	if err != nil {
		return err
	}
	operations, err := operationsOf(doc)
	if err != nil {
		return err
	}
	d := &door{IRouter: engine, server: s, operations: operations, opened: map[string]bool{}}
	RegisterHandlersWithOptions(d, s, GinServerOptions{BaseURL: base, ErrorHandler: func(c *gin.Context, err error, _ int) {
		// The document has been matched before; what still does not fit is a number or list that only Go cannot read.
		s.fail(c, civic.Refuse(civic.Invalid, "bad_value", "请求参数不正确。", "A parameter has a value that it cannot have."))
	}})
	return d.shut()
}

// serveOwn opens what machines ask for: is it alive, can it work, how is it doing.
func (s *server) serveOwn(engine *gin.Engine) {
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), 3*time.Second)
		defer cancel()
		if err := s.ready(ctx); err != nil {
			s.log.LogAttrs(ctx, slog.LevelWarn, "not ready", slog.Any("error", err))
			s.fail(c, civic.Refuse(civic.Unavailable, "not_ready", "服务尚未就绪。", "The service is not ready."))
			return
		}
		c.String(http.StatusOK, "ready\n")
	})
	engine.GET("/metrics", func(c *gin.Context) {
		if s.o.Metrics == nil || !s.near(c.ClientIP()) {
			s.fail(c, civic.ErrNotFound())
			return
		}
		s.o.Metrics.ServeHTTP(c.Writer, c.Request)
	})
}

// near reports whether an address may read the metrics.
func (s *server) near(address string) bool {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, p := range s.o.MetricsFrom {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
