package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Years are the years that were begun, the newest first.
func (s *Store) Years(ctx context.Context) ([]civic.YearRow, error) {
	list, err := s.q.AppraisalYears(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the years: %w", err)
	}
	out := make([]civic.YearRow, len(list))
	for i, r := range list {
		out[i].Case, out[i].State = r.ID, civic.State(r.State)
		if err := json.Unmarshal(r.Form, &out[i].Year); err != nil {
			return nil, fmt.Errorf("read a year: %w", err)
		}
	}
	return out, nil
}

// YearCounts counts a year's nominations by district and state.
func (s *Store) YearCounts(ctx context.Context, year string) ([]civic.DistrictCount, error) {
	list, err := s.q.YearCounts(ctx, year)
	if err != nil {
		return nil, fmt.Errorf("count the nominations: %w", err)
	}
	out := make([]civic.DistrictCount, len(list))
	for i, r := range list {
		out[i] = civic.DistrictCount{District: r.District, State: civic.State(r.State), Count: r.N}
	}
	return out, nil
}

const nomineeColumns = `n.nomination, n.year_case, n.year, n.community, n.committee, n.street, n.district, n.urban, n.rank, n.self, n.scored, n.panel, n.survey,
	n.base, n.bonus, n.penalty, n.second, n.standing, n.ground, n.frozen, n.outcome, n.outcome_rank, c.state`

