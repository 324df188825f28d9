package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// changers are the operations that take JSON, by name.
func changers(tb testing.TB) []*operation {
	tb.Helper()
	operations, err := contract()
	require.NoError(tb, err)
	var out []*operation
	for _, op := range operations {
		if op.body && !op.upload {
			out = append(out, op)
		}
	}
	slices.SortFunc(out, func(a, b *operation) int { return cmp.Compare(a.id, b.id) })
	return out
}

// FuzzBody holds: whatever is sent to whatever operation by whomever, the answer is one that the document knows, and no
// fault of ours.
func FuzzBody(f *testing.F) {
	h := newHouse(f)
	people := []person{h.signIn("wang.fang"), h.signIn("chen.jing"), h.signIn("kang.ning"), h.signIn("qian.wei"), h.signIn("an.quanming"), {h, &http.Cookie{Name: "none"}}}
	ids := []string{nobodysID, people[0].drafted(surveyForm("人口抽样入户调查")), people[0].submitted("居民健康问卷")}
	operations := changers(f)
	for i := range operations {
		for j, body := range []string{
			`{}`, `{"opinion":"x"}`, `{"outcome":"pass"}`, `{"unit":"cz-human-resources","form":{"name":"x"}}`, `{"name":"x","funding":{"kind":"promised","rate_fen":9223372036854775807}}`,
			`{"reason":"x","at":"0000-01-01T00:00:00Z"}`, `{"ids":[]}`, `{"csv":"\"","official_years":[2027],"source":"x"}`, `{"login":"wang.fang","password":"\u0000"}`, `[]`,
			`{"decisions":[{"task":"` + nobodysID + `","outcome":"pass"}]}`, `{"label":"x","days":1}`, `{"person":"wang-fang","role":"auditor","unit":"cz-finance","until":"9999-12-31T23:59:59Z"}`,
		} {
			f.Add(uint8(i), uint8(j), uint8(j), body, "fuzz-"+body[:2])
		}
	}
	f.Fuzz(func(t *testing.T, which, who, about uint8, body, key string) {
		op, p := operations[int(which)%len(operations)], people[int(who)%len(people)]
		p.house = &house{TB: t, url: h.url, client: h.client}
		path := strings.NewReplacer("{id}", ids[int(about)%len(ids)], "{line}", "cz-human-resources-2026-1").Replace(op.route.Path)
		r := p.request(op.route.Method, base+path, body)
		r.AddCookie(p.cookie)
		r.Header.Set("If-Match", `"1"`)
		if !strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r == 0x7f }) { // no client sends it otherwise
			r.Header.Set("Idempotency-Key", key)
		}
		answer := p.send(r)
		if op.id == "streamEvents" {
			return
		}
		require.Less(t, answer.status, 500, "%s %s: %s", op.id, body, answer.body)
		if answer.status >= 400 {
			answer.problem(t)
		}
	})
}
