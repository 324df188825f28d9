package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// owner is a person with things of their own: an account, a session, a token, the answer to an act, a notice.
type owner string

func (o owner) account() string { return civic.NewID("account", string(o)) }
func (o owner) session() string { return "session of " + string(o) } // beside the one that they ask with
func (o owner) key() string     { return "key-of-" + string(o) }
func (o owner) tokenID() string {
	return civic.NewID("api token", deed("token.create", string(o), o.key()).ID)
}
func (o owner) notice() string { return civic.NewID("notice", string(o)) }
func (o owner) later() string  { return civic.NewID("later deputy", string(o)) }

// somebodyElse is whose things are not the asker's.
const somebodyElse owner = "somebody-else"

// about is whom a cell's thing belongs to, as in the matrix.
func about(c *cell) owner {
	switch c.relation {
	case foreign, applicant, separated:
		return somebodyElse
	case deputy, expiredDeputy:
		return owner(c.who.principal)
	}
	return owner(c.who.id)
}

// furnish gives somebody their things.
func (g *grid) furnish(o owner) {
	g.Helper()
	g.exec(`INSERT INTO account (id, person, login, password, must_change) VALUES ($1, $2, $2, 'never', false)`, o.account(), string(o))
	g.session(o, o.session())
	_, err := g.store.CreateToken(g.Context(), deed("token.create", string(o), o.key()), o.account(), civic.NewToken{Label: "theirs", Days: 1}, civic.TokenPrefix+o.key())
	require.NoError(g, err)
	g.exec(`INSERT INTO notice (id, person, kind, at) VALUES ($1, $2, 'changed', city_now())`, o.notice(), string(o))
	g.exec(`INSERT INTO deputy (id, principal, person, valid_from, valid_until) VALUES ($1, $2, 'spare-legal', city_now() + interval '100 days', city_now() + interval '101 days')`,
		o.later(), string(o))
}

func (g *grid) session(o owner, token string) {
	g.Helper()
	g.exec(`INSERT INTO session (hash, account, expires_at) VALUES ($1, $2, clock_timestamp() + interval '12 hours') ON CONFLICT DO NOTHING`, digestOf(token), o.account())
}

// every reads a list to its end and reports whether it holds the id.
func (g *grid) every(c *cell, path string, first answer, id string) bool {
	for a := first; ; {
		var page struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
			Next string `json:"next"`
		}
		a.into(g, &page)
		for _, item := range page.Items {
			if item.ID == id {
				return true
			}
		}
		if page.Next == "" {
			return false
		}
		mark := "?"
		if strings.Contains(path, "?") {
			mark = "&"
		}
		a = g.send(c.op, request{path: path + mark + "after=" + url.QueryEscape(page.Next)}, c.who.cookie())
	}
}

// lists is a route of a list: what the matrix allows is in it, and nothing else.
func lists(path func(g *grid, c *cell) string, id func(g *grid, c *cell) string) route {
	return route{
		ask:   func(g *grid, c *cell) request { return request{path: path(g, c)} },
		shows: func(g *grid, c *cell, a answer) bool { return g.every(c, path(g, c), a, id(g, c)) },
	}
}

// listsOwn is a list of what belongs to a person.
func listsOwn(path string, id func(owner) string) route {
	return lists(func(*grid, *cell) string { return path }, func(_ *grid, c *cell) string { return id(about(c)) })
}

func onOwn(path func(owner) string) route {
	return route{ask: func(_ *grid, c *cell) request { return request{path: path(about(c))} }}
}

// signOut ends a session made for it, so that the person can go on asking with theirs.
func signOut(g *grid, c *cell) request {
	token := "brief " + c.who.id
	g.session(owner(c.who.id), token)
	return request{path: "/session", cookie: token}
}

