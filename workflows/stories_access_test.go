package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/names"
)

// accessStories are the ways that a request can go: each ends in the archive.
var accessStories = map[string]func(*city){
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
