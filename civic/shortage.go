package civic

import (
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// Shortage is how a community's, a street's or a district's rooms stand to the standard in force on a day.
// What is misused or vacant is there, so that it does not have to be built again; but it does not serve anybody, and is told apart.
type Shortage struct {
	Standard   int          `json:"standard"` // version
	Day        workday.Date `json:"day"`
	Households int64        `json:"households"`
	Required   space.Area   `json:"required"`
	Present    space.Area   `json:"present"` // all rooms that count
	InUse      space.Area   `json:"in_use"`  // of them, those that serve
	Vacant     space.Area   `json:"vacant"`
	Misused    space.Area   `json:"misused"`  // with those that are being put right
	Excluded   space.Area   `json:"excluded"` // rooms that the standard does not count
	Short      space.Area   `json:"short"`    // required − present, 0 when there is enough
	Idle       space.Area   `json:"idle"`     // what of the requirement could be met by using what is there
	Rooms      int          `json:"rooms"`
}

// ShortageOf holds a community's rooms against the standard. What does not stand on the day does not count, nor does a room
// all of whose uses the standard leaves out.
func ShortageOf(standard space.Standard, community Region, rooms []StockRoom, day workday.Date) (Shortage, error) {
	s := Shortage{Standard: standard.Version, Day: day, Households: community.Households}
	if community.Households > 0 { // a community that nobody has counted owes nothing that could be computed
		owed, err := standard.Required(space.Plan{Households: community.Households})
		if err != nil {
			return s, err
		}
		s.Required = owed.Area
	}
	for _, r := range rooms {
		if !r.Stands(day) || r.State == RoomDemolished {
			continue
		}
		sums := []*space.Area{&s.Excluded}
		if counts(standard, r) {
			s.Rooms++
			sums = []*space.Area{&s.Present, s.of(r.State)}
		}
		for _, sum := range sums {
			var err error
			if *sum, err = sum.Add(r.Area); err != nil {
				return s, err
			}
		}
	}
	s.settle()
	return s, nil
}

// of is the sum to which a room in this state belongs.
func (s *Shortage) of(state StockState) *space.Area {
	switch state {
	case RoomVacant:
		return &s.Vacant
	case RoomMisused, RoomRectifying:
		return &s.Misused
	}
	return &s.InUse
}

func (s *Shortage) settle() {
	s.Short = max(s.Required-s.Present, 0)
	s.Idle = max(min(s.Required, s.Present)-s.InUse, 0)
}

// counts reports whether the standard counts the room: at least one of its uses does.
func counts(standard space.Standard, r StockRoom) bool {
	for _, u := range r.Uses {
		excluded := false
		for _, x := range standard.Excluded {
			excluded = excluded || string(x) == u
		}
		if !excluded {
			return true
		}
	}
	return false
}

// Add puts another community's figures to those of a street or district. One community's surplus makes up for nothing
// that another lacks: the shortages add up, not the differences.
func (s Shortage) Add(other Shortage) (Shortage, error) {
	out := s
	out.Standard, out.Day = other.Standard, other.Day
	out.Households += other.Households
	out.Rooms += other.Rooms
	for _, p := range []struct {
		sum  *space.Area
		more space.Area
	}{
		{&out.Required, other.Required}, {&out.Present, other.Present}, {&out.InUse, other.InUse}, {&out.Vacant, other.Vacant},
		{&out.Misused, other.Misused}, {&out.Excluded, other.Excluded}, {&out.Short, other.Short}, {&out.Idle, other.Idle},
	} {
		var err error
		if *p.sum, err = p.sum.Add(p.more); err != nil {
			return s, err
		}
	}
	return out, nil
}

// figures are the shortage as "why was this decided" shows it.
func (s Shortage) figures() map[string]any {
	return map[string]any{"standard": s.Standard, "day": s.Day.String(), "households": s.Households, "required": s.Required.String(), "present": s.Present.String(),
		"in_use": s.InUse.String(), "vacant": s.Vacant.String(), "misused": s.Misused.String(), "short": s.Short.String()}
}
