package civic

import (
	"encoding/base64"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAPageHasOneToAHundredLines(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]int{0: DefaultPage + 1, 1: 2, MaxPage: MaxPage + 1} {
		w, err := Page{Limit: limit}.window()
		require.NoError(t, err)
		require.Equal(t, want, w.Limit, "one more than is shown")
	}
	for _, limit := range []int{-1, MaxPage + 1, 1 << 40} {
		_, err := Page{Limit: limit}.window()
		require.True(t, Refused(err, "bad_limit"), "%d: %v", limit, err)
	}
}

func TestACursorComesBackAsItWentOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Cursor{Seq: rapid.Int64().Draw(t, "seq"), Text: rapid.StringMatching(`[^\x00]*`).Draw(t, "text"), ID: rapid.StringMatching(`[a-z0-9-]*`).Draw(t, "id"),
			At: time.UnixMicro(rapid.Int64Range(0, 1e16).Draw(t, "at")).UTC()}
		w, err := Page{After: c.String()}.window()
		if len(c.String()) > 1300 {
			return
		}
		require.NoError(t, err)
		require.Equal(t, c, *w.After)
	})
}

func TestAMadeUpCursorIsRefused(t *testing.T) {
	t.Parallel()
	for _, after := range []string{"x", "%", "e30=", base64.RawURLEncoding.EncodeToString([]byte(`{"other":1}`)), base64.RawURLEncoding.EncodeToString([]byte(`{"t":"\u0000"}`)),
		base64.RawURLEncoding.EncodeToString([]byte(`[1]`)), base64.RawURLEncoding.EncodeToString([]byte(`{"s":"x"}`))} {
		_, err := Page{After: after}.window()
		require.True(t, Refused(err, "bad_cursor"), "%q: %v", after, err)
	}
}

func TestOnlyThePartBeforeTheLastHasANext(t *testing.T) {
	t.Parallel()
	at := func(n int) Cursor { return Cursor{Seq: int64(n)} }
	w := Window{Limit: 3}
	require.Equal(t, Part[int]{Items: []int{9, 8}, Next: Cursor{Seq: 8}.String()}, part([]int{9, 8, 7}, w, at))
	require.Equal(t, Part[int]{Items: []int{9, 8}}, part([]int{9, 8}, w, at))
	require.Equal(t, Part[int]{Items: []int{}}, part([]int(nil), w, at))
}

func TestDifferencesNameEveryFieldThatChangedAndNoOther(t *testing.T) {
	t.Parallel()
	a := AccessRequest{Name: "甲", Communities: []string{"a", "b"}, Funding: Funding{Rate: 9007199254740993}}
	b := a
	b.Name, b.Communities, b.Funding.Rate = "乙", []string{"a", "c", "d"}, 9007199254740992
	same, err := Differences(a, a)
	require.NoError(t, err)
	require.Empty(t, same)
	found, err := Differences(a, b)
	require.NoError(t, err)
	var fields []string
	for _, d := range found {
		fields = append(fields, d.Field)
	}
	require.Equal(t, []string{"communities[1]", "communities[2]", "funding.rate_fen", "name"}, fields, "amounts beyond 2^53 differ by one fen too")
	require.Nil(t, found[1].Before)
	require.Equal(t, "d", found[1].After)
}

func TestATitleIsFoundByEveryPieceOfIt(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		title := []rune(rapid.StringMatching(`[一-十甲-癸a-z0-9 ·]{1,12}`).Draw(t, "title"))
		from := rapid.IntRange(0, len(title)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(title)).Draw(t, "to")
		stored := TitleGrams(string(title))
		require.Subset(t, stored, Grams(string(title[from:to])))
	})
	require.Empty(t, Grams(" ·！"))
}
