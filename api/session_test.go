package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres/postgrestest"
)

func TestTheSessionCookie(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.Secure = true })
	answer := h.send(h.request("POST", base+"/session", Credentials{Login: "wang.fang", Password: postgrestest.Password}))
	require.Equal(t, 200, answer.status, string(answer.body))
	set := answer.header.Get("Set-Cookie")
	require.Regexp(t, `^__Host-lizheng=[A-Za-z0-9_-]{43,}; Path=/; HttpOnly; Secure; SameSite=Strict$`, set)
	token, _, _ := strings.Cut(strings.TrimPrefix(set, "__Host-lizheng="), ";")
	require.NotContains(t, string(answer.body), token, "no script can read it")
	require.NotContains(t, h.logs.String(), token, "nor can whoever reads the logs")
	require.NotContains(t, h.logs.String(), postgrestest.Password)
	require.Equal(t, "max-age=31536000; includeSubDomains", answer.header.Get("Strict-Transport-Security"))
}

func TestASessionEndsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	here, there := h.signIn("wang.fang"), h.signIn("wang.fang")
	require.Equal(t, 200, here.get("/me").status)
	out := here.do("DELETE", "/session", nil)
	require.Equal(t, 204, out.status)
	require.Contains(t, out.header.Get("Set-Cookie"), "Max-Age=0")
	got := here.get("/me").problem(t)
	require.Equal(t, 401, got.Status)
	require.Equal(t, 200, there.get("/me").status, "another session goes on")

	var sessions list[civic.SessionView]
	third := h.signIn("wang.fang")
	third.get("/me/sessions").into(t, &sessions)
	for _, s := range sessions.Items {
		if !s.Current && s.EndedAt == nil {
			require.Equal(t, 204, third.do("DELETE", "/me/sessions/"+s.ID, nil).status)
		}
	}
	require.Equal(t, 401, there.get("/me").status)
	require.Equal(t, 200, third.get("/me").status)
}

func TestNobodyIsLetInWithout(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for claim, change := range map[string]func(*http.Request){
		"anything":             func(*http.Request) {},
		"a cookie of ours":     func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "lizheng", Value: "made-up"}) },
		"a long cookie":        func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "lizheng", Value: strings.Repeat("x", 3000)}) },
		"a cookie under https": func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "__Host-lizheng", Value: "made-up"}) },
		"a token of ours":      func(r *http.Request) { r.Header.Set("Authorization", "Bearer lz_"+strings.Repeat("a", 43)) },
		"a token":              func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") },
		"a scheme of ours":     func(r *http.Request) { r.Header.Set("Authorization", "Basic d2FuZy5mYW5nOng=") },
		"a strange token":      func(r *http.Request) { r.Header.Set("Authorization", "Bearer \xff'--") },
	} {
		r := h.request("GET", base+"/me", nil)
		change(r)
		got := h.send(r).problem(t)
		require.Equal(t, 401, got.Status, claim)
		require.Equal(t, civic.Unauthorised, got.Kind)
	}
	operations, err := contract()
	require.NoError(t, err)
	for name, op := range operations {
		if op.public {
			continue
		}
		method, path, _ := strings.Cut(name, " ")
		path = strings.NewReplacer(":id", nobodysID, ":session", "a", ":line", "a", ":key", "a", ":year", "2026").Replace(path)
		got := h.send(h.request(method, path, nil)).problem(t)
		require.Equal(t, 401, got.Status, name)
	}
}

