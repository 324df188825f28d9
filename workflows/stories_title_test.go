package workflows_test

import (
	"slices"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
)

// ranking are five communities with the percentage of the points that they get.
var ranking = []string{"cz-tianning-diaozhuang-01", "cz-zhonglou-yonghong-01", "cz-jingkai-dingyan-01", "cz-tianning-diaozhuang-03", "cz-tianning-hongmei-01"}

// ranked brings five communities into the ranking of a year of three titles; panels are named when two have been recommended,
// and one of them is then named anew.
func (c *city) ranked() (ids []string) {
	c.t.Helper()
	c.declares()
	for i, community := range ranking {
		c.nominate(community, "")
		c.recommended(i + 1)
		if i == 1 {
			require.Equal(c.t, civic.Recommended, c.progress().State)
			id := c.id
			c.composes()
			c.recomposes(ids[0])
			c.tell(civic.NominationProcedure, id, "")
		}
		ids = append(ids, c.id)
	}
	for i, id := range ids {
		c.tell(civic.NominationProcedure, id, "")
		c.qualified(selection.Points(95 - 5*i))
	}
	c.frozen()
	for _, id := range ids {
		c.tell(civic.NominationProcedure, id, "")
		c.state(civic.Ranked)
	}
	return ids
}

// yearNamed: an objection to the list is dismissed, three are named, one is in reserve, one is not recommended; of the titles
// one is kept after reminders, one removed by the city at its re-check and one after it was not put right.
func yearNamed(c *city) {
	ids := c.ranked()
	c.reported()
	c.object()
	c.answer("list_objection", "dismiss")
	c.due(civic.ActCloseNotice)
	c.answer("name_list", "name")
	c.looksOn()
	c.answer("award", "award")
	c.archived()
	fates := map[civic.State][]string{}
	for _, id := range ids {
		c.tell(civic.NominationProcedure, id, "")
		c.wait("the year is taken over", func() bool { return c.progress().State != civic.Ranked })
		state := c.progress().State
		fates[state] = append(fates[state], id)
	}
	require.Len(c.t, fates[civic.TitleHeld], 3)
	c.tell(civic.NominationProcedure, fates[civic.NotRecommended][0], "ranked-out")
	c.archived()
	c.tell(civic.NominationProcedure, fates[civic.TitleHeld][0], "not-put-right")
	c.due(civic.ActCheckDue)
	c.answer("year_check", "rectify")
	c.answer("rectified", "remove")
	c.archived()
	c.tell(civic.NominationProcedure, fates[civic.InReserve][0], "in-reserve")
	c.due(civic.ActSettle)
	require.Equal(c.t, civic.NotRecommended, c.progress().State, "nobody was named from the reserve in time")
	c.archived()
	c.tell(civic.NominationProcedure, fates[civic.TitleHeld][1], "title-removed")
	for c.due(civic.ActCheckDue); slices.Contains(c.steps(), "year_check"); c.due(civic.ActCheckDue) {
		c.answer("year_check", "keep")
	}
	c.answer("recheck", "remove")
	c.archived()
	c.tell(civic.NominationProcedure, fates[civic.TitleHeld][2], "title-kept")
	c.due(civic.ActCheckDue)
	for c.progress().RemindIn != nil {
		c.reminded()
	}
	require.Equal(c.t, civic.TitleHeld, c.progress().State, "nobody's silence takes a title")
	c.answer(c.steps()[0], "keep")
}

// yearAssessedOnly: a community is struck from the list, and nobody is named.
func yearAssessedOnly(c *city) {
	ids := c.ranked()
	c.reported()
	c.object()
	c.answer("list_objection", "strike", civic.Details{Appraisal: &civic.AppraisalDetails{Community: ranking[0]}})
	c.looksOn()
	c.due(civic.ActCloseNotice)
	c.answer("name_list", "assess_only")
	c.looksOn()
	c.archived()
	for i, id := range ids {
		c.tell(civic.NominationProcedure, id, []string{"struck", "assessed-only", "", "", ""}[i])
		c.archived()
	}
}

// leftBehind: the freeze finds a nomination at each step of its district, and none is recommended.
func leftBehind(c *city) {
	c.declares()
	c.composes()
	var ids []string
	for state, walk := range map[civic.State]func(){
		civic.SelfScoring: func() { c.nominate("cz-tianning-diaozhuang-01", "left-in-self-scoring") },
		civic.Recommending: func() {
			c.nominate("cz-tianning-diaozhuang-03", "left-before-its-street")
			c.marks(civic.SelfSheet, 90)
			c.answer("self_assess", "hand_in")
		},
		civic.Recommended: func() { c.nominate("cz-xinbei-sanjing-01", "left-without-a-panel"); c.recommended(1) },
		civic.PanelWork:   func() { c.nominate("cz-zhonglou-yonghong-01", "left-before-its-panel"); c.recommended(1) },
		civic.Eligibility: func() { c.nominate("cz-tianning-hongmei-01", "left-in-question"); c.recommended(1); c.scored(90) },
		civic.Objected: func() {
			c.nominate("cz-jingkai-dingyan-01", "left-objected-to")
			c.recommended(1)
			c.scored(90)
			c.answerAll("eligibility", "clear")
			c.object()
		},
	} {
		walk()
		require.Equal(c.t, state, c.progress().State)
		ids = append(ids, c.id)
	}
	c.frozen()
	c.concludes()
	for _, id := range ids {
		c.tell(civic.NominationProcedure, id, "")
		c.state(civic.NotRecommended)
		c.archived()
	}
}

// concludes ends a year in which nobody is left.
func (c *city) concludes() {
	c.t.Helper()
	c.reported()
	c.due(civic.ActCloseNotice)
	c.answer("name_list", "assess_only")
	c.archived()
}

// excluded: one is not recommended by its street, one withdraws, one is vetoed, one struck by an objection in its district, and
// one stays below the line.
func excluded(c *city) {
	c.declares()
	c.composes()
	c.nominate("cz-tianning-diaozhuang-01", "not-recommended")
	c.marks(civic.SelfSheet, 60)
	c.answer("self_assess", "hand_in")
	c.answer("recommend", "not_recommend")
	c.nominate("cz-tianning-diaozhuang-03", "withdrawn")
	c.do(c.of("yang-fan"), civic.ActWithdraw, "", "", none)
	c.nominate("cz-tianning-hongmei-01", "vetoed")
	c.recommended(1)
	c.scored(90)
	c.answer("eligibility", "veto", civic.Details{Appraisal: &civic.AppraisalDetails{Ground: "accident"}})
	c.answerAll("eligibility", "clear")
	c.nominate("cz-zhonglou-yonghong-01", "objected-to")
	c.recommended(1)
	c.scored(90)
	c.answerAll("eligibility", "clear")
	c.object()
	c.answer("nominee_objection", "dismiss")
	c.object()
	c.answer("nominee_objection", "sustain")
	c.nominate("cz-jingkai-dingyan-01", "below-the-line")
	c.recommended(1)
	c.qualified(30)
	c.frozen()
	c.concludes()
	for _, one := range c.told[1:] {
		c.tell(one.procedure, one.id, "")
		c.wait("the year is taken over", func() bool { return c.progress().State.Over() })
		c.archived()
	}
}
