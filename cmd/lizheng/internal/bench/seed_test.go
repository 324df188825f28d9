package bench

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres/postgrestest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

func TestSeedLeavesEveryIndex(t *testing.T) {
	t.Parallel()
	_, d := postgrestest.New(t)
	db := postgrestest.DB(t, d.Super)
	count := func(of string) (n int) {
		require.NoError(t, db.QueryRow("SELECT count(*) FROM "+of).Scan(&n))
		return n
	}
	indexes := count("pg_indexes WHERE schemaname = 'public'")
	began := time.Now()
	require.NoError(t, seed(t.Context(), d.Super, 1000))
	t.Log(time.Since(began))
	require.Equal(t, indexes, count("pg_indexes WHERE schemaname = 'public'"))
	for _, table := range []string{"cases", "form", "task", "decision", "answer", "event"} {
		require.Equal(t, 1000, count(table), table)
	}
	require.Equal(t, 8, count("chain WHERE seq = (SELECT max(seq) FROM event WHERE chain = chain.id)"))
	ids, err := drafts(t.Context(), d.Super, 5)
	require.NoError(t, err)
	require.Len(t, ids, 5)
}
