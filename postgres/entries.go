package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/postgres/rows"
)

// Lists are the sizes of the published lists at an instant, and their newest versions.
func (s *Store) Lists(ctx context.Context, at time.Time) ([]civic.ListState, error) {
	sizes, err := s.q.ListSizes(ctx, at)
	if err != nil {
		return nil, fmt.Errorf("count the lists: %w", err)
	}
	versions, err := s.q.ListVersions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lists' versions: %w", err)
	}
	out := make([]civic.ListState, len(sizes))
	for i, r := range sizes {
		out[i] = civic.ListState{List: civic.List(r.List), Entries: r.Entries}
		for _, v := range versions {
			if v.List != r.List {
				continue
			}
			out[i].Version, out[i].Effective = int(v.Version), &v.Effective
			if v.Mark != nil {
				out[i].Document = documentNumber(*v.Mark, int(v.DocYear.Int32), v.DocNumber.Int64)
			}
		}
	}
	return out, nil
}

// entryColumns are what a list shows of a row e of entry at the instant $1. A child stands wherever its parent does.
const entryColumns = `e.id, e.list, e.category, e.name, e.name_en, coalesce(e.parent::text, ''), coalesce(e.unit, ''), coalesce(e.case_id::text, ''),
	coalesce(e.mark, ''), coalesce(e.doc_year, 0), coalesce(e.doc_number, 0), e.clearance, e.merged_into,
	lower(e.valid), upper(e.valid), EXISTS (SELECT FROM suspension x WHERE x.entry_id = e.id AND x.during @> $1::timestamptz),
	e.amount, e.source, e.note, e.zero_cost, (SELECT count(*) FROM entry_region x WHERE x.entry_id = coalesce(e.parent, e.id))`

func scanEntry(scan func(...any) error) (civic.EntryRow, error) {
	var r civic.EntryRow
	var mark string
	var year int
	var number int64
	err := scan(&r.ID, &r.List, &r.Category, &r.Name, &r.NameEn, &r.Parent, &r.Unit, &r.Case, &mark, &year, &number, &r.Clearance, &r.MergedInto,
		&r.From, &r.Until, &r.Suspended, &r.Amount, &r.Source, &r.Note, &r.ZeroCost, &r.Communities)
	if mark != "" {
		r.Document = documentNumber(mark, year, number)
	}
	return r, err
}

