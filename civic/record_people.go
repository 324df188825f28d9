package civic

import (
	"context"
	"time"
)

// PersonQuery asks for people by name.
type PersonQuery struct {
	PersonFilter
	Window
}

// PersonRow is a person with the grants that are in force.
type PersonRow struct {
	Person
	Grants []Grant
}

// Directory knows the people.
type Directory interface {
	People(ctx context.Context, q PersonQuery) ([]PersonRow, error)
	Person(ctx context.Context, id string) (PersonRow, error)
	// Names are the names under person ids; an unknown id is missing.
	Names(ctx context.Context, ids []string) (map[string]string, error)
}

// Credentials are what somebody signs in with, and from where.
type Credentials struct {
	Login, Password         string
	Address, Agent, Request string
}

// AccountQuery asks for accounts by login.
type AccountQuery struct {
	AccountFilter
	Window
}

// AccountRow is an account with its person.
type AccountRow struct {
	Account
	Of Person
}

// Accounts keeps who may sign in. Passwords and tokens are kept as hashes only.
type Accounts interface {
	// SignIn opens a session, or refuses in the same way and time whatever is wrong. Every attempt is on the audit trail.
	SignIn(ctx context.Context, c Credentials) (SignedIn, error)
	// SignOut ends the session of a token; a session that has ended stays so.
	SignOut(ctx context.Context, token string, from Actor) error
	// Session and Token say who a token stands for; it may have run out, or been revoked a moment ago.
	Session(ctx context.Context, token string) (Actor, error)
	Token(ctx context.Context, token string) (Actor, error)

	Sessions(ctx context.Context, account string) ([]SessionView, error)
	EndSession(ctx context.Context, deed Deed, account, id string) error
	// ChangePassword ends all other sessions of the account.
	ChangePassword(ctx context.Context, deed Deed, account, old, next string) error

	Tokens(ctx context.Context, account string) ([]TokenView, error)
	CreateToken(ctx context.Context, deed Deed, account string, t NewToken, secret string) (TokenView, error)
	RevokeToken(ctx context.Context, deed Deed, account, id string) error

	Accounts(ctx context.Context, q AccountQuery) ([]AccountRow, error)
	Account(ctx context.Context, id string) (AccountRow, error)
	CreateAccount(ctx context.Context, deed Deed, a NewAccount, password string) (Account, error)
	// SetDisabled takes the account out of use at once, with its sessions and tokens, or lets it sign in again.
	SetDisabled(ctx context.Context, deed Deed, id string, disabled bool) (Account, error)
	ResetPassword(ctx context.Context, deed Deed, id, password string) (Account, error)
}

// GrantQuery asks for grants of a scope: all, or the person's own.
type GrantQuery struct {
	Scope
	GrantFilter
	Window
}

// GrantRow is a grant with when it was proposed.
type GrantRow struct {
	Grant
	GrantedAt time.Time
	Seq       int64
}

// GrantBook keeps who holds which role where, and who stands in for whom.
type GrantBook interface {
	GrantList(ctx context.Context, q GrantQuery) ([]GrantRow, error)
	GrantByID(ctx context.Context, id string) (GrantRow, error)
	ProposeGrant(ctx context.Context, deed Deed, g NewGrant) (Grant, error)
	ConfirmGrant(ctx context.Context, deed Deed, id string) (Grant, error)
	RevokeGrant(ctx context.Context, deed Deed, id, reason string) (Grant, error)

	// DeputyList is the deputyships of a scope: all, or those in which the person is principal or deputy.
	DeputyList(ctx context.Context, s Scope, w Window) ([]Deputy, error)
	DeputyByID(ctx context.Context, id string) (Deputy, error)
	NameDeputy(ctx context.Context, deed Deed, n NewDeputy) (Deputy, error)
	EndDeputy(ctx context.Context, deed Deed, id string) (Deputy, error)
}

// NoticeRecord keeps the messages to people.
type NoticeRecord interface {
	Messages(ctx context.Context, person string, unread bool, w Window) ([]Message, error)
	Unread(ctx context.Context, person string) (int64, error)
	// MarkRead marks these messages of the person, or all when there are none.
	MarkRead(ctx context.Context, person string, ids []string) error
}

// Files keeps what is known of attachments.
type Files interface {
	AddAttachment(ctx context.Context, deed Deed, caseID string, a NewAttachment) (Attachment, error)
	Attachments(ctx context.Context, caseID string) ([]Attachment, error)
	Attachment(ctx context.Context, id string) (Attachment, error)
	RemoveAttachment(ctx context.Context, deed Deed, id string) error
}
