package embedded

import (
	"context"
	"database/sql"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// dataDir is a folder that the database user can reach, which t.TempDir is
// not when root runs the tests.
func dataDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lizheng-embedded-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return filepath.Join(dir, "data")
}

func start(t *testing.T, o Options) *Services {
	t.Helper()
	s, err := Start(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, stopWithin(s.Stop)) })
	return s
}

func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

func dial(t *testing.T, s *Services) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: s.TemporalAddress, Namespace: s.TemporalNamespace})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func TestDataAndAddressesOutliveAKillOfEverything(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := start(t, Options{DataDir: dataDir(t), Durable: true})

	owner := open(t, s.AdminURL)
	_, err := owner.ExecContext(ctx, `CREATE TABLE kept (word text)`)
	require.NoError(t, err)
	_, err = owner.ExecContext(ctx, `INSERT INTO kept VALUES ('里正')`)
	require.NoError(t, err)
	run, err := dial(t, s).ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: "access/1", TaskQueue: "nobody"}, "Access")
	require.NoError(t, err)

	var killing sync.WaitGroup
	killing.Go(func() { require.NoError(t, s.Temporal.Kill()) })
	killing.Go(func() { require.NoError(t, s.Postgres.Kill()) })
	killing.Wait()
	require.NoError(t, s.Postgres.Restart(ctx))
	require.NoError(t, s.Temporal.Restart(ctx))

	var word string
	require.NoError(t, owner.QueryRowContext(ctx, `SELECT word FROM kept`).Scan(&word))
	require.Equal(t, "里正", word)
	found, err := dial(t, s).DescribeWorkflow(ctx, "access/1", "")
	require.NoError(t, err)
	require.Equal(t, run.GetRunID(), found.WorkflowExecution.RunID)
	require.NoError(t, s.Err(), "a kill through this package is no loss")

	checksums := ""
	require.NoError(t, owner.QueryRowContext(ctx, `SHOW data_checksums`).Scan(&checksums))
	require.Equal(t, "on", checksums)
}

func TestTheServiceRoleOwnsNothing(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, Options{DataDir: dataDir(t)})

	_, err := open(t, pg.DatabaseURL()).ExecContext(t.Context(), `CREATE TABLE mine (a int)`)
	require.ErrorContains(t, err, "permission denied")
	require.Error(t, open(t, pg.URL(appRole, temporalDatabase)).PingContext(t.Context()), "Temporal's tables are not ours")
	var tcp string
	require.NoError(t, open(t, pg.SuperuserURL()).QueryRowContext(t.Context(), `SHOW listen_addresses`).Scan(&tcp))
	require.Empty(t, tcp)
}

func startPostgres(t *testing.T, o Options) *Postgres {
	t.Helper()
	pg, err := StartPostgres(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, stopWithin(pg.Stop)) })
	return pg
}

func TestALossNobodyAskedForIsReported(t *testing.T) {
	t.Parallel()
	s := start(t, Options{DataDir: dataDir(t)})

	require.NoError(t, syscall.Kill(s.Postgres.Pid(), syscall.SIGKILL))
	select {
	case <-s.Done():
	case <-time.After(30 * time.Second):
		t.Fatal("the loss went unnoticed")
	}
	require.ErrorContains(t, s.Err(), "PostgreSQL stopped unexpectedly")
}

func TestASecondStartKeepsTheAddressAndMakesNothingNew(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	first := start(t, o)
	_, err := Start(t.Context(), o)
	require.ErrorContains(t, err, "in use by another running lizheng")
	require.NoError(t, first.Stop(t.Context()))

	var said strings.Builder
	o.Progress = &said
	second := start(t, o)
	require.Equal(t, first.TemporalAddress, second.TemporalAddress)
	require.Equal(t, first.DatabaseURL, second.DatabaseURL)
	require.Empty(t, said.String(), "nothing took long enough to say so")
}

