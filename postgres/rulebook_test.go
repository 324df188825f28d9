package postgres_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

func parameter(t *testing.T, s *postgres.Store, key string) (all []civic.Parameter) {
	t.Helper()
	list, err := s.Parameters(t.Context())
	require.NoError(t, err)
	for _, p := range list {
		if p.Key == key {
			all = append(all, p)
		}
	}
	return all
}

func TestAParameterGetsAVersionAndIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	before := parameter(t, s, "admission.completeness_wd")
	change := before[0]
	change.Value, change.Source, change.From = "7", "常社区办〔2026〕1号", time.Now().AddDate(0, 0, -1)
	now := time.Now()
	made, err := s.ChangeParameter(t.Context(), deed("kang-ning", "k", "h"), change)
	require.NoError(t, err)
	require.Equal(t, len(before)+1, made.Version)
	require.False(t, made.From.Before(now), "never in force before it was said")
	after := parameter(t, s, "admission.completeness_wd")
	require.Len(t, after, len(before)+1)
	list, err := s.Parameters(t.Context())
	require.NoError(t, err)
	n, err := civic.RulesAt(list, time.Now()).Int("admission.completeness_wd")
	require.NoError(t, err)
	require.Equal(t, 7, n)
	require.Equal(t, before[0].Value, civic.RulesAt(list, now).Text("admission.completeness_wd"), "what began before stays under what was in force")

	change.From = time.Now().AddDate(1, 0, 0)
	made, err = s.ChangeParameter(t.Context(), deed("kang-ning", "k2", "h"), change)
	require.NoError(t, err)
	require.WithinDuration(t, change.From, made.From, time.Millisecond, "a later day is taken as said")
	require.Equal(t, 2, count(t, db, `SELECT count(*) FROM parameter WHERE changed_by = 'kang-ning'`))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE detail::jsonb ->> 'version' = $1`, fmt.Sprint(made.Version)))
}

func TestManyChangesAtOnceAreCountedOneAfterTheOther(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	base := parameter(t, s, "admission.completeness_wd")
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			p := base[0]
			p.Value, p.From = fmt.Sprint(10+i), time.Now()
			_, errs[i] = s.ChangeParameter(t.Context(), deed("kang-ning", fmt.Sprint("k", i), "h"), p)
		})
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	for i, p := range parameter(t, s, "admission.completeness_wd") {
		require.Equal(t, i+1, p.Version)
	}
}

func TestAnotherProcessSeesAChangeWithinASecond(t *testing.T) {
	t.Parallel()
	s, d := postgrestest.New(t)
	other, err := postgres.Open(t.Context(), d.App, testKey, 2)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	p := parameter(t, other, "admission.completeness_wd")[0]
	p.Value, p.From = "9", time.Now()
	_, err = s.ChangeParameter(t.Context(), deed("kang-ning", "k", "h"), p)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		list, err := other.Parameters(t.Context())
		return err == nil && civic.RulesAt(list, time.Now()).Text("admission.completeness_wd") == "9"
	}, 2*time.Second, 50*time.Millisecond)
}

func day(t *testing.T, text string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(text)
	require.NoError(t, err)
	return d
}

func TestAnImportedCalendarComesOnTopOfWhatWasListed(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	before, err := s.Calendar(t.Context(), 0)
	require.NoError(t, err)
	free := day(t, "2027-03-10") // a Wednesday
	require.True(t, before.Working(free))
	require.False(t, before.Working(day(t, "2026-10-01")))

	c := plant(t, db, planted{state: civic.Submitted})
	task := ask(t, db, c.id, "register", register, 3)
	days := []workday.Day{{Date: free, Kind: workday.Holiday, Name: "试行", Notice: 2027, Source: workday.SourceImported}}
	in, err := s.ImportCalendar(t.Context(), deed("kang-ning", "k", "h"), days, []int{2027}, "国办发明电〔2026〕7号")
	require.NoError(t, err)
	require.Equal(t, civic.CalendarImported{Version: before.Version() + 1, Days: 1}, in)
	again, err := s.ImportCalendar(t.Context(), deed("kang-ning", "k", "h"), days, []int{2027}, "国办发明电〔2026〕7号")
	require.NoError(t, err)
	require.Equal(t, in, again)

	after, err := s.Calendar(t.Context(), 0)
	require.NoError(t, err)
	require.False(t, after.Working(free))
	require.True(t, after.Official(2027))
	require.False(t, after.Working(day(t, "2026-10-01")), "what was known stays known")
	old, err := s.Calendar(t.Context(), before.Version())
	require.NoError(t, err)
	require.True(t, old.Working(free), "a version stays what it was")
	found, ok := after.Lookup(free)
	require.True(t, ok)
	require.Equal(t, days[0], found)

	makeup := []workday.Day{{Date: free, Kind: workday.Makeup, Name: "改", Notice: 2027, Source: workday.SourceImported}}
	_, err = s.ImportCalendar(t.Context(), deed("kang-ning", "k2", "h"), makeup, nil, "更正")
	require.NoError(t, err)
	latest, err := s.Calendar(t.Context(), 0)
	require.NoError(t, err)
	require.True(t, latest.Working(free), "of a day that was listed before, the new listing holds")

	stuck, err := s.Stuck(t.Context())
	require.NoError(t, err)
	require.Contains(t, stuck, postgres.CaseRef{ID: c.id, Procedure: civic.AccessProcedure}, "its workflow is to look at the new calendar")
	var terms []civic.OpenTerm
	require.NoError(t, s.OpenTerms(t.Context(), func(o civic.OpenTerm) error { terms = append(terms, o); return nil }))
	require.Len(t, terms, 1)
	require.Equal(t, task, terms[0].Task)
	require.Equal(t, c.id, terms[0].Case)
	halt := errors.New("enough")
	require.ErrorIs(t, s.OpenTerms(t.Context(), func(civic.OpenTerm) error { return halt }), halt)
}

func TestNoCalendarIsStoredThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	twice := workday.Day{Date: day(t, "2027-03-10"), Kind: workday.Holiday, Source: workday.SourceImported}
	_, err := s.ImportCalendar(t.Context(), deed("kang-ning", "k", "h"), []workday.Day{twice, twice}, nil, "x")
	requireRefused(t, err, "bad_row")
	require.Zero(t, count(t, db, `SELECT count(*) FROM calendar_day`))
	_, err = s.Calendar(t.Context(), 0)
	require.NoError(t, err)
}

func TestManyImportsAtOnceMakeVersionsWithoutAGap(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	first, err := s.Calendar(t.Context(), 0)
	require.NoError(t, err)
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			d := workday.Day{Date: workday.NewDate(2027, 3, 8+i), Kind: workday.Holiday, Source: workday.SourceImported}
			_, errs[i] = s.ImportCalendar(t.Context(), deed("kang-ning", fmt.Sprint("k", i), "h"), []workday.Day{d}, nil, "x")
		})
	}
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, first.Version()+6, count(t, db, `SELECT max(version) FROM calendar_version`))
	last, err := s.Calendar(t.Context(), 0)
	require.NoError(t, err)
	for i := range errs {
		require.False(t, last.Working(workday.NewDate(2027, 3, 8+i)))
	}
}

func TestFiguresCountWhatWasFiledAnsweredAndLeft(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	a := plant(t, db, planted{state: civic.InForce})
	b := plant(t, db, planted{state: civic.Submitted})
	paused := plant(t, db, planted{state: civic.Submitted, unit: "cz-finance", applicant: "qian-wei"})
	plant(t, db, planted{state: civic.Draft})
	old := plant(t, db, planted{state: civic.Submitted})
	exec(t, db, `UPDATE cases SET rules_at = rules_at - interval '2 years' WHERE id = $1`, old.id)
	exec(t, db, `UPDATE cases SET paused_at = now() WHERE id = $1`, paused.id)
	for _, x := range []struct {
		of    planted
		seat  civic.Seat
		days  float64
		ended string // before or after it was due, by the system, or "" when it is open
	}{
		{a, register, -1, "in time"}, {a, direct, -1, "late"}, {b, register, -1, "in time"}, {b, register, -2, "by itself"},
		{b, register, -3, ""}, {b, direct, -1, ""}, {paused, register, -9, ""}, {b, register, 9, ""},
	} {
		id := ask(t, db, x.of.id, "register", x.seat, x.days)
		switch x.ended {
		case "in time":
			exec(t, db, `UPDATE task SET state = 'done', outcome = 'x', ended_at = due_at - interval '1 hour' WHERE id = $1`, id)
		case "late":
			exec(t, db, `UPDATE task SET state = 'done', outcome = 'x', ended_at = due_at + interval '1 hour' WHERE id = $1`, id)
		case "by itself":
			exec(t, db, `UPDATE task SET state = 'done', outcome = 'x', ended_at = due_at, automatic = true WHERE id = $1`, id)
		}
	}
	from, to := time.Now().AddDate(-1, 0, 0), time.Now().AddDate(0, 0, 1)
	filed, steps, states, err := s.Funnel(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure})
	require.NoError(t, err)
	require.EqualValues(t, 3, filed, "no draft, and none of another time")
	require.Equal(t, map[string]int64{"register": 3}, steps)
	require.Equal(t, map[civic.State]int64{civic.InForce: 1, civic.Submitted: 2}, states)
	filed, _, _, err = s.Funnel(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure, Unit: "cz-finance"})
	require.NoError(t, err)
	require.EqualValues(t, 1, filed)

	answers, err := s.OnTime(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure})
	require.NoError(t, err)
	require.Equal(t, []civic.OnTimeRow{{Step: "register", Unit: "cz-leading-office", Done: 3, InTime: 2}}, answers, "what the system ended is nobody's answer")
	none, err := s.OnTime(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure, Unit: "cz-finance"})
	require.NoError(t, err)
	require.Empty(t, none)

	overdue, err := s.OverdueByUnit(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, overdue, 1)
	require.EqualValues(t, 2, overdue[0].Count, "a paused case's clock stands still")
	require.WithinDuration(t, time.Now().AddDate(0, 0, -3), overdue[0].Oldest, time.Hour)
}
