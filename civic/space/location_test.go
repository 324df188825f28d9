package space_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
)

// all answers every item with yes but those named.
func all(items []space.Item, no ...string) []space.Answer {
	var answers []space.Answer
	for _, it := range items {
		answers = append(answers, space.Answer{Code: it.Code, Met: !slices.Contains(no, it.Code)})
	}
	return answers
}

func TestALocationIsGradedByWhatIsEssential(t *testing.T) {
	t.Parallel()
	items, err := space.Checklist(space.AboveGround, space.LowStorey, "own_entrance")
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		no   []string
		want space.Grade
	}{
		{"everything is met", nil, space.Pass},
		{"something lesser is not", []string{"fit_out"}, space.Minor},
		{"all that is lesser is not", []string{"fit_out", "central", "no_odour", "concentrated", "utilities", "barrier_free", space.GroundShare}, space.Minor},
		{"something essential is not", []string{"own_entrance"}, space.Fail},
		{"both", []string{"fit_out", space.AboveGround}, space.Fail},
	} {
		l, err := space.Locate(items, all(items, c.no...))
		require.NoError(t, err)
		require.Equal(t, c.want, l.Grade, c.name)
		require.Len(t, l.Findings, len(c.no), c.name)
		requireWords(t, l.Findings)
	}
	lenient, err := space.Checklist()
	require.NoError(t, err)
	l, err := space.Locate(lenient, all(lenient, space.AboveGround))
	require.NoError(t, err)
	require.Equal(t, space.Minor, l.Grade, "what is essential is data")
}

func TestSilenceIsNoYes(t *testing.T) {
	t.Parallel()
	items, err := space.Checklist()
	require.NoError(t, err)
	l, err := space.Locate(items, all(items)[1:])
	require.NoError(t, err)
	require.Equal(t, space.Location{Unanswered: []string{space.AboveGround}}, l)
	l, err = space.Locate(nil, nil)
	require.NoError(t, err)
	require.Empty(t, l.Grade, "no list, no grade")

	_, err = space.Locate(items, append(all(items), space.Answer{Code: "fit_out"}))
	require.ErrorContains(t, err, "answered twice")
	_, err = space.Locate(items, []space.Answer{{Code: "view"}})
	require.ErrorContains(t, err, "not on the checklist")
	_, err = space.Checklist("view")
	require.ErrorContains(t, err, "has no item")
}

func TestTheRoomsAnswerForThemselves(t *testing.T) {
	t.Parallel()
	room := func(storey int, area string) space.Room {
		return space.Room{Use: space.CommunityService, Storey: storey, Area: m2(area)}
	}
	for _, c := range []struct {
		name               string
		rooms              []space.Room
		above, low, ground bool
	}{
		{"two storeys, three tenths on the ground", []space.Room{room(1, "168.75"), room(2, "393.75")}, true, true, true},
		{"a hundredth less on the ground", []space.Room{room(1, "168.74"), room(2, "393.76")}, true, true, false},
		{"three tenths with a broken rest", []space.Room{room(1, "168.76"), room(2, "393.75")}, true, true, true}, // of 562.51: 168.753
		{"a hundredth below the broken rest", []space.Room{room(1, "168.75"), room(2, "393.76")}, true, true, false},
		{"a room in the basement", []space.Room{room(1, "600"), room(-1, "0.01")}, false, true, true},
		{"a room on the third", []space.Room{room(1, "600"), room(3, "10")}, true, false, true},
		{"an elderly-care room on the third does not count", []space.Room{room(1, "600"), {Use: space.ElderlyCare, Storey: 3, Area: m2("50")}}, true, true, true},
		{"no rooms", nil, false, false, false},
	} {
		tally, err := standard2022().Tally(c.rooms)
		require.NoError(t, err)
		answers, err := tally.Measure(2, number("0.30"))
		require.NoError(t, err)
		met := map[string]bool{}
		for _, a := range answers {
			met[a.Code] = a.Met
		}
		require.Equal(t, map[string]bool{space.AboveGround: c.above, space.LowStorey: c.low, space.GroundShare: c.ground}, met, c.name)
	}
}
