package space_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// shortBy is a settlement of a shortfall in the street s1, owed on the second storey.
func shortBy(t require.TestingT, short string, measures ...space.Measure) space.Settlement {
	s, err := space.Judge(m2("640"), m2("640")-m2(short), tolerance())
	require.NoError(t, err)
	return space.Settlement{Shortfall: s, Street: "s1", Storey: 2, Measures: measures}
}

func ruledOut(remedies ...space.Remedy) []space.RuledOut {
	var list []space.RuledOut
	for _, r := range remedies {
		list = append(list, space.RuledOut{Remedy: r, Reason: "没有条件"})
	}
	return list
}

var price = space.Price{Construction: 300_000, Land: 150_050} // 3,000.00 and 1,500.50 yuan a square metre

func TestRemediesHaveAnOrder(t *testing.T) {
	t.Parallel()
	s := shortBy(t, "10")
	for _, want := range space.Remedies() {
		next, ok := s.Next()
		require.True(t, ok)
		require.Equal(t, want, next)
		s.RuledOut = append(s.RuledOut, ruledOut(want)...)
	}
	_, ok := s.Next()
	require.False(t, ok, "there is nothing left to try")

	s = shortBy(t, "10")
	s.RuledOut = []space.RuledOut{{Remedy: space.Extend}}
	next, _ := s.Next()
	require.Equal(t, space.Extend, next, "without a reason nothing is ruled out")
}

func TestAMeasureWithAFaultMakesNothingGood(t *testing.T) {
	t.Parallel()
	purchase := space.Measure{ID: "1", Remedy: space.BuyNearby, Area: m2("10"), Exists: true, Street: "s1", Storey: 1}
	payment := space.Measure{ID: "1", Remedy: space.Pay, Area: m2("10"), Decision: "常社领〔2026〕3号", Price: price, Booked: 4_500_500}
	with := func(m space.Measure, change func(*space.Measure)) space.Measure {
		change(&m)
		return m
	}
	for _, c := range []struct {
		name     string
		ruledOut []space.RuledOut
		measure  space.Measure
		want     []string
	}{
		{"an extension comes first", nil, space.Measure{ID: "1", Remedy: space.Extend, Area: m2("10"), Exists: true}, nil},
		{"other area comes second", nil, space.Measure{ID: "1", Remedy: space.Reallocate, Area: m2("10"), Exists: true}, []string{"fail remedy_out_of_order"}},
		{"other area after a reason", ruledOut(space.Extend), space.Measure{ID: "1", Remedy: space.Reallocate, Area: m2("10"), Exists: true}, nil},
		{"a purchase on a better floor", ruledOut(space.Extend, space.Reallocate), purchase, nil},
		{"a purchase on the same floor", ruledOut(space.Extend, space.Reallocate), with(purchase, func(m *space.Measure) { m.Storey = 2 }), nil},
		{"a purchase on a worse floor", ruledOut(space.Extend, space.Reallocate), with(purchase, func(m *space.Measure) { m.Storey = 3 }), []string{"fail purchase_on_worse_floor"}},
		{"a purchase below ground", ruledOut(space.Extend, space.Reallocate), with(purchase, func(m *space.Measure) { m.Storey = -1 }), []string{"fail purchase_on_worse_floor"}},
		{"a purchase in another street", ruledOut(space.Extend, space.Reallocate), with(purchase, func(m *space.Measure) { m.Street = "s2" }), []string{"fail purchase_elsewhere"}},
		{"a purchase too early", ruledOut(space.Extend), purchase, []string{"fail remedy_out_of_order"}},
		{"a payment decided and due", ruledOut(space.Extend, space.Reallocate, space.BuyNearby), payment, nil},
		{"a payment nobody decided", ruledOut(space.Extend, space.Reallocate, space.BuyNearby), with(payment, func(m *space.Measure) { m.Decision = "" }), []string{"fail payment_undecided"}},
		{"a payment without a price", ruledOut(space.Extend, space.Reallocate, space.BuyNearby), with(payment, func(m *space.Measure) { m.Price = space.Price{} }), []string{"fail payment_without_price"}},
		{"a payment before the rest was tried", nil, payment, []string{"fail remedy_out_of_order"}},
		{"no area", nil, space.Measure{ID: "1", Remedy: space.Extend, Exists: true}, []string{"fail measure_without_area"}},
		{"no number", nil, space.Measure{Remedy: space.Extend, Area: m2("10"), Exists: true}, []string{"fail measure_twice"}},
		{"no such remedy", nil, space.Measure{ID: "1", Remedy: "promise", Area: m2("10"), Exists: true}, []string{"fail remedy_unknown"}},
	} {
		s := shortBy(t, "10", c.measure)
		s.RuledOut = c.ruledOut
		findings := s.Check()
		require.Equal(t, c.want, codes(findings), c.name)
		requireWords(t, findings)
		b, err := s.Balance()
		require.NoError(t, err)
		require.Equal(t, len(c.want) == 0, b.Settled, c.name)
	}
}

