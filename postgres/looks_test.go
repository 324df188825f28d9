package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// wokenYear is a year that has decided something about most of its nominations, and the ids of those, in order.
func wokenYear(t *testing.T, nominations int) (*postgres.Store, *sql.DB, []string) {
	t.Helper()
	s, d := postgrestest.New(t)
	db := postgrestest.DB(t, d.Super)
	year := civic.AppraisalID(2026)
	const columns = `INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar, parent, acts_at, paused_at) `
	exec(t, db, columns+`VALUES ($1, 'KP-1', 'appraisal', '', 'x', 'cz-leading-office', 'xu-ming', 'reporting', now(), 1, NULL, NULL, NULL)`, year)
	exec(t, db, columns+`SELECT gen_random_uuid(), 'SB-' || n, 'nomination', '', 'x', 'cz-leading-office', 'xu-ming', 'qualified', now(), 1, $1, city_now(), NULL
		FROM generate_series(1, $2::integer) n`, year, nominations)
	exec(t, db, columns+`VALUES (gen_random_uuid(), 'SB-waits', 'nomination', '', 'x', 'cz-leading-office', 'xu-ming', 'ranked', now(), 1, $1, NULL, NULL),
		(gen_random_uuid(), 'SB-later', 'nomination', '', 'x', 'cz-leading-office', 'xu-ming', 'publicity', now(), 1, $1, city_now() + interval '1 day', NULL),
		(gen_random_uuid(), 'SB-paused', 'nomination', '', 'x', 'cz-leading-office', 'xu-ming', 'qualified', now(), 1, $1, city_now(), now())`, year)
	exec(t, db, `INSERT INTO outbox (id, kind, case_id) VALUES (gen_random_uuid(), 'look', $1)`, year)
	rows, err := db.Query(`SELECT id FROM cases WHERE state = 'qualified' AND paused_at IS NULL ORDER BY id`)
	require.NoError(t, err)
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		ids = append(ids, id)
	}
	require.NoError(t, rows.Err())
	return s, db, ids
}

// lookers takes down who was asked to look.
type lookers struct {
	mu   sync.Mutex
	seen []string
	fail int // how many of the first are not reached
}

func (l *lookers) look(_ context.Context, c postgres.CaseRef) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fail--; l.fail >= 0 {
		return errors.New("the engine is away")
	}
	l.seen = append(l.seen, c.ID)
	return nil
}

// all has everybody look until no message is left.
func (l *lookers) all(s *postgres.Store) error {
	for {
		found, err := s.Looks(context.Background(), l.look)
		if err != nil || !found {
			return err
		}
	}
}

func TestWhoeverHasSomethingToDoIsAskedToLookOnceAPageAtATime(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 100, 250} {
		s, db, ids := wokenYear(t, n)
		var l lookers
		require.NoError(t, l.all(s))
		require.Equal(t, ids, l.seen, "not who waits, nor whose time comes later, nor who is paused")
		require.Equal(t, n/100+1, count(t, db, `SELECT count(*) FROM outbox WHERE kind LIKE 'look%' AND sent_at IS NOT NULL`), "a message a page")
		require.Zero(t, count(t, db, `SELECT count(*) FROM outbox WHERE sent_at IS NULL`))
	}
}

func TestLooksAreNoNotices(t *testing.T) {
	t.Parallel()
	s, db, _ := wokenYear(t, 3)
	n, err := s.Deliver(t.Context())
	require.NoError(t, err)
	require.Zero(t, n)
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM outbox WHERE sent_at IS NULL`), "it waits for whoever reaches the workflows")
	require.Zero(t, count(t, db, `SELECT count(*) FROM notice`))
}

func TestAPageThatWasNotReachedComesAgain(t *testing.T) {
	t.Parallel()
	s, _, ids := wokenYear(t, 130)
	l := lookers{fail: 2}
	require.Error(t, l.all(s))
	require.Error(t, l.all(s))
	require.NoError(t, l.all(s))
	require.Equal(t, ids, l.seen)
}

func TestWhatWasInterruptedInAPageBeginsWithThatPageAgain(t *testing.T) {
	t.Parallel()
	s, _, ids := wokenYear(t, 150)
	var l lookers
	cut := errors.New("the process dies")
	_, err := s.Looks(t.Context(), func(ctx context.Context, c postgres.CaseRef) error {
		if c.ID == ids[50] {
			return cut
		}
		return l.look(ctx, c)
	})
	require.ErrorIs(t, err, cut)
	require.NoError(t, l.all(s))
	require.Equal(t, slices.Concat(ids[:50], ids), l.seen, "some twice, nobody not at all")
}

func TestSeveralProcessesShareThePages(t *testing.T) {
	t.Parallel()
	s, _, ids := wokenYear(t, 420)
	var l lookers
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 { // a process that finds the page in another's hands comes again
				if err := l.all(s); err != nil {
					panic(err)
				}
			}
		})
	}
	all.Wait()
	require.NoError(t, l.all(s))
	slices.Sort(l.seen)
	require.Equal(t, ids, l.seen)
}

func TestANoticeThatAnObjectionHasOutlivedIsNotStuck(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	objected, noticed := plant(t, db, planted{state: civic.Objected}), plant(t, db, planted{state: civic.Publicity})
	exec(t, db, `UPDATE cases SET acts_at = city_now() - interval '1 hour'`)
	stuck, err := s.Stuck(t.Context())
	require.NoError(t, err)
	require.Contains(t, stuck, postgres.CaseRef{ID: noticed.id, Procedure: civic.AccessProcedure})
	require.NotContains(t, stuck, postgres.CaseRef{ID: objected.id, Procedure: civic.AccessProcedure}, "people are asked; its workflow has nothing to do")
}
