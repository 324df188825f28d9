package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic"
	"lizheng/postgres"
)

// planted is a case written straight into the tables: only lists look at it.
type planted struct {
	id, title, unit, applicant string
	seq                        int64
	procedure                  civic.Procedure // the admission unless it is said
	state                      civic.State
	parties, readers           []string
	due                        *time.Time
}

// plant writes a case; its form says no more than its title.
func plant(t require.TestingT, db *sql.DB, p planted) planted {
	if p.id == "" {
		p.id = civic.NewID(unique("case"))
	}
	if p.title == "" {
		p.title = "样例事项"
	}
	if p.unit == "" {
		p.unit, p.applicant = "cz-human-resources", "wang-fang"
	}
	if p.procedure == "" {
		p.procedure = civic.AccessProcedure
	}
	var number, closed any
	if p.state != civic.Draft {
		number = "ZR-2026-" + p.id[:8]
	}
	if p.state.Over() {
		closed = time.Now()
	}
	err := db.QueryRow(`
		INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar, grams, due_at, closed_at)
		VALUES ($1, $2, $10, CASE $10 WHEN 'access' THEN 'discretionary' ELSE '' END, $3, $4, $5, $6, now(), 1, $7, $8, $9) RETURNING seq`,
		p.id, number, p.title, p.unit, p.applicant, p.state, pq.Array(civic.TitleGrams(p.title)), p.due, closed, p.procedure).Scan(&p.seq)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, '{}', '')`, p.id)
	require.NoError(t, err)
	for _, u := range p.parties {
		_, err = db.Exec(`INSERT INTO case_party (unit, case_id, seq) VALUES ($1, $2, $3)`, u, p.id, p.seq)
		require.NoError(t, err)
	}
	for _, r := range p.readers {
		_, err = db.Exec(`INSERT INTO case_reader (person, case_id, seq) VALUES ($1, $2, $3)`, r, p.id, p.seq)
		require.NoError(t, err)
	}
	return p
}

var everything = civic.Sight{Cases: civic.Scope{All: true}, Drafts: civic.Scope{All: true}}

// listed pages through a list to its end, a few lines at a time.
func listed(t require.TestingT, s *postgres.Store, q civic.CaseQuery, size int) []string {
	var ids []string
	for {
		q.Limit = size
		list, err := s.Cases(context.Background(), q)
		require.NoError(t, err)
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		if len(list) < size {
			return ids
		}
		last := list[len(list)-1]
		q.After = &civic.Cursor{Seq: last.Seq}
		if q.Overdue {
			q.After.At = *last.DueAt
		}
	}
}

func TestAListShowsWhatTheSightCoversAndNothingElse(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	units := []string{"cz-human-resources", "cz-disabled", "cz-finance", "cz-leading-office"}
	persons := []string{"li-juan", "wang-fang", "sun-lei"}
	states := []civic.State{civic.Draft, civic.Submitted, civic.InForce, civic.Archived}
	titles := []string{"入户调查", "志愿服务", "健康调查"}
	var all []planted
	for i := range 80 {
		p := planted{state: states[i%len(states)], title: titles[i%len(titles)]}
		for j, u := range units {
			if i>>(2+j)&1 == 1 {
				p.parties = append(p.parties, u)
			}
		}
		for j, r := range persons {
			if i%(j+3) == 0 {
				p.readers = append(p.readers, r)
			}
		}
		all = append(all, plant(t, db, p))
	}
	slices.Reverse(all)          // newest first
	_, err := db.Exec(`ANALYZE`) // so that every way to lead a list is taken by some
	require.NoError(t, err)
	scope := rapid.Custom(func(t *rapid.T) civic.Scope {
		return civic.Scope{All: rapid.IntRange(0, 4).Draw(t, "all") == 0, Units: rapid.SliceOfNDistinct(rapid.SampledFrom(units), 0, 3, rapid.ID).Draw(t, "units"),
			Person: rapid.SampledFrom(append([]string{""}, persons...)).Draw(t, "person")}
	})
	rapid.Check(t, func(t *rapid.T) {
		sight := civic.Sight{Cases: scope.Draw(t, "cases"), Drafts: scope.Draw(t, "drafts")}
		var want []string
		for _, p := range all {
			if sight.Covers(p.state, p.parties, p.readers) {
				want = append(want, p.id)
			}
			_, err := s.CaseFile(context.Background(), sight, p.id)
			require.Equal(t, sight.Covers(p.state, p.parties, p.readers), err == nil, "one case: %v", err)
			if err != nil {
				require.True(t, civic.Refused(err, "not_found"), "%v", err)
			}
		}
		q := civic.CaseQuery{Sight: sight}
		require.Equal(t, want, listed(t, s, q, rapid.IntRange(1, 20).Draw(t, "page")), "the whole list")
		narrow := civic.CaseQuery{Sight: sight, Grams: civic.Grams(rapid.SampledFrom([]string{"", "调查", "入户", "探访"}).Draw(t, "text"))}
		narrow.States = rapid.SliceOfN(rapid.SampledFrom(states), 0, 3).Draw(t, "states")
		var fit []string
		for _, p := range all {
			words := len(civic.Grams(p.title)) > 0 && !slices.ContainsFunc(narrow.Grams, func(g string) bool { return !slices.Contains(civic.Grams(p.title), g) })
			if slices.Contains(want, p.id) && words && (len(narrow.States) == 0 || slices.Contains(narrow.States, p.state)) {
				fit = append(fit, p.id)
			}
		}
		require.Equal(t, fit, listed(t, s, narrow, rapid.IntRange(1, 20).Draw(t, "narrow page")), "%v %v", narrow.States, narrow.Grams)
		q.Mine, q.Me = true, "wang-fang"
		require.Equal(t, want, listed(t, s, q, 30), "the list that another index leads")

		q.Mine, q.Copied, q.Me = false, true, "li-juan"
		var copied []string
		for _, p := range all {
			if slices.Contains(want, p.id) && slices.Contains(p.readers, q.Me) {
				copied = append(copied, p.id)
			}
		}
		require.Equal(t, copied, listed(t, s, q, rapid.IntRange(1, 20).Draw(t, "copied page")), "what was sent for reading")
		q.Copied, q.Filed = false, true
		var filed []string
		for _, p := range all {
			if slices.Contains(want, p.id) && p.state != civic.Draft {
				filed = append(filed, p.id)
			}
		}
		require.Equal(t, filed, listed(t, s, q, 30), "no drafts")

		n, err := s.CountCases(context.Background(), sight, "")
		require.NoError(t, err)
		var sum int64
		for _, count := range n.States {
			sum += count
		}
		require.EqualValues(t, len(want), sum, "the count")
	})
}

func TestPagingNeitherDoublesNorSkipsWhileTheListGrows(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	var want []string
	for range 25 {
		want = append(want, plant(t, db, planted{state: civic.Submitted}).id)
	}
	slices.Reverse(want)
	q := civic.CaseQuery{Sight: everything, Window: civic.Window{Limit: 4}}
	var got []string
	for {
		list, err := s.Cases(t.Context(), q)
		require.NoError(t, err)
		for _, c := range list {
			got = append(got, c.ID)
		}
		if len(list) < q.Limit {
			break
		}
		plant(t, db, planted{state: civic.Submitted}) // somebody files another meanwhile
		q.After = &civic.Cursor{Seq: list[len(list)-1].Seq}
	}
	require.Equal(t, want, got)
}

func TestOverdueCasesComeLongestOverdueFirst(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	at := func(hours int) *time.Time { due := time.Now().Add(time.Duration(hours) * time.Hour).UTC(); return &due }
	var want []string
	for _, hours := range []int{-90, -50, -50, -2} {
		want = append(want, plant(t, db, planted{state: civic.Accepted, due: at(hours)}).id)
	}
	plant(t, db, planted{state: civic.Accepted, due: at(5)})
	plant(t, db, planted{state: civic.Withdrawn, due: at(-5)})
	require.Equal(t, want, listed(t, s, civic.CaseQuery{Sight: everything, CaseFilter: civic.CaseFilter{Overdue: true}}, 1))
	n, err := s.CountCases(t.Context(), everything, "")
	require.NoError(t, err)
	require.EqualValues(t, len(want), n.Overdue)
}

func TestWhatIsCountedIsOfOneProcedureWhereOneIsSaid(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for range 2 {
		plant(t, db, planted{state: civic.Publicity})
	}
	for range 3 {
		plant(t, db, planted{state: civic.Publicity, procedure: civic.NominationProcedure})
	}
	plant(t, db, planted{state: civic.Draft, procedure: civic.HousingProcedure})
	for of, want := range map[civic.Procedure]int64{"": 5, civic.AccessProcedure: 2, civic.NominationProcedure: 3, civic.HousingProcedure: 0} {
		n, err := s.CountCases(t.Context(), everything, of)
		require.NoError(t, err)
		require.Equal(t, want, n.States[civic.Publicity], "of %q", of)
		require.EqualValues(t, map[bool]int{true: 1}[of == "" || of == civic.HousingProcedure], n.States[civic.Draft], "drafts of %q", of)
		if of == "" {
			continue
		}
		filed, _, states, err := s.Funnel(t.Context(), civic.Counted{From: time.Now().AddDate(-1, 0, 0), To: time.Now().AddDate(0, 0, 1), Procedure: of})
		require.NoError(t, err)
		require.Equal(t, want, filed, "filed of %q", of)
		require.Equal(t, want, states[civic.Publicity])
	}
}

func TestACaseIsFoundByWordsOfItsTitleHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	id := plant(t, db, planted{state: civic.Submitted, title: "独居老人 (ABC) 上门探访"}).id
	other := plant(t, db, planted{state: civic.Submitted, title: "社区计生协会"}).id
	for text, want := range map[string][]string{
		"独居老人": {id}, "獨居老人": {id}, "ａｂｃ": {id}, "上门": {id}, "访": {id}, "社区": {other}, "独居儿童": nil, "老人独居": nil,
	} {
		require.Equal(t, want, listed(t, s, civic.CaseQuery{Sight: everything, Grams: civic.Grams(text)}, 10), text)
	}
	require.Equal(t, []string{id}, listed(t, s, civic.CaseQuery{Sight: everything, Number: "ZR-2026-" + id[:4]}, 10))
	require.Nil(t, listed(t, s, civic.CaseQuery{Sight: everything, Number: "ZR-2025"}, 10))
	require.Nil(t, listed(t, s, civic.CaseQuery{Sight: everything, Number: "ZR%"}, 10), "a wildcard is a character like any other")
}

func TestFiltersNarrowTheList(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	a := plant(t, db, planted{state: civic.Submitted, unit: "cz-disabled", applicant: "li-juan"}).id
	b := plant(t, db, planted{state: civic.InForce}).id
	yesterday, tomorrow := time.Now().AddDate(0, 0, -1), time.Now().AddDate(0, 0, 1)
	for name, c := range map[string]struct {
		filter  civic.CaseFilter
		created [2]*time.Time
		want    []string
	}{
		"no filter":                  {want: []string{b, a}},
		"by state":                   {filter: civic.CaseFilter{States: []civic.State{civic.InForce, civic.Expired}}, want: []string{b}},
		"by unit":                    {filter: civic.CaseFilter{Unit: "cz-disabled"}, want: []string{a}},
		"by procedure":               {filter: civic.CaseFilter{Procedure: civic.AccessProcedure}, want: []string{b, a}},
		"filed by oneself":           {filter: civic.CaseFilter{Mine: true}, want: []string{a}},
		"created since yesterday":    {created: [2]*time.Time{&yesterday, &tomorrow}, want: []string{b, a}},
		"created before yesterday":   {created: [2]*time.Time{nil, &yesterday}},
		"created from tomorrow on":   {created: [2]*time.Time{&tomorrow, nil}},
		"by unit and state together": {filter: civic.CaseFilter{Unit: "cz-disabled", States: []civic.State{civic.InForce}}},
	} {
		q := civic.CaseQuery{Sight: everything, CaseFilter: c.filter, Created: c.created, Me: "li-juan"}
		require.Equal(t, c.want, listed(t, s, q, 10), name)
	}
}

func TestWhatIsNoIDIsNotFound(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	for _, id := range []string{"", "x", "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}", fmt.Sprintf("%036d", 0), "\x00"} {
		_, err := s.CaseFile(t.Context(), everything, id)
		require.True(t, civic.Refused(err, "not_found"), "%q: %v", id, err)
		_, err = s.CaseOfTask(t.Context(), id)
		require.True(t, civic.Refused(err, "not_found"), "%q: %v", id, err)
		_, err = s.EntryFile(t.Context(), id)
		require.True(t, civic.Refused(err, "not_found"), "%q: %v", id, err)
	}
}
