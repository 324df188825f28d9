package api

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// nobodysID belongs to nothing.
const nobodysID = "00000000-0000-4000-8000-000000000000"

func TestABodyIsRefused(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	form := func(fields string) string { return `{"unit":"cz-human-resources","form":{` + fields + `}}` }
	for _, test := range []struct {
		claim, contentType, body string
		status                   int
		code, field              string
	}{
		{"when its type is another", "text/plain", form(`"name":"x"`), 415, "not_json", ""},
		{"when its type is a form's", "application/x-www-form-urlencoded", form(`"name":"x"`), 415, "not_json", ""},
		{"when its type only begins like JSON", "application/json-patch+json", form(`"name":"x"`), 415, "not_json", ""},
		{"when its characters are others", "application/json; charset=gbk", form(`"name":"x"`), 415, "not_json", ""},
		{"when it has no type", "", form(`"name":"x"`), 415, "not_json", ""},
		{"when it is missing", "application/json", "", 400, "malformed", ""},
		{"when it is no JSON", "application/json", "unit=x", 400, "malformed", ""},
		{"when something follows", "application/json", form(`"name":"x"`) + "garbage", 400, "malformed", ""},
		{"when it is null", "application/json", "null", 400, "not_an_object", ""},
		{"when it is a list", "application/json", "[]", 400, "not_an_object", ""},
		{"when a field is doubled", "application/json", form(`"name":"x","name":"y"`), 400, "field_twice", ""},
		{"when it is not UTF-8", "application/json", form("\"name\":\"\xff\""), 400, "not_text", ""},
		{"when a character is half", "application/json", form(`"name":"\ud800"`), 400, "not_text", ""},
		{"when a text has a NUL", "application/json", form(`"name":"x\u0000"`), 400, "control_character", ""},
		{"when it is nested too deeply", "application/json", form(`"name":` + strings.Repeat("[", 40) + strings.Repeat("]", 40)), 400, "too_deep", ""},
		{"when it is larger than 64 KiB", "application/json", form(`"name":"` + strings.Repeat("x", maxBody) + `"`), 413, "body_too_large", ""},
		{"when a field is unknown", "application/json", form(`"name":"x","nane":"y"`), 422, "unknown_field", "form.nane"},
		{"when a field is written otherwise", "application/json", form(`"NAME":"y","name":"x"`), 422, "unknown_field", "form.NAME"},
		{"when a field is null", "application/json", form(`"name":null`), 422, "wrong_type", "form.name"},
		{"when a field is of another type", "application/json", form(`"name":1`), 422, "wrong_type", "form.name"},
		{"when a number is a text", "application/json", form(`"name":"x","funding":{"kind":"promised","rate_fen":"100"}`), 422, "wrong_type", "form.funding.rate_fen"},
		{"when money has a fraction", "application/json", form(`"name":"x","funding":{"kind":"promised","rate_fen":100.5}`), 422, "wrong_type", "form.funding.rate_fen"},
		{"when money is too large to count", "application/json", form(`"name":"x","funding":{"kind":"promised","rate_fen":9223372036854775808}`), 422, "bad_value", ""},
		{"when money is written as a float", "application/json", form(`"name":"x","funding":{"kind":"promised","rate_fen":1e3}`), 422, "bad_value", ""},
		{"when a field is missing", "application/json", `{"unit":"cz-human-resources","form":{}}`, 422, "missing", "form.name"},
		{"when a choice is none", "application/json", form(`"name":"x","category":"task"`), 422, "not_a_choice", "form.category"},
		{"when a key has another form", "application/json", `{"unit":"CZ_X","form":{"name":"x"}}`, 422, "bad_format", "unit"},
		{"when a text is too long", "application/json", form(`"name":"` + strings.Repeat("里", 201) + `"`), 422, "too_long", "form.name"},
	} {
		t.Run(test.claim, func(t *testing.T) {
			t.Parallel()
			p := person{&house{TB: t, url: p.url, client: p.client}, p.cookie}
			answer := p.do("POST", "/access-requests", test.body, "Content-Type", test.contentType)
			got := answer.problem(t)
			require.Equal(t, []any{test.status, test.code}, []any{got.Status, got.Code}, string(answer.body))
			if test.field != "" {
				require.Equal(t, test.field, got.Field)
			}
		})
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	got := p.do("POST", "/access-requests", `{"unit":1,"form":{"x":1,"purpose":"old","communities":["a",2]},"y":0}`).problem(t)
	fields := []string{got.Field}
	for _, e := range got.Also {
		fields = append(fields, e.Field)
	}
	require.ElementsMatch(t, []string{"form.communities[1]", "form.name", "form.purpose", "form.x", "unit", "y"}, fields)
}

func TestMoneyIsCountedToTheFen(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	answer := p.do("POST", "/access-requests/check", `{"unit":"cz-human-resources","form":{"name":"x","funding":{"kind":"promised","driver":"lump_sum","rate_fen":9007199254740993}}}`)
	require.Equal(t, 200, answer.status, string(answer.body))
	made := p.do("POST", "/access-requests", `{"unit":"cz-human-resources","form":{"name":"x","funding":{"kind":"promised","total_fen":9007199254740993}}}`)
	require.Equal(t, 201, made.status, string(made.body))
	read := p.get(strings.TrimPrefix(made.header.Get("Location"), base))
	require.Contains(t, string(read.body), `"total_fen":9007199254740993`, "no float was on the way")
}

func TestAPathIsNotFound(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("chen.jing")
	for _, id := range []string{
		"x", "1", "%00", "a%0ab", nobodysID + "%00", nobodysID + "%0a", "%ff", strings.ToUpper("6f1c2a4e-3b5d-8c7f-9a1b-2c3d4e5f6a7b"), "..%2f..%2fme",
		"{" + nobodysID + "}", "urn:uuid:" + nobodysID, strings.ReplaceAll(nobodysID, "-", ""), nobodysID + "0", "%E2%80%AE" + nobodysID, nobodysID,
		"' OR 1=1 --", "%27%20OR%201=1", strings.Repeat("a", 5000),
	} {
		for _, path := range []string{"/cases/%s", "/tasks/%s", "/access-requests/%s", "/cases/%s/history", "/attachments/%s/content", "/public/entries/%s", "/budget-lines/%s/x"} {
			answer := p.get(fmt.Sprintf(path, strings.ReplaceAll(id, " ", "%20")))
			require.Equal(t, 404, answer.status, "%s %s %s", path, id, answer.body)
			require.Equal(t, "not_found", answer.problem(t).Code)
		}
	}
}

func TestARouteThatIsNoneIsNotFound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/api", 404},
		{"GET", "/api/", 404},
		{"GET", "/api/v1", 404},
		{"GET", "/api/v2/me", 404},
		{"GET", "/api/v1/me/", 404},
		{"GET", "/api//v1/me", 404},
		{"GET", "/API/V1/ME", 404},
		{"POST", "/", 404},
		{"GET", "/api/v1/cases:export", 404},
		{"GET", "/favicon.php", 404},
		{"GET", "/%00", 404},
		{"PATCH", "/api/v1/me", 405},
		{"POST", "/api/v1/me", 405},
		{"DELETE", "/api/v1/cases", 405},
		{"TRACE", "/api/v1/me", 405},
		{"HEAD", "/api/v1/me", 405},
		{"OPTIONS", "/api/v1/me", 405},
		{"POST", "/healthz", 405},
	} {
		answer := h.send(h.request(test.method, test.path, nil))
		require.Equal(t, test.status, answer.status, "%s %s", test.method, test.path)
		require.Equal(t, "application/problem+json", answer.header.Get("Content-Type"), "%s %s", test.method, test.path)
		if test.status == 405 {
			require.NotEmpty(t, answer.header.Get("Allow"))
		}
	}
}

