package civic

import (
	"slices"
	"time"
)

// Seats are asked at the unit that is responsible on the day: bureaus merge and streets are reorganised within the years of a
// project. Where the community still stands its own desk answers, and that of the street above it; else who took over from them.
func (t *turn) communitySeat(h *Housing) Seat {
	unit := t.world.Desk(h.Community)
	if unit == "" && h.CommunityDesk != "" {
		unit = t.world.Responsible(h.CommunityDesk)
	}
	return Seat{Role: Community, Unit: unit}
}

func (t *turn) streetSeat(h *Housing) Seat {
	unit := t.world.Desk(t.world.Above(h.Community))
	if unit == "" && h.StreetDesk != "" {
		unit = t.world.Responsible(h.StreetDesk)
	}
	return Seat{Role: StreetClerk, Unit: unit}
}

// regionOf is the place of a seat's unit.
func (t *turn) regionOf(s Seat) string {
	u, _ := t.world.Unit(s.Unit)
	return u.Region
}

// street is the street or town that answers for the rooms today, community the community.
func (t *turn) street(h *Housing) string    { return t.regionOf(t.streetSeat(h)) }
func (t *turn) community(h *Housing) string { return t.regionOf(t.communitySeat(h)) }

func (t *turn) developerSeat(h *Housing) Seat {
	return Seat{Role: Developer, Unit: t.world.Responsible(h.Developer)}
}

// askSeat opens a step for one seat.
func (t *turn) askSeat(step string, seat Seat) error {
	_, err := t.open(step, seat)
	return err
}

// askUntil opens a step with a term that is no number of working days: it ends at an instant.
func (t *turn) askUntil(step string, seat Seat, due time.Time) *Task {
	task := t.ask(step, seat, max(t.Calendar.Between(dateOf(t.Now), lastDay(due)), 0))
	task.DueAt = &due
	task.RemindAt = nextReminder(t.Calendar, due, t.Now)
	return task
}

// projectPlaces refuses a community without a desk of its own and its street's, and units that are not there or not outside the offices.
func (t *turn) projectPlaces(h *Housing) []*Error {
	var out []*Error
	r, ok := t.world.Region(h.Community)
	switch {
	case h.Community == "":
	case !ok || r.Level != "community" || !r.Stands(t.Now):
		out = append(out, Refuse(Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At("community").With("community", clip(h.Community)))
	case t.communitySeat(h).Unit == "" || t.streetSeat(h).Unit == "":
		out = append(out, Refuse(Invalid, "no_desk", "该社区或所属街道没有办事机构。", "The community or its street has no desk.").At("community"))
	}
	for _, u := range []struct{ field, key, kind, zh, en string }{
		{"developer", h.Developer, "developer", "建设单位", "developer"}, {"surveyor", h.Surveyor, "third_party", "测绘单位", "surveyor"},
	} {
		unit, ok := t.world.Unit(u.key)
		if u.key != "" && (!ok || !unit.Stands(t.Now) || unit.Kind != u.kind) {
			out = append(out, Refuse(Invalid, "no_such_unit", "没有这个"+u.zh+"。", "There is no such "+u.en+".").At(u.field).With("unit", clip(u.key)))
		}
	}
	if slices.Contains([]string{"", h.Surveyor}, h.Developer) && h.Developer != "" {
		out = append(out, Refuse(Invalid, "same_unit", "建设单位不得测绘自己的项目。", "A developer does not survey its own project.").At("surveyor"))
	}
	return out
}
