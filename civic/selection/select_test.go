package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func of(unit string, c selection.Candidate) selection.Candidate {
	c.Unit = unit
	return c
}

// two is a city of two units with three titles, two of them the second unit's.
func two(candidates ...selection.Candidate) selection.Appraisal {
	return selection.Appraisal{
		Subject: "appraisal/2014", Rule: year(3), Candidates: candidates,
		Units: []selection.Unit{{Code: "320402", Urban: 1}, {Code: "320404", Urban: 2}},
	}
}

func TestRawScoresAreNeverComparedAcrossUnits(t *testing.T) {
	t.Parallel()
	s, err := selection.Select(two(
		of("320402", candidate("a", 99_00)), of("320402", candidate("b", 98_00)), of("320402", candidate("c", 97_00)),
		of("320404", candidate("d", 81_00)), of("320404", candidate("e", 80_00))))
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 proposed", "b 2 reserve", "c 3 not_recommended"}, outcomes(s.Lists[0].Places))
	require.Equal(t, []string{"d 1 proposed", "e 2 proposed"}, outcomes(s.Lists[1].Places), "the second list is named for its own share")
	require.Equal(t, int64(3), s.Proposed)
	require.Zero(t, s.Shortfall)
}

func TestATitleWithoutACandidateReturnsToThePool(t *testing.T) {
	t.Parallel()
	a := two(
		of("320402", candidate("a", 99_00)), of("320402", candidate("b", 98_00)),
		of("320404", candidate("d", 81_00)), of("320404", candidate("e", 79_00)))
	s, err := selection.Select(a)
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 proposed", "b 2 proposed"}, outcomes(s.Lists[0].Places))
	require.Equal(t, []string{"d 1 proposed", "e 0 below_line"}, outcomes(s.Lists[1].Places))
	require.Equal(t, int64(1), s.Lists[0].Gained)
	require.Equal(t, int64(1), s.Lists[1].Returned)
	require.Equal(t, int64(3), s.Proposed)
	require.Len(t, s.Returns, 1)

	a.Rule.Return = false
	s, err = selection.Select(a)
	require.NoError(t, err)
	require.Equal(t, int64(2), s.Proposed)
	require.Equal(t, int64(1), s.Shortfall, "two of three, and it is said")
	require.Equal(t, int64(1), s.Lists[1].Shortfall)
}

func TestUrbanAndRuralAreListsOfTheirOwn(t *testing.T) {
	t.Parallel()
	in := func(area selection.Area, c selection.Candidate) selection.Candidate {
		c.Area = area
		return c
	}
	a := two(in(selection.Rural, candidate("a", 99_00)), in(selection.Urban, candidate("b", 81_00)), in(selection.Rural, candidate("c", 98_00)))
	a.Rule.Titles, a.Rule.Areas = 2, true
	a.Units = []selection.Unit{{Code: "320402", Urban: 5, Rural: 5}}
	s, err := selection.Select(a)
	require.NoError(t, err)
	require.Equal(t, []string{"b 1 proposed"}, outcomes(s.Lists[0].Places))
	require.Equal(t, []string{"a 1 proposed", "c 2 reserve"}, outcomes(s.Lists[1].Places))
}

func TestSelectRefuses(t *testing.T) {
	t.Parallel()
	_, err := selection.Select(two(of("320499", candidate("a", 1))))
	require.EqualError(t, err, `a is of the unit "320499", which is not listed`)
	_, err = selection.Select(two(of("320402", candidate("a", 1)), of("320404", candidate("a", 1))))
	require.EqualError(t, err, "the candidate a is there twice", "not even in two units")
	a := two(candidate("a", 90_00))
	a.Strikes = []selection.Strike{{Key: "b", Kind: selection.IsStruck}}
	_, err = selection.Select(a)
	require.EqualError(t, err, "b is not a candidate")
}

func TestOneHundredAgainAndNever101(t *testing.T) {
	t.Parallel()
	a := selection.Appraisal{
		Subject: "appraisal/2014", Rule: year(2), Units: []selection.Unit{{Code: "320402", Urban: 1}},
		Candidates: []selection.Candidate{candidate("a", 99_00), candidate("b", 98_00), candidate("c", 97_00), candidate("d", 96_00)},
	}
	first, err := selection.Select(a)
	require.NoError(t, err)

	a.Strikes = []selection.Strike{{Key: "a", Kind: selection.IsRevoked, Grounds: []string{"decision-9"}}}
	s, err := selection.Select(a)
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 revoked", "b 2 proposed", "c 3 proposed", "d 4 not_recommended"}, outcomes(s.Lists[0].Places))
	require.Equal(t, selection.Reason{Code: selection.TitleRevoked, Grounds: []string{"decision-9"}}, s.Lists[0].Places[0].Reason)
	up := s.Lists[0].Places[2].Reason
	require.Equal(t, selection.MovedUp, up.Code)
	require.Equal(t, "a", up.Instead)
	require.Equal(t, first.Lists[0].Places[1], s.Lists[0].Places[1], "everybody else's place stays")
	require.Equal(t, int64(2), s.Proposed)

	a.Strikes = append(a.Strikes, selection.Strike{Key: "b", Kind: selection.IsStruck})
	s, err = selection.Select(a)
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 revoked", "b 2 struck", "c 3 proposed", "d 4 not_recommended"}, outcomes(s.Lists[0].Places))
	require.Equal(t, int64(1), s.Shortfall, "nobody is left in the reserve, and it is said")
}

