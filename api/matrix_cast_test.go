package api

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/http"
	"slices"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// The relations of the matrix: its columns.
const (
	own           = "own_unit_or_seat" // the thing, the unit or the seat is the asker's
	foreign       = "foreign"          // it is others', in another unit
	applicant     = "applicant"        // the asker filed the request, or proposed the grant
	separated     = "separated"        // the asker has answered another step of the case
	deputy        = "deputy"           // the asker stands in for whose it is
	expiredDeputy = "expired_deputy"   // did so until a moment ago
	expiredGrant  = "expired_grant"    // held the role until a moment ago
	revokedGrant  = "revoked_grant"    // the role was taken away
	none          = "none"             // holds no role
)

var relations = []string{own, foreign, applicant, separated, deputy, expiredDeputy, expiredGrant, revokedGrant, none}

// Where the matrix is played.
const (
	dept          = "cz-human-resources"   // files the requests
	leadingOffice = "cz-leading-office"    // takes part in every case
	far           = "cz-sports"            // takes part in none
	spare         = "cz-health"            // can be asked besides
	reform        = "cz-reform"            // registers the projects
	builder       = "cz-developer-jinling" // builds them, and asks for their changes of plan
)

// seatUnits are where those sit whom the steps ask.
var seatUnits = map[civic.Role]string{
	civic.DeptClerk: dept, civic.DeptLeader: dept, civic.OfficeClerk: leadingOffice, civic.OfficeHead: leadingOffice,
	civic.Community: "cz-tianning-diaozhuang-01-committee", civic.StreetClerk: "cz-tianning-diaozhuang-office",
	civic.Reviewer: "cz-organisation", civic.Finance: "cz-finance", civic.Legal: "cz-justice",
	civic.GroupMember: "cz-leading-group", civic.GroupChair: "cz-leading-group",
}

// home is a role's own unit where no seat of its is asked: a department official's department, else a party to the case.
func home(role civic.Role) string {
	switch role {
	case civic.DeptClerk, civic.DeptLeader:
		return dept
	case civic.ReformOfficer:
		return reform
	case civic.Developer:
		return builder
	}
	return leadingOffice
}

// unitAt is the unit that the asker of a cell belongs to.
func unitAt(role civic.Role, relation, step string) string {
	switch {
	case relation == foreign:
		return far
	case asks(step, role):
		return seatUnits[role]
	}
	return home(role)
}

// asks reports whether a step is one for the role.
func asks(step string, role civic.Role) bool {
	s, _ := civic.Definitions[civic.AccessProcedure].Step(step)
	return slices.Contains(s.Roles, role)
}

// member is a person in exactly one relation, with an account and a session.
type member struct {
	id, token      string
	role           civic.Role
	relation, unit string
	principal      string // whom they stand in for, or did
}

// sits is the person in whose name the member would sit there.
func (m *member) sits() string {
	if m.principal != "" {
		return m.principal
	}
	return m.id
}

func (m *member) cookie() *http.Cookie { return &http.Cookie{Name: "lizheng", Value: m.token} }

// member finds the one person who stands so, or makes them up.
func (g *grid) member(role civic.Role, relation, unit string) *member {
	key := [3]string{string(role), relation, unit}
	if m, ok := g.cast[key]; ok {
		return m
	}
	n := len(g.cast)
	m := &member{id: fmt.Sprintf("m%d", n), role: role, relation: relation, unit: unit, token: fmt.Sprintf("session-%d", n)}
	if relation == deputy || relation == expiredDeputy {
		m.principal = fmt.Sprintf("p%d", n)
	}
	g.cast[key] = m
	return m
}

// pastRoles are what somebody held for a while who has filed or answered what their role of today does not.
var pastRoles = map[string][]civic.Role{applicant: {civic.DeptClerk}, separated: {civic.DeptClerk, civic.DeptLeader, civic.OfficeClerk, civic.OfficeHead}}

