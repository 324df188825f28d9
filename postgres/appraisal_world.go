package postgres

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/postgres/rows"
)

// Year is the year's case as it stands. It is not locked: a nomination that meets a freeze on its way is refused by the row
// of its nominee.
func (w world) Year(id string) (civic.YearCase, error) {
	row, err := w.q.YearMatter(w.ctx, id)
	if err != nil {
		return civic.YearCase{}, fmt.Errorf("read the year: %w", absent(err))
	}
	y := civic.YearCase{State: civic.State(row.State), Year: new(civic.Appraisal)}
	if err := json.Unmarshal(row.Form, y.Year); err != nil {
		return y, fmt.Errorf("read the year: %w", err)
	}
	return y, nil
}

func (w world) Standard(id string) (civic.Standard, bool, error) {
	row, err := w.q.StandardByID(w.ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Standard{}, false, nil
	}
	if err != nil {
		return civic.Standard{}, false, fmt.Errorf("read standard: %w", err)
	}
	s, err := standardOf(row)
	return s, err == nil, err
}

func (w world) AssessedUnits() []selection.Unit { return w.atlas.AssessedUnits(w.d.Now) }

func (w world) Body(region string, role civic.Role) (string, error) {
	list, err := w.q.BodyOf(w.ctx, rows.BodyOfParams{Role: string(role), Region: &region})
	if err != nil {
		return "", fmt.Errorf("find the district's body: %w", err)
	}
	if len(list) == 0 {
		return "", civic.Refuse(civic.Conflict, "no_district_body", "辖市、区没有可承办的单位。", "The district has no body that could answer.").With("district", region)
	}
	return list[0].Key, nil
}

func (w world) Ties(person string) ([]string, error) {
	out, err := w.q.TiesOf(w.ctx, person)
	if err != nil {
		return nil, fmt.Errorf("read where somebody works: %w", err)
	}
	return out, nil
}

// Nominees locks the year's nominations, cases before scores, as each of them does for itself.
func (w world) Nominees(year string) ([]civic.Nominee, error) {
	if _, err := w.q.LockNominations(w.ctx, &year); err != nil {
		return nil, fmt.Errorf("lock the nominations: %w", err)
	}
	list, err := w.q.Nominees(w.ctx, year)
	if err != nil {
		return nil, fmt.Errorf("read the nominees: %w", err)
	}
	out := make([]civic.Nominee, len(list))
	for i, r := range list {
		out[i] = nomineeOf(r)
	}
	return out, nil
}

func (w world) Nominee(nomination string) (civic.Nominee, bool, error) {
	row, err := w.q.Nominee(w.ctx, nomination)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Nominee{}, false, nil
	}
	if err != nil {
		return civic.Nominee{}, false, fmt.Errorf("read the nominee: %w", err)
	}
	return nomineeOf(rows.NomineesRow(row)), true, nil
}

func nomineeOf(r rows.NomineesRow) civic.Nominee {
	n := civic.Nominee{Nomination: r.Nomination, Case: r.YearCase, Year: int(r.Year), Community: r.Community, Committee: r.Committee, Street: r.Street,
		District: r.District, Urban: r.Urban, State: civic.State(r.State), Rank: int(r.Rank.Int32), Self: selection.Points(r.Self), Scored: r.Scored,
		Panel: selection.Points(r.Panel), Survey: selection.Points(r.Survey), Base: selection.Points(r.Base), Bonus: selection.Points(r.Bonus),
		Penalty: selection.Points(r.Penalty), Stands: selection.Standing(r.Standing), Ground: r.Ground, Frozen: r.Frozen, Outcome: r.Outcome}
	if r.Second.Valid {
		second := selection.Points(r.Second.Int64)
		n.Second = &second
	}
	return n
}

func (w world) Sheets(nomination string) ([]civic.Sheet, error) {
	return sheetsOf(w.ctx, w.q, nomination)
}

func (w world) LastTitle(community string) (civic.Title, bool, error) {
	r, err := w.q.LastTitle(w.ctx, community)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Title{}, false, nil
	}
	if err != nil {
		return civic.Title{}, false, fmt.Errorf("look for an earlier title: %w", err)
	}
	return civic.Title{Nomination: r.Nomination, Year: int(r.Year), Seq: int(r.Seq), Community: r.Community, Document: r.Document, Plaque: r.Plaque,
		NamedAt: r.NamedAt, RevokedAt: r.RevokedAt}, true, nil
}

func (w world) ReserveAhead(nomination string, areas bool) (string, error) {
	ahead, err := w.q.ReserveAhead(w.ctx, rows.ReserveAheadParams{Nomination: nomination, Areas: areas})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look for an earlier one of the reserve: %w", err)
	}
	return ahead, nil
}

func (w world) Project(approval string) (civic.Project, bool, error) {
	r, err := w.q.ProjectByApproval(w.ctx, approval)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Project{}, false, nil
	}
	if err != nil {
		return civic.Project{}, false, fmt.Errorf("read the commendation project: %w", err)
	}
	return projectOf(r), true, nil
}

func projectOf(r rows.CommendationProject) civic.Project {
	return civic.Project{Approval: r.Approval, Name: r.Name, Authority: r.Authority, Cycle: int(r.Cycle), First: int(r.FirstYear), Last: int(r.LastYear),
		Quota: int64(r.Quota), Sample: r.Sample}
}
