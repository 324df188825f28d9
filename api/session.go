package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// SignIn handles POST /session.
func (s *server) SignIn(c *gin.Context) {
	var sent Credentials
	if !s.read(c, &sent) {
		return
	}
	in, err := s.o.Desk.SignIn(c.Request.Context(), sent.Login, sent.Password, who(c), c.Request.UserAgent())
	if err == nil {
		s.setSession(c, in.Token)
	}
	s.answer(c, in, err)
}

// SignOut handles DELETE /session. An API token has no session to end; it is revoked instead.
func (s *server) SignOut(c *gin.Context) {
	var err error
	if token := s.session(c.Request); token != "" {
		err = s.o.Desk.SignOut(c.Request.Context(), token, who(c))
	}
	if err == nil {
		s.setSession(c, "")
		c.Header("Clear-Site-Data", `"storage"`) // answers are never stored; what pages keep for themselves is
	}
	s.done(c, err)
}

// WhoAmI handles GET /me.
func (s *server) WhoAmI(c *gin.Context) {
	me, err := s.o.Desk.WhoAmI(c.Request.Context(), who(c))
	s.answer(c, me, err)
}

// ChangePassword handles PUT /me/password.
func (s *server) ChangePassword(c *gin.Context) {
	var sent PasswordChange
	if s.read(c, &sent) {
		s.done(c, s.o.Desk.ChangePassword(c.Request.Context(), who(c), sent.Current, sent.Password))
	}
}

// ListTokens handles GET /me/tokens.
func (s *server) ListTokens(c *gin.Context) {
	tokens, err := s.o.Desk.Tokens(c.Request.Context(), who(c))
	s.answer(c, listOf(tokens), err)
}

// CreateToken handles POST /me/tokens.
func (s *server) CreateToken(c *gin.Context, p CreateTokenParams) {
	var sent NewToken
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreateToken(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}

// RevokeToken handles DELETE /me/tokens/:id.
func (s *server) RevokeToken(c *gin.Context, id ID) {
	s.done(c, s.o.Desk.RevokeToken(c.Request.Context(), who(c), id))
}

// ListSessions handles GET /me/sessions.
func (s *server) ListSessions(c *gin.Context) {
	sessions, err := s.o.Desk.Sessions(c.Request.Context(), who(c))
	s.answer(c, listOf(sessions), err)
}

// EndSession handles DELETE /me/sessions/:session.
func (s *server) EndSession(c *gin.Context, session string) {
	s.done(c, s.o.Desk.EndSession(c.Request.Context(), who(c), session))
}
