package postgres_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// titles is a year whose list is through its appraisal. What led to it is not played: what is asked here is who gets a title.
type titles struct {
	*story
	year        string
	nominations []string // by the number of their community
}

const covering = "样例〔2025〕1号"

// yearOf makes a year of 2026 in a state, with as many places as quota and nominations in theirs. Those named hold the first places.
func yearOf(t *testing.T, state civic.State, project string, quota int, nominations ...civic.State) *titles {
	t.Helper()
	s, _ := freshStory(t)
	y := &titles{story: s, year: civic.AppraisalID(2026)}
	matter := civic.Appraisal{Year: 2026, Standard: "cz-2026", Name: "常州市和谐（平安、文明）社区（村）", Project: project}
	matter.Decided.Frozen, matter.Decided.Named = "x", state == civic.Awarding
	matter.Decided.Districts = []civic.DistrictYear{{Region: "cz-tianning", Office: "cz-tianning-leading-office"}}
	y.open(y.year, "appraisal", "KP-1", state, nil, matter)
	exec(t, s.super, `INSERT INTO title_quota (year, quota) VALUES (2026, $1)`, quota)
	for i, n := range nominations {
		id := civic.NewID("nomination", fmt.Sprint(i))
		var community string
		require.NoError(t, s.super.QueryRow(`SELECT key FROM region WHERE level = 'community' ORDER BY key LIMIT 1 OFFSET $1`, i).Scan(&community))
		y.open(id, "nomination", fmt.Sprint("SB-", i), n, y.year, civic.Nomination{Year: 2026, Community: community})
		outcome := map[civic.State]selection.Outcome{civic.InReserve: selection.IsReserve}[n]
		if outcome == "" {
			outcome = selection.IsProposed
		}
		exec(t, s.super, `INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban, frozen, outcome)
			VALUES ($1, $2, 2026, $3, 'x', 'x', 'cz-tianning', true, true, $4)`, id, y.year, community, outcome)
		y.nominations = append(y.nominations, id)
		if n == civic.TitleHeld {
			exec(t, s.super, `UPDATE title_quota SET taken = taken + 1`)
			exec(t, s.super, `INSERT INTO naming (nomination, year, quota, seq, community, plaque, document, act, named_at) VALUES ($1, 2026, $2, $3, $4, $5, 'x', $1, city_now())`,
				id, quota, i+1, community, civic.Plaque(2026, i+1))
		}
	}
	return y
}

func (y *titles) open(id, procedure, number string, state civic.State, parent any, matter any) {
	y.t.Helper()
	form, err := json.Marshal(matter)
	require.NoError(y.t, err)
	exec(y.t, y.super, `INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar, parent, acts_at)
		VALUES ($1, $2, $3, '', 'x', 'cz-leading-office', 'xu-ming', $4, now(), 1, $5, city_now())`, id, number, procedure, state, parent)
	exec(y.t, y.super, `INSERT INTO form (case_id, form, normal) VALUES ($1, $2, 'x')`, id, form)
}

// next asks for the place of a revoked title.
func (y *titles) next(nomination, key string) civic.Act {
	y.t.Helper()
	a := sealed(nomination, civic.ActNameNext, y.of("wen-hua"), "", "", key)
	a.Procedure = civic.NominationProcedure
	a.SealWith(testKey)
	return a
}

// held is how many titles are held, by their rows; the counter has to say the same.
func (y *titles) held() int {
	y.t.Helper()
	n := count(y.t, y.super, `SELECT count(*) FROM naming WHERE revoked_at IS NULL`)
	require.Equal(y.t, n, count(y.t, y.super, `SELECT taken FROM title_quota`))
	require.Equal(y.t, n, count(y.t, y.super, `SELECT count(*) FROM cases WHERE state IN ('named', 'rectifying')`))
	return n
}

// due lets the system act in a case whose time has come.
func (y *titles) due(id string, kind civic.ActKind) civic.Outcome {
	y.t.Helper()
	p, err := y.store.Progress(y.t.Context(), id)
	require.NoError(y.t, err)
	procedure, err := y.store.ProcedureOf(y.t.Context(), id)
	require.NoError(y.t, err)
	out, err := y.store.Commit(y.t.Context(), civic.Automatic(p, procedure, kind))
	require.NoError(y.t, err)
	return out
}

