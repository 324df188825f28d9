package postgres_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
)

// security is a deed of one of the two security administrators, under their grant.
func security(person, key string) civic.Deed {
	d := deed(person, key, "h")
	d.Kind, d.Permit.Grant = "grant.test", civic.NewID("sample grant", person, "sec_admin", "cz-security")
	return d
}

func holds(t *testing.T, s *postgres.Store, person string, role civic.Role) bool {
	t.Helper()
	p, err := s.Person(t.Context(), person)
	require.NoError(t, err)
	return slices.ContainsFunc(p.Grants, func(g civic.Grant) bool { return g.Role == role })
}

func TestAGrantCountsOnceASecondPersonHasConfirmedIt(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	n := civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"}
	g, err := s.ProposeGrant(t.Context(), security("an-quanming", "k1"), n)
	require.NoError(t, err)
	require.Equal(t, "an-quanming", g.GrantedBy)
	require.WithinDuration(t, time.Now(), g.From, time.Minute, "from now on unless it is said")
	require.False(t, holds(t, s, "sun-lei", civic.Supervisor))

	_, err = s.ConfirmGrant(t.Context(), security("an-quanming", "k2"), g.ID)
	requireRefused(t, err, "second_person")
	_, err = s.ConfirmGrant(t.Context(), deed("sun-lei", "k", "h"), g.ID)
	requireRefused(t, err, "second_person")
	for range 2 {
		confirmed, err := s.ConfirmGrant(t.Context(), security("ning-jing", "k3"), g.ID)
		require.NoError(t, err, "the same key hears the same answer")
		require.Equal(t, "ning-jing", confirmed.ConfirmedBy)
	}
	require.True(t, holds(t, s, "sun-lei", civic.Supervisor))
	_, err = s.ConfirmGrant(t.Context(), security("ning-jing", "k4"), g.ID)
	requireRefused(t, err, "already_confirmed")

	_, err = s.RevokeGrant(t.Context(), security("an-quanming", "k5"), g.ID, "")
	requireRefused(t, err, "reason_missing")
	revoked, err := s.RevokeGrant(t.Context(), security("an-quanming", "k6"), g.ID, "调离岗位")
	require.NoError(t, err)
	require.Equal(t, "an-quanming", revoked.RevokedBy)
	require.False(t, holds(t, s, "sun-lei", civic.Supervisor))
	_, err = s.RevokeGrant(t.Context(), security("ning-jing", "k7"), g.ID, "再次")
	requireRefused(t, err, "grant_revoked")
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM role_grant WHERE id = $1 AND reason = '调离岗位'`, g.ID))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE result = 'done' AND detail::jsonb ->> 'reason' = '调离岗位' AND detail::jsonb ->> 'person' = 'sun-lei'`))
	require.Equal(t, 3, count(t, db, `SELECT count(*) FROM event WHERE kind = 'grant.test' AND result = 'done'`))
}

