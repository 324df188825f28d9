package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/workflows"
)

const completed = enums.WORKFLOW_EXECUTION_STATUS_COMPLETED

var none civic.Details

// stories are the ways that a case can go: each ends in the archive, unless it says otherwise. Their histories are kept in
// testdata, one file a story.
var stories = map[string]func(*city){
	"refused":             func(c *city) { c.decided("refuse", none, civic.RefusedState) },
	"transferred":         func(c *city) { c.decided("transfer", civic.Details{TransferTo: "cz-health"}, civic.Transferred) },
	"bought-as-service":   func(c *city) { c.decided("commission", none, civic.Commissioned) },
	"merged":              merged,
	"not-accepted":        notAccepted,
	"appeal-upheld":       func(c *city) { blocked(c, "clear") },
	"appeal-dismissed":    func(c *city) { blocked(c, "dismiss") },
	"withdrawn":           withdrawn,
	"lapsed":              lapsed,
	"corrected":           corrected,
	"silent-consult":      silentConsult,
	"recalled":            recalled,
	"signers":             signers,
	"held-and-released":   held,
	"paused":              paused,
	"voted":               voted,
	"deferred":            deferred,
	"condition-met":       func(c *city) { conditional(c, "met") },
	"condition-unmet":     func(c *city) { conditional(c, "unmet") },
	"objection-dismissed": objectionDismissed,
	"objection-late":      objectionLate,
	"objection-sustained": objectionSustained,
	"expired":             expired,
	"never-issued":        neverIssued,
	"exited":              func(c *city) { left(c, "exit", civic.Exited) },
	"revoked":             func(c *city) { left(c, "revoke", civic.Revoked) },
	"kept":                kept,
	"reminded":            reminded,
	"recalculated":        recalculated,
	"submitted-again":     submittedAgain,
	"rebuilt":             rebuilt,
	"reset":               resetStory,
	"record-away":         recordAway,
	"continued":           continued,
}

// decided goes up to the decision, and by it straight to the archive.
func (c *city) decided(outcome string, d civic.Details, end civic.State) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Deliberation)
	c.answer("decide", outcome, d)
	require.Equal(c.t, end, c.progress().State)
	c.archived()
}

func merged(c *city) {
	entry := value[string](c, `SELECT id FROM entry WHERE list = 'admitted' AND valid @> now() ORDER BY id LIMIT 1`)
	c.decided("merge", civic.Details{MergeInto: entry}, civic.Merged)
}

func notAccepted(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Accepted)
	c.answer("examine", "not_accept")
	c.archived()
}

// blocked: the name came on the negative list after the submission.
func blocked(c *city, outcome string) {
	const name = "居民家庭人口抽样入户调查"
	c.draft(name)
	c.upTo(civic.Submitted)
	c.exec(`INSERT INTO entry (id, list, category, name, normal, valid) VALUES ($1, 'negative', 'SURVEY', $2, $3, tstzrange(now(), NULL))`,
		civic.NewID("late", c.id), name, names.Normal(name))
	c.answer("register", "pass")
	require.Equal(c.t, civic.Blocked, c.progress().State)
	c.do(c.of("wang-fang"), civic.ActAppeal, "", "", none)
	c.answer("appeal", outcome)
	if outcome == "clear" {
		c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	}
	c.archived()
}

func withdrawn(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.JointReview)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

var gaps = civic.Details{Gaps: []string{"缺少经费测算"}}

func lapsed(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Accepted)
	c.answer("examine", "return", gaps)
	c.till(civic.Lapsed)
	c.archived()
}

func corrected(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.PreReview)
	c.answer("prereview", "return", gaps)
	task, _ := c.waiting("correct")
	c.do(c.of("wang-fang"), civic.ActCorrect, task, "", none)
	c.upTo(civic.Deliberation)
	c.answer("decide", "refuse")
	c.archived()
}

func silentConsult(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	c.answer("consult", "oppose")
	c.till(civic.JointReview)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

func recalled(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Submitted)
	task, _ := c.waiting("register")
	who := c.answer("register", "pass")
	c.do(who, civic.ActRecall, task, "", none)
	require.Equal(c.t, civic.Submitted, c.progress().State)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// reviewer lets somebody review for a unit that is not usually asked.
func (c *city) reviewer(person, unit string) {
	c.exec(`INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, confirmed_by, confirmed_at)
		VALUES ($1, $2, 'joint_reviewer', $3, '2020-01-01', 'story', 'proof', now())`, civic.NewID("grant", person), person, unit)
}

// signers are added and taken away again; one passes the question on.
func signers(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.JointReview)
	c.reviewer("lin-xiaodong", "cz-natural-resources")
	c.reviewer("wang-yang", "cz-reform")
	office, at := c.of("xu-jian"), func(unit string) string {
		return value[string](c, `SELECT id FROM task WHERE case_id = $1 AND step = 'joint' AND state = 'open' AND unit = $2`, c.id, unit)
	}
	c.do(office, civic.ActAddSigner, "", "", civic.Details{Unit: "cz-natural-resources"})
	c.do(office, civic.ActRemoveSigner, at("cz-natural-resources"), "", none)
	c.do(c.of("zhu-hong"), civic.ActTransfer, at("cz-organisation"), "", civic.Details{Unit: "cz-reform"})
	c.do(office, civic.ActCopy, "", "", civic.Details{Person: "he-lin"})
	c.answerAll("joint", "agree")
	c.answer("decide", "refuse")
	c.archived()
}

