package api

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// stockFields are the columns of a room.
var stockFields = []field[civic.StockRoom]{
	{column{"社区编码", "Community key", 28}, "region", func(r *civic.StockRoom, c string) bool { r.Region = c; return true }},
	{column{"用房名称", "Room", 30}, "name", func(r *civic.StockRoom, c string) bool { r.Name = c; return true }},
	{column{"地址", "Address", 36}, "address", func(r *civic.StockRoom, c string) bool { r.Address = c; return true }},
	{column{"建筑面积（平方米）", "Area (m²)", 16}, "area", func(r *civic.StockRoom, c string) (ok bool) { r.Area, ok = cellArea(c); return ok }},
	{column{"楼层", "Storey", 8}, "storey", func(r *civic.StockRoom, c string) bool {
		n, err := strconv.Atoi(c)
		r.Storey = n
		return err == nil || c == ""
	}},
	{column{"用途", "Uses", 36}, "uses", func(r *civic.StockRoom, c string) bool {
		for _, part := range several(c) {
			use, ok := word(civic.StockUses, part)
			if !ok {
				return false
			}
			r.Uses = append(r.Uses, use)
		}
		return true
	}},
	{column{"所属站", "Station", 20}, "station", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.Stations, c)
		r.Station = civic.Station(key)
		return ok
	}},
	{column{"标牌", "Signs", 30}, "signs", func(r *civic.StockRoom, c string) bool { r.Signs = several(c); return true }},
	{column{"使用状态", "State", 12}, "state", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.StockStates, c)
		r.State = civic.StockState(key)
		return ok
	}},
	{column{"权利人", "Owner", 28}, "owner", func(r *civic.StockRoom, c string) bool { r.Owner = c; return true }},
	{column{"权属凭证", "Paper", 16}, "title_kind", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.TitleKinds, c)
		r.TitleKind = civic.TitleKind(key)
		return ok
	}},
	{column{"证号", "Number", 30}, "title_number", func(r *civic.StockRoom, c string) bool { r.TitleNumber = c; return true }},
	{column{"来源", "Origin", 12}, "origin", func(r *civic.StockRoom, c string) bool {
		key, ok := word(civic.Origins, c)
		r.Origin = civic.Origin(key)
		return ok
	}},
	{column{"启用日期", "From", 12}, "from", func(r *civic.StockRoom, c string) (ok bool) { r.From, ok = cellDay(c); return ok }},
	{column{"终止日期", "Until", 12}, "until", func(r *civic.StockRoom, c string) (ok bool) { r.Until, ok = cellDay(c); return ok }},
}

// stockTemplate is the workbook of an import. Another set of columns is another version.
func stockTemplate() template {
	return templateOf("stock-rooms", "1", civic.MaxImport, stockFields)
}

// StockTemplate handles GET /stock-imports/template.
func (s *server) StockTemplate(c *gin.Context) {
	if _, err := s.o.Desk.CheckImport(c.Request.Context(), who(c), nil); err != nil {
		s.fail(c, err)
		return
	}
	s.workbook(c, stockTemplate(), "社区用房导入模板", "Import of rooms", func(*workbook) error { return nil })
}

// ImportStock handles POST /stock-imports: everything is looked at first, and taken only when nothing is refused.
func (s *server) ImportStock(c *gin.Context, p ImportStockParams) {
	done, err := s.importStock(c, p)
	s.answer(c, done, err)
}

func (s *server) importStock(c *gin.Context, p ImportStockParams) (civic.StockImported, error) {
	var none civic.StockImported
	ctx := c.Request.Context()
	if _, err := s.o.Desk.CheckImport(ctx, who(c), nil); err != nil { // nobody sends a workbook who may not import one
		return none, err
	}
	sheet, err := s.sheet(c)
	if err != nil {
		return none, err
	}
	book, err := readRows(stockTemplate(), stockFields, sheet)
	if err != nil {
		return none, err
	}
	n := len(book.Rows)
	if p.Dry {
		faults, err := s.o.Desk.CheckImport(ctx, who(c), book.Rows)
		return civic.StockImported{Rows: n, Errors: inSheet(stockTemplate(), append(book.Wrong, faults...))}, err
	}
	sum := sha256.Sum256(sheet)
	entered, err := s.o.Desk.ImportStock(ctx, who(c), p.IdempotencyKey, hex.EncodeToString(sum[:]), book.Rows, func(faults []*civic.Error) error {
		return civic.RowsRefused(n, inSheet(stockTemplate(), append(book.Wrong, faults...)))
	})
	return civic.StockImported{Rows: n, Entered: entered, Errors: []*civic.Error{}}, err
}
