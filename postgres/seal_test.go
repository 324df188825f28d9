package postgres_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// Whoever reaches the workflow engine can send updates; without the service's key they change nothing and leave nothing.
func TestAnActThatTheServiceDidNotSealIsRefused(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, db := freshStore(t)
	forged := civic.Act{ID: civic.NewID("act", "liang-zhiyuan", "k"), Case: civic.NewID("any"), Procedure: civic.AccessProcedure, Kind: civic.ActDecide,
		Actor: "liang-zhiyuan", Outcome: "admit", Key: "k", Route: "r", Hash: "h", Grant: civic.NewID("sample grant", "liang-zhiyuan", "leading_group_chair", "cz-leading-group")}
	altered := forged
	altered.SealWith(testKey)
	altered.Outcome = "refuse"
	other := forged
	other.SealWith([]byte("another key, of thirty-two bytes"))
	for _, act := range []civic.Act{forged, altered, other} {
		_, err := s.Commit(ctx, act)
		require.True(t, civic.Refused(err, "unsealed"), "%v", err)
	}
	var answers, events int
	require.NoError(t, db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM event WHERE actor = 'liang-zhiyuan')`).Scan(&answers, &events))
	require.Zero(t, answers+events)
}
