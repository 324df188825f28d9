package civic

import (
	"strings"

	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// SupplementDetails are what the steps of a supplement need beyond an opinion.
type SupplementDetails struct {
	Statement string         `json:"statement,omitempty"` // approve without a budget line: why none is needed
	Percent   *int           `json:"percent,omitempty"`   // progress
	Rooms     []MeasuredRoom `json:"rooms,omitempty"`     // acceptance: what exists
}

// MeasuredRoom is a room as an acceptance found it.
type MeasuredRoom struct {
	Name        string     `json:"name"`
	Address     string     `json:"address,omitempty"`
	Area        space.Area `json:"area"`
	Storey      int        `json:"storey"`
	Uses        []string   `json:"uses"`
	Station     Station    `json:"station,omitempty"`
	Signs       []string   `json:"signs,omitempty"`
	State       StockState `json:"state"`
	Owner       string     `json:"owner,omitempty"`
	TitleKind   TitleKind  `json:"title_kind"`
	TitleNumber string     `json:"title_number,omitempty"`
}

// room is the measured room as the register takes it.
func (m MeasuredRoom) room(region string, origin Origin, day workday.Date) StockRoom {
	return StockRoom{Region: region, Name: strings.TrimSpace(m.Name), Address: m.Address, Area: m.Area, Storey: m.Storey, Uses: m.Uses, Station: m.Station,
		Signs: append([]string{}, m.Signs...), State: m.State, Owner: m.Owner, TitleKind: m.TitleKind, TitleNumber: m.TitleNumber, From: day, Origin: origin}
}

func (d *SupplementDetails) given() []string {
	if d == nil {
		return nil
	}
	var out []string
	if d.Statement != "" {
		out = append(out, "supplement.statement")
	}
	if d.Percent != nil {
		out = append(out, "supplement.percent")
	}
	if len(d.Rooms) > 0 {
		out = append(out, "supplement.rooms")
	}
	return out
}

// check refuses what the record could not hold; whether a room is one for the register is said when it would enter it.
func (d *SupplementDetails) check() error {
	switch {
	case d == nil:
		return nil
	case names.ValidText(d.Statement, maxText) != nil:
		return errCharacter("details.supplement.statement")
	case d.Percent != nil && (*d.Percent < 0 || *d.Percent > 100):
		return Refuse(Invalid, "out_of_range", "进度应为0至100。", "The progress lies between 0 and 100.").At("details.supplement.percent")
	case len(d.Rooms) > MaxStockRooms:
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("details.supplement.rooms").With("max", MaxStockRooms)
	}
	return nil
}
