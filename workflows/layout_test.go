package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/workflows"
)

func TestSilenceOnALayoutPlanIsWhatItsDefinitionPublishes(t *testing.T) {
	t.Parallel()
	for _, w := range civic.Definitions[civic.LayoutProcedure].States {
		require.Equal(t, w.Auto, workflows.LayoutSilence(w.State), "state %s", w.State)
	}
	for _, s := range []civic.State{civic.LayoutReview, civic.Returned, civic.Deliberation} {
		require.Empty(t, workflows.LayoutSilence(s), "nobody's silence agrees to it in %s", s)
	}
}
