package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRulesAreThoseInForceOnTheDay(t *testing.T) {
	t.Parallel()
	all := []Parameter{
		{Key: "b", Value: "late", From: day("2019-01-01")}, {Key: "a", Value: " 7 ", From: day("2014-07-24"), Version: 2},
		{Key: "a", Value: "5", From: day("2014-07-24"), Version: 1}, {Key: "b", Value: "x|y", From: day("2014-07-24")}, {Key: "c", Value: "many", From: day("2014-07-24")},
	}
	rules := RulesAt(all, day("2018-12-31"))
	n, err := rules.Int("a")
	require.NoError(t, err)
	require.Equal(t, 7, n, "of one day the later version counts")
	list, err := rules.List("b")
	require.NoError(t, err)
	require.Equal(t, []string{"x", "y"}, list)
	require.Equal(t, "late", RulesAt(all, day("2019-01-01")).Text("b"))
	for _, key := range []string{"c", "nothing"} {
		_, err := rules.Int(key)
		require.ErrorContains(t, err, key)
		require.Nil(t, AsRefusal(err), "no rule runs on a guess: this is nobody's mistake but ours")
	}
	_, err = rules.List("nothing")
	require.ErrorContains(t, err, "nothing")
	_, err = RulesAt(all, day("2014-07-23")).Int("a")
	require.Error(t, err)
	require.Equal(t, "b", all[0].Key, "the list is left as it was")
}

// Every number of the rules is a parameter: without it the act fails instead of guessing.
func TestNoRuleGuessesAMissingParameter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key   string
		state State
		act   func(*run) Act
	}{
		{"admission.register_wd", Draft, func(r *run) Act { return r.act(ActSubmit, "", by("li-juan")) }},
		{"bodies.office", Draft, func(r *run) Act { return r.act(ActSubmit, "", by("li-juan")) }},
		{"admission.completeness_wd", Submitted, func(r *run) Act { return r.answering("register", "pass") }},
		{"admission.decision_wd", Accepted, func(r *run) Act { return r.answering("examine", "accept") }},
		{"admission.correction_rounds", Accepted, func(r *run) Act { return r.answering("examine", "return") }},
		{"admission.archive_wd", Accepted, func(r *run) Act { return r.answering("examine", "not_accept") }},
		{"admission.urge_max_per_task", Accepted, func(r *run) Act { return r.act(ActUrge, r.task("examine").ID) }},
		{"admission.consult_per_district", PreReview, func(r *run) Act { return r.answering("prereview", "recommend") }},
		{"admission.consult_wd", PreReview, func(r *run) Act { return r.answering("prereview", "recommend") }},
		{"admission.fulfil_wd", Deliberation, func(r *run) Act { return r.answering("decide", "admit_cond") }},
		{"admission.public_notice_wd", Deliberation, func(r *run) Act { return r.answering("decide", "admit") }},
		{"admission.objection_wd", Publicity, func(r *run) Act { return r.act(ActObject, "", by(Public)) }},
		{"admission.exit_wd", InForce, func(r *run) Act { return r.act(ActProposeExit, "", with(Details{Trigger: "ordered"})) }},
	} {
		r := at(t, c.state, form())
		var rest []Parameter
		for _, p := range parameters() {
			if p.Key != c.key {
				rest = append(rest, p)
			}
		}
		act := c.act(r)
		r.d.Rules = RulesAt(rest, start)
		_, err := r.apply(act)
		require.ErrorContains(t, err, c.key)
		require.Nil(t, AsRefusal(err), c.key)
	}
}

// answering is an answer that is not given yet.
func (r *run) answering(step, outcome string) Act {
	return r.act(ActDecide, r.task(step).ID, with(detailed[outcome]), func(a *Act) { a.Outcome = outcome })
}
