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

func TestEveryDoubtfulLineRefusesTheFile(t *testing.T) {
	t.Parallel()
	for line, why := range map[string]string{
		"p, role:mayor, case, *, read, any, allow":                "no role",
		"p, city_office_clerk, case, *, read, any, allow":         "prefix",
		"p, user:anna, case, *, read, any, allow":                 "prefix",
		"p, *, case, *, read, any, allow":                         "only a deny",
		"p, role:supervisor, case, *, *, any, allow":              "only a deny",
		"p, role:supervisor, cases, *, read, any, allow":          "no object",
		"p, role:supervisor, *, *, read, any, deny":               "no object",
		"p, role:supervisor, case, *, raed, any, allow":           "no act",
		"p, role:supervisor, case, examine, read, any, allow":     "no step",
		"p, role:supervisor, task, exam, decide, own_seat, allow": "no step",
		"p, role:supervisor, case, *, pause, own, allow":          "not a condition",
		"p, role:supervisor, case, *, pause, took_part, allow":    "not a condition",
		"p, role:supervisor, case, *, pause, own_unit, deny":      "not a condition",
		"p, role:supervisor, stats, *, read, own_unit, allow":     "no list",
		"p, *, case, *, read, own_request, deny":                  "no list",
		"p, role:supervisor, case, *, pause, any":                 "seven columns",
		"p, role:supervisor, case, *, pause, any, allow, allow":   "seven columns",
		"g, role:supervisor, case, *, pause, any, allow":          "seven columns",
		",role:supervisor, case, *, pause, any, allow":            "seven columns",
		"p; role:supervisor; case; *; pause; any; allow":          "seven columns",
		" ": "seven columns",
		`p, "role:supervisor, case", *, pause, any, allow`: "prefix",
		"p, role:supervisor , case, *, pause, any, allow":  "reads",
		"p, role:supervisor, case, *, read, any, allow":    "says again",
		"p, role:supervisor, case, *, read, any, deny":     "says again",
	} {
		requireRefused(t, line, why)
	}
}

// requireRefused makes sure that the policy with one more line is refused, and says which line.
func requireRefused(t *testing.T, line, why string) {
	t.Helper()
	altered := policyText + line + "\n"
	_, err := load(modelText, altered, expectationOf(modelText, altered))
	require.ErrorContains(t, err, why, line)
	require.ErrorContains(t, err, "policy.csv:", line)
}

func TestAWordThatLeadsNowhereRefusesTheFile(t *testing.T) {
	t.Parallel()
	altered := strings.Replace(policyText, "p, role:auditor, audit, *, verify, any, allow\n", "", 1)
	_, err := load(modelText, altered, expectationOf(modelText, altered))
	require.ErrorContains(t, err, "nobody may verify a audit")
}

func TestTheEmbeddedRulesAreCheckedWithoutAnybodysGrants(t *testing.T) {
	t.Parallel()
	book, err := Check()
	require.NoError(t, err)
	require.Equal(t, expected.Policy, book.Version)
	require.Len(t, book.Rules, expected.Rules)

	faulty := strings.Replace(policyText, "p, role:supervisor, case, *, read, any, allow", "p, role:supervisor, case, *, raed, any, allow", 1)
	_, err = check(modelText, faulty, expected)
	require.ErrorContains(t, err, `knows no act "raed"`, "the line at fault is named")
	require.ErrorContains(t, err, "not "+expected.Policy, "and so is that the file is another")
	_, err = CheckText(strings.Replace(policyText, "own_seat", "own_chair", 1))
	require.ErrorContains(t, err, `policy.csv:`)
	_, err = CheckText("# nothing\n")
	require.Error(t, err)
}
