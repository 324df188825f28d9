package changzhou

import (
	"slices"
	"strconv"
	"strings"

	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// Room is a sample room of the register of stock. Sample rooms belong to the embedded mode only.
type Room struct {
	Region      string
	Name        string
	Area        space.Area
	Storey      int
	Uses        []string
	Station     string // "" for none
	Signs       []string
	State       string
	Owner       string // unit key
	TitleKind   string
	TitleNumber string
	Origin      string
	Valid       Span
	Note        string
}

var roomTable = table[Room]{
	file: "stock.csv",
	header: []string{"region_key", "name", "area_m2", "storey", "uses", "station", "signs", "state", "owner_key", "title_kind", "title_number", "origin",
		"valid_from", "valid_to", "note"},
	row: func(r *row) Room {
		room := Room{Region: r.key("region_key"), Name: r.text("name"), Uses: several(r.text("uses")), Station: r.optional("station"), Signs: several(r.optional("signs")),
			State: r.text("state"), Owner: r.key("owner_key"), TitleKind: r.text("title_kind"), TitleNumber: r.optional("title_number"), Origin: r.text("origin"),
			Valid: r.span(), Note: r.optional("note")}
		var err error
		if room.Area, err = space.ParseArea(r.text("area_m2")); err != nil {
			r.fail("area_m2", "%v", err)
		}
		if room.Storey, err = strconv.Atoi(r.text("storey")); err != nil {
			r.fail("storey", "%v", err)
		}
		for _, fault := range room.civic(nil).Faults() {
			r.fail(fault.Field, "%s", fault.En)
		}
		return room
	},
}

func several(cell string) []string {
	if cell == "" {
		return []string{}
	}
	return strings.Split(cell, "|")
}

// civic is the room in the words of the subject.
func (r Room) civic(units []Unit) civic.StockRoom {
	out := civic.StockRoom{ID: civic.NewID("sample room", r.Region, r.Name), Region: r.Region, Name: r.Name, Area: r.Area, Storey: r.Storey, Uses: r.Uses, Station: civic.Station(r.Station),
		Signs: r.Signs, State: civic.StockState(r.State), TitleKind: civic.TitleKind(r.TitleKind), TitleNumber: r.TitleNumber, Origin: civic.Origin(r.Origin)}
	if i := slices.IndexFunc(units, func(u Unit) bool { return u.Key == r.Owner }); i >= 0 {
		out.Owner = units[i].Name
	}
	out.From, _ = workday.ParseDate(string(r.Valid.From)) // the span has been read
	if r.Valid.To != "" {
		out.Until, _ = workday.ParseDate(string(r.Valid.To))
	}
	return out
}

// checkRooms refuses rooms of what is no community, of an owner that is none, and two of one name.
func (c *checker) checkRooms() {
	for i, r := range c.Rooms {
		if g := c.regions[r.Region]; g.Level != "community" {
			c.fail(roomTable.file, i, "region_key %q is no community", r.Region)
		}
		if _, ok := c.units[r.Owner]; !ok {
			c.fail(roomTable.file, i, "owner_key %q is no unit", r.Owner)
		}
		if slices.ContainsFunc(c.Rooms[:i], func(o Room) bool { return o.Region == r.Region && o.Name == r.Name }) {
			c.fail(roomTable.file, i, "%s has two rooms %q", r.Region, r.Name)
		}
	}
}
