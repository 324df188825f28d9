package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/policies"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// house is the whole service but for the workflow engine: HTTP, desk, policies and a record of the test's own.
type house struct {
	testing.TB
	store   *postgres.Store
	record  postgrestest.Database
	desk    *civic.Desk
	handler http.Handler
	url     string
	client  *http.Client
	logs    *logBuffer
}

// straight is an engine without workflows: it commits an act at once. What is waited for and timed is tested elsewhere.
type straight struct {
	store *postgres.Store
	after func(civic.Outcome, error) (civic.Outcome, error) // what becomes of the answer on its way back
}

func (e straight) Begin(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	out, err := e.store.Commit(ctx, a)
	if e.after != nil {
		return e.after(out, err)
	}
	return out, err
}

func (e straight) Inform(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return e.Begin(ctx, a)
}

// generous never slows a test down.
var generous = Limits{SignIn: Rate{1e6, 1e6}, Objection: Rate{1e6, 1e6}, Public: Rate{1e6, 1e6}, Session: Rate{1e6, 1e6}}

// newHouse builds a house; change may alter its options, and its engine through the desk.
func newHouse(t testing.TB, change ...func(*Options)) *house {
	t.Helper()
	store, record := postgrestest.New(t)
	policy, err := policies.New(t.Context(), store, policies.Options{})
	require.NoError(t, err)
	files, err := OpenStore(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, files.Close()) })
	h := &house{TB: t, store: store, record: record, logs: &logBuffer{}}
	h.desk = &civic.Desk{Policy: policy, Record: store, Engine: straight{store: store}, Key: postgrestest.Key}
	o := Options{
		Desk: h.desk, Files: files, Limits: generous, Log: slog.New(slog.NewJSONHandler(h.logs, nil)),
		Web: fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>里正</title>")}, "assets/app-1a2b.js": {Data: []byte("export {}")}},
	}
	for _, f := range change {
		f(&o)
	}
	t.Cleanup(func() {
		for line := range strings.Lines(h.logs.String()) {
			if t.Failed() && strings.Contains(line, `"level":"ERROR"`) {
				t.Log(line)
			}
		}
	})
	handler, err := New(o)
	require.NoError(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	h.handler, h.url, h.client = handler, server.URL, server.Client()
	h.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return h
}

// logBuffer collects log lines of many goroutines.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// response is an answer that was read to its end and compared with openapi.yaml.
type response struct {
	status int
	header http.Header
	body   []byte
}

// problem reads the answer as a problem.
func (r response) problem(t testing.TB) problem {
	t.Helper()
	require.Equal(t, "application/problem+json", r.header.Get("Content-Type"), string(r.body))
	var p problem
	require.NoError(t, json.Unmarshal(r.body, &p))
	require.Equal(t, r.status, p.Status)
	return p
}

// into reads the answer as a value.
func (r response) into(t testing.TB, v any) {
	t.Helper()
	require.Less(t, r.status, 300, string(r.body))
	require.NoError(t, json.Unmarshal(r.body, v), string(r.body))
}

// send sends a request as it is.
func (h *house) send(r *http.Request) response {
	h.Helper()
	answer, err := h.client.Do(r)
	require.NoError(h, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(h, err)
	require.NoError(h, answer.Body.Close())
	out := response{answer.StatusCode, answer.Header, body}
	matchesDocument(h.TB, r, out)
	return out
}

// request makes a request; a body that is no string is sent as JSON.
func (h *house) request(method, path string, body any) *http.Request {
	h.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		bytesOf, err := json.Marshal(b)
		require.NoError(h, err)
		reader = bytes.NewReader(bytesOf)
	}
	r, err := http.NewRequestWithContext(h.Context(), method, h.url+path, reader)
	require.NoError(h, err)
	if reader != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// person is somebody signed in.
type person struct {
	*house
	cookie *http.Cookie
}

// signIn signs a sample person in by login.
func (h *house) signIn(login string) person {
	h.Helper()
	answer := h.send(h.request("POST", base+"/session", Credentials{Login: login, Password: postgrestest.Password}))
	require.Equal(h, 200, answer.status, string(answer.body))
	cookies := (&http.Response{Header: answer.header}).Cookies()
	require.Len(h, cookies, 1)
	return person{h, cookies[0]}
}

// do asks something as the person, with a key of its own where one is needed; header names and values may follow.
func (p person) do(method, path string, body any, header ...string) response {
	p.Helper()
	r := p.request(method, base+path, body)
	r.AddCookie(p.cookie)
	r.Header.Set("Idempotency-Key", uuid.NewString())
	for i := 0; i < len(header); i += 2 {
		if header[i+1] == "" {
			r.Header.Del(header[i])
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	return p.send(r)
}

func (p person) get(path string) response { p.Helper(); return p.do("GET", path, nil) }
