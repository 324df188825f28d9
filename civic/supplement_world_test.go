package civic

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// yard is one supplement with the register around it.
type yard struct {
	*run
	rooms    []StockRoom
	promised space.Area
}

func (y *yard) RoomsOf(region string) ([]StockRoom, error) {
	return slices.DeleteFunc(slices.Clone(y.rooms), func(r StockRoom) bool { return y.atlas.HeirOf(r.Region, y.now) != region }), nil
}
func (y *yard) Promised(string) (space.Area, error) { return y.promised, nil }

// supplyRules are the parameters of the supplement beside those of the city.
func supplyRules() []Parameter {
	out := parameters()
	for _, p := range [][2]string{
		{"bodies.civil_affairs", "cz-civil-affairs"}, {"supplement.approving_units", "tianning-government"}, {"supplement.review_wd", "10"}, {"supplement.amend_wd", "20"},
		{"supplement.approve_wd", "10"}, {"supplement.report_wd", "20"}, {"supplement.accept_wd", "10"}, {"housing.formula", "per_1000_persons"},
		{"housing.per_1000_m2", "100"}, {"housing.min_per_100hh", "0"}, {"housing.persons_per_household", "3.2"}, {"housing.floor_m2", "600"}, {"housing.ground_ratio", "0"},
		{"housing.rounding", "whole_metres"}, {"housing.excluded_uses", "property_management|elderly_care"}, {"housing.tolerance_m2", "3"}, {"housing.tolerance_ratio", "0.01"},
	} {
		out = append(out, Parameter{Key: p[0], Value: p[1], From: beginning, Version: 1})
	}
	return out
}

// proposal is one of 红梅街道 for 朝阳花园社区, which owes 751 m² (2,346 households) and has 320 m².
func proposal() Supplement {
	return Supplement{SupplementForm: SupplementForm{Region: "zhaoyang", Means: FromPurchase, Area: 431 * space.SquareMetre, Address: "朝阳路18号", Storey: 1, Cost: 300_000_000,
		Money: "区级财政", Ready: "2015-06-30", Why: "老旧小区未配建社区用房"}}
}

func newYard(t tester, s Supplement) *yard {
	t.Helper()
	y := &yard{run: &run{t: t, now: start, atlas: supplyAtlas(), holders: holders(), lines: lines()}, rooms: []StockRoom{
		{ID: NewID("hall"), Region: "zhaoyang", Name: "便民服务大厅", Area: 320 * space.SquareMetre, Storey: 1, Uses: []string{"governance"}, State: RoomInUse,
			TitleKind: NoTitle, From: workday.NewDate(2010, 1, 1), Origin: FromExisting, Version: 1},
		{ID: NewID("care"), Region: "zhaoyang", Name: "养老服务中心", Area: 900 * space.SquareMetre, Storey: 1, Uses: []string{"elderly_care"}, State: RoomInUse,
			TitleKind: NoTitle, From: workday.NewDate(2010, 1, 1), Origin: FromExisting, Version: 1}}}
	y.lines["tianning-2014"] = &BudgetLine{ID: "tianning-2014", Unit: "tianning-government", Year: 2014, Appropriated: 500_000_000}
	y.holders[Seat{CivilAffairs, "cz-civil-affairs", ""}] = []string{"zhuo-qun", "lian-he"}
	y.holders[Seat{DistrictLeader, "tianning-government", ""}] = []string{"jiang-hua", "second-leader"}
	y.holders[Seat{StreetClerk, "hongmei-office", ""}] = []string{"wan-peng", "second-clerk"}
	y.d = Dossier{Case: Case{ID: NewID("supplement"), Procedure: SupplementProcedure, Unit: "hongmei-office", Applicant: "wan-peng", State: Draft, Version: 1, Round: 1,
		Calendar: workday.Builtin().Version(), CreatedAt: start, UpdatedAt: start}, Matter: &s, Calendar: workday.Builtin(), Rules: RulesAt(supplyRules(), start), Now: start}
	return y
}

