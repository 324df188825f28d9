package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// roomColumns are a row r of the register as a list shows it.
const roomColumns = `r.id, coalesce(r.case_id::text, ''), r.region, r.name, r.address, r.area, r.storey, r.uses, r.station, r.signs, r.state, r.owner,
	r.title_kind, r.title_number, r.from_day::text, coalesce(r.until_day::text, ''), r.origin, r.version`

func scanRoom(scan func(...any) error) (civic.StockRoom, error) {
	var r rows.RoomsOfRow
	err := scan(&r.ID, &r.CaseID, &r.Region, &r.Name, &r.Address, &r.Area, &r.Storey, pq.Array(&r.Uses), &r.Station, pq.Array(&r.Signs), &r.State, &r.Owner,
		&r.TitleKind, &r.TitleNumber, &r.FromDay, &r.UntilDay, &r.Origin, &r.Version)
	if err != nil {
		return civic.StockRoom{}, err
	}
	return roomOf(r)
}

// StockRooms lists the register by name. Whatever is asked for beside the community, the index by name leads: a page is read from
// where the one before ended.
func (s *Store) StockRooms(ctx context.Context, q civic.StockQuery) ([]civic.StockRoom, error) {
	query, args := stockQuery(q)
	return collect(ctx, s.db, "read the register", query, args, scanRoom)
}

func stockQuery(q civic.StockQuery) (string, []any) {
	var w where
	if q.Communities != nil {
		w.and("r.region = ANY(?::text[])", pq.Array(q.Communities))
	}
	if !q.Day.IsZero() {
		w.and("(r.until_day IS NULL OR r.until_day > ?::text::date)", q.Day.String())
	}
	if q.State != "" {
		w.and("r.state = ?", string(q.State))
	}
	if q.Station != "" {
		w.and("r.station = ?", string(q.Station))
	}
	if q.Origin != "" {
		w.and("r.origin = ?", string(q.Origin))
	}
	if q.Use != "" {
		w.and("r.uses @> ARRAY[?::text]", q.Use)
	}
	if q.Normal != "" {
		w.and("r.normal LIKE ?", containing(q.Normal))
	}
	if a := q.After; a != nil {
		w.and("(r.name, r.id) > (?, ?::uuid)", a.Text, cursorID(a))
	}
	return `SELECT ` + roomColumns + ` FROM stock_room r WHERE ` + w.String() + ` ORDER BY r.name, r.id LIMIT ` + w.arg(q.Limit), w.args
}

// StockOn are all rooms as they stood on a day, from their history.
func (s *Store) StockOn(ctx context.Context, day workday.Date) ([]civic.StockRoom, error) {
	list, err := s.q.RoomsOn(ctx, day.String())
	if err != nil {
		return nil, fmt.Errorf("read the register of %s: %w", day, err)
	}
	out := make([]civic.StockRoom, len(list))
	for i, r := range list {
		if out[i], err = roomOf(rows.RoomsOfRow(r)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// StockFile is one room with its history and its patrols.
func (s *Store) StockFile(ctx context.Context, id string) (civic.StockFile, error) {
	var f civic.StockFile
	if !isID(id) {
		return f, civic.ErrNotFound()
	}
	err := s.frozen(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		var err error
		f.Room, err = scanRoom(tx.QueryRowContext(ctx, `SELECT `+roomColumns+` FROM stock_room r WHERE r.id = $1`, id).Scan)
		if err != nil {
			return fmt.Errorf("read room %s: %w", id, absent(err))
		}
		if f.Room.Case != "" {
			if err := tx.QueryRowContext(ctx, `SELECT coalesce(number, '') FROM cases WHERE id = $1`, f.Room.Case).Scan(&f.Number); err != nil {
				return fmt.Errorf("read the case of room %s: %w", id, err)
			}
		}
		return roomHistory(ctx, q, &f)
	})
	return f, err
}

func roomHistory(ctx context.Context, q *rows.Queries, f *civic.StockFile) error {
	changes, err := q.RoomChanges(ctx, f.Room.ID)
	if err != nil {
		return fmt.Errorf("read the changes of room %s: %w", f.Room.ID, err)
	}
	for _, c := range changes {
		r, err := roomOf(rows.RoomsOfRow{ID: f.Room.ID, CaseID: f.Room.Case, Region: f.Room.Region, Name: c.Name, Address: c.Address, Area: c.Area, Storey: c.Storey,
			Uses: c.Uses, Station: c.Station, Signs: c.Signs, State: c.State, Owner: c.Owner, TitleKind: c.TitleKind, TitleNumber: c.TitleNumber,
			FromDay: f.Room.From.String(), UntilDay: c.UntilDay, Origin: string(f.Room.Origin), Version: c.Version})
		if err != nil {
			return err
		}
		effective, err := workday.ParseDate(c.Effective)
		if err != nil {
			return fmt.Errorf("read a change of room %s: %w", f.Room.ID, err)
		}
		f.Changes = append(f.Changes, civic.StockChange{StockRoom: r, Effective: effective, Why: c.Why, By: c.ChangedBy, At: c.At})
	}
	patrols, err := q.RoomPatrols(ctx, f.Room.ID)
	if err != nil {
		return fmt.Errorf("read the patrols of room %s: %w", f.Room.ID, err)
	}
	for _, p := range patrols {
		day, err := workday.ParseDate(p.Day)
		if err != nil {
			return fmt.Errorf("read a patrol of room %s: %w", f.Room.ID, err)
		}
		f.Patrols = append(f.Patrols, civic.StockPatrol{ID: p.ID, Room: f.Room.ID, Kind: p.Kind, Year: int(p.Year), Quarter: int(p.Quarter), Day: day,
			Found: civic.StockState(p.Found), Note: p.Note, Person: p.Person, Unit: p.Unit, At: p.At})
	}
	return nil
}

// ChangeStock writes what a rule makes of a room, which is held meanwhile.
func (s *Store) ChangeStock(ctx context.Context, deed civic.Deed, id string, seen int, why string, ruleFunc func(civic.StockRoom, workday.Date) (civic.StockRoom, error)) (civic.StockRoom, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.StockRoom, error) {
		return changeHeld(ctx, q, deed, id, seen, why, ruleFunc)
	})
}

