package civic

import (
	"context"
	"regexp"

	"lizheng/civic/names"
)

// Accounts lists the accounts by login; reading them is for the system administrator.
func (d *Desk) Accounts(ctx context.Context, who Actor, f AccountFilter, p Page) (Part[AccountView], error) {
	if err := d.may(ctx, who, "account", "read"); err != nil {
		return Part[AccountView]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[AccountView]{}, err
	}
	if names.Valid(f.Text, maxSearch) != nil {
		return Part[AccountView]{}, Refuse(Invalid, "bad_search", "请输入文字或数字。", "Search for letters or digits.").At("text")
	}
	list, err := d.Record.Accounts(ctx, AccountQuery{AccountFilter: f, Window: w})
	if err != nil {
		return Part[AccountView]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[AccountView]{}, err
	}
	return reshape(part(list, w, func(r AccountRow) Cursor { return Cursor{Text: r.Login, ID: r.ID} }), func(r AccountRow) AccountView {
		return AccountView{Account: r.Account, PersonView: r.Of, UnitView: words.unitOrNone(r.Of.Unit)}
	}), nil
}

var (
	loginForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)
	personForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
)

// CreateAccount makes an account for a person, who is added if they are not known yet. The first password is said in this
// answer and in every repetition of it under the same key, is stored as a hash only, and must be changed at first sign-in.
func (d *Desk) CreateAccount(ctx context.Context, who Actor, key string, a NewAccount) (AccountView, error) {
	switch {
	case !loginForm.MatchString(a.Login):
		return AccountView{}, Refuse(Invalid, "bad_login", "登录名只能由小写字母、数字和._-组成。", "A login has lower-case letters, digits and ._- only.").At("login")
	case !personForm.MatchString(a.Person) || a.Person == System || a.Person == Public:
		return AccountView{}, Refuse(Invalid, "bad_id", "人员编号只能由小写字母、数字和连字符组成。", "A person's id has lower-case letters, digits and hyphens only.").At("person")
	case names.Valid(a.Name, 50) != nil || names.Valid(a.Post, 100) != nil:
		return AccountView{}, Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "A text is too long or has a character that is not allowed.").At("name")
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return AccountView{}, err
	}
	if _, ok := words.atlas.Unit(a.Unit); a.Unit != "" && !ok {
		return AccountView{}, Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
	}
	if err := d.noOffice(ctx, a.Person); err != nil {
		return AccountView{}, err
	}
	password := d.initialPassword(who, key)
	o := order{object: "account", act: "create", key: key, about: "login:" + a.Login, content: a, subject: Subject{Person: a.Person}}
	made, err := carry(ctx, d, who, o, func(deed Deed) (Account, error) { return d.Record.CreateAccount(ctx, deed, a, password) })
	if err != nil {
		return AccountView{}, err
	}
	return d.accountView(ctx, made, words, password)
}

func (d *Desk) accountView(ctx context.Context, a Account, words lexicon, password string) (AccountView, error) {
	row, err := d.Record.Account(ctx, a.ID)
	if err != nil {
		return AccountView{}, err
	}
	return AccountView{Account: a, PersonView: row.Of, UnitView: words.unitOrNone(row.Of.Unit), Password: password}, nil
}

// onAccount carries out something about an account that the actor manages.
func (d *Desk) onAccount(ctx context.Context, who Actor, act, key, id, password string, do func(Deed) (Account, error)) (AccountView, error) {
	if err := d.may(ctx, who, "account", "read"); err != nil {
		return AccountView{}, err
	}
	row, err := d.Record.Account(ctx, id)
	if err != nil {
		return AccountView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return AccountView{}, err
	}
	o := order{object: "account", act: act, key: key, about: "account:" + row.ID, content: password, subject: Subject{Person: row.Person}}
	changed, err := carry(ctx, d, who, o, do)
	if err != nil {
		return AccountView{}, err
	}
	return d.accountView(ctx, changed, words, password)
}

// DisableAccount takes an account out of use at once, with its sessions and tokens.
func (d *Desk) DisableAccount(ctx context.Context, who Actor, key, id string) (AccountView, error) {
	if id == who.Account {
		return AccountView{}, Refuse(Conflict, "own_account", "不能停用自己的账号。", "Nobody disables their own account.")
	}
	return d.onAccount(ctx, who, "disable", key, id, "", func(deed Deed) (Account, error) { return d.Record.SetDisabled(ctx, deed, id, true) })
}

// EnableAccount lets a disabled account sign in again.
func (d *Desk) EnableAccount(ctx context.Context, who Actor, key, id string) (AccountView, error) {
	return d.onAccount(ctx, who, "disable", key, id, "", func(deed Deed) (Account, error) {
		deed.Kind = "account.enable"
		return d.Record.SetDisabled(ctx, deed, id, false)
	})
}

// ResetPassword gives an account a one-time password and ends its sessions. It unlocks the account too.
func (d *Desk) ResetPassword(ctx context.Context, who Actor, key, id string) (AccountView, error) {
	password := d.initialPassword(who, key)
	return d.onAccount(ctx, who, "reset_password", key, id, password, func(deed Deed) (Account, error) {
		row, err := d.Record.Account(ctx, id)
		if err != nil {
			return Account{}, err
		}
		if err := d.noOffice(ctx, row.Person); err != nil {
			return Account{}, err
		}
		return d.Record.ResetPassword(ctx, deed, id, password)
	})
}

// noOffice refuses a way in to somebody who holds one of the three administrators' offices: whoever hands out passwords
// could otherwise be all three. Two security administrators revoke the office first, and grant it again afterwards.
func (d *Desk) noOffice(ctx context.Context, person string) error {
	row, err := d.Record.Person(ctx, person)
	if err != nil {
		if Refused(err, "not_found") {
			return nil
		}
		return err
	}
	for _, g := range row.Grants {
		if g.Role.Administers() {
			return Refuse(Conflict, "administrators_account", "该人员在任系统、安全或审计管理员。请由安全管理员先撤销其授权，办理账号后重新授权。",
				"This person holds an administrator's office. The security administrators revoke it first, and grant it again when the account is in order.").
				By("grant.three_administrators").At("person")
		}
	}
	return nil
}
