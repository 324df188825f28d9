package api

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/gin-gonic/gin"
)

// base is where the operations of openapi.yaml begin.
const base = "/api/v1"

//go:embed openapi.yaml
var document []byte

// operation is one operation of openapi.yaml with what its door asks of a request.
type operation struct {
	id     string
	act    string // what it does, in the words of the policy
	object string // and to what
	public bool   // for everybody, without signing in
	keyed  bool   // needs an Idempotency-Key
	upload bool   // takes a file instead of JSON
	body   bool
	query  map[string]bool // true: may be there more than once
	route  *routers.Route
}

// door lets requests in: every route that is registered through it is an operation of openapi.yaml, and each passes the
// same checks before its handler. What it cannot place is an error, not a route.
type door struct {
	gin.IRouter
	server     *server
	operations map[string]*operation // by method and gin's path
	opened     map[string]bool
	errs       []error
}

// loadDocument reads openapi.yaml.
func loadDocument() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	return doc, nil
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// ginPath is a path of openapi.yaml as gin writes it.
func ginPath(path string) string { return base + pathParameter.ReplaceAllString(path, ":$1") }

// operationsOf reads what every operation of the document asks for.
func operationsOf(doc *openapi3.T) (map[string]*operation, error) {
	all := map[string]*operation{}
	var errs []error
	for path, item := range doc.Paths.Map() {
		for method, o := range item.Operations() {
			op, err := newOperation(o)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			op.route = &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: o}
			for _, p := range append(append(openapi3.Parameters(nil), item.Parameters...), o.Parameters...) {
				switch p.Value.In {
				case openapi3.ParameterInQuery:
					op.query[p.Value.Name] = p.Value.Schema.Value.Type.Is("array")
				case openapi3.ParameterInHeader:
					op.keyed = op.keyed || p.Value.Name == "Idempotency-Key"
				}
			}
			all[method+" "+ginPath(path)] = op
		}
	}
	return all, errors.Join(errs...)
}

// newOperation refuses an operation that says neither what it does nor that it is public.
func newOperation(o *openapi3.Operation) (*operation, error) {
	op := &operation{id: o.OperationID, query: map[string]bool{}}
	op.act, _ = o.Extensions["x-act"].(string)
	op.object, _ = o.Extensions["x-object"].(string)
	op.public, _ = o.Extensions["x-public"].(bool)
	if op.id == "" || op.public == (op.act != "" && op.object != "") {
		return nil, fmt.Errorf("operation %q: it is either public, or an act on an object", op.id)
	}
	if o.RequestBody != nil {
		op.body = true
		op.upload = o.RequestBody.Value.Content.Get("multipart/form-data") != nil
	}
	return op, nil
}

func (d *door) open(method, path string, handlers []gin.HandlerFunc) gin.IRoutes {
	name := method + " " + path
	op, ok := d.operations[name]
	if !ok || len(handlers) != 1 {
		d.errs = append(d.errs, fmt.Errorf("route %s: no operation of openapi.yaml", name))
		return d
	}
	d.opened[name] = true
	d.Handle(method, path, d.server.enter(op, handlers[0]))
	return d
}

// shut reports every operation that has no route, and every route that was refused.
func (d *door) shut() error {
	for name, op := range d.operations {
		if !d.opened[name] {
			d.errs = append(d.errs, fmt.Errorf("operation %s: no route %s", op.id, name))
		}
	}
	return errors.Join(d.errs...)
}

// GET opens a route to read.
func (d *door) GET(path string, h ...gin.HandlerFunc) gin.IRoutes {
	return d.open(http.MethodGet, path, h)
}

// POST opens a route to act.
func (d *door) POST(path string, h ...gin.HandlerFunc) gin.IRoutes {
	return d.open(http.MethodPost, path, h)
}

// PUT opens a route to replace.
func (d *door) PUT(path string, h ...gin.HandlerFunc) gin.IRoutes {
	return d.open(http.MethodPut, path, h)
}

// DELETE opens a route to remove.
func (d *door) DELETE(path string, h ...gin.HandlerFunc) gin.IRoutes {
	return d.open(http.MethodDelete, path, h)
}

// enter is the way from the network to a handler: who asks, how often, and is it what the document says.
func (s *server) enter(op *operation, handle gin.HandlerFunc) gin.HandlerFunc {
	steps := []func(*gin.Context, *operation) error{s.notTooOften, s.sameSite, s.identify, s.readBody, s.matchDocument}
	return func(c *gin.Context) {
		v := visitOf(c)
		v.op = op
		for _, step := range steps {
			if err := step(c, op); err != nil {
				s.fail(c, err)
				return
			}
		}
		if op.keyed {
			v.key = c.GetHeader("Idempotency-Key")
		}
		handle(c)
	}
}

// ready asks whether the service can do its work now.
func (s *server) ready(ctx context.Context) error {
	if s.o.Ready == nil {
		return nil
	}
	return s.o.Ready(ctx)
}

// isRead reports whether a method changes nothing.
func isRead(method string) bool {
	return strings.Contains("GET HEAD OPTIONS", method)
}
