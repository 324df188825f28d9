package api

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// looks is who is asked to look, until nobody is.
func (y *yearPlay) looks() (seen []string) {
	y.Helper()
	for {
		found, err := y.store.Looks(y.Context(), func(_ context.Context, c postgres.CaseRef) error {
			require.Equal(y, civic.NominationProcedure, c.Procedure)
			seen = append(seen, c.ID)
			return nil
		})
		require.NoError(y, err)
		if !found {
			return seen
		}
	}
}

func TestADecisionOfTheYearHasThoseLookWhomItIsAbout(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	tianning, zhonglou := y.declares(0, 1), y.declares(3, 1)
	require.Empty(t, y.looks(), "nothing was decided about anybody")
	y.does("yuan.ting", y.id(), "compose_panel", "compose", &civic.AppraisalDetails{Assessors: panels["cz-tianning"], Lead: panels["cz-tianning"][0]})
	require.Equal(t, []string{tianning}, y.looks(), "nobody of another district")
	require.Equal(t, civic.PanelWork, y.self(tianning, civic.ActSettle))
	y.does("xia.jun", y.id(), "compose_panel", "compose", &civic.AppraisalDetails{Assessors: panels["cz-zhonglou"], Lead: panels["cz-zhonglou"][0]})
	require.Equal(t, []string{zhonglou}, y.looks(), "nobody who has looked already")
	h.sound()
}

func TestARecommendationThatIsOnItsWayIsMetByTheDecisionOfTheYear(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	id := y.declares(0, 1)
	db := postgrestest.DB(t, h.record.Super)
	_, err := db.ExecContext(t.Context(), `ALTER TABLE cases DISABLE TRIGGER guard; UPDATE cases SET state = 'recommending' WHERE state = 'recommended'; ALTER TABLE cases ENABLE TRIGGER guard`)
	require.NoError(t, err)
	recommending, err := db.BeginTx(t.Context(), nil) // it has read that there is no panel, and is not committed yet
	require.NoError(t, err)
	_, err = recommending.ExecContext(t.Context(), `UPDATE cases SET state = 'recommended' WHERE id = $1`, id)
	require.NoError(t, err)

	desk := y.as("yuan.ting")
	task := desk.waits(y.id(), "compose_panel")
	composed := make(chan response)
	go func() {
		composed <- desk.do("POST", "/tasks/"+task+"/decision", Decision{Outcome: "compose", Opinion: "已核。",
			Details: DecisionDetails{Appraisal: &civic.AppraisalDetails{Assessors: panels["cz-tianning"], Lead: panels["cz-tianning"][0]}}})
	}()
	require.Eventually(t, func() bool {
		waits := 0
		err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).Scan(&waits)
		return err == nil && waits == 1
	}, 4*time.Second, 10*time.Millisecond, "the year waits for it")
	require.NoError(t, recommending.Commit())
	is(t, 200, <-composed)
	require.Equal(t, []string{id}, y.looks())
	require.Equal(t, civic.PanelWork, y.self(id, civic.ActSettle))
}
