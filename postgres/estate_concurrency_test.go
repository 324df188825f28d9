package postgres_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/space"
)

// answering is an act that answers the n-th open task of a step, by whoever of its seat comes first after those named.
func (p *site) answering(caseID, step, outcome string, n int, d civic.HousingDetails, not ...string) civic.Act {
	p.t.Helper()
	var task string
	var who holder
	require.NoError(p.t, p.super.QueryRow(`
		SELECT t.id, h.person, h.id
		FROM (SELECT * FROM task WHERE case_id = $1 AND step = $2 AND state = 'open' ORDER BY ord OFFSET $3 LIMIT 1) t
		CROSS JOIN LATERAL (SELECT g.person, g.id FROM role_grant g WHERE g.role = t.role AND g.unit = t.unit AND NOT g.person = ANY (string_to_array($4, ',')) ORDER BY g.person LIMIT 1) h`,
		caseID, step, n, fmt.Sprint(joined(not))).Scan(&task, &who.person, &who.grant), step)
	return p.deciding(caseID, task, outcome, who, d)
}

func joined(list []string) (out string) {
	for _, s := range list {
		out += s + ","
	}
	return out
}

// deciding seals an answer under a key of its own.
func (p *site) deciding(caseID, task, outcome string, who holder, d civic.HousingDetails) civic.Act {
	p.acts++
	a := sealed(caseID, civic.ActDecide, who, task, outcome, fmt.Sprint("race-", p.acts))
	require.NoError(p.t, p.super.QueryRow(`SELECT procedure FROM cases WHERE id = $1`, caseID).Scan(&a.Procedure))
	a.Details.Housing = &d
	a.SealWith(testKey)
	return a
}

// project reads how it stands.
func (p *site) project() *civic.Housing {
	p.t.Helper()
	var body []byte
	require.NoError(p.t, p.super.QueryRow(`SELECT form FROM form WHERE case_id = $1`, p.id).Scan(&body))
	m, err := civic.ReadMatter(civic.HousingProcedure, body)
	require.NoError(p.t, err)
	return m.(*civic.Housing)
}

// sound wants a record in which nothing is wrong with housing, whatever the race was.
func (s *story) sound() {
	s.t.Helper()
	found, err := s.store.Fsck(s.t.Context(), strict)
	require.NoError(s.t, err)
	require.Empty(s.t, broken(found), explained(found))
}

// races is how often a race between acts of housing is run: each needs a project of its own.
func races() int { return rounds() / 10 }

func refusals(list []civic.Outcome) (codes []string) {
	for _, o := range list {
		if o.Refusal != nil {
			codes = append(codes, o.Refusal.Code)
		}
	}
	return codes
}

