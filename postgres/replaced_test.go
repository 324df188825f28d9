package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// noticed is a case whose public notice is over: only the number is missing.
func (c *city) noticed(name string, change func(*civic.AccessRequest)) string {
	c.Helper()
	form := request(name)
	change(&form)
	made, err := c.CreateDraft(c.Context(), who("wang-fang"), unique("key"), "cz-human-resources", form)
	require.NoError(c, err)
	id := made.Case.ID
	c.does("wang-fang", civic.Command{Kind: civic.ActSubmit, Case: id})
	c.through(id)
	c.decides("liang-zhiyuan", id, "decide", "", "admit", "", civic.Details{})
	exec(c.T, c.db, `UPDATE cases SET acts_at = city_now() WHERE id = $1`, id)
	c.itself(id, civic.ActCloseNotice)
	return id
}

func (c *city) itself(id string, kind civic.ActKind) {
	c.Helper()
	progress, err := c.store.Progress(c.Context(), id)
	require.NoError(c, err)
	out, err := c.store.Commit(c.Context(), civic.Automatic(progress, civic.AccessProcedure, kind))
	require.NoError(c, err)
	require.Nil(c, out.Refusal)
}

func TestAReplacedItemGivesItsUnspentMoneyBackWhenTheNewOneBegins(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	old := c.noticed("入户调查", func(*civic.AccessRequest) {})
	c.decides("xu-ming", old, "issue", "", "issue", "", civic.Details{})
	committed := func() int {
		return count(t, c.db, `SELECT coalesce(sum(amount - resolved), 0) FROM movement WHERE kind = 'commit' AND case_id = $1`, old)
	}
	require.Equal(t, 1_173_000, committed())
	var entry string
	require.NoError(t, c.db.QueryRow(`SELECT id FROM entry WHERE case_id = $1 AND parent IS NULL`, old).Scan(&entry))

	next := c.noticed("入户调查（第二期）", func(f *civic.AccessRequest) {
		f.Purpose, f.Replaces, f.Start = civic.Change, entry, "2027-03-01"
	})
	c.decides("xu-ming", next, "issue", "", "issue", "", civic.Details{})
	require.Equal(t, 1_173_000, committed(), "until the new entry begins the old one stands")
	var actsAt, begins time.Time
	require.NoError(t, c.db.QueryRow(`SELECT acts_at FROM cases WHERE id = $1`, old).Scan(&actsAt))
	require.NoError(t, c.db.QueryRow(`SELECT lower(valid) FROM entry WHERE case_id = $1 AND parent IS NULL`, next).Scan(&begins))
	require.Equal(t, begins.UTC(), actsAt.UTC(), "then its case is looked at")

	exec(t, c.db, `UPDATE clock SET shift = $1::timestamptz - clock_timestamp() + interval '1 minute'`, begins)
	require.NoError(t, c.store.ReadClock(t.Context()))
	c.itself(old, civic.ActExpire)
	require.Zero(t, committed())
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM cases WHERE id = $1 AND state = 'expired'`, old))
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM entry WHERE id = $1 AND ended_why = 'replaced'`, entry))
}
