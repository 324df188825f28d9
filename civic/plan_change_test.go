package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// moreHomes asks for 2,500 homes with rooms of an area.
func moreHomes(area string) PlanChangeForm {
	return PlanChangeForm{Name: "和平雅苑规划调整", Reason: "增加二期住宅", Area: m2(area), Households: 2500, Drawings: DocumentRef{Number: "方案二", Date: "2014-10-08"}}
}

// filed is a change of plan that was filed.
func (s *site) filed(form PlanChangeForm) *site {
	c := s.asksForChange(form)
	require.NoError(s.t, c.does(ActSubmit, "zhang-cheng", nil))
	return c
}

// approved brings a change to its approval.
func (s *site) approved(form PlanChangeForm) *site {
	c := s.filed(form).on("change_opinion", "agree").on("change_review", "publish").itself(ActCloseNotice).on("change_decide", "approve").state(ChangeApproved)
	s.now = c.now
	return c
}

func TestWhileAPlanMayChangeDesignPermitsAndVerificationWait(t *testing.T) {
	t.Parallel()
	for state, answer := range map[State][2]string{Designing: {"drawings", "hand_in"}, DesignReview: {"design_review", "agree"}, Permitting: {"planning_permit", "grant"}, PlanChecking: {"planning_check", "pass"}} {
		s := builtTo(t, state, estate())
		c := s.filed(moreHomes("800"))
		no := s.refuses("plan_change_open", answer[0], answer[1], nil)
		require.Equal(t, c.d.Case.Number, no.Figures["change"])
		require.NoError(t, c.does(ActWithdraw, "zhang-cheng", nil))
		s.on(answer[0], answer[1])
	}
}

func TestAnApprovedChangeIsTakenOverByTheProjectsNextAct(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Building, estate())
	c := s.approved(moreHomes("800"))
	require.Equal(t, []any{m2("640"), m2("800")}, []any{c.d.Matter.(*PlanChange).Before, c.d.Matter.(*PlanChange).Judged.New.Area})
	require.NotEmpty(t, c.d.Matter.(*PlanChange).Document)
	require.Empty(t, s.project().Changes)
	s.on("inspect", "lag", &HousingDetails{Progress: &HousingProgress{Homes: 1250, Rooms: m2("399")}})
	h := s.project()
	require.Equal(t, int64(2500), h.Households)
	require.Equal(t, []any{m2("800"), m2("800"), m2("800")}, []any{*h.Areas.Required, *h.Areas.Designed, *h.Areas.Permitted})
	require.Equal(t, 2014, h.Standard.Version, "the standard stays the project's")
	s.on("inspect", "finished").on("survey", "measured").on("planning_check", "pass").state(Completing)
	require.Len(t, h.Changes, 1, "it is taken over once")

	second := s.asksForChange(moreHomes("900"))
	require.True(t, Refused(second.does(ActSubmit, "zhang-cheng", nil), "not_changeable"), "after the verification the plan stands")
}

func TestRoomsDoNotShrinkByAChangeUnlessTheLeadingGroupDecides(t *testing.T) {
	t.Parallel()
	fewer := PlanChangeForm{Name: "调整", Reason: "减少住宅", Area: m2("620"), Households: 1900, Drawings: DocumentRef{Number: "方案三", Date: "2014-10-08"}}
	s := builtTo(t, Building, estate())
	c := s.filed(fewer).on("change_opinion", "conditional")
	no := c.refuses("change_shrinks", "change_review", "publish", nil)
	require.Equal(t, []any{"640.00", "620.00"}, []any{no.Figures["before"], no.Figures["after"]})
	c.on("change_review", "refer").state(ChangeGroup).on("change_group", "allow").on("change_review", "publish").state(Publicity)

	fewer.Area = m2("607.99") // 1,900 homes owe 608 m²
	c = builtTo(t, Building, estate()).filed(fewer).on("change_opinion", "agree").on("change_review", "refer").on("change_group", "allow")
	require.Equal(t, "608.00", c.refuses("change_below_required", "change_review", "publish", nil).Figures["new_required"], "not even by a decision")
	c.on("change_review", "reject").state(ChangeRejected)

	c = builtTo(t, Building, estate()).filed(moreHomes("800")).on("change_opinion", "disagree")
	c.refuses("civil_affairs_disagrees", "change_review", "publish", nil)
	c.on("change_review", "refer").on("change_group", "refuse").state(ChangeRejected).itself(ActArchive)
}