// nameDeputy names a deputy of the person that the cell is about, for an hour that nobody else has named one for.
func nameDeputy(g *grid, c *cell) request {
	from := g.store.Now().Add(time.Duration(24*200+c.n) * time.Hour)
	return request{path: "/deputies", body: map[string]any{"principal": string(about(c)), "person": "spare-legal", "from": from, "until": from.Add(time.Hour)}}
}

// newDraft is a draft of the asker's unit, or of another.
func newDraft(path string) func(*grid, *cell) request {
	return func(_ *grid, c *cell) request {
		unit := home(c.role)
		if c.relation == foreign {
			unit = dept
		}
		return request{path: path, body: NewDraft{Unit: unit, Form: surveyForm("一项入户调查")}}
	}
}

// lineFor is a budget line of the asker's unit, or of another.
func lineFor(c *cell) string {
	if c.relation == foreign || home(c.role) == dept {
		return "cz-human-resources-2026-1"
	}
	return "line-of-the-office"
}

func newLine(_ *grid, c *cell) request {
	return request{path: "/budget-lines", body: civic.NewLine{
		ID: fmt.Sprintf("line-%d", c.n), Unit: home(c.role), Year: 2027, Subject: "社区", Name: "社区经费", Appropriated: 100_000, Reason: "预算批复",
	}}
}

func appropriate(_ *grid, c *cell) request {
	return request{path: "/budget-lines/" + lineFor(c), body: map[string]any{"appropriated_fen": 50_000_000 + c.n, "reason": "追加预算"}}
}

func publish(_ *grid, c *cell) request {
	return request{path: "/entries", body: civic.NewEntry{List: civic.Negative, Category: civic.LedgerItem, Name: fmt.Sprintf("第%d号台账", c.n), Source: "常民〔2026〕3号"}}
}

// endEntry ends a line of a list that is there to be ended.
func endEntry(g *grid, c *cell) request {
	entry, err := g.store.PublishEntry(g.Context(), deed("list.publish", "chen-jing", civic.NewID("to be ended", c.String())),
		civic.NewEntry{List: civic.Negative, Category: civic.LedgerItem, Name: fmt.Sprintf("第%d号待终止台账", c.n), Source: "常民〔2026〕3号"})
	require.NoError(g, err)
	return request{path: "/entries/" + entry.ID + "/end", body: map[string]any{"reason": "误列"}}
}

var holiday = civic.CalendarImport{CSV: "date,kind,name,notice\n2031-01-01,holiday,元旦,2031\n", Official: []int{2031}, Source: "国办发明电〔2030〕1号"}

func changeParameter(g *grid, c *cell) request {
	day := g.store.Now().AddDate(0, 0, 1+c.n).Format(time.DateOnly)
	return request{path: "/parameters", body: NewParameter{Key: "task.yellow_wd", Value: "2", From: day, Source: "常民〔2026〕4号", Tag: "P"}}
}

func newAccount(_ *grid, c *cell) request {
	return request{path: "/accounts", body: civic.NewAccount{Person: fmt.Sprintf("colleague-%d", c.n), Name: "新同事", Unit: home(c.role), Login: fmt.Sprintf("colleague.%d", c.n)}}
}

// stranger is a new person whom nothing has been done to yet.
func (g *grid) stranger(c *cell) string {
	g.Helper()
	id := fmt.Sprintf("stranger-%s-%d", strings.ToLower(c.op.id), c.n)
	g.exec(`INSERT INTO person (id, name) VALUES ($1, $1) ON CONFLICT DO NOTHING`, id)
	return id
}

// onAccount does something to the account of somebody new.
func onAccount(path string, disabled bool) func(*grid, *cell) request {
	return func(g *grid, c *cell) request {
		o := owner(g.stranger(c))
		g.exec(`INSERT INTO account (id, person, login, password, disabled_at) VALUES ($1, $2, $2, 'never', CASE WHEN $3 THEN clock_timestamp() END) ON CONFLICT DO NOTHING`, o.account(), string(o), disabled)
		return request{path: "/accounts/" + o.account() + path}
	}
}

