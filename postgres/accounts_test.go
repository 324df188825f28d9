package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres/postgrestest"
)

func TestANewAccountMustChangeItsPassword(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	a := civic.NewAccount{Person: "new-hire", Name: "新人", Unit: "cz-finance", Post: "经办人", Login: "new.hire"}
	made, err := s.CreateAccount(t.Context(), deed("kang-ning", "k1", "h"), a, "Initial-Pass-1")
	require.NoError(t, err)
	again, err := s.CreateAccount(t.Context(), deed("kang-ning", "k1", "h"), a, "Initial-Pass-1")
	require.NoError(t, err)
	require.Equal(t, made.ID, again.ID)
	require.True(t, made.MustChange)
	row, err := s.Account(t.Context(), made.ID)
	require.NoError(t, err)
	require.Equal(t, civic.Person{ID: "new-hire", Name: "新人", Unit: "cz-finance", Post: "经办人"}, row.Of)

	in, err := signIn(t, s, "new.hire", "Initial-Pass-1")
	require.NoError(t, err)
	require.True(t, in.MustChange)
	who, err := s.Session(t.Context(), in.Token)
	require.NoError(t, err)
	require.True(t, who.MustChange)

	other, err := signIn(t, s, "new.hire", "Initial-Pass-1")
	require.NoError(t, err)
	d := civic.Deed{Kind: "account.change_password", Object: "account:" + made.ID, Actor: who}
	requireRefused(t, s.ChangePassword(t.Context(), d, made.ID, "not the old one", "Chosen-Pass-22"), "wrong_password")
	require.NoError(t, s.ChangePassword(t.Context(), d, made.ID, "Initial-Pass-1", "Chosen-Pass-22"))
	who, err = s.Session(t.Context(), in.Token)
	require.NoError(t, err, "one's own session goes on")
	require.False(t, who.MustChange)
	_, err = s.Session(t.Context(), other.Token)
	requireRefused(t, err, "session_over")
	_, err = signIn(t, s, "new.hire", "Initial-Pass-1")
	requireRefused(t, err, "bad_credentials")
	_, err = signIn(t, s, "new.hire", "Chosen-Pass-22")
	require.NoError(t, err)
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE kind = 'account.change_password' AND result = 'refused' AND code = 'wrong_password'`))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE kind = 'account.change_password' AND result = 'done'`))
}

func TestAnAccountThatCannotBeMadeIsRefused(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for _, x := range []struct {
		name, code string
		account    civic.NewAccount
	}{
		{"the login is taken", "login_taken", civic.NewAccount{Person: "sun-lei", Login: "wang.fang"}},
		{"the id is somebody else's", "person_taken", civic.NewAccount{Person: "wang-fang", Name: "王方", Login: "wang.fang2"}},
		{"a new person needs a name", "no_such_person", civic.NewAccount{Person: "new-hire", Login: "new.hire"}},
		{"a new person's unit exists", "no_such_unit", civic.NewAccount{Person: "new-hire", Name: "新人", Unit: "no-such-unit", Login: "new.hire"}},
	} {
		_, err := s.CreateAccount(t.Context(), deed("kang-ning", unique("k"), ""), x.account, "Initial-Pass-1")
		require.True(t, civic.Refused(err, x.code), "%s: %v", x.name, err)
	}
	require.Zero(t, count(t, db, `SELECT count(*) FROM person WHERE id = 'new-hire'`), "a refusal leaves nothing behind")
	_, err := s.CreateAccount(t.Context(), deed("kang-ning", unique("k"), ""), civic.NewAccount{Person: "wang-fang", Login: "wang.fang2"}, "Initial-Pass-1")
	require.NoError(t, err, "a person may have a second account; separation of duties counts persons")
}

func TestGuessingTheOldPasswordInAStolenSessionLocksToo(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	d := civic.Deed{Kind: "account.change_password", Actor: civic.Actor{Person: "wang-fang", Account: in.Account}}
	for range 5 {
		requireRefused(t, s.ChangePassword(t.Context(), d, in.Account, "guess", "Chosen-Pass-22"), "wrong_password")
	}
	requireRefused(t, s.ChangePassword(t.Context(), d, in.Account, postgrestest.Password, "Chosen-Pass-22"), "login_locked")
}

