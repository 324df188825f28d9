package civic

import (
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// outcomes by which a case is brought to its end.
var toTheEnd = map[string]string{
	"register": "pass", "appeal": "dismiss", "examine": "not_accept", "prereview": "recommend", "consult": "support", "joint": "disagree", "vote": "abstain",
	"decide": "refuse", "fulfil": "unmet", "objection": "dismiss", "issue": "issue", "exit_opinion": "support", "exit_views": "accept", "exit_decide": "keep",
}

// finish brings the case to its end, from wherever it stands: people are found for every seat, time passes, and nobody
// needs a power that the rules do not give. A case that cannot be ended would wait for ever.
func (m *machine) finish(t *rapid.T) {
	m.t = t
	for range 200 {
		c := m.d.Case
		switch {
		case c.State == Archived:
			return
		case c.PausedAt != nil:
			m.do(ActResume, "")
		case c.State == Draft:
			m.d.Request = zeroCost()
			m.d.Request.Start, m.d.Request.End = m.now.AddDate(0, 0, 70).Format(time.DateOnly), m.now.AddDate(1, 0, 0).Format(time.DateOnly)
			m.lists, m.holders[Seat{OfficeClerk, "cz-leading-office", ""}] = nil, []string{"chen-jing"}
			m.do(ActSubmit, "", by("li-juan"))
		case c.State == Blocked && len(m.open("")) == 0:
			m.do(ActWithdraw, "", by("li-juan"))
		case Definitions[AccessProcedure].Automatic(c.State) != "":
			m.till(*c.ActsAt)
			m.do(Definitions[AccessProcedure].Automatic(c.State), "")
		default:
			m.answerAnything()
		}
	}
	require.Fail(t, "the case does not end", "state %s", m.d.Case.State)
}

// answerAnything answers an open task; whoever could not answer any more makes way for somebody who can.
func (m *machine) answerAnything() {
	k := m.open("")[0]
	if decide := m.open("decide"); len(decide) > 0 {
		k = decide[0]
	}
	if parts := slices.IndexFunc(m.open(""), func(p Task) bool { return p.partOf(k.ID) }); parts >= 0 {
		m.do(ActRelease, k.ID, by(k.ClaimedBy)) // what was given away can always be taken back
		return
	}
	a := m.act(ActDecide, k.ID, func(a *Act) { a.Outcome = toTheEnd[k.Step] })
	if k.Seat.Person == "" && k.ClaimedBy == "" && Separated(m.d.Case, m.d.Tasks, k, a.Actor) != nil {
		m.holders[Seat{Role: k.Seat.Role, Unit: k.Seat.Unit}] = []string{"newly-appointed-" + k.ID}
		a.Actor = "newly-appointed-" + k.ID
	}
	_, err := m.apply(a)
	switch {
	case err == nil:
	case k.Step == "vote": // a member who cannot vote: the chair is asked when the term is over
		m.till(*k.DueAt).later(2)
		m.do(ActRemind, "")
	case k.ClaimedBy != "":
		m.do(ActRelease, k.ID, by(k.ClaimedBy))
	default:
		require.NoError(m.t, err, "%s by %s in state %s", k.Step, a.Actor, m.d.Case.State)
	}
}
