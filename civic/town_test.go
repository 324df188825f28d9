package civic

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// town is a year of the appraisal with the world around it: acts go through Apply, and their effects are folded back into a
// record in memory as the real one would. Two districts, three streets, five communities.
type town struct {
	*run      // for places and people
	cases     map[string]*Dossier
	nominees  map[string]*Nominee
	sheets    map[string][]Sheet
	standards map[string]Standard
	documents []Document
	places    map[string]int64 // in the newest selection, by community
	titles    []Title
	quota     SeatsOf
	taken     int
	projects  map[string]Project
	ties      map[string][]string
	published []PublishedSheet
	acts      int
}

// townParameters are a small city's numbers of the appraisal.
func townParameters(more map[string]string) []Parameter {
	values := map[string]string{
		"appraisal.quota": "3", "appraisal.naming_units": "cz-party-committee", "appraisal.project_required": "true", "appraisal.public_notice_wd": "5",
		"appraisal.district_notice_wd": "5", "appraisal.sample_ratio": "0.2", "appraisal.sample_deviation_points": "5", "appraisal.reappoint_years": "3",
		"appraisal.reserve_ratio": "0.1", "appraisal.min_per_district": "1", "appraisal.rules_filing_wd": "30", "appraisal.eligibility_wd": "5", "appraisal.objection_wd": "10",
		"appraisal.panel_min": "3", "appraisal.trimmed_mean_from": "5", "appraisal.satisfaction_weight_percent": "20", "appraisal.bonus_max_points": "10",
		"appraisal.recheck_years": "3", "appraisal.rectify_months": "6", "appraisal.rules_check_wd": "5", "appraisal.weight_tolerance_percent": "20", "appraisal.compose_wd": "20",
		"appraisal.self_score_wd": "20", "appraisal.recommend_wd": "10", "appraisal.panel_wd": "20", "appraisal.freeze_wd": "60", "appraisal.report_wd": "10",
		"appraisal.draw_wd": "3", "appraisal.rescore_wd": "10", "appraisal.sample_wd": "15", "appraisal.approve_wd": "5", "appraisal.naming_wd": "20", "appraisal.award_wd": "20",
		"appraisal.check_wd": "20", "appraisal.rectify_wd": "120", "appraisal.check_months": "12", "appraisal.reserve_months": "36", "appraisal.line_points": "60", "appraisal.total_max_points": "110",
		"appraisal.tie_breaks": "satisfaction_more|panel_more|street_rank_less", "appraisal.areas": "false", "appraisal.eligibility_units": "cz-organisation|cz-political-legal",
		"appraisal.veto": "true", "appraisal.deviation_rule": "adjust", "appraisal.declare_least_wd": "5",
	}
	maps.Copy(values, more)
	out := parameters()
	for k, v := range values {
		out = append(out, Parameter{Key: k, Value: v, From: beginning, Version: 1})
	}
	return out
}

// newTown begins with a circular in draft, by xu-ming. more are other values of parameters.
func newTown(t tester, more map[string]string) *town {
	w := &town{run: draft(t, form()), cases: map[string]*Dossier{}, nominees: map[string]*Nominee{}, sheets: map[string][]Sheet{}, standards: map[string]Standard{}, places: map[string]int64{},
		projects: map[string]Project{"p": {Approval: "p", Name: "和谐社区", Cycle: 1, First: 2014, Last: 2018, Quota: 3}}, ties: map[string][]string{}}
	w.d.Rules = RulesAt(townParameters(more), start)
	w.standards["city"] = Standard{ID: "city", Unit: "cz-leading-office", State: StandardFiled, StandardBody: smallStandard(false)}
	for _, d := range []string{"tianning", "zhonglou"} {
		w.standards[d] = Standard{ID: d, Unit: d + "-desk", Parent: "city", State: StandardDraft, StandardBody: smallStandard(true)}
		w.holders[Seat{DistrictDesk, d + "-desk", ""}] = []string{"desk-" + d}
		for i := range 4 {
			seat := Seat{Assessor, d + "-bureau", ""}
			w.holders[seat] = append(w.holders[seat], fmt.Sprintf("%s-%d", d, i))
		}
	}
	w.holders[Seat{NamingOfficer, "cz-party-committee", ""}] = []string{"wen-shu"}
	w.open(AppraisalID(2014), AppraisalProcedure, "", "cz-leading-office", "xu-ming",
		&Appraisal{Year: 2014, Standard: "city", Name: "和谐社区", Project: "p", SeedSource: "2014年双色球第140期", DeclareBy: "2014-10-31", ReportBy: "2014-12-31"})
	return w
}

