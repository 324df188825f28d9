package policies

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic"
)

var (
	people = []string{"p1", "p2", "p3"}
	units  = []string{"u1", "u2", "u3"}
)

// drawWorld makes any grants and deputyships, in force or not.
func drawWorld(t *rapid.T, book *rulebook) *Policies {
	at := func(label string) time.Time {
		return today.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, label)) * time.Hour)
	}
	maybe := func(label string) *time.Time {
		if !rapid.Bool().Draw(t, "has "+label) {
			return nil
		}
		when := at(label)
		return &when
	}
	var grants []civic.Grant
	for i := range rapid.IntRange(0, 5).Draw(t, "grants") {
		grants = append(grants, civic.Grant{
			ID: fmt.Sprint("g", i), Person: rapid.SampledFrom(people).Draw(t, "holder"),
			Role: rapid.SampledFrom(civic.Roles).Draw(t, "role").Role, Unit: rapid.SampledFrom(units).Draw(t, "unit"),
			From: at("from"), Until: maybe("until"), RevokedAt: maybe("revoked"), ConfirmedBy: rapid.SampledFrom([]string{"", "sec", "sec"}).Draw(t, "confirmed"),
		})
	}
	var deputies []civic.Deputy
	for i := range rapid.IntRange(0, 2).Draw(t, "deputies") {
		deputies = append(deputies, civic.Deputy{
			ID: fmt.Sprint("d", i), Person: rapid.SampledFrom(people).Draw(t, "deputy"),
			Principal: rapid.SampledFrom(people).Draw(t, "principal"), From: at("from"), Until: at("until"), EndedAt: maybe("ended"),
		})
	}
	s, err := newSnapshot(book, today, grants, deputies)
	require.NoError(t, err)
	return over(s)
}

// drawThing makes anything an act could be about.
func drawThing(t *rapid.T) civic.Subject {
	states := []civic.State{civic.Draft, civic.Accepted, civic.Publicity}
	w := civic.Subject{
		Object: rapid.SampledFrom(Objects).Draw(t, "object").Name, Procedure: civic.AccessProcedure, State: rapid.SampledFrom(states).Draw(t, "state"),
		Unit: rapid.SampledFrom(units).Draw(t, "of unit"), Applicant: rapid.SampledFrom(people).Draw(t, "applicant"),
		Person: rapid.SampledFrom(people).Draw(t, "about"), Parties: rapid.SliceOfN(rapid.SampledFrom(units), 0, 2).Draw(t, "parties"),
		Readers: rapid.SliceOfN(rapid.SampledFrom(people), 0, 2).Draw(t, "readers"),
	}
	if w.Object != "task" {
		return w
	}
	step := rapid.SampledFrom(civic.Definitions[civic.AccessProcedure].Steps).Draw(t, "step")
	w.Step, w.State = step.Name, step.State
	w.Seat = &civic.Seat{Role: rapid.SampledFrom(step.Roles).Draw(t, "seat's role"), Unit: rapid.SampledFrom(units).Draw(t, "seat's unit")}
	w.Case = &civic.Case{ID: "case-1", Procedure: w.Procedure, Unit: w.Unit, Applicant: w.Applicant, State: w.State, Round: 1}
	if rapid.Bool().Draw(t, "something was answered") {
		earlier := rapid.SampledFrom(civic.Definitions[civic.AccessProcedure].Steps).Draw(t, "earlier step").Name
		w.Tasks = append(w.Tasks, answered(earlier, rapid.SampledFrom(people).Draw(t, "by"), rapid.SampledFrom(append(people, "")).Draw(t, "for")))
	}
	return w
}

// What a list shows is what may be read, no more and no less.
func TestScopeAgreesWithDecide(t *testing.T) {
	t.Parallel()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		p, w, who := drawWorld(t, book), drawThing(t), actor(rapid.SampledFrom(people).Draw(t, "who"))
		scope, err := p.Scope(context.Background(), who, readAs(&w))
		require.NoError(t, err)
		_, err = p.Decide(context.Background(), who, "read", w)
		if err != nil {
			require.NotNil(t, civic.AsRefusal(err), "%v", err)
		}
		require.Equal(t, err == nil, scope.Covers(parties(&w), readers(&w)), "%+v of %+v", scope, w)
	})
}

