package main

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/cmd/lizheng/internal/bench"
)

// TestKilledAsAWholeItAnswersAgain is "lizheng bench --projects" with a handful of projects: what it measures, it also proves.
func TestKilledAsAWholeItAnswersAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a whole city, twice")
	}
	t.Setenv(asProgram, "1")
	r := bench.Restart{Binary: os.Args[0], Dir: chaosFolder(t), Projects: 6, Clients: 3, Password: samplePassword, Progress: os.Stderr}
	out, err := r.Run(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 6, out.Workflows, "each project has a workflow of its own")
	require.GreaterOrEqual(t, out.Killed, 3, "the product, PostgreSQL, Temporal")
	require.Equal(t, 2, out.Acts, "three projects wait for a countersignature")
	require.Less(t, out.First, 2*time.Minute)
	require.Regexp(t, `^\d{2,} checks, nothing is broken$`, out.Fsck)
}
