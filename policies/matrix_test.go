package policies

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// The matrix has a line for every role, object, step and act, and on it a cell for every situation: allow, or the code of
// the refusal. It is written once (go test -run TestMatrix -update .), read by people, and held against every decision.
const matrixFile = "testdata/matrix.csv"

// situations are how the asker and the thing stand to each other.
var situations = []string{
	"own_unit_or_seat", // the thing, the unit or the seat is the asker's
	"foreign",          // it is somebody else's, in another unit
	"applicant",        // the asker filed the request, or proposed the grant
	"separated",        // the asker has answered another step of the case
	"deputy",           // the asker stands in for whose it is
	"expired_deputy",   // did so until now
	"expired_grant",    // held the role until now
	"revoked_grant",    // the role was taken away
	"none",             // holds no role
}

// station is where an act happens: a step for tasks, none for everything else.
type station struct{ object, step, act string }

func stations() []station {
	var out []station
	for _, o := range Objects {
		for _, act := range o.Acts {
			if o.Name == "task" {
				for _, step := range everyStep() {
					out = append(out, station{o.Name, step, act})
				}
				continue
			}
			out = append(out, station{o.Name, anyone, act})
			if o.Name == "draft" || o.Name == "case" {
				for _, p := range civic.Procedures[1:] { // without a word of another, it is admission
					out = append(out, station{o.Name, string(p), act})
				}
			}
		}
	}
	return out
}

// everyStep are the names of the steps of all procedures, each once.
func everyStep() []string {
	var out []string
	for _, p := range civic.Procedures {
		for _, s := range civic.Definitions[p].Steps {
			if !slices.Contains(out, s.Name) {
				out = append(out, s.Name)
			}
		}
	}
	return out
}

// procedureAt is the procedure of a station.
func procedureAt(at station) civic.Procedure {
	switch {
	case at.object == "task":
		_, p := stepOf(at.step)
		return p
	case at.step == anyone:
		return civic.AccessProcedure
	}
	return civic.Procedure(at.step)
}

// filers are the roles that file a procedure's cases for their own unit.
var filers = map[civic.Procedure][]civic.Role{
	civic.AccessProcedure:     {civic.DeptClerk, civic.DeptLeader},
	civic.SupplementProcedure: {civic.StreetClerk, civic.DistrictDesk},
	civic.AssessmentProcedure: {civic.OfficeClerk, civic.OfficeHead},
	civic.HousingProcedure:    {civic.ReformOfficer},
	civic.PlanChangeProcedure: {civic.Developer},
	civic.AppraisalProcedure:  {civic.OfficeClerk}, civic.NominationProcedure: {civic.Community},
	civic.LayoutProcedure: {civic.CivilAffairs},
}

// scene makes the grants of a situation.
func scene(t *testing.T, book *rulebook, role civic.Role, situation string) *Policies {
	t.Helper()
	held := grant("ann", role, "own")
	var deputies []civic.Deputy
	switch situation {
	case "deputy", "expired_deputy":
		held = grant("pat", role, "own")
		d := standIn("ann", "pat")
		if situation == "expired_deputy" {
			d.Until = today
		}
		deputies = append(deputies, d)
	case "expired_grant":
		held.Until = &today
	case "revoked_grant":
		held.RevokedAt = &today
	}
	grants := []civic.Grant{held}
	if situation == "none" {
		grants = nil
	}
	s, err := newSnapshot(book, today, grants, deputies)
	require.NoError(t, err)
	return over(s)
}

// thing makes what a situation is about.
func thing(role civic.Role, at station, situation string) civic.Subject {
	foreign := situation == "foreign"
	w := civic.Subject{Object: at.object, Unit: "own", Person: "ann", Applicant: "filer"}
	switch situation {
	case "foreign", "applicant", "separated":
		w.Person = "other"
	case "deputy", "expired_deputy":
		w.Person = "pat"
	}
	if situation == "applicant" {
		w.Applicant = "ann"
	}
	if foreign {
		w.Unit = "far"
	}
	switch at.object {
	case "draft":
		w.State, w.Procedure = civic.Draft, procedureAt(at)
	case "sheet":
		w.Seat = &civic.Seat{Role: role, Unit: w.Unit}
		if role == civic.Assessor { // whose sheet is a person's: nobody scores for them
			w.Seat.Person = map[bool]string{true: "other", false: "ann"}[foreign]
		}
	case "deputy":
		w.Readers = []string{"stander"}
	case "case", "task":
		w.Person = ""
		return inCase(w, role, at, situation)
	}
	return w
}

