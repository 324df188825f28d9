package postgres_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/policies"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// office is a desk on a record of its own, as the service runs it; no act on a case is tried here.
func office(t *testing.T) *civic.Desk {
	t.Helper()
	s, db := postgrestest.New(t)
	p, err := policies.New(t.Context(), s, policies.Options{City: s.Now})
	require.NoError(t, err)
	changed := make(chan struct{}, 1)
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() { p.Run(ctx, changed) })
	all.Go(func() {
		err := postgres.Listen(ctx, db.App, "grants", func(string) {
			select {
			case changed <- struct{}{}:
			default: // it is about to look anyway
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); all.Wait() })
	return &civic.Desk{Policy: p, Record: s, Key: testKey}
}

// at signs somebody in.
func at(t *testing.T, d *civic.Desk, login string) civic.Actor {
	t.Helper()
	in, err := d.SignIn(t.Context(), login, postgrestest.Password, civic.Actor{Address: "192.0.2.1"}, "test")
	require.NoError(t, err)
	who, err := d.Session(t.Context(), in.Token)
	require.NoError(t, err)
	return who
}

func TestTheDeskAdministersThroughTheRecord(t *testing.T) {
	t.Parallel()
	d := office(t)
	system, one, two, auditor := at(t, d, "kang.ning"), at(t, d, "an.quanming"), at(t, d, "ning.jing"), at(t, d, "shen.ji")
	clerk := at(t, d, "wang.fang")
	me, err := d.WhoAmI(t.Context(), clerk)
	require.NoError(t, err)
	require.Equal(t, "cz-human-resources", me.Seats[0].Unit.Key)

	account, err := d.CreateAccount(t.Context(), system, "k1", civic.NewAccount{Person: "new-hire", Name: "新人", Unit: "cz-finance", Login: "new.hire"})
	require.NoError(t, err)
	require.NotEmpty(t, account.Password)
	in, err := d.SignIn(t.Context(), "new.hire", account.Password, civic.Actor{}, "")
	require.NoError(t, err)
	hired, err := d.Session(t.Context(), in.Token)
	require.NoError(t, err)
	_, err = d.Notices(t.Context(), hired, false, civic.Page{})
	requireRefused(t, err, "change_password")
	require.NoError(t, d.ChangePassword(t.Context(), hired, account.Password, "Mountain-River-88"))
	hired, err = d.Session(t.Context(), in.Token)
	require.NoError(t, err)
	_, err = d.CreateAccount(t.Context(), one, "k1", civic.NewAccount{Person: "x", Name: "x", Login: "xx"})
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, "accounts are the system administrator's")

	g, err := d.ProposeGrant(t.Context(), one, "k4", civic.NewGrant{Person: "new-hire", Role: civic.Finance, Unit: "cz-finance"})
	require.NoError(t, err)
	_, err = d.ConfirmGrant(t.Context(), one, "k2", g.ID)
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind)
	_, err = d.ConfirmGrant(t.Context(), two, "k2", g.ID)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		me, err := d.WhoAmI(t.Context(), hired)
		return err == nil && len(me.Seats) == 1
	}, 5*time.Second, 100*time.Millisecond, "the policies hear of it")

	token, err := d.CreateToken(t.Context(), hired, "k1", civic.NewToken{Label: "script", Days: 3})
	require.NoError(t, err)
	again, err := d.CreateToken(t.Context(), hired, "k1", civic.NewToken{Label: "script", Days: 3})
	require.NoError(t, err)
	require.Equal(t, token.Secret, again.Secret, "the same key hears the same, though the secret is not stored")
	by, err := d.Token(t.Context(), token.Secret)
	require.NoError(t, err)
	require.Equal(t, "new-hire", by.Person)

	parameters, err := d.Parameters(t.Context(), system)
	require.NoError(t, err)
	p := parameters[0].Parameter
	p.Source, p.From = "常社区办〔2026〕2号", time.Time{}
	_, err = d.ChangeParameter(t.Context(), system, "k2", p)
	require.NoError(t, err)
	csv := "date,kind,name,notice\n2027-01-01,holiday,元旦,2027\n"
	imported, err := d.ImportCalendar(t.Context(), system, "k3", civic.CalendarImport{CSV: csv, Official: []int{2027}, Source: "国办"})
	require.NoError(t, err)
	year, err := d.Calendar(t.Context(), 2027)
	require.NoError(t, err)
	require.Equal(t, imported.Version, year.Version)
	require.True(t, year.Official)

	report, err := d.VerifyChain(t.Context(), auditor)
	require.NoError(t, err)
	require.True(t, report.Sound)
	lines, err := d.Audit(t.Context(), auditor, civic.AuditFilter{Kind: "grant.confirm"}, civic.Page{})
	require.NoError(t, err)
	require.Len(t, lines.Items, 2, "the refusal and the deed")
	_, err = d.Audit(t.Context(), system, civic.AuditFilter{}, civic.Page{})
	require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind)
	_, err = d.DisableAccount(t.Context(), system, "k9", account.ID)
	require.NoError(t, err)
	_, err = d.Session(t.Context(), in.Token)
	requireRefused(t, err, "session_over")
	_, err = d.ProposeGrant(t.Context(), one, "k5", civic.NewGrant{Person: "a" + strings.Repeat("社", 30), Role: civic.Finance, Unit: "cz-finance"})
	requireRefused(t, err, "no_such_person")
}
