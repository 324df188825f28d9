package space_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

func phases(volumes []string, rooms ...string) []space.Phase {
	var list []space.Phase
	for i, v := range volumes {
		p := space.Phase{Number: i + 1, Volume: m2(v), Households: int64(i + 1)}
		if i < len(rooms) {
			p.Rooms = m2(rooms[i])
		}
		list = append(list, p)
	}
	return list
}

func TestSharesAddUpToTheHundredth(t *testing.T) {
	t.Parallel()
	thirds := phases([]string{"50000", "50000", "50000"})
	shares, err := space.Shares(m2("640"), thirds, space.ByVolume)
	require.NoError(t, err)
	require.Equal(t, []space.Area{m2("213.34"), m2("213.33"), m2("213.33")}, shares)
	shares, err = space.Shares(m2("640"), thirds, space.ByHouseholds)
	require.NoError(t, err)
	require.Equal(t, []space.Area{m2("106.67"), m2("213.33"), m2("320")}, shares)

	_, err = space.Shares(m2("640"), phases([]string{"0", "0"}), space.ByVolume)
	require.ErrorIs(t, err, money.ErrNoWeight)
	_, err = space.Shares(m2("640"), nil, space.ByVolume)
	require.ErrorIs(t, err, money.ErrNoWeight)
	_, err = space.Shares(m2("640"), thirds, "beauty")
	require.Error(t, err)
	_, err = space.Shares(m2("640"), []space.Phase{thirds[1], thirds[0]}, space.ByVolume)
	require.EqualError(t, err, "phase 1 does not come after phase 2")
	_, err = space.Shares(-1, thirds, space.ByVolume)
	require.Error(t, err)
}

func somePhases() *rapid.Generator[[]space.Phase] {
	return rapid.Custom(func(t *rapid.T) []space.Phase {
		list := make([]space.Phase, rapid.IntRange(1, 6).Draw(t, "phases"))
		for i := range list {
			list[i] = space.Phase{
				Number: i + 1, Volume: areas(0, m2("200000")).Draw(t, "volume"),
				Households: rapid.Int64Range(0, 3_000).Draw(t, "households"), Rooms: areas(0, m2("900")).Draw(t, "rooms"),
			}
		}
		list[0].Volume, list[0].Households = list[0].Volume+1, list[0].Households+1
		return list
	})
}

func TestSharesOfAnyPhasesAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := areas(0, m2("5000")).Draw(t, "total")
		list := somePhases().Draw(t, "phases")
		by := rapid.SampledFrom([]space.Weight{space.ByVolume, space.ByHouseholds}).Draw(t, "by")
		shares, err := space.Shares(total, list, by)
		require.NoError(t, err)
		sum, err := space.Sum(shares...)
		require.NoError(t, err)
		require.Equal(t, total, sum)
		for i := range list {
			require.GreaterOrEqual(t, shares[i], space.Area(0))
			if by == space.ByHouseholds && list[i].Households > list[0].Households {
				require.GreaterOrEqual(t, shares[i], shares[0], "a larger phase never has the smaller share")
			}
		}
	})
}

func TestRoomsStandInTheFirstPhase(t *testing.T) {
	t.Parallel()
	halves := []string{"60000", "40000"} // 60 % and 40 % of the volume
	for _, c := range []struct {
		name, decision string
		rooms          []string
		want           []string
	}{
		{"all in the first", "", []string{"640"}, nil},
		{"more than all in the first", "", []string{"700", "10"}, nil},
		{"a hundredth in the second", "", []string{"639.99", "0.01"}, []string{"fail rooms_not_in_first_phase"}},
		{"spread without a decision", "", []string{"384", "256"}, []string{"fail rooms_not_in_first_phase"}},
		{"all in the last without a decision", "", []string{"0", "640"}, []string{"fail rooms_not_in_first_phase"}},
		{"spread by a decision, in step", "常社领〔2026〕4号", []string{"384", "256"}, []string{"pass rooms_spread_by_decision"}},
		{"spread by a decision, a hundredth behind", "常社领〔2026〕4号", []string{"383.99", "256.01"}, []string{"fail rooms_lag", "pass rooms_spread_by_decision"}},
		{"all in the last", "常社领〔2026〕4号", []string{"0", "640"}, []string{"fail rooms_lag", "pass rooms_spread_by_decision"}},
		{"too few altogether", "常社领〔2026〕4号", []string{"384", "255.99"}, []string{"pass rooms_spread_by_decision", "fail rooms_missing"}},
		{"too few and no decision", "", []string{"600"}, []string{"fail rooms_not_in_first_phase", "fail rooms_missing"}},
		{"a decision that was not needed", "常社领〔2026〕4号", []string{"640"}, nil},
	} {
		findings, err := space.CheckPhases(m2("640"), phases(halves, c.rooms...), space.ByVolume, c.decision)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, codes(findings), c.name)
		requireWords(t, findings)
	}
	_, err := space.CheckPhases(m2("640"), nil, space.ByVolume, "")
	require.ErrorIs(t, err, money.ErrNoWeight)
	_, err = space.CheckPhases(-1, phases(halves), space.ByVolume, "")
	require.Error(t, err)
}

func TestRoomsKeepStepWithTheHomes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rooms     string
		done, all int64
		behind    string
	}{
		{"0", 0, 2_000, "0"},
		{"213.34", 1, 3, "0"},
		{"213.33", 1, 3, "0.01"}, // a third of 640 is 213.333…
		{"640", 2_000, 2_000, "0"},
		{"639.99", 2_000, 2_000, "0.01"},
		{"800", 1, 2_000, "0"},
	} {
		behind, err := space.Behind(m2("640"), m2(c.rooms), c.done, c.all)
		require.NoError(t, err)
		require.Equal(t, m2(c.behind), behind, "%s of 640 for %d of %d", c.rooms, c.done, c.all)
	}
	for _, bad := range [][2]int64{{0, 0}, {-1, 5}, {6, 5}} {
		_, err := space.Behind(m2("640"), 0, bad[0], bad[1])
		require.Error(t, err)
	}
}

func TestNoPhasesPassWithRoomsBehindTheHomes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		required := areas(0, m2("2000")).Draw(t, "required")
		list := somePhases().Draw(t, "phases")
		decision := rapid.SampledFrom([]string{"", "d"}).Draw(t, "decision")
		findings, err := space.CheckPhases(required, list, space.ByVolume, decision)
		require.NoError(t, err)

		all, done, rooms, ok := new(big.Int), new(big.Int), new(big.Int), true
		for _, p := range list {
			all.Add(all, big.NewInt(int64(p.Volume)))
		}
		for _, p := range list { // rooms ÷ required ≥ done ÷ all, multiplied out
			done.Add(done, big.NewInt(int64(p.Volume)))
			rooms.Add(rooms, big.NewInt(int64(p.Rooms)))
			have, owed := new(big.Int).Mul(rooms, all), new(big.Int).Mul(big.NewInt(int64(required)), done)
			ok = ok && have.Cmp(owed) >= 0
		}
		if decision == "" {
			ok = list[0].Rooms >= required
		}
		require.Equal(t, ok, space.Worst(findings) == space.Pass, "%v", codes(findings))
	})
}

func TestWhatTheFirstPhaseHoldsNeedsNoDecision(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := somePhases().Draw(t, "phases")
		required := areas(0, list[0].Rooms).Draw(t, "required")
		for _, decision := range []string{"", "d"} {
			findings, err := space.CheckPhases(required, list, space.ByHouseholds, decision)
			require.NoError(t, err)
			require.Empty(t, findings)
		}
	})
}
