package space

import (
	"fmt"
	"slices"
)

// Use is what a room is for. The words are the caller's; a standard names those that do
// not count.
type Use string

// Uses that standards speak of.
const (
	CommunityService   Use = "community_service"   // 社区服务用房
	PropertyManagement Use = "property_management" // 物业管理用房
	ElderlyCare        Use = "elderly_care"        // 养老服务用房
)

// GroundFloor is the number of the storey that people walk in on. There is no storey
// 0; those below ground are negative.
const GroundFloor = 1

// Room is one room, or several of one use on one storey.
type Room struct {
	Use    Use  `json:"use"`
	Storey int  `json:"storey"`
	Area   Area `json:"area"`
}

// Tally is what rooms come to under a standard.
type Tally struct {
	Counted  Area `json:"counted"`  // what counts towards the requirement
	Excluded Area `json:"excluded"` // rooms of a use that the standard leaves out
	Ground   Area `json:"ground"`   // of what counts, on the ground floor
	Below    Area `json:"below"`    // of what counts, below ground
	Highest  int  `json:"highest"`  // the highest storey of what counts; 0 if nothing does
}

// Tally adds the rooms up, those of an excluded use apart.
func (s Standard) Tally(rooms []Room) (Tally, error) {
	var t Tally
	for i, r := range rooms {
		if r.Storey == 0 || r.Area <= 0 {
			return Tally{}, fmt.Errorf("the room at index %d has no storey or no area", i)
		}
		sums := []*Area{&t.Counted}
		switch {
		case s.excludes(r.Use):
			sums = []*Area{&t.Excluded}
		case r.Storey == GroundFloor:
			sums = append(sums, &t.Ground)
		case r.Storey < GroundFloor:
			sums = append(sums, &t.Below)
		}
		for _, sum := range sums {
			var err error
			if *sum, err = sum.Add(r.Area); err != nil {
				return Tally{}, err
			}
		}
		if !s.excludes(r.Use) && (t.Highest == 0 || r.Storey > t.Highest) {
			t.Highest = r.Storey
		}
	}
	return t, nil
}

func (s Standard) excludes(u Use) bool { return slices.Contains(s.Excluded, u) }
