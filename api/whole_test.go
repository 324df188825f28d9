package api

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

func TestNoListIsNull(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 1, 2, 3, 0, time.UTC)
	type Inner struct {
		List []string  `json:"list"`
		At   time.Time `json:"at"`
	}
	type outer struct {
		Inner
		One    *Inner         `json:"one"`
		None   *Inner         `json:"none,omitempty"`
		Many   []Inner        `json:"many"`
		Bare   []*Inner       `json:"bare"`
		Open   map[string]any `json:"open,omitempty"`
		Hidden []string       `json:"hidden,omitempty"`
		hidden []string
	}
	given := outer{One: &Inner{At: at}, Many: []Inner{{List: []string{"a"}}, {At: at}}, Bare: []*Inner{{}}}
	body, err := json.Marshal(whole(&given))
	require.NoError(t, err)
	require.JSONEq(t, `{"list":[],"at":"0001-01-01T00:00:00Z","one":{"list":[],"at":"2026-11-23T01:02:03Z"},
		"many":[{"list":["a"],"at":"0001-01-01T00:00:00Z"},{"list":[],"at":"2026-11-23T01:02:03Z"}],"bare":[{"list":[],"at":"0001-01-01T00:00:00Z"}]}`, string(body))
	require.Nil(t, given.One.List, "what was given is as it was")
	require.Nil(t, given.Many[1].List)
	require.Nil(t, given.Bare[0].List)
	require.Nil(t, given.hidden)
	require.Nil(t, whole(nil))
	require.Equal(t, civic.Definitions[civic.AccessProcedure].Procedure, whole(civic.Definitions[civic.AccessProcedure]).(civic.Definition).Procedure)
}

func BenchmarkWhole(b *testing.B) {
	b.ReportAllocs()
	definition := civic.Definitions[civic.AccessProcedure]
	for b.Loop() {
		whole(definition)
	}
}
