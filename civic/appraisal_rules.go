package civic

import (
	"fmt"
	"slices"
	"time"

	"lizheng/civic/selection"
)

// NamingUnits names the parameter that says who names: the scheme leaves it open (domain 1.20).
const NamingUnits = "appraisal.naming_units"

func init() {
	regulations[AppraisalProcedure] = regulation{
		matter: func() Matter { return new(Appraisal) },
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).beginAppraisal, ActCloseDeclaring: (*turn).closeDeclaring, ActObject: (*turn).objectToList, ActCloseNotice: (*turn).closeListNotice,
			ActRecompose: (*turn).panelRecomposed,
		},
		overdue: map[string]func(*turn) error{"vote": (*turn).listVotesOverdue},
		outcomes: map[string]func(*turn, *Task) error{
			"file_rules": (*turn).rulesFiled, "check_rules": (*turn).rulesChecked, "compose_panel": (*turn).panelComposed, "freeze": (*turn).scoresFrozen,
			"report": (*turn).districtReported, "draw": (*turn).sampleDrawn, "close_sample": (*turn).sampleClosed, "vote": (*turn).listVoted,
			"approve_list": (*turn).listApproved, "list_objection": (*turn).listObjection, "name_list": (*turn).listNamed, "award": (*turn).awarded,
		},
		recalculate: (*turn).recalculateNotice,
	}
}

// year is a copy of the year's matter that the act may change; it becomes real with the act.
func (t *turn) year() *Appraisal {
	if a, ok := t.fx.Matter.(*Appraisal); ok {
		return a
	}
	old, _ := t.Matter.(*Appraisal)
	a := *old
	a.Decided.Districts = slices.Clone(old.Decided.Districts)
	a.Decided.Strikes = slices.Clone(old.Decided.Strikes)
	t.fx.Matter = &a
	return &a
}

// districtOf is the part of the district that a seat answers for.
func (a *Appraisal) districtOf(unit string) *DistrictYear {
	for i := range a.Decided.Districts {
		if a.Decided.Districts[i].Office == unit {
			return &a.Decided.Districts[i]
		}
	}
	return nil
}

// beginAppraisal (B0) publishes the quota and asks every district for its rules.
func (t *turn) beginAppraisal() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该年度考评已启动。", "This year has already been begun.").With("number", t.Case.Number)
	}
	a := t.year()
	a.Decided = YearDecided{Units: t.world.AssessedUnits()}
	if err := t.fitsYear(a); err != nil {
		return err
	}
	var err error
	if a.Decided.Rule, err = selectionRule(t.Rules); err != nil {
		return err
	}
	quota, err := selection.Allocate(a.Decided.Rule.Titles, a.Decided.Rule.Least, a.Decided.Rule.Areas, a.Decided.Units)
	if err != nil {
		return Refuse(Conflict, "no_quota", "名额无法分配。", "The titles cannot be shared out.").By("appraisal.quota").With("why", err.Error())
	}
	a.Decided.Quota = &quota
	t.figure("appraisal.quota", "按居（村）委会数最大余额法分配名额", "titles shared out by the number of committees, largest remainder",
		map[string]any{"titles": quota.Titles, "districts": len(quota.Shares)})
	t.fx.Appraisal.Seats = &SeatsOf{Year: a.Year, Quota: quota.Titles}
	t.fx.Case.Title, t.fx.Case.RulesAt, t.fx.Case.Calendar = a.Title(), t.Now, t.Calendar.Version()
	t.fx.NewNumber = true
	t.to(FilingRules)
	return t.askDistricts(a)
}

// askDistricts asks every assessed district for its rules.
func (t *turn) askDistricts(a *Appraisal) error {
	for _, u := range a.Decided.Units {
		office, err := t.world.Body(u.Code, DistrictDesk)
		if err != nil {
			return err
		}
		bureau, err := t.world.Body(u.Code, Assessor)
		if err != nil {
			return err
		}
		a.Decided.Districts = append(a.Decided.Districts, DistrictYear{Region: u.Code, Office: office, Bureau: bureau})
		if _, err := t.open("file_rules", Seat{Role: DistrictDesk, Unit: office}); err != nil {
			return err
		}
	}
	return nil
}

// fitsYear refuses a circular that cannot be carried out.
func (t *turn) fitsYear(a *Appraisal) error {
	city, ok, err := t.world.Standard(a.Standard)
	if err != nil {
		return err
	}
	declare, ends := lastDayOf(a.DeclareBy)
	report, ends2 := lastDayOf(a.ReportBy)
	switch {
	case !ok || city.Parent != "" || city.State != StandardFiled && city.Unit != t.Case.Unit:
		return Refuse(Invalid, "no_such_standard", "请选择已印发的市级指导标准，或本办公室拟定的草案。", "Choose a guiding standard of the city that is on file, or a draft of the office's own.").At("standard")
	case !ends || !declare.After(t.Now):
		return Refuse(Invalid, "bad_date", "申报截止日应晚于今天。", "Declarations must end after today.").At("declare_by")
	case !ends2 || !report.After(declare):
		return Refuse(Invalid, "bad_date", "上报截止日应晚于申报截止日。", "The districts' reports end after the declarations.").At("report_by")
	case a.SeedSource == "" && !a.ScoreAll:
		return missing("seed_source", "抽样种子来源", "where the seed of the sample comes from")
	case len(a.Decided.Units) == 0:
		return Refuse(Conflict, "no_districts", "没有可考评的辖市、区。", "There is no district to appraise.")
	}
	return t.issueStandard(city)
}

