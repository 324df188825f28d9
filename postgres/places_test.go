package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// newcomer gives somebody new a seat, confirmed.
func (c *city) newcomer(id string, role civic.Role, unit string) {
	c.Helper()
	exec(c.T, c.db, `INSERT INTO person (id, name, unit) VALUES ($1, $1, $2)`, id, unit)
	exec(c.T, c.db, `INSERT INTO account (id, person, login, password, must_change) VALUES ($1, $2, $2, 'never', false)`, civic.NewID("account", id), id)
	exec(c.T, c.db, `INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, confirmed_by, confirmed_at)
		VALUES ($1, $2, $3, $4, '2020-01-01', 'profile', 'profile-second', now())`, civic.NewID("grant", id), id, role, unit)
	require.NoError(c, c.rules.Reload(c.Context()))
}

func TestACaseOfAMergedUnitStaysInItsHistoryAndIsAnsweredByTheSuccessor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.submitted("入户调查")
	c.decides("chen-jing", id, "register", "", "pass", "", civic.Details{})
	c.newcomer("tao-yi", civic.OfficeClerk, "cz-civil-affairs")
	_, err := c.sees("tao-yi", id)
	require.NoError(t, err, "an office clerk reads every case")
	_, err = c.act("tao-yi", civic.Command{Kind: civic.ActDecide, Task: c.task(id, "examine", ""), Outcome: "accept"})
	requireRefused(t, err, "not_your_seat")

	system := who("kang-ning")
	_, err = c.EndUnit(t.Context(), system, unique("k"), "cz-leading-office", civic.Ending{Source: "常编〔2026〕7号"})
	requireRefused(t, err, "needs_successor")
	require.EqualValues(t, 1, civic.AsRefusal(err).Figures["open_tasks"])
	view, err := c.EndUnit(t.Context(), system, unique("k"), "cz-leading-office", civic.Ending{Source: "常编〔2026〕7号", Successors: []string{"cz-civil-affairs"}})
	require.NoError(t, err)
	require.False(t, view.Stands)
	require.Equal(t, "cz-civil-affairs", view.Responsible.Key)

	require.NoError(t, c.rules.Reload(t.Context())) // as the notification makes every process do
	inbox, err := c.Inbox(t.Context(), who("tao-yi"), civic.TaskFilter{}, civic.Page{})
	require.NoError(t, err)
	require.Len(t, inbox.Items, 1, "what was open waits for the successor")
	_, err = c.act("chen-jing", civic.Command{Kind: civic.ActDecide, Task: c.task(id, "examine", ""), Outcome: "accept"})
	require.Error(t, err, "where no unit stands nobody is seated")
	c.decides("tao-yi", id, "examine", "", "accept", "", civic.Details{})

	history, err := c.History(t.Context(), who("tao-yi"), id, civic.Page{})
	require.NoError(t, err)
	last := len(history.Items) - 1
	require.Equal(t, "cz-leading-office", history.Items[1].Unit.Key, "what the old unit did stays its own")
	require.Contains(t, history.Items[1].Unit.Name, "领导小组办公室")
	require.Equal(t, "tao-yi", history.Items[last].Actor.Key)
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM event WHERE kind = 'unit.end' AND result = 'done' AND object = 'unit:cz-leading-office' AND detail::jsonb ->> 'open_tasks' = '1'`))
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM event WHERE kind = 'unit.change' AND result = 'refused' OR kind = 'unit.end' AND result = 'refused'`))
}

