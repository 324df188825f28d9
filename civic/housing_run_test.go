package civic

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// site is one project, or one change of the plan of one, with the world around it.
type site struct {
	AppraisalWorld // none: housing asks nothing of it
	t              tester
	d              Dossier
	now            time.Time
	acts           int
	atlas          *Atlas
	whole          *site   // of a change of plan
	changes        []*site // of a project
	papers         int
	plan           *LayoutPlan          // the layout plan in force
	version        int                  // of the last one that was
	stock          []StockRoom          // the register
	visit          func(Dossier, World) // is shown the case after every accepted act
	quick          bool                 // does not look whether a rule changed what it read
}

// housingParameters are a small city's, with the standards of 2014 and 2022.
func housingParameters() []Parameter {
	out := parameters()
	for _, p := range [][2]string{
		{"bodies.civil_affairs", "cz-civil-affairs"}, {"bodies.planning", "cz-planning"}, {"bodies.land", "cz-land"}, {"bodies.construction", "cz-construction"},
		{"bodies.housing_authority", "cz-housing-management"},
		{"housing.formula", "per_1000_persons"}, {"housing.per_1000_m2", "100"}, {"housing.min_per_100hh", "0"}, {"housing.floor_m2", "600"},
		{"housing.persons_per_household", "3.2"}, {"housing.ground_ratio", "0"}, {"housing.rounding", "whole_metres"},
		{"housing.excluded_uses", "property_management|elderly_care"}, {"housing.tolerance_m2", "3"}, {"housing.tolerance_ratio", "0.01"},
		{"housing.essential_items", "above_ground|low_storey|ground_share|own_entrance|utilities"}, {"housing.phase_weight", "volume"},
		{"housing.archives", "as_built|completion|planning|fire"}, {"housing.highest_storey", "2"},
		{"housing.conditions_wd", "10"}, {"housing.condition_reply_wd", "5"}, {"housing.contract_wd", "30"}, {"housing.drawings_wd", "60"}, {"housing.plan_review_wd", "5"},
		{"housing.permit_wd", "20"}, {"housing.inspect_wd", "65"}, {"housing.presale_wd", "10"}, {"housing.survey_wd", "20"}, {"housing.planning_check_wd", "20"},
		{"housing.filing_days", "15"}, {"housing.acceptance_wd", "10"}, {"housing.check_wd", "10"}, {"housing.rectify_days", "30"}, {"housing.rectify_extensions", "1"},
		{"housing.extension_wd", "3"}, {"housing.enforce_wd", "60"}, {"housing.remedy_wd", "20"}, {"housing.remedy_review_wd", "5"}, {"housing.remedy_delivery_wd", "250"},
		{"housing.group_wd", "20"}, {"housing.booking_wd", "30"}, {"housing.handover_months", "3"}, {"housing.sign_wd", "10"}, {"housing.registration_months", "6"},
		{"housing.obstacle_wd", "125"}, {"housing.use_days", "30"}, {"housing.patrol_wd", "10"}, {"housing.yearly_wd", "20"}, {"housing.misuse_wd", "15"},
		{"housing.replacement_wd", "20"}, {"housing.change_opinion_wd", "5"}, {"housing.change_review_wd", "20"}, {"housing.change_notice_days", "30"}, {"housing.change_objection_wd", "10"},
		{"bodies.reform", "cz-reform"}, {"housing.layout_opinion_wd", "10"}, {"housing.layout_amend_wd", "20"}, {"housing.layout_review_months", "12"}, {"housing.layout_adjust_wd", "20"},
	} {
		out = append(out, Parameter{Key: p[0], Value: p[1], From: beginning, Version: 1})
	}
	for _, p := range [][2]string{{"housing.formula", "per_100_households"}, {"housing.min_per_100hh", "30"}, {"housing.floor_m2", "0"}, {"housing.ground_ratio", "0.30"}} {
		out = append(out, Parameter{Key: p[0], Value: p[1], From: day("2022-01-29"), Version: 2})
	}
	return out
}

