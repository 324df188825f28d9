package postgres

import (
	"context"
	"encoding/json"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/postgres/rows"
)

// rooms brings the rooms of an act into the register.
func (w *writing) rooms(ctx context.Context) error {
	if len(w.fx.Rooms) == 0 {
		return nil
	}
	rooms := make([]civic.StockRoom, len(w.fx.Rooms))
	for i, r := range w.fx.Rooms {
		if r.ID == "" {
			r.ID = civic.NewID(w.act.ID, "room", fmt.Sprint(i))
		}
		if r.Case == "" {
			r.Case = w.d.Case.ID
		}
		if faults := r.Faults(); len(faults) > 0 { // the rules of a procedure have refused it before
			return fmt.Errorf("room %d of case %s: %w", i+1, w.d.Case.ID, faults[0])
		}
		rooms[i] = r
	}
	return enterRooms(ctx, w.q, rooms, w.d.Case.Number, w.act.Actor, w.act.ID)
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
