package api

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"lizheng/civic"
	"lizheng/civic/space"
)

// decided answers the open task of a step with details.
func (h *house) decided(login, caseID, step string, d Decision) response {
	h.Helper()
	p := h.signIn(login)
	return p.do("POST", "/tasks/"+p.taskOf(caseID, step)+"/decision", d)
}

func TestASupplementFromAStreetsProposalToTheRegister(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	street := h.signIn("wan.peng")
	const community = "cz-tianning-hongmei-03"
	var before civic.ShortageReport
	street.get("/stock-shortage?by=community&region="+community).into(t, &before)
	require.Equal(t, []any{597 * space.SquareMetre, space.Area(0), 1}, []any{before.Total.Short, before.Total.Present, before.Total.Lacking})

	is(t, 403, street.do("POST", "/supplements", NewSupplement{Unit: "cz-tianning-diaozhuang-office", Form: proposalOf(community)}))
	is(t, 403, h.signIn("wang.fang").do("POST", "/supplements", NewSupplement{Unit: "cz-human-resources", Form: proposalOf(community)}))
	var made civic.DraftMade
	street.do("POST", "/supplements", NewSupplement{Unit: "cz-tianning-hongmei-office", Form: proposalOf("cz-zhonglou-yonghong-01")}).into(t, &made)
	id, path := made.Case.ID, "/supplements/"+made.Case.ID
	is(t, 404, h.signIn("dai.xiaoyan").get(path))
	refused := street.do("POST", path+"/submission", Remark{}).problem(t)
	require.Equal(t, []any{"not_your_community", "region"}, []any{refused.Code, refused.Field})
	is(t, 200, street.do("PUT", path, proposalOf(community), "If-Match", `"1"`))
	is(t, 412, street.do("PUT", path, proposalOf("cz-tianning-hongmei-01"), "If-Match", `"1"`))
	submitted := street.do("POST", path+"/submission", Remark{})
	is(t, 200, submitted)
	require.Contains(t, string(submitted.body), `"YFB-`)

	is(t, 200, h.decided("zhuo.qun", id, "supply_review", Decision{Outcome: "return", Opinion: "补充权属材料", Details: DecisionDetails{Gaps: []string{"缺产权证明"}}}))
	var view civic.SupplementView
	street.get(path).into(t, &view)
	require.True(t, view.Editable)
	require.Equal(t, 597*space.SquareMetre, view.Form.Shortage.Short)
	is(t, 200, h.decided("wan.peng", id, "supply_amend", Decision{Outcome: "amended"}))
	is(t, 200, h.decided("zhuo.qun", id, "supply_review", Decision{Outcome: "agree"}))
	other := h.decided("jiang.hua", id, "supply_approve", Decision{Outcome: "approve", Details: DecisionDetails{BudgetLine: "cz-zhonglou-government-2026-1"}}).problem(t)
	require.Equal(t, "no_such_line", other.Code)
	is(t, 200, h.decided("jiang.hua", id, "supply_approve", Decision{Outcome: "approve", Details: DecisionDetails{BudgetLine: "cz-tianning-government-2026-1"}}))
	half := 50
	is(t, 200, h.decided("wan.peng", id, "supply_build", Decision{Outcome: "progress", Opinion: "已签约", Details: DecisionDetails{Supplement: SupplementDetails{Percent: &half}}}))
	is(t, 200, h.decided("wan.peng", id, "supply_build", Decision{Outcome: "done"}))

	room := civic.MeasuredRoom{Name: "红梅路9号一层", Area: 580 * space.SquareMetre, Storey: 1, Uses: []string{"meeting", "training"}, Station: civic.ActivityStation,
		State: civic.RoomInUse, TitleKind: civic.NoTitle}
	accept := Decision{Outcome: "pass", Details: DecisionDetails{Supplement: SupplementDetails{Rooms: []civic.MeasuredRoom{room}}}}
	short := h.decided("lian.he", id, "supply_accept", accept).problem(t)
	require.Equal(t, []any{409, "area_short"}, []any{short.Status, short.Code})
	accept.Details.Supplement.Rooms[0].Area = 600 * space.SquareMetre
	is(t, 200, h.decided("lian.he", id, "supply_accept", accept))
	for _, p := range []string{path, "/cases/" + id, "/cases/" + id + "/history", "/cases/" + id + "/explanation"} {
		is(t, 200, street.get(p))
	}
	var after civic.ShortageReport
	street.get("/stock-shortage?by=community&region="+community).into(t, &after)
	require.Equal(t, []any{space.Area(0), 600 * space.SquareMetre}, []any{after.Total.Short, after.Total.Present})

	var again civic.DraftMade
	street.do("POST", "/supplements", NewSupplement{Unit: "cz-tianning-hongmei-office", Form: proposalOf(community)}).into(t, &again)
	none := street.do("POST", "/supplements/"+again.Case.ID+"/submission", Remark{}).problem(t)
	require.Equal(t, "not_short", none.Code)
	is(t, 204, street.do("DELETE", "/supplements/"+again.Case.ID, nil))
}

