package api

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// request is what a cell sends.
type request struct {
	path   string
	body   any
	header [2]string
	upload bool
	cookie string // another session than the member's own
}

// answer is what came back.
type answer struct {
	status int
	code   string // of a problem
	body   []byte
}

func (a answer) into(t testing.TB, v any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(a.body, v), string(a.body))
}

// nobody asks without a session, with one that is none, and with a token that is none.
func (g *grid) nobody(c *cell) {
	g.Helper()
	r := c.route.ask(g, c)
	require.Equal(g, []any{401, "sign_in"}, g.said(g.send(c.op, r, nil)))
	require.Equal(g, []any{401, "session_over"}, g.said(g.send(c.op, r, &http.Cookie{Name: "lizheng", Value: "made up"})))
	r.header = [2]string{"Authorization", "Bearer " + civic.TokenPrefix + "made-up"}
	require.Equal(g, []any{401, "token_over"}, g.said(g.send(c.op, r, nil)))
}

func (g *grid) said(a answer) []any { return []any{a.status, a.code} }

// send asks for an operation, with a key of its own.
func (g *grid) send(op *operation, r request, cookie *http.Cookie) answer {
	g.Helper()
	var body io.Reader
	kind := "application/json"
	switch {
	case r.upload:
		body, kind = oneFile(g)
	case r.body != nil:
		content, err := json.Marshal(r.body)
		require.NoError(g, err)
		body = bytes.NewReader(content)
	}
	asked, err := http.NewRequestWithContext(g.Context(), op.route.Method, g.url+base+r.path, body)
	require.NoError(g, err)
	asked.Header.Set("Content-Type", kind)
	asked.Header.Set("Idempotency-Key", uuid.NewString())
	if r.header[0] != "" {
		asked.Header.Set(r.header[0], r.header[1])
	}
	if cookie != nil {
		asked.AddCookie(cookie)
	}
	g.asked.Add(1)
	got, err := g.client.Do(asked)
	require.NoError(g, err)
	defer got.Body.Close()
	a := answer{status: got.StatusCode}
	if strings.HasPrefix(got.Header.Get("Content-Type"), "text/event-stream") {
		return a // it has begun, and goes on as long as somebody listens
	}
	a.body, err = io.ReadAll(got.Body)
	require.NoError(g, err)
	if got.Header.Get("Content-Type") == "application/problem+json" {
		var p problem
		require.NoError(g, json.Unmarshal(a.body, &p))
		a.code = p.Code
	}
	return a
}

// TestEveryRouteIsAnOperationOrNamedHere holds: nothing is served that neither the document nor this list knows.
func TestEveryRouteIsAnOperationOrNamedHere(t *testing.T) {
	t.Parallel()
	handler, err := New(Options{Desk: &civic.Desk{}})
	require.NoError(t, err)
	operations, err := contract()
	require.NoError(t, err)
	ours := []string{"/healthz", "/readyz", "/metrics"}
	for _, r := range handler.(*gin.Engine).Routes() {
		_, known := operations[r.Method+" "+r.Path]
		require.True(t, known || slices.Contains(ours, r.Path) || r.Path == "/api/openapi.yaml" || strings.HasPrefix(r.Path, "/api/docs"), "%s %s", r.Method, r.Path)
	}
}

// oneFile is an upload.
func oneFile(t testing.TB) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "依据.txt")
	require.NoError(t, err)
	_, err = part.Write([]byte("关于开展调查的通知"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return &b, w.FormDataContentType()
}
