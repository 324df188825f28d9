package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// cookieName is the session's. The prefix makes browsers hold it to this host, this scheme and no sub-path; over plain
// http, which is for development only, it cannot be used.
func (s *server) cookieName() string {
	if s.o.Secure {
		return "__Host-lizheng"
	}
	return "lizheng"
}

// setSession hands the session to the browser, or takes it away with an empty token.
func (s *server) setSession(c *gin.Context, token string) {
	age := 0
	if token == "" {
		age = -1
	}
	http.SetCookie(c.Writer, &http.Cookie{ //nolint:gosec // Secure wherever there is https
		Name: s.cookieName(), Value: token, Path: "/", MaxAge: age, Secure: s.o.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

// bearer is the API token of a request, "" when it brings none.
func bearer(r *http.Request) string {
	scheme, token, found := strings.Cut(r.Header.Get("Authorization"), " ")
	if !found || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// session is the session token of a request, "" when it brings none.
func (s *server) session(r *http.Request) string {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil {
		return ""
	}
	return cookie.Value
}

// sameSite refuses what another site makes a browser send. Whoever brings a token of their own is no browser that was tricked.
func (s *server) sameSite(c *gin.Context, _ *operation) error {
	if bearer(c.Request) != "" {
		return nil
	}
	if err := s.crossOrigin.Check(c.Request); err != nil {
		return civic.Refuse(civic.Forbidden, "cross_site", "不接受来自其他网站的请求。", "Requests from other sites are refused.")
	}
	return nil
}

// identify finds out who asks. Public operations ask nobody.
func (s *server) identify(c *gin.Context, op *operation) error {
	if op.public {
		return nil
	}
	v, ctx := visitOf(c), c.Request.Context()
	var found civic.Actor
	var err error
	if token := bearer(c.Request); token != "" {
		found, err = s.o.Desk.Token(ctx, token)
	} else if token := s.session(c.Request); token != "" {
		found, err = s.o.Desk.Session(ctx, token)
	} else {
		err = civic.Refuse(civic.Unauthorised, "sign_in", "请先登录。", "Please sign in.")
	}
	if err != nil {
		return err
	}
	s.limits.public.giveBack(v.who.Address)
	found.Address, found.Request, found.Lang = v.who.Address, v.who.Request, v.who.Lang
	v.who = found
	return s.limits.session.take(found.Account + found.Session)
}