func TestADisabledAccountIsOutAtOnceWithSessionsAndTokens(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	_, err := s.CreateToken(t.Context(), deed("wang-fang", "k", "h"), in.Account, civic.NewToken{Label: "x", Days: 1}, civic.TokenPrefix+"s")
	require.NoError(t, err)
	out, err := s.SetDisabled(t.Context(), deed("kang-ning", "k1", "h"), in.Account, true)
	require.NoError(t, err)
	require.NotNil(t, out.DisabledAt)
	_, err = s.SetDisabled(t.Context(), deed("kang-ning", "k2", "h"), in.Account, true)
	requireRefused(t, err, "account_disabled")
	_, err = s.ResetPassword(t.Context(), deed("kang-ning", "k3", "h"), in.Account, "Another-Pass-1")
	requireRefused(t, err, "account_disabled")

	out, err = s.SetDisabled(t.Context(), deed("kang-ning", "k4", "h"), in.Account, false)
	require.NoError(t, err)
	require.Nil(t, out.DisabledAt)
	_, err = s.Session(t.Context(), in.Token)
	requireRefused(t, err, "session_over")
	_, err = s.Token(t.Context(), civic.TokenPrefix+"s")
	requireRefused(t, err, "token_over")
	signedIn(t, s, "wang.fang")
	_, err = s.SetDisabled(t.Context(), deed("kang-ning", "k5", "h"), in.Account, false)
	requireRefused(t, err, "account_enabled")
	_, err = s.SetDisabled(t.Context(), deed("kang-ning", "k6", "h"), civic.NewID("no account"), true)
	requireRefused(t, err, "not_found")
	require.Zero(t, count(t, db, `SELECT count(*) FROM answer WHERE key = 'k6'`), "nothing definite is remembered about what is not there")
}

func TestAPasswordThatIsGivenAnewUnlocksAndEndsSessions(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	for range 5 {
		_, err := signIn(t, s, "wang.fang", "wrong")
		requireRefused(t, err, "bad_credentials")
	}
	row, err := s.Account(t.Context(), in.Account)
	require.NoError(t, err)
	require.NotNil(t, row.Locked)
	out, err := s.ResetPassword(t.Context(), deed("kang-ning", "k", "h"), in.Account, "Another-Pass-1")
	require.NoError(t, err)
	require.True(t, out.MustChange)
	require.Nil(t, out.Locked)
	_, err = s.Session(t.Context(), in.Token)
	requireRefused(t, err, "session_over")
	_, err = signIn(t, s, "wang.fang", "Another-Pass-1")
	require.NoError(t, err)
}

func TestAccountsAreListedByLoginInPartsThatFitTogether(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	exec(t, db, `UPDATE account SET disabled_at = now() WHERE login = 'sun.lei'`)
	logins := func(f civic.AccountFilter) (out []string) {
		for q := (civic.AccountQuery{AccountFilter: f, Window: civic.Window{Limit: 7}}); ; {
			list, err := s.Accounts(t.Context(), q)
			require.NoError(t, err)
			for _, r := range list {
				out = append(out, r.Login)
			}
			if len(list) < q.Limit {
				return out
			}
			q.After = &civic.Cursor{Text: out[len(out)-1]}
		}
	}
	all := logins(civic.AccountFilter{})
	require.Len(t, all, count(t, db, `SELECT count(*) FROM account`))
	require.IsIncreasing(t, all)
	disabled := true
	require.Equal(t, []string{"sun.lei"}, logins(civic.AccountFilter{Disabled: &disabled}))
	require.Equal(t, []string{"wang.fang"}, logins(civic.AccountFilter{Text: "王芳"}))
	require.Equal(t, []string{"wang.fang"}, logins(civic.AccountFilter{Text: "wang.f"}))
	require.Empty(t, logins(civic.AccountFilter{Text: "%"}), "a sign is a sign")
	require.Equal(t, []string{"an.quanming", "ning.jing"}, logins(civic.AccountFilter{Unit: "cz-security"}))
}
