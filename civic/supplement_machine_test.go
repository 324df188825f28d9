package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// A supplement: its people and its clock in any order.
func TestWhateverHappensToASupplementWhatWasPromisedComes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lives(t, &yardLife{yard: newYard(t, proposal()).to(SupplyReview), area: space.Area(rapid.SampledFrom([]int{100_00, 430_00, 431_00}).Draw(t, "measured"))})
	})
}

type yardLife struct {
	*yard
	area     space.Area // that is measured
	approved bool
}

func (l *yardLife) living() []string       { return []string{l.d.Case.ID} }
func (l *yardLife) until(at time.Time)     { l.till(at) }
func (l *yardLife) dossier(string) Dossier { d := l.d; d.Now = l.now; return d }
func (l *yardLife) stir(*rapid.T)          {}

func (l *yardLife) bring(_ string, a Act) error {
	_, err := l.acts(a)
	return err
}

func (l *yardLife) prepare(*rapid.T, string, Task) {}

func (l *yardLife) stage(id string) stage {
	s, _ := l.d.Matter.(*Supplement)
	fifty := 50
	return stage{l.dossier(id), l.yard, func(step, outcome string) Details {
		rest := measured(max(s.Area-s.Supplied, 1_00))
		part := measured(min(l.area, 100_00))
		rest.Supplement.Rooms[0].Name, part.Supplement.Rooms[0].Name = NewID("rest", l.now.String()), NewID("part", l.now.String())
		switch step + "." + outcome {
		case "supply_approve.approve":
			return Details{BudgetLine: "tianning-2014"}
		case "supply_build.progress":
			return Details{Supplement: &SupplementDetails{Percent: &fifty}}
		case "supply_accept.pass":
			return rest
		case "supply_accept.part":
			return part
		}
		return detailed[outcome]
	}, nothing}
}

// check is what must hold after every act: what the district has approved comes, with its money, and nobody takes it back.
func (l *yardLife) check(t *rapid.T) {
	s, _ := l.d.Matter.(*Supplement)
	l.approved = l.approved || l.d.Case.State == SupplyWork
	reserved := heldIn(l.d.Held, Reserve, "")
	switch l.d.Case.State {
	case SupplyWork, SupplyCheck:
		require.Equal(t, s.Cost, reserved, "under way without its money")
	case Supplied:
		require.GreaterOrEqual(t, s.Supplied, s.Area-space.Area(431), "closed before the area exists")
		require.Equal(t, s.Cost, l.lines["tianning-2014"].Disbursed)
	case Withdrawn, RefusedState:
		require.False(t, l.approved, "what was promised was given up")
	default:
		require.Equal(t, money.Fen(0), reserved, "money is held in state %s", l.d.Case.State)
	}
}
