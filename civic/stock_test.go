package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// hall is a room that the register takes.
func hall() StockRoom {
	return StockRoom{Region: "cz-tianning-diaozhuang-01", Name: "便民服务大厅", Area: 320 * space.SquareMetre, Storey: 1, Uses: []string{"governance", "police"},
		Station: ManagementStation, Signs: []string{"社区管理服务站"}, State: RoomInUse, Owner: "雕庄街道办事处", TitleKind: OwnershipTitle, TitleNumber: "苏（2019）常州市不动产权第0012345号",
		From: workday.NewDate(2019, 9, 1), Origin: FromExisting}
}

func TestARoomOfTheRegister(t *testing.T) {
	t.Parallel()
	require.Empty(t, hall().Faults())
	for name, c := range map[string]struct {
		change      func(*StockRoom)
		code, field string
	}{
		"needs a community":                     {func(r *StockRoom) { r.Region = "" }, "missing", "region"},
		"needs a name":                          {func(r *StockRoom) { r.Name = " " }, "missing", "name"},
		"has an area above zero":                {func(r *StockRoom) { r.Area = 0 }, "no_area", "area"},
		"is no district":                        {func(r *StockRoom) { r.Area = maxStockArea + 1 }, "area_too_large", "area"},
		"is on no storey 0":                     {func(r *StockRoom) { r.Storey = 0 }, "bad_storey", "storey"},
		"is not on the hundredth storey":        {func(r *StockRoom) { r.Storey = 100 }, "bad_storey", "storey"},
		"has a use":                             {func(r *StockRoom) { r.Uses = nil }, "missing", "uses"},
		"has known uses":                        {func(r *StockRoom) { r.Uses = []string{"casino"} }, "unknown_use", "uses"},
		"has each use once":                     {func(r *StockRoom) { r.Uses = []string{"police", "police"} }, "use_twice", "uses"},
		"belongs to one of three stations":      {func(r *StockRoom) { r.Station = "railway" }, "unknown_station", "station"},
		"is in a known state":                   {func(r *StockRoom) { r.State = "haunted" }, "unknown_state", "state"},
		"came in a known way":                   {func(r *StockRoom) { r.Origin = "" }, "unknown_origin", "origin"},
		"has a number where it has a paper":     {func(r *StockRoom) { r.TitleNumber = "" }, "title_number", "title_number"},
		"has no number without a paper":         {func(r *StockRoom) { r.TitleKind = NoTitle }, "title_number", "title_number"},
		"is held on a lease only if leased":     {func(r *StockRoom) { r.TitleKind = LeaseTitle }, "lease_mismatch", "title_kind"},
		"has a first day":                       {func(r *StockRoom) { r.From = workday.Date{} }, "missing", "from"},
		"ends after it began":                   {func(r *StockRoom) { r.Until = r.From }, "bad_date", "until"},
		"has an end once it is demolished":      {func(r *StockRoom) { r.State = RoomDemolished }, "missing", "until"},
		"has signs that can be read":            {func(r *StockRoom) { r.Signs = []string{"\u202e"} }, "bad_character", "signs"},
		"has a name without control characters": {func(r *StockRoom) { r.Name = "大厅\n" }, "bad_character", "name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := hall()
			c.change(&r)
			faults := r.Faults()
			require.Len(t, faults, 1)
			require.Equal(t, []string{c.code, c.field}, []string{faults[0].Code, faults[0].Field})
		})
	}
}

func TestARoomStandsFromItsFirstDayUntilItsEnd(t *testing.T) {
	t.Parallel()
	r := hall()
	require.False(t, r.Stands(workday.NewDate(2019, 8, 31)))
	require.True(t, r.Stands(r.From))
	require.True(t, r.Stands(workday.NewDate(2100, 1, 1)))
	r.Until = workday.NewDate(2020, 1, 1)
	require.True(t, r.Stands(workday.NewDate(2019, 12, 31)))
	require.False(t, r.Stands(r.Until))
}