// Nominations lists a year's nominees by community.
func (s *Store) Nominations(ctx context.Context, q civic.NomineeQuery) ([]civic.Nominee, error) {
	var w where
	w.and("n.year_case = ?", q.Year)
	if q.District != "" {
		w.and("n.district = ?", q.District)
	}
	if len(q.States) > 0 {
		w.and("c.state = ANY (?)", pq.Array(q.States))
	}
	if q.After != nil {
		w.and("n.community > ?", q.After.Text)
	}
	query := `SELECT ` + nomineeColumns + ` FROM nominee n JOIN cases c ON c.id = n.nomination WHERE ` + w.String() + ` ORDER BY n.community LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list the nominations", query, w.args, func(scan func(...any) error) (civic.Nominee, error) {
		var r rows.NomineesRow
		err := scan(&r.Nomination, &r.YearCase, &r.Year, &r.Community, &r.Committee, &r.Street, &r.District, &r.Urban, &r.Rank, &r.Self, &r.Scored, &r.Panel, &r.Survey,
			&r.Base, &r.Bonus, &r.Penalty, &r.Second, &r.Standing, &r.Ground, &r.Frozen, &r.Outcome, &r.OutcomeRank, &r.State)
		return nomineeOf(r), err
	})
}

// NomineeOf is one nomination as the selection sees it.
func (s *Store) NomineeOf(ctx context.Context, nomination string) (civic.Nominee, error) {
	row, err := s.q.Nominee(ctx, nomination)
	if err != nil {
		return civic.Nominee{}, fmt.Errorf("read the nominee: %w", absent(err))
	}
	return nomineeOf(rows.NomineesRow(row)), nil
}

// PublishedSheets are a year's selections without their bodies, oldest first.
func (s *Store) PublishedSheets(ctx context.Context, year string) ([]civic.SheetLine, error) {
	list, err := s.q.PublishedSheets(ctx, year)
	if err != nil {
		return nil, fmt.Errorf("list the published selections: %w", err)
	}
	out := make([]civic.SheetLine, len(list))
	for i, r := range list {
		out[i] = civic.SheetLine{Ord: int(r.Ord), Kind: r.Kind, Hash: r.Hash, Act: r.Act, At: r.At}
	}
	return out, nil
}

// NewestSheet is the newest selection of a year with its body.
func (s *Store) NewestSheet(ctx context.Context, year string) (civic.SheetLine, error) {
	r, err := s.q.NewestSheet(ctx, year)
	if err != nil {
		return civic.SheetLine{}, fmt.Errorf("read the published selection: %w", absent(err))
	}
	return civic.SheetLine{Ord: int(r.Ord), Kind: r.Kind, Hash: r.Hash, Act: r.Act, At: r.At, Body: []byte(r.Body)}, nil
}

// Titles are those of a year, by their place.
func (s *Store) Titles(ctx context.Context, year int) ([]civic.TitleRow, error) {
	list, err := s.q.TitlesOf(ctx, int32(year))
	if err != nil {
		return nil, fmt.Errorf("list the titles: %w", err)
	}
	out := make([]civic.TitleRow, len(list))
	for i, r := range list {
		out[i] = civic.TitleRow{District: r.District, Title: civic.Title{Nomination: r.Nomination, Year: int(r.Year), Seq: int(r.Seq), Community: r.Community,
			Document: r.Document, Plaque: r.Plaque, NamedAt: r.NamedAt, RevokedAt: r.RevokedAt}}
	}
	return out, nil
}

// Commendations are the commendation projects on record.
func (s *Store) Commendations(ctx context.Context) ([]civic.Project, error) {
	list, err := s.q.Projects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the commendation projects: %w", err)
	}
	out := make([]civic.Project, len(list))
	for i, r := range list {
		out[i] = projectOf(r)
	}
	return out, nil
}

// Standards are those of a unit, or under one of the city's; "" does not narrow.
func (s *Store) Standards(ctx context.Context, unit, parent string) ([]civic.Standard, error) {
	list, err := s.q.Standards(ctx, rows.StandardsParams{Unit: stored(unit), Parent: stored(parent)})
	if err != nil {
		return nil, fmt.Errorf("list the standards: %w", err)
	}
	out := make([]civic.Standard, len(list))
	for i, r := range list {
		if out[i], err = standardOf(rows.StandardByIDRow(r)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// StandardByID is one standard.
func (s *Store) StandardByID(ctx context.Context, id string) (civic.Standard, error) {
	row, err := s.q.StandardByID(ctx, id)
	if err != nil {
		return civic.Standard{}, fmt.Errorf("read standard: %w", absent(err))
	}
	return standardOf(row)
}

// CreateStandard begins a standard; what is there already is refused.
func (s *Store) CreateStandard(ctx context.Context, deed civic.Deed, want civic.Standard) (civic.Standard, error) {
	body, err := json.Marshal(want.StandardBody)
	if err != nil {
		return civic.Standard{}, fmt.Errorf("write the standard: %w", err)
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Standard, error) {
		n, err := q.InsertStandard(ctx, rows.InsertStandardParams{ID: want.ID, Unit: want.Unit, Parent: stored(want.Parent), Body: body, SavedBy: deed.Actor.Person})
		switch {
		case err != nil:
			return civic.Standard{}, fmt.Errorf("begin the standard: %w", err)
		case n == 0:
			return civic.Standard{}, civic.Refuse(civic.Conflict, "already_there", "该编号的标准已存在。", "There is a standard of this id already.").At("id")
		}
		return readStandard(ctx, q, want.ID)
	})
}

// SaveStandard saves a draft if its revision is still the one that was seen.
func (s *Store) SaveStandard(ctx context.Context, deed civic.Deed, id string, seen int, content civic.StandardBody) (civic.Standard, error) {
	body, err := json.Marshal(content)
	if err != nil {
		return civic.Standard{}, fmt.Errorf("write the standard: %w", err)
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Standard, error) {
		n, err := q.SaveStandard(ctx, rows.SaveStandardParams{ID: id, Body: body, SavedBy: deed.Actor.Person, Seen: int32(seen)})
		if err != nil {
			return civic.Standard{}, fmt.Errorf("save the standard: %w", err)
		}
		now, err := readStandard(ctx, q, id)
		switch {
		case err != nil || n == 1:
			return now, err
		case now.State != civic.StandardDraft:
			return now, civic.Refuse(civic.Conflict, "not_a_draft", "标准已报备，不能修改。", "The standard has been handed in and can no longer be changed.").With("state", string(now.State))
		}
		return now, civic.Refuse(civic.Stale, "stale", "页面内容已过时，请刷新后再操作。", "Somebody has saved another revision since you looked; look again.").
			With("seen", seen).With("current", now.Revision)
	})
}

func readStandard(ctx context.Context, q *rows.Queries, id string) (civic.Standard, error) {
	row, err := q.StandardByID(ctx, id)
	if err != nil {
		return civic.Standard{}, fmt.Errorf("read standard: %w", absent(err))
	}
	return standardOf(row)
}

// SheetsOf are all sheets of a nomination.
func (s *Store) SheetsOf(ctx context.Context, nomination string) ([]civic.Sheet, error) {
	return sheetsOf(ctx, s.q, nomination)
}

func sheetsOf(ctx context.Context, q *rows.Queries, nomination string) ([]civic.Sheet, error) {
	list, err := q.SheetsOf(ctx, nomination)
	if err != nil {
		return nil, fmt.Errorf("read the score sheets: %w", err)
	}
	out := make([]civic.Sheet, len(list))
	for i, r := range list {
		if out[i], err = sheetOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func sheetOf(r rows.ScoreSheet) (civic.Sheet, error) {
	s := civic.Sheet{ID: r.ID, Nomination: r.Nomination, Kind: civic.SheetKind(r.Kind), Assessor: r.Assessor, Unit: r.Unit, Recused: r.Recused, Why: r.Why,
		Revision: int(r.Revision), Submitted: r.SubmittedAt}
	if err := json.Unmarshal(r.Marks, &s.Marks); err != nil {
		return s, fmt.Errorf("read score sheet %s: %w", r.ID, err)
	}
	return s, nil
}

// SaveSheet saves a sheet that was not submitted. The case is locked first: a panel is not closed over a sheet in the writing.
func (s *Store) SaveSheet(ctx context.Context, deed civic.Deed, want civic.Sheet, state civic.State, seen int, submit bool) (civic.Sheet, error) {
	marks, err := json.Marshal(append([]civic.SheetMark{}, want.Marks...))
	if err != nil {
		return want, fmt.Errorf("write the marks: %w", err)
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Sheet, error) {
		if want.Kind == civic.CitySheet { // begun by whoever of the team scores first
			_, err := q.InsertSheet(ctx, rows.InsertSheetParams{ID: want.ID, Nomination: want.Nomination, Kind: string(want.Kind), Assessor: want.Assessor, Unit: want.Unit})
			if err != nil {
				return want, fmt.Errorf("open a score sheet: %w", err)
			}
		}
		now, err := q.LockSheet(ctx, rows.LockSheetParams{Nomination: want.Nomination, Kind: string(want.Kind), Assessor: want.Assessor})
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return want, civic.ErrNotFound()
		case err != nil:
			return want, fmt.Errorf("lock the score sheet: %w", err)
		case now.SubmittedAt != nil:
			return want, civic.Refuse(civic.Conflict, "sheet_submitted", "评分表已提交，不能修改。", "The score sheet has been submitted and stays as it is.").By("sheet_submitted")
		case civic.State(now.State) != state:
			return want, civic.Refuse(civic.Conflict, "not_now", "申报当前所处环节不能评分。", "The nomination is at a stage where nothing is scored.").With("state", now.State)
		case int(now.Revision) != seen:
			return want, civic.Refuse(civic.Stale, "stale", "页面内容已过时，请刷新后再操作。", "Another revision was saved since you looked; look again.").
				With("seen", seen).With("current", int(now.Revision))
		}
		p := rows.SaveSheetParams{ID: now.ID, Seen: int32(seen), Marks: marks, Recused: want.Recused, Why: want.Why}
		if submit {
			at, err := q.CityNow(ctx)
			if err != nil {
				return want, fmt.Errorf("read the clock: %w", err)
			}
			p.SubmittedAt = &at
		}
		n, err := q.SaveSheet(ctx, p)
		if err = errors.Join(err, oneRow("save the score sheet", n)); err != nil {
			return want, err
		}
		deed.Detail["revision"] = seen + 1
		want.ID, want.Revision, want.Submitted = now.ID, seen+1, p.SubmittedAt
		return want, nil
	})
}
