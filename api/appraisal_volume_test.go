package api

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/postgres/postgrestest"
)

// nomineesVariable says how many nominees the year has, for a measurement: 20000 are all the communities of some seventeen
// cities. Without it there are about as many as one city has twice over.
const nomineesVariable = "LIZHENG_NOMINEES"

func manyNominees(t *testing.T) int {
	t.Helper()
	said := os.Getenv(nomineesVariable)
	if said == "" {
		return 2_000
	}
	n, err := strconv.Atoi(said)
	require.NoError(t, err, nomineesVariable)
	return n
}

// qualifies fills a year with nominations whose districts are done with them. What led there is not played: looked at is what
// the year does with all of them at once.
func (y *yearPlay) qualifies(n int) {
	y.Helper()
	db := postgrestest.DB(y, y.record.Super)
	ids := make([]string, n) // of each community
	for i := range ids {
		ids[i] = civic.NominationID(y.year, fmt.Sprintf("many-%d", i+1))
	}
	const each = ` FROM unnest($1::uuid[]) WITH ORDINALITY AS many (id, i)`
	for _, s := range []struct {
		fill string
		args []any
	}{
		{`INSERT INTO region (key, name, level, kind, valid_from) SELECT 'many-' || i, '第' || i || '社区', 'community', 'residents_committee', '2014-01-01'` + each, nil},
		{`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar, number, parent)
			SELECT id, 'nomination', '', '申报' || i, 'cz-tianning-diaozhuang-01-committee', 'liu-yang', 'qualified', city_now(), 1, 'SB-MANY-' || i, $2::uuid` + each, []any{y.id()}},
		{`INSERT INTO form (case_id, form, normal)
			SELECT id, jsonb_build_object('year', $2::int, 'community', 'many-' || i, 'plan', 'x', 'minutes', 'x'), 'x'` + each, []any{y.year}},
		{`INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban, rank, scored, panel, survey, base)
			SELECT id, $2::uuid, $3::int, 'many-' || i, 'x', 'street-' || i / 20,
				(ARRAY['cz-tianning', 'cz-zhonglou', 'cz-xinbei', 'cz-wujin', 'cz-jintan', 'cz-liyang', 'cz-jingkai'])[1 + i % 7], i % 3 > 0, 1 + i % 20, true,
				6500 + i * 7919 % 3400, 6500 + i * 104729 % 3400, 6500 + i * 15485863 % 3400` + each, []any{y.id(), y.year}},
	} {
		_, err := db.ExecContext(y.Context(), s.fill, append([]any{pq.Array(ids)}, s.args...)...)
		require.NoError(y, err)
	}
	_, err := db.ExecContext(y.Context(), `ANALYZE`)
	require.NoError(y, err)
}

// Every act that is about all of a year's nominations goes through one transaction; none of them may come near the ten
// seconds that a statement has.
func TestAYearDecidesAboutManyNomineesAtOnce(t *testing.T) {
	t.Parallel()
	nominees := manyNominees(t)
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	y.composes()
	y.passes("50 days")
	require.Equal(t, civic.PanelsAtWork, y.self(y.id(), civic.ActCloseDeclaring))
	y.qualifies(nominees)
	timed := func(what string, do func()) {
		began := time.Now()
		do()
		t.Logf("%d nominees, %s: %.1f s", nominees, what, time.Since(began).Seconds())
	}
	timed("scores frozen and ranked", func() { y.does("xu.ming", y.id(), "freeze", "freeze", nil) })
	timed("who is asked to look", func() { require.Len(t, y.looks(), nominees) })
	timed("seven reports", func() {
		for _, login := range districtDesks {
			y.does(login, y.id(), "report", "report", nil)
		}
	})
	timed("the sample", func() {
		y.does("xu.ming", y.id(), "draw", "draw", &civic.AppraisalDetails{Seed: "中国福利彩票2027001期"})
	})
	var sample civic.SampleView
	y.as("chen.jing").get(y.path()+"/sample").into(t, &sample)
	for _, one := range sample.Drawn { // they take over the freeze first
		require.Equal(t, civic.Ranked, y.self(civic.NominationID(y.year, one.Key), civic.ActSettle))
	}
	y.rescores(sample)
	timed("the sample closed, ranked again", func() { y.does("xu.ming", y.id(), "close_sample", "close", nil) })
	for _, login := range []string{"song.lixin", "deng.liping", "xie.dong", "luo.chunmei", "gao.xiang"} {
		y.does(login, y.id(), "vote", "for", nil)
	}
	y.does("liang.zhiyuan", y.id(), "approve_list", "approve", nil)
	y.passes("70 days")
	require.Equal(t, civic.NamingDue, y.self(y.id(), civic.ActCloseNotice))
	timed("named", func() { y.does("wen.hua", y.id(), "name_list", "name", nil) })
	y.does("xu.ming", y.id(), "award", "award", nil)
	var public civic.PublicYear
	timed("the public result", func() { y.as("liu.yang").get("/public"+y.path()).into(t, &public) })
	require.Len(t, public.Titles, 100)
	var sheet []byte
	timed("the published sheet", func() { sheet = y.as("liu.yang").get("/public" + y.path() + "/sheet").body })
	timed("the published sheet computed again", func() {
		_, findings, err := selection.Verify(sheet)
		require.NoError(t, err)
		require.Empty(t, findings)
	})
}
