package postgres_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
)

func TestWhatSomebodyMayDoIsOfferedWithItsConsequencesAndNothingElse(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	offered := func(person string) map[string]civic.Possible {
		view, err := c.sees(person, id)
		require.NoError(t, err)
		out := map[string]civic.Possible{}
		for _, p := range view.Possible {
			out[string(p.Act)+" "+p.Outcome] = p
			require.NotEmpty(t, p.Consequence.Zh, p.Act)
			require.NotEmpty(t, p.Consequence.En, p.Act)
			require.NotEmpty(t, p.Words.Zh, p.Act)
		}
		return out
	}
	clerk := offered("wang-fang")
	require.Contains(t, clerk, "withdraw ")
	require.True(t, clerk["withdraw "].Irreversible)
	require.Contains(t, clerk, "urge ")
	require.NotContains(t, clerk, "decide pass")
	require.NotContains(t, clerk, "submit ")
	office := offered("chen-jing")
	require.Contains(t, office, "decide pass")
	require.Contains(t, office, "claim ")
	require.Contains(t, office, "pause ")
	require.NotContains(t, office, "withdraw ")
	require.Empty(t, offered("ji-zheng")["decide pass"].Act, "supervision decides nothing")

	c.does("xu-ming", civic.Command{Kind: civic.ActClaim, Task: c.task(id, "register", "")})
	office = offered("chen-jing")
	require.NotContains(t, office, "decide pass", "a colleague holds it")
	require.Contains(t, offered("xu-ming"), "release ")
	var refused int
	require.NoError(t, c.db.QueryRow(`SELECT count(*) FROM event WHERE result = 'refused'`).Scan(&refused))
	require.Zero(t, refused, "looking is no attempt")
}

func TestWhySomebodyMayNotIsSaidWithItsRule(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	register := c.task(id, "register", "")
	why := func(person, caseID, task string, act civic.ActKind) *civic.Error {
		refusal, err := c.WhyNot(t.Context(), who(person), caseID, task, act)
		require.NoError(t, err)
		return refusal
	}
	require.Nil(t, why("chen-jing", "", register, civic.ActDecide))
	require.Equal(t, "own_request", why("wang-fang", "", register, civic.ActDecide).Code)
	require.Equal(t, "not_now", why("wang-fang", id, "", civic.ActSubmit).Code)
	require.Equal(t, "submitted", why("wang-fang", id, "", civic.ActSubmit).Figures["state"])
	c.does("chen-jing", civic.Command{Kind: civic.ActPause, Case: id, Opinion: "等待文件"})
	require.Equal(t, "paused", why("chen-jing", "", register, civic.ActDecide).Code)
	require.Nil(t, why("chen-jing", id, "", civic.ActResume))
	c.does("chen-jing", civic.Command{Kind: civic.ActResume, Case: id})
	c.does("chen-jing", civic.Command{Kind: civic.ActDecide, Task: register, Outcome: "pass"})
	require.Equal(t, "task_ended", why("chen-jing", "", register, civic.ActDecide).Code)
	_, err := c.WhyNot(t.Context(), who("chen-jing"), id, "", "dance")
	require.True(t, civic.Refused(err, "no_such_act"), "%v", err)

	noticed := c.reviewed("志愿登记")
	c.decides("liang-zhiyuan", noticed, "decide", "", "admit", "", civic.Details{})
	_, err = c.Object(t.Context(), civic.Actor{}, "0123456789abcdef", noticed, "重复", "")
	require.NoError(t, err)
	objection := c.task(noticed, "objection", "")
	barred := why("chen-jing", "", objection, civic.ActDecide)
	require.Equal(t, []any{"took_part", "examine"}, []any{barred.Code, barred.Figures["earlier"]}, "whoever examined it does not examine the objection")
	require.Nil(t, why("xu-ming", "", objection, civic.ActDecide))
}

func TestAnExplanationNamesRulesFiguresAndTheAnswersThatCounted(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.reviewed("入户调查")
	c.decides("liang-zhiyuan", id, "decide", "", "admit", "同意", civic.Details{})
	list, err := c.Explain(t.Context(), who("wang-fang"), id)
	require.NoError(t, err)
	last := list[len(list)-1]
	require.Equal(t, []any{civic.ActDecide, "decide", "admit", "梁志远", "同意"}, []any{last.Act, last.Step, last.Outcome, last.Actor.Name, last.Opinion})
	require.Contains(t, last.Policy, "leading_group_chair")
	require.Len(t, last.Counted, 5, "every signature of the joint review")
	require.Empty(t, last.Discounted)
	opinions := map[string]string{}
	for _, v := range last.Counted {
		opinions[v.Outcome] = v.Opinion
		require.NotEmpty(t, v.Words.Zh)
	}
	require.Equal(t, "压缩频次", opinions["modify"])
	require.Contains(t, last.Sentence.Zh, "梁志远")
	require.Contains(t, last.Sentence.En, "admit")
	var named bool
	for _, e := range list {
		for _, p := range e.Parameters {
			named = named || p.Key == "admission.chair_limit_fen" && p.Value == "5000000"
		}
	}
	require.True(t, named, "the parameter that a figure names comes with its value and source")

	history, err := c.History(t.Context(), who("wang-fang"), id, civic.Page{Limit: 4})
	require.NoError(t, err)
	require.Len(t, history.Items, 4)
	rest, err := c.History(t.Context(), who("wang-fang"), id, civic.Page{Limit: 100, After: history.Next})
	require.NoError(t, err)
	require.Equal(t, len(list), len(history.Items)+len(rest.Items))
	require.Equal(t, civic.ActSubmit, history.Items[0].Act)
	for i, h := range append(history.Items, rest.Items...) {
		require.Equal(t, i+2, h.Version, "in the order in which it happened")
		require.False(t, h.Automatic)
	}
}

