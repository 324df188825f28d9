package postgres

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/postgres/rows"
)

// LoadProfile writes a city's data, all or nothing. What is already there stays as it is, so that loading again changes nothing.
// With sample people it also makes accounts whose password is the given hash, and confirmed grants.
func (s *Store) LoadProfile(ctx context.Context, p civic.Profile, sample *SampleAccounts) error {
	return s.within(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		l := loader{ctx, tx}
		for _, part := range []func(civic.Profile) error{l.places, l.bodies, l.parameters, l.calendar, l.entries, l.lines, l.taskTable, l.appraisal} {
			if err := part(p); err != nil {
				return err
			}
		}
		if sample == nil {
			return nil
		}
		if err := l.people(p, *sample); err != nil {
			return err
		}
		return l.stock(q, p)
	})
}

// stock writes the sample rooms that are not there yet.
func (l loader) stock(q *rows.Queries, p civic.Profile) error {
	there := map[string]bool{}
	known, err := collect(l.ctx, l.tx, "read the register", `SELECT id FROM stock_room`, nil, func(scan func(...any) error) (string, error) {
		var id string
		return id, scan(&id)
	})
	if err != nil {
		return err
	}
	for _, id := range known {
		there[id] = true
	}
	fresh := slices.DeleteFunc(slices.Clone(p.Rooms), func(r civic.StockRoom) bool { return there[r.ID] })
	if len(fresh) == 0 {
		return nil
	}
	return enterRooms(l.ctx, q, fresh, "示例数据", "profile", "")
}

// SampleAccounts says what the sample people sign in with.
type SampleAccounts struct {
	Password string // hashed, in PHC form
}

// loader writes the parts of a profile in one transaction.
type loader struct {
	ctx context.Context
	tx  *sql.Tx
}

// each runs one statement for every row; a row that is there already stays.
func (l loader) each(what, statement string, n int, args func(i int) []any) error {
	stmt, err := l.tx.PrepareContext(l.ctx, statement)
	if err != nil {
		return fmt.Errorf("load %s: %w", what, err)
	}
	defer stmt.Close()
	for i := range n {
		if _, err := stmt.ExecContext(l.ctx, args(i)...); err != nil {
			return fmt.Errorf("load %s %d: %w", what, i+1, err)
		}
	}
	return nil
}

func (l loader) places(p civic.Profile) error {
	err := l.each("region", `
		INSERT INTO region (key, code, name, name_en, level, kind, households, population, urban, valid_from, valid_until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`, len(p.Regions), func(i int) []any {
		r := p.Regions[i]
		return []any{r.Key, r.Code, r.Name, r.NameEn, r.Level, r.Kind, r.Households, r.Population, r.Urban, r.ValidFrom, r.ValidUntil}
	})
	if err != nil {
		return err
	}
	err = l.each("successor", `UPDATE region SET successor = $2 WHERE key = $1 AND successor IS NULL AND $2 <> ''`, len(p.Regions), func(i int) []any {
		return []any{p.Regions[i].Key, p.Regions[i].Successor}
	})
	if err != nil {
		return err
	}
	return l.each("placement", `
		INSERT INTO placement (region, parent, entrusted, during)
		VALUES ($1, nullif($2, ''), nullif($3, ''), tstzrange($4, $5)) ON CONFLICT DO NOTHING`, len(p.Placements), func(i int) []any {
		r := p.Placements[i]
		return []any{r.Region, r.Parent, r.EntrustTo, r.From, r.Until}
	})
}

