package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
)

func people(t *testing.T, s *postgres.Store, f civic.PersonFilter) (ids []string) {
	t.Helper()
	for q := (civic.PersonQuery{PersonFilter: f, Window: civic.Window{Limit: 8}}); ; {
		list, err := s.People(t.Context(), q)
		require.NoError(t, err)
		for _, p := range list {
			ids = append(ids, p.ID)
			q.After = &civic.Cursor{Text: p.Name, ID: p.ID}
		}
		if len(list) < q.Limit {
			return ids
		}
	}
}

func TestPeopleAreFoundByNameUnitAndTheRoleTheyHoldToday(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	require.ElementsMatch(t, people(t, s, civic.PersonFilter{}), func() (ids []string) {
		list, err := db.Query(`SELECT id FROM person`)
		require.NoError(t, err)
		defer list.Close()
		for list.Next() {
			var id string
			require.NoError(t, list.Scan(&id))
			ids = append(ids, id)
		}
		return ids
	}(), "parts neither double nor skip")
	require.Equal(t, []string{"wang-fang"}, people(t, s, civic.PersonFilter{Text: "王芳"}))
	require.Equal(t, []string{"wang-fang"}, people(t, s, civic.PersonFilter{Text: "wang-f"}))
	require.ElementsMatch(t, []string{"an-quanming", "ning-jing"}, people(t, s, civic.PersonFilter{Unit: "cz-security"}))
	require.ElementsMatch(t, []string{"an-quanming", "ning-jing"}, people(t, s, civic.PersonFilter{Role: civic.SecurityAdm}))
	require.Empty(t, people(t, s, civic.PersonFilter{Role: civic.SecurityAdm, Unit: "cz-finance"}))
	exec(t, db, `UPDATE role_grant SET valid_until = city_now() WHERE person = 'ning-jing'`)
	require.Equal(t, []string{"an-quanming"}, people(t, s, civic.PersonFilter{Role: civic.SecurityAdm}), "yesterday's roles are no roles")
	p, err := s.Person(t.Context(), "ning-jing")
	require.NoError(t, err)
	require.Empty(t, p.Grants)
	_, err = s.Person(t.Context(), "no-one")
	requireRefused(t, err, "not_found")
	names, err := s.Names(t.Context(), []string{"wang-fang", "no-one", ""})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"wang-fang": "王芳"}, names)
}

func TestMessagesAreReadByWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Submitted, title: "入户调查"})
	task := ask(t, db, c.id, "register", register, 3)
	var ids []string
	for i := range 5 {
		id := civic.NewID("notice", string(rune('a'+i)))
		ids = append(ids, id)
		for _, person := range []string{"chen-jing", "xu-ming"} {
			exec(t, db, `INSERT INTO notice (id, person, kind, case_id, task_id, at) VALUES ($1, $2, 'opened', $3, $4, $5)`, id, person, c.id, task,
				time.Unix(1_700_000_000+int64(i/2), 0)) // two at one instant
		}
	}
	read := func(person string, unread bool) (out []civic.Message) {
		for w := (civic.Window{Limit: 2}); ; {
			part, err := s.Messages(t.Context(), person, unread, w)
			require.NoError(t, err)
			out = append(out, part...)
			if len(part) < w.Limit {
				return out
			}
			w.After = &civic.Cursor{At: out[len(out)-1].At, ID: out[len(out)-1].ID}
		}
	}
	unread := func(person string) int64 {
		n, err := s.Unread(t.Context(), person)
		require.NoError(t, err)
		return n
	}
	list := read("chen-jing", false)
	require.Len(t, list, 5)
	require.Equal(t, "入户调查", list[0].Title)
	require.Equal(t, "register", list[0].Step)
	require.Equal(t, ids[4], list[0].ID, "the latest first")

	require.NoError(t, s.MarkRead(t.Context(), "chen-jing", []string{ids[0], ids[1], "no id"}))
	require.EqualValues(t, 3, unread("chen-jing"))
	require.Len(t, read("chen-jing", true), 3)
	require.NoError(t, s.MarkRead(t.Context(), "chen-jing", []string{"no id"}), "what names nothing marks nothing")
	require.EqualValues(t, 3, unread("chen-jing"))
	require.NoError(t, s.MarkRead(t.Context(), "chen-jing", nil))
	require.Zero(t, unread("chen-jing"))
	require.EqualValues(t, 5, unread("xu-ming"), "others' are left alone")
}
