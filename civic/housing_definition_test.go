package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheDefinitionsOfHousingAreWhole(t *testing.T) {
	t.Parallel()
	rules := RulesAt(housingParameters(), day("2022-06-01"))
	for _, p := range []Procedure{HousingProcedure, PlanChangeProcedure} {
		def, reg := Definitions[p], regulations[p]
		for _, s := range def.Steps {
			n, err := rules.Int(s.Term)
			require.NoError(t, err, s.Name)
			require.Positive(t, n)
			require.Contains(t, reg.outcomes, s.Name, "nobody handles the answers to %s", s.Name)
			require.Equal(t, s.Join != One, s.Voices, s.Name)
			require.Contains(t, []string{"escalate", "lapse"}, s.Silence, "silence is never consent")
			for _, role := range s.Roles {
				require.True(t, role.Known(), role)
			}
			for _, c := range s.Outcomes {
				for _, field := range slices.Concat(c.Needs, c.Takes) {
					require.Contains(t, everyHousingDetail.given(), field, "%s.%s", s.Name, c.Name)
				}
			}
		}
		require.Len(t, reg.outcomes, len(def.Steps))
		for _, a := range def.Acts {
			require.Contains(t, reg.acts, a.Kind)
			require.NotEmpty(t, a.Words.Zh)
		}
		reached := map[State]bool{Draft: true}
		for range def.Moves {
			for _, m := range def.Moves {
				reached[m.To] = reached[m.To] || reached[m.From]
			}
		}
		for _, w := range def.States {
			require.True(t, reached[w.State], "%s cannot be reached", w.State)
			leaves := slices.ContainsFunc(def.Moves, func(m Move) bool { return m.From == w.State })
			require.Equal(t, w.State != Archived, leaves, "%s is for ever", w.State)
			if w.Auto != "" && w.Auto != ActArchive {
				require.Contains(t, reg.acts, w.Auto)
			}
		}
	}
}

// everyHousingDetail has no empty field.
var everyHousingDetail = &HousingDetails{Document: &DocumentRef{}, Conditions: &HousingConditions{}, Rooms: rooms(m2("600")), Area: new(m2("1")), Progress: &HousingProgress{}, Phase: 1,
	Checklist: checklist(), Defects: []string{"x"}, Photos: []string{"x"}, Measure: &HousingMeasure{}, Remedy: "extend", Price: &HousingPrice{}, Booked: 1,
	Inventory: inventory(m2("1")), Owner: "x", InUse: laidOut(), Misuse: "lease", Replacement: &ReplacedBy{}}

// everyProject is one project in every state.
func everyProject(t tester) map[State]*site {
	out := map[State]*site{Draft: onSite(t, estate())}
	for _, s := range projectStates {
		if s != Rectifying && s != Enforcing && s != Settling {
			out[s] = builtTo(t, s, estate())
		}
	}
	out[Rectifying] = builtTo(t, Checking, estate()).on("verify", "fail")
	out[Enforcing] = builtTo(t, Checking, estate()).on("verify", "fail").itself(ActTransferOrder)
	out[Settling] = short(t).on("verify", "fail").on("rectify", "impossible").on("verify", "settle")
	gone := builtTo(t, InUse, estate())
	require.NoError(t, gone.does(ActProposeDemolition, "of-hongmei-office", nil))
	out[Replaced] = gone.on("replacement", "replaced")
	back := builtTo(t, Conditions, estate())
	require.NoError(t, back.does(ActWithdraw, "wang-yang", nil))
	out[Withdrawn] = back
	last := builtTo(t, Conditions, estate())
	require.NoError(t, last.does(ActWithdraw, "wang-yang", nil))
	out[Archived] = last.itself(ActArchive)
	return out
}

func TestThereIsAProjectInEveryState(t *testing.T) {
	t.Parallel()
	all := everyProject(t)
	require.Len(t, all, len(housingStates))
	for state, s := range all {
		s.state(state)
	}
}

// clone is a second world that goes its own way from here.
func (s *site) clone() *site {
	c := *s
	c.d.Tasks, c.d.Objects, c.changes = slices.Clone(s.d.Tasks), slices.Clone(s.d.Objects), slices.Clone(s.changes)
	return &c
}

// TestEveryAnswerLeadsWhereTheDefinitionSays tries every outcome of every open task in every state, with what it usually needs.
func TestEveryAnswerInEveryStateIsAcceptedOrRefusedInWords(t *testing.T) {
	t.Parallel()
	accepted := map[string]bool{}
	for _, s := range everyProject(t) {
		for _, k := range s.open("") {
			step, _ := Definitions[HousingProcedure].Step(k.Step)
			for _, c := range step.Outcomes {
				one := s.clone()
				_, err := one.says(k.Step, c.Name, nil)
				require.True(t, err == nil || AsRefusal(err) != nil, "%s.%s: %v", k.Step, c.Name, err)
				if err == nil {
					accepted[k.Step+"."+c.Name] = true
				}
				bare := s.clone()
				_, err = bare.says(k.Step, c.Name, &HousingDetails{})
				require.True(t, (len(c.Needs) > 0) == Refused(err, "missing"), "%s.%s without anything: %v", k.Step, c.Name, err)
			}
		}
	}
	for _, name := range []string{"verify.pass", "verify.minor", "verify.fail", "inspect.normal", "hand_over.offer", "register_title.obstacle"} {
		require.True(t, accepted[name], name)
	}
}
