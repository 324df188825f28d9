package policies

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

var examining = civic.Seat{Role: civic.OfficeClerk, Unit: "office"}

func TestDecide(t *testing.T) {
	t.Parallel()
	clerk, director := grant("anna", civic.OfficeClerk, "office"), grant("bo", civic.OfficeHead, "office")
	filer := grant("filer", civic.DeptClerk, "dept")
	for _, c := range []struct {
		claim  string
		among  []any
		person string
		act    string
		what   civic.Subject
		code   string
	}{
		{"the seat's holder answers", []any{clerk}, "anna", "decide", task("examine", examining), ""},
		{"the same role in another unit does not", []any{grant("anna", civic.OfficeClerk, "other")}, "anna", "decide", task("examine", examining), "not_your_seat"},
		{"another role of the same unit does not", []any{director}, "bo", "decide", task("examine", examining), "not_granted"},
		{
			"a vote is its member's alone",
			[]any{grant("max", civic.GroupMember, "group")},
			"max", "decide",
			task("vote", civic.Seat{Role: civic.GroupMember, Unit: "group", Person: "eva"}), "not_your_seat",
		},
		{
			"a member casts their own vote",
			[]any{grant("eva", civic.GroupMember, "group")},
			"eva", "decide",
			task("vote", civic.Seat{Role: civic.GroupMember, Unit: "group", Person: "eva"}), "",
		},
		{"nobody answers on their own request, in whatever role", []any{grant("filer", civic.OfficeClerk, "office")}, "filer", "decide", task("examine", examining), "own_request"},
		{"nor takes its task", []any{grant("filer", civic.OfficeClerk, "office")}, "filer", "claim", task("examine", examining), "own_request"},
		{
			"who registered a request does not mend it",
			[]any{grant("anna", civic.DeptClerk, "dept")},
			"anna", "correct",
			task("correct", civic.Seat{Role: civic.DeptClerk, Unit: "dept"}, answered("register", "anna", "")), "took_part",
		},
		{"but hands in its correction", []any{filer}, "filer", "correct", task("correct", civic.Seat{Role: civic.DeptClerk, Unit: "dept"}), ""},
		{
			"who examined does not pre-review",
			[]any{director},
			"bo", "decide",
			task("prereview", civic.Seat{Role: civic.OfficeHead, Unit: "office"}, answered("examine", "bo", "")), "took_part",
		},
		{
			"nor if somebody examined for them",
			[]any{director},
			"bo", "decide",
			task("prereview", civic.Seat{Role: civic.OfficeHead, Unit: "office"}, answered("examine", "anna", "bo")), "took_part",
		},
		{
			"the applicant's people do not sign for another unit",
			[]any{grant("gu", civic.DeptClerk, "dept"), grant("gu", civic.Reviewer, "law")},
			"gu", "decide",
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}), "applicants_people",
		},
		{
			"they do once they have left",
			[]any{past(grant("gu", civic.DeptClerk, "dept")), grant("gu", civic.Reviewer, "law")},
			"gu", "decide",
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}), "",
		},
		{
			"whoever is asked sees the task, before the record names them a party",
			[]any{grant("hu", civic.StreetClerk, "street-1")},
			"hu", "decide",
			alone(task("consult", civic.Seat{Role: civic.StreetClerk, Unit: "street-1"})), "",
		},
		{"a delegated part is no second voice", []any{grant("rei", civic.Reviewer, "law")}, "rei", "decide", withPart("rei"), ""},
		{
			"another seat of the same round is",
			[]any{grant("rei", civic.Reviewer, "law")},
			"rei", "decide",
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}, answered("joint", "rei", "")), "two_voices",
		},
		{
			"they do for other applicants",
			[]any{grant("gu", civic.DeptClerk, "dept-2"), grant("gu", civic.Reviewer, "law")},
			"gu", "decide",
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}), "",
		},
		{
			"the applicant's unit has no vote",
			[]any{grant("sun", civic.Reviewer, "dept")},
			"sun", "decide",
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "dept"}), "applicant_has_no_vote",
		},
		{
			"finance signs for its own bureau's money too",
			[]any{grant("fei", civic.Finance, "dept")},
			"fei", "decide",
			task("joint", civic.Seat{Role: civic.Finance, Unit: "dept"}), "",
		},
		{"the office does not pause its own people's case", []any{grant("filer", civic.OfficeHead, "office")}, "filer", "pause", file(civic.Consult), "own_request"},
		{"whoever may not read a case does not find its tasks", []any{grant("hu", civic.StreetClerk, "street-9")}, "hu", "decide", task("examine", examining), "not_found"},
		{"nor the case", []any{grant("hu", civic.StreetClerk, "street-9")}, "hu", "withdraw", file(civic.Accepted), "not_found"},
		{"a unit that takes part may read, no more", []any{grant("hu", civic.StreetClerk, "street-1")}, "hu", "withdraw", file(civic.Accepted, "street-1"), "not_granted"},
		{"a case that is still a draft is its department's", []any{clerk}, "anna", "pause", file(civic.Draft), "not_found"},
		{"which files it", []any{filer}, "filer", "submit", file(civic.Draft), ""},
		{"everybody signed in may object to a public notice", nil, "carl", "object", file(civic.Publicity), ""},
		{"and not find the case before", nil, "carl", "object", file(civic.Issuing), "not_found"},
		{"the office hears that there is no notice", []any{clerk}, "anna", "object", file(civic.Issuing), "not_on_notice"},
		{"whoever was copied in reads along", nil, "carl", "read", civic.Subject{Object: "case", State: civic.Accepted, Unit: "dept", Readers: []string{"carl"}}, ""},
		{"the operator sees the engine", []any{grant("ops", civic.SystemAdmin, "centre")}, "ops", "engine", file(civic.Accepted), ""},
		{"and not the case", []any{grant("ops", civic.SystemAdmin, "centre")}, "ops", "read", file(civic.Accepted), "not_found"},
		{
			"not even when copied in",
			[]any{grant("ops", civic.Auditor, "centre")},
			"ops", "read",
			civic.Subject{Object: "case", State: civic.Accepted, Unit: "dept", Readers: []string{"ops"}},
			"not_found",
		},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.code, refusal(t, among(t, c.among...), c.person, c.act, c.what))
		})
	}
}