func TestOfTwoChangesOfOnePlanAtOnceOneIsOpen(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	for i := range races() {
		p := s.estate(fmt.Sprintf("第%d号小区", i)).designed()
		acts := make([]civic.Act, 4)
		for n := range acts {
			id := p.change(fmt.Sprintf("第%d号小区第%d次调整", i, n), 2100, 680*squareMetre)
			acts[n] = sealed(id, civic.ActSubmit, p.of("zhang-cheng"), "", "", fmt.Sprint("change-", i, "-", n))
			acts[n].Procedure = civic.PlanChangeProcedure
			acts[n].SealWith(testKey)
		}
		out := atOnce(t, s.store, acts...)
		require.Equal(t, 1, accepted(out))
		require.Equal(t, []string{"plan_change_open", "plan_change_open", "plan_change_open"}, refusals(out))
		require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM cases WHERE parent = $1 AND number IS NOT NULL`, p.id))
	}
	s.sound()
}

func TestAChangeIsJudgedByThePlanAsItIsWhateverBecameOfItMeanwhile(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	wins := map[string]int{}
	for i := range races() {
		p := s.estate(fmt.Sprintf("第%d号小区", i)).designed()
		p.on("planning_permit", "refuse", civic.HousingDetails{}) // back to the drawings
		id := p.change(fmt.Sprintf("第%d号小区调整", i), 2100, 700*squareMetre)
		submit := sealed(id, civic.ActSubmit, p.of("zhang-cheng"), "", "", fmt.Sprint("change-", i))
		submit.Procedure = civic.PlanChangeProcedure
		submit.SealWith(testKey)
		drawings := p.answering(p.id, "drawings", "hand_in", 0, civic.HousingDetails{Document: p.paper(), Rooms: p.rooms(690 * squareMetre)})
		out := atOnce(t, s.store, submit, drawings)
		require.Nil(t, out[0].Refusal)
		before := 640 * squareMetre
		if out[1].Refusal == nil {
			before = 690 * squareMetre
			wins["drawings"]++
		} else {
			require.Equal(t, "plan_change_open", out[1].Refusal.Code)
			wins["change"]++
		}
		var read string
		require.NoError(t, s.super.QueryRow(`SELECT form ->> 'before' FROM form WHERE case_id = $1`, id).Scan(&read))
		require.Equal(t, before.String(), read, "round %d: what was in the plan when the change was filed", i)
	}
	t.Log(wins)
	s.sound()
}

func TestAnApprovedChangeIsTakenOverOnceThoughManyActAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	for i := range races() {
		p := s.estate(fmt.Sprintf("第%d号小区", i)).designed()
		p.approved(p.change(fmt.Sprintf("第%d号小区调整", i), 2100, 680*squareMetre))
		acts := make([]civic.Act, 4)
		for n := range acts {
			acts[n] = sealed(p.id, civic.ActRecordObstacle, p.of("wang-yang"), "", "", fmt.Sprint("obstacle-", i, "-", n))
			acts[n].Procedure = civic.HousingProcedure
			acts[n].SealWith(testKey)
		}
		require.Equal(t, 4, accepted(atOnce(t, s.store, acts...)))
		h := p.project()
		require.Len(t, h.Obstacles, 4, "what one noted, no other lost")
		require.Len(t, h.Changes, 1)
		require.Equal(t, 680*squareMetre, *h.Areas.Designed)
		require.Equal(t, 2, count(t, s.super, `SELECT count(*) FROM housing_area WHERE case_id = $1 AND change IS NOT NULL`, p.id), "required and designed")
	}
	s.sound()
}

func TestOfTwoOfficersWhoVerifyAtOnceOneCounts(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	wins := map[civic.State]int{}
	for i := range races() {
		p := s.estate(fmt.Sprintf("第%d号小区", i)).designed().finished(2000, 640*squareMetre).accepted(640*squareMetre, "pass")
		met := []space.Answer{}
		for _, code := range []string{"own_entrance", "concentrated", "central", "utilities", "fit_out", "barrier_free", "no_odour"} {
			met = append(met, space.Answer{Code: code, Met: true})
		}
		one := p.answering(p.id, "verify", "pass", 0, civic.HousingDetails{Checklist: met})
		other := p.answering(p.id, "verify", "fail", 0, civic.HousingDetails{Checklist: met, Defects: []string{"用电未接通"}}, one.Actor)
		require.NotEqual(t, one.Actor, other.Actor)
		out := atOnce(t, s.store, one, other)
		require.Equal(t, 1, accepted(out), "%v", refusals(out))
		h := p.project()
		require.Len(t, h.Checks, 1)
		orders := count(t, s.super, `SELECT count(*) FROM housing_order WHERE case_id = $1`, p.id)
		require.Equal(t, len(h.Orders), orders)
		require.Equal(t, map[bool]string{true: string(civic.HandingOver), false: string(civic.Rectifying)}[orders == 0], p.state(p.id))
		wins[civic.State(p.state(p.id))]++
	}
	t.Log(wins)
	s.sound()
}

func TestOneHandoverIsMadeThoughEverybodySignsAtOnceAndTwice(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	for i := range races() {
		p := s.estate(fmt.Sprintf("第%d号小区", i)).designed().finished(2000, 640*squareMetre).accepted(640*squareMetre, "pass").verified("pass")
		offer := p.answering(p.id, "hand_over", "offer", 0, inventory(640*squareMetre))
		again := p.deciding(p.id, offer.Task, "offer", holder{offer.Actor, offer.Grant}, inventory(640*squareMetre))
		out := atOnce(t, s.store, offer, again, offer)
		require.Contains(t, [][]string{{"task_ended"}, {"task_ended", "task_ended"}}, refusals(out), "one offer, by either key")

		var acts []civic.Act
		for n := range 3 {
			sign := p.answering(p.id, "sign_handover", "sign", n, civic.HousingDetails{})
			acts = append(acts, sign, p.deciding(p.id, sign.Task, "sign", holder{sign.Actor, sign.Grant}, civic.HousingDetails{}))
		}
		out = atOnce(t, s.store, acts...)
		require.Equal(t, 3, accepted(out), "%v", refusals(out))
		require.Equal(t, string(civic.Titling), p.state(p.id))
		h := p.project()
		require.Len(t, h.Handover.Signed, 4, "nobody's signature is lost")
		require.Equal(t, 640*squareMetre, *h.Areas.HandedOver)
		require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM housing_area WHERE case_id = $1 AND stage = 'handed_over'`, p.id))
		require.Equal(t, 3, count(t, s.super, `SELECT count(*) FROM housing_inventory WHERE case_id = $1`, p.id))
	}
	s.sound()
}

