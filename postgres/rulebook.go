package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// Atlas is all places and bodies over time, not older than a second.
func (s *Store) Atlas(ctx context.Context) (*civic.Atlas, error) { return s.atlas(ctx) }

// Parameters are all versions of all parameters, not older than a second.
func (s *Store) Parameters(ctx context.Context) ([]civic.Parameter, error) { return s.parameters(ctx) }

// Calendar is one version of the calendar, 0 for the newest.
func (s *Store) Calendar(ctx context.Context, version int) (*workday.Calendar, error) {
	return s.calendar(ctx, version)
}

// ChangeParameter adds a version, in force from now on or later. What was decided before stays decided under what was in force.
func (s *Store) ChangeParameter(ctx context.Context, deed civic.Deed, p civic.Parameter) (civic.Parameter, error) {
	note(&deed, "value", p.Value)
	note(&deed, "source", p.Source)
	out, err := perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Parameter, error) {
		if err := q.LockRulebook(ctx, "parameter "+p.Key); err != nil {
			return p, fmt.Errorf("lock parameter %s: %w", p.Key, err)
		}
		newest, err := q.NewestParameter(ctx, p.Key)
		if err != nil {
			return p, fmt.Errorf("read parameter %s: %w", p.Key, err)
		}
		p.Version = int(newest) + 1
		p.From, err = q.InsertParameter(ctx, rows.InsertParameterParams{Key: p.Key, Version: newest + 1, Value: p.Value, Unit: p.Unit, Effective: p.From, Source: p.Source,
			LegalTag: p.Tag, NoteZh: p.NoteZh, NoteEn: p.NoteEn, ChangedBy: deed.Actor.Person})
		if err != nil {
			return p, fmt.Errorf("change parameter %s: %w", p.Key, err)
		}
		note(&deed, "version", p.Version)
		note(&deed, "from", p.From)
		return p, nil
	})
	s.forget()
	return out, err
}

// ImportCalendar adds a version of the calendar with these days on top of what was listed before. Open cases are recomputed
// afterwards by their workflows, which see that theirs is no longer the newest.
func (s *Store) ImportCalendar(ctx context.Context, deed civic.Deed, days []workday.Day, official []int, source string) (civic.CalendarImported, error) {
	note(&deed, "source", source)
	note(&deed, "days", len(days))
	out, err := perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.CalendarImported, error) {
		if err := q.LockRulebook(ctx, "calendar"); err != nil {
			return civic.CalendarImported{}, fmt.Errorf("lock the calendar: %w", err)
		}
		version, err := nextCalendar(ctx, q, days, official)
		if err != nil {
			return civic.CalendarImported{}, err
		}
		if err := insertCalendar(ctx, q, version, days, official, source, deed.Actor.Person); err != nil {
			return civic.CalendarImported{}, fmt.Errorf("import calendar version %d: %w", version, err)
		}
		note(&deed, "version", version)
		return civic.CalendarImported{Version: version, Days: len(days)}, nil
	})
	s.forget()
	return out, err
}

// nextCalendar is the version that an import makes. It refuses what would make no calendar: nothing is stored that cannot be read.
func nextCalendar(ctx context.Context, q *rows.Queries, days []workday.Day, official []int) (int, error) {
	c, err := readCalendars(ctx, q)
	if err != nil {
		return 0, fmt.Errorf("read the calendar: %w", err)
	}
	now, err := c.version(0)
	if err != nil {
		return 0, err
	}
	next, err := civic.Amended(now, days, official)
	if err != nil {
		return 0, civic.Refuse(civic.Invalid, "bad_row", "日历文件有误。", "The calendar is not right: "+err.Error()+".").At("csv")
	}
	return next.Version(), nil
}

func insertCalendar(ctx context.Context, q *rows.Queries, version int, days []workday.Day, official []int, source, by string) error {
	v := rows.InsertCalendarVersionParams{Version: int32(version), Source: source, ImportedBy: by, Official: []int32{}}
	for _, year := range official {
		v.Official = append(v.Official, int32(year))
	}
	if err := q.InsertCalendarVersion(ctx, v); err != nil {
		return err
	}
	if len(days) == 0 {
		return nil
	}
	p := rows.InsertCalendarDaysParams{Version: int32(version)}
	for _, d := range days {
		p.Days = append(p.Days, time.Date(d.Date.Year, d.Date.Month, d.Date.Day, 0, 0, 0, 0, time.UTC))
		p.Kinds, p.Names = append(p.Kinds, string(d.Kind)), append(p.Names, d.Name)
		p.Sources, p.Notices = append(p.Sources, string(d.Source)), append(p.Notices, int32(d.Notice))
	}
	return q.InsertCalendarDays(ctx, p)
}

// OpenTerms gives every term that runs, by due instant.
func (s *Store) OpenTerms(ctx context.Context, give func(civic.OpenTerm) error) error {
	list, err := s.db.QueryContext(ctx, `
		SELECT c.id, coalesce(c.number, ''), t.id, t.step, t.opened_at, t.term, t.due_at
		FROM task t
		JOIN cases c ON c.id = t.case_id
		WHERE t.state = 'open' AND t.due_at IS NOT NULL
		ORDER BY t.due_at, t.id`)
	if err != nil {
		return fmt.Errorf("list open terms: %w", err)
	}
	defer list.Close()
	for list.Next() {
		var t civic.OpenTerm
		if err := list.Scan(&t.Case, &t.Number, &t.Task, &t.Step, &t.OpenedAt, &t.Term, &t.Due); err != nil {
			return fmt.Errorf("list open terms: %w", err)
		}
		if err := give(t); err != nil {
			return err
		}
	}
	return list.Err()
}
