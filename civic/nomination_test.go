package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhoeverOnlyWaitsForTheYearHasNoInstant(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring()
	waits := func(id string, s State) {
		t.Helper()
		require.Equal(t, s, w.state(id))
		require.Nil(t, w.cases[id].Case.ActsAt, s)
	}
	id := w.recommend("zhaoyang", 1)
	waits(id, Recommended)
	w.composed()
	require.NotNil(t, w.cases[id].Case.ActsAt, "its panel is named")
	w.did(id, w.system(ActSettle))
	waits(id, PanelWork)
	w.assess(id, 90)
	require.NotNil(t, w.cases[id].Case.ActsAt, "a notice has an end of its own")
	w.due(id, ActCloseNotice)
	waits(id, Qualified)
	w.due(theYear, ActCloseDeclaring)
	w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze", nil))
	w.did(id, w.system(ActSettle))
	waits(id, Ranked)
}

// objectedTo is a nomination whose notice's time is over while an objection is open.
func objectedTo(t *testing.T) (*town, string) {
	t.Helper()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	w.assess(id, 90)
	w.did(id, Act{Kind: ActObject, Actor: Public, Opinion: "有异议"})
	w.refused("not_due", id, w.system(ActSettle))
	w.due(id, ActSettle)
	return w, id
}

func TestANoticeWhoseTimeIsOverWaitsForItsObjectionOnly(t *testing.T) {
	t.Parallel()
	w, id := objectedTo(t)
	require.Equal(t, Objected, w.state(id))
	require.Nil(t, w.cases[id].Case.ActsAt, "nothing is asked in vain while people examine it")
	w.refused("notice_over", id, Act{Kind: ActObject, Actor: Public, Opinion: "又有异议"})
	w.did(id, w.answer(id, "desk-tianning", "nominee_objection", "dismiss", nil))
	require.Equal(t, Qualified, w.state(id))
}

func TestAFreezeLeavesBehindWhateverIsStillObjectedTo(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*town, string) Act{
		"by itself": func(w *town, _ string) Act { return w.system(ActSettle) },
		"even if the objection is then dropped": func(w *town, id string) Act {
			return w.answer(id, "desk-tianning", "nominee_objection", "dismiss", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, id := objectedTo(t)
			w.now = w.now.Add(60 * 24 * time.Hour)
			w.due(theYear, ActCloseDeclaring)
			w.did(theYear, w.answer(theYear, "xu-ming", "freeze", "freeze_unfinished", nil))
			require.NotNil(t, w.cases[id].Case.ActsAt)
			w.did(id, act(w, id))
			require.Equal(t, NotRecommended, w.state(id))
		})
	}
}

func TestWhoeverSettlesLateTakesOverEverythingAtOnce(t *testing.T) {
	t.Parallel()
	w, ids := justFrozen(t, nil)
	for _, d := range []string{"tianning", "zhonglou"} {
		w.did(theYear, w.answer(theYear, "desk-"+d, "report", "report", nil))
	}
	w.did(theYear, w.answer(theYear, "xu-ming", "draw", "draw", &AppraisalDetails{Seed: "2014年双色球第140期"}))
	a, _ := w.cases[theYear].Matter.(*Appraisal)
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		require.Equal(t, Ranked, w.state(id))
		drawn := a.Decided.Draw.drawn(w.nominees[id].Community)
		require.Equal(t, drawn, w.cases[id].Case.ActsAt != nil, "only whoever was drawn has something to do")
		if drawn {
			w.did(id, w.system(ActSettle))
			require.Equal(t, Rescoring, w.state(id))
		}
	}
}

func TestWhoeverIsStruckFromTheListLooks(t *testing.T) {
	t.Parallel()
	w, ids := frozen(t, nil)
	w.noticed()
	w.did(theYear, Act{Kind: ActObject, Actor: Public, Opinion: "弄虚作假"})
	w.did(theYear, w.answer(theYear, "chen-jing", "list_objection", "strike", &AppraisalDetails{Community: "zhaoyang"}))
	require.Nil(t, w.cases[ids[1]].Case.ActsAt, "nobody else has something to do")
	w.did(ids[0], w.system(ActSettle))
	require.Equal(t, Struck, w.state(ids[0]))
}