func TestOneOfTheReserveCanBeStruckToo(t *testing.T) {
	t.Parallel()
	l := selection.List{Seats: selection.Seats{Quota: 1, Reserve: 2}}
	var err error
	l.Places, err = selection.Rank(year(1), l.Seats, []selection.Candidate{candidate("a", 99_00), candidate("b", 98_00), candidate("c", 97_00)})
	require.NoError(t, err)
	after, err := l.Replace(selection.Strike{Key: "b", Kind: selection.IsStruck})
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 proposed", "b 2 struck", "c 3 reserve"}, outcomes(after.Places))
	after, err = after.Replace(selection.Strike{Key: "a", Kind: selection.IsStruck})
	require.NoError(t, err)
	require.Equal(t, []string{"a 1 struck", "b 2 struck", "c 3 proposed"}, outcomes(after.Places))
	require.Equal(t, selection.IsProposed, l.Places[0].Outcome, "the published list is left alone")

	for _, c := range []struct{ key, want string }{
		{"a", "a is struck and cannot be struck"}, {"z", "z is not on the list"},
	} {
		_, err = after.Replace(selection.Strike{Key: c.key, Kind: selection.IsStruck})
		require.EqualError(t, err, c.want)
	}
	_, err = l.Replace(selection.Strike{Key: "b", Kind: selection.IsRevoked})
	require.EqualError(t, err, "b is reserve and cannot be revoked", "who was not named has nothing to lose")
	_, err = l.Replace(selection.Strike{Key: "a", Kind: selection.IsProposed})
	require.EqualError(t, err, `nobody can be "proposed"`)
}

func TestTheOrderOfWhatIsGivenMeansNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := appraisals(t)
		want, err := selection.Select(a)
		require.NoError(t, err)
		sheet, err := selection.Publish(a)
		require.NoError(t, err)
		a.Candidates, a.Units = shuffled(t, a.Candidates), shuffled(t, a.Units)
		got, err := selection.Select(a)
		require.NoError(t, err)
		require.Equal(t, want, got)
		again, err := selection.Publish(a)
		require.NoError(t, err)
		require.Equal(t, sheet, again)
	})
}

func TestExactlyTheQuotaOrAnExplicitShortfall(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := appraisals(t)
		s, err := selection.Select(a)
		require.NoError(t, err)
		shares, seats, proposed, waiting := int64(0), int64(0), int64(0), false
		for _, l := range s.Lists {
			require.Equal(t, l.Seats.Quota, l.Proposed+l.Shortfall)
			require.GreaterOrEqual(t, l.Shortfall, int64(0), "never more than there are seats")
			count := int64(0)
			for _, p := range l.Places {
				if p.Outcome == selection.IsProposed {
					count++
				}
				waiting = waiting || p.Outcome == selection.IsReserve || p.Reason.Code == selection.BehindReserve
			}
			require.Equal(t, l.Proposed, count)
			shares, seats, proposed = shares+l.Share, seats+l.Seats.Quota, proposed+count
		}
		require.Equal(t, a.Rule.Titles, shares+s.Quota.Left)
		require.Equal(t, proposed, s.Proposed)
		require.Equal(t, a.Rule.Titles, s.Proposed+s.Shortfall)
		left := s.Quota.Left
		for _, r := range s.Returns {
			left += r.Sheet.Left
		}
		require.Equal(t, a.Rule.Titles, seats+left)
		if a.Rule.Return && !a.Rule.Areas && s.Quota.Left == 0 && s.Shortfall > 0 {
			for _, l := range s.Lists {
				require.Zero(t, l.Shortfall, "what a list could not use it gave back")
			}
		}
	})
}

func TestReplacementNeverExceedsTheQuota(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := appraisals(t)
		before, err := selection.Select(a)
		require.NoError(t, err)
		for range rapid.IntRange(1, 6).Draw(t, "strikes") {
			var open []string
			for _, l := range before.Lists {
				for _, p := range l.Places {
					if p.Outcome == selection.IsProposed {
						open = append(open, p.Key)
					}
				}
			}
			if len(open) == 0 {
				return
			}
			kind := rapid.SampledFrom([]selection.Outcome{selection.IsStruck, selection.IsRevoked}).Draw(t, "kind")
			a.Strikes = append(a.Strikes, selection.Strike{Key: rapid.SampledFrom(open).Draw(t, "key"), Kind: kind})
			after, err := selection.Select(a)
			require.NoError(t, err)
			require.LessOrEqual(t, after.Proposed, before.Proposed)
			require.GreaterOrEqual(t, after.Proposed, before.Proposed-1)
			for i := range after.Lists {
				require.LessOrEqual(t, after.Lists[i].Proposed, after.Lists[i].Seats.Quota)
			}
			before = after
		}
	})
}

func BenchmarkSelect(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"1150", 1_150}, {"20000", 20_000}, {"600000", 600_000}} {
		a := nominees(size.n, 2014)
		b.Run(size.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, err := selection.Select(a)
				require.NoError(b, err)
				require.Equal(b, int64(100), s.Proposed)
			}
		})
	}
}
