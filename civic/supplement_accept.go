package civic

import (
	"fmt"
	"slices"

	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// supplyAccepted (S5): what civil affairs has measured comes into the register; the case ends only when the promised area exists.
func (t *turn) supplyAccepted(*Task) error {
	s, err := t.supplement()
	if err != nil {
		return err
	}
	if t.act.Outcome == "fail" {
		return t.supplyOn()
	}
	rooms, measured, err := t.measuredRooms(s)
	if err != nil {
		return err
	}
	judged, err := t.supplyOwed(s, measured)
	if err != nil {
		return err
	}
	short := judged.Outcome == space.Short
	switch {
	case short && t.act.Outcome == "pass":
		return Refuse(Conflict, "area_short", "实测面积未达到承诺面积，不能验收合格；可部分入库后继续补足。",
			"What was measured does not reach what was promised: accept a part, the rest is still owed.").At("outcome").By("supplement.area_short").
			With("promised", s.Area.String()).With("there", judged.Measured.String()).With("short", judged.Short.String())
	case !short && t.act.Outcome == "part":
		return Refuse(Conflict, "area_enough", "面积已达到承诺，应验收合格。", "The promised area is there: accept it as a whole.").At("outcome").With("promised", s.Area.String())
	}
	part := SupplyPart{Area: measured, Act: t.act.ID, At: t.Now}
	for _, r := range rooms {
		part.Rooms = append(part.Rooms, r.ID)
	}
	s.Parts, s.Supplied, t.fx.Rooms = append(s.Parts, part), judged.Measured, rooms
	t.fx.Matter = s
	if short {
		return t.supplyOn()
	}
	return t.supplied(s)
}

// supplyOn goes on with what is still owed.
func (t *turn) supplyOn() error {
	t.to(SupplyWork)
	_, err := t.open("supply_build", t.proposer())
	return err
}

// measuredRooms are the rooms of the act as the register takes them, all faults of all rooms at once.
func (t *turn) measuredRooms(s *Supplement) ([]StockRoom, space.Area, error) {
	var faults []*Error
	var sum space.Area
	there, err := t.world.RoomsOf(s.Region)
	if err != nil {
		return nil, 0, err
	}
	today := workday.DateOf(t.Now)
	rooms := make([]StockRoom, len(t.act.Details.Supplement.Rooms))
	for i, m := range t.act.Details.Supplement.Rooms {
		r := m.room(s.Region, s.Means, today)
		r.ID, r.Case = NewID(t.act.ID, "room", fmt.Sprint(i)), t.Case.ID
		found := r.Faults()
		if r.State != RoomInUse && r.State != RoomVacant {
			found = append(found, Refuse(Invalid, "unknown_state", "验收入库的用房应为在用或空置。", "A room that is accepted is in use or vacant.").At("state"))
		}
		if sameRoom(append(slices.Clone(there), rooms[:i]...), r) {
			found = append(found, Refuse(Invalid, "room_twice", "该社区同一时期已有同名用房。", "The community already has a room of this name.").At("name"))
		}
		for _, e := range found {
			faults = append(faults, e.At(fmt.Sprintf("details.supplement.rooms[%d].%s", i, e.Field)))
		}
		rooms[i] = r
		if sum, err = sum.Add(max(r.Area, 0)); err != nil {
			return nil, 0, err
		}
	}
	if len(faults) > 0 {
		first := *faults[0]
		first.Also = faults[1:]
		return nil, 0, &first
	}
	return rooms, sum, nil
}

// supplied ends the case: its money is paid, the rooms whose place the new ones take leave the register.
func (t *turn) supplied(s *Supplement) error {
	rooms, err := t.world.RoomsOf(s.Region)
	if err != nil {
		return err
	}
	today := workday.DateOf(t.Now)
	for _, r := range rooms {
		if !slices.Contains(s.Replaces, r.ID) || !r.Stands(today) {
			continue
		}
		t.fx.Rooms = append(t.fx.Rooms, r.demolished(today))
	}
	for _, h := range t.Held {
		if h.Kind == Reserve && h.Left > 0 {
			t.move(Commit, h.Line, h.ID, h.Left)
			t.move(Disburse, h.Line, t.fx.Money[len(t.fx.Money)-1].ID, h.Left)
		}
	}
	t.notify("supplied", t.proposer(), "")
	t.to(Supplied)
	t.fx.Case.ActsAt, err = t.after("admission.archive_wd")
	return err
}

// sameRoom reports whether one of the rooms has the name of another at a time when both stand.
func sameRoom(there []StockRoom, r StockRoom) bool {
	return slices.ContainsFunc(there, func(o StockRoom) bool {
		return o.Region == r.Region && names.Normal(o.Name) == names.Normal(r.Name) && (o.Until.IsZero() || r.From.Before(o.Until)) && (r.Until.IsZero() || o.From.Before(r.Until))
	})
}

// supplyOwed judges what there is with what was measured now against what was promised.
func (t *turn) supplyOwed(s *Supplement, measured space.Area) (space.Shortfall, error) {
	tolerance, err := t.housingTolerance()
	if err != nil {
		return space.Shortfall{}, err
	}
	there, err := s.Supplied.Add(measured)
	if err != nil {
		return space.Shortfall{}, err
	}
	judged, err := space.Judge(s.Area, there, tolerance)
	if err == nil {
		f := judged.Finding()
		t.figure("supplement."+f.Code, f.Zh, f.En, figuresOf(f.Figures))
	}
	return judged, err
}