// housingAtlas is the small city with the offices of housing: planning and land join in 2019, as do construction and housing.
func housingAtlas() *Atlas {
	a := atlas()
	since, reform := day("2014-01-01"), day("2019-01-01")
	units := a.Units()
	for _, u := range []Unit{{Key: "cz-reform"}, {Key: "cz-civil-affairs"}, {Key: "cz-planning", ValidUntil: &reform}, {Key: "cz-land", ValidUntil: &reform},
		{Key: "cz-natural-resources"}, {Key: "cz-construction", ValidUntil: &reform}, {Key: "cz-housing-management", ValidUntil: &reform}, {Key: "cz-housing-construction"},
		{Key: "jinling", Kind: "developer"}, {Key: "yanling", Kind: "developer"}, {Key: "longcheng", Kind: "third_party"}} {
		u.Name, u.Level, u.Region, u.ValidFrom = u.Key, "city", "cz", since
		if u.Key == "cz-natural-resources" || u.Key == "cz-housing-construction" {
			u.ValidFrom = reform
		}
		units = append(units, u)
	}
	var placements []Placement
	for _, r := range a.Regions() {
		placements = append(placements, a.Placements(r.Key)...)
	}
	return NewAtlas(a.Regions(), placements, units, []Succession{{From: "cz-planning", To: "cz-natural-resources", On: reform}, {From: "cz-land", To: "cz-natural-resources", On: reform},
		{From: "cz-construction", To: "cz-housing-construction", On: reform}, {From: "cz-housing-management", To: "cz-housing-construction", On: reform}})
}

func m2(s string) space.Area {
	a, err := space.ParseArea(s)
	if err != nil {
		panic(err) // a slip of the test's pen
	}
	return a
}

// estate is a project of 2,000 homes: 640 m² by the standard of 2014, 600 m² by that of 2022.
func estate() HousingForm {
	return HousingForm{Name: "和平雅苑", Address: "和平路1号", Community: "zhaoyang", Developer: "jinling", Surveyor: "longcheng", Households: 2000,
		Approval: DocumentRef{Number: "常发改发〔2014〕18号", Date: "2014-08-01"}}
}

// onSite begins with a draft of cz-reform.
func onSite(t tester, form HousingForm) *site {
	s := &site{t: t, now: start, atlas: housingAtlas()}
	s.d = Dossier{Case: Case{ID: NewID("project"), Procedure: HousingProcedure, Title: form.Name, Unit: "cz-reform", Applicant: "wang-yang", State: Draft, Version: 1, Round: 1,
		Calendar: workday.Builtin().Version(), CreatedAt: start, UpdatedAt: start}, Matter: &Housing{HousingForm: form}, Calendar: workday.Builtin()}
	return s
}

// asksForChange begins a change of the plan as a draft of the developer's.
func (s *site) asksForChange(form PlanChangeForm) *site {
	form.Project = s.d.Case.ID
	c := &site{t: s.t, now: s.now, atlas: s.atlas, whole: s, visit: s.visit, quick: s.quick}
	c.d = Dossier{Case: Case{ID: NewID("change", fmt.Sprint(len(s.changes))), Procedure: PlanChangeProcedure, Parent: s.d.Case.ID, Title: form.Name, Unit: "jinling", Applicant: "zhang-cheng",
		State: Draft, Version: 1, Round: 1, Calendar: workday.Builtin().Version(), CreatedAt: s.now, UpdatedAt: s.now}, Matter: &PlanChange{PlanChangeForm: form}, Calendar: workday.Builtin()}
	s.changes = append(s.changes, c)
	return c
}

func (s *site) Facts() (FormFacts, error)                 { return FormFacts{}, nil }
func (s *site) Holders(Role, string) ([]string, error)    { return []string{"somebody"}, nil }
func (s *site) Unit(key string) (Unit, bool)              { return s.atlas.Unit(key) }
func (s *site) Responsible(unit string) string            { return s.atlas.Responsible(unit, s.now) }
func (s *site) Region(key string) (Region, bool)          { return s.atlas.Region(key) }
func (s *site) Above(region string) string                { return s.atlas.Above(region, s.now) }
func (s *site) District(region string) string             { return s.atlas.District(region, s.now) }
func (s *site) Desk(region string) string                 { return s.atlas.Desk(region, s.now) }
func (s *site) Entry(string) (Entry, bool, error)         { return Entry{}, false, nil }
func (s *site) Line(string) (BudgetLine, bool, error)     { return BudgetLine{}, false, nil }
func (s *site) RulesOn(at time.Time) (Rules, error)       { return RulesAt(housingParameters(), at), nil }
func (s *site) Children(p Procedure) ([]ChildCase, error) { return partsOn(s.changes), nil }
func (s *site) Whole() (*ChildCase, error)                { return &ChildCase{s.whole.d.Case, s.whole.d.Matter}, nil }
func (s *site) Parts() ([]ChildCase, error)               { return partsOn(s.whole.changes), nil }

