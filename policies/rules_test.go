package policies

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write expected.go or testdata/matrix.csv anew")

func expectationOf(model, policy string) expectation {
	n := 0
	for line := range strings.SplitSeq(policy, "\n") {
		if line != "" && line[0] != '#' {
			n++
		}
	}
	return expectation{n, digest(model), digest(policy)}
}

func TestTheRulesAreTheExpectedOnes(t *testing.T) {
	t.Parallel()
	is := expectationOf(modelText, policyText)
	if *update {
		require.NoError(t, os.WriteFile("expected.go", fmt.Appendf(nil, expectedFile, is.Rules, is.Model, is.Policy), 0o644))
		return
	}
	require.Equal(t, expected, is, "review the change, then run: go generate ./policies")
}

const expectedFile = `package policies

//go:generate go test -run TestTheRulesAreTheExpectedOnes -update .

// expected is what the rules were when they were last reviewed; go generate writes it.
var expected = expectation{
	Rules:  %d,
	Model:  "%s",
	Policy: "%s",
}
`
