package api

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

func TestALimiter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := &limiter{rate: Rate{PerSecond: 0.5, Burst: 3}, now: func() time.Time { return now }, buckets: map[string]*bucket{}}
	for range 3 {
		require.NoError(t, l.take("a"))
	}
	err := l.take("a")
	require.True(t, civic.Refused(err, "too_many_requests"))
	var refused httpError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, 2, refused.wait, "says after how many seconds the next one passes")
	require.NoError(t, l.take("b"), "one does not slow down another")
	now = now.Add(2 * time.Second)
	require.NoError(t, l.take("a"), "what was refused costs nothing")
	require.Error(t, l.take("a"))
	l.giveBack("a")
	require.NoError(t, l.take("a"), "what was given back counts again")
	l.giveBack("c")
	require.NotContains(t, l.buckets, "c")
	now = now.Add(time.Hour)
	for range 3 {
		require.NoError(t, l.take("a"))
	}
	require.Error(t, l.take("a"), "an hour of rest makes no larger burst")
}

func TestALimiterForgetsWhoeverIsGone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := &limiter{rate: Rate{PerSecond: 1, Burst: 1}, now: func() time.Time { return now }, buckets: map[string]*bucket{}}
	for i := range 1000 {
		require.NoError(t, l.take(fmt.Sprint(i)))
	}
	now = now.Add(2 * keep)
	require.NoError(t, l.take("last"))
	require.Len(t, l.buckets, 1)
}
