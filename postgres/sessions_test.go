package postgres_test

import (
	"database/sql"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// signIn signs in from a browser.
func signIn(t *testing.T, s *postgres.Store, login, password string) (civic.SignedIn, error) {
	t.Helper()
	return s.SignIn(t.Context(), civic.Credentials{Login: login, Password: password, Address: "192.0.2.7", Agent: "Firefox", Request: "r1"})
}

// signedIn is a session of a sample person.
func signedIn(t *testing.T, s *postgres.Store, login string) civic.SignedIn {
	t.Helper()
	in, err := signIn(t, s, login, postgrestest.Password)
	require.NoError(t, err)
	return in
}

func exec(t require.TestingT, db *sql.DB, statement string, args ...any) {
	_, err := db.Exec(statement, args...)
	require.NoError(t, err)
}

func count(t require.TestingT, db *sql.DB, query string, args ...any) (n int) {
	require.NoError(t, db.QueryRow(query, args...).Scan(&n))
	return n
}

func requireRefused(t require.TestingT, err error, code string) {
	require.True(t, civic.Refused(err, code), "%s expected, not %v", code, err)
}

func TestASessionStandsForWhoeverSignedIn(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	require.Equal(t, "wang-fang", in.Person)
	require.Len(t, in.Token, 43, "256 bits")
	require.WithinDuration(t, time.Now().Add(12*time.Hour), in.ExpiresAt, time.Minute)

	who, err := s.Session(t.Context(), in.Token)
	require.NoError(t, err)
	require.Equal(t, "wang-fang", who.Person)
	require.Equal(t, in.Account, who.Account)
	require.False(t, who.MustChange)
	list, err := s.Sessions(t.Context(), in.Account)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, who.Session, list[0].ID)
	require.Equal(t, "Firefox", list[0].Agent)
	require.Nil(t, list[0].EndedAt)

	require.NoError(t, s.SignOut(t.Context(), in.Token, civic.Actor{Address: "192.0.2.7"}))
	require.NoError(t, s.SignOut(t.Context(), in.Token, civic.Actor{Address: "192.0.2.7"}), "an ended session stays so")
	_, err = s.Session(t.Context(), in.Token)
	requireRefused(t, err, "session_over")
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE kind = 'session.sign_in' AND result = 'done' AND actor = 'wang-fang' AND actor_name = '王芳'`))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE kind = 'session.sign_out'`))
}