// past is the grant, over by now.
func past(g civic.Grant) civic.Grant {
	g.Until = &today
	return g
}

// alone is the thing with no parties on record.
func alone(w civic.Subject) civic.Subject {
	w.Parties = nil
	return w
}

// withPart is a joint-review task whose delegated part the person has answered, beside another unit's.
func withPart(person string) civic.Subject {
	part := answered("joint", person, "")
	part.Returns = "task-open"
	w := task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}, part)
	w.Tasks = append(w.Tasks, civic.Task{ID: "task-other", Step: "joint", Seat: civic.Seat{Role: civic.Reviewer, Unit: "other"}, Round: 1, State: civic.TaskOpen})
	return w
}

func TestAPermitNamesItsRuleAndGrant(t *testing.T) {
	t.Parallel()
	p := among(t, grant("anna", civic.OfficeClerk, "office"))
	got, err := p.Decide(t.Context(), actor("anna"), "decide", task("examine", examining))
	require.NoError(t, err)
	require.Regexp(t, `^policy\.csv:\d+ city_office_clerk task examine decide$`, got.Rule)
	require.Equal(t, civic.Permit{Rule: got.Rule, Grant: "g.anna.city_office_clerk.office"}, got)
}

func TestARefusalNamesItsRuleInWords(t *testing.T) {
	t.Parallel()
	p := among(t, grant("filer", civic.OfficeClerk, "office"), grant("bo", civic.OfficeHead, "office"))
	_, err := p.Decide(t.Context(), actor("filer"), "decide", task("examine", examining))
	own := civic.AsRefusal(err)
	require.Equal(t, civic.Forbidden, own.Kind)
	require.Regexp(t, `^policy\.csv:\d+ \* task \* decide deny$`, own.Rule)
	_, err = p.Decide(t.Context(), actor("bo"), "decide", task("examine", examining))
	other := civic.AsRefusal(err)
	require.Equal(t, "您的岗位不能办理此操作；可由领导小组办公室经办人办理。", other.Zh)
	require.Equal(t, "None of your roles may do this; it is for: leading-group office clerk.", other.En)
	require.Equal(t, map[string]any{"object": "task", "act": "decide", "roles": "city_office_clerk"}, other.Figures)
}

