package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// standing are the names of the project's own rooms in the register.
func (s *site) standing() []string {
	var out []string
	for _, r := range s.stock {
		if r.Case == s.d.Case.ID && r.Stands(dateOf(s.now)) && r.State != RoomDemolished {
			out = append(out, r.Name)
		}
	}
	return out
}

func TestARoomIsDemolishedOnlyForRoomsThatStandInTheRegister(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		room   func(*StockRoom)
		answer func(*site, *ReplacedBy)
		code   string
		field  string
	}{
		"too small":            {func(r *StockRoom) { r.Area = m2("639.99") }, nil, "replacement_smaller", "rooms"},
		"in another street":    {nil, func(_ *site, r *ReplacedBy) { r.Region = "xinhe" }, "replacement_elsewhere", "region"},
		"without a title":      {nil, func(_ *site, r *ReplacedBy) { r.Document.Number = "" }, "replacement_unregistered", "document"},
		"no rooms at all":      {nil, func(_ *site, r *ReplacedBy) { r.Rooms = nil }, "replacement_unregistered", "rooms"},
		"of nobody's register": {nil, func(_ *site, r *ReplacedBy) { r.Rooms[0] = NewID("nowhere") }, "replacement_unregistered", "rooms[0]"},
		"in another community": {nil, func(_ *site, r *ReplacedBy) { r.Region = "zhaoyang" }, "replacement_unregistered", "rooms[0]"},
		"demolished long ago": {func(r *StockRoom) {
			*r = r.demolished(r.From)
			r.From = r.From.AddDays(-9)
			r.Until = r.From.AddDays(1)
		}, nil, "replacement_unregistered", "rooms[0]"},
		"counted twice": {nil, func(_ *site, r *ReplacedBy) { r.Rooms = append(r.Rooms, r.Rooms[0]) }, "replacement_itself", "rooms[1]"},
		"by themselves": {nil, func(s *site, r *ReplacedBy) {
			own := s.project().Rooms[0]
			r.Region, r.Rooms = own.Region, []string{own.ID}
		}, "replacement_itself", "rooms[0]"},
		"misused":                  {func(r *StockRoom) { r.State = RoomMisused }, nil, "replacement_unusable", "rooms[0]"},
		"for a year":               {func(r *StockRoom) { r.Until = r.From.AddDays(365) }, nil, "replacement_unusable", "rooms[0]"},
		"below the ground":         {func(r *StockRoom) { r.Storey = -1 }, nil, "replacement_floor", "rooms[0]"},
		"above the storey allowed": {func(r *StockRoom) { r.Storey = 3 }, nil, "replacement_floor", "rooms[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := builtTo(t, InUse, estate())
			require.NoError(t, s.does(ActProposeDemolition, "of-hongmei-office", nil))
			by := s.replacement("cuizhu", m2("640"), c.room)
			if c.answer != nil {
				c.answer(s, by)
			}
			r := s.refuses(c.code, "replacement", "replaced", &HousingDetails{Replacement: by})
			require.Equal(t, "details.housing.replacement."+c.field, r.Field)
			require.Len(t, s.standing(), 3, "nothing is demolished before it is replaced")
		})
	}
}

func TestReplacedRoomsLeaveTheRegisterWithTheAnswer(t *testing.T) {
	t.Parallel()
	s := builtTo(t, InUse, estate())
	require.NoError(t, s.does(ActProposeDemolition, "of-hongmei-office", nil))
	s.on("replacement", "refuse")
	require.Len(t, s.standing(), 3)
	require.NoError(t, s.does(ActProposeDemolition, "of-hongmei-office", nil))
	r := s.refuses("replacement_smaller", "replacement", "replaced", &HousingDetails{Replacement: s.replacement("cuizhu", m2("320"), nil)})
	require.Equal(t, "320.00", r.Figures["area"])
	require.Equal(t, "640.00", r.Figures["handed_over"])
	by := s.replacement("cuizhu", m2("320"), nil)
	by.Rooms = append(by.Rooms, s.replacement("cuizhu", m2("320"), func(r *StockRoom) { r.Storey, r.State = 2, RoomVacant }).Rooms...)
	fx, err := s.says("replacement", "replaced", &HousingDetails{Replacement: by})
	require.NoError(t, err)
	require.Empty(t, s.standing())
	require.Contains(t, fx.RoomsWhy, s.d.Case.Number+" 和平雅苑")
	require.Len(t, fx.Rooms, 3, "the new rooms are as they were")
	require.Len(t, fx.Housing.Replacement, 2)
	require.Equal(t, Replacement{*by, m2("640"), "", 2}, *s.project().Replacement)
	s.state(Replaced)
}
