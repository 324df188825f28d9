package civic

import (
	"fmt"
	"slices"

	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/civic/space"
)

// HousingDetails carry what the outcomes and acts of a housing project need beyond an opinion.
type HousingDetails struct {
	Document    *DocumentRef       `json:"document,omitempty"`
	Conditions  *HousingConditions `json:"conditions,omitempty"`
	Rooms       []HousingRoom      `json:"rooms,omitempty"`
	Area        *space.Area        `json:"area,omitempty"`
	Progress    *HousingProgress   `json:"progress,omitempty"`
	Phase       int                `json:"phase,omitempty"`
	Checklist   []space.Answer     `json:"checklist,omitempty"`
	Defects     []string           `json:"defects,omitempty"`
	Photos      []string           `json:"photos,omitempty"` // attachment ids
	Measure     *HousingMeasure    `json:"measure,omitempty"`
	Remedy      string             `json:"remedy,omitempty"`
	Price       *HousingPrice      `json:"price,omitempty"`
	Booked      money.Fen          `json:"booked_fen,omitempty"`
	Inventory   *HousingInventory  `json:"inventory,omitempty"`
	Owner       string             `json:"owner,omitempty"`
	InUse       []OpenedRoom       `json:"in_use,omitempty"`
	Misuse      string             `json:"misuse,omitempty"`
	Replacement *ReplacedBy        `json:"replacement,omitempty"`
}

// HousingProgress is what stands of homes and rooms.
type HousingProgress struct {
	Homes int64      `json:"homes"`
	Rooms space.Area `json:"rooms"`
}

// HousingMeasure is a measure that a developer proposes against a shortfall.
type HousingMeasure struct {
	Remedy space.Remedy `json:"remedy"`
	Area   space.Area   `json:"area"`
	Region string       `json:"region,omitempty"` // community of a purchase
	Storey int          `json:"storey,omitempty"` // of a purchase
}

// HousingInventory is what a developer hands over.
type HousingInventory struct {
	Area     space.Area      `json:"area"`
	Archives []string        `json:"archives"`
	Lines    []InventoryLine `json:"lines"`
}

// OpenedRoom is one room as the street lays it out.
type OpenedRoom struct {
	Name    string     `json:"name"`
	Area    space.Area `json:"area"`
	Storey  int        `json:"storey"`
	Station Station    `json:"station,omitempty"` // a room may serve all three
	Uses    []string   `json:"uses"`
	Signs   []string   `json:"signs,omitempty"` // on the door, where one is needed
}

// Limits of the details.
const (
	maxHousingRooms = 200
	maxInventory    = 300
	maxPhotos       = 40
	maxBooking      = money.Fen(1_000_000_000_00)
)

// given names the fields that are not empty.
func (d *HousingDetails) given() []string {
	if d == nil {
		return nil
	}
	var out []string
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"document", d.Document != nil}, {"conditions", d.Conditions != nil}, {"rooms", len(d.Rooms) > 0}, {"area", d.Area != nil},
		{"progress", d.Progress != nil}, {"phase", d.Phase != 0}, {"checklist", len(d.Checklist) > 0}, {"defects", len(d.Defects) > 0},
		{"photos", len(d.Photos) > 0}, {"measure", d.Measure != nil}, {"remedy", d.Remedy != ""}, {"price", d.Price != nil},
		{"booked_fen", d.Booked != 0}, {"inventory", d.Inventory != nil}, {"owner", d.Owner != ""}, {"in_use", len(d.InUse) > 0},
		{"misuse", d.Misuse != ""}, {"replacement", d.Replacement != nil},
	} {
		if f.given {
			out = append(out, "housing."+f.name)
		}
	}
	return out
}

// check refuses details that the record could not hold or nobody should have to read.
func (d *HousingDetails) check() error {
	if d == nil {
		return nil
	}
	if len(d.Rooms) > maxHousingRooms || len(d.Checklist) > 50 || len(d.Defects) > MaxGaps || len(d.Photos) > maxPhotos || len(d.InUse) > MaxStockRooms {
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("details.housing")
	}
	var t texts
	t.document("document", d.Document)
	for i, r := range d.Rooms {
		t.line(fmt.Sprintf("rooms[%d]", i), r.Name, r.Building, string(r.Use))
	}
	for i, a := range d.Checklist {
		t.line(fmt.Sprintf("checklist[%d]", i), a.Code)
		t.text(fmt.Sprintf("checklist[%d]", i), a.Note)
	}
	for i, s := range d.Defects {
		if s == "" {
			t.bad(fmt.Sprintf("defects[%d]", i))
		}
		t.text(fmt.Sprintf("defects[%d]", i), s)
	}
	t.line("photos", d.Photos...)
	t.line("remedy", d.Remedy)
	t.line("owner", d.Owner)
	t.line("misuse", d.Misuse)
	if c := d.Conditions; c != nil {
		t.text("conditions", c.Position, c.Delivery, c.Ownership)
		t.line("conditions", c.Transferee)
	}
	if m := d.Measure; m != nil {
		t.line("measure", string(m.Remedy), m.Region)
	}
	if r := d.Replacement; r != nil {
		if len(r.Rooms) > MaxStockRooms {
			t.bad("replacement.rooms")
		}
		t.line("replacement", append([]string{r.Region}, r.Rooms...)...)
		t.document("replacement.document", &r.Document)
	}
	d.checkLists(&t)
	return t.err
}

// checkLists looks at the lists of a handover and of rooms in use.
func (d *HousingDetails) checkLists(t *texts) {
	if i := d.Inventory; i != nil {
		if len(i.Lines) > maxInventory || len(i.Archives) > MaxGaps {
			t.bad("inventory")
		}
		t.line("inventory.archives", i.Archives...)
		for n, l := range i.Lines {
			t.line(fmt.Sprintf("inventory.lines[%d]", n), l.Kind, l.Name, l.Value)
		}
	}
	for i, r := range d.InUse {
		if len(r.Uses) > maxStockUses || len(r.Signs) > maxStockSigns {
			t.bad(fmt.Sprintf("in_use[%d].uses", i))
		}
		t.line(fmt.Sprintf("in_use[%d]", i), slices.Concat([]string{r.Name, string(r.Station)}, r.Uses, r.Signs)...)
	}
}

// texts collects the first text that cannot be kept.
type texts struct{ err error }

func (t *texts) bad(field string) {
	if t.err == nil {
		t.err = errCharacter("details.housing." + field)
	}
}

func (t *texts) line(field string, values ...string) {
	for _, v := range values {
		if names.Valid(v, 200) != nil {
			t.bad(field)
		}
	}
}

func (t *texts) text(field string, values ...string) {
	for _, v := range values {
		if names.ValidText(v, maxLine) != nil {
			t.bad(field)
		}
	}
}

func (t *texts) document(field string, d *DocumentRef) {
	if d != nil {
		t.line(field, d.Number, d.Date, d.Attachment)
	}
}