// Entries lists what is in force at an instant, by name. An entry without communities is the whole city's.
func (s *Store) Entries(ctx context.Context, q civic.EntryQuery) ([]civic.EntryRow, error) {
	var w where
	w.and("e.valid @> ?::timestamptz", q.Moment) // $1, which the columns speak of too
	if q.List != "" {
		w.and("e.list = ?", string(q.List))
	}
	if q.Category != "" {
		w.and("e.category = ?", string(q.Category))
	}
	if q.Normal != "" {
		w.and("e.normal LIKE ?", containing(q.Normal))
	}
	if q.Areas != nil {
		w.and(`(EXISTS (SELECT FROM entry_region x WHERE x.entry_id = coalesce(e.parent, e.id) AND x.region = ANY(?::text[]))
			OR NOT EXISTS (SELECT FROM entry_region x WHERE x.entry_id = coalesce(e.parent, e.id)))`, pq.Array(q.Areas))
	}
	if a := q.After; a != nil {
		w.and("(e.name, e.id) > (?, ?::uuid)", a.Text, cursorID(a))
	}
	query := `SELECT ` + entryColumns + ` FROM entry e WHERE ` + w.String() + ` ORDER BY e.name, e.id LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "read the list", query, w.args, scanEntry)
}

// EntryFile is one line of a list with its children, communities and suspensions.
func (s *Store) EntryFile(ctx context.Context, id string) (civic.EntryFile, error) {
	var f civic.EntryFile
	if !isID(id) {
		return f, civic.ErrNotFound()
	}
	err := s.frozen(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		now := s.Now()
		row := tx.QueryRowContext(ctx, `SELECT `+entryColumns+` FROM entry e WHERE e.id = $2`, now, id)
		var err error
		if f.EntryRow, err = scanEntry(row.Scan); err != nil {
			return fmt.Errorf("read entry %s: %w", id, absent(err))
		}
		f.Children, err = collect(ctx, tx, "read the children", `SELECT `+entryColumns+` FROM entry e WHERE e.parent = $2 ORDER BY e.name, e.id`, []any{now, id}, scanEntry)
		if err != nil {
			return err
		}
		query := `SELECT e.ended_why, coalesce((SELECT c.number FROM cases c WHERE c.id = e.case_id), '') FROM entry e WHERE e.id = $1`
		if err := tx.QueryRowContext(ctx, query, id).Scan(&f.Why, &f.Number); err != nil {
			return fmt.Errorf("read entry %s: %w", id, err)
		}
		return entryParts(ctx, q, &f)
	})
	return f, err
}

func entryParts(ctx context.Context, q *rows.Queries, f *civic.EntryFile) error {
	covered := f.ID
	if f.Parent != "" {
		covered = f.Parent
	}
	regions, err := q.EntryRegions(ctx, covered)
	if err != nil {
		return fmt.Errorf("read the communities of entry %s: %w", f.ID, err)
	}
	for _, r := range regions {
		f.Regions = append(f.Regions, civic.RegionShare{Region: r.Region, Units: r.Units, Amount: money.Fen(r.Amount)})
	}
	rests, err := q.EntryRests(ctx, f.ID)
	if err != nil {
		return fmt.Errorf("read the suspensions of entry %s: %w", f.ID, err)
	}
	f.Rests = []civic.Span{}
	for _, r := range rests {
		f.Rests = append(f.Rests, civic.Span{From: r.FromAt, Until: until(r.Until), Why: r.Why})
	}
	return nil
}

// Noticed lists the decisions on public notice, the latest case first.
func (s *Store) Noticed(ctx context.Context, window civic.Window) ([]civic.NoticedCase, error) {
	query := `
		SELECT r.body, f.form, (SELECT count(*) FROM objection o WHERE o.case_id = c.id), ` + caseColumns + `
		FROM (
			(SELECT c.* FROM cases c WHERE c.state = 'publicity' AND c.seq < $1 ORDER BY c.seq DESC LIMIT $2)
			UNION ALL
			(SELECT c.* FROM cases c WHERE c.state = 'objected' AND c.seq < $1 ORDER BY c.seq DESC LIMIT $2)) c
		CROSS JOIN LATERAL (SELECT r.body FROM ruling r WHERE r.case_id = c.id ORDER BY r.ord DESC LIMIT 1) r
		JOIN form f ON f.case_id = c.id
		ORDER BY c.seq DESC LIMIT $2`
	return collect(ctx, s.db, "list the public notices", query, []any{afterSeq(window), window.Limit}, func(scan func(...any) error) (civic.NoticedCase, error) {
		var n civic.NoticedCase
		var c caseRow
		var body, form []byte
		if err := scan(append([]any{&body, &form, &n.Objections}, c.places()...)...); err != nil {
			return n, err
		}
		if err := json.Unmarshal(body, &n.Ruling); err != nil {
			return n, fmt.Errorf("read the ruling: %w", err)
		}
		var err error
		if n.Case, err = c.read(); err != nil || n.Case.Procedure == civic.AccessProcedure {
			return n, err
		}
		n.Matter, err = civic.ReadMatter(n.Case.Procedure, form)
		return n, err
	})
}

// PublishEntry puts a line on a list and makes the list's next version.
func (s *Store) PublishEntry(ctx context.Context, deed civic.Deed, e civic.NewEntry) (civic.Entry, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Entry, error) {
		id := civic.NewID("entry", deed.ID)
		if err := q.LockList(ctx, string(e.List)); err != nil {
			return civic.Entry{}, fmt.Errorf("wait for the list: %w", err)
		}
		err := q.PutOnList(ctx, rows.PutOnListParams{ID: id, List: string(e.List), Category: string(e.Category), Name: e.Name, NameEn: e.NameEn,
			Normal: names.Normal(e.Name), Unit: stored(e.Unit), Clearance: e.Clearance, MergedInto: e.MergedInto, FromAt: e.From, Source: e.Source, Note: e.Note})
		if sqlState(err) == "23P01" {
			return civic.Entry{}, civic.Refuse(civic.Conflict, "already_listed", "清单中已有“"+e.Name+"”。", "“"+e.Name+"” is on this list already.").At("name").With("list", string(e.List))
		}
		if err != nil {
			return civic.Entry{}, fmt.Errorf("put on the list: %w", err)
		}
		made, err := q.EntryByID(ctx, id)
		if err != nil {
			return civic.Entry{}, fmt.Errorf("read entry %s: %w", id, err)
		}
		deed.Detail["entry"], deed.Detail["name"] = id, e.Name
		return entryOf(made), nextVersion(ctx, q, deed, e.List, made.FromAt)
	})
}

func nextVersion(ctx context.Context, q *rows.Queries, deed civic.Deed, list civic.List, effective time.Time) error {
	_, err := q.NextListVersion(ctx, rows.NextListVersionParams{List: string(list), Effective: effective, Act: stored(deed.ID), PublishedBy: deed.Actor.Person})
	if err != nil {
		return fmt.Errorf("publish the list: %w", err)
	}
	return nil
}

// EndEntry ends a line that did not come in by a case, with what came with it, and makes the list's next version.
func (s *Store) EndEntry(ctx context.Context, deed civic.Deed, id string, at time.Time, why string) (civic.Entry, error) {
	if !isID(id) {
		return civic.Entry{}, civic.ErrNotFound()
	}
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.Entry, error) {
		old, err := q.LockEntry(ctx, id)
		if err != nil {
			return civic.Entry{}, fmt.Errorf("lock entry %s: %w", id, absent(err))
		}
		if at.IsZero() || at.Before(old.Now) {
			at = old.Now
		}
		switch {
		case old.CaseID != nil && old.List == string(civic.Admitted):
			return civic.Entry{}, civic.Refuse(civic.Conflict, "by_exit_only", "准入事项须按退出程序办理。", "An admitted item ends by the exit procedure only.").By("domain 3.8")
		case !old.Until.After(at):
			return civic.Entry{}, civic.Refuse(civic.Conflict, "already_ended", "该条目已终止。", "This line has ended already.").With("until", old.Until.Format(time.RFC3339))
		}
		if err := q.LockList(ctx, old.List); err != nil {
			return civic.Entry{}, fmt.Errorf("wait for the list: %w", err)
		}
		n, err := q.EndEntries(ctx, rows.EndEntriesParams{ID: id, Ends: at, Why: why})
		if err != nil || n == 0 {
			return civic.Entry{}, errors.Join(fmt.Errorf("end entry %s: %d rows", id, n), err)
		}
		ended, err := q.EntryByID(ctx, id)
		if err != nil {
			return civic.Entry{}, fmt.Errorf("read entry %s: %w", id, err)
		}
		deed.Detail["name"], deed.Detail["reason"], deed.Detail["ends"] = ended.Name, why, at.Format(time.RFC3339)
		return entryOf(ended), nextVersion(ctx, q, deed, civic.List(old.List), at)
	})
}
