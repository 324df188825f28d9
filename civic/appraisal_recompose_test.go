package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

// recompose names the panel of 天宁区 anew.
func recompose(person string, panel ...string) Act {
	return Act{Kind: ActRecompose, Actor: person, Opinion: "组长调离", Details: Details{Appraisal: &AppraisalDetails{Assessors: panel, Lead: panel[0]}}}
}

func TestAPanelIsNamedAnewWithoutLosingWhatWasScored(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	waits := w.recommend("cuizhu", 1) // of another street
	w.marked(id, PanelSheet, 90)
	w.sheets[id] = slices.DeleteFunc(w.sheets[id], func(s Sheet) bool { return s.Assessor == "tianning-1" })
	open := Sheet{ID: NewID(id, "panel", "tianning-1"), Nomination: id, Kind: PanelSheet, Assessor: "tianning-1", Unit: "tianning-bureau"}
	w.sheets[id] = append(w.sheets[id], open) // everybody but this one has handed in

	w.refused("same_panel", theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-2"))
	w.refused("panel_too_small", theYear, recompose("desk-tianning", "tianning-3", "tianning-2"))
	w.refused("no_such_assessor", theYear, recompose("desk-tianning", "zhonglou-0", "tianning-1", "tianning-2"))
	w.refused("not_your_district", theYear, recompose("xu-ming", "tianning-3", "tianning-1", "tianning-2"))
	w.did(theYear, recompose("desk-tianning", "tianning-2", "tianning-0", "tianning-3"))
	w.did(id, w.system(ActSettle))
	w.did(waits, w.system(ActSettle))
	w.refused("not_due", id, w.system(ActSettle))

	left := w.sheets[id][slices.IndexFunc(w.sheets[id], func(s Sheet) bool { return s.Assessor == "tianning-1" })]
	require.True(t, left.Recused, "whoever left without handing in counts in neither the sum nor the number")
	require.Equal(t, LeftPanel, left.Why)
	require.Equal(t, "tianning-2", w.closing(id).Seat.Person, "the new lead closes the panel")
	w.refused("sheets_missing", id, w.answer(id, "tianning-2", "close_panel", "close", &AppraisalDetails{Survey: &survey}))
	w.marked(id, PanelSheet, 60)
	w.did(id, w.answer(id, "tianning-2", "close_panel", "close", &AppraisalDetails{Survey: &survey}))
	require.Equal(t, selection.Points(80_00), w.nominees[id].Panel, "90, 90 and 60: the three who handed in, whoever still belongs to the panel")
}

// closing is the open task that closes a nomination's panel.
func (w *town) closing(id string) Task {
	for _, k := range w.cases[id].Tasks {
		if k.Open() && k.Step == "close_panel" {
			return k
		}
	}
	return Task{}
}

func TestAPanelStaysAsItIsOnceItsScoresAreFrozen(t *testing.T) {
	t.Parallel()
	w, _ := frozen(t, nil)
	w.refused("not_now", theYear, recompose("desk-tianning", "tianning-3", "tianning-1", "tianning-2"))
	early := newTown(t, nil).declaring()
	early.refused("no_panel", theYear, recompose("desk-tianning", "tianning-3", "tianning-1", "tianning-2"))
}

func TestWhoeverLeftAPanelComesBackOnlyWhereOthersAreEnough(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	w.did(theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-3"))
	w.did(id, w.system(ActSettle)) // tianning-2 has left
	w.refused("panel_too_small", theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-2"))
	w.did(theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-2", "tianning-3"))
	w.did(id, w.system(ActSettle))
	w.assess(id, 90)
	require.Equal(t, Publicity, w.state(id), "three of the four have scored")
}

func TestWhoeverHandedInBeforeLeavingCountsWhenSomebodyComesBack(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil).declaring().composed()
	id := w.recommend("zhaoyang", 1)
	w.did(theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-3"))
	w.did(id, w.system(ActSettle))
	w.marked(id, PanelSheet, 90)
	w.did(theYear, recompose("desk-tianning", "tianning-0", "tianning-1", "tianning-2"))
	w.did(id, w.system(ActSettle))
	w.assess(id, 90)
	require.Equal(t, Publicity, w.state(id))
}