// issueStandard puts a draft of the city's guiding standard on file together with the circular that names it.
func (t *turn) issueStandard(city Standard) error {
	if city.State == StandardFiled {
		return nil
	}
	if err := city.Whole(); err != nil {
		return err
	}
	t.fx.Appraisal.Filed = &StandardMoved{city.ID, city.Revision, StandardDraft, StandardFiled}
	t.figure("appraisal.standard", "指导标准随方案印发", "the guiding standard is issued with the circular", map[string]any{"standard": city.ID, "revision": city.Revision})
	return nil
}

// lastDayOf is the first instant after a day.
func lastDayOf(day string) (time.Time, bool) {
	at, err := Day(day)
	return at.AddDate(0, 0, 1).UTC(), err == nil
}

// rulesFiled (B1) takes a district's rules, which must cover every indicator of the city's.
func (t *turn) rulesFiled(task *Task) error {
	a := t.year()
	d := a.districtOf(task.Seat.Unit)
	own, ok, err := t.world.Standard(t.act.Details.Appraisal.Standard)
	if err != nil {
		return err
	}
	if d == nil || !ok || own.Unit != task.Seat.Unit || own.Parent != a.Standard || own.State != StandardDraft {
		return Refuse(Invalid, "no_such_standard", "请选择本单位依据市级标准拟定的实施细则草案。", "Choose a draft of your own rules under the city's standard.").At("details.appraisal.standard")
	}
	city, _, err := t.world.Standard(a.Standard)
	if err != nil {
		return err
	}
	if err := own.Whole(); err != nil {
		return err
	}
	tolerance, err := t.Rules.Int("appraisal.weight_tolerance_percent")
	if err != nil {
		return err
	}
	gaps, err := city.Gaps(own.StandardBody, int64(tolerance))
	if err != nil {
		return err
	}
	if err := uncovered(gaps); err != nil {
		return err
	}
	d.Standard = own.ID
	t.fx.Appraisal.Filed = &StandardMoved{own.ID, own.Revision, StandardDraft, StandardHandedIn}
	t.figure("appraisal.weight_tolerance_percent", "细则覆盖全部市级指标", "the rules cover every indicator of the city", map[string]any{"district": d.Region, "tolerance_percent": tolerance})
	return t.openAt("check_rules", OfficeClerk, OfficeUnit)
}

// filer is the district whose rules a check is about: the check was opened by the act that filed them.
func (t *turn) filer(check *Task, a *Appraisal) (*DistrictYear, error) {
	for _, k := range t.Tasks {
		if k.Step == "file_rules" && k.EndedBy == check.OpenedBy && k.EndedBy != "" {
			if d := a.districtOf(k.Seat.Unit); d != nil {
				return d, nil
			}
		}
	}
	return nil, fmt.Errorf("task %s: it checks no district's rules", check.ID)
}

// rulesChecked takes a district's rules on file; when all are, communities may declare.
func (t *turn) rulesChecked(task *Task) error {
	a := t.year()
	d, err := t.filer(task, a)
	if err != nil {
		return err
	}
	own, _, err := t.world.Standard(d.Standard)
	if err != nil {
		return err
	}
	if t.act.Outcome == "send_back" {
		t.fx.Appraisal.Filed = &StandardMoved{own.ID, own.Revision, StandardHandedIn, StandardDraft}
		d.Standard = ""
		_, err := t.open("file_rules", Seat{Role: DistrictDesk, Unit: d.Office})
		return err
	}
	t.fx.Appraisal.Filed = &StandardMoved{own.ID, own.Revision, StandardHandedIn, StandardFiled}
	d.Approved = true
	if slices.ContainsFunc(a.Decided.Districts, func(d DistrictYear) bool { return !d.Approved }) {
		return nil
	}
	t.to(Declaring)
	if err := t.openWindow(a); err != nil {
		return err
	}
	for _, d := range a.Decided.Districts {
		if _, err := t.open("compose_panel", Seat{Role: DistrictDesk, Unit: d.Office}); err != nil {
			return err
		}
	}
	return nil
}

// openWindow lets communities declare until the circular's day. Where the districts' rules came late, the window is open for the
// least time all the same: the year is begun once, and nobody could declare any more.
func (t *turn) openWindow(a *Appraisal) error {
	ends, _ := lastDayOf(a.DeclareBy)
	least, err := t.after("appraisal.declare_least_wd")
	if err != nil {
		return err
	}
	if ends.Before(*least) {
		was := a.DeclareBy
		a.DeclareBy = lastDay(*least).String()
		ends, _ = lastDayOf(a.DeclareBy)
		t.figure("appraisal.declare_least_wd", "细则备案较晚，申报截止日顺延", "the districts' rules came late; the window for declarations ends later", map[string]any{"was": was, "until": a.DeclareBy})
	}
	t.fx.Case.ActsAt = &ends
	return nil
}

// closeDeclaring ends the window of declarations at its instant. Panels that are not named yet are still asked for.
func (t *turn) closeDeclaring() error {
	if err := t.dueNow(Declaring); err != nil {
		return err
	}
	t.fx.Case.State, t.fx.Case.ActsAt = PanelsAtWork, nil
	return t.openAt("freeze", OfficeClerk, OfficeUnit)
}
