package policies

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// These tests hold for our own use of casbin what casbin itself does not promise.

func TestAnEmptyOrAlteredPolicyRefusesToServe(t *testing.T) { // C1
	t.Parallel()
	_, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	for claim, altered := range map[string]string{
		"no rules at all":  "",
		"only comments":    "# nothing\n",
		"one rule fewer":   policyText[:strings.LastIndex(strings.TrimSpace(policyText), "\n")+1],
		"one letter other": strings.Replace(policyText, "own_seat", "any", 1),
		"one rule more":    policyText + "p, role:auditor, case, *, read, any, allow\n",
		"windows newlines": strings.ReplaceAll(policyText, "\n", "\r\n"),
	} {
		_, err := load(modelText, altered, expected)
		require.ErrorContains(t, err, "as expected", claim)
	}
	for _, altered := range []string{"", "# nothing\n"} {
		_, err = load(modelText, altered, expectationOf(modelText, altered))
		require.Error(t, err, "an empty policy, even where one is expected")
	}
	short := expectationOf(modelText, policyText)
	short.Rules--
	_, err = load(modelText, policyText, short)
	require.ErrorContains(t, err, "expected are")
}

func TestNobodyIsRefusedBeforeCasbinIsAsked(t *testing.T) { // C1
	t.Parallel()
	bare, err := model.NewModelFromString(modelText)
	require.NoError(t, err)
	e, err := casbin.NewEnforcer(bare)
	require.NoError(t, err)
	e.AddFunction("holds", func(...any) (any, error) { return true, nil })
	allowed, err := e.Enforce("", "", "", "", "", nil)
	require.NoError(t, err)
	require.False(t, allowed, "our matcher denies what an empty policy would allow")

	p := among(t)
	_, err = p.Decide(t.Context(), civic.Actor{}, "read", civic.Subject{Object: "parameter"})
	require.Equal(t, civic.Unauthorised, civic.AsRefusal(err).Kind)
	for _, ask := range []struct{ person, act, object string }{{"anna", "", ""}, {"anna", "", "parameter"}, {"anna", "read", ""}} {
		_, err := p.Decide(t.Context(), actor(ask.person), ask.act, civic.Subject{Object: ask.object})
		require.Error(t, err)
	}
	g := p.current.Load().rules.groups[[2]string{"parameter", "read"}]
	for _, f := range []*facts{{}, {actor: "anna"}} {
		allowed, _, err := g.enforce(f, "", anyone)
		require.Error(t, err)
		require.False(t, allowed)
	}
}

func TestAConditionThatFailsDenies(t *testing.T) { // C1
	t.Parallel()
	p := among(t, grant("anna", civic.OfficeClerk, "office"))
	for claim, spoil := range map[string]func(*civic.Subject){
		"without the case":      func(s *civic.Subject) { s.Case = nil },
		"without the seat":      func(s *civic.Subject) { s.Seat = nil },
		"without a step":        func(s *civic.Subject) { s.Step = "" },
		"without the procedure": func(s *civic.Subject) { s.Procedure = "" },
	} {
		what := task("examine", examining)
		spoil(&what)
		permit, err := p.Decide(t.Context(), actor("anna"), "decide", what)
		require.Error(t, err, claim)
		require.Nil(t, civic.AsRefusal(err), claim)
		require.Equal(t, civic.Permit{}, permit, claim)
	}
	for _, args := range [][]any{{}, {"any"}, {"any", nil}, {1, &facts{}}, {"no_such", &facts{}}} {
		held, err := holds(args...)
		require.Error(t, err)
		require.Equal(t, false, held)
	}
}

func TestEffectsAreDenyByDefaultAndSpeltRight(t *testing.T) { // C2
	t.Parallel()
	for _, effect := range []string{
		"!some(where (p.eft == deny))", "some(where (p.eft == allow))", "priority(p.eft) || deny",
	} {
		altered := strings.Replace(modelText, "some(where (p.eft == allow)) && !some(where (p.eft == deny))", effect, 1)
		require.NotEqual(t, modelText, altered)
		_, err := load(altered, policyText, expectationOf(altered, policyText))
		require.ErrorContains(t, err, "deny by default")
	}
	for _, effect := range []string{"Deny", "DENY", "Allow", "permit", ""} {
		requireRefused(t, "p, role:auditor, audit, *, read, any, "+effect, "neither allow nor deny")
	}
}