func TestAnInterruptedFirstSetUpOfTemporalIsDoneAgain(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	pg := startPostgres(t, o)
	for _, s := range stores { // a table of the first step, and no note
		db, err := sql.Open("postgres", pg.URL(temporalRole, s.database))
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), `CREATE TABLE `+s.first+` (id int)`)
		require.NoError(t, err)
		require.NoError(t, db.Close())
	}

	temporal, err := StartTemporal(t.Context(), pg, o)
	require.NoError(t, err)
	require.NoError(t, temporal.Kill())
}

func TestAServerLeftOverByAKilledParentIsReplaced(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	orphan := startPostgres(t, o)
	pid := orphan.Pid()
	require.NoError(t, orphan.folder.close(), "the lock goes with the parent")

	pg := startPostgres(t, o)
	require.NotEqual(t, pid, pg.Pid())
	require.NoError(t, open(t, pg.DatabaseURL()).PingContext(t.Context()))
}

func TestAPidFileThatNamesAStrangerIsNoObstacle(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	pg := startPostgres(t, o)
	require.NoError(t, pg.Stop(t.Context()))
	stranger := strconv.Itoa(os.Getppid())
	path := filepath.Join(pg.cluster(), "postmaster.pid")
	require.NoError(t, os.WriteFile(path, []byte(stranger+"\n"), 0o644))

	require.NoError(t, open(t, startPostgres(t, o).DatabaseURL()).PingContext(t.Context()))
}

func TestALongFolderNameStillGetsASocket(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, Options{DataDir: filepath.Join(dataDir(t), strings.Repeat("long", 30))})
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(pg.SocketDir())) })
	require.NoError(t, open(t, pg.DatabaseURL()).PingContext(t.Context()))
}

func TestWhatCannotStartSaysWhyInOneSentence(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { taken.Close() })
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	otherVersion := dataDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(otherVersion, "postgres"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(otherVersion, "postgres", "PG_VERSION"), []byte("99\n"), 0o644))
	foreign := dataDir(t)
	require.NoError(t, os.MkdirAll(filepath.Join(foreign, "postgres", "thesis"), 0o755))

	for _, c := range []struct {
		name    string
		options Options
		says    string
	}{
		{"no data folder", Options{}, "no data folder was given"},
		{"a folder that cannot be made", Options{DataDir: filepath.Join(file, "data")}, "cannot be made: not a directory"},
		{"a folder of another version", Options{DataDir: otherVersion}, "made by PostgreSQL 99"},
		{"a folder with something else in it", Options{DataDir: foreign}, "holds files but no PostgreSQL cluster"},
		{"a port in use", Options{DataDir: dataDir(t), TemporalPort: taken.Addr().(*net.TCPAddr).Port}, "is in use by another program"},
		{"no Temporal and no sources", Options{DataDir: dataDir(t), CacheDir: t.TempDir(), SourceDir: t.TempDir()}, "could not be built"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Start(t.Context(), c.options)
			require.ErrorContains(t, err, c.says)
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestAFolderTheDatabaseUserCannotEnterIsNamed(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs the database as another user")
	}
	closed, err := os.MkdirTemp("", "lizheng-closed-") // 0700
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(closed)) })

	_, err = StartPostgres(t.Context(), Options{DataDir: filepath.Join(closed, "data")})
	require.ErrorContains(t, err, "who cannot enter")
}

func TestAMissingProgramIsNamedWithTheCommandThatInstallsIt(t *testing.T) {
	t.Parallel()
	_, err := findPrograms(t.Context(), []string{t.TempDir()}, 0)
	require.ErrorIs(t, err, errNoPostgres)
	require.ErrorContains(t, err, "apt-get install -y postgresql")
}

func TestACancelledStartLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	o := Options{DataDir: dataDir(t)}
	ctx, cancel := context.WithCancel(t.Context())
	pg, err := StartPostgres(ctx, o)
	require.NoError(t, err)
	cancel()
	_, err = StartTemporal(ctx, pg, o)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, pg.Stop(t.Context()))
	require.Empty(t, processesIn(pg.cluster(), "postgres"))
	require.Empty(t, processesIn(filepath.Join(o.DataDir, "temporal"), serverProgram))
}
