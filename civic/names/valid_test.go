package names_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/names"
)

func TestValid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, s string
		want    *names.Fault
	}{
		{"nothing", "", nil},
		{"a name with punctuation", "“平安社区”（2014）：《创建》·★", nil},
		{"a rare character outside the basic plane", "𠮷林", nil},
		{"a variant of a character", "葛\U000e0100", nil},
		{"NUL", "计划\x00生育", &names.Fault{names.Control, 0, 3}},
		{"a line break", "计划\n生育", &names.Fault{names.Control, '\n', 3}},
		{"a tab", "\t计划", &names.Fault{names.Control, '\t', 1}},
		{"a control character of the second set", "a\u0085", &names.Fault{names.Control, 0x85, 2}},
		{"a line separator", "a\u2028", &names.Fault{names.Control, 0x2028, 2}},
		{"a turn of direction", "a\u202eb", &names.Fault{names.Direction, 0x202e, 2}},
		{"an isolate", "a\u2067b", &names.Fault{names.Direction, 0x2067, 2}},
		{"a mark of direction", "a\u200fb", &names.Fault{names.Direction, 0x200f, 2}},
		{"no width", "a\u200bb", &names.Fault{names.Invisible, 0x200b, 2}},
		{"a byte order mark", "\ufeffa", &names.Fault{names.Invisible, 0xfeff, 1}},
		{"a soft hyphen", "a\u00ad", &names.Fault{names.Invisible, 0xad, 2}},
		{"a Hangul filler", "\u3164", &names.Fault{names.Invisible, 0x3164, 1}},
		{"a tag", "a\U000e0041", &names.Fault{names.Invisible, 0xe0041, 2}},
		{"no character at all", "\uffff", &names.Fault{names.Invisible, 0xffff, 1}},
		{"half of a surrogate pair", "a\xed\xa0\x80", &names.Fault{names.BadEncoding, 0xfffd, 2}},
		{"a broken byte", "ab\xff", &names.Fault{names.BadEncoding, 0xfffd, 3}},
		{"a cut character", "计\xe5\x88", &names.Fault{names.BadEncoding, 0xfffd, 2}},
		{"what was lost before", "计\ufffd", &names.Fault{names.BadEncoding, 0xfffd, 2}},
		{"as long as allowed", strings.Repeat("社", 20), nil},
		{"one too many", strings.Repeat("社", 21), &names.Fault{names.TooLong, '社', 21}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := names.Valid(c.s, 20)
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			var fault *names.Fault
			require.ErrorAs(t, err, &fault)
			require.Equal(t, c.want, fault)
		})
	}
}

func TestAFaultNamesTheCharacterByItsNumber(t *testing.T) {
	t.Parallel()
	require.EqualError(t, names.Valid("a\u202eb", 20), "character 2 (U+202E) is not allowed: direction")
}

func TestTextMayHaveLinesAndJoiners(t *testing.T) {
	t.Parallel()
	require.NoError(t, names.ValidText("同意。\r\n\t附件两份 👨\u200d👩\u200d👧", 40))
	for _, s := range []string{"a\x00", "a\u202e", "a\u200b", "a\xff", "a\u2028", "a\v"} {
		require.Error(t, names.ValidText(s, 40), "%q", s)
	}
	require.Error(t, names.ValidText("123", 2))
}

func FuzzValid(f *testing.F) {
	f.Add("计划\u202e生育", 5)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if names.Valid(s, n) == nil {
			require.NoError(t, names.ValidText(s, n), "a name is a text")
			require.LessOrEqual(t, len([]rune(s)), max(n, 0))
		}
	})
}
