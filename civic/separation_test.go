package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSeparationOfDuties(t *testing.T) {
	t.Parallel()
	c := Case{Procedure: AccessProcedure, Applicant: "li-juan"}
	done := func(step, person, principal string) Task {
		return Task{ID: "done", Step: step, State: TaskDone, Round: 1, Person: person, Principal: principal}
	}
	for _, pair := range accessSeparate {
		for _, p := range [][2]string{pair, {pair[1], pair[0]}} {
			now := Task{ID: "now", Step: p[1], State: TaskOpen, Round: 2}
			for who, tasks := range map[string][]Task{
				"oneself":               {done(p[0], "zhu-hong", "")},
				"through a deputy":      {done(p[0], "somebody", "zhu-hong")},
				"for a principal":       {done(p[0], "zhu-hong", "somebody")},
				"in one of several":     {done("other", "zhu-hong", ""), done(p[0], "zhu-hong", "")},
				"in an earlier round":   {done(p[0], "zhu-hong", "")},
				"for another principal": {done(p[0], "zhu-hong", "third")},
			} {
				err := Separated(c, tasks, now, "zhu-hong", "")
				require.True(t, Refused(err, "took_part"), "%s, then %s: %s", p[0], p[1], who)
				require.True(t, Refused(Separated(c, tasks, now, "fresh", "zhu-hong"), "took_part"), "a deputy inherits the bars")
				require.NoError(t, Separated(c, tasks, now, "fresh", ""))
			}
			require.NoError(t, Separated(c, []Task{{ID: "void", Step: p[0], State: TaskVoid, Person: "zhu-hong"}}, now, "zhu-hong"))
		}
	}
}

func TestTheApplicantDecidesNothing(t *testing.T) {
	t.Parallel()
	c := Case{Procedure: AccessProcedure, Applicant: "li-juan"}
	for _, step := range accessSteps {
		now := Task{ID: "now", Step: step.Name, State: TaskOpen}
		refused := Refused(Separated(c, nil, now, "li-juan"), "own_request")
		require.Equal(t, step.Name != "correct" && step.Name != "exit_views", refused, step.Name)
		require.Equal(t, refused, Refused(Separated(c, nil, now, "fresh", "li-juan"), "own_request"), "nor through a deputy: %s", step.Name)
	}
}

func TestOnePersonHasOneVoiceInAStep(t *testing.T) {
	t.Parallel()
	c := Case{Procedure: AccessProcedure, Applicant: "li-juan"}
	for _, step := range []string{"joint", "vote", "consult"} {
		before := Task{ID: "a", Step: step, State: TaskDone, Round: 1, Person: "pan-feng"}
		require.True(t, Refused(Separated(c, []Task{before}, Task{ID: "b", Step: step, Round: 1}, "pan-feng"), "two_voices"))
		require.True(t, Refused(Separated(c, []Task{before}, Task{ID: "b", Step: step, Round: 1}, "fresh", "pan-feng"), "two_voices"))
		require.NoError(t, Separated(c, []Task{before}, Task{ID: "b", Step: step, Round: 2}, "pan-feng"), "a new round, a new voice")
	}
	part := Task{ID: "part", Step: "joint", State: TaskDone, Round: 1, Person: "pan-feng", Returns: "whole"}
	require.NoError(t, Separated(c, []Task{part}, Task{ID: "whole", Step: "joint", Round: 1}, "pan-feng"), "an opinion on one's own task is the same voice")
	require.NoError(t, Separated(c, []Task{part}, Task{ID: "again", Step: "joint", Round: 1, Returns: "whole"}, "pan-feng"))
	require.True(t, Refused(Separated(c, []Task{part}, Task{ID: "other", Step: "joint", Round: 1}, "pan-feng"), "two_voices"))
	objection := Task{ID: "a", Step: "objection", State: TaskDone, Round: 1, Person: "xu-ming"}
	require.NoError(t, Separated(c, []Task{objection}, Task{ID: "b", Step: "objection", Round: 1}, "xu-ming"), "one clerk may settle several objections")
}

func TestWhoMendedTheRequestDoesNotSignIt(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	r.do(ActCorrect, r.task("correct").ID, by("gu-xin")) // who also reviews for another body
	r.to(JointReview)
	r.do(ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
	id := r.task("joint", "cz-political-legal").ID
	require.Equal(t, "correct", r.refuse("took_part", ActDecide, id, by("gu-xin"), func(a *Act) { a.Outcome = "agree" }).Figures["earlier"])
	r.refuse("took_part", ActDecide, id, by("pan-feng"), standingIn("gu-xin"), func(a *Act) { a.Outcome = "agree" })
	r.do(ActDecide, id, by("pan-feng"), func(a *Act) { a.Outcome = "agree" })
}

func TestADeputySAnswerBindsBothPersons(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.answer("prereview", "recommend", by("he-lin"), standingIn("xu-jian"))
	require.Equal(t, "he-lin", r.task("prereview").Person)
	require.Equal(t, "xu-jian", r.task("prereview").Principal)
	for _, person := range []string{"he-lin", "xu-jian"} {
		require.True(t, Refused(Separated(r.d.Case, r.d.Tasks, Task{ID: "x", Step: "objection"}, person), "took_part"))
	}
}

func TestWhoAnswersForTwoMembersVotesOnce(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, dear())
	first, second := r.open("vote")[0], r.open("vote")[1]
	r.do(ActDecide, first.ID, by("deputy"), standingIn(first.Seat.Person), func(a *Act) { a.Outcome = "for" })
	r.refuse("two_voices", ActDecide, second.ID, by("deputy"), standingIn(second.Seat.Person), func(a *Act) { a.Outcome = "for" })
}
