package civic

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPageThatIsOutOfDateActsOnNothing(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	now := r.d.Case.Version
	for _, old := range []int{now - 1, now + 1, -1} {
		refusal := r.refuse("stale", ActPause, "", seen(old))
		require.Equal(t, Stale, refusal.Kind)
		require.Equal(t, now, refusal.Figures["current"])
	}
	r.do(ActPause, "", seen(now))
	r.do(ActResume, "", seen(0)) // not said
	r.answer("examine", "accept", seen(now-1))
	// A task's answer is guarded by the task itself: its siblings' answers change the case too and must not be in each other's way.
}

func TestAnEndedTaskNamesTheActThatEndedIt(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	r.answer("examine", "accept")
	refusal := r.refuse("task_ended", ActDecide, id, by("xu-ming"), func(a *Act) { a.Outcome = "not_accept" })
	require.Equal(t, Conflict, refusal.Kind)
	require.Equal(t, r.task("examine").EndedBy, refusal.Figures["ended_by"])
	require.Equal(t, "accept", refusal.Figures["outcome"])
	r.refuse("not_found", ActDecide, "somewhere-else")
}

func TestWhatNoProcedureCouldTakeIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	r := at(t, Deliberation, form())
	long := strings.Repeat("长", MaxOpinion+1)
	for _, c := range []struct {
		code    string
		kind    ActKind
		options []option
	}{
		{"sign_in", ActPause, []option{by("")}},
		{"sign_in", ActPause, []option{by(Public)}},
		{"system_act", ActPause, []option{by(System)}},
		{"system_act", ActExpire, []option{by("xu-jian")}},
		{"system_act", ActRemind, []option{by("xu-jian")}},
		{"opinion_too_long", ActPause, []option{saying(long)}},
		{"bad_character", ActPause, []option{saying("理由\x00")}},
		{"bad_character", ActPause, []option{saying("理由\u202e")}},
		{"bad_character", ActCopy, []option{with(Details{Person: "a\x00b"})}},
		{"bad_character", ActDecide, []option{with(Details{Gaps: []string{""}})}},
		{"bad_character", ActDecide, []option{with(Details{Communities: []string{"\x00"}})}},
		{"bad_character", ActDecide, []option{with(Details{Condition: long})}},
		{"bad_character", ActObject, []option{with(Details{Contact: long})}},
		{"too_many_entries", ActDecide, []option{with(Details{Gaps: make([]string, MaxGaps+1)})}},
		{"too_many_entries", ActDecide, []option{with(Details{Communities: make([]string, MaxCommunities+1)})}},
		{"unused_detail", ActPause, []option{with(Details{Person: "pan-feng"})}},
		{"no_such_act", "vanish", nil},
	} {
		r.refuse(c.code, c.kind, "", c.options...)
	}
}

func TestASealShowsEveryAlteration(t *testing.T) {
	t.Parallel()
	key := []byte("the key of this service")
	act := Act{ID: "a", Case: "c", Kind: ActDecide, Task: "t", Actor: "xu-jian", Outcome: "refuse", Opinion: "理由"}
	act.SealWith(key)
	require.True(t, act.SealedBy(key))
	require.False(t, act.SealedBy([]byte("another key")))
	for name, alter := range map[string]func(*Act){
		"outcome": func(a *Act) { a.Outcome = "admit" }, "actor": func(a *Act) { a.Actor = "li-juan" }, "detail": func(a *Act) { a.Details.Until = "2014-12-01" },
		"seal": func(a *Act) { a.Seal = append([]byte{1}, a.Seal...) }, "no seal": func(a *Act) { a.Seal = nil },
	} {
		forged := act
		alter(&forged)
		require.False(t, forged.SealedBy(key), name)
	}
}

func TestIdsAreMadeOfWhatTheyName(t *testing.T) {
	t.Parallel()
	require.Equal(t, NewID([]string{"a", "bc"}...), NewID("a", "bc"))
	require.NotEqual(t, NewID("a", "bc"), NewID("ab", "c"), "the parts are kept apart")
	require.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, NewID("a"))
}
