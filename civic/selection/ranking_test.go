package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func TestEveryPlaceHasItsReason(t *testing.T) {
	t.Parallel()
	veto, barred, left := candidate("v", 99_00), candidate("w", 98_00), candidate("x", 97_00)
	veto.Standing, veto.Grounds = selection.Vetoed, []string{"major_accident"}
	barred.Standing, barred.Grounds = selection.Barred, []string{"named-2012"}
	left.Standing = selection.NotRecommended
	line := candidate("u", 79_99)
	line.Bonus = 10_00
	places, err := selection.Rank(year(0), selection.Seats{Quota: 2, Reserve: 1}, []selection.Candidate{
		left, candidate("d", 85_00, 90, 1), barred, candidate("a", 95_00, 80, 0), candidate("e", 85_00, 90, 1), veto,
		candidate("b", 85_00, 92, 3), line, candidate("c", 85_00, 90, 0),
	})
	require.NoError(t, err)
	require.Equal(t, []selection.Place{
		{Key: "a", Rank: 1, Qualifying: 95_00, Total: 95_00, Outcome: selection.IsProposed, Reason: selection.Reason{Code: selection.WithinQuota, Limit: 2}},
		{Key: "b", Rank: 2, Qualifying: 85_00, Total: 85_00, Outcome: selection.IsProposed, Reason: selection.Reason{
			Code: selection.WithinQuota, Limit: 2,
			Ahead: selection.Comparison{Rival: "a", Figure: selection.ByTotal, Mine: 85_00, Theirs: 95_00},
		}},
		{Key: "c", Rank: 3, Qualifying: 85_00, Total: 85_00, Outcome: selection.IsReserve, Reason: selection.Reason{
			Code: selection.InReserve, Limit: 1,
			Ahead: selection.Comparison{Rival: "b", Step: 1, Figure: "satisfaction", Mine: 90, Theirs: 92},
			Cut:   selection.Comparison{Rival: "b", Step: 1, Figure: "satisfaction", Mine: 90, Theirs: 92},
		}},
		{Key: "d", Rank: 4, Qualifying: 85_00, Total: 85_00, Outcome: selection.IsNotRecommended, Reason: selection.Reason{
			Code: selection.BehindReserve, Limit: 3,
			Ahead: selection.Comparison{Rival: "c", Step: 2, Figure: "penalties", Mine: 1, Theirs: 0},
			Cut:   selection.Comparison{Rival: "b", Step: 1, Figure: "satisfaction", Mine: 90, Theirs: 92},
		}},
		{Key: "e", Rank: 5, Qualifying: 85_00, Total: 85_00, Outcome: selection.IsNotRecommended, Reason: selection.Reason{
			Code: selection.BehindReserve, Limit: 3,
			Ahead: selection.Comparison{Rival: "d", Step: 3, Figure: selection.ByKey},
			Cut:   selection.Comparison{Rival: "b", Step: 1, Figure: "satisfaction", Mine: 90, Theirs: 92},
		}},
		{Key: "u", Qualifying: 79_99, Total: 89_99, Outcome: selection.IsBelowLine, Reason: selection.Reason{Code: selection.UnderLine, Limit: 80_00}},
		{Key: "v", Qualifying: 99_00, Total: 99_00, Outcome: selection.IsVetoed, Reason: selection.Reason{Code: selection.VetoApplies, Grounds: []string{"major_accident"}}},
		{Key: "w", Qualifying: 98_00, Total: 98_00, Outcome: selection.IsNotRecommended, Reason: selection.Reason{Code: selection.NamedRecently, Grounds: []string{"named-2012"}}},
		{Key: "x", Qualifying: 97_00, Total: 97_00, Outcome: selection.IsNotRecommended, Reason: selection.Reason{Code: selection.NoRecommendation}},
	}, places)
}

func TestThe101stIsDisplacedByTheSecondTieBreak(t *testing.T) {
	t.Parallel()
	var all []selection.Candidate
	for i := range 101 {
		all = append(all, candidate(string(rune('一'+i)), 90_00, 88, 0))
	}
	all[50].Figures = []int64{88, 2}
	places, err := selection.Rank(year(100), selection.Seats{Quota: 100, Reserve: 10}, all)
	require.NoError(t, err)
	last := places[100]
	require.Equal(t, all[50].Key, last.Key)
	require.Equal(t, int64(101), last.Rank)
	require.Equal(t, selection.Comparison{Rival: all[100].Key, Step: 2, Figure: "penalties", Mine: 2, Theirs: 0}, last.Reason.Cut)
}