func TestADeputyActsForThePrincipalAndBearsTheirBars(t *testing.T) {
	t.Parallel()
	clerk, deputy := grant("anna", civic.OfficeClerk, "office"), standIn("dan", "anna")
	ended, over, early := deputy, deputy, deputy
	ended.EndedAt, over.Until, early.From = &today, today, today.AddDate(0, 0, 1)
	for _, c := range []struct {
		claim string
		among []any
		what  civic.Subject
		code  string
	}{
		{"answers in the principal's seat", []any{clerk, deputy}, task("examine", examining), ""},
		{"not after the term", []any{clerk, over}, task("examine", examining), "not_found"},
		{"not before the term", []any{clerk, early}, task("examine", examining), "not_found"},
		{"not for somebody who wears two hats", []any{clerk, deputy, grant("anna", civic.Auditor, "centre")}, task("examine", examining), "not_found"},
		{"not after it was ended", []any{clerk, ended}, task("examine", examining), "not_found"},
		{
			"not where the principal took part",
			[]any{grant("anna", civic.OfficeHead, "office"), deputy},
			task("prereview", civic.Seat{Role: civic.OfficeHead, Unit: "office"}, answered("examine", "anna", "")), "took_part",
		},
		{
			"not where they themselves took part",
			[]any{grant("anna", civic.OfficeHead, "office"), deputy},
			task("prereview", civic.Seat{Role: civic.OfficeHead, Unit: "office"}, answered("examine", "dan", "")), "took_part",
		},
		{"not on the principal's own request", []any{grant("filer", civic.OfficeClerk, "office"), standIn("dan", "filer")}, task("examine", examining), "own_request"},
		{
			"not where the principal files for the applicant",
			[]any{grant("gu", civic.DeptClerk, "dept"), grant("gu", civic.Reviewer, "law"), standIn("dan", "gu")},
			task("joint", civic.Seat{Role: civic.Reviewer, Unit: "law"}), "applicants_people",
		},
		{"not for the deputy's own principal: it does not pass on", []any{clerk, standIn("mia", "anna"), standIn("dan", "mia")}, task("examine", examining), "not_found"},
		{"not as an administrator", []any{clerk, deputy, grant("dan", civic.SystemAdmin, "centre")}, task("examine", examining), "not_found"},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.code, refusal(t, among(t, c.among...), "dan", "decide", c.what))
		})
	}
}

func TestOnesOwnSeatComesBeforeAPrincipals(t *testing.T) {
	t.Parallel()
	p := among(t, grant("anna", civic.OfficeClerk, "office"), grant("zoe", civic.OfficeClerk, "office"), standIn("zoe", "anna"))
	got, err := p.Decide(t.Context(), actor("zoe"), "decide", task("examine", examining))
	require.NoError(t, err)
	require.Equal(t, "g.zoe.city_office_clerk.office", got.Grant)
	require.Empty(t, got.Principal)
	seat := civic.Seat{Role: civic.OfficeHead, Unit: "office"}
	p = among(t, grant("anna", civic.OfficeHead, "office"), grant("zoe", civic.OfficeHead, "office"), standIn("zoe", "anna"))
	_, err = p.Decide(t.Context(), actor("zoe"), "decide", task("prereview", seat, answered("examine", "anna", "")))
	require.NoError(t, err, "the principal's bars do not follow into one's own seat")
}