// formerly reports whether the member's role of today begins only after the stories: an administrator has held no other.
func (m *member) formerly() bool {
	return m.role.Administers() && len(pastRoles[m.relation]) > 0
}

// enrol brings all members into the record as they were when the stories were told.
func (g *grid) enrol() {
	g.Helper()
	g.spare("spare-reviewer", civic.Reviewer)
	g.spare("spare-legal", civic.Legal)
	g.exec(`INSERT INTO person (id, name) VALUES ($1, $1)`, string(somebodyElse))
	g.furnish(somebodyElse)
	g.exec(`INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ('line-of-the-office', $1, 2026, '社区', '办公经费', 1000000)`, leadingOffice)
	for _, m := range g.cast {
		g.person(m)
		holder := m.sits()
		switch {
		case m.relation == none, m.formerly():
		default:
			g.grant(holder, m.role, m.unit)
		}
		for _, role := range pastRoles[m.relation] {
			if role != m.role || seatUnits[role] != m.unit {
				g.grant(m.id, role, seatUnits[role])
			}
		}
		if m.principal != "" {
			g.exec(`INSERT INTO deputy (id, principal, person, valid_from, valid_until) VALUES ($1, $2, $3, city_now(), city_now() + interval '60 days')`,
				civic.NewID("deputy", m.id), m.principal, m.id)
		}
	}
}

// spare is somebody whom a task can be passed on to.
func (g *grid) spare(id string, role civic.Role) {
	g.Helper()
	g.exec(`INSERT INTO person (id, name) VALUES ($1, $1)`, id)
	g.grant(id, role, spare)
}

// person writes down who the member is, and whom they stand in for, with what is theirs.
func (g *grid) person(m *member) {
	g.Helper()
	for _, id := range []string{m.id, m.principal} {
		if id != "" {
			g.exec(`INSERT INTO person (id, name, unit) VALUES ($1, $2, $3)`, id, string(m.role)+" "+m.relation, m.unit)
			g.furnish(owner(id))
		}
	}
	g.session(owner(m.id), m.token)
}

// digestOf is under what the record keeps a session's token.
func digestOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// grant lets a person hold a role in a unit from now on.
func (g *grid) grant(person string, role civic.Role, unit string) {
	g.Helper()
	id := civic.NewID("grant", person, string(role), unit)
	g.exec(`INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, granted_at, confirmed_by, confirmed_at)
		VALUES ($1, $2, $3, $4, city_now(), 'an-quanming', city_now(), 'ning-jing', city_now())`, id, person, string(role), unit)
	g.grants[[3]string{person, string(role), unit}] = id
}

// today ends what is over by now and lets begin what could not begin before.
func (g *grid) today() {
	g.Helper()
	for _, m := range g.cast {
		for _, role := range pastRoles[m.relation] {
			if role != m.role || seatUnits[role] != m.unit {
				g.exec(`UPDATE role_grant SET revoked_at = city_now(), revoked_by = 'an-quanming', reason = 'moved' WHERE id = $1`, g.grants[[3]string{m.id, string(role), seatUnits[role]}])
			}
		}
		now := g.grants[[3]string{m.id, string(m.role), m.unit}]
		switch {
		case m.formerly():
			g.grant(m.id, m.role, m.unit)
		case m.relation == expiredGrant:
			g.exec(`UPDATE role_grant SET valid_until = city_now() WHERE id = $1`, now)
		case m.relation == revokedGrant:
			g.exec(`UPDATE role_grant SET revoked_at = city_now(), revoked_by = 'an-quanming', reason = 'left' WHERE id = $1`, now)
		case m.relation == expiredDeputy:
			g.exec(`UPDATE deputy SET valid_until = city_now() WHERE id = $1`, civic.NewID("deputy", m.id))
		}
	}
}

// exec changes the record as nobody but a test may.
func (g *grid) exec(statement string, args ...any) sql.Result {
	g.Helper()
	done, err := g.super.ExecContext(g.Context(), statement, args...)
	require.NoError(g, err, statement)
	return done
}