// failing brings a title to where the office may remove it, and returns that act.
func (y *titles) failing(id, key string) civic.Act {
	y.t.Helper()
	exec(y.t, y.super, `UPDATE cases SET acts_at = city_now() WHERE id = $1`, id)
	require.Nil(y.t, y.due(id, civic.ActCheckDue).Refusal)
	require.Nil(y.t, y.commit(id, civic.ActDecide, y.of("yuan-ting"), y.task(id, "year_check"), "rectify", civic.Details{}).Refusal)
	a := sealed(id, civic.ActDecide, y.of("chen-jing"), y.task(id, "rectified"), "remove", key)
	a.Procedure = civic.NominationProcedure
	a.SealWith(testKey)
	return a
}

func states(s civic.State, n int) []civic.State { return slices.Repeat([]civic.State{s}, n) }

func noPlaceLeft(t *testing.T, r *civic.Error) {
	t.Helper()
	require.Equal(t, []any{civic.Conflict, "no_place_left", "命名名额已用完。", "Every title of the year is given.", "titles_never_exceeded"},
		[]any{r.Kind, r.Code, r.Zh, r.En, r.Rule})
}

func TestOfFiftyForTheLastPlaceExactlyOneIsNamed(t *testing.T) {
	t.Parallel()
	y := yearOf(t, civic.Awarding, covering, 5, append(states(civic.TitleHeld, 4), states(civic.InReserve, 50)...)...)
	require.Equal(t, 4, y.held())
	acts := make([]civic.Act, 50)
	for i, id := range y.nominations[4:] {
		acts[i] = y.next(id, fmt.Sprint("n", i))
	}
	out := atOnce(t, y.store, acts...)
	require.Equal(t, 1, accepted(out))
	for i, o := range out {
		want := civic.TitleHeld
		if o.Refusal != nil {
			noPlaceLeft(t, o.Refusal)
			want = civic.InReserve
		}
		require.Equal(t, string(want), y.state(acts[i].Case))
		again, err := y.store.Commit(t.Context(), acts[i])
		require.NoError(t, err)
		require.Equal(t, o.Refusal == nil, again.Refusal == nil, "the answer is the same for ever")
	}
	require.Equal(t, 5, y.held())
	require.Equal(t, 1, count(t, y.super, `SELECT count(*) FROM naming WHERE plaque = $1 AND seq = 5`, civic.Plaque(2026, 5)))
	require.Equal(t, 1, count(t, y.super, `SELECT count(*) FROM decision WHERE kind = 'name_next'`))
}

func TestARevokedTitleIsFollowedByOneAndNeverByTwo(t *testing.T) {
	t.Parallel()
	y := yearOf(t, civic.Awarding, covering, 3, append(states(civic.TitleHeld, 3), states(civic.InReserve, 12)...)...)
	noPlaceLeft(t, atOnce(t, y.store, y.next(y.nominations[3], "early"))[0].Refusal)
	require.Nil(t, atOnce(t, y.store, y.failing(y.nominations[0], "r"))[0].Refusal)
	require.Equal(t, 2, y.held())
	out := atOnce(t, y.store, y.next(y.nominations[4], "a"), y.next(y.nominations[5], "b"), y.next(y.nominations[6], "c"))
	require.Equal(t, 1, accepted(out))
	require.Equal(t, 3, y.held())
	require.Equal(t, 1, count(t, y.super, `SELECT count(*) FROM naming WHERE plaque = $1 AND seq = 1`, civic.Plaque(2026, 4)), "the place is the old one, the plaque's number is new")
}

func TestATitleThatIsBeingRevokedMakesRoomForAtMostOne(t *testing.T) {
	t.Parallel()
	y := yearOf(t, civic.Awarding, covering, 3, append(states(civic.TitleHeld, 3), states(civic.InReserve, 30)...)...)
	meanwhile := 0
	for i := range rounds() / 10 {
		var holder string
		require.NoError(t, y.super.QueryRow(`SELECT id FROM cases WHERE state = 'named' ORDER BY id LIMIT 1`).Scan(&holder))
		acts := []civic.Act{y.failing(holder, fmt.Sprint("r", i))}
		for n, id := range y.nominations[3:] {
			if y.state(id) == string(civic.InReserve) && len(acts) < 9 {
				acts = append(acts, y.next(id, fmt.Sprint("n", i, "-", n)))
			}
		}
		out := atOnce(t, y.store, acts...)
		require.Nil(t, out[0].Refusal)
		took := accepted(out) - 1
		require.LessOrEqual(t, took, 1)
		require.Equal(t, 2+took, y.held())
		if meanwhile += took; took == 0 { // all of them were before the place was free
			require.Nil(t, atOnce(t, y.store, y.next(acts[1].Case, fmt.Sprint("late", i)))[0].Refusal)
		}
		require.Equal(t, 3, y.held(), "exactly the quota again")
	}
	t.Logf("in %d of %d rounds somebody was named in the same moment", meanwhile, rounds()/10)
}