func TestAGrantCountsByTheClock(t *testing.T) {
	t.Parallel()
	for claim, change := range map[string]func(*civic.Grant){
		"a grant that is over does not count":        func(g *civic.Grant) { g.Until = &today },
		"a revoked grant does not count":             func(g *civic.Grant) { g.RevokedAt = &today },
		"a grant nobody confirmed does not count":    func(g *civic.Grant) { g.ConfirmedBy = "" },
		"a grant that has yet to begin is no grant":  func(g *civic.Grant) { g.From = today.AddDate(0, 0, 1) },
		"a grant in another role is not this one":    func(g *civic.Grant) { g.Role = civic.Supervisor },
		"a role without rules allows nothing at all": func(g *civic.Grant) { g.Role = "planning_officer" },
	} {
		t.Run(claim, func(t *testing.T) {
			t.Parallel()
			g := grant("anna", civic.OfficeClerk, "office")
			change(&g)
			require.NotEmpty(t, refusal(t, among(t, g), "anna", "decide", task("examine", examining)))
			seats, err := among(t, g).Seats(t.Context(), actor("anna"))
			require.NoError(t, err)
			require.NotContains(t, seats, civic.SeatOf{Seat: examining, Grant: g.ID})
		})
	}
}

func TestThreeAdministratorsWearOneHatEach(t *testing.T) {
	t.Parallel()
	business := grant("ada", civic.OfficeClerk, "office")
	for _, admin := range []civic.Role{civic.SystemAdmin, civic.SecurityAdm, civic.Auditor} {
		hat := grant("ada", admin, "centre")
		p := among(t, business, hat)
		require.NotEmpty(t, refusal(t, p, "ada", "decide", task("examine", examining)), "an administrator does business")
		s, err := p.Scope(t.Context(), actor("ada"), "case")
		require.NoError(t, err)
		require.Equal(t, civic.Scope{}, s, "an administrator sees cases")
		for _, r := range p.Rules() {
			if civic.Role(r.Role) == admin && r.Effect == allow && r.Object != "case" && r.Object != "deputy" && r.Object != "grant" {
				require.Equal(t, "two_hats", refusal(t, p, "ada", r.Act, civic.Subject{Object: r.Object}), r.ID())
			}
		}
		seats, err := p.Seats(t.Context(), actor("ada"))
		require.NoError(t, err)
		require.Empty(t, seats, "somebody with two hats has no seat")
	}
}

func TestAnAdministratorStandsInForNoOtherRole(t *testing.T) {
	t.Parallel()
	p := among(t, grant("ada", civic.SystemAdmin, "centre"), grant("wu", civic.DeptClerk, "dept"), standIn("ada", "wu"), standIn("wu", "ada"))
	require.Equal(t, "two_hats", refusal(t, p, "ada", "create", civic.Subject{Object: "draft", Unit: "dept"}))
	require.Equal(t, "two_hats", refusal(t, p, "wu", "change", civic.Subject{Object: "parameter"}))
	p = among(t, grant("wu", civic.DeptClerk, "dept"), grant("wu", civic.SystemAdmin, "centre"), standIn("carl", "wu"))
	require.Equal(t, "two_hats", refusal(t, p, "carl", "create", civic.Subject{Object: "draft", Unit: "dept"}), "the principal's hats are the deputy's")
	seats, err := p.Seats(t.Context(), actor("ada"))
	require.NoError(t, err)
	require.Empty(t, seats)
}

