package civic

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lizheng/civic/names"
)

// SignIn opens a session. A wrong password, an unknown login and a disabled account are refused alike and take as long.
func (d *Desk) SignIn(ctx context.Context, login, password string, from Actor, agent string) (SignedIn, error) {
	if len(login) > 64 || len(password) > maxPassword || !utf8.ValidString(login+password+agent) || strings.ContainsRune(login+agent, 0) {
		return SignedIn{}, BadCredentials()
	}
	if len(agent) > 300 {
		agent = strings.ToValidUTF8(agent[:300], "")
	}
	return d.Record.SignIn(ctx, Credentials{Login: strings.ToLower(strings.TrimSpace(login)), Password: password, Address: from.Address, Agent: agent, Request: from.Request})
}

// BadCredentials is the one refusal of a sign-in that says nothing about what is wrong.
func BadCredentials() *Error {
	return Refuse(Unauthorised, "bad_credentials", "登录名或密码不正确。", "The login or the password is not right.")
}

// SignOut ends the session of a token; doing it again changes nothing.
func (d *Desk) SignOut(ctx context.Context, token string, from Actor) error {
	return d.Record.SignOut(ctx, token, from)
}

// Session says who a session's token stands for. A session ends after half an hour without a request, after twelve
// hours, and at once when it is revoked or its account disabled.
func (d *Desk) Session(ctx context.Context, token string) (Actor, error) {
	return d.Record.Session(ctx, token)
}

// Token says who an API token stands for.
func (d *Desk) Token(ctx context.Context, token string) (Actor, error) {
	return d.Record.Token(ctx, token)
}

// WhoAmI is the actor with their seats and those for whom they stand in. It also answers whoever must change their
// password first.
func (d *Desk) WhoAmI(ctx context.Context, who Actor) (Me, error) {
	if who.Person == "" {
		return Me{}, errSignIn()
	}
	account, err := d.Record.Account(ctx, who.Account)
	if err != nil {
		return Me{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Me{}, err
	}
	words.persons[who.Person] = account.Of.Name
	me := Me{Person: words.person(who.Person), Unit: words.unitOrNone(account.Of.Unit), Post: account.Of.Post, Login: account.Login,
		Seats: []SeatView{}, Principals: []Standing{}, MustChange: account.MustChange, Sample: account.Of.Sample}
	if me.Unread, err = d.Record.Unread(ctx, who.Person); err != nil {
		return Me{}, err
	}
	seats, err := d.Policy.Seats(ctx, who)
	if err != nil {
		return Me{}, err
	}
	return me, d.standing(ctx, who, &me, words, seats)
}

// standing sorts seats into one's own and those of others.
func (d *Desk) standing(ctx context.Context, who Actor, me *Me, words lexicon, seats []SeatOf) error {
	var principals []string
	for _, s := range seats {
		principals = append(principals, s.Principal)
	}
	more, err := d.lexicon(ctx, principals...)
	if err != nil {
		return err
	}
	deputies, err := d.Record.DeputyList(ctx, Scope{Person: who.Person}, Window{Limit: MaxPage})
	if err != nil {
		return err
	}
	for _, s := range seats {
		if u, ok := words.atlas.Unit(s.Seat.Unit); ok && !u.Stands(words.at) { // inherited: it is answered, not held
			continue
		}
		if s.Principal == "" {
			me.Seats = append(me.Seats, words.seat(s.Seat))
			continue
		}
		i := slices.IndexFunc(me.Principals, func(p Standing) bool { return p.Principal.Key == s.Principal })
		if i < 0 {
			i = len(me.Principals)
			me.Principals = append(me.Principals, Standing{Principal: more.person(s.Principal)})
			for _, x := range deputies {
				if x.Principal == s.Principal && x.Person == who.Person && x.EndedAt == nil {
					me.Principals[i].Until = &x.Until
				}
			}
		}
		me.Principals[i].Seats = append(me.Principals[i].Seats, more.seat(s.Seat))
	}
	return nil
}

// How long a password is. The upper bound only keeps hashing cheap.
const (
	minPassword = 12
	maxPassword = 200
)

// CheckPassword refuses a password that is short, simple or guessable. Three of four kinds of characters are demanded by
// GB/T 22239-2019 8.1.4.1 a.
func CheckPassword(password, login, name string) error {
	kinds := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsLower(r):
			kinds["lower"] = true
		case unicode.IsUpper(r):
			kinds["upper"] = true
		case unicode.IsDigit(r):
			kinds["digit"] = true
		default:
			kinds["other"] = true
		}
	}
	folded := strings.ToLower(password)
	weak := Refuse(Invalid, "weak_password", "密码至少12位，含大写、小写、数字、符号中的三类，且不得包含登录名、姓名或常用词。",
		"A password has at least 12 characters of three kinds (upper case, lower case, digits, others) and holds neither login, name nor a common word.").At("password").With("min", minPassword)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) || len(password) > maxPassword:
		return weak
	case utf8.RuneCountInString(password) < minPassword || len(kinds) < 3:
		return weak
	case login != "" && strings.Contains(folded, strings.ToLower(login)) || name != "" && strings.Contains(password, name):
		return weak
	}
	for _, word := range commonWords {
		if strings.Contains(folded, word) {
			return weak
		}
	}
	return nil
}

