package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// Whoever has waited for a lock goes by what the one before left behind, never by what there was when the waiting began.

// crowd does the same several times at once and sorts the outcomes.
func crowd(t *testing.T, n int, do func(i int) error) (done int, stale int) {
	t.Helper()
	errs := make([]error, n)
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-begin
			errs[i] = do(i)
		})
	}
	close(begin)
	all.Wait()
	for _, err := range errs {
		switch {
		case err == nil:
			done++
		case civic.Refused(err, "stale"):
			stale++
		default:
			require.NoError(t, err)
		}
	}
	return done, stale
}

func TestOfManyWhoSaveOneDraftAtOnceOneDoesAndTheOthersAreTold(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	for range races() {
		made := draft(t, s, "多人同时保存的草稿")
		done, stale := crowd(t, 4, func(i int) error {
			_, err := s.SaveForm(context.Background(), deed("wang-fang", "", ""), made.Case.ID, 1, civic.AccessRequest{Name: fmt.Sprint("第", i, "种写法")})
			return err
		})
		require.Equal(t, []int{1, 3}, []int{done, stale})
	}
}

func TestOfManyWhoReplaceOneTaskTableAtOnceOneDoesAndTheOthersAreTold(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for i := range races() {
		id := civic.NewID("year", fmt.Sprint(i))
		_, err := db.Exec(`INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar)
			VALUES ($1, 'KH-2026-' || $2::text, 'assessment', '', 'x', 'cz-leading-office', 'chen-jing', 'table', now(), 1)`, id, i)
		require.NoError(t, err)
		_, err = db.Exec(`INSERT INTO task (id, case_id, ord, step, role, unit, round, state, opened_at, opened_by, term)
			VALUES (gen_random_uuid(), $1, 0, 'table', 'city_office_clerk', 'cz-leading-office', 1, 'open', now(), $1, 1)`, id)
		require.NoError(t, err)
		on := civic.Assessing{Case: id, Step: "table", Unit: "cz-leading-office"}
		done, stale := crowd(t, 4, func(n int) error {
			rows := []civic.TableRow{{Key: "1", Category: "burden", Task: fmt.Sprint("第", n, "种写法"), Target: "x", Points: 100, Evidence: "x"}}
			_, err := s.SaveRows(context.Background(), deed("chen-jing", "", ""), on, 1, rows)
			return err
		})
		require.Equal(t, []int{1, 3}, []int{done, stale})
	}
}