// What is explained is what is decided, and what nobody may see is not allowed either.
func TestExplainAgreesWithDecide(t *testing.T) {
	t.Parallel()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		p, w, who := drawWorld(t, book), drawThing(t), actor(rapid.SampledFrom(people).Draw(t, "who"))
		o, _ := objectNamed(w.Object)
		act := rapid.SampledFrom(o.Acts).Draw(t, "act")
		permit, decideErr := p.Decide(context.Background(), who, act, w)
		lines, explainErr := p.Explain(context.Background(), who, act, w)
		if civic.Refused(decideErr, "not_found") {
			require.True(t, civic.Refused(explainErr, "not_found"), "what is hidden is not explained")
			return
		}
		require.NoError(t, explainErr)
		require.Equal(t, decideErr == nil, verdict(lines), "%v, %+v", decideErr, lines)
		if decideErr != nil {
			require.Equal(t, civic.Forbidden, civic.AsRefusal(decideErr).Kind)
			require.NotEmpty(t, civic.AsRefusal(decideErr).Rule)
			return
		}
		require.Contains(t, ids(lines), permit.Rule)
		scope, err := p.Scope(context.Background(), who, readAs(&w))
		require.NoError(t, err)
		key := [2]string{w.Object, act}
		require.True(t, !o.Hidden || fresh[key] || blind[key] || scope.Covers(parties(&w), readers(&w)), "%s lets act on what is hidden", permit.Rule)
	})
}

// verdict reads an explanation as its doc comment says.
func verdict(lines []Line) bool {
	allowed, denied, principals := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, l := range lines {
		principals[l.Principal] = true
		if l.Matched {
			allowed[l.Principal] = allowed[l.Principal] || l.Rule.Effect == allow
			denied[l.Principal] = denied[l.Principal] || l.Rule.Effect == deny
		}
	}
	for principal := range principals {
		if allowed[principal] && !denied[principal] && !denied[""] {
			return true
		}
	}
	return false
}

func ids(lines []Line) []string {
	var out []string
	for _, l := range lines {
		if l.Matched {
			out = append(out, l.ID)
		}
	}
	return out
}

// A bar looks at persons and things only, so that it holds in all of a person's roles alike.
func TestABarHoldsInAllOfAPersonsRoles(t *testing.T) {
	t.Parallel()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		p, w := drawWorld(t, book), drawThing(t)
		a, err := p.asker(actor(rapid.SampledFrom(people).Draw(t, "who")))
		require.NoError(t, err)
		if w.Object != "task" {
			return
		}
		for name, b := range bars {
			held := map[bool]bool{}
			for _, c := range a.own() {
				is, err := b.holds(a.facts(c, &w))
				require.NoError(t, err)
				held[is] = true
			}
			require.Len(t, held, 1, name)
		}
	})
}

func TestExplainSaysWhyNot(t *testing.T) {
	t.Parallel()
	over := grant("anna", civic.OfficeClerk, "office")
	over.Until = &today
	p := among(t, over, grant("anna", civic.OfficeHead, "office"))
	lines, err := p.Explain(t.Context(), actor("anna"), "decide", task("examine", examining))
	require.NoError(t, err)
	var of []Line
	for _, l := range lines {
		if l.Rule.Role == "city_office_clerk" && l.Rule.Step == "examine" {
			of = append(of, l)
		}
	}
	require.Len(t, of, 1)
	require.Equal(t, "您担任领导小组办公室经办人的授权未生效、已到期或已撤销", of[0].Zh)
	require.Equal(t, "your grant as leading-group office clerk is not in force", of[0].En)
	require.Equal(t, over.ID, of[0].Grant)
	_, err = p.Explain(t.Context(), actor("carl"), "decide", task("examine", examining))
	require.True(t, civic.Refused(err, "not_found"))
}

func TestTraceTellsTheOperatorWhatThePersonMustNotHear(t *testing.T) {
	t.Parallel()
	p := among(t, grant("anna", civic.OfficeClerk, "office"))
	seen, err := p.Trace(t.Context(), actor("anna"), "decide", task("examine", examining))
	require.NoError(t, err)
	require.Equal(t, "g.anna.city_office_clerk.office", seen.Permit.Grant)
	require.Nil(t, seen.Refusal)
	hidden, err := p.Trace(t.Context(), actor("carl"), "decide", task("examine", examining))
	require.NoError(t, err)
	require.Nil(t, hidden.Permit)
	require.Equal(t, "not_found", hidden.Refusal.Code)
	require.Len(t, hidden.Lines, len(seen.Lines), "every rule about the act is there")
}