func (l loader) bodies(p civic.Profile) error {
	err := l.each("unit", `
		INSERT INTO unit (key, name, name_en, short_name, level, kind, region, document_mark, valid_from, valid_until)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, $10) ON CONFLICT DO NOTHING`, len(p.Units), func(i int) []any {
		u := p.Units[i]
		return []any{u.Key, u.Name, u.NameEn, u.ShortName, u.Level, u.Kind, u.Region, u.Mark, u.ValidFrom, u.ValidUntil}
	})
	if err != nil {
		return err
	}
	return l.each("succession", `
		INSERT INTO succession (from_unit, to_unit, on_day, note) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, len(p.Successions), func(i int) []any {
		s := p.Successions[i]
		return []any{s.From, s.To, s.On, s.Note}
	})
}

func (l loader) parameters(p civic.Profile) error {
	return l.each("parameter", `
		INSERT INTO parameter (key, version, value, unit, effective, source, legal_tag, note_zh, note_en, changed_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'profile') ON CONFLICT DO NOTHING`, len(p.Parameters), func(i int) []any {
		r := p.Parameters[i]
		return []any{r.Key, r.Version, r.Value, r.Unit, r.From, r.Source, r.Tag, r.NoteZh, r.NoteEn}
	})
}

// calendar notes that the built-in calendar is the first version; its days are compiled in.
func (l loader) calendar(p civic.Profile) error {
	_, err := l.tx.ExecContext(l.ctx, `
		INSERT INTO calendar_version (version, source, imported_by, official, applied_at)
		VALUES ($1, '国务院办公厅关于节假日安排的通知', 'profile', $2, clock_timestamp()) ON CONFLICT DO NOTHING`,
		p.Calendar.Version(), pq.Array(p.Calendar.OfficialYears()))
	if err != nil {
		return fmt.Errorf("load the calendar: %w", err)
	}
	return nil
}

// entries writes the clean-up baseline; a child finds its parent by name.
func (l loader) entries(p civic.Profile) error {
	ids := map[string]string{}
	for _, e := range p.Entries {
		ids[e.Name] = entryID(e)
	}
	entries := slices.Clone(p.Entries)
	slices.SortStableFunc(entries, func(a, b civic.Entry) int { // parents first
		return cmp.Compare(min(len(a.Parent), 1), min(len(b.Parent), 1))
	})
	return l.each("entry", `
		INSERT INTO entry (id, list, category, name, name_en, normal, unit, clearance, merged_into, valid, source, note, parent)
		VALUES ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, tstzrange($10, NULL), $11, $12, nullif($13, '')::uuid) ON CONFLICT DO NOTHING`,
		len(entries), func(i int) []any {
			e := entries[i]
			return []any{entryID(e), e.List, e.Category, e.Name, e.NameEn, names.Normal(e.Name), e.Unit, e.Clearance, e.MergedInto, e.From, e.Source, e.Note, ids[e.Parent]}
		})
}

func entryID(e civic.Entry) string {
	return civic.NewID("profile entry", string(e.List), string(e.Category), e.Name)
}

func (l loader) lines(p civic.Profile) error {
	return l.each("budget line", `
		INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`, len(p.Lines), func(i int) []any {
		b := p.Lines[i]
		return []any{b.ID, b.Unit, b.Year, b.Subject, b.Name, int64(b.Appropriated)}
	})
}

// taskTable writes the template of the yearly task table.
func (l loader) taskTable(p civic.Profile) error {
	return l.each("row of the task table", `
		INSERT INTO assessment_template (key, ord, category, task, target, lead, supports, points, evidence, due, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`, len(p.TaskTable), func(i int) []any {
		r := p.TaskTable[i]
		return []any{r.Key, i, r.Category, r.Task, r.Target, r.Lead, pq.Array(r.Supports), int64(r.Points), r.Evidence, r.Due, r.Source}
	})
}

// people writes the sample people. Their grants were, so to speak, proposed and confirmed by the profile's two makers.
func (l loader) people(p civic.Profile, sample SampleAccounts) error {
	err := l.each("person", `
		INSERT INTO person (id, name, unit, post, sample) VALUES ($1, $2, nullif($3, ''), $4, true) ON CONFLICT DO NOTHING`, len(p.People), func(i int) []any {
		h := p.People[i]
		return []any{h.ID, h.Name, h.Unit, h.Post}
	})
	if err != nil {
		return err
	}
	err = l.each("account", `
		INSERT INTO account (id, person, login, password, must_change) VALUES ($1, $2, $3, $4, false) ON CONFLICT DO NOTHING`, len(p.People), func(i int) []any {
		h := p.People[i]
		return []any{civic.NewID("sample account", h.Login), h.ID, h.Login, sample.Password}
	})
	if err != nil {
		return err
	}
	for _, h := range p.People {
		err := l.each("grant", `
			INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, confirmed_by, confirmed_at)
			VALUES ($1, $2, $3, $4, $5, 'profile', 'profile-second', clock_timestamp()) ON CONFLICT DO NOTHING`, len(h.Grants), func(i int) []any {
			g := h.Grants[i]
			return []any{civic.NewID("sample grant", h.ID, string(g.Role), g.Unit), h.ID, g.Role, g.Unit, h.Since}
		})
		if err != nil {
			return err
		}
	}
	return l.deputies(p)
}

// deputyFor is how long a sample deputy stands in.
const deputyFor = 365 * 24 * time.Hour

func (l loader) deputies(p civic.Profile) error {
	for _, h := range p.People {
		if h.DeputyFor == "" {
			continue
		}
		_, err := l.tx.ExecContext(l.ctx, `
			INSERT INTO deputy (id, principal, person, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
			civic.NewID("sample deputy", h.ID, h.DeputyFor), h.DeputyFor, h.ID, h.Since, time.Now().Add(deputyFor))
		if err != nil {
			return fmt.Errorf("load deputy %s: %w", h.ID, err)
		}
	}
	return nil
}
