package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/config/embedded/embeddedtest"
)

// A year of a few communities on the real services, from the circular to the plaques: what docs/performance.md measures with
// as many as a city has.
func TestAYearIsRehearsedFromTheCircularToThePlaques(t *testing.T) {
	t.Parallel()
	address, _ := embeddedtest.Temporal(t)
	exit, out, errs := command(t, "rehearse", "--communities=14", "--database-url="+embeddedtest.Postgres(t), "--temporal-address="+address)
	require.Zero(t, exit, errs)
	require.Contains(t, out, "14 nominees, 87 score sheets, 3 scored again, 14 titles")
}
