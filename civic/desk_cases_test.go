package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASearchForANumberOfAnyProcedureIsOneForANumber(t *testing.T) {
	t.Parallel()
	for _, p := range Procedures {
		q, err := CaseFilter{Text: Definitions[p].Prefix + "-2026-0000"}.query(Sight{}, Actor{}, Page{})
		require.NoError(t, err)
		require.Equal(t, Definitions[p].Prefix+"-2026-0000", q.Number, "%s", p)
	}
	q, err := CaseFilter{Text: "app"}.query(Sight{}, Actor{}, Page{})
	require.NoError(t, err)
	require.Empty(t, q.Number, "three letters alone are words of a title")
}