// RoomsOf are the rooms of the community: here none has taken over another.
func (s *site) RoomsOf(region string) ([]StockRoom, error) {
	return slices.DeleteFunc(slices.Clone(s.stock), func(r StockRoom) bool { return r.Region != region }), nil
}
func (s *site) Promised(string) (space.Area, error) { return 0, nil }

func (s *site) Book() (AssessmentBook, error)                 { return AssessmentBook{}, nil } // a project has none
func (s *site) Template() ([]TableRow, error)                 { return nil, nil }
func (s *site) Commendation(string, int) (string, int, error) { return "", 0, nil }
func (s *site) PlanInForce() (*LayoutPlan, error)             { return s.plan, nil }
func (s *site) NextPlan() (int, error)                        { return s.version + 1, nil }

func partsOn(list []*site) []ChildCase {
	out := make([]ChildCase, len(list))
	for i, c := range list {
		out[i] = ChildCase{c.d.Case, c.d.Matter}
	}
	return out
}

// apply brings one act to the case and folds what it changed, as the record would.
func (s *site) apply(a Act) (Effects, error) {
	s.acts++
	s.now = s.now.Add(time.Second)
	a.ID, a.Case, a.Procedure = NewID("act", s.d.Case.ID, fmt.Sprint(s.acts)), s.d.Case.ID, s.d.Case.Procedure
	s.d.Now, s.d.Rules = s.now, s.rules()
	before := s.written()
	fx, err := Apply(s.d, a, s)
	require.Equal(s.t, string(before), string(s.written()), "a rule changed the dossier that it read")
	if err != nil {
		return fx, err
	}
	s.fold(fx)
	if s.visit != nil {
		s.visit(s.d, s)
	}
	return fx, nil
}

// written is the case in bytes, nothing when nobody compares them.
func (s *site) written() []byte {
	if s.quick {
		return nil
	}
	body, err := json.Marshal(s.d)
	require.NoError(s.t, err)
	return body
}

// rules are those under which the case is decided: those of its birth, and until then today's.
func (s *site) rules() Rules {
	if s.d.Case.State == Draft {
		return RulesAt(housingParameters(), s.now)
	}
	return RulesAt(housingParameters(), s.d.Case.RulesAt)
}

func (s *site) fold(fx Effects) {
	s.d.Case = fx.Case
	if fx.NewNumber {
		s.d.Case.Number, s.d.Case.RulesAt = Definitions[s.d.Case.Procedure].Prefix+"-2014-000001", s.now
	}
	if fx.Matter != nil {
		if n, ok := fx.Matter.(Numbered); ok && fx.Document != nil {
			s.papers++
			n.Number(NewID("act", s.d.Case.ID, fmt.Sprint(s.acts)), fmt.Sprintf("常民发〔2014〕%d号", s.papers))
		}
		body, err := json.Marshal(fx.Matter) // as it comes back from the record
		require.NoError(s.t, err)
		s.d.Matter, err = ReadMatter(s.d.Case.Procedure, body)
		require.NoError(s.t, err)
	}
	if fx.Layout != nil {
		s.foldLayout(*fx.Layout)
	}
	for _, r := range fx.Rooms {
		require.Empty(s.t, r.Faults())
		r.Version++
		s.stock = append(slices.DeleteFunc(s.stock, func(o StockRoom) bool { return o.ID == r.ID }), r)
	}
	s.d.Tasks = slices.Clone(s.d.Tasks)
	for _, k := range fx.Changed {
		i := slices.IndexFunc(s.d.Tasks, func(old Task) bool { return old.ID == k.ID })
		s.d.Tasks[i] = k
	}
	s.d.Tasks = append(s.d.Tasks, fx.Opened...)
	if fx.Objection != nil {
		s.d.Objects = append(slices.Clone(s.d.Objects), *fx.Objection)
	}
	for _, o := range append(slices.Clone(fx.Overtaken), settledOf(fx)...) {
		i := slices.IndexFunc(s.d.Objects, func(old Objection) bool { return old.ID == o.ID })
		s.d.Objects = slices.Clone(s.d.Objects)
		s.d.Objects[i] = o
	}
	for _, k := range s.d.Tasks {
		if k.Open() {
			step, _ := Definitions[s.d.Case.Procedure].Step(k.Step)
			require.Contains(s.t, step.States(), s.d.Case.State, "%s is open in state %s", k.Step, s.d.Case.State)
			require.NotEmpty(s.t, k.Seat.Unit, "%s asks nobody", k.Step)
		}
	}
}