func TestAPaymentIsBookedOnceAndNoVoucherTwice(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	p := s.estate("和平雅苑").designed().finished(2000, 640*squareMetre).accepted(600*squareMetre, "pass_recorded").verified("fail", "面积不足")
	p.on("rectify", "impossible", civic.HousingDetails{}).verified("settle")
	for _, r := range []space.Remedy{space.Extend, space.Reallocate, space.BuyNearby} {
		p.on("remedy", "rule_out", civic.HousingDetails{Remedy: string(r)}).on("remedy_review", "agree", civic.HousingDetails{})
	}
	p.on("remedy", "propose", civic.HousingDetails{Measure: &civic.HousingMeasure{Remedy: space.Pay, Area: 40 * squareMetre}}).on("remedy_review", "agree", civic.HousingDetails{})
	p.on("remedy_decide", "allow", civic.HousingDetails{Document: p.paper(), Price: &civic.HousingPrice{Construction: 3_000_00, Land: 1_000_00}})
	voucher := p.paper()
	p.on("remedy_booking", "booked", civic.HousingDetails{Document: voucher, Booked: 60_000_00})

	twice := p.answering(p.id, "remedy_booking", "booked", 0, civic.HousingDetails{Document: voucher, Booked: 60_000_00})
	out, err := s.store.Commit(t.Context(), twice)
	require.NoError(t, err)
	require.Equal(t, []any{"booked_already", voucher.Number}, []any{out.Refusal.Code, out.Refusal.Figures["voucher"]})
	require.Equal(t, "6000000", fmt.Sprint(int64(p.project().Proposed.Measure.Booked)), "a refusal leaves nothing behind")

	rest := civic.HousingDetails{Document: p.paper(), Booked: 100_000_00}
	one := p.answering(p.id, "remedy_booking", "booked", 0, rest)
	rest.Document = p.paper()
	other := p.answering(p.id, "remedy_booking", "booked", 0, rest, one.Actor)
	both := atOnce(t, s.store, one, other)
	require.Equal(t, 1, accepted(both), "%v", refusals(both))
	require.Equal(t, 16_000_000, count(t, s.super, `SELECT sum(amount) FROM housing_booking`))
	require.Equal(t, string(civic.HandingOver), p.state(p.id))
	s.sound()
}
