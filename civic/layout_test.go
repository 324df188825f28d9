package civic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

// plans begins with a plan of civil affairs for 2014 to 2018: two communities, three rows.
func plans(t tester, change ...func(*LayoutForm)) *site {
	form := LayoutForm{From: 2014, To: 2018, Circular: "常政办发〔2014〕30号", Rows: []LayoutRow{
		{Community: "zhaoyang", Way: FromProject, Area: m2("640"), Site: "和平路1号", Year: 2015},
		{Community: "zhaoyang", Way: FromPurchase, Area: m2("200"), Site: "朝阳路18号", Year: 2014},
		{Community: "cuizhu", Way: FromLease, Area: m2("300"), Site: "翠竹新村", Year: 2016, Note: "过渡用房"}}}
	for _, c := range change {
		c(&form)
	}
	s := &site{t: t, now: start, atlas: housingAtlas()}
	s.d = Dossier{Case: Case{ID: NewID("layout"), Procedure: LayoutProcedure, Unit: "cz-civil-affairs", Applicant: "fan-min", State: Draft, Version: 1, Round: 1,
		Calendar: workday.Builtin().Version(), CreatedAt: start, UpdatedAt: start}, Matter: &Layout{LayoutForm: form}, Calendar: workday.Builtin()}
	return s
}

// foldLayout keeps the city's plan as the record would.
func (s *site) foldLayout(c LayoutChange) {
	s.plan = nil
	if l, ok := s.d.Matter.(*Layout); ok && c.Version > 0 {
		s.plan, s.version = &LayoutPlan{Case: s.d.Case.ID, Version: c.Version, Since: s.now, Layout: l}, c.Version
	}
}

func (s *site) layoutFiled() *site {
	require.NoError(s.t, s.does(ActSubmit, "fan-min", nil))
	return s.state(LayoutReview)
}

func (s *site) layoutAgreed() *site {
	return s.layoutFiled().on("layout_opinion", "agree").on("layout_opinion", "agree").state(Deliberation)
}

func (s *site) layoutApproved() *site {
	return s.layoutAgreed().on("layout_decide", "approve").state(InForce)
}

func (s *site) theLayout() *Layout { return s.d.Matter.(*Layout) }

func layoutStories(t tester, show func(stage)) {
	begun := func() *site { return plans(t).shown(show) }
	require.NoError(t, begun().layoutFiled().does(ActWithdraw, "fan-min", nil))
	begun().layoutFiled().on("layout_opinion", "agree").on("layout_opinion", "revise").state(Returned).on("layout_amend", "hand_in").state(LayoutReview)
	begun().layoutAgreed().on("layout_decide", "send_back").state(Returned)
	s := begun().layoutApproved().itself(ActCheckDue).on("layout_adjust", "keep").itself(ActCheckDue).on("layout_adjust", "adjust").itself(ActCheckDue)
	s.itself(ActCheckDue).state(Expired).itself(ActArchive)
	old := begun().layoutApproved()
	old.plan = &LayoutPlan{Case: NewID("newer"), Version: 2, Layout: &Layout{LayoutForm: LayoutForm{To: 2019}}}
	old.itself(ActCheckDue).state(Replaced)
}

func TestALayoutPlanIsRefusedWithTheRowThatIsWrong(t *testing.T) {
	t.Parallel()
	row := func(change func(*LayoutRow)) func(*LayoutForm) { return func(f *LayoutForm) { change(&f.Rows[2]) } }
	for _, c := range []struct {
		name, code, field string
		change            func(*LayoutForm)
	}{
		{"a row without an area", "no_area", "rows[2].area", row(func(r *LayoutRow) { r.Area = 0 })},
		{"a row larger than any room", "out_of_range", "rows[2].area", row(func(r *LayoutRow) { r.Area = maxStockArea + 1 })},
		{"a year outside the plan", "outside_period", "rows[2].year", row(func(r *LayoutRow) { r.Year = 2019 })},
		{"a way that is none", "unknown_means", "rows[2].way", row(func(r *LayoutRow) { r.Way = FromExisting })},
		{"a row without a place", "missing", "rows[2].site", row(func(r *LayoutRow) { r.Site = " " })},
		{"a street instead of a community", "no_such_community", "rows[2].community", row(func(r *LayoutRow) { r.Community = "hongmei" })},
		{"a community that is no more", "no_such_community", "rows[2].community", row(func(r *LayoutRow) { r.Community = "nowhere" })},
		{"a row that is there already", "row_twice", "rows[2].community", row(func(r *LayoutRow) { r.Community, r.Way, r.Year = "zhaoyang", FromPurchase, 2014 })},
		{"no rows", "missing", "rows", func(f *LayoutForm) { f.Rows = nil }},
		{"six years", "bad_period", "to", func(f *LayoutForm) { f.To = 2019 }},
		{"a plan that goes backwards", "bad_period", "to", func(f *LayoutForm) { f.From, f.To = 2016, 2015 }},
		{"no years", "missing", "from", func(f *LayoutForm) { f.From = 0 }},
		{"a year beyond all plans", "out_of_range", "from", func(f *LayoutForm) { f.From = -5 }},
		{"too many rows", "too_many_entries", "rows", func(f *LayoutForm) { f.Rows = make([]LayoutRow, MaxLayoutRows+1) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := plans(t, c.change)
			e := AsRefusal(s.does(ActSubmit, "fan-min", nil))
			require.NotNil(t, e)
			found := append([]*Error{e}, e.Also...)
			require.Contains(t, codesAt(found), c.code+" "+c.field)
			s.state(Draft)
		})
	}
}

