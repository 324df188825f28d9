package names

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestTablesAreWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, table string
		atLeast     int
	}{
		{"traditional.txt", traditional, 4_000},
		{"compatibility.txt", compatibility, 3_000},
		{"lookalikes.txt", lookalikes, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seen := map[rune]int{}
			for i, line := range strings.Split(strings.TrimSuffix(c.table, "\n"), "\n") {
				if strings.HasPrefix(line, "#") {
					continue
				}
				target, sources, ok := strings.Cut(line, " ")
				require.True(t, ok && target != "" && sources != "", "line %d", i+1)
				require.True(t, utf8.ValidString(line), "line %d", i+1)
				for _, r := range sources {
					require.Zero(t, seen[r], "line %d: %c is in an earlier line already", i+1, r)
					seen[r] = i + 1
				}
			}
			require.GreaterOrEqual(t, len(seen), c.atLeast)
		})
	}
}

func TestNoCharacterIsInTwoTables(t *testing.T) {
	t.Parallel()
	sum := len(load(traditional)) + len(load(compatibility)) + len(load(lookalikes))
	require.Len(t, spellings, sum, "else the order of the tables would decide")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(compatibility, traditional, lookalikes)
	}
}
