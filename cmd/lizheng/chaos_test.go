package main

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/cmd/lizheng/internal/chaos"
)

// asProgram in the environment makes the test's binary the program itself: the very code under test, race detector included.
const asProgram = "LIZHENG_TEST_AS_PROGRAM"

func init() {
	if os.Getenv(asProgram) != "" {
		main()
	}
}

// patience is generous: the test shares its machine with others. How long it took is in the report.
const patience = 6 * time.Minute

// TestChaos breaks everything for two minutes; LIZHENG_TEST_CHAOS says for how long instead.
func TestChaos(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	lasts := 2 * time.Minute
	if text := os.Getenv("LIZHENG_TEST_CHAOS"); text != "" {
		var err error
		lasts, err = time.ParseDuration(text)
		require.NoError(t, err)
	}
	var out bytes.Buffer
	layout := chaosLayout(chaosFolder(t), os.Args[0], streams{&out, os.Stderr})
	layout.Env = []string{asProgram + "=1"}
	report, err := chaos.Run(context.WithoutCancel(t.Context()), chaos.Options{Layout: layout, For: lasts, Seed: uint64(time.Now().UnixNano()) >> 16, Clients: 24, Patience: patience, Password: samplePassword})
	report.Text(&out)
	t.Log(out.String())
	require.NoError(t, err)
	require.NoError(t, report.Failed())
}

// chaosFolder is a folder that the database's user can enter; that of a test that failed stays.
func chaosFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lizheng-chaos-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("everything is kept in %s", dir)
			return
		}
		require.NoError(t, os.RemoveAll(dir))
	})
	return dir
}
