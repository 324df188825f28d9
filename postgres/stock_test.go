package postgres_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/postgres"
)

// proposed is a draft of 红梅街道 for a community, written straight into the record.
func proposed(t *testing.T, db *sql.DB, region, name string) string {
	t.Helper()
	body, err := json.Marshal(civic.Supplement{SupplementForm: civic.SupplementForm{Region: region, Means: civic.FromPurchase, Area: 600_00, Address: name, Storey: 1,
		Cost: 1, Money: "区级财政", Ready: time.Now().AddDate(0, 0, 200).Format(time.DateOnly), Why: "老旧小区未配建"}})
	require.NoError(t, err)
	id := civic.NewID(t.Name(), name)
	_, err = db.Exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
		VALUES ($1, 'supplement', '', $2, 'cz-tianning-hongmei-office', 'wan-peng', 'draft', now(), 1)`, id, name)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, 'x')`, id, body)
	require.NoError(t, err)
	return id
}

// Eight proposals that each make up for the whole shortage of one community are filed at the same moment: one is taken, and the
// others hear that it is promised.
func TestOnePromiseIsEnoughForACommunity(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	const at = 8
	outs := make([]civic.Outcome, at)
	var all sync.WaitGroup
	for i := range at {
		id := proposed(t, db, "cz-tianning-hongmei-03", fmt.Sprintf("红梅路%d号", i))
		all.Go(func() {
			key := fmt.Sprintf("promise-%d", i)
			a := civic.Act{ID: civic.NewID("act", "wan-peng", key), Case: id, Procedure: civic.SupplementProcedure, Kind: civic.ActSubmit, Actor: "wan-peng",
				Grant: civic.NewID("sample grant", "wan-peng", "street_clerk", "cz-tianning-hongmei-office"), Key: key, Route: "t", Hash: key}
			a.SealWith(testKey)
			out, err := s.Commit(t.Context(), a)
			if err != nil {
				t.Error(err)
			}
			outs[i] = out
		})
	}
	all.Wait()
	taken := 0
	for _, out := range outs {
		if out.Refusal == nil {
			taken++
			continue
		}
		require.Equal(t, "not_short", out.Refusal.Code)
		require.Equal(t, "600.00", out.Refusal.Figures["promised"])
	}
	require.Equal(t, 1, taken)
}

// The pages of a register of 30,000 rooms are read along an index, from wherever the last one ended.
func TestTheRegisterIsReadAlongAnIndex(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	_, err := db.Exec(`
		INSERT INTO stock_room (id, region, name, normal, area, storey, uses, state, title_kind, from_day, origin, version, effective, changed_by)
		SELECT gen_random_uuid(), g.key, '第' || n || '号用房', 'no' || n, 2000 + n, 1, ARRAY[CASE n % 10 WHEN 0 THEN 'reading' ELSE 'office' END],
		       CASE WHEN n % 50 = 0 THEN 'vacant' WHEN n % 1000 = 1 THEN 'misused' ELSE 'in_use' END, 'none', '2020-01-01', 'existing', 1, '2020-01-01', 'profile'
		FROM generate_series(1, 200) n, (SELECT key FROM region WHERE level = 'community' AND valid_until IS NULL LIMIT 150) g;
		ANALYZE stock_room`)
	require.NoError(t, err)
	window, today := civic.Window{Limit: 21}, workday.DateOf(time.Now())
	later := civic.Window{Limit: 21, After: &civic.Cursor{Text: "第150号用房", ID: civic.NewID("x")}}
	for name, q := range map[string]civic.StockQuery{
		"the whole city":              {Window: window, Day: today},
		"deep in the list":            {Window: later, Day: today},
		"one community":               {Window: window, Day: today, Communities: []string{"cz-tianning-hongmei-01"}},
		"a street of five":            {Window: window, Day: today, Communities: []string{"cz-tianning-hongmei-01", "cz-tianning-hongmei-02", "cz-tianning-hongmei-03", "cz-tianning-hongmei-04", "cz-tianning-hongmei-05"}},
		"vacant":                      {Window: window, Day: today, StockFilter: civic.StockFilter{State: civic.RoomVacant}},
		"misused, which is rare":      {Window: window, Day: today, StockFilter: civic.StockFilter{State: civic.RoomMisused}},
		"with a use":                  {Window: window, Day: today, StockFilter: civic.StockFilter{Use: "reading"}},
		"with those that are gone":    {Window: window},
		"a word that many names have": {Window: window, Day: today, Normal: "no1"},
	} {
		query, args := postgres.StockQuery(q)
		rows, err := db.Query("EXPLAIN "+query, args...)
		require.NoError(t, err)
		var plan strings.Builder
		for rows.Next() {
			var line string
			require.NoError(t, rows.Scan(&line))
			plan.WriteString(line + "\n")
		}
		require.NoError(t, rows.Err())
		require.NotContains(t, plan.String(), "Seq Scan", "%s:\n%s", name, plan.String())
		began := time.Now()
		list, err := s.StockRooms(t.Context(), q)
		require.NoError(t, err)
		require.NotEmpty(t, list, name)
		t.Logf("%-28s %6.2f ms, %d rooms", name, ms(time.Since(began)), len(list))
	}
	began := time.Now()
	all, err := s.StockOn(t.Context(), today)
	require.NoError(t, err)
	require.Greater(t, len(all), 30_000)
	t.Logf("%-28s %6.2f ms, %d rooms", "the register of a day", ms(time.Since(began)), len(all))
}