// inCase completes a case or task: filed by the asker's department if they work for one, asking the asker's seat if the
// step is one for their role.
func inCase(w civic.Subject, role civic.Role, at station, situation string) civic.Subject {
	w.Procedure = procedureAt(at)
	if !slices.Contains(filers[w.Procedure], role) {
		w.Unit = "dept"
	}
	w.Parties = []string{"dept", "own"}
	if situation == "foreign" {
		w.Unit, w.Parties = "far-dept", []string{"far-dept", "far"}
	}
	w.State = map[string]civic.State{
		"submit": civic.Draft, "object": civic.Publicity, "appeal": civic.Blocked, "suspend": civic.InForce,
		"propose_exit": civic.InForce, "reinstate": civic.Suspended,
	}[at.act]
	if w.State == "" {
		w.State = civic.Accepted
	}
	done := "examine"
	if at.object == "task" {
		step, _ := stepOf(at.step)
		w.Step, w.State, w.Seat = at.step, step.State, seatFor(role, step, situation)
		for _, pair := range civic.Definitions[w.Procedure].Separate {
			if i := slices.Index(pair[:], at.step); i >= 0 {
				done = pair[1-i]
			}
		}
	}
	w.Case = &civic.Case{ID: "case-1", Procedure: w.Procedure, Unit: w.Unit, Applicant: w.Applicant, State: w.State, Round: 1}
	if situation == "separated" {
		w.Tasks = []civic.Task{answered(done, "ann", "")}
	}
	return w
}

func seatFor(role civic.Role, step civic.Step, situation string) *civic.Seat {
	s := &civic.Seat{Role: step.Roles[0], Unit: "elsewhere"}
	if slices.Contains(step.Roles, role) {
		s.Role, s.Unit = role, "own"
	}
	if situation == "foreign" {
		s.Unit = "far"
	}
	if s.Role == civic.GroupMember {
		s.Person = map[string]string{"foreign": "far", "deputy": "pat", "expired_deputy": "pat"}[situation]
		if s.Person == "" {
			s.Person = "ann"
		}
	}
	return s
}

// cells decides every situation of a role at every station.
func cells(t *testing.T) map[[4]string][]string {
	t.Helper()
	book, err := load(modelText, policyText, expected)
	require.NoError(t, err)
	out := map[[4]string][]string{}
	for _, r := range civic.Roles {
		for _, situation := range situations {
			p := scene(t, book, r.Role, situation)
			for _, at := range stations() {
				code := refusal(t, p, "ann", at.act, thing(r.Role, at, situation))
				if code == "" {
					code = allow
				}
				key := [4]string{string(r.Role), at.object, at.step, at.act}
				out[key] = append(out[key], code)
			}
		}
	}
	return out
}

func TestMatrix(t *testing.T) {
	t.Parallel()
	is := cells(t)
	if *update {
		writeMatrix(t, is)
		return
	}
	f, err := os.Open(matrixFile)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, append([]string{"role", "object", "step", "act"}, situations...), rows[0])
	seen := map[[4]string]bool{}
	for _, row := range rows[1:] {
		key := [4]string(row[:4])
		require.False(t, seen[key], "twice: %v", key)
		seen[key] = true
		cells, known := is[key] // looking for it by reflection would take minutes
		require.True(t, known, "no such role, object, step and act: %v", key)
		if slices.Equal(row[4:], cells) {
			continue
		}
		for i, situation := range situations {
			require.Equal(t, row[4+i], cells[i], "%v, %s", key, situation)
		}
	}
	for key := range is {
		require.True(t, seen[key], "the matrix lacks %v: review it, then go test -run TestMatrix -update .", key)
	}
}

func writeMatrix(t *testing.T, is map[[4]string][]string) {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(append([]string{"role", "object", "step", "act"}, situations...)))
	for _, at := range stations() {
		for _, r := range civic.Roles {
			key := [4]string{string(r.Role), at.object, at.step, at.act}
			require.NoError(t, w.Write(append(key[:], is[key]...)))
		}
	}
	w.Flush()
	require.NoError(t, w.Error())
	require.NoError(t, os.WriteFile(matrixFile, []byte(b.String()), 0o644))
}