func TestAQueryIsRefused(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("chen.jing")
	for query, want := range map[string][2]string{
		"limit=0": {"out_of_range", "limit"}, "limit=101": {"out_of_range", "limit"}, "limit=-1": {"out_of_range", "limit"}, "limit=x": {"bad_value", "limit"},
		"limit=": {"bad_value", "limit"}, "limit=1&limit=2": {"parameter_twice", "limit"}, "stat=draft": {"unknown_parameter", "stat"},
		"state=drafts": {"not_a_choice", "state[0]"}, "state=draft&state=x": {"not_a_choice", "state[1]"}, "text=%00": {"bad_character", "text"},
		"text=%ff": {"bad_character", "text"}, "text=a%0ab%1b": {"bad_character", "text"}, "overdue=maybe": {"bad_value", "overdue"},
		"from=2026-13-45": {"bad_date", "from"}, "from=yesterday": {"bad_format", "from"}, "after=!!!": {"bad_cursor", "after"}, "after=bm9uZQ": {"bad_cursor", "after"},
		"unit=A+B": {"bad_format", "unit"}, "text=" + strings.Repeat("x", 101): {"too_long", "text"}, "procedure=witchcraft": {"not_a_choice", "procedure"},
		"_method=DELETE": {"unknown_parameter", "_method"}, "a;b=1": {"bad_query", ""}, "text=%zz": {"bad_query", ""},
	} {
		answer := p.get("/cases?" + query)
		got := answer.problem(t)
		require.Equal(t, want, [2]string{got.Code, got.Field}, query)
		require.Less(t, got.Status, 500, query)
	}
}

func TestAnActWithoutAGoodKeyIsRefused(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("chen.jing")
	for key, code := range map[string]string{
		"": "key_missing", "a b": "key_malformed", "a/b": "key_malformed", "ключ": "key_malformed", strings.Repeat("x", 101): "key_malformed", "a,b": "key_malformed",
	} {
		got := p.do("POST", "/tasks/"+nobodysID+"/decision", Decision{Outcome: "pass"}, "Idempotency-Key", key).problem(t)
		require.Equal(t, []any{400, code, "Idempotency-Key"}, []any{got.Status, got.Code, got.Field}, key)
	}
	twice := p.request("POST", base+"/tasks/"+nobodysID+"/decision", Decision{Outcome: "pass"})
	twice.AddCookie(p.cookie)
	twice.Header["Idempotency-Key"] = []string{"one", "two"}
	require.Equal(t, 422, p.send(twice).status)
}

