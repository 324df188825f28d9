package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheCityLooksAtATitleEveryFewYearsHoweverLateTheChecksAre(t *testing.T) {
	t.Parallel()
	for late := 0; late <= 300; late += 60 {
		checkedLate(t, time.Duration(late)*24*time.Hour)
	}
}

// checkedLate has every yearly check of a title answered so long after it was due.
func checkedLate(t *testing.T, late time.Duration) {
	t.Helper()
	w, ids := frozen(t, nil)
	w.noticed()
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	held := ""
	for _, id := range ids {
		w.did(id, w.system(ActSettle))
		if w.state(id) == TitleHeld {
			held = id
		}
	}
	district := "desk-" + w.nominees[held].District
	var byCity []int
	for range 10 {
		w.due(held, ActCheckDue)
		if w.closingStep(held) == "recheck" {
			byCity = append(byCity, yearOf(w.now))
			w.did(held, w.answer(held, "chen-jing", "recheck", "keep", nil))
			continue
		}
		w.now = w.now.Add(late) // past many a New Year
		w.did(held, w.answer(held, district, "year_check", "keep", nil))
	}
	require.GreaterOrEqual(t, len(byCity), 2)
	last := 2014
	for _, year := range byCity {
		require.LessOrEqual(t, year-last, 5, "every three years, and the time that late answers took: %v, %v", byCity, late)
		require.GreaterOrEqual(t, year-last, 3)
		last = year
	}
}

// closingStep is the step whose answer is asked for.
func (w *town) closingStep(id string) string {
	for _, k := range w.cases[id].Tasks {
		if k.Open() {
			return k.Step
		}
	}
	return ""
}