func TestNoRuleJoinsTwoAdministrators(t *testing.T) {
	t.Parallel()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	business := map[string]bool{"draft": true, "task": true, "budget_line": true, "list": true, "stats": true}
	holders := map[[2]string]map[string]bool{}
	for _, r := range book.rules {
		if r.Effect != allow || !civic.Role(r.Role).Administers() {
			continue
		}
		require.False(t, business[r.Object], "an administrator does business: %s", r.ID())
		require.True(t, r.Object != "case" || r.Act == "engine", "an administrator handles cases: %s", r.ID())
		key := [2]string{r.Object, r.Act}
		if holders[key] == nil {
			holders[key] = map[string]bool{}
		}
		holders[key][r.Role] = true
	}
	for key, roles := range holders {
		require.True(t, len(roles) == 1 || key[1] == "read" && (key[0] == "grant" || key[0] == "deputy"), "%v belongs to %v", key, roles)
	}
}

func TestGrantsTakeTwoPeopleAndAThirdToReceive(t *testing.T) {
	t.Parallel()
	p := among(t, grant("sam", civic.SecurityAdm, "centre"), grant("sue", civic.SecurityAdm, "centre"), standIn("tom", "sam"))
	of := func(grantee, proposer string) civic.Subject {
		return civic.Subject{Object: "grant", Person: grantee, Applicant: proposer, Unit: "office"}
	}
	require.Empty(t, refusal(t, p, "sam", "propose", of("anna", "")))
	require.Equal(t, "own_grant", refusal(t, p, "sam", "propose", of("sam", "")))
	require.Empty(t, refusal(t, p, "sue", "confirm", of("anna", "sam")))
	require.Equal(t, "same_hand", refusal(t, p, "sam", "confirm", of("anna", "sam")))
	require.Equal(t, "own_grant", refusal(t, p, "sue", "confirm", of("sue", "sam")))
	require.Equal(t, "same_hand", refusal(t, p, "tom", "confirm", of("anna", "sam")), "a deputy is the same hand")
	require.Equal(t, "same_hand", refusal(t, p, "sam", "confirm", of("anna", "tom")), "the principal too")
	require.Equal(t, "own_grant", refusal(t, p, "tom", "propose", of("tom", "")))
	both := among(t, grant("sam", civic.SecurityAdm, "centre"), grant("sue", civic.SecurityAdm, "centre"), standIn("sue", "sam"))
	require.Equal(t, "same_hand", refusal(t, both, "sue", "confirm", of("anna", "sam")), "whoever stands in for the proposer, in their own right too")
	require.Empty(t, refusal(t, p, "tom", "propose", of("anna", "")))
	_, err := p.Decide(t.Context(), actor("sue"), "confirm", of("anna", ""))
	require.ErrorContains(t, err, "who proposed it", "a grant without its author is nobody's to confirm")
}

func TestDeputiesAreNamedByOneselfOrForTheAbsent(t *testing.T) {
	t.Parallel()
	p := among(t, grant("sam", civic.SecurityAdm, "centre"), grant("anna", civic.OfficeClerk, "office"))
	of := func(principal string, person ...string) civic.Subject {
		return civic.Subject{Object: "deputy", Person: principal, Readers: append(person, principal)}
	}
	require.Empty(t, refusal(t, p, "anna", "name", of("anna", "bo")))
	require.Equal(t, "not_yours", refusal(t, p, "anna", "name", of("bo", "anna")))
	require.Empty(t, refusal(t, p, "sam", "name", of("anna", "bo")))
	require.NotEmpty(t, refusal(t, p, "sam", "name", of("anna", "sam")), "in one's own favour")
	require.NotEmpty(t, refusal(t, p, "sam", "name", civic.Subject{Object: "deputy", Person: "anna"}), "without saying whom")
	require.Empty(t, refusal(t, p, "bo", "end", of("anna", "bo")), "the deputy declines")
	require.Empty(t, refusal(t, p, "anna", "end", of("anna", "bo")))
	require.Equal(t, "not_found", refusal(t, p, "carl", "end", of("anna", "bo")))
}