// grantee is for whom a cell's grant is: in the matrix, whoever it is about, or somebody new.
func (g *grid) grantee(c *cell) string {
	if o := about(c); o != somebodyElse {
		return string(o)
	}
	return g.stranger(c)
}

// grantUnits keep the grants that three operations are asked about apart.
var grantUnits = map[string]string{"confirmGrant": "cz-reform", "revokeGrant": "cz-education", "listGrants": "cz-culture-tourism", "proposeGrant": "cz-ecology"}

// grantRole is a role that the person of a cell's grant can hold beside theirs.
func grantRole(c *cell) civic.Role {
	if c.role.Administers() && about(c) != somebodyElse {
		return c.role
	}
	return civic.Supervisor
}

// proposal is a grant that waits for its second person.
func (g *grid) proposal(c *cell) (id, person string) {
	g.Helper()
	id, person = civic.NewID("proposal", c.String()), g.grantee(c)
	by := "an-quanming"
	if c.relation == applicant {
		by = c.who.id
	}
	g.exec(`INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, granted_at) VALUES ($1, $2, $3, $4, city_now(), $5, city_now()) ON CONFLICT DO NOTHING`,
		id, person, string(grantRole(c)), grantUnits[c.op.id], by)
	return id, person
}

func onGrant(path string, body any) route {
	return route{ask: func(g *grid, c *cell) request {
		id, _ := g.proposal(c)
		return request{path: "/grants/" + id + path, body: body}
	}}
}

// grantList asks for the grants of one person.
func grantList(g *grid, c *cell) request {
	_, person := g.proposal(c)
	return request{path: "/grants?ended=true&limit=100&person=" + person}
}

func showsGrant(g *grid, c *cell, a answer) bool {
	return g.every(c, "", a, civic.NewID("proposal", c.String()))
}

func proposeGrant(g *grid, c *cell) request {
	return request{path: "/grants", body: map[string]any{"person": g.grantee(c), "role": grantRole(c), "unit": grantUnits[c.op.id]}}
}

// markRead marks a notice; whether it is marked is in the record, for the answer is the same for what is not there.
func markRead(_ *grid, c *cell) request {
	return request{path: "/notices/read", body: NoticeIds{Ids: []string{about(c).notice()}}}
}

func isMarked(g *grid, c *cell, _ answer) (marked bool) {
	require.NoError(g, g.super.QueryRowContext(g.Context(), `SELECT read_at IS NOT NULL FROM notice WHERE id = $1`, about(c).notice()).Scan(&marked))
	return marked
}

// countsCases: nobody counts what they may not see.
func countsCases(g *grid, _ *cell, a answer) bool {
	var counts civic.Counts
	a.into(g, &counts)
	return slices.ContainsFunc(counts.States, func(s civic.StateCount) bool { return s.Count > 0 })
}

// showsInbox: what is listed waits for the seat that the cell is about, and is there.
func showsInbox(g *grid, c *cell, a answer) bool {
	var inbox struct {
		Items []struct {
			Seat civic.Seat `json:"seat"`
		}
	}
	a.into(g, &inbox)
	for _, line := range inbox.Items {
		if s := line.Seat; s.Role != c.role || s.Unit != c.who.unit || s.Person != "" && s.Person != c.who.sits() {
			g.Errorf("%s: a task of another seat is listed: %+v", c, s)
		}
	}
	return len(inbox.Items) > 0
}

func countsInbox(g *grid, _ *cell, a answer) bool {
	var n civic.InboxCount
	a.into(g, &n)
	return n.Open > 0
}

// showsAnswered: what one has answered is listed as long as one may read it.
func showsAnswered(g *grid, _ *cell, a answer) bool {
	var list struct{ Items []struct{} }
	a.into(g, &list)
	return len(list.Items) > 0
}
