package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// assessmentStories are the ways that a year of the districts' assessment can go: each ends in the archive.
var assessmentStories = map[string]func(*city){
	"named":               areasNamed,
	"silent":              nobodyHandsIn,
	"appealed":            areasAppealed,
	"objection-sustained": areasObjection,
}

// assessing is how the questions of a year are usually answered. Whoever began it writes its table and its sum: somebody else of
// the office has to be there who may judge objections.
var assessing = map[string]reply{
	"compile_table": {outcome: "send", by: "xu-ming"}, "cosign_table": {outcome: "agree"}, "issue_table": {outcome: "issue"}, "report_quarter": {outcome: "hand_in"}, "supervise": {outcome: "resolved"},
	"self_score": {outcome: "hand_in"}, "score_rows": {outcome: "scored"}, "review_scores": {outcome: "accept"}, "answer_appeal": {outcome: "uphold"}, "sum_up": {outcome: "freeze", by: "xu-ming"},
	"propose_areas": {outcome: "propose", details: proposing(2)}, "name_areas": {outcome: "leave"},
}

// proposing proposes so many areas.
func proposing(areas int64) civic.Details {
	return civic.Details{Assessment: &civic.AssessmentDetails{Titles: &areas}}
}

// on moves the record's clock to noon of a day.
func (c *city) on(year int, month time.Month, day int) {
	c.t.Helper()
	c.exec(`UPDATE clock SET shift = $1 - clock_timestamp()`, workday.NewDate(year, month, day).Start().Add(12*time.Hour))
}

// issued is a year whose table is issued on a day.
func (c *city) issued(month time.Month, day int) (year int) {
	c.t.Helper()
	year = time.Now().Year() + 1
	c.on(year, month, day)
	c.opens(c.story, "xu-ming", civic.NewCase{Procedure: civic.AssessmentProcedure, ID: civic.AssessmentID(year), Unit: "cz-leading-office", Matter: &civic.AssessmentYear{Year: year}})
	c.submits("xu-ming")
	c.carry(civic.Issuing, assessing)
	c.answer("issue_table", "issue")
	return year
}

// reports fills in every district's report of a quarter and hands it in; one row of one district has a light of its own.
func (c *city) reports(quarter int, light civic.Light) {
	c.t.Helper()
	c.exec(`INSERT INTO quarter_report (case_id, quarter, unit, row_key, light, progress, saved_by, saved_at)
		SELECT r.case_id, $2, t.unit, r.key, CASE WHEN r.ord = 0 AND t.unit = 'cz-tianning-leading-office' THEN $3 ELSE 'green' END, '按计划推进', 'yuan-ting', city_now()
		FROM assessment_row r JOIN task t ON t.case_id = r.case_id AND t.step = 'report_quarter' AND t.state = 'open' AND t.round = $2 WHERE r.case_id = $1`, c.id, quarter, light)
	c.answerAll("report_quarter", "hand_in")
}

// scores gives every district all points for every row, as itself or by the departments.
func (c *city) scores(kind string) {
	c.t.Helper()
	c.exec(`INSERT INTO row_score (case_id, kind, row_key, unit, most, points, saved_by, saved_at)
		SELECT r.case_id, $2, r.key, t.unit, r.points, r.points, 'yuan-ting', city_now()
		FROM assessment_row r JOIN task t ON t.case_id = r.case_id AND t.step = 'self_score' WHERE r.case_id = $1`, c.id, kind)
}

// summed adds the figures that no row holds and freezes the scores.
func (c *city) summed() {
	c.t.Helper()
	c.exec(`INSERT INTO unit_input (case_id, unit, kind, value, source, saved_by, saved_at)
		SELECT $1, t.unit, k.kind, k.value, '第三方满意度调查', 'xu-ming', city_now()
		FROM task t, (VALUES ('satisfaction', 9000), ('complaints', 0), ('shortfall', 0)) k (kind, value) WHERE t.case_id = $1 AND t.step = 'self_score'`, c.id)
	c.carry(civic.Deliberation, assessing)
}