func codesAt(list []*Error) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.Code + " " + e.Field
	}
	return out
}

func TestALayoutPlanIsForYearsToComeAndOfCivilAffairs(t *testing.T) {
	t.Parallel()
	late := plans(t)
	late.now = clock("2019-01-02 09:00")
	require.Equal(t, "period_over", AsRefusal(late.does(ActSubmit, "fan-min", nil)).Code)
	other := plans(t)
	other.d.Case.Unit = "cz-reform"
	require.Equal(t, "not_civil_affairs", AsRefusal(other.does(ActSubmit, "wang-yang", nil)).Code)
	s := plans(t).layoutFiled()
	require.Equal(t, "BJ-2014-000001", s.d.Case.Number)
	require.Equal(t, "社区用房布局规划（2014—2018年）", s.d.Case.Title)
	require.Equal(t, "already_submitted", AsRefusal(s.does(ActSubmit, "fan-min", nil)).Code)
}

func TestBothBodiesAnswerALayoutPlanAndOneSendsItBack(t *testing.T) {
	t.Parallel()
	s := plans(t).layoutFiled()
	asked := s.open("layout_opinion")
	require.Len(t, asked, 2)
	require.Equal(t, []Seat{{Role: PlanningOfficer, Unit: "cz-planning"}, {Role: ReformOfficer, Unit: "cz-reform"}}, []Seat{asked[0].Seat, asked[1].Seat})
	s.on("layout_opinion", "revise").state(LayoutReview) // the other is still heard
	s.on("layout_opinion", "agree").state(Returned)
	require.Len(t, s.theLayout().Opinions, 2)
	s.theLayout().Rows[0].Area = m2("700")
	s.on("layout_amend", "hand_in").state(LayoutReview)
	s.on("layout_opinion", "agree").on("layout_opinion", "agree").state(Deliberation) // what was said about the plan before does not count
	s.on("layout_decide", "send_back").state(Returned)
	require.Equal(t, 3, s.d.Case.Round)
}

func TestAnAmendedLayoutPlanMustStandAsWell(t *testing.T) {
	t.Parallel()
	s := plans(t).layoutFiled().on("layout_opinion", "revise").on("layout_opinion", "agree")
	s.theLayout().Rows[1].Year = 2030
	require.Equal(t, "rows[1].year", s.refuses("outside_period", "layout_amend", "hand_in", nil).Field)
}

func TestAnApprovedLayoutPlanIsTheNextVersionWithANumber(t *testing.T) {
	t.Parallel()
	s := plans(t)
	s.version = 4
	s.layoutApproved()
	l := s.theLayout()
	require.Equal(t, 5, l.Version)
	require.NotEmpty(t, l.Document)
	require.Equal(t, s.now, *l.ApprovedAt)
	require.Equal(t, s.d.Case.ID, s.plan.Case)
	require.Error(t, s.does(ActWithdraw, "fan-min", nil), "what is in force is not taken back")
}

func TestAPlanWhoseCommunityWasMergedMeanwhileIsNotApproved(t *testing.T) {
	t.Parallel()
	s := plans(t, func(f *LayoutForm) { f.Rows[2].Community = "old-lane" }).layoutAgreed()
	s.now = clock("2015-05-04 09:00")
	require.Equal(t, "rows[2].community", s.refuses("no_such_community", "layout_decide", "approve", nil).Field)
	s.on("layout_decide", "send_back").state(Returned)
}

