package civic

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
)

func TestAProjectPassesEveryGateInItsOrder(t *testing.T) {
	t.Parallel()
	s := builtTo(t, InUse, estate())
	h := s.project()
	require.Len(t, h.Gates, len(HousingGates))
	for i, g := range HousingGates {
		require.Equal(t, g.Gate, h.Gates[i].Gate)
		require.True(t, i == 0 || h.Gates[i].At.After(h.Gates[i-1].At))
	}
	for _, stage := range space.Stages() {
		require.Equal(t, m2("640"), *h.Areas.At(stage), stage)
	}
	require.Len(t, h.Handover.Signed, 4, "three parties and a witness")
	require.Len(t, h.Rooms, 3)
	require.Equal(t, 2014, h.Standard.Version)
}

func TestTheStandardOfTheDayOfTheConditionsIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day      string
		homes    int64
		required string
		version  int
	}{
		{"2014-08-29", 500, "600", 2014}, {"2014-08-29", 1875, "600", 2014}, {"2014-08-29", 1876, "601", 2014}, {"2014-08-29", 2000, "640", 2014}, {"2014-08-29", 3000, "960", 2014},
		{"2022-01-28", 4500, "1440", 2014}, {"2022-01-29", 4500, "1350", 2022}, {"2022-01-29", 500, "150", 2022}, {"2022-01-29", 1875, "563", 2022},
	} {
		form := estate()
		form.Households = c.homes
		s := onSite(t, form)
		s.now = clock("2022-06-01 09:00")
		require.NoError(t, s.does(ActSubmit, "wang-yang", nil))
		d := s.usual("conditions", "issue")
		d.Document.Date, d.Conditions.Area = c.day, m2("2000")
		s.on("conditions", "issue", d)
		h := s.project()
		require.Equal(t, m2(c.required), h.Requirement.Area, "%d homes on %s", c.homes, c.day)
		require.Equal(t, c.version, h.Standard.Version)
		require.Equal(t, day(c.day), s.d.Case.RulesAt, "the project is decided under the rules of that day")
		require.Equal(t, "cz-civil-affairs", s.open("countersign")[0].Seat.Unit)
	}
	s := onSite(t, estate())
	require.NoError(t, s.does(ActSubmit, "wang-yang", nil))
	d := s.usual("conditions", "issue")
	d.Document.Date = "2013-01-01"
	s.refuses("no_standard", "conditions", "issue", d)
}

func TestNothingGoesOnWithoutCivilAffairs(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"revise", "disagree"} {
		builtTo(t, Countersigning, estate()).on("countersign", answer).state(Conditions).on("conditions", "issue").state(Countersigning)
		s := builtTo(t, DesignReview, estate())
		s.on("design_review", answer).state(DesignReview).on("design_review", "agree").state(Designing)
		s.on("drawings", "hand_in").on("design_review", "agree").state(DesignReview).on("design_review", "agree").state(Permitting)
	}
}

func TestAreasBelowWhatIsOwedAreRefusedWithTheirFigures(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Conditions, estate())
	d := s.usual("conditions", "issue")
	d.Conditions.Area = m2("639.99")
	require.Equal(t, "640.00", s.refuses("below_required", "conditions", "issue", d).Figures["required"])

	s = builtTo(t, Designing, estate())
	d = s.usual("drawings", "hand_in")
	d.Rooms = append(rooms(m2("639.99")), HousingRoom{Name: "物业", Use: space.PropertyManagement, Storey: 1, Area: m2("100")})
	require.Equal(t, "639.99", s.refuses("designed_below_required", "drawings", "hand_in", d).Figures["designed"])
	d.Rooms = append(rooms(m2("640")), HousingRoom{Name: "地下", Use: space.CommunityService, Storey: -1, Area: m2("10")})
	s.refuses("below_ground", "drawings", "hand_in", d)
	d.Rooms = append(rooms(m2("640")), HousingRoom{Name: "三层", Use: space.CommunityService, Storey: 3, Area: m2("10")})
	s.refuses("too_high", "drawings", "hand_in", d)

	s = builtTo(t, Permitting, estate())
	d = s.usual("planning_permit", "grant")
	less := m2("639")
	d.Area = &less
	s.refuses("permitted_differs", "planning_permit", "grant", d)

	s = builtTo(t, Surveying, estate())
	d = s.usual("survey", "measured")
	d.Rooms = rooms(m2("633.59"))
	s.on("survey", "measured", d)
	no := s.refuses("measured_below_permitted", "planning_check", "pass", nil)
	require.Equal(t, []any{"640.00", "633.59", "6.41", "6.40"}, []any{no.Figures["permitted"], no.Figures["measured"], no.Figures["short"], no.Figures["allowed"]})
	s.on("planning_check", "fail").state(Building)
	d.Rooms = rooms(m2("633.60"))
	s.on("inspect", "finished").on("survey", "measured", d).on("planning_check", "pass").state(Completing)
}

