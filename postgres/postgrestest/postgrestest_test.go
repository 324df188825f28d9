package postgrestest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres/postgrestest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

func TestEachTestHasTheWholeCityToItself(t *testing.T) {
	t.Parallel()
	one, d := postgrestest.New(t)
	two, _ := postgrestest.New(t)
	_, err := postgrestest.DB(t, d.Super).Exec(`UPDATE person SET name = '改名' WHERE id = 'wang-fang'`)
	require.NoError(t, err)
	p, err := one.Person(t.Context(), "wang-fang")
	require.NoError(t, err)
	require.Equal(t, "改名", p.Name)
	p, err = two.Person(t.Context(), "wang-fang")
	require.NoError(t, err)
	require.Equal(t, "王芳", p.Name)
	require.NotEmpty(t, p.Grants)
}

func TestSamplePeopleSignInWithTheOnePassword(t *testing.T) {
	t.Parallel()
	s, _ := postgrestest.New(t)
	in, err := s.SignIn(t.Context(), civic.Credentials{Login: "wang.fang", Password: postgrestest.Password})
	require.NoError(t, err)
	require.Equal(t, postgrestest.Actor("wang-fang").Account, in.Account)
}

func TestTheStoreIsOpenedAsTheServiceThatMayNotRewriteHistory(t *testing.T) {
	t.Parallel()
	_, d := postgrestest.New(t)
	for url, may := range map[string]bool{d.App: false, d.Owner: true, d.Super: true} {
		var allowed bool
		require.NoError(t, postgrestest.DB(t, url).QueryRow(`SELECT has_table_privilege('event', 'DELETE')`).Scan(&allowed))
		require.Equal(t, may, allowed, url)
	}
}