func TestALayoutPlanIsLookedAtEveryYearUntilItsLast(t *testing.T) {
	t.Parallel()
	s := plans(t).layoutApproved()
	for year := 2015; year <= 2018; year++ {
		s.itself(ActCheckDue).state(InForce)
		require.Equal(t, year, s.now.Year())
		require.Len(t, s.open("layout_adjust"), 1)
		require.Equal(t, "layout_adjust", s.open("")[0].Step)
		s.on("layout_adjust", []string{"keep", "adjust"}[year%2])
	}
	require.Len(t, s.theLayout().Reviews, 4)
	s.itself(ActCheckDue).state(Expired)
	require.Equal(t, "2019-01-01", dateOf(s.now).String())
	require.Nil(t, s.plan)
}

func TestAnUnansweredCheckDoesNotKeepAPlanBeyondItsPeriod(t *testing.T) {
	t.Parallel()
	s := plans(t).layoutApproved().itself(ActCheckDue)
	require.Equal(t, "2019-01-01", dateOf(*s.d.Case.ActsAt).String(), "nobody answers: it is asked once, and goes on until its last day")
	s.itself(ActCheckDue).state(Expired)
	require.Empty(t, s.open(""))
}

func TestANewerLayoutPlanTakesThePlaceOfTheOneBefore(t *testing.T) {
	t.Parallel()
	old := plans(t).layoutApproved()
	newer := plans(t, func(f *LayoutForm) { f.From, f.To, f.Rows[0].Area = 2014, 2018, m2("800") })
	newer.d.Case.ID, newer.version, newer.plan = NewID("newer"), old.version, old.plan
	newer.layoutApproved()
	require.Equal(t, 2, newer.theLayout().Version)
	old.plan = newer.plan
	require.Equal(t, "not_due", AsRefusal(old.does(ActCheckDue, System, nil)).Code, "the record wakes it")
	old.d.Case.ActsAt = &old.now
	require.NoError(t, old.does(ActCheckDue, System, nil))
	old.state(Replaced)
	require.NotNil(t, old.plan, "the newer one is in force")
}

func TestAProjectsRegistrationNotesWhatThePlanSays(t *testing.T) {
	t.Parallel()
	plan := plans(t).layoutApproved().plan
	figures := func(s *site) []Figure {
		fx, err := s.apply(Act{Kind: ActSubmit, Actor: "wang-yang"})
		require.NoError(t, err)
		var out []Figure
		for _, f := range fx.Figures {
			if f.Rule == "housing.layout" {
				out = append(out, f)
			}
		}
		return out
	}
	named := onSite(t, estate())
	named.plan = plan
	found := figures(named)
	require.Len(t, found, 2)
	require.Equal(t, map[string]any{"version": 1, "document": plan.Layout.Document, "area": "200.00", "way": "purchase", "year": 2014}, found[0].Values)
	require.Equal(t, &LayoutSays{Case: plan.Case, Version: 1, Document: plan.Layout.Document, Rows: []LayoutPlaced{
		{FromPurchase, m2("200"), "朝阳路18号", 2014}, {FromProject, m2("640"), "和平路1号", 2015}}}, named.project().Layout)

	form := estate()
	form.Community = "lancheng"
	left := onSite(t, form)
	left.plan = plan
	require.Equal(t, "布局规划未列入该社区", figures(left)[0].Zh)
	require.Empty(t, left.project().Layout.Rows)

	without := onSite(t, estate())
	require.Equal(t, "登记时没有实施中的布局规划", figures(without)[0].Zh)
	require.Nil(t, without.project().Layout)
}

func TestALayoutPlanOfThreeHundredRowsCanBeFiledAndOneWithAsManyFaultsIsRefusedShortly(t *testing.T) {
	t.Parallel()
	many := func(area string) func(*LayoutForm) {
		return func(f *LayoutForm) {
			f.Rows = nil
			for i := range MaxLayoutRows {
				f.Rows = append(f.Rows, LayoutRow{Community: fmt.Sprint("c", i), Way: FromProject, Area: m2(area), Site: "x", Year: 2015})
			}
		}
	}
	s := plans(t, many("100"))
	require.Empty(t, s.theLayout().faults())
	e := AsRefusal(s.does(ActSubmit, "fan-min", nil)) // none of the communities is there
	require.NotNil(t, e)
	require.Len(t, e.Also, maxFaults-1)
}