// areasNamed: everything is handed in, one row is red, an objection is dismissed, and two districts are named.
func areasNamed(c *city) {
	year := c.issued(time.January, 12)
	for quarter := 1; quarter <= 3; quarter++ {
		c.due(civic.ActQuarter)
		c.reports(quarter, []civic.Light{civic.Red, civic.Yellow, civic.Green}[quarter-1])
	}
	c.answer("supervise", "resolved")
	c.due(civic.ActQuarter)
	require.Equal(c.t, civic.SelfScoring, c.progress().State)
	c.scores("self")
	c.answerAll("self_score", "hand_in")
	c.due(civic.ActQuarter)
	c.reports(4, civic.Green)
	c.state(civic.Scoring) // at once: nothing is owed any more
	c.scores("lead")
	c.answerAll("score_rows", "scored")
	c.answerAll("review_scores", "accept")
	c.summed()
	c.answer("propose_areas", "propose", proposing(2))
	c.object()
	c.answer("objection", "dismiss")
	c.due(civic.ActCloseNotice)
	c.exec(`INSERT INTO commendation_project VALUES ('苏表彰〔2026〕1号', '常州市社区建设先进地区', '江苏省', 1, $1, $1, 3, true)`, year)
	c.answer("name_areas", "name")
	require.Equal(c.t, civic.Closed, c.progress().State)
	c.archived()
}

// nobodyHandsIn: the year goes by in silence. What did not come is missing, who did not appeal has not appealed, and nobody
// is named by any of that.
func nobodyHandsIn(c *city) {
	c.issued(time.January, 12)
	for range 4 {
		c.due(civic.ActQuarter)
	}
	require.Equal(c.t, civic.SelfScoring, c.progress().State)
	c.due(civic.ActQuarter)
	c.due(civic.ActQuarter)
	require.Equal(c.t, civic.Scoring, c.progress().State)
	c.scores("lead")
	c.answerAll("score_rows", "scored")
	c.due(civic.ActCloseFeedback)
	c.summed()
	c.answer("propose_areas", "propose", proposing(0))
	c.due(civic.ActCloseNotice)
	c.answer("name_areas", "leave")
	c.archived()
}

// fed is a year whose table came late and whose scores are before the districts.
func (c *city) fed() {
	c.t.Helper()
	c.issued(time.December, 1)
	c.state(civic.SelfScoring) // its time had come
	c.due(civic.ActQuarter)
	c.due(civic.ActQuarter)
	c.scores("lead")
	c.answerAll("score_rows", "scored")
}

// areasAppealed: two districts appeal; one only files its appeal, which is answered all the same when the time is over.
func areasAppealed(c *city) {
	c.fed()
	for row, unit := range map[string]string{"1.1": "cz-tianning-leading-office", "1.2": "cz-liyang-leading-office"} {
		c.exec(`INSERT INTO row_appeal (case_id, row_key, unit, text, filed_by, filed_at) VALUES ($1, $2, $3, '已整改，附清单。', 'yuan-ting', city_now())`, c.id, row, unit)
	}
	task := value[string](c, `SELECT id FROM task WHERE case_id = $1 AND step = 'review_scores' AND unit = 'cz-tianning-leading-office'`, c.id)
	c.do(c.of("yuan-ting"), civic.ActDecide, task, "appeal", none)
	c.due(civic.ActCloseFeedback)
	require.Equal(c.t, civic.Feedback, c.progress().State, "departments are waited for")
	points := selection.Points(100)
	c.answer("answer_appeal", "change", civic.Details{Assessment: &civic.AssessmentDetails{Points: &points}})
	c.answer("answer_appeal", "uphold")
	c.summed()
	c.answer("propose_areas", "propose", proposing(1))
	c.due(civic.ActCloseNotice)
	c.answer("name_areas", "leave")
	c.archived()
}

// areasObjection: an objection is sustained and another proposal made; a second one is dismissed after the notice.
func areasObjection(c *city) {
	c.fed()
	c.answerAll("review_scores", "accept")
	c.summed()
	c.answer("propose_areas", "propose", proposing(1))
	c.object()
	c.answer("objection", "sustain")
	require.Equal(c.t, civic.Deliberation, c.progress().State)
	c.answer("propose_areas", "propose", proposing(1))
	c.object()
	c.passes("30 days")
	require.Equal(c.t, civic.Objected, c.progress().State, "nobody is named while an objection is open")
	c.answer("objection", "dismiss")
	require.Equal(c.t, civic.ToBeNamed, c.progress().State)
	c.answer("name_areas", "leave")
	c.archived()
}