func TestThePresaleWaitsForTheRooms(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Building, estate())
	require.True(t, Refused(s.does(ActApplyPresale, "zhang-cheng", &HousingDetails{Phase: 2}), "no_such_phase"))
	require.NoError(t, s.does(ActApplyPresale, "zhang-cheng", &HousingDetails{Phase: 1}))
	s.refuses("not_inspected", "presale", "pass", nil)
	lag := &HousingDetails{Progress: &HousingProgress{Homes: 1000, Rooms: m2("319.99")}}
	require.Equal(t, "0.01", s.refuses("rooms_lag", "inspect", "normal", lag).Figures["behind"])
	s.on("inspect", "lag", lag)
	require.Equal(t, "0.01", s.refuses("rooms_lag", "presale", "pass", nil).Figures["behind"])
	s.on("presale", "hold")
	s.refuses("bad_progress", "inspect", "normal", &HousingDetails{Progress: &HousingProgress{Homes: 999, Rooms: m2("320")}})
	s.on("inspect", "normal", &HousingDetails{Progress: &HousingProgress{Homes: 1000, Rooms: m2("320")}})
	require.NoError(t, s.does(ActApplyPresale, "zhang-cheng", &HousingDetails{Phase: 1}))
	s.on("presale", "pass")
	require.True(t, Refused(s.does(ActApplyPresale, "zhang-cheng", &HousingDetails{Phase: 1}), "presale_passed"))
	s.refuses("not_finished", "inspect", "finished", &HousingDetails{Progress: &HousingProgress{Homes: 1999, Rooms: m2("640")}})
}

func TestNoVerificationIsBetterThanWhatWasSeen(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Checking, estate())
	no := s.refuses("better_than_seen", "verify", "pass", &HousingDetails{Checklist: checklist("utilities")})
	require.Equal(t, "fail", no.Figures["grade"])
	require.Equal(t, "location_utilities", no.Also[0].Code)
	s.refuses("better_than_seen", "verify", "minor", &HousingDetails{Checklist: checklist("utilities"), Defects: []string{"无电"}})
	s.refuses("better_than_seen", "verify", "pass", &HousingDetails{Checklist: checklist("fit_out")})
	s.refuses("unanswered", "verify", "pass", &HousingDetails{Checklist: checklist()[:3]})
	s.refuses("bad_checklist", "verify", "pass", &HousingDetails{Checklist: append(checklist(), space.Answer{Code: "swimming_pool", Met: true})})
	s.on("verify", "minor").state(HandingOver)
	lacking := inventory(m2("640"))
	lacking.Lines = lacking.Lines[:3]
	s.refuses("defects_missing", "hand_over", "offer", &HousingDetails{Inventory: lacking})
}

func TestAnOrderHasItsTermOneExtensionAndIsTransferredWhenIgnored(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Checking, estate()).on("verify", "fail").state(Rectifying)
	o := s.project().Orders[0]
	require.Equal(t, []any{"常民发〔2014〕1号", OrderOpen, 1}, []any{o.Number, o.State, len(o.Defects)})
	require.NoError(t, s.does(ActExtendOrder, "zhang-cheng", nil))
	s.on("extension", "grant")
	later := s.project().Orders[0]
	require.True(t, later.DueAt.After(o.DueAt))
	require.Equal(t, later.DueAt, *s.d.Case.ActsAt)
	require.Equal(t, later.DueAt, *s.open("rectify")[0].DueAt)
	require.True(t, Refused(s.does(ActExtendOrder, "zhang-cheng", nil), "extended_enough"))
	require.True(t, Refused(s.does(ActTransferOrder, System, nil), "not_due"))
	s.itself(ActTransferOrder).state(Enforcing)
	require.Equal(t, OrderTransferred, s.project().Orders[0].State)
	require.Equal(t, PlanningOfficer, s.open("enforce")[0].Seat.Role)
	s.on("enforce", "corrected").state(Checking).on("verify", "pass").state(HandingOver)

	s = builtTo(t, Checking, estate()).on("verify", "fail")
	s.now = s.d.Case.ActsAt.AddDate(0, 0, -1)
	require.True(t, Refused(s.does(ActExtendOrder, "zhang-cheng", nil), "too_late"))
	s.on("rectify", "rectified").state(Checking).on("verify", "fail").state(Rectifying)
	require.Len(t, s.project().Orders, 2)
	require.Equal(t, OrderAnswered, s.project().Orders[0].State)
}

// short is a project whose rooms came out 40 m² too small, which planning has dealt with by law.
func short(t tester) *site {
	s := builtTo(t, Surveying, estate())
	d := s.usual("survey", "measured")
	d.Rooms = rooms(m2("600"))
	s.on("survey", "measured", d).on("planning_check", "pass_recorded").on("file_completion", "file").on("acceptance", "accept").state(Checking)
	return s
}