func settledOf(fx Effects) []Objection {
	if fx.Settled == nil {
		return nil
	}
	return []Objection{*fx.Settled}
}

func (s *site) project() *Housing { return s.d.Matter.(*Housing) }

func (s *site) state(want State) *site {
	require.Equal(s.t, want, s.d.Case.State)
	return s
}

// paper is a document of today.
func (s *site) paper() *DocumentRef {
	return &DocumentRef{Number: fmt.Sprintf("文〔%d〕%d号", s.now.Year(), s.acts), Date: dateOf(s.now).String()}
}

// open are the open tasks of a step, or all.
func (s *site) open(step string) []Task {
	var out []Task
	for _, k := range s.d.Tasks {
		if k.Open() && (step == "" || k.Step == step) {
			out = append(out, k)
		}
	}
	return out
}

// says answers an open task of a step: by a person of its seat, with what the outcome needs unless d says it.
func (s *site) says(step, outcome string, d *HousingDetails) (Effects, error) {
	tasks := s.open(step)
	require.NotEmpty(s.t, tasks, "no open task %s in state %s", step, s.d.Case.State)
	if d == nil {
		d = s.usual(step, outcome)
	}
	who := "of-"
	if step == "change_objection" { // whoever reviewed the change does not examine the objection to it
		who = "second-of-"
	}
	return s.apply(Act{Kind: ActDecide, Task: tasks[0].ID, Actor: who + tasks[0].Seat.Unit, Outcome: outcome, Opinion: "见附件", Details: Details{Housing: d}})
}

// go answers and wants it accepted.
func (s *site) on(step, outcome string, d ...*HousingDetails) *site {
	var with *HousingDetails
	if len(d) > 0 {
		with = d[0]
	}
	_, err := s.says(step, outcome, with)
	require.NoError(s.t, err, "%s.%s", step, outcome)
	return s
}

// refuses answers and wants a refusal with this code and figures.
func (s *site) refuses(code, step, outcome string, d *HousingDetails) *Error {
	before := s.d
	_, err := s.says(step, outcome, d)
	r := AsRefusal(err)
	require.NotNil(s.t, r, "%s.%s: %v", step, outcome, err)
	require.Equal(s.t, code, r.Code, "%s", r.Zh)
	require.Equal(s.t, before.Case, s.d.Case)
	return r
}

// does is an act on the whole case.
func (s *site) does(kind ActKind, actor string, d *HousingDetails) error {
	a := Act{Kind: kind, Actor: actor, Opinion: "理由", Details: Details{Housing: d}}
	if kind.Automatic() {
		a.Opinion, a.Actor = "", System
	}
	_, err := s.apply(a)
	return err
}

// itself waits until the instant of the state has come and lets the system act.
func (s *site) itself(kind ActKind) *site {
	require.NotNil(s.t, s.d.Case.ActsAt, "nothing is due in state %s", s.d.Case.State)
	if s.now.Before(*s.d.Case.ActsAt) {
		s.now = *s.d.Case.ActsAt
	}
	require.NoError(s.t, s.does(kind, System, nil))
	return s
}
