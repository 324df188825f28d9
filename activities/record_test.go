package activities_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"lizheng/activities"
	"lizheng/civic"
)

// record answers as it is told.
type record struct {
	outcome  civic.Outcome
	progress civic.Progress
	err      error
	acts     []civic.Act
}

func (r *record) Commit(_ context.Context, a civic.Act) (civic.Outcome, error) {
	r.acts = append(r.acts, a)
	return r.outcome, r.err
}

func (r *record) Progress(context.Context, string) (civic.Progress, error) { return r.progress, r.err }

// call carries a method of Activities out as a workflow does.
func call[T any](t *testing.T, r *record, log *memory, method string, args ...any) (T, error) {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log)
	a := &activities.Activities{Record: r}
	var out T
	encoded, err := suite.NewTestActivityEnvironment().ExecuteLocalActivity(map[string]any{
		"CommitAct": a.CommitAct, "CommitAutomatic": a.CommitAutomatic, "ReadProgress": a.ReadProgress}[method], args...)
	if err == nil {
		err = encoded.Get(&out)
	}
	return out, err
}

var (
	urge    = civic.Act{ID: "1", Case: "c", Procedure: civic.AccessProcedure, Kind: civic.ActUrge, Actor: "li-juan", Key: "k", Hash: "h"}
	seen    = civic.Progress{Case: "c", State: civic.Returned, Version: 7}
	errGone = errors.New("the database is away")
	stale   = civic.Refuse(civic.Stale, "stale", "已过时", "look again")
)

func TestAnAcceptedActIsAnsweredAsTheRecordAnswers(t *testing.T) {
	t.Parallel()
	want := civic.Outcome{Receipt: &civic.Receipt{Act: "1", Case: "c", Version: 8}, Hash: "h", Progress: seen}
	r := &record{outcome: want}
	got, err := call[civic.Outcome](t, r, &memory{}, "CommitAct", urge)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, []civic.Act{urge}, r.acts)
}

func TestARefusalIsAResultAndNotTriedAgain(t *testing.T) {
	t.Parallel()
	log := &memory{}
	got, err := call[civic.Outcome](t, &record{err: fmt.Errorf("commit: %w", stale)}, log, "CommitAct", urge)
	require.NoError(t, err)
	require.Equal(t, civic.Outcome{Refusal: stale, Hash: "h"}, got)
	require.Empty(t, log.errors())
}

func TestAnErrorStaysAnErrorAndIsLogged(t *testing.T) {
	t.Parallel()
	log := &memory{}
	_, err := call[civic.Outcome](t, &record{err: errGone}, log, "CommitAct", urge)
	require.ErrorContains(t, err, errGone.Error())
	require.Len(t, log.errors(), 1)
	require.Contains(t, log.errors()[0], errGone.Error())
}

func TestNobodyActsInTheNameOfTheSystem(t *testing.T) {
	t.Parallel()
	r := &record{}
	got, err := call[civic.Outcome](t, r, &memory{}, "CommitAct", civic.Automatic(seen, civic.AccessProcedure, civic.ActLapse))
	require.NoError(t, err)
	require.Equal(t, "system_act", got.Refusal.Code)
	require.Empty(t, r.acts, "the record never heard of it")
}

func TestTheSystemActsOnTheCaseAsItWasSeen(t *testing.T) {
	t.Parallel()
	r := &record{outcome: civic.Outcome{Progress: civic.Progress{Case: "c", State: civic.Lapsed, Version: 8}}}
	got, err := call[civic.Progress](t, r, &memory{}, "CommitAutomatic", seen, civic.AccessProcedure, civic.ActLapse)
	require.NoError(t, err)
	require.Equal(t, r.outcome.Progress, got)
	require.Equal(t, []civic.Act{civic.Automatic(seen, civic.AccessProcedure, civic.ActLapse)}, r.acts)
	require.Equal(t, civic.System, r.acts[0].Actor)

	later := seen
	later.Version++
	require.NotEqual(t, r.acts[0].ID, civic.Automatic(later, civic.AccessProcedure, civic.ActLapse).ID, "another version, another act")
	require.NotEqual(t, r.acts[0].ID, civic.Automatic(seen, civic.AccessProcedure, civic.ActRemind).ID, "another kind, another act")
}

func TestWhatTheRecordRefusesTheSystemChangesNothing(t *testing.T) {
	t.Parallel()
	got, err := call[civic.Progress](t, &record{err: stale}, &memory{}, "CommitAutomatic", seen, civic.AccessProcedure, civic.ActLapse)
	require.NoError(t, err)
	require.Zero(t, got, "nothing is known from it")
}

func TestReadingWhereACaseStands(t *testing.T) {
	t.Parallel()
	log := &memory{}
	got, err := call[civic.Progress](t, &record{progress: seen}, log, "ReadProgress", "c")
	require.NoError(t, err)
	require.Equal(t, seen, got)
	got, err = call[civic.Progress](t, &record{err: fmt.Errorf("read case c: %w", civic.ErrNotFound())}, log, "ReadProgress", "c")
	require.NoError(t, err, "a case that is not there is an answer")
	require.Zero(t, got)
	require.Empty(t, log.errors())
	_, err = call[civic.Progress](t, &record{err: errGone}, log, "ReadProgress", "c")
	require.ErrorContains(t, err, errGone.Error())
	require.Len(t, log.errors(), 1)
}

// memory is a logger that remembers.
type memory struct {
	mu   sync.Mutex
	said []string
}

func (*memory) Debug(string, ...any) {}
func (*memory) Info(string, ...any)  {}
func (*memory) Warn(string, ...any)  {}
func (m *memory) Error(message string, with ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said = append(m.said, fmt.Sprint(append([]any{message, " "}, with...)...))
}

func (m *memory) errors() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said
}