func TestAPlaceChangesFromADayAndKeepsWhatItWas(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	system, soon := who("kang-ning"), time.Now().AddDate(0, 1, 0).Format(time.DateOnly)
	later, err := civic.Day(soon)
	require.NoError(t, err)

	_, err = c.CreateRegion(t.Context(), system, unique("k"), civic.NewRegion{Key: "new-lane", Name: "新巷社区", Level: "community", Kind: "residents_committee",
		Parent: "cz-tianning-hongmei", Households: 900, Urban: true, From: "2026-01-01", Source: "常政发〔2026〕5号"})
	require.NoError(t, err)
	_, err = c.MoveRegion(t.Context(), system, unique("k"), "new-lane", civic.Moving{Parent: "cz-tianning-lanling", From: soon, Source: "常政发〔2026〕9号"})
	require.NoError(t, err)
	_, err = c.MoveRegion(t.Context(), system, unique("k"), "new-lane", civic.Moving{Parent: "cz-tianning-chashan", Source: "常政发〔2026〕10号"})
	requireRefused(t, err, "before_last_change")
	view, err := c.RenameRegion(t.Context(), system, unique("k"), "new-lane", civic.Renaming{Name: "新巷第一社区", From: soon, Source: "常政发〔2026〕9号"})
	require.NoError(t, err)
	require.Equal(t, "新巷社区", view.Name, "until then it is called what it was")
	require.Len(t, view.Names, 2)
	require.Len(t, view.Placement, 2)
	atlas, err := c.store.Atlas(t.Context())
	require.NoError(t, err)
	require.Equal(t, "cz-tianning-hongmei", atlas.Above("new-lane", later.Add(-time.Second)))
	require.Equal(t, "cz-tianning-lanling", atlas.Above("new-lane", later))

	_, err = c.EndRegion(t.Context(), system, unique("k"), "cz-tianning-hongmei", civic.Ending{Source: "文", Successors: []string{"cz-tianning-lanling"}})
	requireRefused(t, err, "not_empty")
	after := later.AddDate(0, 1, 0).In(time.FixedZone("", 8*3600)).Format(time.DateOnly)
	view, err = c.EndRegion(t.Context(), system, unique("k"), "new-lane", civic.Ending{On: after, Source: "文", Successors: []string{"cz-tianning-diaozhuang-01"}})
	require.NoError(t, err)
	require.Equal(t, "cz-tianning-diaozhuang-01", view.Followed.Key)
	_, err = c.db.Exec(`UPDATE region SET valid_until = valid_until + interval '1 day' WHERE key = 'new-lane'`)
	require.ErrorContains(t, err, "has ended")
	_, err = c.db.Exec(`UPDATE placement SET parent = 'cz', during = tstzrange(lower(during), NULL) WHERE region = 'new-lane'`)
	require.ErrorContains(t, err, "is over")
}

func TestAPersonChangesAndLeavesWithoutLooseEnds(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	system := who("kang-ning")
	_, err := c.CreatePerson(t.Context(), system, unique("k"), civic.NewPerson{ID: "tao-yi", Name: "陶宜", Unit: "cz-finance"})
	require.NoError(t, err)
	_, err = c.CreatePerson(t.Context(), system, unique("k"), civic.NewPerson{ID: "tao-yi", Name: "陶一"})
	requireRefused(t, err, "person_taken")
	view, err := c.ChangePerson(t.Context(), system, unique("k"), "tao-yi", civic.PersonChange{Name: "陶怡", Unit: "cz-civil-affairs", Post: "科员", Source: "任免通知"})
	require.NoError(t, err)
	require.Equal(t, "陶怡", view.Name)
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM person_past WHERE person = 'tao-yi' AND name = '陶宜' AND unit = 'cz-finance' AND changed_by = 'kang-ning'`))

	_, err = c.EndPerson(t.Context(), system, unique("k"), "chen-jing", "退休")
	requireRefused(t, err, "still_in_office")
	require.EqualValues(t, 1, civic.AsRefusal(err).Figures["grants"])
	_, err = c.EndPerson(t.Context(), system, unique("k"), "kang-ning", "退休")
	requireRefused(t, err, "about_oneself")
	exec(t, c.db, `INSERT INTO account (id, person, login, password, must_change) VALUES ($1, 'tao-yi', 'tao.yi', 'never', false)`, civic.NewID("account", "tao-yi"))
	view, err = c.EndPerson(t.Context(), system, unique("k"), "tao-yi", "调离")
	require.NoError(t, err)
	require.NotNil(t, view.LeftAt)
	require.Equal(t, 1, count(t, c.db, `SELECT count(*) FROM account WHERE person = 'tao-yi' AND disabled_at IS NOT NULL`))
	_, err = c.ChangePerson(t.Context(), system, unique("k"), "tao-yi", civic.PersonChange{Name: "陶怡", Source: "任免通知"})
	requireRefused(t, err, "has_left")
	for _, official := range []string{"chen-jing", "an-quanming", "shen-ji"} {
		_, err = c.EndPerson(t.Context(), who(official), unique("k"), "wang-fang", "调离")
		require.Equal(t, civic.Forbidden, civic.AsRefusal(err).Kind, official)
	}
}