func TestAShortfallIsNeverClosedBeforeNothingIsOpen(t *testing.T) {
	t.Parallel()
	s := short(t)
	s.refuses("better_than_seen", "verify", "pass", nil)
	s.refuses("not_tried", "verify", "settle", nil)
	s.on("verify", "fail").on("rectify", "impossible").state(Checking).on("verify", "settle").state(Settling)
	pay := &HousingDetails{Measure: &HousingMeasure{Remedy: space.Pay, Area: m2("40")}}
	require.Equal(t, "extend", s.refuses("remedy_out_of_order", "remedy", "propose", pay).Figures["next"])
	s.refuses("remedy_out_of_order", "remedy", "rule_out", &HousingDetails{Remedy: "buy_nearby"})
	s.on("remedy", "propose", &HousingDetails{Measure: &HousingMeasure{Remedy: space.Extend, Area: m2("15")}}).on("remedy_review", "agree").on("remedy_delivery", "exists").state(Settling)
	s.on("remedy", "rule_out").on("remedy_review", "agree")
	away := &HousingDetails{Measure: &HousingMeasure{Remedy: space.BuyNearby, Area: m2("25"), Region: "xinhe", Storey: 1}}
	s.refuses("purchase_elsewhere", "remedy", "propose", away)
	s.on("remedy", "rule_out").on("remedy_review", "agree").on("remedy", "propose", &HousingDetails{Measure: &HousingMeasure{Remedy: space.Pay, Area: m2("25")}})
	s.on("remedy_review", "agree")
	require.Equal(t, GroupChair, s.open("remedy_decide")[0].Seat.Role, "a payment is the leading group's to allow")
	s.on("remedy_decide", "allow")
	require.Equal(t, "10000000", fmt.Sprint(s.refuses("bad_amount", "remedy_booking", "booked", &HousingDetails{Document: s.paper(), Booked: 10_000_001}).Figures["due_fen"]))
	s.on("remedy_booking", "booked", &HousingDetails{Document: s.paper(), Booked: 9_999_999}).state(Settling)
	s.on("remedy_booking", "booked").state(HandingOver)
	b, err := s.project().Settlement.Balance()
	require.NoError(t, err)
	require.True(t, b.Settled)
	require.Equal(t, "15.00", s.refuses("handed_over_differs", "hand_over", "offer", &HousingDetails{Inventory: inventory(m2("600"))}).Figures["made_good"])
	s.on("hand_over", "offer").on("sign_handover", "sign").on("sign_handover", "sign").on("sign_handover", "sign").state(Titling)
	require.Equal(t, m2("615"), *s.project().Areas.HandedOver)
}

func TestNothingIsHandedOverWithoutItsArchivesOrASignature(t *testing.T) {
	t.Parallel()
	s := builtTo(t, HandingOver, estate())
	bare := inventory(m2("640"))
	bare.Archives = bare.Archives[:2]
	require.Equal(t, []string{"planning", "fire"}, s.refuses("archives_missing", "hand_over", "offer", &HousingDetails{Inventory: bare}).Figures["missing"])
	s.on("hand_over", "offer").on("sign_handover", "sign").on("sign_handover", "reject").on("sign_handover", "sign").state(HandingOver)
	require.Empty(t, s.project().Handover.Signed)
	s.itself(ActHandoverLate).state(HandingOver)
	require.True(t, s.project().Handover.Late)
	require.Nil(t, s.d.Case.ActsAt)
	s.on("hand_over", "offer").on("sign_handover", "sign").on("sign_handover", "sign").on("sign_handover", "sign").state(Titling)
}

func TestAnObstacleOfTheTitleDoesNotKeepTheRoomsClosed(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Titling, estate()).on("register_title", "obstacle").state(Opening)
	require.Len(t, s.open("register_title"), 1)
	s.on("put_into_use", "open").state(InUse)
	require.Len(t, s.open("register_title"), 1, "it is looked at again")
	s.on("register_title", "obstacle").on("register_title", "registered").state(InUse)
	require.Equal(t, m2("640"), *s.project().Areas.Registered)
	require.Empty(t, s.open("register_title"))
}

func TestRoomsInUseAreLookedAtAndAMisuseIsRecovered(t *testing.T) {
	t.Parallel()
	s := builtTo(t, Opening, estate())
	s.refuses("station_missing", "put_into_use", "open", &HousingDetails{InUse: laidOut()[:2]})
	big := laidOut()
	big[0].Area = m2("241")
	s.refuses("more_than_handed_over", "put_into_use", "open", &HousingDetails{InUse: big})
	s.on("put_into_use", "open")
	for range 5 {
		s.itself(ActOpenPatrols)
	}
	require.Len(t, s.open("patrol"), 1, "a patrol that is owed is not owed twice")
	require.Len(t, s.open("yearly_check"), 1)
	s.on("patrol", "misused").on("yearly_check", "normal")
	require.Equal(t, 15, s.open("recover")[0].Term)
	require.NoError(t, s.does(ActReportMisuse, "of-zhaoyang-committee", &HousingDetails{Misuse: "lease"}))
	require.True(t, Refused(s.does(ActReportMisuse, "of-zhaoyang-committee", &HousingDetails{Misuse: "party"}), "unknown_misuse"))
	require.Len(t, s.open("recover"), 2)
	s.on("recover", "recovered").on("recover", "unfounded")
	for _, m := range s.project().Misuses {
		require.NotNil(t, m.Recovered)
	}
	require.NoError(t, s.does(ActProposeDemolition, "of-hongmei-office", nil))
	s.on("replacement", "replaced").state(Replaced).itself(ActArchive).state(Archived)
}