// smallStandard has three indicators; a district's serve the city's.
func smallStandard(district bool) StandardBody {
	b := StandardBody{Title: "标准", Rules: []EligibleRule{{Key: "accident", Zh: "重大安全事故"}}}
	for _, most := range []selection.Points{40_00, 35_00, 25_00} {
		i := IndicatorLine{Key: fmt.Sprintf("i-%d", most), Zh: "指标", Most: most, Method: selection.Method{Kind: selection.ByDeduct, Each: 100}}
		if district {
			i.City = i.Key
		}
		b.Dimensions = append(b.Dimensions, DimensionLines{Key: "d-" + i.Key, Zh: "方面", Indicators: []IndicatorLine{i}})
	}
	return b
}

func (w *town) open(id string, p Procedure, parent, unit, by string, m Matter) {
	w.cases[id] = &Dossier{Case: Case{ID: id, Procedure: p, Parent: parent, Title: m.Title(), Unit: unit, Applicant: by, State: Draft, Version: 1, Round: 1,
		Calendar: workday.Builtin().Version(), CreatedAt: w.now, UpdatedAt: w.now}, Matter: m, Calendar: workday.Builtin(), Rules: w.d.Rules, Now: w.now}
	if w.visit != nil {
		w.visit(*w.cases[id], w)
	}
}

func (w *town) Year(id string) (YearCase, error) {
	d := w.cases[id]
	a, _ := d.Matter.(*Appraisal)
	return YearCase{State: d.Case.State, Year: a}, nil
}

func (w *town) Standard(id string) (Standard, bool, error) {
	s, ok := w.standards[id]
	return s, ok, nil
}

func (w *town) AssessedUnits() []selection.Unit {
	return []selection.Unit{{Code: "tianning", Urban: 3}, {Code: "zhonglou", Urban: 1}}
}

func (w *town) Body(region string, role Role) (string, error) {
	if role == Assessor {
		return region + "-bureau", nil
	}
	return region + "-desk", nil
}

func (w *town) Ties(person string) ([]string, error) { return w.ties[person], nil }

func (w *town) Nominees(string) ([]Nominee, error) {
	var out []Nominee
	for _, n := range w.nominees {
		one := *n
		one.State = w.cases[n.Nomination].Case.State
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Nominee) int { return len(a.Community) - len(b.Community) })
	return out, nil
}

func (w *town) Nominee(id string) (Nominee, bool, error) {
	n, ok := w.nominees[id]
	if !ok {
		return Nominee{}, false, nil
	}
	return *n, true, nil
}

func (w *town) Sheets(id string) ([]Sheet, error) { return w.sheets[id], nil }

func (w *town) LastTitle(community string) (Title, bool, error) {
	for _, t := range slices.Backward(w.titles) {
		if t.Community == community && t.RevokedAt == nil {
			return t, true, nil
		}
	}
	return Title{}, false, nil
}

func (w *town) ReserveAhead(nomination string, _ bool) (string, error) {
	me, first := w.nominees[nomination], ""
	best := w.places[me.Community]
	for id, n := range w.nominees {
		if place := w.places[n.Community]; n.District == me.District && w.cases[id].Case.State == InReserve && place < best {
			first, best = n.Community, place
		}
	}
	return first, nil
}

func (w *town) Project(approval string) (Project, bool, error) {
	p, ok := w.projects[approval]
	return p, ok, nil
}

