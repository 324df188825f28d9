package workflows_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/postgres"
)

// appraisalStories are the ways that a year of the appraisal can go, told with its nominations: each year ends in the
// archive, and so does every nomination that holds no title.
var appraisalStories = map[string]func(*city){
	"named":         yearNamed,
	"assessed-only": yearAssessedOnly,
	"left-behind":   leftBehind,
	"excluded":      excluded,
}

// nominees are communities with somebody to declare them.
var nominees = map[string]string{
	"cz-tianning-diaozhuang-01": "liu-yang", "cz-tianning-diaozhuang-03": "yang-fan", "cz-tianning-hongmei-01": "huang-rong", "cz-zhonglou-yonghong-01": "ma-chao",
	"cz-jingkai-dingyan-01": "lu-yan", "cz-xinbei-sanjing-01": "guo-jing",
}

// panels are those of the districts that have assessors, the lead first.
var panels = map[string][]string{
	"cz-tianning": {"mao-jianhua", "meng-jie", "qiu-shi"}, "cz-zhonglou": {"chang-liang", "bao-yi", "tao-li"}, "cz-jingkai": {"qin-lan", "su-wan", "yu-hai"},
}

// year is the id of the year's case.
func (c *city) year() string { return civic.AppraisalID(time.Now().Year()) }

// turnToYear goes back to the year from one of its nominations.
func (c *city) turnToYear() { c.tell(civic.AppraisalProcedure, c.year(), "") }

// declares begins a year of three titles and goes to its window of declarations.
func (c *city) declares() {
	c.t.Helper()
	now := time.Now()
	const name = "常州市和谐（平安、文明）社区（村）"
	c.exec(`UPDATE parameter SET value = CASE key WHEN 'appraisal.quota' THEN '3' ELSE '0' END WHERE key IN ('appraisal.quota', 'appraisal.min_per_district')`)
	c.exec(`INSERT INTO commendation_project VALUES ('苏表彰〔2014〕1号', $1, '江苏省', 1, $2, $2, 100, true)`, name, now.Year())
	c.opens(c.story, "xu-ming", civic.NewCase{Procedure: civic.AppraisalProcedure, ID: c.year(), Unit: "cz-leading-office", Matter: &civic.Appraisal{Year: now.Year(), Standard: "cz-2026",
		Name: name, Project: "苏表彰〔2014〕1号", Circular: "常社区办发1号", SeedSource: "双色球第140期", DeclareBy: now.AddDate(0, 0, 60).Format(time.DateOnly), ReportBy: now.AddDate(0, 0, 160).Format(time.DateOnly)}})
	c.submits("xu-ming")
	for slices.Contains(c.steps(), "file_rules") {
		task, sitting := c.waiting("file_rules")
		c.do(sitting[0], civic.ActDecide, task, "file", civic.Details{Appraisal: &civic.AppraisalDetails{Standard: c.rules(value[string](c, `SELECT unit FROM task WHERE id = $1`, task), sitting[0].person)}})
	}
	c.answerAll("check_rules", "approve")
	require.Equal(c.t, civic.Declaring, c.progress().State)
}

// rules drafts the rules of a district's, which serve the city's.
func (c *city) rules(unit, person string) string {
	c.t.Helper()
	standard, err := c.store.StandardByID(c.t.Context(), "cz-2026")
	require.NoError(c.t, err)
	standard.ID, standard.Unit, standard.Parent = unit, unit, standard.ID
	for i := range standard.Dimensions {
		for j := range standard.Dimensions[i].Indicators {
			standard.Dimensions[i].Indicators[j].City = standard.Dimensions[i].Indicators[j].Key
		}
	}
	_, err = c.store.CreateStandard(c.t.Context(), c.deed(person, "standard.create"), standard)
	require.NoError(c.t, err)
	return standard.ID
}

// composes names the panels of the districts that have assessors, and has the nominations look that wait for theirs.
func (c *city) composes() {
	c.t.Helper()
	c.turnToYear()
	for district, panel := range panels {
		task := value[string](c, `SELECT id FROM task WHERE case_id = $1 AND step = 'compose_panel' AND unit = $2`, c.id, district+"-leading-office")
		desk := value[string](c, `SELECT person FROM role_grant WHERE unit = $1 AND role = 'district_office'`, district+"-leading-office")
		c.do(c.of(desk), civic.ActDecide, task, "compose", civic.Details{Appraisal: &civic.AppraisalDetails{Assessors: panel, Lead: panel[0]}})
	}
	c.looksOn()
}

// recomposes names a panel anew, with one more of its district, while it has a nomination before it.
func (c *city) recomposes(nomination string) {
	c.t.Helper()
	c.tell(civic.NominationProcedure, nomination, "")
	c.state(civic.PanelWork)
	before := c.count(civic.ActSettle)
	c.turnToYear()
	panel := append(slices.Clone(panels["cz-tianning"]), "shi-min")
	c.do(c.of("yuan-ting"), civic.ActRecompose, "", "", civic.Details{Appraisal: &civic.AppraisalDetails{Assessors: panel, Lead: panel[1]}})
	c.looksOn()
	c.tell(civic.NominationProcedure, nomination, "")
	c.wait("it takes the new panel over", func() bool { return c.count(civic.ActSettle) > before })
}

