package civic

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

// The declaration looks at the interval as well. But a title may come in between: of a year that was named before this one.
func TestNobodyIsNamedTwiceWithinTheInterval(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		claim   string
		year    int
		revoked bool
		refused bool
	}{
		{"the year after was named first", 2015, false, true},
		{"the year before was named late", 2013, false, true},
		{"the interval is not over", 2012, false, true},
		{"the interval is over", 2011, false, false},
		{"the title was revoked since", 2013, true, false},
	} {
		w := toBeNamed(t)
		proposed := w.proposed()
		twice := proposed[0]
		title := Title{Nomination: "other", Year: c.year, Community: twice, Plaque: Plaque(c.year, 7)}
		if c.revoked {
			title.RevokedAt = &time.Time{}
		}
		w.titles = append(w.titles, title)
		name := w.answer(theYear, "wen-shu", "name_list", "name", nil)
		if !c.refused {
			w.did(theYear, name)
			continue
		}
		no := AsRefusal(w.apply(theYear, name))
		require.NotNil(t, no, c.claim)
		require.Equal(t, "named_recently", no.Code, c.claim)
		require.Equal(t, map[string]any{"community": twice, "named": c.year, "plaque": title.Plaque, "again_from": c.year + 3}, no.Figures, c.claim)
		w.titles = append(w.titles, Title{Nomination: "another", Year: c.year, Community: proposed[1], Plaque: Plaque(c.year, 8)})
		no = AsRefusal(w.apply(theYear, name))
		require.Len(t, no.Also, 1, "all of them are named at once")
		require.Equal(t, proposed[1], no.Also[0].Figures["community"])
	}
}

// Whoever names cannot change the list. What does not fit goes back to those who can.
func TestAListThatCannotBeNamedIsSentBackAndNoticedAnew(t *testing.T) {
	t.Parallel()
	w := toBeNamed(t)
	before := w.proposed()
	w.titles = append(w.titles, Title{Nomination: "other", Year: 2013, Community: before[0], Plaque: Plaque(2013, 7)})
	w.refused("named_recently", theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	bare := w.answer(theYear, "wen-shu", "name_list", "send_back", nil)
	bare.Opinion = ""
	w.refused("reason_needed", theYear, bare)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "send_back", nil))
	require.Equal(t, Deliberation, w.state(theYear))
	for _, m := range []string{"song-lixin", "deng-liping", "xie-dong"} { // the members vote on it again
		w.did(theYear, w.answer(theYear, m, "vote", "for", nil))
	}
	w.did(theYear, w.answer(theYear, "liang-zhiyuan", "approve_list", "approve", &AppraisalDetails{Strikes: []Withheld{{Community: before[0], Reason: "间隔期内已获命名"}}}))
	require.Equal(t, Publicity, w.state(theYear), "the changed list is put on public notice anew")
	require.True(t, w.cases[theYear].Case.ActsAt.After(w.now))
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	require.NotContains(t, w.proposed(), before[0])
	w.did(NominationID(2014, before[0]), w.system(ActSettle))
	require.Equal(t, Struck, w.state(NominationID(2014, before[0])))
}

func TestAListThatIsSentBackFromItsNamingMayGoBackToTheOffice(t *testing.T) {
	t.Parallel()
	w := toBeNamed(t)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "send_back", nil))
	w.voted("send_back")
	require.Equal(t, Sampling, w.state(theYear))
	w.did(theYear, w.answer(theYear, "xu-ming", "close_sample", "close", nil))
	w.voted("approve")
	w.due(theYear, ActCloseNotice)
	w.did(theYear, w.answer(theYear, "wen-shu", "name_list", "name", nil))
	require.Equal(t, Awarding, w.state(theYear))
}

// toBeNamed is a year whose list was on public notice.
func toBeNamed(t *testing.T) *town {
	t.Helper()
	w, _ := frozen(t, nil)
	w.noticed()
	w.due(theYear, ActCloseNotice)
	require.Equal(t, NamingDue, w.state(theYear))
	return w
}

// proposed are the communities that the newest selection proposes.
func (w *town) proposed() (keys []string) {
	all, _ := w.Nominees(theYear)
	for _, n := range all {
		if n.Outcome == string(selection.IsProposed) {
			keys = append(keys, n.Community)
		}
	}
	return keys
}
