package policies

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// reach collects which rules decided something, and in which groups there was an allow or a refusal.
type reach struct {
	decided map[string]bool    // rules named by a permit or a refusal
	allowed map[station]bool   // where somebody was allowed
	refused map[[4]string]bool // where a holder of the role was refused
}

func (r *reach) ask(t *testing.T, p *Policies, person, act string, what civic.Subject) {
	t.Helper()
	q, err := p.question(actor(person), act, what)
	require.NoError(t, err)
	permit, err := q.judge()
	if err == nil {
		r.decided[permit.Rule] = true
		r.allowed[station{q.what.Object, q.step, act}] = true
		return
	}
	no := civic.AsRefusal(err)
	require.NotNil(t, no, "%v", err)
	r.decided[no.Rule] = true
	for _, c := range q.all() {
		r.refused[[4]string{c.role(), q.what.Object, q.step, act}] = true
	}
}

// TestEveryRuleIsReachedByAnAllowAndByADeny holds: an allow rule allows somebody, and somebody who holds its role is
// refused all the same; a deny rule refuses somebody, and where it does not speak the same act is allowed.
func TestEveryRuleIsReachedByAnAllowAndByADeny(t *testing.T) {
	t.Parallel()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	r := &reach{map[string]bool{}, map[station]bool{}, map[[4]string]bool{}}
	for _, role := range civic.Roles {
		for _, situation := range []string{"own_unit_or_seat", "foreign", "applicant", "separated"} {
			r.askEverywhere(t, scene(t, book, role.Role, situation), role.Role, situation)
		}
		for _, second := range []civic.Role{civic.DeptClerk, civic.SystemAdmin} {
			p := scene(t, book, role.Role, "own_unit_or_seat")
			s := *p.current.Load()
			s.grants = map[string][]civic.Grant{"ann": append(s.grants["ann"], grant("ann", second, "own"), grant("ann", second, "dept"))}
			p.current.Store(&s)
			r.askEverywhere(t, p, role.Role, "own_unit_or_seat")
		}
	}
	r.askTheRest(t)
	for _, rule := range book.rules {
		require.True(t, r.decided[rule.ID()], "nothing is decided by %s", rule.ID())
		require.True(t, rule.Effect == deny || rule.Role == signedIn || r.someRefused(rule), "nobody is refused in spite of %s", rule.ID())
		require.True(t, rule.Effect == allow || r.someAllowed(rule), "nobody is allowed in spite of %s", rule.ID())
	}
}

func (r *reach) askEverywhere(t *testing.T, p *Policies, role civic.Role, situation string) {
	t.Helper()
	for _, at := range stations() {
		r.ask(t, p, "ann", at.act, thing(role, at, situation))
	}
}

// askTheRest asks what the situations of the matrix do not show.
func (r *reach) askTheRest(t *testing.T) {
	t.Helper()
	none := among(t)
	for _, at := range []station{{"case", anyone, "read"}, {"case", anyone, "history"}, {"case", anyone, "explain"}, {"task", "examine", "read"}} {
		what := thing(civic.OfficeClerk, at, "none")
		what.Readers = []string{"ann"}
		r.ask(t, none, "ann", at.act, what)
	}
	for _, role := range []civic.Role{civic.Reviewer, civic.Legal} {
		p := among(t, grant("ann", role, "dept"))
		for _, act := range []string{"decide", "claim"} {
			r.ask(t, p, "ann", act, task("joint", civic.Seat{Role: role, Unit: "dept"}))
		}
	}
}

func (r *reach) someRefused(rule Rule) bool {
	for key := range r.refused {
		if key[0] == rule.Role && key[1] == rule.Object && (key[2] == rule.Step || rule.Step == anyone) && key[3] == rule.Act {
			return true
		}
	}
	return false
}

func (r *reach) someAllowed(rule Rule) bool {
	for at := range r.allowed {
		if at.object == rule.Object && (at.step == rule.Step || rule.Step == anyone) && (at.act == rule.Act || rule.Act == anyone) {
			return true
		}
	}
	return false
}

func TestEverybodySignedInMeansNobodyElse(t *testing.T) {
	t.Parallel()
	p := among(t)
	for _, r := range p.Rules() {
		_, err := p.Decide(t.Context(), civic.Actor{}, r.Act, civic.Subject{Object: r.Object})
		require.True(t, civic.Refused(err, "sign_in"), r.ID())
	}
}

// The procedure says who answers a step; the policy must say the same.
func TestStepsAreAnsweredByTheRolesThatTheProcedureNames(t *testing.T) {
	t.Parallel()
	is, want := map[string][]string{}, map[string][]string{}
	for _, r := range among(t).Rules() {
		if r.Object == "task" && r.Effect == allow && (r.Act == "decide" || r.Act == "correct") {
			is[r.Step] = append(is[r.Step], r.Role)
			require.Equal(t, "own_seat", r.Condition, r.ID())
			require.Equal(t, r.Act == "correct", r.Step == "correct", "a correction is handed in, everything else is decided: %s", r.ID())
		}
	}
	for _, name := range everyStep() {
		s, _ := stepOf(name)
		for _, role := range s.Roles {
			want[s.Name] = append(want[s.Name], string(role))
		}
		slices.Sort(is[s.Name])
		slices.Sort(want[s.Name])
	}
	require.Equal(t, want, is)
}

