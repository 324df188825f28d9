package civic

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryMoveOfTheDefinitionHappensAndNoOther(t *testing.T) {
	t.Parallel()
	x := everyWay()
	declared := map[seenMove]bool{}
	for _, m := range Definitions[AccessProcedure].Moves {
		move := seenMove(m)
		require.False(t, declared[move], "%v is listed twice", m)
		require.NotEqual(t, m.From, m.To)
		declared[move] = true
		require.True(t, x.moves[move], "%v never happens", m)
	}
	for m := range x.moves {
		require.True(t, declared[m], "%v is not in the definition", m)
	}
}

func TestEveryOutcomeLeadsToExactlyTheStatesItNames(t *testing.T) {
	t.Parallel()
	x := everyWay()
	for _, s := range accessSteps {
		for _, c := range s.Outcomes {
			seen := x.leadsTo[s.Name+"."+c.Name]
			require.Len(t, c.To, len(seen), "%s.%s leads to %v", s.Name, c.Name, seen)
			for _, to := range c.To {
				require.True(t, seen[to], "%s.%s never leads to %s", s.Name, c.Name, to)
			}
		}
	}
}

func TestEveryStateCanBeReachedAndLeft(t *testing.T) {
	t.Parallel()
	def := Definitions[AccessProcedure]
	reached := map[State]bool{Draft: true}
	for range def.Moves {
		for _, m := range def.Moves {
			reached[m.To] = reached[m.To] || reached[m.From]
		}
	}
	for _, w := range def.States {
		require.True(t, reached[w.State], w.State)
		leaves := slices.ContainsFunc(def.Moves, func(m Move) bool { return m.From == w.State })
		require.Equal(t, w.State != Archived, leaves, "%s is for ever", w.State)
		if w.State.Over() && w.State != Archived {
			require.Equal(t, ActArchive, w.Auto)
			require.True(t, def.Allows(w.State, Archived))
		}
	}
	require.Len(t, def.States, len(everyState()))
}

func TestTheDefinitionSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	def := Definitions[AccessProcedure]
	words := func(what, zh, en string) {
		require.NotEmpty(t, zh, what)
		require.NotEmpty(t, en, what)
		require.NotEqual(t, zh, en, what)
		require.False(t, strings.ContainsFunc(zh, func(r rune) bool { return r < 128 }), "%s: %s", what, zh)
		require.False(t, strings.ContainsFunc(en, func(r rune) bool { return r > 0x2fff }), "%s: %s", what, en)
	}
	words("procedure", def.Zh, def.En)
	for _, w := range def.States {
		words(string(w.State), w.Zh, w.En)
		require.Equal(t, w, def.Words(w.State))
	}
	for _, s := range def.Steps {
		words(s.Name, s.Zh, s.En)
		for _, c := range s.Outcomes {
			words(s.Name+"."+c.Name, c.Zh, c.En)
		}
	}
	for _, r := range Roles {
		words(string(r.Role), r.Zh, r.En)
	}
	require.Equal(t, "nowhere", def.Words("nowhere").En)
}

func TestTheStepsAreWhole(t *testing.T) {
	t.Parallel()
	def, reg := Definitions[AccessProcedure], regulations[AccessProcedure]
	rules := RulesAt(parameters(), start)
	names := map[string]bool{}
	for _, s := range def.Steps {
		require.False(t, names[s.Name], "%s twice", s.Name)
		names[s.Name] = true
		require.NotEmpty(t, s.Outcomes, s.Name)
		require.NotEmpty(t, s.Roles, s.Name)
		require.Contains(t, []Join{One, All, Quorum}, s.Join)
		require.Contains(t, []string{"escalate", "lapse", "no_opinion"}, s.Silence, "silence is never consent")
		require.Equal(t, s.Join != One, s.Voices || s.Name == "objection", s.Name)
		days, err := rules.Int(s.Term)
		require.NoError(t, err)
		require.Positive(t, days)
		for _, role := range s.Roles {
			require.True(t, role.Known())
		}
		if s.Name != "correct" { // which is handed in, not answered
			require.Contains(t, reg.outcomes, s.Name, "nobody handles the answers to %s", s.Name)
		}
		for _, c := range s.Outcomes {
			for _, field := range slices.Concat(c.Needs, c.Takes) {
				require.Contains(t, everyDetail.given(), field, "%s.%s", s.Name, c.Name)
			}
		}
	}
	require.Len(t, reg.outcomes, len(def.Steps)-1)
	for kind, fields := range actTakes {
		require.Contains(t, allActs, kind)
		require.Subset(t, everyDetail.given(), fields)
	}
}

// everyDetail has no empty field.
var everyDetail = Details{TermEnd: "x", Communities: []string{"x"}, Condition: "x", MergeInto: "x", TransferTo: "x", Until: "x", Gaps: []string{"x"}, BudgetLine: "x",
	Unit: "x", Person: "x", Trigger: "x", BlockName: true, From: "x", Contact: "x", Objection: "x"}

func TestTheTablesNameWhatExists(t *testing.T) {
	t.Parallel()
	def, reg := Definitions[AccessProcedure], regulations[AccessProcedure]
	step := func(name string) Step {
		s, ok := def.Step(name)
		require.True(t, ok, "no step %s", name)
		return s
	}
	for _, pair := range def.Separate {
		step(pair[0])
		step(pair[1])
		require.NotEqual(t, pair[0], pair[1])
	}
	for name := range reg.overdue {
		require.Equal(t, "escalate", step(name).Silence)
	}
	for _, r := range def.Returns {
		_, returns := step(r.Step).Choice("return")
		require.True(t, returns, r.Step)
		require.Equal(t, r.State, step(r.Resumes).State)
		require.True(t, def.Allows(step(r.Step).State, Returned))
		require.True(t, def.Allows(Returned, r.State))
	}
	for _, r := range def.Recalls {
		c, ok := step(r.Step).Choice(r.Outcome)
		require.True(t, ok)
		require.Contains(t, c.To, r.To)
		require.Equal(t, r.From, step(r.Step).State)
	}
	for _, kind := range allActs {
		_, shared := sharedActs[kind]
		_, own := reg.acts[kind]
		require.NotEqual(t, shared, own, "%s is handled once", kind)
	}
	require.Len(t, allActs, len(sharedActs)+len(reg.acts))
	for _, row := range SharedActs {
		require.Contains(t, sharedActs, row.Act)
	}
	_, ok := def.Step("nowhere")
	require.False(t, ok)
	require.Equal(t, ActKind(""), def.Automatic("nowhere"))
}
