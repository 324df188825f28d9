package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// left are the rooms of the project that are still in the register.
func (p *site) left() int {
	return count(p.t, p.super, `SELECT count(*) FROM stock_room WHERE case_id = $1 AND state <> 'demolished' AND until_day IS NULL`, p.id)
}

// replaces answers that the rooms are replaced and says how that went.
func (p *site) replaces(by *civic.ReplacedBy) civic.Outcome {
	p.t.Helper()
	task, who := p.seat(p.id, "replacement")
	return p.commit(p.id, civic.ActDecide, who, task, "replaced", civic.Details{Housing: &civic.HousingDetails{Replacement: by}})
}

func TestRoomsLeaveTheRegisterInTheCommitThatReplacesThem(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	one := s.used("青枫苑").demolishing()
	require.Equal(t, 3, one.left())
	out := one.replaces(one.replacement("和平路9号阁楼", 100*squareMetre))
	require.Equal(t, "replacement_smaller", out.Refusal.Code)
	require.Equal(t, 3, one.left(), "a refusal demolishes nothing")

	by := one.replacement("和平路9号一层", 640*squareMetre)
	out = one.replaces(by)
	require.Nil(t, out.Refusal)
	require.Zero(t, one.left())
	require.Equal(t, 3, count(t, s.super, `SELECT count(*) FROM stock_change h JOIN stock_room r ON r.id = h.room JOIN cases c ON c.id = r.case_id
		WHERE c.id = $1 AND h.version = 2 AND h.act = $2 AND h.why LIKE c.number || ' 青枫苑：%' AND h.state = 'demolished'`, one.id, out.Receipt.Act), "their history names the project and the act")
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM housing_replacement h JOIN stock_room r ON r.id = h.room
		WHERE h.case_id = $1 AND h.act = $2 AND h.area = 64000 AND r.state = 'vacant' AND r.version = 1`, one.id, out.Receipt.Act))

	other := s.used("翠竹苑").demolishing()
	require.Equal(t, "replacement_taken", other.replaces(by).Refusal.Code)
	require.Equal(t, 3, other.left(), "what was written before the refusal is gone with it")
	require.Nil(t, other.replaces(other.replacement("和平路9号二层", 700*squareMetre)).Refusal)
	require.Zero(t, other.left())
	s.sound()
}
