package civic

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// putIntoUse (D17): the three stations share the rooms; a room has as many uses as people need, and a sign where one is needed.
func (t *turn) putIntoUse(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	var sum space.Area
	paper, number := NoTitle, ""
	if h.Certificate != nil {
		paper, number = OwnershipTitle, h.Certificate.Document.Number
	}
	for i, r := range t.gave().InUse {
		room := StockRoom{ID: NewID(t.act.ID, "room", strconv.Itoa(i)), Case: t.Case.ID, Region: t.community(h), Name: r.Name, Address: h.Address, Area: r.Area,
			Storey: r.Storey, Uses: r.Uses, Station: r.Station, Signs: r.Signs, State: RoomInUse, TitleKind: paper, TitleNumber: number,
			From: dateOf(t.Now), Origin: FromProject}
		if faults := room.Faults(); len(faults) > 0 {
			e := *faults[0]
			e.Field = fmt.Sprintf("details.housing.in_use[%d].%s", i, e.Field)
			return &e
		}
		if sum, err = sum.Add(r.Area); err != nil {
			return Refuse(Invalid, "out_of_range", "面积合计超出范围。", "The areas add up to too much.").At("details.housing.in_use")
		}
		h.Rooms = append(h.Rooms, room)
	}
	for _, s := range Stations {
		if !slices.ContainsFunc(h.Rooms, func(r StockRoom) bool { return string(r.Station) == s.Key }) {
			return Refuse(Conflict, "station_missing", "三大站必须齐备。", "All three stations need their rooms.").At("details.housing.in_use").By("housing.stations").With("missing", s.Key)
		}
	}
	if handed := *h.Areas.HandedOver; sum > handed {
		return Refuse(Conflict, "more_than_handed_over", "启用面积"+sum.Zh()+"大于移交面积"+handed.Zh()+"。", "The rooms come to "+sum.En()+", "+handed.En()+" were handed over.").
			At("details.housing.in_use").By("housing.areas").With("in_use", sum.String()).With("handed_over", handed.String())
	}
	if err := t.pass(h, GateUse, nil, ""); err != nil {
		return err
	}
	t.fx.Rooms = h.Rooms
	t.stay(InUse) // an obstacle of the title may still be open
	next := nextQuarter(t.Now)
	t.fx.Case.ActsAt = &next
	return nil
}

// nextQuarter is the first instant of the quarter after that of an instant.
func nextQuarter(at time.Time) time.Time {
	d := workday.DateOf(at)
	month := (d.Month-1)/3*3 + 4
	return workday.NewDate(d.Year, month, 1).Start().UTC()
}

// openPatrols (D18) is the system's own: every quarter the street looks at the rooms, every year civil affairs. A patrol that
// is still owed is not owed twice: it is overdue, which its seat hears of.
func (t *turn) openPatrols() error {
	if err := t.dueNow(InUse); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	next := nextQuarter(t.Now)
	t.fx.Case.ActsAt = &next
	if !t.waiting("patrol") {
		if err := t.askSeat("patrol", t.streetSeat(h)); err != nil {
			return err
		}
	}
	if workday.DateOf(t.Now).Month > 3 || t.waiting("yearly_check") {
		return nil
	}
	return t.openAt("yearly_check", CivilAffairs, CivilAffairsUnit)
}

// patrolled keeps what a patrol saw; a misuse is to be recovered.
func (t *turn) patrolled(task *Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	kind := "quarterly"
	if task.Step == "yearly_check" {
		kind = "yearly"
	}
	if len(h.Patrols) >= maxKept {
		h.Patrols = h.Patrols[1:] // what fell out stands in the history for ever
	}
	h.Patrols = append(h.Patrols, Patrol{At: t.Now, Kind: kind, Outcome: t.act.Outcome})
	if t.act.Outcome == "misused" {
		return t.misuse(h)
	}
	if t.act.Outcome == "vacant" {
		seat, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
		t.notify("vacant", seat, "")
		return err
	}
	return nil
}

// reportMisuse (D19) may be done by anybody who takes part.
func (t *turn) reportMisuse() error {
	if t.Case.State != InUse {
		return errNotNow("report_misuse", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "请写明擅改用途的情况。", "Say what the misuse is.").At("opinion")
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	return t.misuse(h)
}

// misuse opens the recovery of a room within its term. A lease is a misuse.
func (t *turn) misuse(h *Housing) error {
	kind := t.gave().Misuse
	if !slices.Contains(MisuseKinds, kind) {
		return Refuse(Invalid, "unknown_misuse", "请选择擅改用途的类型。", "Choose the kind of misuse.").At("details.housing.misuse")
	}
	open := 0
	for _, m := range h.Misuses {
		if m.Recovered == nil {
			open++
		}
	}
	if open >= 20 || len(h.Misuses) >= maxKept {
		return errTooManyKept()
	}
	seat, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	if err != nil {
		return err
	}
	task, err := t.open("recover", seat)
	if err != nil {
		return err
	}
	h.Misuses = append(h.Misuses, Misuse{ID: NewID(t.act.ID, "misuse"), At: t.Now, Kind: kind, Text: t.act.Opinion, Task: task.ID})
	t.figure("housing.misuse_wd", "擅改用途，限期收回", "a misuse, to be recovered within its term", map[string]any{"kind": kind, "working_days": task.Term})
	return nil
}

func (t *turn) recovered(task *Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	now := t.Now
	for i := range h.Misuses {
		if h.Misuses[i].Task == task.ID {
			h.Misuses[i].Recovered, h.Misuses[i].How = &now, t.act.Outcome
		}
	}
	return nil
}