// apply brings an act to a case and folds what it changed, as the record would, with the gates that are its own.
func (w *town) apply(id string, a Act) error {
	w.acts++
	w.now = w.now.Add(time.Second)
	d := w.cases[id]
	d.Now = w.now
	a.ID, a.Case, a.Procedure, a.Key = NewID("act", fmt.Sprint(w.acts)), id, d.Case.Procedure, fmt.Sprint(w.acts)
	fx, err := Apply(*d, a, w)
	if err != nil {
		return err
	}
	if err := w.gates(fx); err != nil {
		return err
	}
	if fx.NewNumber {
		fx.Case.Number = Definitions[d.Case.Procedure].Prefix + "-2014-000001"
		fx.Case.RulesAt = w.now
	}
	d.Case = fx.Case
	if fx.Matter != nil {
		d.Matter = fx.Matter
	}
	if fx.Ruling != nil {
		d.Ruling = fx.Ruling
	}
	if fx.Objection != nil {
		d.Objects = append(d.Objects, *fx.Objection)
	}
	d.Tasks = slices.Clone(d.Tasks)
	for _, k := range fx.Changed {
		i := slices.IndexFunc(d.Tasks, func(old Task) bool { return old.ID == k.ID })
		d.Tasks[i] = k
	}
	d.Tasks = append(d.Tasks, fx.Opened...)
	if fx.Document != nil {
		w.documents = append(w.documents, *fx.Document)
	}
	w.keep(id, fx.Appraisal)
	if w.visit != nil {
		w.visit(*w.cases[id], w)
	}
	return nil
}

// gates are the record's constraints.
func (w *town) gates(fx Effects) error {
	if n := fx.Appraisal.Nominee; n != nil {
		if old, ok := w.nominees[n.Nomination]; ok && old.Frozen && (old.Base != n.Base || old.Panel != n.Panel || old.Rank != n.Rank) {
			return Refuse(Conflict, "scores_frozen", "冻结", "frozen")
		}
	}
	if n := len(fx.Appraisal.Titles); w.taken+n > int(w.quota.Quota) {
		return Refuse(Conflict, "no_place_left", "名额已满", "full")
	}
	return nil
}

// keep folds what an act changed beyond its case.
func (w *town) keep(id string, fx AppraisalEffects) {
	if fx.Seats != nil {
		w.quota = *fx.Seats
	}
	if f := fx.Filed; f != nil {
		s := w.standards[f.ID]
		require.Equal(w.t, f.From, s.State)
		s.State = f.To
		w.standards[f.ID] = s
	}
	if n := fx.Nominee; n != nil {
		one := *n
		w.nominees[n.Nomination] = &one
	}
	for _, s := range fx.Sheets {
		w.sheets[s.Nomination] = append(w.sheets[s.Nomination], s)
	}
	for _, s := range fx.Voided {
		i := slices.IndexFunc(w.sheets[id], func(old Sheet) bool { return old.ID == s.ID })
		w.sheets[id][i] = s
	}
	for _, left := range fx.Left {
		w.nominees[left].Stands, w.nominees[left].Ground = selection.NotRecommended, "unfinished"
	}
	for _, n := range w.nominees {
		n.Frozen = n.Frozen || fx.Freeze != ""
	}
	for _, o := range fx.Outcomes {
		n := w.nominees[o.Nomination]
		n.Outcome, w.places[n.Community] = o.Outcome, o.Rank
	}
	if fx.Publish != nil {
		w.published = append(w.published, *fx.Publish)
	}
	w.taken += len(fx.Titles)
	w.titles = append(w.titles, fx.Titles...)
	if fx.Revoke {
		w.taken--
		for i := range w.titles {
			if w.titles[i].Nomination == id {
				w.titles[i].RevokedAt = &w.now
			}
		}
	}
	if k := fx.Wake; k != nil {
		for other, d := range w.cases {
			if d.Case.Parent == k.Year && slices.Contains(k.States, d.Case.State) && (k.Only == nil || slices.Contains(k.Only, other)) &&
				(k.District == "" || w.nominees[other].District == k.District) {
				at := w.now
				d.Case.ActsAt = &at
			}
		}
	}
}