// looksOn has the nominations look that their year has woken, as the record's messages do.
func (c *city) looksOn() {
	c.t.Helper()
	for found := true; found; {
		var err error
		found, err = c.store.Looks(c.t.Context(), func(ctx context.Context, one postgres.CaseRef) error {
			return c.carrier.Look(ctx, one.Procedure, one.ID)
		})
		require.NoError(c.t, err)
	}
}

// nominate hands in a community's declaration. Its history is kept under a name.
func (c *city) nominate(community, name string) {
	c.t.Helper()
	c.opens(name, nominees[community], civic.NewCase{Procedure: civic.NominationProcedure, ID: civic.NominationID(time.Now().Year(), community), Parent: c.year(),
		Unit: community + "-committee", Matter: &civic.Nomination{Year: time.Now().Year(), Community: community, Plan: "创建计划", Minutes: "居民会议通过"}})
	c.submits(nominees[community])
}

// recommended goes on to the street's recommendation.
func (c *city) recommended(rank int) {
	c.t.Helper()
	c.marks(civic.SelfSheet, 90)
	c.answer("self_assess", "hand_in")
	c.answer("recommend", "recommend", civic.Details{Appraisal: &civic.AppraisalDetails{Rank: rank}})
}

// scored goes on to the questions about eligibility.
func (c *city) scored(percent selection.Points) {
	c.t.Helper()
	c.state(civic.PanelWork)
	c.marks(civic.PanelSheet, percent)
	survey := selection.Points(90_00)
	c.answer("close_panel", "close", civic.Details{Appraisal: &civic.AppraisalDetails{Survey: &survey}})
}

// marks hands the open sheets of a kind in, with so many percent of every indicator.
func (c *city) marks(kind civic.SheetKind, percent selection.Points) {
	c.t.Helper()
	sheets, err := c.store.SheetsOf(c.t.Context(), c.id)
	require.NoError(c.t, err)
	for _, s := range sheets {
		if s.Kind == kind && s.Submitted == nil {
			c.fills(s, percent)
		}
	}
}

// fills a sheet in and hands it in.
func (c *city) fills(s civic.Sheet, percent selection.Points) {
	c.t.Helper()
	standard, err := c.store.StandardByID(c.t.Context(), "cz-2026")
	require.NoError(c.t, err)
	for _, d := range standard.Dimensions {
		for _, i := range d.Indicators {
			s.Marks = append(s.Marks, civic.SheetMark{Mark: selection.Mark{Indicator: i.Key, Score: i.Most * percent / 100}, Evidence: "台账"})
		}
	}
	by := s.Assessor
	if by == "" {
		by = value[string](c, `SELECT applicant FROM cases WHERE id = $1`, c.id)
	}
	_, err = c.store.SaveSheet(c.t.Context(), c.deed(by, "sheet.submit"), s, c.progress().State, s.Revision, true)
	require.NoError(c.t, err)
}

// qualified goes from the panel through the district's notice.
func (c *city) qualified(percent selection.Points) {
	c.t.Helper()
	c.scored(percent)
	c.answerAll("eligibility", "clear")
	c.due(civic.ActCloseNotice)
	require.Equal(c.t, civic.Qualified, c.progress().State)
}

// frozen closes the declarations and freezes the scores, whatever is finished.
func (c *city) frozen() {
	c.t.Helper()
	c.turnToYear()
	c.due(civic.ActCloseDeclaring)
	c.answer("freeze", "freeze_unfinished")
	c.looksOn()
}

// reported goes on to the list before the leading group, by way of the city's sample.
func (c *city) reported() {
	c.t.Helper()
	c.turnToYear()
	c.answerAll("report", "report")
	c.answer("draw", "draw", civic.Details{Appraisal: &civic.AppraisalDetails{Seed: "双色球第140期"}})
	c.looksOn()
	for _, id := range list[string](c, `SELECT c.id FROM cases c JOIN form f ON f.case_id = c.parent
		WHERE c.parent = $1 AND f.form->'decided'->'draw'->'teams' ? (SELECT community FROM nominee n WHERE n.nomination = c.id)`, c.id) {
		c.tell(civic.NominationProcedure, id, "")
		c.state(civic.Rescoring)
		unit := value[string](c, `SELECT unit FROM task WHERE case_id = $1 AND step = 'rescore'`, id)
		by := panels[strings.TrimSuffix(unit, "-civil-affairs")][1]
		c.fills(civic.Sheet{ID: civic.NewID(id, by), Nomination: id, Kind: civic.CitySheet, Assessor: by, Unit: unit}, 80)
		c.says(by, "rescore", "hand_in", none)
	}
	c.turnToYear()
	c.answer("close_sample", "close")
	c.answerAll("vote", "for")
	c.answer("approve_list", "approve")
	require.Equal(c.t, civic.Publicity, c.progress().State)
}
