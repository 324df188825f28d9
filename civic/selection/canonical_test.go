package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

func TestCanonical(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"members are sorted and there is no white space", map[string]any{"b": 1, "a": []int{2, 1}}, `{"a":[2,1],"b":1}`},
		{"in the order of RFC 8785, which is by UTF-16", map[string]any{
			"€": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
			"😀": "Emoji: Grinning Face", "\u0080": "Control", "ö": "Latin Small Letter O With Diaeresis",
		}, `{"\r":"Carriage Return","1":"One","` + "\u0080" + `":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face",` + "\"\ufb33\"" + `:"Hebrew Letter Dalet With Dagesh"}`},
		{"strings have the shortest escapes", "€$\u000f\nA'B\"\\\\\"/\b\t\f\r\u000b\u007f<>&\u2028", `"€$\u000f\nA'B\"\\\\\"/\b\t\f\r\u000b` + "\u007f<>&\u2028" + `"`},
		{"literals", []any{nil, true, false, -9007199254740991}, `[null,true,false,-9007199254740991]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := selection.Canonical(c.value)
			require.NoError(t, err)
			require.Equal(t, c.want, string(got))
		})
	}
}

func TestCanonicalRefusesWhatHasMoreThanOneForm(t *testing.T) {
	t.Parallel()
	for _, v := range []any{1.5, int64(1) << 53, 1e21, func() {}} {
		_, err := selection.Canonical(v)
		require.Error(t, err)
	}
}

func TestDigestIsPlainSHA256(t *testing.T) {
	t.Parallel()
	got, err := selection.Digest(struct{}{})
	require.NoError(t, err)
	require.Equal(t, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", got, "printf {} | sha256sum")
}