func TestAnAPIToken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.signIn("wang.fang")
	key := uuid.NewString()
	made := p.do("POST", "/me/tokens", civic.NewToken{Label: "报表", Days: 30}, "Idempotency-Key", key)
	require.Equal(t, 201, made.status, string(made.body))
	again := p.do("POST", "/me/tokens", civic.NewToken{Label: "报表", Days: 30}, "Idempotency-Key", key)
	require.Equal(t, string(made.body), string(again.body))
	var token civic.TokenView
	made.into(t, &token)

	use := func(method, path string, body any) response {
		r := h.request(method, base+path, body)
		r.Header.Set("Authorization", "bearer "+token.Secret)
		r.Header.Set("Sec-Fetch-Site", "cross-site") // a token is no cookie: nobody can be tricked into sending it
		r.Header.Set("Idempotency-Key", uuid.NewString())
		return h.send(r)
	}
	require.Equal(t, 200, use("GET", "/me", nil).status)
	require.Equal(t, 201, use("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: AccessRequest{Name: "x"}}).status)
	require.NotContains(t, h.logs.String(), token.Secret)
	require.NotContains(t, string(p.get("/me/tokens").body), token.Secret)
	require.Equal(t, 204, p.do("DELETE", "/me/tokens/"+token.ID, nil).status)
	require.Equal(t, 401, use("GET", "/me", nil).status)
}

func TestWhatAnotherSiteMakesABrowserSendIsRefused(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	draft := NewDraft{Unit: "cz-human-resources", Form: AccessRequest{Name: "x"}}
	for _, header := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}, {"Origin", "null"},
	} {
		got := p.do("POST", "/access-requests", draft, header...).problem(t)
		require.Equal(t, []any{403, "cross_site"}, []any{got.Status, got.Code}, header)
		require.Equal(t, 200, p.do("GET", "/me", nil, header...).status, "reading changes nothing")
	}
	signIn := p.request("POST", base+"/session", Credentials{Login: "wang.fang", Password: postgrestest.Password})
	signIn.Header.Set("Sec-Fetch-Site", "cross-site")
	require.Equal(t, 403, p.send(signIn).status, "nobody is signed in as somebody else")
	for _, header := range [][]string{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"}, {"Origin", p.url}, {}} {
		require.Equal(t, 201, p.do("POST", "/access-requests", draft, header...).status, header)
	}
}

func TestSignInIsSlowedDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(o *Options) { o.Limits.SignIn = Rate{PerSecond: 0.01, Burst: 3} })
	for range 3 {
		got := h.send(h.request("POST", base+"/session", Credentials{Login: "nobody", Password: "x"})).problem(t)
		require.Equal(t, []any{401, "bad_credentials"}, []any{got.Status, got.Code})
	}
	answer := h.send(h.request("POST", base+"/session", Credentials{Login: "nobody", Password: "x"}))
	require.Equal(t, 429, answer.status)
	require.Regexp(t, `^(9\d|100)$`, answer.header.Get("Retry-After"))
}

func TestAForwardedAddressIsBelievedFromTrustedProxiesOnly(t *testing.T) {
	t.Parallel()
	ask := func(h *house) string {
		r := h.request("GET", base+"/public/lists", nil)
		r.Header.Set("X-Forwarded-For", "203.0.113.9")
		require.Equal(t, 200, h.send(r).status)
		return h.logs.String()
	}
	require.NotContains(t, ask(newHouse(t)), "203.0.113.9")
	require.Contains(t, ask(newHouse(t, func(o *Options) { o.TrustedProxies = []string{"127.0.0.0/8", "::1"} })), `"address":"203.0.113.9"`)
}

func TestAPanicIsOneFixedSentence(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.Record = panicky{h.desk.Record}
	answer := h.send(h.request("GET", base+"/public/lists", nil))
	got := answer.problem(t)
	require.Equal(t, []any{500, "internal", internal}, []any{got.Status, got.Code, got.Kind})
	require.Equal(t, "urn:request:"+answer.header.Get("X-Request-Id"), got.Instance)
	require.NotContains(t, string(answer.body), "ghost")
	require.Contains(t, h.logs.String(), "ghost")
	require.Contains(t, h.logs.String(), answer.header.Get("X-Request-Id"))
	require.Equal(t, 200, h.send(h.request("GET", "/healthz", nil)).status, "the service goes on")
}

// panicky is a record with a fault in it.
type panicky struct{ civic.Record }

func (panicky) Lists(context.Context, time.Time) ([]civic.ListState, error) { panic("ghost") }