func TestWhoObjectsIsShownToThoseWhoExamineItAndThatIsNoted(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.reviewed("入户调查")
	_, err := c.Object(t.Context(), civic.Actor{Address: "192.0.2.9"}, "0123456789abcdef", id, "重复", "王女士 13800000000")
	require.True(t, civic.Refused(err, "not_found"), "what is not on notice does not exist for the public: %v", err)
	c.decides("liang-zhiyuan", id, "decide", "", "admit", "", civic.Details{})
	noticed, err := c.Noticed(t.Context(), civic.Page{})
	require.NoError(t, err)
	require.Len(t, noticed.Items, 1)
	require.Equal(t, []any{"入户调查", "admit", money.Fen(1_173_000), 1}, []any{noticed.Items[0].Title, noticed.Items[0].Outcome, noticed.Items[0].Total, noticed.Items[0].Communities})

	receipt, err := c.Object(t.Context(), civic.Actor{Address: "192.0.2.9"}, "0123456789abcdef", id, "重复", "王女士 13800000000")
	require.NoError(t, err)
	again, err := c.Object(t.Context(), civic.Actor{Address: "192.0.2.9"}, "0123456789abcdef", id, "重复", "王女士 13800000000")
	require.NoError(t, err)
	require.Equal(t, receipt.Act, again.Act)
	for person, shown := range map[string]bool{"chen-jing": true, "xu-ming": true, "wang-fang": false, "ji-zheng": false, "liang-zhiyuan": false} {
		view, err := c.sees(person, id)
		require.NoError(t, err)
		require.Len(t, view.Objections, 1)
		require.Equal(t, "重复", view.Objections[0].Text)
		require.Equal(t, shown, view.Objections[0].Contact != "", person)
		body, err := json.Marshal(view)
		require.NoError(t, err)
		if !shown {
			require.NotContains(t, string(body), "13800000000", person)
		}
		history, err := c.History(t.Context(), who(person), id, civic.Page{Limit: 100})
		require.NoError(t, err)
		body, err = json.Marshal(history)
		require.NoError(t, err)
		require.NotContains(t, string(body), "13800000000", person)
	}
	var noted int
	require.NoError(t, c.db.QueryRow(`SELECT count(*) FROM event WHERE kind = 'case.read_contact' AND actor IN ('chen-jing', 'xu-ming')`).Scan(&noted))
	require.Equal(t, 2, noted)
}

func TestADeputyAnswersFromThePrincipalsInboxAndBothAreNamed(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	c.decides("chen-jing", id, "register", "", "pass", "", civic.Details{})
	c.decides("chen-jing", id, "examine", "", "accept", "", civic.Details{})
	me, err := c.WhoAmI(t.Context(), who("he-lin"))
	require.NoError(t, err)
	require.Equal(t, []any{"何琳", 1, 1}, []any{me.Person.Name, len(me.Seats), len(me.Principals)})
	require.Equal(t, "许健", me.Principals[0].Principal.Name)
	require.NotNil(t, me.Principals[0].Until)
	inbox, err := c.Inbox(t.Context(), who("he-lin"), civic.TaskFilter{}, civic.Page{})
	require.NoError(t, err)
	require.Len(t, inbox.Items, 1, "once, although it is hers and his")
	mine, err := c.Inbox(t.Context(), who("he-lin"), civic.TaskFilter{Principal: "xu-jian"}, civic.Page{})
	require.NoError(t, err)
	require.Equal(t, "许健", mine.Items[0].Principal.Name)
	require.True(t, mine.Items[0].Unread)
	page, err := c.Task(t.Context(), who("he-lin"), inbox.Items[0].ID)
	require.NoError(t, err)
	require.NotEmpty(t, page.Possible)
	require.NotNil(t, page.Task.ReadAt)
	count, err := c.InboxCount(t.Context(), who("he-lin"))
	require.NoError(t, err)
	require.EqualValues(t, 1, count.Open)
}

func TestOpeningATaskIsNotedOnlyForThoseWhoSitThere(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	task := c.task(id, "register", "")
	for _, c2 := range []struct {
		person string
		read   bool
	}{{"wang-fang", false}, {"ji-zheng", false}, {"xu-ming", true}} {
		_, err := c.Task(t.Context(), who(c2.person), task)
		require.NoError(t, err)
		var at *time.Time
		require.NoError(t, c.db.QueryRow(`SELECT read_at FROM task WHERE id = $1`, task).Scan(&at))
		require.Equal(t, c2.read, at != nil, c2.person)
	}
}
