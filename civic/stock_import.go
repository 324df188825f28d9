package civic

import (
	"context"
	"slices"
	"time"

	"lizheng/civic/names"
)

// MaxImport is how many rooms one import brings in at most.
const MaxImport = 5000

// StockRow is a room as a row of a workbook has it.
type StockRow = WorkbookRow[StockRoom]

// StockImported is what became of an import.
type StockImported struct {
	Rows    int      `json:"rows"`
	Entered int      `json:"entered"`
	Errors  []*Error `json:"errors"`
}

// CheckImport says what an import would be refused for, row by row; it changes nothing.
func (d *Desk) CheckImport(ctx context.Context, who Actor, rows []StockRow) ([]*Error, error) {
	if err := d.may(ctx, who, "stock", "import"); err != nil {
		return nil, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return nil, err
	}
	at := d.Record.Now()
	there, err := d.Record.StockRooms(ctx, StockQuery{Window: Window{Limit: 1_000_000}})
	if err != nil {
		return nil, err
	}
	taken := map[[2]string][]StockRow{} // by community and name; row 0 is in the register already
	for _, r := range there {
		key := [2]string{r.Region, names.Normal(r.Name)}
		taken[key] = append(taken[key], StockRow{Value: r})
	}
	faults := []*Error{}
	for _, row := range rows {
		faults = append(faults, words.rowFaults(row, taken, at)...)
	}
	return faults, nil
}

// rowFaults are what keeps one row out of the register; each says its row.
func (l lexicon) rowFaults(row StockRow, taken map[[2]string][]StockRow, at time.Time) []*Error {
	found := row.Value.Faults()
	if r, ok := l.atlas.Region(row.Value.Region); row.Value.Region != "" && (!ok || r.Level != "community" || !r.Stands(at)) {
		found = append(found, Refuse(Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At("region").With("region", clip(row.Value.Region)))
	}
	key := [2]string{row.Value.Region, names.Normal(row.Value.Name)}
	for _, other := range taken[key] {
		if !sameRoom([]StockRoom{other.Value}, row.Value) {
			continue
		}
		e := Refuse(Invalid, "room_twice", "该社区同一时期已有同名用房。", "The community already has a room of this name at that time.").At("name")
		if other.N > 0 {
			e = e.With("other_row", other.N)
		}
		found = append(found, e)
		break
	}
	taken[key] = append(taken[key], row)
	for _, e := range found {
		e.With("row", row.N)
	}
	return found
}

// ImportStock brings rooms into the register: all of them, or none. judgeFunc makes the refusal of everything that is wrong with
// them; whoever has been answered under this key before is not judged again.
func (d *Desk) ImportStock(ctx context.Context, who Actor, key, file string, rows []StockRow, judgeFunc func([]*Error) error) (int, error) {
	rooms := make([]StockRoom, len(rows))
	for i, r := range rows {
		rooms[i] = r.Value
	}
	o := order{object: "stock", act: "import", key: key, about: "stock", content: map[string]any{"file": file}}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		known, err := d.Record.Answer(ctx, who.Person, deed.Key)
		if err != nil {
			return 0, err
		}
		if known == nil {
			faults, err := d.CheckImport(ctx, who, rows)
			if err != nil {
				return 0, err
			}
			if err := judgeFunc(faults); err != nil {
				return 0, err
			}
		}
		return d.Record.ImportStock(ctx, deed, slices.Clone(rooms), "批量导入")
	})
}