// changeHeld holds a room and writes what the rule makes of it. What changes nothing makes no version.
func changeHeld(ctx context.Context, q *rows.Queries, deed civic.Deed, id string, seen int, why string, ruleFunc func(civic.StockRoom, workday.Date) (civic.StockRoom, error)) (civic.StockRoom, error) {
	row, err := q.LockRoom(ctx, id)
	if err != nil {
		return civic.StockRoom{}, fmt.Errorf("hold room %s: %w", id, absent(err))
	}
	now, err := roomOf(rows.RoomsOfRow{ID: row.ID, CaseID: row.CaseID, Region: row.Region, Name: row.Name, Address: row.Address, Area: row.Area, Storey: row.Storey, Uses: row.Uses,
		Station: row.Station, Signs: row.Signs, State: row.State, Owner: row.Owner, TitleKind: row.TitleKind, TitleNumber: row.TitleNumber, FromDay: row.FromDay,
		UntilDay: row.UntilDay, Origin: row.Origin, Version: row.Version})
	if err != nil {
		return now, err
	}
	if seen != 0 && seen != now.Version {
		return now, civic.Refuse(civic.Stale, "stale", "页面内容已过时，请刷新后再操作。", "Somebody has changed the room since you looked; look again.").
			With("seen", seen).With("current", now.Version)
	}
	today := workday.DateOf(row.Now)
	next, err := ruleFunc(now, today)
	if err != nil || sameRow(now, next) {
		return now, err
	}
	deed.Detail["state"], deed.Detail["version"] = string(next.State), now.Version+1
	if err := changeRoom(ctx, q, next, today.String(), why, deed.Actor.Person, deed.ID); err != nil {
		return now, err
	}
	next.Version++
	return next, nil
}

// sameRow reports whether two versions of a room say the same.
func sameRow(a, b civic.StockRoom) bool {
	return a.State == b.State && a.Station == b.Station && a.Owner == b.Owner && a.TitleKind == b.TitleKind && a.TitleNumber == b.TitleNumber && a.Until == b.Until &&
		slices.Equal(a.Uses, b.Uses) && slices.Equal(a.Signs, b.Signs)
}

// PatrolStock writes down a patrol, and what it found of the room.
func (s *Store) PatrolStock(ctx context.Context, deed civic.Deed, p civic.StockPatrol, ruleFunc func(civic.StockRoom, workday.Date) (civic.StockRoom, error)) (civic.StockPatrol, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.StockPatrol, error) {
		why := "巡查"
		if p.Note != "" {
			why += "：" + p.Note
		}
		_, err := changeHeld(ctx, q, deed, p.Room, 0, why, func(r civic.StockRoom, today workday.Date) (civic.StockRoom, error) {
			p.Day, p.Year = today, today.Year
			if p.Kind == "quarter" {
				p.Quarter = (int(today.Month) + 2) / 3
			}
			return ruleFunc(r, today)
		})
		if err != nil {
			return p, err
		}
		err = q.InsertPatrol(ctx, rows.InsertPatrolParams{ID: p.ID, Room: p.Room, Kind: p.Kind, Year: int4(p.Year), Quarter: int4(p.Quarter), Day: p.Day.String(),
			Found: string(p.Found), Note: p.Note, Person: p.Person, Unit: p.Unit, Act: deed.ID})
		if constraint(err) == "stock_patrol_once" {
			return p, civic.Refuse(civic.Conflict, "patrolled", "本期已巡查，不能重复登记。", "The room has been looked at in this period already.").By("stock_patrol_once")
		}
		if err != nil {
			return p, fmt.Errorf("write down a patrol: %w", err)
		}
		return p, nil
	})
}

// ImportStock brings rooms into the register, all or none.
func (s *Store) ImportStock(ctx context.Context, deed civic.Deed, rooms []civic.StockRoom, why string) (int, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (int, error) {
		for i := range rooms {
			rooms[i].ID = civic.NewID(deed.ID, rooms[i].Region, names.Normal(rooms[i].Name), rooms[i].From.String())
		}
		deed.Detail["rooms"] = len(rooms)
		return len(rooms), enterRooms(ctx, q, rooms, why, deed.Actor.Person, deed.ID)
	})
}