func TestAStreetKeepsAndPatrolsItsOwnRooms(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	street, city := h.signIn("wan.peng"), h.signIn("zhuo.qun")
	var list civic.Part[civic.StockLine]
	street.get("/stock-rooms?region=cz-tianning-hongmei&use=governance").into(t, &list)
	require.Len(t, list.Items, 1)
	room := list.Items[0]
	path := "/stock-rooms/" + room.ID
	change := civic.RoomChange{State: civic.RoomVacant, Uses: []string{"reading"}, TitleKind: room.TitleKind, TitleNumber: room.TitleNumber, Reason: "搬迁"}

	key := uuid.NewString()
	first := street.do("POST", path+"/changes", change, "If-Match", `"1"`, "Idempotency-Key", key)
	is(t, 200, first)
	require.Equal(t, string(first.body), string(street.do("POST", path+"/changes", change, "If-Match", `"1"`, "Idempotency-Key", key).body))
	is(t, 412, street.do("POST", path+"/changes", change, "If-Match", `"1"`))
	foreign := h.signIn("dai.xiaoyan").do("POST", path+"/changes", change).problem(t)
	require.Equal(t, []any{403, "not_your_unit"}, []any{foreign.Status, foreign.Code})

	is(t, 201, street.do("POST", path+"/patrols", civic.RoomSeen{Found: civic.RoomMisused, Note: "出租给商户"}))
	twice := street.do("POST", path+"/patrols", civic.RoomSeen{Found: civic.RoomMisused, Note: "再查"}).problem(t)
	require.Equal(t, []any{409, "patrolled"}, []any{twice.Status, twice.Code})
	is(t, 403, street.do("POST", path+"/inspections", civic.RoomSeen{Found: civic.RoomMisused}))
	is(t, 201, city.do("POST", path+"/inspections", civic.RoomSeen{Found: civic.RoomMisused}))
	change.State = civic.RoomInUse
	require.Equal(t, "rectify_first", street.do("POST", path+"/changes", change).problem(t).Code)
	change.State, change.Until = civic.RoomDemolished, "2030-01-01"
	require.Equal(t, "replace_first", city.do("POST", path+"/changes", change).problem(t).Code)

	var view civic.StockView
	street.get(path).into(t, &view)
	require.Equal(t, []civic.StockState{civic.RoomInUse, civic.RoomVacant, civic.RoomMisused},
		[]civic.StockState{view.Changes[0].State, view.Changes[1].State, view.Changes[2].State})
	require.Len(t, view.Patrols, 2)
	require.Equal(t, []bool{true, true, false}, []bool{view.MayChange, view.MayPatrol, view.MayInspect})

	yesterday := time.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	var now, then civic.ShortageReport
	street.get("/stock-shortage?by=street&region=cz-tianning-hongmei").into(t, &now)
	street.get("/stock-shortage?by=street&region=cz-tianning-hongmei&at="+yesterday).into(t, &then)
	require.Equal(t, then.Total.InUse-room.Area, now.Total.InUse, "the history knows yesterday")
	require.Equal(t, room.Area, now.Total.Misused)
	require.Equal(t, then.Total.Short, now.Total.Short, "a misused room is there")

	var public civic.ShortageReport
	h.send(h.request("GET", base+"/public/stock-shortage", nil)).into(t, &public)
	require.Len(t, public.Lines, 7)
	var sum space.Area
	for _, l := range public.Lines {
		sum += l.Short
	}
	require.Equal(t, public.Total.Short, sum)
	entrusted := street.get("/stock-shortage?by=district&region=cz-jingkai")
	require.Contains(t, string(entrusted.body), "经济开发区", "a street entrusted to the zone counts there")
	is(t, 422, street.get("/stock-shortage?at=2013-01-01"))
	is(t, 404, street.get("/stock-rooms/"+nobodysID))
	is(t, 200, street.get("/exports/stock-rooms?state=vacant"))
}