// supplyAtlas adds the bodies that a supplement asks.
func supplyAtlas() *Atlas {
	a := atlas()
	for _, u := range []Unit{{Key: "cz-civil-affairs", Level: "city", Region: "cz", ValidFrom: day("2014-01-01")},
		{Key: "tianning-government", Level: "district", Kind: "government", Region: "tianning", ValidFrom: day("2014-01-01")}} {
		a.units[u.Key] = u
	}
	return a
}

// acts brings one act to the case twice, which must say the same, and folds it.
func (y *yard) acts(a Act) (Effects, error) {
	y.t.Helper()
	y.run.acts++
	y.now = y.now.Add(time.Minute)
	y.d.Now = y.now
	a.ID, a.Case, a.Procedure = NewID("act", fmt.Sprint(y.run.acts)), y.d.Case.ID, SupplementProcedure
	before := *y.d.Matter.(*Supplement)
	fx, err := Apply(y.d, a, y)
	again, err2 := Apply(y.d, a, y)
	require.Equal(y.t, err, err2)
	require.Equal(y.t, fx, again)
	require.Equal(y.t, before, *y.d.Matter.(*Supplement), "rules change a copy")
	if err != nil {
		require.NotNil(y.t, AsRefusal(err), "%v", err)
		return fx, err
	}
	y.fold(fx)
	if fx.Matter != nil {
		y.d.Matter = fx.Matter
	}
	for _, r := range fx.Rooms {
		require.Empty(y.t, r.Faults())
		r.Version++
		y.rooms = append(slices.DeleteFunc(y.rooms, func(o StockRoom) bool { return o.ID == r.ID }), r)
	}
	if y.visit != nil {
		y.visit(y.d, y)
	}
	return fx, nil
}

// answer answers the one open task of the step.
func (y *yard) answer(person, step, outcome, opinion string, d Details) (Effects, error) {
	y.t.Helper()
	i := slices.IndexFunc(y.d.Tasks, func(k Task) bool { return k.Open() && k.Step == step })
	require.GreaterOrEqual(y.t, i, 0, "no open %s in %s", step, y.d.Case.State)
	return y.acts(Act{Kind: ActDecide, Task: y.d.Tasks[i].ID, Actor: person, Outcome: outcome, Opinion: opinion, Details: d})
}

func (y *yard) must(_ Effects, err error) {
	y.t.Helper()
	require.NoError(y.t, err)
}

// refused wants a refusal with this code.
func (y *yard) refused(code string, _ Effects, err error) *Error {
	y.t.Helper()
	require.Error(y.t, err)
	e := AsRefusal(err)
	require.Equal(y.t, code, e.Code, e.En)
	return e
}

// to brings the case to a state.
func (y *yard) to(s State) *yard {
	y.t.Helper()
	for _, step := range []struct {
		from State
		do   func() (Effects, error)
	}{
		{Draft, func() (Effects, error) { return y.acts(Act{Kind: ActSubmit, Actor: "wan-peng"}) }},
		{SupplyReview, func() (Effects, error) { return y.answer("zhuo-qun", "supply_review", "agree", "", Details{}) }},
		{SupplyApproval, func() (Effects, error) {
			return y.answer("jiang-hua", "supply_approve", "approve", "", Details{BudgetLine: "tianning-2014"})
		}},
		{SupplyWork, func() (Effects, error) { return y.answer("wan-peng", "supply_build", "done", "", Details{}) }},
	} {
		if y.d.Case.State == s {
			return y
		}
		if y.d.Case.State == step.from {
			y.must(step.do())
		}
	}
	require.Equal(y.t, s, y.d.Case.State)
	return y
}

func measured(areas ...space.Area) Details {
	d := &SupplementDetails{}
	for i, a := range areas {
		d.Rooms = append(d.Rooms, MeasuredRoom{Name: fmt.Sprintf("朝阳路18号%d室", i+101), Area: a, Storey: 1, Uses: []string{"meeting", "reading"}, Station: ActivityStation, State: RoomInUse, TitleKind: NoTitle})
	}
	return Details{Supplement: d}
}

func heldLeft(held []Holding) []Holding {
	return slices.DeleteFunc(slices.Clone(held), func(h Holding) bool { return h.Left == 0 })
}
