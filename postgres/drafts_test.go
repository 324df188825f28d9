package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// deed is a write as the desk hands it over, allowed to anybody.
func deed(person, key, hash string) civic.Deed {
	return civic.Deed{ID: civic.NewID("deed", person, key), Kind: "test", Object: "test", Actor: postgrestest.Actor(person), Key: key, Hash: hash, Detail: map[string]any{}}
}

func draft(t *testing.T, s *postgres.Store, name string) civic.DraftMade {
	t.Helper()
	made, err := s.CreateDraft(t.Context(), deed("wang-fang", unique("key"), ""), "cz-human-resources", civic.AccessRequest{Name: name})
	require.NoError(t, err)
	return made
}

func TestADraftIsMadeOnceUnderItsKey(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	form := civic.AccessRequest{Name: "社区志愿服务登记"}
	first, err := s.CreateDraft(t.Context(), deed("wang-fang", "k1", "h1"), "cz-human-resources", form)
	require.NoError(t, err)
	require.Equal(t, civic.Draft, first.Case.State)
	require.Equal(t, "wang-fang", first.Case.Applicant)
	again, err := s.CreateDraft(t.Context(), deed("wang-fang", "k1", "h1"), "cz-human-resources", form)
	require.NoError(t, err)
	first.Case.Seq = 0 // not part of the answer
	require.Equal(t, first, again)
	_, err = s.CreateDraft(t.Context(), deed("wang-fang", "k1", "h2"), "cz-human-resources", form)
	require.True(t, civic.Refused(err, "key_reused"), "%v", err)
	other, err := s.CreateDraft(t.Context(), deed("sun-lei", "k1", "h1"), "cz-human-resources", form)
	require.NoError(t, err)
	require.NotEqual(t, first.Case.ID, other.Case.ID, "keys belong to persons")

	_, err = s.CreateDraft(t.Context(), deed("wang-fang", "k2", "h"), "no-such-unit", form)
	require.True(t, civic.Refused(err, "no_such_unit"), "%v", err)
	_, err = s.CreateDraft(t.Context(), deed("wang-fang", "k2", "h"), "no-such-unit", form)
	require.True(t, civic.Refused(err, "no_such_unit"), "a refusal is remembered too: %v", err)
	var events int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM event WHERE kind = 'test'`).Scan(&events))
	require.Equal(t, 3, events, "two drafts and one refusal, each once")
}

func TestTwinsOfOneKeyMakeOneDraft(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	ids := make(chan string)
	for range 12 {
		go func() {
			made, err := s.CreateDraft(t.Context(), deed("wang-fang", "twin", "h"), "cz-human-resources", civic.AccessRequest{Name: "孪生"})
			if err != nil {
				ids <- err.Error()
				return
			}
			ids <- made.Case.ID
		}()
	}
	first := <-ids
	for range 11 {
		require.Equal(t, first, <-ids)
	}
	var cases, events int
	require.NoError(t, db.QueryRow(`SELECT count(*), (SELECT count(*) FROM event WHERE kind = 'test') FROM cases`).Scan(&cases, &events))
	require.Equal(t, []int{1, 1}, []int{cases, events})
}

func TestAFormIsSavedOnTheRevisionThatWasSeen(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	id := draft(t, s, "一").Case.ID
	save := func(person string, seen int, name string) (int, error) {
		return s.SaveForm(t.Context(), deed(person, "", ""), id, seen, civic.AccessRequest{Name: name})
	}
	revision, err := save("wang-fang", 1, "二")
	require.NoError(t, err)
	require.Equal(t, 2, revision)
	revision, err = save("wang-fang", 1, "二")
	require.NoError(t, err, "the reply was lost: the same again is the same")
	require.Equal(t, 2, revision)
	_, err = save("sun-lei", 1, "二")
	require.True(t, civic.Refused(err, "stale"), "a colleague who saw the first revision must look again: %v", err)
	_, err = save("wang-fang", 1, "三")
	require.True(t, civic.Refused(err, "stale"), "%v", err)
	_, err = save("wang-fang", 3, "三")
	require.True(t, civic.Refused(err, "stale"), "a revision that does not exist yet: %v", err)

	f, err := s.CaseFile(t.Context(), everything, id)
	require.NoError(t, err)
	require.Equal(t, "二", f.Case.Title)
	require.Equal(t, "二", f.Form.Name)
	require.Equal(t, 2, f.Revision)
	saved, err := s.Revisions(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, saved, 2)
	require.Equal(t, "一", saved[0].Form.Name)
	require.Equal(t, []string{id}, listed(t, s, civic.CaseQuery{Sight: everything, Grams: civic.Grams("二")}, 5), "it is found by its new name")
	require.Nil(t, listed(t, s, civic.CaseQuery{Sight: everything, Grams: civic.Grams("一")}, 5))
}

func TestOnlyDraftsAndReturnedRequestsAreEditedAndOnlyDraftsDiscarded(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	for state, editable := range map[civic.State]bool{civic.Submitted: false, civic.Returned: true, civic.InForce: false, civic.Archived: false} {
		id := plant(t, db, planted{state: state}).id
		_, err := s.SaveForm(t.Context(), deed("wang-fang", "", ""), id, 1, civic.AccessRequest{Name: "改"})
		require.Equal(t, editable, err == nil, "%s: %v", state, err)
		if !editable {
			require.True(t, civic.Refused(err, "not_editable"), "%v", err)
		}
		err = s.DiscardDraft(t.Context(), deed("wang-fang", "", ""), id)
		require.True(t, civic.Refused(err, "not_a_draft"), "%s: %v", state, err)
	}
}

func TestADiscardedDraftIsGoneWithEverythingOnIt(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	id := draft(t, s, "弃").Case.ID
	_, err := db.Exec(`INSERT INTO attachment (id, case_id, name, media_type, size, sha256, added_by) VALUES (gen_random_uuid(), $1, 'a.pdf', 'application/pdf', 1, '', 'wang-fang')`, id)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO case_reader (person, case_id, seq) VALUES ('li-juan', $1, 1)`, id)
	require.NoError(t, err)
	require.NoError(t, s.DiscardDraft(t.Context(), deed("wang-fang", "", ""), id))
	_, err = s.CaseFile(t.Context(), everything, id)
	require.True(t, civic.Refused(err, "not_found"), "%v", err)
	err = s.DiscardDraft(t.Context(), deed("wang-fang", "", ""), id)
	require.True(t, civic.Refused(err, "not_found"), "%v", err)
}

func TestTheDatabaseItselfKeepsWhatHasANumber(t *testing.T) {
	t.Parallel()
	_, d := postgrestest.New(t)
	db, app := postgrestest.DB(t, d.Super), postgrestest.DB(t, d.App)
	p := plant(t, db, planted{state: civic.Submitted, parties: []string{"cz-finance"}, readers: []string{"li-juan"}})
	for _, statement := range []string{
		`DELETE FROM case_party WHERE case_id = $1`, `DELETE FROM case_reader WHERE case_id = $1`, `DELETE FROM form WHERE case_id = $1`,
		`DELETE FROM cases WHERE id = $1`,
	} {
		_, err := app.Exec(statement, p.id)
		require.ErrorContains(t, err, "it has a number", statement)
	}
}
