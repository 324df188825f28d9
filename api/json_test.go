package api

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSONIsTakenOnlyIf(t *testing.T) {
	t.Parallel()
	deep := func(n int) string { return `{"a":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	for _, test := range []struct {
		claim, body string
		want        error
	}{
		{"it is an object", `{"a":1}`, nil},
		{"it is an object, empty", `{}`, nil},
		{"it is an object, with space around it", " \r\n\t{\"a\" : [1, {\"b\":null}] }\n", nil},
		{"names are doubled only in different objects", `{"a":{"b":1},"c":{"b":1},"b":[{"b":1},{"b":2}]}`, nil},
		{"every character is whole", `{"a":"\ud83d\ude00 里正 \\ud800 \/ \u4e2d"}`, nil},
		{"text may have lines and tabs", `{"a":"x\n\ty\r\nz"}`, nil},
		{"it is not nested too deeply", deep(maxDepth - 1), nil},
		{"there is anything at all", ``, errNotJSON},
		{"there is more than space", " \n", errNotJSON},
		{"it is not null", `null`, errNotObject},
		{"it is not a list", `[{"a":1}]`, errNotObject},
		{"it is not a text", `"{}"`, errNotObject},
		{"it is not a number", `1`, errNotObject},
		{"nothing follows", `{"a":1}x`, errNotJSON},
		{"no second value follows", `{"a":1}{"a":1}`, errNotJSON},
		{"no second value follows on another line", "{\"a\":1}\n{}", errNotJSON},
		{"it is complete", `{"a":1`, errNotJSON},
		{"it has no comma too many", `{"a":1,}`, errNotJSON},
		{"it has no comment", `{/*x*/"a":1}`, errNotJSON},
		{"it has no mark of byte order", "\ufeff{}", errNotJSON},
		{"numbers are numbers", `{"a":NaN}`, errNotJSON},
		{"no field is there twice", `{"a":1,"b":2,"a":3}`, errTwice},
		{"no field is there twice, however it is written", `{"a":1,"\u0061":3}`, errTwice},
		{"no field is there twice, deep inside", `{"x":[{"y":{"a":1,"a":1}}]}`, errTwice},
		{"it is nested too deeply", deep(maxDepth), errTooDeep},
		{"it is nested far too deeply", deep(9000), errTooDeep},
		{"it is UTF-8", "{\"a\":\"\xff\"}", errNotText},
		{"no surrogate is encoded as UTF-8", "{\"a\":\"\xed\xa0\x80\"}", errNotText},
		{"no character is half, high", `{"a":"\ud800"}`, errNotText},
		{"no character is half, high before something else", `{"a":"\ud800\u0041"}`, errNotText},
		{"no character is half, high at the end", `{"a":"\uD83d`, errNotText},
		{"no character is half, low", `{"a":"\udc00"}`, errNotText},
		{"no name is half a character", `{"\udc00":1}`, errNotText},
		{"no text has a NUL", `{"a":"x\u0000"}`, errControlCode},
		{"no text has an escape", `{"a":["\u001b[31m"]}`, errControlCode},
		{"no text has a control character of the second range", `{"a":"\u0085"}`, errControlCode},
		{"no name has a NUL", `{"a\u0000":1}`, errControlCode},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			require.ErrorIs(t, checkJSON([]byte(test.body)), test.want)
		})
	}
}

// FuzzJSON holds: nothing breaks the checker, and what it lets pass means the same to every reader.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1,{"b":"\ud83d\ude00"}]}`, `{"a":1,"a":2}`, `null`, `{"a":"\ud800"}`, "{\"a\":\"\x00\"}", `{"a":1e400}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkJSON(body) != nil {
			return
		}
		var value map[string]any
		if err := json.Unmarshal(body, &value); err != nil {
			require.ErrorContains(t, err, "cannot unmarshal number", "only a number that is too large for its reader remains")
			return
		}
		again, err := json.Marshal(value)
		require.NoError(t, err)
		require.NotContains(t, string(again), `\u0000`)
		require.NoError(t, checkJSON(again))
	})
}