func TestASignInThatFailsSaysNotWhy(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	exec(t, db, `UPDATE account SET disabled_at = now() WHERE login = 'sun.lei'`)
	_, wrong := signIn(t, s, "wang.fang", "not the password")
	_, unknown := signIn(t, s, "nobody.there", postgrestest.Password)
	_, disabled := signIn(t, s, "sun.lei", postgrestest.Password)
	for _, err := range []error{wrong, unknown, disabled} {
		require.Equal(t, civic.BadCredentials(), err)
	}
	require.Equal(t, 3, count(t, db, `SELECT count(*) FROM event WHERE kind = 'session.sign_in' AND result = 'refused' AND code = 'bad_credentials' AND actor = 'public' AND address = '192.0.2.7'`))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE object = 'login'`), "what was typed is not written down: it may be a password")
	require.Zero(t, count(t, db, `SELECT count(*) FROM session`))
}

func TestAnUnknownLoginTakesTheSameWorkAsAWrongPassword(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	took := func(login string) time.Duration {
		exec(t, db, `DELETE FROM attempt`)
		began := time.Now()
		_, err := signIn(t, s, login, "wrong")
		require.Error(t, err)
		return time.Since(began)
	}
	wrong, unknown := time.Hour, time.Hour // the shortest of their runs: what the work takes when nothing else disturbs it
	for run := range 50 {
		wrong, unknown = min(wrong, took("wang.fang")), min(unknown, took("nobody.there"))
		if run >= 4 && unknown < 2*wrong && wrong < 2*unknown {
			return
		}
	}
	require.Failf(t, "they can be told apart", "%s for a wrong password, %s for an unknown login", wrong, unknown)
}

func TestEveryFifthFailureLocksForTwiceAsLongUpToFourHours(t *testing.T) {
	t.Parallel()
	for _, login := range []string{"wang.fang", "nobody.there"} { // a lock must not tell which logins there are
		t.Run(login, func(t *testing.T) {
			t.Parallel()
			s, db := freshStore(t)
			for _, minutes := range []float64{15, 30, 60, 120, 240, 240} {
				for range 5 {
					_, err := signIn(t, s, login, "wrong")
					requireRefused(t, err, "bad_credentials")
				}
				_, err := signIn(t, s, login, postgrestest.Password)
				requireRefused(t, err, "login_locked")
				var left float64
				require.NoError(t, db.QueryRow(`SELECT extract(epoch FROM locked_until - clock_timestamp()) / 60 FROM attempt WHERE login = $1`, login).Scan(&left))
				require.InDelta(t, minutes, left, 1)
				exec(t, db, `UPDATE attempt SET locked_until = clock_timestamp()`)
			}
			exec(t, db, `UPDATE attempt SET at = at - interval '25 hours'`)
			_, err := signIn(t, s, login, "wrong")
			requireRefused(t, err, "bad_credentials")
			require.Equal(t, 1, count(t, db, `SELECT failures FROM attempt WHERE login = $1`, login), "after a day all is forgiven")
		})
	}
}

func TestTheRightPasswordForgivesEarlierFailures(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	for range 4 {
		for range 4 {
			_, err := signIn(t, s, "wang.fang", "wrong")
			requireRefused(t, err, "bad_credentials")
		}
		signedIn(t, s, "wang.fang")
	}
}

func TestManyGuessesAtOnceAreNoMoreThanOneByOne(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	var mu sync.Mutex
	codes := map[string]int{}
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			_, err := s.SignIn(t.Context(), civic.Credentials{Login: "wang.fang", Password: fmt.Sprint("guess ", i)})
			mu.Lock()
			defer mu.Unlock()
			codes[civic.AsRefusal(err).Code]++
		})
	}
	all.Wait()
	require.Equal(t, map[string]int{"bad_credentials": 5, "login_locked": 15}, codes)
}

func TestASessionEndsByItselfAndAtOnceWithItsAccount(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for _, x := range []struct {
		name, change string
		over         bool
	}{
		{"half an hour is not over yet", `UPDATE session SET seen_at = seen_at - interval '29 minutes'`, false},
		{"half an hour without a request", `UPDATE session SET seen_at = seen_at - interval '30 minutes'`, true},
		{"twelve hours are not over yet", `UPDATE session SET expires_at = expires_at - interval '719 minutes'`, false},
		{"twelve hours", `UPDATE session SET expires_at = expires_at - interval '720 minutes'`, true},
		{"the account is disabled", `UPDATE account SET disabled_at = clock_timestamp() WHERE login = 'wang.fang'`, true},
	} {
		exec(t, db, `DELETE FROM session`)
		in := signedIn(t, s, "wang.fang")
		exec(t, db, x.change)
		_, err := s.Session(t.Context(), in.Token)
		require.Equal(t, x.over, civic.Refused(err, "session_over"), "%s: %v", x.name, err)
		if x.over && x.change[7] != 'a' {
			list, err := s.Sessions(t.Context(), in.Account)
			require.NoError(t, err)
			require.NotNil(t, list[0].EndedAt, "%s: the list says so", x.name)
		}
	}
}

func TestASessionIsSeenAtMostOnceAMinute(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	seen := func() (at time.Time) {
		_, err := s.Session(t.Context(), in.Token)
		require.NoError(t, err)
		require.NoError(t, db.QueryRow(`SELECT seen_at FROM session`).Scan(&at))
		return at
	}
	first := seen()
	require.Equal(t, first, seen(), "nothing is written within a minute")
	exec(t, db, `UPDATE session SET seen_at = seen_at - interval '61 seconds'`)
	require.True(t, seen().After(first))
}

func TestOnesOwnSessionsAreEndedOneByOne(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	one, two, other := signedIn(t, s, "wang.fang"), signedIn(t, s, "wang.fang"), signedIn(t, s, "sun.lei")
	who, err := s.Session(t.Context(), two.Token)
	require.NoError(t, err)
	theirs, err := s.Session(t.Context(), other.Token)
	require.NoError(t, err)
	for range 2 {
		require.NoError(t, s.EndSession(t.Context(), deed("wang-fang", "", ""), one.Account, who.Session), "ending twice is ending")
	}
	_, err = s.Session(t.Context(), two.Token)
	requireRefused(t, err, "session_over")
	_, err = s.Session(t.Context(), one.Token)
	require.NoError(t, err)
	for _, id := range []string{theirs.Session, "ab", "no hex", ""} {
		requireRefused(t, s.EndSession(t.Context(), deed("wang-fang", "", ""), one.Account, id), "not_found")
	}
	_, err = s.Session(t.Context(), other.Token)
	require.NoError(t, err)
}

// secretIn counts the rows of all tables that hold a text.
func secretIn(t *testing.T, db *sql.DB, secret string) (n int) {
	list, err := db.Query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`)
	require.NoError(t, err)
	defer list.Close()
	for list.Next() {
		var table string
		require.NoError(t, list.Scan(&table))
		n += count(t, db, fmt.Sprintf(`SELECT count(*) FROM %q x WHERE position($1 IN x::text) > 0`, table), secret)
	}
	require.NoError(t, list.Err())
	return n
}