func TestAPersonIsNeverARole(t *testing.T) { // C3
	t.Parallel()
	p := among(t, grant("sys_admin", civic.Community, "village"), grant("office", civic.DeptClerk, "dept"))
	for _, person := range []string{"sys_admin", "auditor", "office", "city_office_clerk", "role.auditor"} {
		require.Equal(t, "not_granted", refusal(t, p, person, "read", civic.Subject{Object: "audit"}))
	}
	for _, person := range []string{"role:auditor", "user:anna", "auditor\x00", "a b", "*", civic.System, civic.Public, strings.Repeat("x", 65)} {
		_, err := p.Decide(t.Context(), actor(person), "read", civic.Subject{Object: "parameter"})
		require.ErrorContains(t, err, "no person's id")
		_, err = p.Scope(t.Context(), actor(person), "case")
		require.ErrorContains(t, err, "no person's id")
		_, err = p.Seats(t.Context(), actor(person))
		require.ErrorContains(t, err, "no person's id")
	}
}

func TestActsAreWordsNeverPatterns(t *testing.T) { // C4
	t.Parallel()
	p := among(t, grant("anna", civic.OfficeClerk, "office"))
	for _, act := range []string{"predecide", "decide_all", "dec*", ".*", "*", "DECIDE", "decide ", "decide/..", "%64ecide", "/tasks/1/decision"} {
		_, err := p.Decide(t.Context(), actor("anna"), act, task("examine", examining))
		require.ErrorContains(t, err, "knows no act")
	}
	for _, step := range []string{"*", "exam*", "examine2", ".*", "Examine"} {
		what := task("examine", examining)
		what.Step = step
		_, err := p.Decide(t.Context(), actor("anna"), "decide", what)
		require.ErrorContains(t, err, "knows no step")
	}
}

func TestNoStoredTextIsRunAndNothingIsSwitchedOff(t *testing.T) { // C5
	t.Parallel()
	for _, call := range []string{"eval(p.cond)", "regexMatch(r.act, p.act)", "keyMatch2(r.act, p.act)", "globMatch(r.act, p.act)"} {
		altered := strings.Replace(modelText, "holds(p.cond, r.facts)", call, 1)
		_, err := load(altered, policyText, expectationOf(altered, policyText))
		require.ErrorContains(t, err, "may not use")
	}
	linked := modelText + "\n[role_definition]\ng = _, _\n"
	_, err := load(linked, policyText, expectationOf(linked, policyText))
	require.ErrorContains(t, err, "role links")
	requireRefused(t, "p, role:auditor, audit, *, read, true || any, allow", "not a condition")

	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range sources {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if !strings.HasSuffix(name, "_test.go") {
			require.NotContains(t, string(text), "EnableEnforce", name)
		}
	}
}

func TestDecisionsAndReloadsDoNotDisturbEachOther(t *testing.T) { // C6
	t.Parallel()
	source := &register{grants: []civic.Grant{grant("anna", civic.OfficeClerk, "office")}}
	p, err := New(t.Context(), source, Options{Now: func() time.Time { return today }})
	require.NoError(t, err)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 100 {
				code := refusalCode(p.Decide(context.Background(), actor("anna"), "decide", task("examine", examining)))
				_, scopeErr := p.Scope(context.Background(), actor("anna"), "case")
				if code != "" && code != "not_found" || scopeErr != nil {
					t.Errorf("neither before nor after: %s, %v", code, scopeErr)
				}
			}
		})
	}
	all.Go(func() {
		for i := range 20 {
			source.set(nil)
			if i%2 == 1 {
				source.set(nil, grant("anna", civic.OfficeClerk, "office"))
			}
			if err := p.Reload(context.Background()); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	require.Empty(t, refusal(t, p, "anna", "decide", task("examine", examining)))
}

func refusalCode(_ civic.Permit, err error) string {
	if err == nil {
		return ""
	}
	if r := civic.AsRefusal(err); r != nil {
		return r.Code
	}
	return err.Error()
}

func TestIdsAreCheckedAndNothingIsRemembered(t *testing.T) { // C7
	t.Parallel()
	for _, id := range []string{"", "a\x00b", "role:x", "a,b", civic.System, "张三"} {
		for _, g := range []civic.Grant{grant(id, civic.Auditor, "centre"), grant("anna", civic.Auditor, id)} {
			_, err := New(t.Context(), &register{grants: []civic.Grant{g}}, Options{})
			require.ErrorContains(t, err, "no person in a unit")
		}
		for _, d := range []civic.Deputy{standIn(id, "anna"), standIn("anna", id)} {
			_, err := New(t.Context(), &register{deputies: []civic.Deputy{d}}, Options{})
			require.ErrorContains(t, err, "no two persons")
		}
	}
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	for _, g := range book.groups {
		require.NotContains(t, g.enforcer.GetModel(), "g", "no role links, so no memory of who was asked about")
	}
}