func TestAShortfallIsSettledWhenNothingIsOpen(t *testing.T) {
	t.Parallel()
	extension := space.Measure{ID: "1", Remedy: space.Extend, Area: m2("6"), Exists: true}
	payment := space.Measure{ID: "2", Remedy: space.Pay, Area: m2("4"), Decision: "常社领〔2026〕3号", Price: price, Booked: 1_800_200}
	with := func(change func(e, p *space.Measure)) space.Settlement {
		e, p := extension, payment
		change(&e, &p)
		s := shortBy(t, "10", e, p)
		s.RuledOut = ruledOut(space.Extend, space.Reallocate, space.BuyNearby)
		return s
	}
	for _, c := range []struct {
		name       string
		settlement space.Settlement
		open       string
	}{
		{"nothing was done", shortBy(t, "10"), "10"},
		{"within the tolerance nothing is owed", shortBy(t, "6.4"), "0"},
		{"built and paid", with(func(_, _ *space.Measure) {}), "0"},
		{"promised is not built", with(func(e, _ *space.Measure) { e.Exists = false }), "6"},
		{"a fen is missing", with(func(_, p *space.Measure) { p.Booked-- }), "4"},
		{"a hundredth is missing", with(func(e, _ *space.Measure) { e.Area-- }), "0.01"},
		{"the rest is not tolerated", with(func(e, _ *space.Measure) { e.Area = m2("3") }), "3"},
		{"more than owed", with(func(e, _ *space.Measure) { e.Area = m2("60") }), "0"},
		{"one number, counted once", with(func(_, p *space.Measure) { p.ID = "1" }), "4"},
	} {
		b, err := c.settlement.Balance()
		require.NoError(t, err)
		require.Equal(t, m2(c.open), b.Open, c.name)
		require.Equal(t, b.Open == 0, b.Settled, c.name)
		require.Equal(t, b.Open.String(), b.Figures()[3].Value)
	}
}

func TestAPromisedExtensionDoesNotOpenTheWayToThePayment(t *testing.T) {
	t.Parallel()
	s := shortBy(t, "10",
		space.Measure{ID: "1", Remedy: space.Extend, Area: m2("6")},
		space.Measure{ID: "2", Remedy: space.Reallocate, Area: m2("4"), Exists: true})
	require.Equal(t, []string{"fail remedy_out_of_order"}, codes(s.Check()))
	s.Measures[0].Exists = true
	require.Empty(t, s.Check(), "once it is built it does")
}

func TestThePaymentIsConstructionPlusLandToTheFen(t *testing.T) {
	t.Parallel()
	due, err := price.Due(m2("10"))
	require.NoError(t, err)
	require.Equal(t, "45,005.00", due.String())
	due, err = space.Price{Construction: 101}.Due(m2("0.01"))
	require.NoError(t, err)
	require.Equal(t, money.Fen(2), due, "1.01 fen: up")
	_, err = space.Price{Construction: money.MaxFen}.Due(m2("1.01"))
	require.ErrorIs(t, err, space.ErrTooLarge)
	_, err = space.Price{Construction: money.MaxFen, Land: 1}.Due(m2("1"))
	require.ErrorIs(t, err, money.ErrOverflow)
	for _, bad := range []space.Price{{}, {Land: 5}, {Construction: -1}, {Construction: 1, Land: -1}} {
		_, err = bad.Due(m2("1"))
		require.Error(t, err)
	}
}

func TestTheBalanceIsOwedLessWhatIsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		required := areas(0, m2("2000")).Draw(t, "required")
		short, err := space.Judge(required, areas(0, m2("2000")).Draw(t, "measured"), tolerance())
		require.NoError(t, err)
		s := space.Settlement{Shortfall: short, Street: "s1", Storey: 2, RuledOut: ruledOut(space.Remedies()...)}
		var there space.Area
		for i := range rapid.IntRange(0, 6).Draw(t, "measures") {
			m := space.Measure{
				ID: string(rune('a' + i)), Remedy: rapid.SampledFrom(space.Remedies()).Draw(t, "remedy"), Area: areas(1, m2("400")).Draw(t, "area"),
				Street: "s1", Storey: 1, Decision: "d", Price: price, Exists: rapid.Bool().Draw(t, "exists"),
			}
			due, err := price.Due(m.Area)
			require.NoError(t, err)
			m.Booked = due - money.Fen(rapid.Int64Range(-1, 1).Draw(t, "missing"))
			if m.Remedy == space.Pay && m.Booked >= due || m.Remedy != space.Pay && m.Exists {
				there += m.Area
			}
			s.Measures = append(s.Measures, m)
		}
		b, err := s.Balance()
		require.NoError(t, err)
		require.Equal(t, there, b.Existing+b.Paid)
		require.Equal(t, max(short.Owed()-there, 0), b.Open)
		require.Equal(t, short.Owed() <= there, b.Settled)
	})
}
