package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

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
	c.leave()
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
	before := c.leave()
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
	require.NoError(c.t, replay(c.history(first)), "the long history too")
	c.do(c.of("wang-fang"), civic.ActWithdraw, "", "", none)
	c.archived()
}
