package postgres_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
)

// ask plants an open task; days from now it is due.
func ask(t *testing.T, db *sql.DB, caseID, step string, seat civic.Seat, days float64) string {
	t.Helper()
	id := civic.NewID(unique("task"))
	due := time.Now().Add(time.Duration(days * 24 * float64(time.Hour))).UTC()
	_, err := db.Exec(`
		INSERT INTO task (id, case_id, ord, step, role, unit, person, round, state, opened_at, opened_by, term, due_at)
		SELECT $1, $2, count(*), $3, $4, $5, $6, 1, 'open', now() - interval '30 days', $1, 5, $7 FROM task WHERE case_id = $2`,
		id, caseID, step, seat.Role, seat.Unit, seat.Person, due)
	require.NoError(t, err)
	return id
}

func inbox(t *testing.T, s *postgres.Store, q civic.InboxQuery, size int) (ids []string) {
	t.Helper()
	for {
		q.Limit = size
		list, err := s.Inbox(t.Context(), q)
		require.NoError(t, err)
		for _, r := range list {
			ids = append(ids, r.Task.ID)
		}
		if len(list) < size {
			return ids
		}
		last := list[len(list)-1].Task
		q.After = &civic.Cursor{At: *last.DueAt, ID: last.ID}
	}
}

var (
	register = civic.Seat{Role: civic.OfficeClerk, Unit: "cz-leading-office"}
	direct   = civic.Seat{Role: civic.OfficeHead, Unit: "cz-leading-office"}
	member   = civic.Seat{Role: civic.GroupMember, Unit: "cz-leading-group"}
)

func TestAnInboxHoldsTheOpenTasksOfOnesSeatsNearestDueFirst(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Submitted}).id
	late := ask(t, db, c, "register", register, 9)
	soon := ask(t, db, c, "examine", register, 1)
	over := ask(t, db, c, "prereview", direct, -2)
	ask(t, db, c, "decide", civic.Seat{Role: civic.GroupChair, Unit: "cz-leading-group"}, 1)
	ask(t, db, c, "joint", civic.Seat{Role: civic.OfficeClerk, Unit: "cz-finance"}, 1) // the role elsewhere is another seat
	done := ask(t, db, c, "register", register, 1)
	_, err := db.Exec(`UPDATE task SET state = 'done', outcome = 'pass', ended_at = now(), answered_by = 'chen-jing' WHERE id = $1`, done)
	require.NoError(t, err)

	clerk := civic.InboxQuery{Me: "chen-jing", Seats: []civic.SeatOf{{Seat: register}, {Seat: register}}} // held under two grants: still one seat
	require.Equal(t, []string{soon, late}, inbox(t, s, clerk, 1))
	both := civic.InboxQuery{Me: "chen-jing", Seats: []civic.SeatOf{{Seat: register}, {Seat: direct, Principal: "xu-jian"}}}
	require.Equal(t, []string{over, soon, late}, inbox(t, s, both, 2))
	require.Nil(t, inbox(t, s, civic.InboxQuery{Me: "chen-jing"}, 5))

	both.Overdue = true
	list, err := s.Inbox(t.Context(), civic.InboxQuery{TaskFilter: both.TaskFilter, Window: civic.Window{Limit: 5}, Me: both.Me, Seats: both.Seats})
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "xu-jian", list[0].Holder, "it says for whom one stands in")
	require.Equal(t, c, list[0].Case.ID)

	n, err := s.CountInbox(t.Context(), both.Me, both.Seats, time.Now().Add(48*time.Hour))
	require.NoError(t, err)
	require.Equal(t, civic.InboxCount{Open: 3, Yellow: 1, Overdue: 1}, n)
}

func TestAPersonalVoteIsInThatPersonsInboxAndTheirDeputysOnly(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Deliberation}).id
	seat := member
	seat.Person = "song-lixin"
	vote := ask(t, db, c, "vote", seat, 3)
	require.Equal(t, []string{vote}, inbox(t, s, civic.InboxQuery{Me: "song-lixin", Seats: []civic.SeatOf{{Seat: member}}}, 5))
	require.Nil(t, inbox(t, s, civic.InboxQuery{Me: "xie-dong", Seats: []civic.SeatOf{{Seat: member}}}, 5))
	require.Equal(t, []string{vote}, inbox(t, s, civic.InboxQuery{Me: "xie-dong", Seats: []civic.SeatOf{{Seat: member}, {Seat: member, Principal: "song-lixin"}}}, 5))
}

func TestAnInboxIsNarrowedByStepAndByWhoHoldsTheTask(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Submitted}).id
	free, mine, theirs := ask(t, db, c, "register", register, 1), ask(t, db, c, "examine", register, 2), ask(t, db, c, "issue", register, 3)
	_, err := db.Exec(`UPDATE task SET claimed_by = CASE WHEN id = $1 THEN 'chen-jing' ELSE 'xu-ming' END WHERE id IN ($1, $2)`, mine, theirs)
	require.NoError(t, err)
	for filter, want := range map[civic.TaskFilter][]string{
		{Claimed: "me"}: {mine}, {Claimed: "nobody"}: {free}, {Claimed: "others"}: {theirs}, {Step: "issue"}: {theirs}, {Step: "vote"}: nil,
		{Procedure: civic.AccessProcedure}: {free, mine, theirs}, {Procedure: "another"}: nil, {Soon: true}: {free, mine},
	} {
		q := civic.InboxQuery{TaskFilter: filter, Me: "chen-jing", Seats: []civic.SeatOf{{Seat: register}}, Yellow: time.Now().Add(60 * time.Hour)}
		require.Equal(t, want, inbox(t, s, q, 5), "%+v", filter)
	}
}

func TestOnlyTheFirstOpeningOfATaskIsNoted(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Submitted}).id
	id := ask(t, db, c, "register", register, 1)
	readAt := func() (at *time.Time) {
		require.NoError(t, db.QueryRow(`SELECT read_at FROM task WHERE id = $1`, id).Scan(&at))
		return at
	}
	require.NoError(t, s.MarkTaskRead(t.Context(), id))
	first := readAt()
	require.NotNil(t, first)
	require.NoError(t, s.MarkTaskRead(t.Context(), id))
	require.Equal(t, first, readAt())
}

func TestWhatOneAnsweredIsListedLatestFirst(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.InForce}).id
	var want []string
	for days := range 5 {
		id := ask(t, db, c, "register", register, 1)
		_, err := db.Exec(`UPDATE task SET state = 'done', outcome = 'pass', ended_at = now() - make_interval(days => $2), answered_by = 'chen-jing' WHERE id = $1`, id, days)
		require.NoError(t, err)
		want = append(want, id)
	}
	var got []string
	w := civic.Window{Limit: 2}
	all := civic.Sight{Cases: civic.Scope{All: true}}
	for {
		list, err := s.Answered(t.Context(), all, "chen-jing", w)
		require.NoError(t, err)
		for _, r := range list {
			got = append(got, r.Task.ID)
		}
		if len(list) < w.Limit {
			break
		}
		last := list[len(list)-1].Task
		w.After = &civic.Cursor{At: *last.EndedAt, ID: last.ID}
	}
	require.Equal(t, want, got)
	none, err := s.Answered(t.Context(), all, "", civic.Window{Limit: 5})
	require.NoError(t, err)
	require.Empty(t, none)
	hidden, err := s.Answered(t.Context(), civic.Sight{Cases: civic.Scope{Units: []string{"cz-disabled"}}}, "chen-jing", civic.Window{Limit: 5})
	require.NoError(t, err)
	require.Empty(t, hidden, "what one answered of cases that one may not see now")
}