func TestThreeAdvancedAreasOrFewer(t *testing.T) {
	t.Parallel()
	r := year(3)
	r.TieBreaks = selection.UnitTieBreaks()
	units := []selection.Candidate{
		candidate("320402", 91_00, 87_00, 2), candidate("320404", 90_00, 88_00, 2), candidate("320405", 90_00, 88_00, 1),
		candidate("320411", 90_00, 87_99, 0), candidate("320412", 79_00, 99_00, 0),
	}
	places, err := selection.RankUnits(r, 3, units)
	require.NoError(t, err)
	require.Equal(t, []string{"320402 1 proposed", "320405 2 proposed", "320404 3 proposed", "320411 4 not_recommended", "320412 0 below_line"}, outcomes(places))
	require.Equal(t, "upheld_complaints", places[2].Reason.Ahead.Figure)
	require.Equal(t, "satisfaction", places[3].Reason.Cut.Figure)

	places, err = selection.RankUnits(r, 1, units)
	require.NoError(t, err)
	require.Equal(t, []string{"320402 1 proposed", "320405 2 not_recommended"}, outcomes(places[:2]))
	_, err = selection.RankUnits(r, 4, units)
	require.EqualError(t, err, "4 of at most 3 titles cannot be given")
}

func TestRankRefuses(t *testing.T) {
	t.Parallel()
	rule := func(change func(*selection.Rule)) selection.Rule {
		r := year(1)
		change(&r)
		return r
	}
	nothing := func(*selection.Rule) {}
	for _, c := range []struct {
		name string
		rule selection.Rule
		all  []selection.Candidate
		want string
	}{
		{"a candidate twice", rule(nothing), []selection.Candidate{candidate("a", 1), candidate("b", 2), candidate("a", 3)}, "the candidate a is there twice"},
		{"no key", rule(nothing), []selection.Candidate{candidate("", 1)}, `a candidate of the unit "320402" has no key`},
		{"a figure that is missing", rule(nothing), []selection.Candidate{candidate("a", 1, 5)}, "a has 1 figures for 2 tie-breaks"},
		{"a negative score", rule(nothing), []selection.Candidate{candidate("a", -1)}, "a has a score of -0.01"},
		{"a figure that JSON cannot hold", rule(nothing), []selection.Candidate{candidate("a", 1, 1<<53, 0)}, "a has a figure of 9007199254740992"},
		{"no area where the quota is split", rule(func(r *selection.Rule) { r.Areas = true }), []selection.Candidate{candidate("a", 1)}, `a is of the area "", neither urban nor rural`},
		{"a tie-break that prefers nothing", rule(func(r *selection.Rule) { r.TieBreaks[1].Prefer = "" }), nil, `the tie-break "penalties" prefers "", neither more nor less`},
		{"a tie-break twice", rule(func(r *selection.Rule) { r.TieBreaks[1].Figure = "satisfaction" }), nil, `"satisfaction" breaks ties twice`},
		{"the key as a tie-break", rule(func(r *selection.Rule) { r.TieBreaks[0].Figure = "key" }), nil, `"key" is no figure to break a tie by`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := selection.Rank(c.rule, selection.Seats{Quota: 1}, c.all)
			require.EqualError(t, err, c.want)
		})
	}
	unknown := candidate("a", 1)
	unknown.Standing = ""
	_, err := selection.Rank(year(1), selection.Seats{}, []selection.Candidate{unknown})
	require.EqualError(t, err, `a has the standing "", which there is not`, "nobody stands for want of an answer")
}

func TestABetterScoreNeverGivesAWorsePlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := appraisals(t)
		if len(a.Candidates) == 0 {
			return
		}
		c := &a.Candidates[rapid.IntRange(0, len(a.Candidates)-1).Draw(t, "who")]
		before, err := selection.Select(a)
		require.NoError(t, err)
		was := place(t, before, c.Key)
		c.Base += selection.Points(rapid.Int64Range(0, 20_00).Draw(t, "more"))
		if rapid.Bool().Draw(t, "no penalty") {
			c.Penalty = 0
		}
		after, err := selection.Select(a)
		require.NoError(t, err)
		is := place(t, after, c.Key)
		require.GreaterOrEqual(t, is.Total, was.Total)
		require.GreaterOrEqual(t, worth(is.Outcome), worth(was.Outcome))
		if was.Rank > 0 {
			require.Positive(t, is.Rank)
			require.LessOrEqual(t, is.Rank, was.Rank)
		}
	})
}

func TestTheReasonIsTrue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s, err := selection.Select(appraisals(t))
		require.NoError(t, err)
		for _, l := range s.Lists {
			for i, p := range l.Places {
				if p.Rank < 2 {
					require.Zero(t, p.Reason.Ahead)
					continue
				}
				require.Equal(t, l.Places[i-1].Key, p.Reason.Ahead.Rival)
				require.Equal(t, p.Rank > l.Seats.Quota && l.Seats.Quota > 0, p.Reason.Cut != selection.Comparison{})
				switch ahead := p.Reason.Ahead; ahead.Figure {
				case selection.ByKey:
					require.Less(t, ahead.Rival, p.Key)
				case "penalties":
					require.Greater(t, ahead.Mine, ahead.Theirs)
				default:
					require.Less(t, ahead.Mine, ahead.Theirs)
				}
			}
		}
	})
}