func TestTheRecordHoldsNoSecretInClear(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	in := signedIn(t, s, "wang.fang")
	_, err := signIn(t, s, "Wrong-Field-Password-1", "Wrong-Field-Password-2")
	require.Error(t, err)
	_, err = s.CreateToken(t.Context(), deed("wang-fang", "k", "h"), in.Account, civic.NewToken{Label: "script", Days: 1}, civic.TokenPrefix+"a-secret-of-256-bits")
	require.NoError(t, err)
	_, err = s.ResetPassword(t.Context(), deed("kang-ning", "k", "h"), in.Account, "Given-Password-3")
	require.NoError(t, err)
	require.NotZero(t, secretIn(t, db, "王芳"), "the search finds what is there")
	exec(t, db, `DELETE FROM attempt`) // whose key is a login: what is typed there by mistake goes with it within a day
	for _, secret := range []string{postgrestest.Password, in.Token, "Wrong-Field-Password", "a-secret-of-256-bits", "Given-Password-3"} {
		require.Zero(t, secretIn(t, db, secret), secret)
	}
}

func TestAnAPITokenStandsForItsAccountUntilItIsOver(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	account := signedIn(t, s, "wang.fang").Account
	secret := civic.TokenPrefix + "256bits"
	made, err := s.CreateToken(t.Context(), deed("wang-fang", "k", "h"), account, civic.NewToken{Label: "script", Days: 30}, secret)
	require.NoError(t, err)
	again, err := s.CreateToken(t.Context(), deed("wang-fang", "k", "h"), account, civic.NewToken{Label: "script", Days: 30}, secret)
	require.NoError(t, err)
	require.Equal(t, made.ID, again.ID, "the same key makes one token")
	require.WithinDuration(t, time.Now().AddDate(0, 0, 30), made.ExpiresAt, time.Hour)

	who, err := s.Token(t.Context(), secret)
	require.NoError(t, err)
	require.Equal(t, civic.Actor{Person: "wang-fang", Account: account}, who)
	list, err := s.Tokens(t.Context(), account)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.NotNil(t, list[0].UsedAt)
	require.Empty(t, list[0].Secret)

	for _, x := range []struct{ name, change, undo string }{
		{"expired", `UPDATE api_token SET expires_at = clock_timestamp()`, `UPDATE api_token SET expires_at = clock_timestamp() + interval '1 day'`},
		{"disabled", `UPDATE account SET disabled_at = clock_timestamp() WHERE login = 'wang.fang'`, `UPDATE account SET disabled_at = NULL`},
	} {
		exec(t, db, x.change)
		_, err = s.Token(t.Context(), secret)
		require.True(t, civic.Refused(err, "token_over"), x.name)
		exec(t, db, x.undo)
	}
	for _, wrong := range []string{"", "256bits", civic.TokenPrefix, secret + "x"} {
		_, err = s.Token(t.Context(), wrong)
		requireRefused(t, err, "token_over")
	}
	requireRefused(t, s.RevokeToken(t.Context(), deed("sun-lei", "", ""), civic.NewID("sample account", "sun.lei"), made.ID), "not_found")
	for range 2 {
		require.NoError(t, s.RevokeToken(t.Context(), deed("wang-fang", "", ""), account, made.ID), "revoking twice is revoking")
	}
	_, err = s.Token(t.Context(), secret)
	requireRefused(t, err, "token_over")
}
