package civic

import "context"

// ProjectQuery asks for projects.
type ProjectQuery struct {
	CaseQuery
	Communities []string // of the district, nil for all
	Developer   string
}

// ProjectRow is a project of a list.
type ProjectRow struct {
	Case    Case
	Project *Housing
}

// HousingReader reads projects with their matters.
type HousingReader interface {
	Projects(ctx context.Context, q ProjectQuery) ([]ProjectRow, error)
	// PartsOf are the parts of a case of one procedure that the sight covers, oldest first.
	PartsOf(ctx context.Context, s Sight, caseID string, p Procedure) ([]ChildCase, error)
}
