package civic

import "time"

// SignedIn is a new session: the token is said once.
type SignedIn struct {
	Token      string    `json:"-"`
	Person     string    `json:"person"`
	Account    string    `json:"account"`
	MustChange bool      `json:"must_change"` // nothing but a new password is possible
	ExpiresAt  time.Time `json:"expires_at"`
}

// Me is who is signed in and what they may answer for.
type Me struct {
	Person     Named      `json:"person"`
	Unit       *Named     `json:"unit,omitempty"`
	Post       string     `json:"post,omitempty"`
	Login      string     `json:"login"`
	Seats      []SeatView `json:"seats"`
	Principals []Standing `json:"principals"` // in whose place they answer today
	Unread     int64      `json:"unread_notices"`
	MustChange bool       `json:"must_change"`
	Sample     bool       `json:"sample,omitempty"`
}

// Standing is one person for whom somebody stands in, and in which seats.
type Standing struct {
	Principal Named      `json:"principal"`
	Seats     []SeatView `json:"seats"`
	Until     *time.Time `json:"until,omitempty"`
}

// SessionView is one signed-in browser of an account.
type SessionView struct {
	ID        string     `json:"id"` // not the token, nor of use to make one
	CreatedAt time.Time  `json:"created_at"`
	SeenAt    time.Time  `json:"seen_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
	Address   string     `json:"address,omitempty"`
	Agent     string     `json:"agent,omitempty"`
	Current   bool       `json:"current"`
}

// TokenView is one API token without its secret.
type TokenView struct {
	ID        string     `json:"id"`
	Label     string     `json:"label"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at,omitempty"`
	UsedAt    *time.Time `json:"used_at,omitempty"`
	Secret    string     `json:"secret,omitempty"` // said in the answer to its making, and nowhere else
}

// NewToken asks for an API token.
type NewToken struct {
	Label string `json:"label"`
	Days  int    `json:"days"` // until it expires, at most MaxTokenDays
}

// AccountFilter narrows the accounts.
type AccountFilter struct {
	Text     string
	Unit     string
	Disabled *bool
}

// Account is a way to sign in as a person.
type Account struct {
	ID         string     `json:"id"`
	Person     string     `json:"person"`
	Login      string     `json:"login"`
	MustChange bool       `json:"must_change"`
	Locked     *time.Time `json:"locked_until,omitempty"`
	DisabledAt *time.Time `json:"disabled_at,omitempty"`
	CreatedAt  time.Time  `json:"created_at"`
	ChangedAt  time.Time  `json:"changed_at"` // of the password
	SeenAt     *time.Time `json:"seen_at,omitempty"`
}

// AccountView is an account with its person.
type AccountView struct {
	Account
	PersonView Person `json:"person_view"`
	UnitView   *Named `json:"unit_view,omitempty"`
	Password   string `json:"initial_password,omitempty"` // said in the answer to its making or resetting, and nowhere else
}

// NewAccount makes an account for a person, who is added if they are not known yet.
type NewAccount struct {
	Person string `json:"person"`
	Name   string `json:"name,omitempty"` // for a new person, with unit and post
	Unit   string `json:"unit,omitempty"`
	Post   string `json:"post,omitempty"`
	Login  string `json:"login"`
}

// GrantFilter narrows the grants.
type GrantFilter struct {
	Person  string
	Unit    string
	Role    Role
	Waiting bool // for a second person's confirmation
	Ended   bool // also those that are revoked or over
}

// GrantView is a grant in words.
type GrantView struct {
	Grant
	SeatView    SeatView  `json:"seat"`
	PersonView  Named     `json:"person_view"`
	GrantedView Named     `json:"granted_by_view"`
	ConfirmView *Named    `json:"confirmed_by_view,omitempty"`
	InForce     bool      `json:"in_force"`
	GrantedAt   time.Time `json:"granted_at"`
	Confirmable bool      `json:"confirmable"` // by the actor
}

// NewGrant proposes that a person holds a role in a unit.
type NewGrant struct {
	Person string     `json:"person"`
	Role   Role       `json:"role"`
	Unit   string     `json:"unit"`
	From   time.Time  `json:"from,omitzero"` // zero means from now on
	Until  *time.Time `json:"until,omitempty"`
}

// NewDeputy names who stands in for somebody.
type NewDeputy struct {
	Principal string    `json:"principal"`
	Person    string    `json:"person"`
	From      time.Time `json:"from,omitzero"` // zero means from now on
	Until     time.Time `json:"until"`
}

// DeputyView is a deputyship in words.
type DeputyView struct {
	Deputy
	PrincipalView Named `json:"principal_view"`
	PersonView    Named `json:"person_view"`
	InForce       bool  `json:"in_force"`
}

// Message is one notice to a person: something waits, is due, or was done.
type Message struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Words  Words      `json:"words"`
	Case   string     `json:"case,omitempty"`
	Number string     `json:"number,omitempty"`
	Title  string     `json:"title,omitempty"`
	Task   string     `json:"task,omitempty"`
	Step   string     `json:"step,omitempty"`
	At     time.Time  `json:"at"`
	ReadAt *time.Time `json:"read_at,omitempty"`
}

// Attachment is what the record keeps of a file; the bytes lie elsewhere under its SHA-256.
type Attachment struct {
	ID        string     `json:"id"`
	Case      string     `json:"case"`
	Name      string     `json:"name"`
	MediaType string     `json:"media_type"`
	Size      int64      `json:"size"`
	SHA256    string     `json:"sha256"`
	AddedBy   string     `json:"added_by"`
	AddedAt   time.Time  `json:"added_at"`
	RemovedAt *time.Time `json:"removed_at,omitempty"`
}

// NewAttachment is a file that has been stored and is now put to a case.
type NewAttachment struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"` // hexadecimal
}
