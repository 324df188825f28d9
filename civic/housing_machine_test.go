package civic

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// A project and the changes of its plan: its people and its clock in any order.
func TestWhateverHappensToAProjectItsGatesHoldAndNoAreaIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		state := rapid.SampledFrom([]State{Conditions, Designing, Building, Surveying, Checking, HandingOver, InUse}).Draw(t, "state")
		s := builtTo(t, state, estate())
		s.quick = true
		short := space.Area(rapid.SampledFrom([]int{0, 2_00, 40_00}).Draw(t, "short"))
		lives(t, &siteLife{site: s, short: short, areas: map[space.Stage]bool{}})
	})
}

type siteLife struct {
	*site
	short space.Area           // that the rooms come out too small
	areas map[space.Stage]bool // that there have been
}

func (l *siteLife) living() []string {
	out := []string{l.d.Case.ID}
	for _, c := range l.changes {
		out = append(out, c.d.Case.ID)
	}
	return out
}

// of is the project or the change of that id.
func (l *siteLife) of(id string) *site {
	for _, c := range l.changes {
		if c.d.Case.ID == id {
			return c
		}
	}
	return l.site
}

func (l *siteLife) dossier(id string) Dossier {
	d := l.of(id).d
	d.Now = l.of(id).now
	return d
}

func (l *siteLife) until(at time.Time) {
	for _, s := range append(slices.Clone(l.changes), l.site) {
		if at.After(s.now) {
			s.now = at
		}
	}
}

func (l *siteLife) bring(id string, a Act) error {
	s := l.of(id)
	_, err := s.apply(a)
	l.until(s.now)
	return err
}

func (l *siteLife) stage(id string) stage {
	s := l.of(id)
	return stage{l.dossier(id), s, l.gives(s), func(kind ActKind) Details {
		switch kind {
		case ActApplyPresale:
			return Details{Housing: &HousingDetails{Phase: 1}}
		case ActReportMisuse:
			return Details{Housing: &HousingDetails{Misuse: "lease"}}
		}
		return Details{}
	}}
}

// gives are the details that people give: the usual ones, but for rooms that come out too small and what is done about it.
func (l *siteLife) gives(s *site) func(step, outcome string) Details {
	return func(step, outcome string) Details {
		d := s.usual(step, outcome)
		switch step + "." + outcome {
		case "survey.measured":
			d.Rooms = rooms(*s.following(l.project()).Areas.Permitted - l.short)
		case "remedy.propose":
			next, _ := l.project().Settlement.Next()
			b, _ := l.project().Settlement.Balance()
			d.Measure = &HousingMeasure{Remedy: cmp.Or(next, space.Pay), Area: max(b.Open/2, 5_00), Region: "cuizhu", Storey: 1}
		}
		return Details{Housing: d}
	}
}

func (l *siteLife) prepare(*rapid.T, string, Task) {}

// stir lets the developer ask for a change of the plan: more homes, or fewer.
func (l *siteLife) stir(t *rapid.T) {
	if len(l.changes) > 2 {
		return
	}
	form := moreHomes(rapid.SampledFrom([]string{"620", "640", "800"}).Draw(t, "area"))
	form.Households = int64(rapid.SampledFrom([]int{1500, 1900, 2500}).Draw(t, "homes"))
	l.asksForChange(form)
	living{l}.try(t, l.changes[len(l.changes)-1].d.Case.ID, Act{Kind: ActSubmit, Actor: "zhang-cheng"})
}

// check is what must hold after every act.
func (l *siteLife) check(t *rapid.T) {
	h := l.project()
	for i, g := range HousingGates { // in their order
		require.True(t, h.passed(g.Gate) == nil || i == 0 || h.passed(HousingGates[i-1].Gate) != nil, "%s was passed before %s", g.Gate, HousingGates[max(i-1, 0)].Gate)
	}
	for _, stage := range space.Stages() {
		require.True(t, h.Areas.At(stage) != nil || !l.areas[stage], "the %s area was lost", stage)
		l.areas[stage] = h.Areas.At(stage) != nil
	}
	l.checkCivilAffairs(t, h)
	l.checkShortfall(t, h)
	open := 0
	for _, o := range h.Orders {
		if o.State == OrderOpen {
			open++
		}
	}
	require.LessOrEqual(t, open, 1, "two orders are open")
	taken := map[string]bool{}
	for _, c := range h.Changes {
		require.False(t, taken[c.Case], "a change was taken over twice")
		taken[c.Case] = true
		require.Equal(t, ChangeApproved, l.approvedAs(c.Case), "a change was taken over that nobody approved")
	}
}

// approvedAs is how a change ended.
func (l *siteLife) approvedAs(id string) State {
	p, _ := l.of(id).d.Matter.(*PlanChange)
	if p == nil || p.ApprovedAt == nil {
		return ""
	}
	return ChangeApproved
}

// checkShortfall: rooms that were verified are there, or were made good, or were paid for to the fen.
func (l *siteLife) checkShortfall(t *rapid.T, h *Housing) {
	if h.passed(GateVerified) == nil {
		return
	}
	owed := *h.Areas.Required - *h.Areas.Measured
	if owed <= max(3*space.SquareMetre, *h.Areas.Required/100) {
		return
	}
	require.NotNil(t, h.Settlement, "verified with %s missing", owed)
	good := space.Area(0)
	for _, m := range h.Settlement.Measures {
		require.True(t, m.Exists || m.Remedy == space.Pay && m.Booked == money.Fen(m.Area)*(m.Price.Construction+m.Price.Land)/100, "closed before the area existed or the payment was booked")
		good += m.Area
	}
	require.GreaterOrEqual(t, good, owed, "closed with less than was owed")
}

// checkCivilAffairs: the conditions, the drawings and the verification are passed with the word of civil affairs, or not at all.
func (l *siteLife) checkCivilAffairs(t *rapid.T, h *Housing) {
	said := func(step string, outcomes ...string) bool {
		return slices.ContainsFunc(l.d.Tasks, func(k Task) bool {
			return k.Step == step && k.Seat.Role == CivilAffairs && !k.part() && k.State == TaskDone && slices.Contains(outcomes, k.Outcome)
		})
	}
	require.True(t, h.passed(GateConditions) == nil || said("countersign", "agree"))
	require.True(t, h.passed(GateDesign) == nil || said("design_review", "agree"))
	require.True(t, h.passed(GateVerified) == nil || said("verify", "pass", "minor", "settle"))
	require.True(t, h.passed(GateHandover) == nil || said("sign_handover", "sign"))
}