func held(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.PreReview)
	task, sitting := c.waiting("prereview")
	c.do(sitting[0], civic.ActClaim, task, "", none)
	require.Equal(c.t, "claimed", c.try(sitting[1], civic.ActDecide, task, "recommend", none).Refusal.Code)
	c.do(sitting[0], civic.ActDelegate, task, "", civic.Details{Person: sitting[1].person})
	c.do(sitting[0], civic.ActRelease, task, "", none)
	c.do(c.of("wang-fang"), civic.ActUrge, task, "", none)
	c.do(sitting[1], civic.ActDecide, task, "recommend", none)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

func paused(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	office := c.of("xu-jian")
	c.do(office, civic.ActPause, "", "", none)
	p := c.progress()
	require.Nil(c.t, p.ActsIn, "the clocks stand still")
	require.Nil(c.t, p.RemindIn)
	c.exec(`UPDATE clock SET shift = '100 days'`)
	c.look()
	c.do(office, civic.ActResume, "", "", none)
	require.Equal(c.t, civic.Consult, c.progress().State, "nothing ran out meanwhile")
	c.till(civic.JointReview)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

func voted(c *city) {
	c.draft("居民家庭人口抽样入户调查", c.dear)
	c.upTo(civic.JointReview)
	c.answerAll("joint", "agree")
	for _, vote := range []string{"for", "against", "for", "for"} {
		c.answer("vote", vote)
	}
	c.answer("decide", "refuse")
	c.archived()
}

func deferred(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Deliberation)
	c.answer("decide", "defer", civic.Details{Until: time.Now().AddDate(0, 0, 30).Format(time.DateOnly)})
	c.till(civic.Deliberation)
	c.answer("decide", "refuse")
	c.archived()
}

func conditional(c *city, outcome string) {
	c.draft("居民家庭人口抽样入户调查", func(f *civic.AccessRequest) {
		f.Funding.Kind, f.Funding.Line, f.Funding.Statement = civic.Promised, "", "列入年中调整预算"
	})
	c.upTo(civic.Deliberation)
	c.answer("decide", "admit_cond", civic.Details{Condition: "经费落实"})
	d := none
	if outcome == "met" {
		d.BudgetLine = lineID
	}
	c.answer("fulfil", outcome, d)
	if outcome == "met" {
		c.upTo(civic.InForce)
		c.till(civic.Expired)
	}
	c.archived()
}

// object objects to the public notice, as anybody may.
func (c *city) object() {
	c.t.Helper()
	c.do(holder{person: civic.Public}, civic.ActObject, "", "", civic.Details{Contact: "13800000000"})
}

func objectionDismissed(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Publicity)
	c.object()
	c.object()
	c.answer("objection", "dismiss")
	require.Equal(c.t, civic.Objected, c.progress().State)
	c.answer("objection", "dismiss")
	c.upTo(civic.Issuing)
	c.till(civic.Expired)
	c.archived()
}

// objectionLate: the notice ends while the objection is examined, and nothing is decided by that.
func objectionLate(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Publicity)
	c.object()
	c.exec(`UPDATE clock SET shift = (SELECT acts_at FROM cases WHERE id = $1) - clock_timestamp() + interval '1 second'`, c.id)
	c.look()
	c.answer("objection", "dismiss")
	require.Equal(c.t, civic.Issuing, c.progress().State)
	c.till(civic.Expired)
	c.archived()
}

func objectionSustained(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Publicity)
	c.object()
	c.answer("objection", "sustain")
	c.answer("decide", "refuse", civic.Details{BlockName: true})
	c.archived()
}

// expired: admitted for a shorter term than asked for, suspended and reinstated, and over at its last day.
func expired(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Deliberation)
	c.answer("decide", "admit_term", civic.Details{TermEnd: time.Now().AddDate(0, 0, 120).Format(time.DateOnly)})
	c.upTo(civic.InForce)
	office := c.of("xu-jian")
	c.do(office, civic.ActSuspend, "", "", none)
	c.do(office, civic.ActReinstate, "", "", none)
	c.do(office, civic.ActSuspend, "", "", none)
	c.till(civic.Expired)
	c.archived()
}

