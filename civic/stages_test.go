package civic

import (
	"slices"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
	"lizheng/civic/space"
)

// stage is a case of any procedure as it stands, with the world around it: all that an act meets.
type stage struct {
	Dossier
	world   World
	usual   func(step, outcome string) Details // what an outcome needs there
	details func(ActKind) Details              // what an act on the whole case needs there
}

// stories lead cases of every procedure through its states and show each as it stands after every act.
var stories = map[Procedure]func(t tester, show func(stage)){
	AccessProcedure: accessStories, HousingProcedure: housingStories, PlanChangeProcedure: planChangeStories, SupplementProcedure: supplementStories,
	AssessmentProcedure: assessmentStories, AppraisalProcedure: appraisalStories, NominationProcedure: appraisalStories,
	LayoutProcedure: layoutStories,
}

func nothing(ActKind) Details { return Details{} }

func accessStories(_ tester, show func(stage)) {
	one := func(r *run) {
		r.d.Now = r.now
		show(stage{r.d, r, func(_, outcome string) Details { return detailed[outcome] }, func(kind ActKind) Details {
			if kind == ActProposeExit {
				return Details{Trigger: "duplicate"}
			}
			return Details{}
		}})
	}
	for _, r := range everyState() {
		one(r)
	}
	for _, s := range []State{InForce, Suspended} { // the way out is open
		r := everyState()[s]
		r.do(ActProposeExit, "", with(Details{Trigger: "duplicate"}))
		one(r)
		r.answer("exit_opinion", "support")
		one(r)
		r.later(6)
		one(r)
	}
	blocked := everyState()[Blocked]
	blocked.do(ActAppeal, "", by("li-juan"))
	one(blocked)
	one(at(&panicking{}, Deliberation, dear()))
}

// shown shows a project or a change of plan after every act.
func (s *site) shown(show func(stage)) *site {
	see := func(d Dossier, w World) {
		live, _ := w.(*site)
		one := live.still()
		d.Now, d.Rules = one.now, one.rules()
		show(stage{d, one, func(step, outcome string) Details {
			return Details{Housing: one.usual(step, outcome)}
		}, func(kind ActKind) Details {
			switch kind {
			case ActApplyPresale:
				return Details{Housing: &HousingDetails{Phase: 1}}
			case ActReportMisuse:
				return Details{Housing: &HousingDetails{Misuse: "lease"}}
			}
			return Details{}
		}})
	}
	s.visit = see
	see(s.d, s)
	return s
}

// still is the world as it is now.
func (s *site) still() *site {
	c := *s
	c.visit = nil
	return &c
}

func housingStories(t tester, show func(stage)) {
	for _, s := range everyProject(t) {
		s.shown(show)
	}
	building := builtTo(t, Building, estate()).shown(show)
	require.NoError(t, building.does(ActApplyPresale, "zhang-cheng", &HousingDetails{Phase: 1}))
	building.on("inspect", "finished").on("survey", "measured")
	s := short(t).shown(show).on("verify", "fail")
	require.NoError(t, s.does(ActExtendOrder, "zhang-cheng", nil))
	s.on("extension", "grant").on("rectify", "impossible").on("verify", "settle")
	s.on("remedy", "propose").on("remedy_review", "agree").on("remedy_delivery", "failed")
	for _, r := range []space.Remedy{space.Reallocate, space.BuyNearby} {
		s.on("remedy", "rule_out", &HousingDetails{Remedy: string(r)}).on("remedy_review", "agree")
	}
	s.on("remedy", "propose", &HousingDetails{Measure: &HousingMeasure{Remedy: space.Pay, Area: m2("40")}}).on("remedy_review", "agree")
	s.on("remedy_decide", "allow").on("remedy_booking", "booked").on("hand_over", "offer")
	used := builtTo(t, Titling, estate()).shown(show).on("register_title", "obstacle").on("put_into_use", "open")
	require.NoError(t, used.does(ActReportMisuse, "clerk", &HousingDetails{Misuse: "lease"}))
	require.NoError(t, used.does(ActProposeDemolition, "clerk", nil))
	used.now = clock("2016-01-01 09:00")
	used.itself(ActOpenPatrols)
}

