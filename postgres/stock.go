package postgres

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// rooms brings the rooms of an act into the register.
func (w *writing) rooms(ctx context.Context) error {
	if len(w.fx.Rooms) == 0 {
		return nil
	}
	var fresh []civic.StockRoom
	why := cmp.Or(w.fx.RoomsWhy, w.d.Case.Number)
	for i, r := range w.fx.Rooms {
		if r.ID == "" {
			r.ID = civic.NewID(w.act.ID, "room", fmt.Sprint(i))
		}
		if r.Case == "" && r.Version == 0 {
			r.Case = w.d.Case.ID
		}
		if faults := r.Faults(); len(faults) > 0 { // the rules of a procedure have refused it before
			return fmt.Errorf("room %d of case %s: %w", i+1, w.d.Case.ID, faults[0])
		}
		if r.Version == 0 {
			fresh = append(fresh, r)
			continue
		}
		today := workday.DateOf(w.d.Now)
		if err := changeRoom(ctx, w.q, r, max(today.String(), r.From.String()), why, w.act.Actor, w.act.ID); err != nil {
			return err
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	return enterRooms(ctx, w.q, fresh, why, w.act.Actor, w.act.ID)
}

// roomRow is a room as the register's table has it.
type roomRow struct {
	ID          string   `json:"id"`
	Case        *string  `json:"case_id"`
	Region      string   `json:"region"`
	Name        string   `json:"name"`
	Normal      string   `json:"normal"`
	Address     string   `json:"address"`
	Area        int64    `json:"area"`
	Storey      int      `json:"storey"`
	Uses        []string `json:"uses"`
	Station     string   `json:"station"`
	Signs       []string `json:"signs"`
	State       string   `json:"state"`
	Owner       string   `json:"owner"`
	TitleKind   string   `json:"title_kind"`
	TitleNumber string   `json:"title_number"`
	From        string   `json:"from_day"`
	Until       *string  `json:"until_day"`
	Origin      string   `json:"origin"`
}

// enterRooms writes rooms that are new to the register, all in one statement. act is "" for what a profile brings.
func enterRooms(ctx context.Context, q *rows.Queries, rooms []civic.StockRoom, why, by, act string) error {
	list := make([]roomRow, len(rooms))
	for i, r := range rooms {
		list[i] = roomRow{
			ID: r.ID, Case: stored(r.Case), Region: r.Region, Name: r.Name, Normal: names.Normal(r.Name), Address: r.Address, Area: int64(r.Area), Storey: r.Storey,
			Uses: r.Uses, Station: string(r.Station), Signs: append([]string{}, r.Signs...), State: string(r.State), Owner: r.Owner, TitleKind: string(r.TitleKind),
			TitleNumber: r.TitleNumber, From: r.From.String(), Until: stored(r.Until.String()), Origin: string(r.Origin)}
	}
	body, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write the rooms: %w", err)
	}
	n, err := q.EnterRooms(ctx, rows.EnterRoomsParams{Why: why, ChangedBy: by, Act: stored(act), Rooms: body})
	if err != nil {
		return roomRefusal(err, "enter the rooms")
	}
	if n != int64(len(rooms)) {
		return fmt.Errorf("enter the rooms: %d of %d", n, len(rooms))
	}
	return nil
}

// roomRefusal says in words what the register refuses by itself.
func roomRefusal(err error, what string) error {
	switch constraint(err) {
	case "stock_room_once":
		return civic.Refuse(civic.Conflict, "room_twice", "该社区同一时期已有同名用房。", "The community already has a room of this name at that time.").
			At("name").By("stock_room_once")
	case "stock_room_region_fkey":
		return civic.Refuse(civic.Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At("region")
	}
	return fmt.Errorf("%s: %w", what, err)
}

// changeRoom writes the next version of a room, if it is still the one that was seen.
func changeRoom(ctx context.Context, q *rows.Queries, r civic.StockRoom, effective, why, by, act string) error {
	n, err := q.ChangeRoom(ctx, rows.ChangeRoomParams{
		Name: r.Name, Normal: names.Normal(r.Name), Address: r.Address, Area: int64(r.Area), Storey: int4(r.Storey), Uses: r.Uses, Station: string(r.Station),
		Signs: append([]string{}, r.Signs...), State: string(r.State), Owner: r.Owner, TitleKind: string(r.TitleKind), TitleNumber: r.TitleNumber,
		Until: r.Until.String(), Effective: effective, Why: why, ChangedBy: by, Act: stored(act), ID: r.ID, Seen: int4(r.Version)})
	if err != nil {
		return roomRefusal(err, "change the room")
	}
	if n != 1 {
		return civic.Refuse(civic.Stale, "stale", "台账已被他人更新，请刷新后再操作。", "Somebody has changed the room since you looked; look again.").With("seen", r.Version)
	}
	return nil
}

// roomOf reads a room.
func roomOf(r rows.RoomsOfRow) (civic.StockRoom, error) {
	out := civic.StockRoom{ID: r.ID, Case: r.CaseID, Region: r.Region, Name: r.Name, Address: r.Address, Area: space.Area(r.Area), Storey: int(r.Storey), Uses: r.Uses,
		Station: civic.Station(r.Station), Signs: r.Signs, State: civic.StockState(r.State), Owner: r.Owner, TitleKind: civic.TitleKind(r.TitleKind),
		TitleNumber: r.TitleNumber, Origin: civic.Origin(r.Origin), Version: int(r.Version)}
	var err error
	if out.From, err = workday.ParseDate(r.FromDay); err != nil {
		return out, fmt.Errorf("read room %s: %w", r.ID, err)
	}
	if r.UntilDay != "" {
		if out.Until, err = workday.ParseDate(r.UntilDay); err != nil {
			return out, fmt.Errorf("read room %s: %w", r.ID, err)
		}
	}
	return out, nil
}

// RoomsOf are the register's rooms of a community and of those that it took over.
func (w world) RoomsOf(region string) ([]civic.StockRoom, error) {
	list, err := w.q.RoomsOf(w.ctx, w.atlas.Estate(region, w.d.Now))
	if err != nil {
		return nil, fmt.Errorf("read the rooms of %s: %w", region, err)
	}
	out := make([]civic.StockRoom, len(list))
	for i, r := range list {
		if out[i], err = roomOf(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Promised is the area that other supplements of the community have promised: two that are filed at once wait for each other.
func (w world) Promised(region string) (space.Area, error) {
	if err := w.q.LockStock(w.ctx, region); err != nil {
		return 0, fmt.Errorf("wait for other promises for %s: %w", region, err)
	}
	n, err := w.q.PromisedArea(w.ctx, rows.PromisedAreaParams{CaseID: w.d.Case.ID, Region: region})
	if err != nil {
		return 0, fmt.Errorf("add up what was promised for %s: %w", region, err)
	}
	return space.Area(n), nil
}
