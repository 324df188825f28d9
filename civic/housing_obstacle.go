package civic

import "slices"

// recordObstacle notes what stands in the way; it moves nothing.
func (t *turn) recordObstacle() error {
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "请写明障碍。", "Say what stands in the way.").At("opinion")
	}
	if !slices.Contains(projectStates, t.Case.State) {
		return errNotNow("record_obstacle", t.Case.State)
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if len(h.Obstacles) >= maxKept {
		return errTooManyKept()
	}
	h.Obstacles = append(h.Obstacles, Obstacle{At: t.Now, By: t.act.Actor, Text: t.act.Opinion})
	seat, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	t.notify("obstacle", seat, "")
	return err
}

// maxKept bounds what may pile up in one project.
const maxKept = 500

func errTooManyKept() *Error {
	return Refuse(TooMany, "too_many_entries", "该项目的记录已达上限，请线下处理。", "The project has as many records as it can hold.").With("max", maxKept)
}

// recalculateProject lengthens nothing beyond its tasks: an order's own instant follows its task.
func (t *turn) recalculateProject() error { return nil }
