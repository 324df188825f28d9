package civic

import (
	"fmt"
	"slices"
	"time"
)

// Load is what a unit has in hand.
type Load struct {
	Tasks  int64 // open, in its seats
	Cases  int64 // that it filed and that still run or are in force
	Lines  int64 // budget lines that are not closed
	Admins int64 // grants of the three administrators in it
}

// OfUnit is the last day of a unit and its heirs, or why it cannot end so: what it has in hand needs somebody who answers.
func (e Ending) OfUnit(a *Atlas, key string, has Load, now time.Time) (time.Time, []Succession, error) {
	u, ok := a.units[key]
	if !ok {
		return now, nil, ErrNotFound()
	}
	if u.ValidUntil != nil {
		return now, nil, errEnded(*u.ValidUntil)
	}
	last := u.ValidFrom
	for _, n := range a.unitNames[key] {
		last = n.From
	}
	for _, s := range a.Successions(key) { // what was handed to it must not be handed on before that
		if s.To == key && s.On.After(last) {
			last = s.On
		}
	}
	on, err := e.day(last, now)
	if err != nil {
		return on, nil, err
	}
	for i, heir := range e.Successors {
		h, ok := a.units[heir]
		switch {
		case heir == key || slices.Contains(e.Successors[:i], heir):
			return on, nil, errHeirs(i)
		case !ok || !h.Stands(on):
			return on, nil, Refuse(Invalid, "no_such_unit", "承接单位不存在，或当日已撤销。", "The unit that takes over does not exist, or does not stand on that day.").At(fmt.Sprintf("successors[%d]", i))
		}
	}
	switch {
	case has.Admins > 0:
		return on, nil, Refuse(Conflict, "has_administrators", "该单位尚有在任的系统、安全或审计管理员，请先另行授权。",
			"Administrators hold office in this unit; grant their office elsewhere first.").By("grant.three_administrators").With("administrators", has.Admins)
	case len(e.Successors) == 0 && has.Tasks+has.Cases+has.Lines > 0:
		return on, nil, a.errNeedsHeir(u, has, on)
	}
	return on, heirs(key, e.Successors, on, e.Source), nil
}

// errNeedsHeir says what somebody has to take over, and who could.
func (a *Atlas) errNeedsHeir(u Unit, has Load, on time.Time) error {
	err := Refuse(Conflict, "needs_successor",
		fmt.Sprintf("该单位还有未办任务 %d 件、在办或有效事项 %d 件、未关闭预算项目 %d 个，请指定承接单位。", has.Tasks, has.Cases, has.Lines),
		fmt.Sprintf("The unit has %d open tasks, %d cases under way or in force, and %d open budget lines; name the unit that takes over.", has.Tasks, has.Cases, has.Lines)).
		At("successors").By("places.somebody_answers").With("open_tasks", has.Tasks).With("cases", has.Cases).With("budget_lines", has.Lines)
	if heir := a.likelyHeir(u, on); heir != "" {
		err = err.With("successor", heir)
	}
	return err
}

// likelyHeir is the unit that would answer: the desk of whoever follows the unit's region, else of what is above it.
func (a *Atlas) likelyHeir(u Unit, on time.Time) string {
	region := u.Region
	for _, s := range a.followers[region] {
		if !s.Beside {
			region = s.To
		}
	}
	if desk := a.Desk(region, on); desk != "" && desk != u.Key {
		return desk
	}
	for _, other := range a.Units() {
		if other.Key != u.Key && other.Kind == u.Kind && other.Level == u.Level && other.Stands(on) && (u.Level == "city" || other.Region == a.Above(u.Region, on)) {
			return other.Key
		}
	}
	return a.Desk(a.Above(u.Region, on), on)
}

// OfRegion is the last day of a region and its heirs, or why it cannot end so.
func (e Ending) OfRegion(a *Atlas, key string, now time.Time) (time.Time, []Succession, error) {
	r, ok := a.regions[key]
	if !ok {
		return now, nil, ErrNotFound()
	}
	if r.ValidUntil != nil {
		return now, nil, errEnded(*r.ValidUntil)
	}
	last := r.ValidFrom
	for _, n := range a.regionNames[key] {
		last = n.From
	}
	for _, p := range a.placements[key] {
		if p.From.After(last) {
			last = p.From
		}
	}
	on, err := e.day(last, now)
	if err != nil {
		return on, nil, err
	}
	for i, heir := range e.Successors {
		h, ok := a.regions[heir]
		switch {
		case heir == key || slices.Contains(e.Successors[:i], heir):
			return on, nil, errHeirs(i)
		case !ok || !h.Stands(on) || h.Level != r.Level:
			return on, nil, Refuse(Invalid, "no_such_region", "承接区域不存在、当日已撤销或层级不同。", "The place that takes over does not exist, does not stand on that day, or is of another level.").At(fmt.Sprintf("successors[%d]", i))
		}
	}
	places, bodies := a.standingIn(key, on)
	if r.Level == "city" || places+bodies > 0 {
		return on, nil, Refuse(Conflict, "not_empty", fmt.Sprintf("该区域下还有 %d 个区域、%d 个单位，请先调整其隶属或撤销。", places, bodies),
			fmt.Sprintf("%d places and %d bodies still hang on it; move or end them first.", places, bodies)).By("places.nothing_hangs_loose").With("regions", places).With("units", bodies)
	}
	return on, heirs(key, e.Successors, on, e.Source), nil
}

// standingIn counts the regions right under a region, or entrusted to it, and the bodies in it that stand on that day.
func (a *Atlas) standingIn(region string, on time.Time) (places, bodies int) {
	for key, list := range a.placements {
		for _, p := range list {
			if (p.Parent == region || p.EntrustTo == region) && (p.Until == nil || p.Until.After(on)) && a.regions[key].Stands(on) {
				places++
			}
		}
	}
	for _, u := range a.units {
		if u.Region == region && u.Stands(on) {
			bodies++
		}
	}
	return places, bodies
}

// day is the first day on which it no longer stands.
func (e Ending) day(last, now time.Time) (time.Time, error) {
	if err := placeWords("x", e.Source); err != nil {
		return now, err
	}
	if len(e.Successors) > 20 { // no reform of a city has split a body into more
		return now, Refuse(Invalid, "too_many", "承接方过多。", "There are too many that take over.").At("successors").With("max", 20)
	}
	return changeDay("on", e.On, last, now)
}

func errHeirs(i int) error {
	return Refuse(Invalid, "circle", "承接方不能是自身，也不能重复。", "Nobody takes over from themselves, nor twice.").At(fmt.Sprintf("successors[%d]", i)).By("places.no_circle")
}

func heirs(from string, to []string, on time.Time, note string) []Succession {
	out := make([]Succession, len(to))
	for i, key := range to {
		out[i] = Succession{From: from, To: key, On: on, Note: note, Beside: i > 0}
	}
	return out
}
