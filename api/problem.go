package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// problem is a refusal or a fault as RFC 9457 has it.
type problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"`
	Kind     civic.Kind     `json:"kind"`
	Code     string         `json:"code"`
	Field    string         `json:"field,omitempty"`
	Rule     string         `json:"rule,omitempty"`
	Figures  map[string]any `json:"figures,omitempty"`
	Also     []*civic.Error `json:"also,omitempty"`
}

// internal is the kind of what is nobody's fault but ours.
const internal civic.Kind = "internal"

// kinds says for every kind of refusal its status and its title.
var kinds = map[civic.Kind]struct {
	status int
	zh, en string
}{
	civic.Invalid:      {http.StatusUnprocessableEntity, "请求内容不正确", "The request is wrong"},
	civic.Unauthorised: {http.StatusUnauthorized, "尚未登录", "Not signed in"},
	civic.Forbidden:    {http.StatusForbidden, "无权操作", "Not allowed"},
	civic.NotFound:     {http.StatusNotFound, "没有找到", "Not found"},
	civic.Conflict:     {http.StatusConflict, "情况已变化", "The world has moved on"},
	civic.Stale:        {http.StatusPreconditionFailed, "内容已过时", "Out of date"},
	civic.TooMany:      {http.StatusTooManyRequests, "操作过于频繁", "Too many requests"},
	civic.Unavailable:  {http.StatusServiceUnavailable, "暂时无法办理", "Not now"},
	civic.Unknown:      {http.StatusAccepted, "结果未知", "Not known yet"},
	internal:           {http.StatusInternalServerError, "系统内部错误", "Internal error"},
}

// retryAfter is how many seconds a client should wait before it asks again, by kind.
var retryAfter = map[civic.Kind]int{civic.TooMany: 10, civic.Unavailable: 5, civic.Unknown: 2}

// httpError is a refusal of the door itself, which HTTP has a status of its own for.
type httpError struct {
	status  int
	refusal *civic.Error
	wait    int // seconds
}

func (e httpError) Error() string { return e.refusal.Error() }

func (e httpError) Unwrap() error { return e.refusal }

// refuse makes a refusal with a status of its own.
func refuse(status int, code, zh, en string) httpError {
	return httpError{status: status, refusal: civic.Refuse(civic.Invalid, code, zh, en)}
}

// fail is the one writer of everything that is not a success.
func (s *server) fail(c *gin.Context, err error) {
	c.Abort()
	if c.Writer.Written() { // a stream or download that broke off
		s.logInternal(c, err)
		return
	}
	p, wait := s.problemOf(c, err)
	if wait > 0 {
		c.Header("Retry-After", strconv.Itoa(wait))
	}
	if p.Kind == civic.Unknown {
		writeJSON(c, p.Status, "application/json", Unknown{Status: "unknown", Poll: actURL(c)})
		return
	}
	writeJSON(c, p.Status, "application/problem+json", p)
}

// problemOf puts an error into words, and says how long to wait. What is internal is logged here, once.
func (s *server) problemOf(c *gin.Context, err error) (problem, int) {
	refusal := civic.AsRefusal(err)
	if refusal == nil {
		s.logInternal(c, err)
		refusal = civic.Refuse(internal, "internal", "系统内部错误，请稍后再试；如仍出现，请提供请求编号。",
			"Something went wrong on our side. Try again later; if it stays, tell us the request's id.")
	}
	kind := kinds[refusal.Kind]
	p := problem{
		Type: "urn:lizheng:problem:" + refusal.Code, Title: kind.zh, Status: kind.status, Detail: refusal.Zh, Instance: instance(c, refusal.Kind),
		Kind: refusal.Kind, Code: refusal.Code, Field: refusal.Field, Rule: refusal.Rule, Figures: refusal.Figures, Also: refusal.Also,
	}
	if language(c) == english {
		p.Title, p.Detail = kind.en, refusal.En
	}
	wait := retryAfter[refusal.Kind]
	if own := (httpError{}); errors.As(err, &own) {
		p.Status, wait = own.status, max(wait, own.wait)
	}
	return p, wait
}

// instance says where this very answer is kept: under its key once the desk has answered, else in the log under the request's id.
func instance(c *gin.Context, kind civic.Kind) string {
	if url := actURL(c); url != "" && kind != internal && kind != civic.Unavailable {
		return url
	}
	return "urn:request:" + requestID(c)
}

func (s *server) logInternal(c *gin.Context, err error) {
	s.log.LogAttrs(c.Request.Context(), slog.LevelError, "request failed",
		slog.String("request", requestID(c)), slog.String("route", c.FullPath()), slog.Any("error", err))
}

// writeJSON writes a value; it is the only place that turns values into bytes.
func writeJSON(c *gin.Context, status int, mediaType string, v any) {
	body, err := json.Marshal(whole(v))
	if err != nil { // our own types always marshal; recovery answers if one does not
		panic(err)
	}
	c.Data(status, mediaType, body)
}
