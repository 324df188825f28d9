package space

import (
	"errors"
	"fmt"
	"strconv"

	"lizheng/civic/money"
)

// Phase is one phase of a project, in the order of building.
type Phase struct {
	Number     int   `json:"number"`
	Volume     Area  `json:"volume"` // building area of all that is built in it
	Households int64 `json:"households"`
	Rooms      Area  `json:"rooms"` // community service rooms planned in it
}

// Weight says what the share of a phase follows.
type Weight string

// The weights.
const (
	ByVolume     Weight = "volume"
	ByHouseholds Weight = "households"
)

// weigh returns what each phase weighs, and all of them together.
func weigh(phases []Phase, by Weight) (weights []int64, sum int64, err error) {
	for i, p := range phases {
		switch {
		case i > 0 && p.Number <= phases[i-1].Number:
			return nil, 0, fmt.Errorf("phase %d does not come after phase %d", p.Number, phases[i-1].Number)
		case p.Volume < 0 || !p.Volume.fits() || p.Rooms < 0 || !p.Rooms.fits() || p.Households < 0 || p.Households > MaxHouseholds:
			return nil, 0, fmt.Errorf("a number of phase %d is negative or too large", p.Number)
		}
		switch by {
		case ByVolume:
			weights = append(weights, int64(p.Volume))
		case ByHouseholds:
			weights = append(weights, p.Households)
		default:
			return nil, 0, fmt.Errorf("phases are not weighed by %.40q", by)
		}
		sum += weights[i]
	}
	if sum == 0 {
		return nil, 0, money.ErrNoWeight
	}
	return weights, sum, nil
}

// Shares splits an area over the phases by weight, by the method of the largest
// remainder: the shares add up to it to the hundredth.
func Shares(total Area, phases []Phase, by Weight) ([]Area, error) {
	if !total.fits() {
		return nil, ErrTooLarge
	}
	weights, _, err := weigh(phases, by)
	if err != nil {
		return nil, err
	}
	parts, err := money.Apportion(int64(total), weights)
	if err != nil {
		return nil, fmt.Errorf("share %s over the phases: %w", total, err)
	}
	shares := make([]Area, len(parts))
	for i, p := range parts {
		shares[i] = Area(p)
	}
	return shares, nil
}

// Behind returns by how much the rooms built lag behind the homes built, when done of
// all are there, in households or in volume: rooms keep step when their share of the
// required area is at least that of the homes. 0 is in step.
func Behind(required, rooms Area, done, all int64) (Area, error) {
	if required < 0 || rooms < 0 || !required.fits() || !rooms.fits() || all <= 0 || done < 0 || done > all {
		return 0, errors.New("progress is a part of a whole")
	}
	due, err := scaled(int64(required), done, all, up, int64(MaxArea))
	return max(Area(due)-rooms, 0), err
}

// CheckPhases holds the rooms of the phases against the rule that all of them stand in
// the first. A decision may allow otherwise, by its reference; even then the rooms of
// the phases so far never lag behind their homes, and all of them together suffice.
func CheckPhases(required Area, phases []Phase, by Weight, decision string) ([]Finding, error) {
	weights, all, err := weigh(phases, by)
	if err != nil {
		return nil, err
	}
	if required < 0 || !required.fits() {
		return nil, errors.New("the required area is negative or too large")
	}
	var findings []Finding
	var done int64
	var rooms Area
	for i, p := range phases {
		done += weights[i]
		if rooms, err = rooms.Add(p.Rooms); err != nil {
			return nil, err
		}
		lag, err := Behind(required, rooms, done, all)
		if err != nil {
			return nil, err
		}
		if lag > 0 && decision != "" && i < len(phases)-1 { // of the last phase is said below
			findings = append(findings, lags(p, required, rooms, lag))
		}
	}
	if first := phases[0].Rooms; first < required {
		findings = append(findings, notInFirst(required, first, decision))
	}
	if rooms < required {
		findings = append(findings, find(Fail, "rooms_missing", "各期用房合计少于应配面积。",
			"The rooms of all phases together are less than required.",
			area("required", "应配面积", "required area", required), area("rooms", "各期用房合计", "rooms of all phases", rooms)))
	}
	return findings, nil
}

func lags(p Phase, required, rooms, lag Area) Finding {
	return find(Fail, "rooms_lag", "截至本期，用房进度落后于住宅。", "Up to this phase the rooms lag behind the homes.",
		Figure{"phase", "期次", "phase", strconv.Itoa(p.Number)},
		area("required", "应配面积", "required area", required),
		area("rooms", "截至本期用房", "rooms so far", rooms),
		area("behind", "落后", "behind by", lag))
}

// notInFirst says that the first phase does not hold all, which a decision may allow.
func notInFirst(required, first Area, decision string) Finding {
	figures := []Figure{area("required", "应配面积", "required area", required), area("first", "首期用房", "rooms in the first phase", first)}
	if decision != "" {
		return find(Pass, "rooms_spread_by_decision", "用房未全部安排在首期，已有决定。",
			"Not all rooms stand in the first phase; a decision allows it.",
			append(figures, Figure{"decision", "决定", "decision", decision})...)
	}
	return find(Fail, "rooms_not_in_first_phase", "用房应全部安排在首期。", "All rooms have to stand in the first phase.", figures...)
}