// everything is what a naming would change.
func (y *titles) everything() (seen []string) {
	y.t.Helper()
	for _, q := range []string{
		`SELECT string_agg(id || state || version || coalesce(acts_at::text, ''), ',' ORDER BY id) FROM cases`, `SELECT string_agg(id || state, ',' ORDER BY id) FROM task`,
		`SELECT 'taken ' || taken FROM title_quota`, `SELECT 'titles ' || count(*) FROM naming`, `SELECT 'documents ' || count(*) FROM document`,
		`SELECT 'decisions ' || count(*) FROM decision`, `SELECT 'messages ' || count(*) FROM outbox`, `SELECT form::text FROM form WHERE case_id = '` + y.year + `'`} {
		var text string
		require.NoError(y.t, y.super.QueryRow(`SELECT coalesce((`+q+`), '')`).Scan(&text))
		seen = append(seen, text)
	}
	return seen
}

func TestNobodyIsNamedWithoutAProjectThatCoversIt(t *testing.T) {
	t.Parallel()
	for code, project := range map[string]string{"no_project": "", "project_name": "名称", "project_year": "年度", "project_quota": "名额"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			y := yearOf(t, civic.Publicity, project, 5, states(civic.Ranked, 3)...)
			exec(t, y.super, `INSERT INTO commendation_project (approval, name, authority, cycle, first_year, last_year, quota, sample) SELECT p.approval, coalesce(p.name, c.name), 'x', 1, p.first, 2029, p.quota, true
				FROM commendation_project c, (VALUES ('名称', '文明社区', 2025, 9), ('年度', NULL, 2027, 9), ('名额', NULL, 2025, 2)) p (approval, name, first, quota) WHERE c.approval = $1`, covering)
			require.Nil(t, y.due(y.year, civic.ActCloseNotice).Refusal)
			before := y.everything()
			out := y.commit(y.year, civic.ActDecide, y.of("wen-hua"), y.task(y.year, "name_list"), "name", civic.Details{})
			require.NotNil(t, out.Refusal)
			require.Equal(t, []any{civic.Conflict, code, "appraisal.project_required", "outcome"}, []any{out.Refusal.Kind, out.Refusal.Code, out.Refusal.Rule, out.Refusal.Field})
			require.NotEmpty(t, out.Refusal.Zh)
			require.NotEmpty(t, out.Refusal.En)
			require.Equal(t, before, y.everything())
		})
	}
}

func TestNobodyIsNamedBeforeTheNoticeIsOverOrWhileAnObjectionIsOpen(t *testing.T) {
	t.Parallel()
	y := yearOf(t, civic.Publicity, covering, 5, states(civic.Ranked, 3)...)
	exec(t, y.super, `UPDATE cases SET acts_at = city_now() + interval '1 day' WHERE id = $1`, y.year)
	refused := func(why string) {
		t.Helper()
		before := y.everything()
		require.Equal(t, "not_due", y.due(y.year, civic.ActCloseNotice).Refusal.Code, why)
		require.Equal(t, "not_found", y.commit(y.year, civic.ActDecide, y.of("wen-hua"), civic.NewID("a task that nobody has opened"), "name", civic.Details{}).Refusal.Code, why)
		require.Equal(t, "not_now", atOnce(t, y.store, y.next(y.nominations[0], why))[0].Refusal.Code, why)
		require.Equal(t, before, y.everything(), why)
	}
	refused("before the notice is over")
	object := civic.Act{ID: civic.NewID("act", civic.Public, "o"), Case: y.year, Procedure: civic.AppraisalProcedure, Kind: civic.ActObject, Actor: civic.Public,
		Opinion: "有异议", Key: "o", Route: "test", Hash: "o"}
	object.SealWith(testKey)
	require.Nil(t, atOnce(t, y.store, object)[0].Refusal)
	exec(t, y.super, `UPDATE cases SET acts_at = city_now() - interval '1 second' WHERE id = $1`, y.year)
	refused("with an open objection, though the notice's time is over")
	require.Nil(t, y.commit(y.year, civic.ActDecide, y.of("chen-jing"), y.task(y.year, "list_objection"), "dismiss", civic.Details{}).Refusal)
	out := y.commit(y.year, civic.ActDecide, y.of("wen-hua"), y.task(y.year, "name_list"), "name", civic.Details{})
	require.Nil(t, out.Refusal, "then they are")
	require.Equal(t, 3, count(t, y.super, `SELECT count(*) FROM naming`))
	require.Equal(t, 3, count(t, y.super, `SELECT count(*) FROM cases WHERE state = 'ranked' AND acts_at IS NOT NULL`), "and whoever is named takes it over")
}