func TestTheDatabaseItselfKeepsTwoPersonsApart(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	g, err := s.ProposeGrant(t.Context(), security("an-quanming", "k1"), civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"})
	require.NoError(t, err)
	for _, who := range []string{"an-quanming", "sun-lei"} {
		_, err := db.Exec(`UPDATE role_grant SET confirmed_by = $2 WHERE id = $1`, g.ID, who)
		require.ErrorContains(t, err, "role_grant_check")
	}
}

func TestWhatNobodyMayBeAtTheSameTimeIsRefusedInWords(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	day := func(n int) time.Time { return time.Now().AddDate(0, 0, n).UTC().Truncate(time.Second) }
	until := day(10)
	propose := func(n civic.NewGrant) error {
		_, err := s.ProposeGrant(t.Context(), security("an-quanming", unique("k")), n)
		return err
	}
	for _, x := range []struct {
		name, code string
		grant      civic.NewGrant
	}{
		{"an official is no administrator", "three_administrators", civic.NewGrant{Person: "wang-fang", Role: civic.Auditor, Unit: "cz-audit-group"}},
		{"an administrator is no official", "three_administrators", civic.NewGrant{Person: "shen-ji", Role: civic.Supervisor, Unit: "cz-efficiency-office"}},
		{"an administrator is no other administrator", "three_administrators", civic.NewGrant{Person: "shen-ji", Role: civic.SystemAdmin, Unit: "cz-operations"}},
		{"once is enough", "already_granted", civic.NewGrant{Person: "wang-fang", Role: civic.DeptClerk, Unit: "cz-human-resources"}},
		{"the person exists", "no_such_person", civic.NewGrant{Person: "no-one", Role: civic.DeptClerk, Unit: "cz-human-resources"}},
		{"the unit exists", "no_such_unit", civic.NewGrant{Person: "wang-fang", Role: civic.DeptClerk, Unit: "no-such-unit"}},
		{"nobody grants to themselves", "second_person", civic.NewGrant{Person: "an-quanming", Role: civic.SecurityAdm, Unit: "cz-operations"}},
		{"it ends after it begins", "bad_date", civic.NewGrant{Person: "wang-fang", Role: civic.Supervisor, Unit: "cz-efficiency-office", From: day(20), Until: &until}},
	} {
		err := propose(x.grant)
		require.True(t, civic.Refused(err, x.code), "%s: %v", x.name, err)
	}
	exec(t, db, `UPDATE role_grant SET revoked_at = city_now(), revoked_by = 'x', reason = 'x' WHERE person = 'wang-fang'`)
	require.NoError(t, propose(civic.NewGrant{Person: "wang-fang", Role: civic.Auditor, Unit: "cz-audit-group"}), "one after the other is allowed")
}

func TestAnEndedGrantCarriesNoDeed(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	exec(t, db, `UPDATE role_grant SET valid_until = city_now() WHERE person = 'an-quanming'`)
	n := civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"}
	_, err := s.ProposeGrant(t.Context(), security("an-quanming", "k1"), n)
	requireRefused(t, err, "grant_over")
	exec(t, db, `UPDATE role_grant SET valid_until = NULL WHERE person = 'an-quanming'`)
	_, err = s.ProposeGrant(t.Context(), security("an-quanming", "k1"), n)
	requireRefused(t, err, "grant_over")
	exec(t, db, `UPDATE account SET disabled_at = now() WHERE person = 'an-quanming'`)
	_, err = s.ProposeGrant(t.Context(), security("an-quanming", "k2"), n)
	requireRefused(t, err, "account_disabled")
	require.Zero(t, count(t, db, `SELECT count(*) FROM role_grant WHERE person = 'sun-lei' AND role = 'supervisor'`))
}

func TestTwinsOfOneKeyMakeOneGrant(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	ids := make([]string, 8)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() {
			g, err := s.ProposeGrant(t.Context(), security("an-quanming", "k"), civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"})
			if err == nil {
				ids[i] = g.ID
			} else {
				ids[i] = err.Error()
			}
		})
	}
	all.Wait()
	require.Len(t, slices.Compact(ids), 1, "%v", ids)
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM role_grant WHERE id::text = $1`, ids[0]))
	require.Equal(t, 1, count(t, db, `SELECT count(*) FROM event WHERE kind = 'grant.test'`))
}

func TestOfConfirmingAndRevokingAtOnceBothOrTheFirstHold(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for i := range 20 {
		from := time.Now().AddDate(0, 0, 10*i+1)
		until := from.AddDate(0, 0, 5)
		g, err := s.ProposeGrant(t.Context(), security("an-quanming", fmt.Sprint("p", i)), civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office", From: from, Until: &until})
		require.NoError(t, err)
		var confirmed, revoked error
		var both sync.WaitGroup
		both.Go(func() { _, confirmed = s.ConfirmGrant(t.Context(), security("ning-jing", fmt.Sprint("c", i)), g.ID) })
		both.Go(func() {
			_, revoked = s.RevokeGrant(t.Context(), security("an-quanming", fmt.Sprint("r", i)), g.ID, "撤回提议")
		})
		both.Wait()
		require.NoError(t, revoked)
		require.True(t, confirmed == nil || civic.Refused(confirmed, "grant_revoked"), "%v", confirmed)
		require.Equal(t, 1, count(t, db, `SELECT count(*) FROM role_grant WHERE id = $1 AND revoked_at IS NOT NULL AND (confirmed_by IS NOT NULL) = $2`, g.ID, confirmed == nil))
	}
}

func TestGrantsAreListedForWhomTheyConcern(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	list := func(scope civic.Scope, f civic.GrantFilter) (out []civic.GrantRow) {
		for q := (civic.GrantQuery{Scope: scope, GrantFilter: f, Window: civic.Window{Limit: 9}}); ; {
			part, err := s.GrantList(t.Context(), q)
			require.NoError(t, err)
			out = append(out, part...)
			if len(part) < q.Limit {
				return out
			}
			q.After = &civic.Cursor{At: out[len(out)-1].GrantedAt, ID: out[len(out)-1].ID}
		}
	}
	all := civic.Scope{All: true}
	g, err := s.ProposeGrant(t.Context(), security("an-quanming", "k"), civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"})
	require.NoError(t, err)
	exec(t, db, `UPDATE role_grant SET revoked_at = city_now(), revoked_by = 'x', reason = 'x' WHERE person = 'wang-fang'`)
	exec(t, db, `UPDATE role_grant SET valid_until = city_now() WHERE person = 'qian-wei'`)

	everything := list(all, civic.GrantFilter{Ended: true})
	require.Len(t, everything, count(t, db, `SELECT count(*) FROM role_grant`), "parts neither double nor skip")
	require.Equal(t, g.ID, everything[0].ID, "the latest first")
	require.Len(t, list(all, civic.GrantFilter{}), count(t, db, `SELECT count(*) FROM role_grant WHERE person NOT IN ('wang-fang', 'qian-wei')`))
	waiting := list(all, civic.GrantFilter{Waiting: true})
	require.Len(t, waiting, 1)
	require.Equal(t, g.ID, waiting[0].ID)
	require.Len(t, list(all, civic.GrantFilter{Role: civic.SecurityAdm}), 2)
	require.Empty(t, list(all, civic.GrantFilter{Person: "wang-fang"}))
	require.Len(t, list(all, civic.GrantFilter{Unit: "cz-audit-group", Person: "shen-ji"}), 1)
	for _, row := range list(civic.Scope{Person: "sun-lei"}, civic.GrantFilter{Ended: true}) {
		require.Equal(t, "sun-lei", row.Person)
	}
	require.Empty(t, list(civic.Scope{}, civic.GrantFilter{}), "the empty scope holds nothing")
	_, err = s.GrantByID(t.Context(), "no id")
	requireRefused(t, err, "not_found")
	row, err := s.GrantByID(t.Context(), g.ID)
	require.NoError(t, err)
	require.Equal(t, everything[0], row)
}

func TestADeputyStandsInForOneTimeAndEndsAtOnce(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	until := time.Now().AddDate(0, 0, 5).UTC().Truncate(time.Second)
	name := func(key string, n civic.NewDeputy) (civic.Deputy, error) {
		return s.NameDeputy(t.Context(), deed("qian-wei", key, key), n)
	}
	d, err := name("k1", civic.NewDeputy{Principal: "qian-wei", Person: "han-xue", Until: until})
	require.NoError(t, err)
	again, err := name("k1", civic.NewDeputy{Principal: "qian-wei", Person: "han-xue", Until: until})
	require.NoError(t, err)
	require.Equal(t, d.ID, again.ID)
	for _, x := range []struct {
		name, code string
		deputy     civic.NewDeputy
	}{
		{"one deputy at a time", "deputy_overlaps", civic.NewDeputy{Principal: "qian-wei", Person: "cao-yang", Until: until}},
		{"the deputy exists", "no_such_person", civic.NewDeputy{Principal: "han-xue", Person: "no-one", Until: until}},
		{"the principal exists", "no_such_person", civic.NewDeputy{Principal: "no-one", Person: "han-xue", Until: until}},
		{"nobody stands in for themselves", "no_such_person", civic.NewDeputy{Principal: "han-xue", Person: "han-xue", Until: until}},
		{"it ends after it begins", "bad_date", civic.NewDeputy{Principal: "han-xue", Person: "cao-yang", From: until, Until: until}},
	} {
		_, err := name(unique("k"), x.deputy)
		require.True(t, civic.Refused(err, x.code), "%s: %v", x.name, err)
	}
	seen, err := s.DeputyByID(t.Context(), d.ID)
	require.NoError(t, err)
	require.Equal(t, d.From.UnixMicro(), seen.From.UnixMicro())

	for _, person := range []string{"qian-wei", "han-xue"} {
		list, err := s.DeputyList(t.Context(), civic.Scope{Person: person}, civic.Window{Limit: 10})
		require.NoError(t, err)
		require.Len(t, list, 1, person)
	}
	all, err := s.DeputyList(t.Context(), civic.Scope{All: true}, civic.Window{Limit: 10})
	require.NoError(t, err)
	require.Len(t, all, count(t, db, `SELECT count(*) FROM deputy`))
	rest, err := s.DeputyList(t.Context(), civic.Scope{All: true}, civic.Window{Limit: 10, After: &civic.Cursor{At: all[0].From, ID: all[0].ID}})
	require.NoError(t, err)
	require.Equal(t, all[1:], rest)
	none, err := s.DeputyList(t.Context(), civic.Scope{}, civic.Window{Limit: 10})
	require.NoError(t, err)
	require.Empty(t, none)

	ended, err := s.EndDeputy(t.Context(), deed("qian-wei", "k2", "h"), d.ID)
	require.NoError(t, err)
	require.NotNil(t, ended.EndedAt)
	_, err = s.EndDeputy(t.Context(), deed("qian-wei", "k3", "h"), d.ID)
	requireRefused(t, err, "deputy_over")
	_, err = name("k4", civic.NewDeputy{Principal: "qian-wei", Person: "cao-yang", Until: until})
	require.NoError(t, err, "the next one may begin")
	_, err = s.EndDeputy(t.Context(), deed("qian-wei", "k5", "h"), civic.NewID("none"))
	requireRefused(t, err, "not_found")
}
