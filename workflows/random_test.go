package workflows_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic"
	"lizheng/workflows"
)

// outage is a time in which the record does not answer.
type outage struct{ from, until time.Duration }

// storm is a case to which anything may happen at any time.
type storm struct {
	*bench
	since   time.Time // when the case's instant was set
	outages []outage
	answers []*answer
}

// moved sets the case's instant, as rules and reforms do.
func (s *storm) moved(p *page, in time.Duration) {
	s.since = s.Now()
	next := s.since.Add(in)
	p.acts = &next
}

// rule is life with everything that follows from it, and the claim that nothing automatic comes early or late.
func (s *storm) rule(p *page, a civic.Act) error {
	due, since := p.acts, s.since
	if err := s.book.life(p, a); err != nil {
		return err
	}
	switch {
	case a.Kind == civic.ActUrge:
		s.moved(p, max(due.Sub(s.Now())+time.Duration(len(a.Opinion)-10)*day, 0))
	case a.Kind == civic.ActRemind, a.Kind == civic.ActRecalculate:
	default:
		require.False(s.t, s.Now().Before(*due), "%s came early", a.Kind)
		from := *due
		if since.After(from) {
			from = since
		}
		require.LessOrEqual(s.t, s.Now().Sub(from), s.away(from)+20*time.Second, "%s came late", a.Kind)
		s.moved(p, 3*day)
	}
	return nil
}

// away is how long the record was away from an instant on, without a gap longer than a retry.
func (s *storm) away(from time.Time) time.Duration {
	at := from.Sub(monday)
	for _, o := range s.outages {
		if o.from <= at+time.Minute && o.until > at {
			at = o.until
		}
	}
	return at - from.Sub(monday)
}

func (s *storm) trouble(int, civic.Act) error {
	now := s.Now().Sub(monday)
	if slices.ContainsFunc(s.outages, func(o outage) bool { return o.from <= now && now < o.until }) {
		return errGone
	}
	return nil
}

// brew draws what happens.
func (s *storm) brew(t *rapid.T) {
	instant := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(1, 60*24*60).Draw(t, "minute")) * time.Minute
	})
	for range rapid.IntRange(0, 3).Draw(t, "outages") {
		from := instant.Draw(t, "from")
		s.outages = append(s.outages, outage{from, from + time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds"))*time.Second})
	}
	slices.SortFunc(s.outages, func(a, b outage) int { return int(a.from - b.from) })
	acting := []civic.State{civic.Returned, civic.Consult, civic.Deferred, civic.Publicity, civic.InForce, civic.PreReview, civic.Objected}
	for i := range rapid.IntRange(0, 12).Draw(t, "events") {
		at := instant.Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			s.look(at, func(*page) {})
		case 1:
			state, in := rapid.SampledFrom(acting).Draw(t, "state"), time.Duration(rapid.IntRange(-2, 20).Draw(t, "days"))*day
			s.look(at, func(p *page) {
				if p.state == civic.Archived {
					return
				}
				p.state, p.version, p.outdated = state, p.version+1, in < 0
				s.moved(p, in)
			})
		default:
			urge := person(civic.ActUrge, fmt.Sprint(i))
			urge.Opinion = "urgent!!!!!!!!!!!!!!!!!!"[:rapid.IntRange(1, 24).Draw(t, "by")]
			s.answers = append(s.answers, s.act(at, urge))
		}
	}
}

func TestWhateverHappensNothingComesEarlyAndNothingIsForgotten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := &storm{bench: lay(t, civic.Returned, func(p *page) { p.acts = at(10 * day) })}
		s.since = monday
		s.book.rule, s.book.trouble = s.rule, s.trouble
		s.brew(t)
		err := s.run(400 * day)
		p := s.book.pages[caseID]
		require.Equal(t, p.state == civic.Archived, err == nil, "the workflow ends with the case: %v", err)
		if workflows.AccessSilence(p.state) != "" {
			require.True(t, p.acts.After(s.Now()), "nothing is overdue")
		}
		for _, a := range s.answers {
			require.True(t, a.heard || err == nil, "everybody is answered as long as the case lives")
			require.NoError(t, a.err)
		}
	})
}
