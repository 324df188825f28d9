package civic

import (
	"fmt"
	"slices"
	"strings"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// ReplacedBy names the rooms of the register that take the place of a project's: what civil affairs answers.
type ReplacedBy struct {
	Region   string      `json:"region"`          // community
	Rooms    []string    `json:"rooms,omitempty"` // of the register; a replacement of earlier years names none
	Document DocumentRef `json:"document"`        // their title
}

// Replacement is what takes the place of rooms before they are demolished (D20), as the register had it on that day.
type Replacement struct {
	ReplacedBy
	Area    space.Area `json:"area"`
	Address string     `json:"address"`
	Storey  int        `json:"storey"` // the highest
}

func (t *turn) proposeDemolition() error {
	if t.Case.State != InUse || t.waiting("replacement") {
		return errNotNow("propose_demolition", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "申请拆除必须说明理由。", "A demolition needs a reason.").At("opinion")
	}
	return t.openAt("replacement", CivilAffairs, CivilAffairsUnit)
}

// atReplacement is the field of the answer.
const atReplacement = "details.housing.replacement"

// replacementAnswered (D20): first the new rooms, registered, nearby and no smaller; then the project's own leave the register.
func (t *turn) replacementAnswered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "refuse" {
		return nil
	}
	r := Replacement{ReplacedBy: *t.gave().Replacement}
	region, known := t.world.Region(r.Region)
	if !known || region.Level != "community" || t.world.Above(r.Region) != t.street(h) {
		return Refuse(Conflict, "replacement_elsewhere", "置换用房应在同一街道（镇）。", "The replacement has to be in the same street or town.").At(atReplacement + ".region").By("housing.replacement")
	}
	if on, err := Day(r.Document.Date); r.Document.Number == "" || err != nil || on.After(t.Now) {
		return errUnregistered(".document")
	}
	rooms, err := t.replacementRooms(r.ReplacedBy)
	if err != nil {
		return err
	}
	if err := r.of(rooms, h); err != nil {
		return err
	}
	if t.fx.Rooms, err = t.demolished(h); err != nil {
		return err
	}
	t.fx.RoomsWhy = t.Case.Number + " " + h.Name + "：置换用房已登记，同意拆除（D20）"
	h.Replacement, t.fx.Housing.Replacement = &r, rooms
	t.figure("housing.replacement", "先置换，后拆除", "replaced before it is demolished",
		map[string]any{"area": r.Area.String(), "handed_over": h.Areas.HandedOver.String(), "rooms": len(rooms), "demolished": len(t.fx.Rooms)})
	return t.close(Replaced)
}

func errUnregistered(field string) *Error {
	return Refuse(Conflict, "replacement_unregistered", "置换用房须先登记。", "The replacement has to be registered first.").At(atReplacement + field).By("housing.replacement")
}

// replacementRooms are the named rooms as the register has them: they stand, for good, and can be used.
func (t *turn) replacementRooms(by ReplacedBy) ([]StockRoom, error) {
	if len(by.Rooms) == 0 {
		return nil, errUnregistered(".rooms")
	}
	there, err := t.world.RoomsOf(by.Region)
	if err != nil {
		return nil, err
	}
	rooms := make([]StockRoom, len(by.Rooms))
	for n, id := range by.Rooms {
		field := fmt.Sprintf(".rooms[%d]", n)
		i := slices.IndexFunc(there, func(r StockRoom) bool { return r.ID == id })
		if i < 0 || !there[i].Stands(workday.DateOf(t.Now)) {
			return nil, errUnregistered(field).With("room", clip(id))
		}
		r := there[i]
		switch {
		case r.Case == t.Case.ID || slices.Contains(by.Rooms[:n], id):
			return nil, Refuse(Conflict, "replacement_itself", "被拆除的用房不得置换自己，同一用房只计一次。", "Rooms do not take their own place, and each counts once.").
				At(atReplacement+field).By("housing.replacement").With("room", r.Name)
		case r.State != RoomInUse && r.State != RoomVacant || !r.Until.IsZero():
			return nil, Refuse(Conflict, "replacement_unusable", "置换用房应可长期使用：被挪用、整改中或已定终止日期的不计。", "A replacement can be used for good: none that is misused, being put right, or about to end.").
				At(atReplacement+field).By("housing.replacement").With("room", r.Name).With("state", string(r.State))
		}
		rooms[n] = r
	}
	return rooms, nil
}

// of adds the rooms up and holds them against what was handed over and the storey of the conditions.
func (r *Replacement) of(rooms []StockRoom, h *Housing) error {
	var err error
	var addresses []string
	for n, room := range rooms {
		if room.Storey < space.GroundFloor || room.Storey > h.Conditions.Storey {
			return Refuse(Conflict, "replacement_floor", "置换用房楼层不得差于规划条件。", "The replacement is not above the storey of the conditions.").At(fmt.Sprintf("%s.rooms[%d]", atReplacement, n)).
				By("housing.replacement").With("room", room.Name).With("storey", room.Storey).With("highest", h.Conditions.Storey)
		}
		if r.Area, err = r.Area.Add(room.Area); err != nil {
			return Refuse(Invalid, "out_of_range", "面积合计超出范围。", "The areas add up to too much.").At(atReplacement + ".rooms")
		}
		r.Storey = max(r.Storey, room.Storey)
		if room.Address != "" && !slices.Contains(addresses, room.Address) {
			addresses = append(addresses, room.Address)
		}
	}
	r.Address = strings.Join(addresses, "；")
	if handed := *h.Areas.HandedOver; r.Area < handed {
		return Refuse(Conflict, "replacement_smaller", "置换面积"+r.Area.Zh()+"小于原面积"+handed.Zh()+"。", "The replacement has "+r.Area.En()+", the rooms have "+handed.En()+".").
			At(atReplacement+".rooms").By("housing.replacement").With("area", r.Area.String()).With("handed_over", handed.String())
	}
	return nil
}

// demolished are the project's own rooms as they leave the register, wherever their community belongs by now.
func (t *turn) demolished(h *Housing) ([]StockRoom, error) {
	rooms, err := t.world.RoomsOf(h.Rooms[0].Region)
	if err != nil {
		return nil, err
	}
	var out []StockRoom
	for _, r := range rooms {
		if r.Case == t.Case.ID && r.State != RoomDemolished {
			out = append(out, r.demolished(workday.DateOf(t.Now)))
		}
	}
	return out, nil
}

// demolished is the room as it leaves the register for good, today at the latest; one that came today goes tomorrow.
func (r StockRoom) demolished(today workday.Date) StockRoom {
	r.State = RoomDemolished
	if r.Until.IsZero() || r.Until.After(today) {
		r.Until = today
	}
	if !r.Until.After(r.From) {
		r.Until = r.From.AddDays(1)
	}
	return r
}
