package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// ListAccounts handles GET /accounts.
func (s *server) ListAccounts(c *gin.Context, p ListAccountsParams) {
	accounts, err := s.o.Desk.Accounts(c.Request.Context(), who(c), civic.AccountFilter{Text: p.Text, Unit: p.Unit, Disabled: p.Disabled}, page(p.After, p.Limit))
	s.answer(c, accounts, err)
}

// CreateAccount handles POST /accounts.
func (s *server) CreateAccount(c *gin.Context, p CreateAccountParams) {
	var sent NewAccount
	if s.read(c, &sent) {
		made, err := s.o.Desk.CreateAccount(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}

// DisableAccount handles POST /accounts/:id/disablement.
func (s *server) DisableAccount(c *gin.Context, id ID, p DisableAccountParams) {
	account, err := s.o.Desk.DisableAccount(c.Request.Context(), who(c), p.IdempotencyKey, id)
	s.answer(c, account, err)
}

// EnableAccount handles POST /accounts/:id/enablement.
func (s *server) EnableAccount(c *gin.Context, id ID, p EnableAccountParams) {
	account, err := s.o.Desk.EnableAccount(c.Request.Context(), who(c), p.IdempotencyKey, id)
	s.answer(c, account, err)
}

// ResetPassword handles POST /accounts/:id/password-reset.
func (s *server) ResetPassword(c *gin.Context, id ID, p ResetPasswordParams) {
	account, err := s.o.Desk.ResetPassword(c.Request.Context(), who(c), p.IdempotencyKey, id)
	s.answer(c, account, err)
}

// ListGrants handles GET /grants.
func (s *server) ListGrants(c *gin.Context, p ListGrantsParams) {
	grants, err := s.o.Desk.Grants(c.Request.Context(), who(c), civic.GrantFilter{
		Person: p.Person, Unit: p.Unit, Role: p.Role, Waiting: p.Waiting, Ended: p.Ended,
	}, page(p.After, p.Limit))
	s.answer(c, grants, err)
}

// ProposeGrant handles POST /grants.
func (s *server) ProposeGrant(c *gin.Context, p ProposeGrantParams) {
	var sent NewGrant
	if s.read(c, &sent) {
		made, err := s.o.Desk.ProposeGrant(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}

// ConfirmGrant handles POST /grants/:id/confirmation.
func (s *server) ConfirmGrant(c *gin.Context, id ID, p ConfirmGrantParams) {
	grant, err := s.o.Desk.ConfirmGrant(c.Request.Context(), who(c), p.IdempotencyKey, id)
	s.answer(c, grant, err)
}

// RevokeGrant handles POST /grants/:id/revocation.
func (s *server) RevokeGrant(c *gin.Context, id ID, p RevokeGrantParams) {
	var sent Why
	if s.read(c, &sent) {
		grant, err := s.o.Desk.RevokeGrant(c.Request.Context(), who(c), p.IdempotencyKey, id, sent.Reason)
		s.answer(c, grant, err)
	}
}

// ListDeputies handles GET /deputies.
func (s *server) ListDeputies(c *gin.Context, p ListDeputiesParams) {
	deputies, err := s.o.Desk.Deputies(c.Request.Context(), who(c), page(p.After, p.Limit))
	s.answer(c, deputies, err)
}

// NameDeputy handles POST /deputies.
func (s *server) NameDeputy(c *gin.Context, p NameDeputyParams) {
	var sent NewDeputy
	if s.read(c, &sent) {
		made, err := s.o.Desk.NameDeputy(c.Request.Context(), who(c), p.IdempotencyKey, sent)
		s.answerWith(c, http.StatusCreated, made, err)
	}
}

// EndDeputy handles POST /deputies/:id/end.
func (s *server) EndDeputy(c *gin.Context, id ID, p EndDeputyParams) {
	deputy, err := s.o.Desk.EndDeputy(c.Request.Context(), who(c), p.IdempotencyKey, id)
	s.answer(c, deputy, err)
}
