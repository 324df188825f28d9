package policies

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// crowd makes n grants of community clerks besides those a benchmark asks about.
func crowd(n int) []any {
	out := []any{
		grant("anna", civic.OfficeClerk, "office"), grant("fei", civic.Finance, "finance"), grant("fei", civic.Reviewer, "finance"),
		grant("dan", civic.StreetClerk, "street"), standIn("dan", "anna"),
	}
	for i := range n {
		out = append(out, grant(fmt.Sprint("clerk-", i), civic.Community, fmt.Sprint("village-", i)))
	}
	return out
}

// One decision, with everything a task's answer is asked about: seat, three bars, sight of the case.
func BenchmarkDecide(b *testing.B) {
	joint := task("joint", civic.Seat{Role: civic.Finance, Unit: "finance"}, answered("examine", "anna", ""), answered("prereview", "bo", ""))
	for _, n := range []int{100, 5_000, 50_000} {
		p := among(b, crowd(n)...)
		for _, c := range []struct {
			name, person, act string
			what              civic.Subject
		}{
			{"seat", "anna", "decide", task("examine", examining)},
			{"two roles", "fei", "decide", joint},
			{"deputy", "dan", "decide", task("examine", examining)},
			{"read", "anna", "read", file(civic.Accepted)},
			{"hidden", "clerk-7", "read", file(civic.Accepted)},
		} {
			b.Run(fmt.Sprintf("%s/%d grants", c.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, err := p.Decide(b.Context(), actor(c.person), c.act, c.what)
					require.True(b, err == nil || c.name == "hidden")
				}
			})
		}
	}
}

func BenchmarkReload(b *testing.B) {
	p := among(b, crowd(5_000)...)
	for b.Loop() {
		require.NoError(b, p.Reload(b.Context()))
	}
}
