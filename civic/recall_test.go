package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADecisionIsRecalledWhileNobodyHasOpenedWhatItLedTo(t *testing.T) {
	t.Parallel()
	for _, m := range accessRecalls {
		t.Run(m.Step+"."+m.Outcome, func(t *testing.T) {
			t.Parallel()
			r := at(t, m.From, form())
			before := r.task(m.Step)
			r.answer(m.Step, m.Outcome)
			r.state(m.To)
			r.refuse("not_yours", ActRecall, before.ID, by("somebody-else"))
			r.do(ActRecall, before.ID)
			r.state(m.From)
			require.Len(t, r.open(""), 1, "what it had opened is void")
			again := r.task(m.Step)
			require.Equal(t, before.Seat, again.Seat)
			require.Equal(t, before.DueAt, again.DueAt, "the clock goes on")
			require.Nil(t, r.d.Case.ActsAt)
			if m.Step == "examine" {
				require.Nil(t, r.d.Case.Deadline, "it is not accepted any more")
			}
			r.refuse("not_recallable", ActRecall, before.ID)
			r.answer(m.Step, m.Outcome)
			r.refuse("already_opened", ActRecall, before.ID) // the first decision led to tasks that are void
			r.do(ActRecall, again.ID)
		})
	}
}

func TestWhatTheNextOneHasOpenedIsNotRecalled(t *testing.T) {
	t.Parallel()
	for name, touch := range map[string]func(*run){
		"read":     func(r *run) { now := r.now; r.d.Tasks[len(r.d.Tasks)-1].ReadAt = &now },
		"claimed":  func(r *run) { r.do(ActClaim, r.open("consult")[0].ID) },
		"answered": func(r *run) { r.answer("consult", "support") },
		"delegated": func(r *run) {
			r.do(ActDelegate, r.communityTask().ID, by(r.clerks()[0]), with(Details{Person: r.clerks()[1]}))
		},
	} {
		r := at(t, Consult, form())
		touch(r)
		r.refuse("already_opened", ActRecall, r.task("prereview").ID, by("xu-jian"))
		require.Equal(t, Consult, r.d.Case.State, name)
	}
}

func (r *run) communityTask() Task {
	for _, k := range r.open("consult") {
		if k.Seat.Role == Community {
			return k
		}
	}
	return Task{}
}

func (r *run) clerks() []string { return r.holders[Seat{Community, r.communityTask().Seat.Unit, ""}] }

func TestOnlySomeDecisionsCanBeRecalled(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.refuse("not_found", ActRecall, "no-such-task")
	r.refuse("not_yours", ActRecall, r.task("examine").ID)
	r.answer("examine", "return")
	r.refuse("not_recallable", ActRecall, r.task("examine").ID, by(r.task("examine").Person))
	r = at(t, Publicity, form())
	r.refuse("not_recallable", ActRecall, r.task("decide").ID, by("liang-zhiyuan"))
	r.refuse("not_recallable", ActRecall, r.task("register").ID, by("chen-jing"))
}

func TestARecallAfterAPauseGivesTheDaysBack(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	due := *r.task("prereview").DueAt
	id := r.task("prereview").ID
	r.answer("prereview", "recommend")
	r.do(ActPause, "")
	r.later(8)
	r.refuse("paused", ActRecall, id, by("xu-jian"))
	r.do(ActResume, "")
	r.do(ActRecall, id, by("xu-jian"))
	require.Equal(t, r.d.Calendar.Shift(due, 8), *r.task("prereview").DueAt)
}

func TestARecallUndoesNobodyElseSDecision(t *testing.T) {
	t.Parallel()
	r := at(t, Submitted, form())
	r.lists = append(r.lists, Entry{ID: "n", List: Negative, Name: form().Name, From: r.now})
	r.answer("register", "pass", by("chen-jing"))
	r.do(ActAppeal, "", by("li-juan"))
	r.answer("appeal", "clear")
	r.refuse("already_opened", ActRecall, r.task("register").ID, by("chen-jing"))
}

func TestWhoRecalledMayDecideAgain(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "accept", by("chen-jing"))
	r.do(ActRecall, r.task("examine").ID, by("chen-jing"))
	r.answer("examine", "not_accept", by("chen-jing"))
	r.state(NotAccepted)
}
