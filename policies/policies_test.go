package policies

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

func TestAFailedReloadKeepsTheLastGoodForAWhile(t *testing.T) {
	t.Parallel()
	now := today
	source := &register{grants: []civic.Grant{grant("anna", civic.OfficeClerk, "office")}}
	p, err := New(t.Context(), source, Options{Now: func() time.Time { return now }, Grace: 5 * time.Minute})
	require.NoError(t, err)
	source.set(errors.New("the record is away"))
	now = now.Add(5 * time.Minute)
	require.ErrorContains(t, p.Reload(t.Context()), "the record is away")
	require.Empty(t, refusal(t, p, "anna", "decide", task("examine", examining)), "the last good reading counts")
	require.NoError(t, p.Ready())

	now = now.Add(time.Second)
	_, err = p.Decide(t.Context(), actor("anna"), "decide", task("examine", examining))
	require.True(t, civic.Refused(err, "permissions_stale"), "then nothing is decided by it")
	require.Equal(t, civic.Unavailable, civic.AsRefusal(err).Kind)
	_, err = p.Scope(t.Context(), actor("anna"), "case")
	require.Equal(t, civic.Unavailable, civic.AsRefusal(err).Kind)
	_, err = p.Seats(t.Context(), actor("anna"))
	require.Equal(t, civic.Unavailable, civic.AsRefusal(err).Kind)
	require.Error(t, p.Ready())

	source.set(nil)
	require.NoError(t, p.Reload(t.Context()))
	require.Equal(t, "not_found", refusal(t, p, "anna", "decide", task("examine", examining)), "the new reading counts at once")
}

func TestTheRecordSaysWhichDayItIs(t *testing.T) {
	t.Parallel()
	host, city := today, today
	g := grant("anna", civic.OfficeClerk, "office")
	tomorrow := today.AddDate(0, 0, 1)
	g.Until = &tomorrow
	p, err := New(t.Context(), &register{grants: []civic.Grant{g}}, Options{
		Now: func() time.Time { return host }, City: func() time.Time { return city },
	})
	require.NoError(t, err)
	city = tomorrow
	require.Equal(t, "not_found", refusal(t, p, "anna", "decide", task("examine", examining)), "the grant is over in the city")
	require.NoError(t, p.Ready(), "and the reading is as fresh as before")
}

func TestAServiceThatCannotReadDoesNotStart(t *testing.T) {
	t.Parallel()
	p, err := New(t.Context(), &register{fault: errors.New("the record is away")}, Options{})
	require.ErrorContains(t, err, "the record is away")
	require.Nil(t, p)
}

func TestRunReloadsWhenToldAndByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		source, changed := &register{}, make(chan struct{})
		var failures []error
		p, err := New(t.Context(), source, Options{FailedFunc: func(err error) { failures = append(failures, err) }})
		require.NoError(t, err)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		go p.Run(ctx, changed)
		audit := civic.Subject{Object: "audit"}
		fixed := func(role civic.Role) civic.Grant {
			g := grant("ada", role, "centre")
			g.From = time.Time{}
			return g
		}

		source.set(nil, fixed(civic.Auditor))
		require.Equal(t, "not_granted", refusal(t, p, "ada", "read", audit))
		changed <- struct{}{}
		synctest.Wait()
		require.Empty(t, refusal(t, p, "ada", "read", audit), "told of a change")

		source.set(nil)
		time.Sleep(time.Minute) // the bubble's clock
		synctest.Wait()
		require.Equal(t, "not_granted", refusal(t, p, "ada", "read", audit), "a lost message is caught within a minute")

		close(changed)
		source.set(errors.New("the record is away"))
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Len(t, failures, 1, "a failure is told once, and a closed channel is no news")
	})
}