// commonWords begin every list of guessed passwords, here and in this city.
var commonWords = []string{"password", "passw0rd", "p@ssw", "123456", "654321", "qwerty", "1qaz2wsx", "qazwsx", "abc123", "111111", "000000", "888888",
	"admin", "welcome", "letmein", "iloveyou", "5201314", "changzhou", "lizheng", "woaini", "aa123", "zaq1", "1q2w3e"}

// ChangePassword gives the actor's own account another password and ends its other sessions.
func (d *Desk) ChangePassword(ctx context.Context, who Actor, old, next string) error {
	if who.Person == "" {
		return errSignIn()
	}
	account, err := d.Record.Account(ctx, who.Account)
	if err != nil {
		return err
	}
	if err := CheckPassword(next, account.Login, account.Of.Name); err != nil {
		return err
	}
	if old == next {
		return Refuse(Invalid, "same_password", "新密码不得与原密码相同。", "The new password must be another one.").At("password")
	}
	deed := Deed{Kind: "account.change_password", Object: "account:" + who.Account, Actor: who}
	return d.Record.ChangePassword(ctx, deed, who.Account, old, next)
}

// Sessions are the sessions of the actor's own account, the latest first.
func (d *Desk) Sessions(ctx context.Context, who Actor) ([]SessionView, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	list, err := d.Record.Sessions(ctx, who.Account)
	for i := range list {
		list[i].Current = list[i].ID == who.Session
	}
	return list, err
}

// EndSession ends one of the actor's own sessions; an ended one stays ended.
func (d *Desk) EndSession(ctx context.Context, who Actor, id string) error {
	o := order{object: "session", act: "end", about: "session:" + clip(id), keyless: true, subject: Subject{Person: who.Person, Readers: []string{who.Person}}}
	_, err := carry(ctx, d, who, o, func(deed Deed) (struct{}, error) {
		return struct{}{}, d.Record.EndSession(ctx, deed, who.Account, id)
	})
	return err
}

// MaxTokenDays is how long an API token may live.
const MaxTokenDays = 365

// Tokens are the API tokens of the actor's own account, without their secrets.
func (d *Desk) Tokens(ctx context.Context, who Actor) ([]TokenView, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	return d.Record.Tokens(ctx, who.Account)
}

// CreateToken makes an API token for the actor's own account. Its secret is said in this answer and in every repetition
// of it under the same key, and is stored nowhere.
func (d *Desk) CreateToken(ctx context.Context, who Actor, key string, t NewToken) (TokenView, error) {
	switch {
	case t.Label == "" || names.Valid(t.Label, 100) != nil:
		return TokenView{}, missing("label", "名称", "a label")
	case t.Days < 1 || t.Days > MaxTokenDays:
		return TokenView{}, Refuse(Invalid, "out_of_range", "有效期应为1至365天。", "A token lives for 1 to 365 days.").At("days").With("max", MaxTokenDays)
	}
	secret := TokenPrefix + d.secret("api token", who.Account, key, base64.RawURLEncoding.EncodeToString)
	o := order{object: "token", act: "create", key: key, about: "account:" + who.Account, content: t, subject: Subject{Person: who.Person}}
	made, err := carry(ctx, d, who, o, func(deed Deed) (TokenView, error) { return d.Record.CreateToken(ctx, deed, who.Account, t, secret) })
	if err != nil {
		return TokenView{}, err
	}
	made.Secret = secret
	return made, nil
}

// TokenPrefix lets scanners recognise a leaked token.
const TokenPrefix = "lz_"

// secret makes 256 bits that only this service can make, the same for the same parts: a repeated question gets the same
// answer although the answer is not stored.
func (d *Desk) secret(purpose, whose, key string, encode func([]byte) string) string {
	m := hmac.New(sha256.New, d.Key)
	for _, part := range []string{"secret", purpose, whose, key} {
		m.Write([]byte(part))
		m.Write([]byte{0})
	}
	return encode(m.Sum(nil))
}

// initialPassword is a one-time password that people can type: 100 bits in groups.
func (d *Desk) initialPassword(who Actor, key string) string {
	raw := d.secret("initial password", who.Person, key, base32.StdEncoding.EncodeToString)
	return strings.Join([]string{raw[0:5], strings.ToLower(raw[5:10]), raw[10:15], strings.ToLower(raw[15:20]) + "-7"}, "-")
}

// RevokeToken ends an API token of the actor's own account at once.
func (d *Desk) RevokeToken(ctx context.Context, who Actor, id string) error {
	o := order{object: "token", act: "revoke", about: "token:" + clip(id), keyless: true, subject: Subject{Person: who.Person, Readers: []string{who.Person}}}
	_, err := carry(ctx, d, who, o, func(deed Deed) (struct{}, error) {
		return struct{}{}, d.Record.RevokeToken(ctx, deed, who.Account, id)
	})
	return err
}