func TestEveryActOfAPersonIsAWordOfTheVocabulary(t *testing.T) {
	t.Parallel()
	tasks := []civic.ActKind{
		civic.ActDecide, civic.ActCorrect, civic.ActClaim, civic.ActRelease, civic.ActTransfer, civic.ActDelegate,
		civic.ActRemoveSigner, civic.ActRecall, civic.ActUrge,
	}
	cases := []civic.ActKind{
		civic.ActSubmit, civic.ActWithdraw, civic.ActAppeal, civic.ActObject, civic.ActAddSigner, civic.ActCopy,
		civic.ActPause, civic.ActResume, civic.ActSuspend, civic.ActReinstate, civic.ActProposeExit, civic.ActNameNext, civic.ActRecompose,
		civic.ActApplyPresale, civic.ActExtendOrder, civic.ActRecordObstacle, civic.ActReportMisuse, civic.ActProposeDemolition,
	}
	for object, kinds := range map[string][]civic.ActKind{"task": tasks, "case": cases} {
		o, ok := objectNamed(object)
		require.True(t, ok)
		for _, k := range kinds {
			require.Contains(t, o.Acts, string(k))
		}
	}
	for _, k := range []civic.ActKind{
		civic.ActLapse, civic.ActCloseConsult, civic.ActCloseNotice, civic.ActReopen, civic.ActExpire,
		civic.ActArchive, civic.ActRemind, civic.ActRecalculate, civic.ActCloseDeclaring, civic.ActSettle, civic.ActCheckDue,
		civic.ActTransferOrder, civic.ActHandoverLate, civic.ActOpenPatrols,
	} {
		for _, o := range Objects {
			require.NotContains(t, o.Acts, string(k), "what the system does is nobody's to do")
		}
	}
}

// Whoever may read a case may also read its history and why it was decided so.
func TestHistoryAndReasonsAreReadByWhoReadsTheCase(t *testing.T) {
	t.Parallel()
	of := map[string][]Rule{}
	for _, r := range among(t).Rules() {
		if r.Object == "case" && r.Effect == allow {
			act := r.Act
			r.Line, r.Act = 0, ""
			of[act] = append(of[act], r)
		}
	}
	require.Equal(t, of["read"], of["history"])
	require.Equal(t, of["read"], of["explain"])
}

func TestSeats(t *testing.T) {
	t.Parallel()
	p := among(t, grant("zoe", civic.Finance, "finance"), grant("zoe", civic.Reviewer, "finance"), standIn("zoe", "anna"),
		grant("anna", civic.OfficeClerk, "office"), grant("ada", civic.Auditor, "centre"), standIn("zoe", "ada"))
	got, err := p.Seats(t.Context(), actor("zoe"))
	require.NoError(t, err)
	require.Equal(t, []civic.SeatOf{
		{Seat: civic.Seat{Role: civic.Finance, Unit: "finance"}, Grant: "g.zoe.finance_officer.finance"},
		{Seat: civic.Seat{Role: civic.Reviewer, Unit: "finance"}, Grant: "g.zoe.joint_reviewer.finance"},
		{Seat: civic.Seat{Role: civic.OfficeClerk, Unit: "office"}, Grant: "g.anna.city_office_clerk.office", Principal: "anna"},
	}, got)
}

func TestScopes(t *testing.T) {
	t.Parallel()
	over := grant("mia", civic.StreetClerk, "street-2")
	over.Until = new(time.Time)
	*over.Until = today
	p := among(t, grant("mia", civic.StreetClerk, "street-1"), over, grant("anna", civic.OfficeClerk, "office"), grant("wu", civic.DeptClerk, "dept"),
		grant("ada", civic.Auditor, "centre"), standIn("dan", "mia"), standIn("dan", "wu"))
	for _, c := range []struct {
		claim, person, object string
		want                  civic.Scope
	}{
		{"a street sees the cases in which it takes part", "mia", "case", civic.Scope{Units: []string{"street-1"}, Person: "mia"}},
		{"the office sees all", "anna", "case", civic.Scope{All: true, Person: "anna"}},
		{"but of drafts its own only", "anna", "draft", civic.Scope{Units: []string{"office"}}},
		{"a department sees its own", "wu", "draft", civic.Scope{Units: []string{"dept"}}},
		{"a deputy sees what the principals see", "dan", "case", civic.Scope{Units: []string{"dept", "street-1"}, Person: "dan"}},
		{"an auditor sees no case", "ada", "case", civic.Scope{}},
		{"but all logs", "ada", "audit", civic.Scope{All: true}},
		{"whoever holds no role sees what was copied to them", "carl", "case", civic.Scope{Person: "carl"}},
		{"and their own notices", "carl", "notice", civic.Scope{Person: "carl"}},
	} {
		got, err := p.Scope(t.Context(), actor(c.person), c.object)
		require.NoError(t, err)
		require.Equal(t, c.want, got, c.claim)
	}
	_, err := p.Scope(t.Context(), actor("carl"), "secrets")
	require.ErrorContains(t, err, "nobody can list")
	_, err = p.Scope(t.Context(), civic.Actor{}, "case")
	require.True(t, civic.Refused(err, "sign_in"))
}
