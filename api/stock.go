package api

import (
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
	"lizheng/civic/workday"
)

// ListStock handles GET /stock-rooms.
func (s *server) ListStock(c *gin.Context, p ListStockParams) {
	rooms, err := s.o.Desk.StockRooms(c.Request.Context(), who(c), civic.StockFilter{
		Region: p.Region, State: p.State, Use: string(p.Use), Station: p.Station, Origin: p.Origin, Text: p.Text, Gone: p.Gone,
	}, page(p.After, p.Limit))
	s.answer(c, rooms, err)
}

// GetStockRoom handles GET /stock-rooms/:id.
func (s *server) GetStockRoom(c *gin.Context, id ID) {
	room, err := s.o.Desk.StockRoom(c.Request.Context(), who(c), id)
	if err == nil {
		tag(c, room.Version)
	}
	s.answer(c, room, err)
}

// ChangeStockRoom handles POST /stock-rooms/:id/changes.
func (s *server) ChangeStockRoom(c *gin.Context, id ID, p ChangeStockRoomParams) {
	var sent RoomChange
	if !s.read(c, &sent) {
		return
	}
	room, err := s.o.Desk.ChangeRoom(c.Request.Context(), who(c), p.IdempotencyKey, id, seen(p.IfMatch), sent)
	if err == nil {
		tag(c, room.Version)
	}
	s.answer(c, room, err)
}

// PatrolStockRoom handles POST /stock-rooms/:id/patrols.
func (s *server) PatrolStockRoom(c *gin.Context, id ID, p PatrolStockRoomParams) {
	var sent RoomSeen
	if s.read(c, &sent) {
		patrol, err := s.o.Desk.PatrolRoom(c.Request.Context(), who(c), p.IdempotencyKey, id, sent)
		s.created(c, "/stock-rooms/"+id, patrol, err)
	}
}

// InspectStockRoom handles POST /stock-rooms/:id/inspections.
func (s *server) InspectStockRoom(c *gin.Context, id ID, p InspectStockRoomParams) {
	var sent RoomSeen
	if s.read(c, &sent) {
		patrol, err := s.o.Desk.InspectRoom(c.Request.Context(), who(c), p.IdempotencyKey, id, sent)
		s.created(c, "/stock-rooms/"+id, patrol, err)
	}
}

// StockShortage handles GET /stock-shortage.
func (s *server) StockShortage(c *gin.Context, p StockShortageParams) {
	at, err := dayOf("at", p.At)
	if err != nil {
		s.fail(c, err)
		return
	}
	by := string(p.By)
	if by == "" {
		by = "district"
	}
	report, err := s.o.Desk.Shortage(c.Request.Context(), who(c), by, p.Region, at)
	s.answer(c, report, err)
}

// PublicShortage handles GET /public/stock-shortage.
func (s *server) PublicShortage(c *gin.Context) {
	report, err := s.o.Desk.PublicShortage(c.Request.Context())
	s.answer(c, report, err)
}

var stockColumns = []column{
	{"用房名称", "Room", 30}, {"社区", "Community", 22}, {"街道（镇）", "Street or town", 18}, {"辖市、区", "District", 16}, {"地址", "Address", 36}, {"建筑面积（平方米）", "Area (m²)", 14},
	{"楼层", "Storey", 8}, {"用途", "Uses", 36}, {"所属站", "Station", 20}, {"标牌", "Signs", 30}, {"使用状态", "State", 12}, {"权利人", "Owner", 28}, {"权属凭证", "Paper", 16},
	{"证号", "Number", 30}, {"来源", "Origin", 12}, {"启用日期", "From", 12}, {"终止日期", "Until", 12},
}

// ExportStock handles GET /exports/stock-rooms.
func (s *server) ExportStock(c *gin.Context, p ExportStockParams) {
	lang := language(c)
	s.export(c, "社区用房台账", "Community service rooms", stockColumns, func(t table) error {
		return s.o.Desk.ExportStock(c.Request.Context(), who(c), civic.StockFilter{
			Region: p.Region, State: p.State, Use: string(p.Use), Station: p.Station, Origin: p.Origin, Text: p.Text, Gone: p.Gone,
		}, func(r civic.StockLine) error { return t.add(stockCells(lang, r)...) })
	})
}

func stockCells(lang string, r civic.StockLine) []any {
	uses := make([]string, len(r.UseWords))
	for i, w := range r.UseWords {
		uses[i] = in(lang, w)
	}
	station := ""
	if r.StationWords != nil {
		station = in(lang, *r.StationWords)
	}
	return []any{r.Name, nameIn(lang, r.Community), nameOrNone(lang, r.Street), nameOrNone(lang, r.District), r.Address, r.Area.String(), r.Storey, strings.Join(uses, "；"), station,
		strings.Join(r.Signs, "；"), in(lang, r.StateWords), r.Owner, in(lang, r.TitleWords), r.TitleNumber, in(lang, r.OriginWords), r.From, dayCell(r.Until)}
}

// dayCell is a day that may be missing.
func dayCell(d workday.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}
