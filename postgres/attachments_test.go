package postgres_test

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

var file = civic.NewAttachment{Name: "依据.pdf", MediaType: "application/pdf", Size: 1234, SHA256: strings.Repeat("ab", 32)}

func TestAFileIsPutToACaseOnceAndTakenOffOnlyWhileItIsEdited(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Draft})
	a, err := s.AddAttachment(t.Context(), deed("wang-fang", "k", "h"), c.id, file)
	require.NoError(t, err)
	again, err := s.AddAttachment(t.Context(), deed("wang-fang", "k", "h"), c.id, file)
	require.NoError(t, err)
	require.Equal(t, a.ID, again.ID)
	seen, err := s.Attachment(t.Context(), a.ID)
	require.NoError(t, err)
	require.Equal(t, civic.NewAttachment{Name: seen.Name, MediaType: seen.MediaType, Size: seen.Size, SHA256: seen.SHA256}, file)
	require.Equal(t, "wang-fang", seen.AddedBy)

	exec(t, db, `INSERT INTO move VALUES ('access', 'draft', 'submitted'), ('access', 'submitted', 'returned'), ('access', 'returned', 'archived') ON CONFLICT DO NOTHING`)
	to := func(state civic.State) {
		exec(t, db, `UPDATE cases SET state = $2, number = 'ZR-2026-1', updated_at = clock_timestamp() WHERE id = $1`, c.id, state)
	}
	to(civic.Submitted)
	requireRefused(t, s.RemoveAttachment(t.Context(), deed("wang-fang", "", ""), a.ID), "not_editable")
	_, err = s.AddAttachment(t.Context(), deed("wang-fang", "k2", "h"), c.id, file)
	require.NoError(t, err, "what a reviewer brings is added while the case runs")
	to(civic.Returned)
	require.NoError(t, s.RemoveAttachment(t.Context(), deed("wang-fang", "", ""), a.ID))
	requireRefused(t, s.RemoveAttachment(t.Context(), deed("wang-fang", "", ""), a.ID), "not_found")
	_, err = s.Attachment(t.Context(), a.ID)
	requireRefused(t, err, "not_found")
	list, err := s.Attachments(t.Context(), c.id)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM attachment WHERE removed_at IS NOT NULL`), "what was known of it stays")
	to(civic.Archived)
	_, err = s.AddAttachment(t.Context(), deed("wang-fang", "k3", "h"), c.id, file)
	requireRefused(t, err, "not_editable")
	_, err = s.AddAttachment(t.Context(), deed("wang-fang", "k4", "h"), civic.NewID("no case"), file)
	requireRefused(t, err, "not_found")
}

func TestACaseHasNoMoreFilesThanItMayHoweverManyComeAtOnce(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Draft})
	var taken, refused atomic.Int64
	var all sync.WaitGroup
	for worker := range 6 {
		all.Go(func() {
			for i := range 10 {
				_, err := s.AddAttachment(t.Context(), deed("wang-fang", fmt.Sprint(worker, "-", i), "h"), c.id, file)
				switch {
				case err == nil:
					taken.Add(1)
				case civic.Refused(err, "too_many_files"):
					refused.Add(1)
				}
			}
		})
	}
	all.Wait()
	require.EqualValues(t, civic.MaxAttachments, taken.Load())
	require.EqualValues(t, 60-civic.MaxAttachments, refused.Load())
	require.Equal(t, civic.MaxAttachments, count(t, db, `SELECT count(*) FROM attachment`))
}
