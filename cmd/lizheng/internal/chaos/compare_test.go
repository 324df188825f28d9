package chaos

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryAnswerIsHeldAgainstTheRecord(t *testing.T) {
	t.Parallel()
	yes, no, gone, lost := Answer{Status: 200, Body: "{}"}, Answer{Status: 409, Body: "{}"}, Answer{Status: 404}, Answer{}
	once, twice, refused := recorded{answers: 1, accepted: 1, decisions: 1}, recorded{answers: 2, accepted: 2, decisions: 1}, recorded{answers: 1}
	for _, c := range []struct {
		name    string
		intent  Intent
		answers []Answer
		record  recorded
		fault   func(comparison) []string // nil: nothing is wrong
	}{
		{"a yes that is there once", Intent{}, []Answer{yes}, once, nil},
		{"a yes after a lost answer", Intent{}, []Answer{lost, yes, yes}, once, nil},
		{"a no that left nothing", Intent{}, []Answer{no, no}, refused, nil},
		{"a yes to what was not there yet", Intent{}, []Answer{gone, yes}, once, nil},
		{"a draft, which is no decision", Intent{Deed: true}, []Answer{{Status: 201}}, recorded{answers: 1, accepted: 1}, nil},
		{"a yes that is not there", Intent{}, []Answer{yes}, recorded{}, func(c comparison) []string { return c.Lost }},
		{"a yes without its decision", Intent{}, []Answer{yes}, recorded{answers: 1, accepted: 1}, func(c comparison) []string { return c.Lost }},
		{"a yes that is there twice", Intent{}, []Answer{yes}, twice, func(c comparison) []string { return c.Doubled }},
		{"a no that was done", Intent{}, []Answer{no}, once, func(c comparison) []string { return c.Wrong }},
		{"a yes to a stranger", Intent{Never: true}, []Answer{yes}, once, func(c comparison) []string { return c.Wrong }},
		{"a no after a yes", Intent{}, []Answer{yes, no}, once, func(c comparison) []string { return c.Unstable }},
		{"another yes", Intent{}, []Answer{yes, {Status: 200, Body: "{ }"}}, once, func(c comparison) []string { return c.Unstable }},
		{"nothing definite", Intent{}, []Answer{lost, {Status: 202}, {Status: 503}}, recorded{}, func(c comparison) []string { return c.Undecided }},
		{"an answer of no known class", Intent{}, []Answer{yes, {Status: 301}}, once, func(c comparison) []string { return c.Strange }},
	} {
		c.intent.answers = c.answers
		var found comparison
		found.intent(&c.intent, c.record)
		if c.fault == nil {
			require.Empty(t, found.faults(), c.name)
			continue
		}
		require.Len(t, found.faults(), 1, c.name)
		require.Len(t, c.fault(found), 1, c.name)
	}
}

func TestTheDoorsOwnRefusalsNameTheRequest(t *testing.T) {
	t.Parallel()
	require.Equal(t, same(`{"code":"malformed","instance":"urn:request:0a1b"}`), same(`{"code":"malformed","instance":"urn:request:ffff"}`))
	require.NotEqual(t, same(`{"instance":"/api/v1/acts/a"}`), same(`{"instance":"/api/v1/acts/b"}`))
}