func TestADraftIsSavedOnlyOverTheRevisionThatWasRead(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	made := p.do("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: AccessRequest{Name: "走访登记"}})
	require.Equal(t, 201, made.status, string(made.body))
	path := strings.TrimPrefix(made.header.Get("Location"), base)
	for tag, want := range map[string]any{"": "if_match_missing", "1": "if_match_malformed", `"0"`: "if_match_malformed", "*": "if_match_malformed", `W/"1"`: "if_match_malformed", `"9"`: "stale"} {
		got := p.do("PUT", path, AccessRequest{Name: "走访登记（二）"}, "If-Match", tag).problem(t)
		require.Equal(t, want, got.Code, tag)
		require.Equal(t, map[string]int{"if_match_missing": 428, "if_match_malformed": 400, "stale": 412}[got.Code], got.Status)
	}
	saved := p.do("PUT", path, AccessRequest{Name: "走访登记（二）"}, "If-Match", made.header.Get("ETag"))
	require.Equal(t, 200, saved.status, string(saved.body))
	require.NotEqual(t, made.header.Get("ETag"), saved.header.Get("ETag"))
	require.Equal(t, 412, p.do("PUT", path, AccessRequest{Name: "走访登记（三）"}, "If-Match", made.header.Get("ETag")).status)
	require.Equal(t, saved.header.Get("ETag"), p.get(path).header.Get("ETag"))
}

func TestABodyWhereNoneBelongsIsRefused(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("chen.jing")
	for _, r := range [][2]string{{"GET", "/me"}, {"DELETE", "/session"}, {"POST", "/grants/" + nobodysID + "/confirmation"}} {
		require.Equal(t, "body_not_expected", p.do(r[0], r[1], `{}`).problem(t).Code, r)
	}
}

func TestAnUploadIsExactlyOneFile(t *testing.T) {
	t.Parallel()
	p := newHouse(t).signIn("wang.fang")
	made := p.do("POST", "/access-requests", NewDraft{Unit: "cz-human-resources", Form: AccessRequest{Name: "走访登记"}})
	require.Equal(t, 201, made.status, string(made.body))
	path := "/cases/" + strings.TrimPrefix(made.header.Get("Location"), base+"/access-requests/") + "/attachments"
	type part struct{ field, name, content string }
	upload := func(parts ...part) response {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for _, one := range parts {
			var to io.Writer
			var err error
			if one.name == "" {
				to, err = w.CreateFormField(one.field)
			} else {
				to, err = w.CreateFormFile(one.field, one.name)
			}
			require.NoError(t, err)
			_, err = io.WriteString(to, one.content)
			require.NoError(t, err)
		}
		require.NoError(t, w.Close())
		return p.do("POST", path, body.String(), "Content-Type", w.FormDataContentType())
	}
	require.Equal(t, "one_file", upload().problem(t).Code)
	require.Equal(t, "one_file", upload(part{"file", "", "x"}).problem(t).Code)
	require.Equal(t, "one_file", upload(part{"picture", "a.txt", "x"}).problem(t).Code)
	require.Equal(t, "one_file", upload(part{"file", "a.txt", "x"}, part{"file", "b.txt", "y"}).problem(t).Code)
	require.Equal(t, "file_kind", upload(part{"file", "a.zip", "PK"}).problem(t).Code)
	require.Equal(t, "bad_name", upload(part{"file", "a:b.txt", "x"}).problem(t).Code)
	require.Equal(t, 413, upload(part{"file", "a.txt", strings.Repeat("x", 21<<20)}).status)
	require.Equal(t, "not_multipart", p.do("POST", path, `{}`).problem(t).Code)
	require.Equal(t, 404, p.do("POST", "/cases/"+nobodysID+"/attachments", "x", "Content-Type", "multipart/form-data; boundary=x").status)

	stored := upload(part{"file", "设立依据.txt", "第一条"})
	require.Equal(t, http.StatusCreated, stored.status, string(stored.body))
	got := p.get(strings.TrimPrefix(stored.header.Get("Location"), base) + "/content")
	require.Equal(t, "第一条", string(got.body))
	require.Equal(t, "nosniff", got.header.Get("X-Content-Type-Options"))
	require.Contains(t, got.header.Get("Content-Disposition"), "attachment; ")
	require.Equal(t, "application/octet-stream", got.header.Get("Content-Type"))
	require.Equal(t, 404, p.signIn("li.juan").get(strings.TrimPrefix(stored.header.Get("Location"), base)+"/content").status, "another department does not see it")
	require.Equal(t, 204, p.do("DELETE", strings.TrimPrefix(stored.header.Get("Location"), base), nil, "Idempotency-Key", uuid.NewString()).status)
}