func TestAPlanHasOneChangeAtATimeAndOnlyItsOwnDevelopers(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Designing, estate())
	first := s.filed(moreHomes("800"))
	second := s.asksForChange(moreHomes("900"))
	require.True(t, Refused(second.does(ActSubmit, "zhang-cheng", nil), "plan_change_open"))
	first.on("change_opinion", "agree").on("change_review", "reject")
	require.NoError(t, second.does(ActSubmit, "zhang-cheng", nil))
	others := builtTo(t, Designing, estate()).asksForChange(moreHomes("800"))
	others.d.Case.Unit = "yanling"
	require.True(t, Refused(others.does(ActSubmit, "liu-ye", nil), "not_your_project"))
	early := builtTo(t, Conditions, estate()).asksForChange(moreHomes("800"))
	require.True(t, Refused(early.does(ActSubmit, "zhang-cheng", nil), "not_changeable"))
	silent := builtTo(t, Designing, estate()).asksForChange(PlanChangeForm{})
	err := silent.does(ActSubmit, "zhang-cheng", nil)
	require.True(t, Refused(err, "missing"))
	require.Len(t, AsRefusal(err).Also, 4, "everything at once")
}

func TestAnObjectionToAChangeIsExaminedBeforeItGoesOn(t *testing.T) {
	t.Parallel()
	c := builtTo(t, Building, estate()).filed(moreHomes("800")).on("change_opinion", "agree").on("change_review", "publish")
	require.NoError(t, c.does(ActObject, Public, nil))
	c.state(Objected)
	require.True(t, Refused(c.does(ActCloseNotice, System, nil), "not_due"))
	c.on("change_objection", "dismiss").state(Publicity)
	require.NoError(t, c.does(ActObject, Public, nil))
	c.on("change_objection", "sustain").state(ChangeReview).on("change_review", "publish")
	require.NoError(t, c.does(ActObject, Public, nil))
	c.now = *c.d.Case.ActsAt
	c.on("change_objection", "dismiss").state(ChangeDeciding).on("change_decide", "reject").state(ChangeRejected)
}

func TestAPlanIsNotChangedToFewerHomesThanStand(t *testing.T) {
	t.Parallel()
	fewer := moreHomes("640")
	fewer.Households = 1900
	s := builtTo(t, Building, estate())
	c := s.filed(fewer).on("change_opinion", "agree")
	s.now = c.now
	s.on("inspect", "normal", &HousingDetails{Progress: &HousingProgress{Homes: 1901, Rooms: m2("640")}})
	no := c.refuses("homes_already_built", "change_review", "publish", nil)
	require.Equal(t, []any{int64(1901), int64(1900)}, []any{no.Figures["built"], no.Figures["households"]})
	c.on("change_review", "reject").state(ChangeRejected)
	require.True(t, Refused(s.asksForChange(fewer).does(ActSubmit, "zhang-cheng", nil), "homes_already_built"))
	fewer.Households = 1901
	s.approved(fewer)
	s.on("inspect", "finished").state(Surveying)
}

func TestThePlanOfAProjectThatWasGivenUpIsNotChanged(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Contracting, estate())
	early := s.filed(moreHomes("800")).on("change_opinion", "agree")
	require.NoError(t, s.does(ActWithdraw, "wang-yang", nil))
	require.Equal(t, string(Withdrawn), early.refuses("not_changeable", "change_review", "publish", nil).Figures["state"])
	early.on("change_review", "reject").state(ChangeRejected)

	s = builtTo(t, Contracting, estate())
	late := s.filed(moreHomes("800")).on("change_opinion", "agree").on("change_review", "publish").itself(ActCloseNotice)
	require.NoError(t, s.does(ActWithdraw, "wang-yang", nil))
	late.refuses("not_changeable", "change_decide", "approve", nil)
	late.on("change_decide", "reject").state(ChangeRejected)
}
