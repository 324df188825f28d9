package postgres_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/postgres"
)

// enter puts an admitted item on the list for a time, for communities or for the whole city.
func enter(t *testing.T, db *sql.DB, name string, from, until time.Time, communities ...string) string {
	t.Helper()
	id := civic.NewID(unique("entry"))
	_, err := db.Exec(`INSERT INTO entry (id, list, category, name, normal, valid) VALUES ($1, 'admitted', 'TASK', $2, $3, tstzrange($4, $5))`,
		id, name, names.Normal(name), from, until)
	require.NoError(t, err)
	for _, c := range communities {
		_, err := db.Exec(`INSERT INTO entry_region (entry_id, region, amount, units) VALUES ($1, $2, 7, 1)`, id, c)
		require.NoError(t, err)
	}
	return id
}

func entryIDs(t *testing.T, s *postgres.Store, q civic.EntryQuery) (ids []string) {
	t.Helper()
	for {
		list, err := s.Entries(t.Context(), q)
		require.NoError(t, err)
		for _, e := range list {
			ids = append(ids, e.ID)
		}
		if len(list) < q.Limit {
			return ids
		}
		last := list[len(list)-1]
		q.After = &civic.Cursor{Text: last.Name, ID: last.ID}
	}
}

func TestAListHoldsWhatIsInForceAtThatInstantByItself(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	begin, end := time.Now().Add(-time.Hour).Truncate(time.Microsecond), time.Now().Add(time.Hour).Truncate(time.Microsecond)
	id := enter(t, db, "到点即止的事项", begin, end)
	at := func(moment time.Time) []string {
		return entryIDs(t, s, civic.EntryQuery{Window: civic.Window{Limit: 3}, Moment: moment, Normal: names.Normal("到点即止")})
	}
	require.Nil(t, at(begin.Add(-time.Microsecond)))
	require.Equal(t, []string{id}, at(begin))
	require.Equal(t, []string{id}, at(end.Add(-time.Microsecond)))
	require.Nil(t, at(end), "the end itself does not belong to it")
}

func TestACommunitySeesWhatCoversItAndWhatTheWholeCityHas(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	from, until := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	here := enter(t, db, "甲事项", from, until, "cz-tianning-diaozhuang-01")
	enter(t, db, "乙事项", from, until, "cz-zhonglou-yonghong-01")
	city := enter(t, db, "丙事项", from, until)
	child := civic.NewID(unique("child"))
	_, err := db.Exec(`INSERT INTO entry (id, list, category, name, normal, valid, parent) VALUES ($1, 'admitted', 'LEDGER', '甲台账', '甲台账', tstzrange($2, $3), $4)`, child, from, until, here)
	require.NoError(t, err)
	got := entryIDs(t, s, civic.EntryQuery{EntryFilter: civic.EntryFilter{List: civic.Admitted, Category: civic.TaskItem}, Window: civic.Window{Limit: 100}, Moment: time.Now(), Areas: []string{"cz-tianning-diaozhuang-01"}})
	require.Contains(t, got, here)
	require.Contains(t, got, city)
	for _, id := range got {
		f, err := s.EntryFile(t.Context(), id)
		require.NoError(t, err)
		require.NotEqual(t, "乙事项", f.Name)
	}
	ledgers := entryIDs(t, s, civic.EntryQuery{EntryFilter: civic.EntryFilter{Category: civic.LedgerItem, List: civic.Admitted}, Window: civic.Window{Limit: 100}, Moment: time.Now(), Areas: []string{"cz-zhonglou-yonghong-01"}})
	require.NotContains(t, ledgers, child, "a child stands where its parent does")
	f, err := s.EntryFile(t.Context(), here)
	require.NoError(t, err)
	require.Len(t, f.Children, 1)
	require.Equal(t, []civic.RegionShare{{Region: "cz-tianning-diaozhuang-01", Units: 1, Amount: 7}}, f.Regions)
}

func TestTheWholeListComesInPartsWithoutGapsOrDoubles(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	var want int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM entry WHERE valid @> now() AND list = 'negative'`).Scan(&want))
	seen := map[string]bool{}
	for _, id := range entryIDs(t, s, civic.EntryQuery{EntryFilter: civic.EntryFilter{List: civic.Negative}, Window: civic.Window{Limit: 7}, Moment: time.Now()}) {
		require.False(t, seen[id])
		seen[id] = true
	}
	require.Len(t, seen, want)
	require.Greater(t, want, 50)
}

func TestTheOfficePublishesALineOnceAndEndsItWithAReason(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	e := civic.NewEntry{List: civic.Negative, Category: civic.TaskItem, Name: "社区代收物业费", Source: "办公室决定"}
	made, err := s.PublishEntry(t.Context(), deed("chen-jing", "k1", "h"), e)
	require.NoError(t, err)
	again, err := s.PublishEntry(t.Context(), deed("chen-jing", "k1", "h"), e)
	require.NoError(t, err)
	require.Equal(t, made, again)
	e.Name = "社區代收 物業費"
	_, err = s.PublishEntry(t.Context(), deed("chen-jing", "k2", "h"), e)
	require.True(t, civic.Refused(err, "already_listed"), "however it is written: %v", err)

	ended, err := s.EndEntry(t.Context(), deed("chen-jing", "k3", "h"), made.ID, time.Time{}, "依据废止")
	require.NoError(t, err)
	require.NotNil(t, ended.Until)
	_, err = s.EndEntry(t.Context(), deed("chen-jing", "k4", "h"), made.ID, time.Time{}, "再来一次")
	require.True(t, civic.Refused(err, "already_ended"), "%v", err)
	_, err = s.PublishEntry(t.Context(), deed("chen-jing", "k5", "h"), e)
	require.NoError(t, err, "what has ended does not stand in the way")

	versions, err := s.Lists(t.Context(), time.Now())
	require.NoError(t, err)
	for _, l := range versions {
		if l.List == civic.Negative {
			require.Equal(t, 3, l.Version, "each change is a version")
		}
	}
	admitted := enter(t, db, "准入事项", time.Now(), time.Now().Add(time.Hour))
	_, err = db.Exec(`UPDATE entry SET case_id = $2, act = $2 WHERE id = $1`, admitted, plant(t, db, planted{state: civic.InForce}).id)
	require.Error(t, err, "no money: the database refuses it")
}

func TestManyPublishAtOnceAndTheVersionsHaveNoGap(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	done := make(chan error)
	for i := range 16 {
		go func() {
			_, err := s.PublishEntry(t.Context(), deed("chen-jing", unique("k"), ""), civic.NewEntry{List: civic.Signs, Category: civic.SignItem, Name: "牌子" + string(rune('甲'+i)), Source: "x"})
			done <- err
		}()
	}
	for range 16 {
		require.NoError(t, <-done)
	}
	var versions, highest int
	require.NoError(t, db.QueryRow(`SELECT count(*), max(version) FROM list_version WHERE list = 'sign'`).Scan(&versions, &highest))
	require.Equal(t, []int{16, 16}, []int{versions, highest})
}
