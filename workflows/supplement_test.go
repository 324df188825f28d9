package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/workflows"
)

func TestSilenceOnASupplementIsWhatItsDefinitionPublishes(t *testing.T) {
	t.Parallel()
	for _, w := range civic.Definitions[civic.SupplementProcedure].States {
		require.Equal(t, w.Auto, workflows.SupplementSilence(w.State), "state %s", w.State)
	}
	for _, s := range []civic.State{civic.SupplyReview, civic.Returned, civic.SupplyApproval, civic.SupplyWork, civic.SupplyCheck} {
		require.Empty(t, workflows.SupplementSilence(s), "nobody's silence ends or approves it in %s", s)
	}
}