// filledIn is the template as it was downloaded, with rows.
func filledIn(t *testing.T, template []byte, rows ...[]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(template))
	require.NoError(t, err)
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow(f.GetSheetName(0), fmt.Sprintf("A%d", i+2), &row))
	}
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

// imports sends a workbook of rooms.
func (p person) imports(sheet []byte, dry bool, key string) response {
	p.Helper()
	return p.uploads("POST", fmt.Sprintf("/stock-imports?dry=%t", dry), sheet, "Idempotency-Key", key)
}

func TestAnImportTakesAllRowsOrNone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	city := h.signIn("zhuo.qun")
	is(t, 403, h.signIn("wan.peng").get("/stock-imports/template"))
	template := city.get("/stock-imports/template").body
	row := func(region, name string, area any) []any {
		return []any{region, name, "", area, 1, "图书阅览；meeting", "居（村）民活动站", "", "在用", "", "未办证", "", "既有", "2020-01-01", ""}
	}
	bad := filledIn(t, template, row("cz-wujin-jiaze-01", "图书室", "86.5"), row("cz-nowhere-01", "图书室", "86.5"), row("cz-wujin-jiaze-01", "图书室", 12), row("cz-wujin-jiaze-02", "活动室", "很大"),
		row("cz-wujin-jiaze-02", "", 0))
	var dry civic.StockImported
	city.imports(bad, true, uuid.NewString()).into(t, &dry)
	require.Equal(t, []int{4, 0}, []int{dry.Rows, dry.Entered})
	codes := []string{}
	for _, e := range dry.Errors {
		codes = append(codes, fmt.Sprint(e.Figures["row"], " ", e.Figures["column"], " ", e.Code))
	}
	require.Equal(t, []string{"3 社区编码 no_such_community", "4 用房名称 room_twice", "5 建筑面积（平方米） cell_unreadable", "6 用房名称 missing", "6 建筑面积（平方米） no_area"}, codes)
	require.Equal(t, "第4行“用房名称”：该社区同一时期已有同名用房。", dry.Errors[1].Zh)
	refused := city.imports(bad, false, uuid.NewString()).problem(t)
	require.Equal(t, []any{422, "rows_refused"}, []any{refused.Status, refused.Code})
	var list civic.Part[civic.StockLine]
	city.get("/stock-rooms?region=cz-wujin-jiaze").into(t, &list)
	require.Empty(t, list.Items, "not one row of a refused workbook is taken")

	good := filledIn(t, template, row("cz-wujin-jiaze-01", "图书室", "86.5"), row("cz-wujin-jiaze-02", "活动室", 120.25))
	key := uuid.NewString()
	first := city.imports(good, false, key)
	is(t, 200, first)
	require.Equal(t, "room_twice", city.imports(good, false, uuid.NewString()).problem(t).Also[0].Code)
	require.Equal(t, string(first.body), string(city.imports(good, false, key).body), "the same key hears the same")
	city.get("/stock-rooms?region=cz-wujin-jiaze").into(t, &list)
	require.Len(t, list.Items, 2)
	require.Equal(t, "wrong_template", city.imports(filledIn(t, blankSheet(t)), true, uuid.NewString()).problem(t).Code)
}

func blankSheet(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

func TestFiveThousandRoomsComeInAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	city := h.signIn("zhuo.qun")
	rows := make([][]any, civic.MaxImport)
	for i := range rows {
		rows[i] = []any{"cz-wujin-jiaze-01", fmt.Sprintf("第%d号用房", i), "", "20.00", 1, "office", "", "", "in_use", "", "none", "", "existing", "2020-01-01", ""}
	}
	sheet := filledIn(t, city.get("/stock-imports/template").body, rows...)
	began := time.Now()
	answer := city.imports(sheet, false, uuid.NewString())
	is(t, 200, answer)
	t.Logf("%d rooms in %s, %d bytes", civic.MaxImport, time.Since(began), len(sheet))
	var list civic.Part[civic.StockLine]
	city.get("/stock-rooms?region=cz-wujin&text=第4999号").into(t, &list)
	require.Len(t, list.Items, 1)
	require.Equal(t, "too_many_rows", city.imports(filledIn(t, sheet, append(rows, rows[0])...), true, uuid.NewString()).problem(t).Code)
}