func planChangeStories(t tester, show func(stage)) {
	change := func() *site { return builtTo(t, Building, estate()).asksForChange(moreHomes("800")).shown(show) }
	filed := func() *site {
		c := change()
		require.NoError(t, c.does(ActSubmit, "zhang-cheng", nil))
		return c
	}
	require.NoError(t, filed().does(ActWithdraw, "zhang-cheng", nil))
	filed().on("change_opinion", "agree").on("change_review", "refer").on("change_group", "refuse").itself(ActArchive)
	c := filed().on("change_opinion", "agree").on("change_review", "publish")
	require.NoError(t, c.does(ActObject, Public, nil))
	c.on("change_objection", "dismiss").itself(ActCloseNotice).on("change_decide", "approve")
}

func supplementStories(t tester, show func(stage)) {
	fifty := 50
	yard := func() *yard {
		y := newYard(t, proposal())
		see := func(d Dossier, _ World) {
			still := *y
			run := *y.run
			still.run = &run
			show(stage{d, &still, func(step, outcome string) Details {
				switch step + "." + outcome {
				case "supply_approve.approve":
					return Details{BudgetLine: "tianning-2014"}
				case "supply_build.progress":
					return Details{Supplement: &SupplementDetails{Percent: &fifty}}
				case "supply_accept.pass":
					return measured(431_00)
				case "supply_accept.part":
					return measured(100_00)
				}
				return detailed[outcome]
			}, nothing})
		}
		y.visit = see
		see(y.d, y)
		return y
	}
	y := yard().to(SupplyCheck)
	y.must(y.answer("lian-he", "supply_accept", "pass", "", measured(431_00)))
	y.now = *y.d.Case.ActsAt
	y.must(y.acts(Act{Kind: ActArchive, Actor: System}))
	y = yard().to(SupplyReview)
	y.must(y.acts(Act{Kind: ActWithdraw, Actor: "wan-peng"}))
	y = yard().to(SupplyReview)
	y.must(y.answer("zhuo-qun", "supply_review", "return", "理由", Details{Gaps: []string{"缺权属证明"}}))
	y.must(y.answer("wan-peng", "supply_amend", "amended", "", Details{}))
	y.must(y.answer("zhuo-qun", "supply_review", "refuse", "理由", Details{}))
}

func assessmentStories(t tester, show func(stage)) {
	points := selection.Points(1)
	y := newYear(t)
	y.visit = func(d Dossier, _ World) {
		still := *y
		run := *y.run
		still.run = &run
		show(stage{d, &still, func(step, outcome string) Details {
			switch step + "." + outcome {
			case "propose_areas.propose":
				return proposing(1)
			case "answer_appeal.change":
				return Details{Assessment: &AssessmentDetails{Points: &points}}
			}
			return Details{}
		}, nothing})
	}
	y.visit(y.d, y)
	y.running().scoring().scored().summing()
	y.visit(y.d, y)
	y.all("sum_up", "freeze")
	y.all("propose_areas", "propose", proposing(1))
	require.NoError(t, y.does(Act{Kind: ActObject, Actor: Public, Opinion: "有重大事故未扣分"}))
	y.all("objection", "dismiss")
	y.itself(ActCloseNotice)
	y.project, y.quota = "苏表彰〔2013〕7号", 5
	y.all("name_areas", "name")
	y.itself(ActArchive)
}

// statesOf are the stages of a procedure, by state.
func statesOf(t tester, p Procedure) map[State][]stage {
	out := map[State][]stage{}
	stories[p](t, func(s stage) {
		if s.Case.Procedure != p {
			return
		}
		s.Tasks = slices.Clone(s.Tasks)
		list := out[s.Case.State]
		if i := slices.IndexFunc(list, func(o stage) bool { return o.kinds() == s.kinds() }); i >= 0 {
			list[i] = s // what was filled in since may matter
			return
		}
		out[s.Case.State] = append(list, s)
	})
	return out
}

// kinds tells stages of one state apart: by the steps that wait, and what the clock says.
func (s stage) kinds() string {
	var steps []string
	for _, k := range s.Tasks {
		steps = append(steps, k.Step+string(k.State))
	}
	slices.Sort(steps)
	out := ""
	for _, name := range slices.Compact(steps) {
		out += name + " "
	}
	if at := s.Case.ActsAt; at != nil && !s.Now.Before(*at) {
		return out + "due"
	}
	return out
}
