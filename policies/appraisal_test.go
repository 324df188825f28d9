package policies

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// What a year has computed is nobody's outside the public bodies before it is put on public notice. A role that is added has to be decided on.
func TestAYearAndItsStandardsAreReadByPublicBodiesAlone(t *testing.T) {
	t.Parallel()
	for _, r := range civic.Roles {
		outside := r.Admin || r.Role == civic.Developer || r.Role == civic.Surveyor
		p := among(t, grant("ann", r.Role, "own"))
		for _, object := range []string{"appraisal", "standard"} {
			_, err := p.Decide(t.Context(), actor("ann"), "read", civic.Subject{Object: object})
			require.Equal(t, outside, civic.Refused(err, "not_granted"), "%s reads %s: %v", r.Role, object, err)
		}
	}
	_, err := among(t).Decide(t.Context(), actor("ann"), "read", civic.Subject{Object: "appraisal"})
	require.True(t, civic.Refused(err, "not_granted"), "whoever holds no role: %v", err)
}