func neverIssued(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Issuing)
	c.till(civic.Expired)
	c.archived()
}

// left: in force, and then taken off the list before its time.
func left(c *city, outcome string, end civic.State) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.InForce)
	c.exec(`UPDATE clock SET shift = '100 days'`) // the term has begun
	c.do(c.of("xu-jian"), civic.ActProposeExit, "", "", civic.Details{Trigger: "duplicate"})
	c.answer("exit_opinion", "support")
	c.answer("exit_views", "accept")
	c.answer("exit_decide", outcome)
	require.Equal(c.t, end, c.progress().State)
	c.archived()
}

func kept(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.InForce)
	c.do(c.of("xu-jian"), civic.ActProposeExit, "", "", civic.Details{Trigger: "satisfaction"})
	c.answer("exit_opinion", "oppose")
	c.answer("exit_views", "contest")
	c.answer("exit_decide", "keep")
	c.till(civic.Expired)
	c.archived()
}

// reminded: nobody acts; people are reminded and their leaders told, and the case waits all the same.
func reminded(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.PreReview)
	const more = `SELECT count(*) FROM task WHERE case_id = $1 AND state = 'open' AND remind_at IS NOT NULL`
	for value[int](c, more, c.id) > 0 {
		c.reminded()
	}
	require.Equal(c.t, 1, value[int](c, `SELECT count(*) FROM task WHERE case_id = $1 AND state = 'open' AND escalated`, c.id))
	require.Equal(c.t, civic.PreReview, c.progress().State)
	c.answer("prereview", "recommend")
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// recalculated: a new calendar came in; open terms follow it, also those of a paused case.
func recalculated(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	c.do(c.of("xu-jian"), civic.ActPause, "", "", none)
	c.exec(`WITH v AS (INSERT INTO calendar_version (version, source, imported_by) SELECT max(version) + 1, '国务院办公厅通知', 'system' FROM calendar_version RETURNING version)
		INSERT INTO calendar_day (version, day, kind, source) SELECT d.version + 1, d.day, d.kind, d.source FROM calendar_day d, v WHERE d.version = v.version - 1`)
	before := c.progress().Version
	require.Eventually(c.t, func() bool { // within a second every process sees the new calendar
		c.look()
		return c.progress().Version > before
	}, time.Minute, 300*time.Millisecond)
	c.do(c.of("xu-jian"), civic.ActResume, "", "", none)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// submittedAgain: the first submission was refused, the workflow of the draft waited.
func submittedAgain(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.exec(`UPDATE budget_line SET appropriated = 1 WHERE id = $1`, lineID)
	require.NotNil(c.t, c.try(c.of("wang-fang"), civic.ActSubmit, "", "", none).Refusal)
	c.exec(`UPDATE budget_line SET appropriated = 1000000000 WHERE id = $1`, lineID)
	c.submit()
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// rebuilt: an operator's slip ended the workflow; the next act begins it again from the record.
func rebuilt(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	before, _ := c.run()
	c.earlier = append(c.earlier, before)
	require.NoError(c.t, c.engine.TerminateWorkflow(c.t.Context(), c.workflow(), "", "a slip"))
	c.answer("consult", "support")
	c.till(civic.JointReview)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// resetStory: an operator began the workflow again from its first task, and the acts since are applied again.
func resetStory(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	before, _ := c.run()
	c.earlier = append(c.earlier, before)
	decisions := c.kinds()
	c.reset(c.firstTask(before))
	c.answer("consult", "support")
	require.Len(c.t, c.kinds(), len(decisions)+1, "nothing was done twice")
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// recordAway: the database was away for a while; the act was tried again until it came back, the last time by a timer.
func recordAway(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Submitted)
	task, sitting := c.waiting("register")
	pass := c.sealed(sitting[0], civic.ActDecide, task, "pass", none)
	c.trouble.Store(6)
	_, err := c.carrier.Inform(c.t.Context(), pass)
	refused(c.t, err, civic.Unknown, "unknown")
	c.wait("the record is back", func() bool { return c.progress().State == civic.Accepted })
	require.NotNil(c.t, c.inform(pass).Receipt)
	c.trouble.Store(3)
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}

// continued: the history grew too long and was continued in a fresh one, with nothing forgotten.
func continued(c *city) {
	c.draft("居民家庭人口抽样入户调查")
	c.upTo(civic.Consult)
	first, _ := c.run()
	c.overfill()
	c.till(civic.JointReview)
	require.NoError(c.t, replay(c.history(first), workflows.Access), "the long history too")
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}
