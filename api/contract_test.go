package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/stretchr/testify/require"

	"lizheng/policies"
)

// contract is the document as the tests hold answers against it.
var contract = sync.OnceValues(func() (map[string]*operation, error) {
	doc, err := loadDocument()
	if err != nil {
		return nil, err
	}
	return operationsOf(doc)
})

// patterns are the operations by the pattern of their paths.
var patterns = sync.OnceValues(func() (map[*operation]*regexp.Regexp, error) {
	operations, err := contract()
	out := map[*operation]*regexp.Regexp{}
	for name, op := range operations {
		_, path, _ := strings.Cut(name, " ")
		out[op] = regexp.MustCompile("^" + regexp.MustCompile(`:\w+`).ReplaceAllString(path, "[^/]+") + "$")
	}
	return out, err
})

// operationOf finds the operation of a request, nil when it is none.
func operationOf(t testing.TB, r *http.Request) *operation {
	t.Helper()
	all, err := patterns()
	require.NoError(t, err)
	var found *operation
	for op, pattern := range all {
		if op.route.Method == r.Method && pattern.MatchString(r.URL.Path) && (found == nil || !strings.Contains(op.route.Path, "{")) {
			found = op // what is spelt out goes before what is a parameter
		}
	}
	return found
}

// matchesDocument fails the test when an answer is not what openapi.yaml promises: status, headers, type, and every
// field described.
func matchesDocument(t testing.TB, r *http.Request, answer response) {
	t.Helper()
	op := operationOf(t, r)
	if op == nil || answer.header.Get("Content-Type") == "text/event-stream; charset=utf-8" {
		return
	}
	err := openapi3filter.ValidateResponse(t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, Route: op.route},
		Status:                 answer.status, Header: answer.header, Body: io.NopCloser(bytes.NewReader(answer.body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	require.NoError(t, err, "%s %s: %d %s", r.Method, r.URL.Path, answer.status, answer.body)
	declared := op.route.Operation.Responses.Status(answer.status)
	if declared == nil {
		declared = op.route.Operation.Responses.Default()
	}
	media, _, _ := strings.Cut(answer.header.Get("Content-Type"), ";")
	content := declared.Value.Content.Get(media)
	if content == nil || !strings.HasSuffix(media, "json") {
		return
	}
	var value any
	require.NoError(t, json.Unmarshal(answer.body, &value))
	require.Empty(t, undescribed(value, content.Schema.Value, ""), "%s %s answers with fields that openapi.yaml does not know", r.Method, r.URL.Path)
}

// undescribed lists the fields of a value that its schema does not describe.
func undescribed(value any, schema *openapi3.Schema, at string) []string {
	var out []string
	switch v := value.(type) {
	case []any:
		for i, item := range v {
			if schema.Items != nil {
				out = append(out, undescribed(item, schema.Items.Value, fmt.Sprintf("%s[%d]", at, i))...)
			}
		}
	case map[string]any:
		properties := propertiesOf(schema)
		if len(properties) == 0 {
			return nil // an open object
		}
		for name, field := range v {
			p, ok := properties[name]
			if !ok {
				out = append(out, at+"."+name)
				continue
			}
			out = append(out, undescribed(field, p, at+"."+name)...)
		}
	}
	return out
}

func propertiesOf(schema *openapi3.Schema) map[string]*openapi3.Schema {
	out := map[string]*openapi3.Schema{}
	for name, p := range schema.Properties {
		out[name] = p.Value
	}
	for _, part := range schema.AllOf {
		for name, p := range propertiesOf(part.Value) {
			out[name] = p
		}
	}
	return out
}

func TestTheDocumentIsValid(t *testing.T) {
	t.Parallel()
	doc, err := loadDocument()
	require.NoError(t, err)
	require.NoError(t, doc.Validate(t.Context()))
}

func TestEveryOperationSaysWhatItDoesInWordsOfThePolicy(t *testing.T) {
	t.Parallel()
	operations, err := contract()
	require.NoError(t, err)
	for name, op := range operations {
		require.NotEmpty(t, op.route.Operation.Summary, name)
		require.NotEmpty(t, op.route.Operation.Description, name)
		require.NotEmpty(t, op.route.Operation.Tags, name)
		require.NotContains(t, strings.TrimPrefix(op.route.Path, "/"), ":", "gin would read a verb as a parameter")
		if op.public {
			continue
		}
		known := slices.ContainsFunc(policies.Objects, func(o policies.Object) bool { return o.Name == op.object && slices.Contains(o.Acts, op.act) })
		require.True(t, known, "%s: the policy knows no %q on %q", name, op.act, op.object)
	}
}

// keyless are the operations that change something and need no key, each with the reason why doing it twice is doing it once.
var keyless = map[string]string{
	"signIn": "a new session each time, and none of the record", "signOut": "an ended session stays ended", "changePassword": "the old password is gone",
	"revokeToken": "a revoked token stays revoked", "endSession": "an ended session stays ended", "checkRequest": "changes nothing", "computeRequirement": "changes nothing",
	"saveRequest": "the revision in If-Match is gone", "discardDraft": "a discarded draft is gone", "removeAttachment": "a removed file stays removed",
	"checkCalendar": "changes nothing", "whatIf": "changes nothing", "markRead": "what is read stays read",
	"discardAssessment": "a discarded draft is gone", "discardPlanChange": "a discarded draft is gone", "discardProject": "a discarded draft is gone",
	"discardSupplement": "a discarded draft is gone", "discardLayout": "a discarded draft is gone", "saveLayout": "the revision in If-Match is gone",
	"saveNomination": "the revision in If-Match is gone", "savePlanChange": "the revision in If-Match is gone", "saveProject": "the revision in If-Match is gone",
	"saveQuarterReport": "the revision in If-Match is gone", "saveRowScores": "the revision in If-Match is gone", "saveSelfScores": "the revision in If-Match is gone",
	"saveSheet": "the revision in If-Match is gone", "saveStandard": "the revision in If-Match is gone", "saveSupplement": "the revision in If-Match is gone",
	"saveTaskTable": "the revision in If-Match is gone", "saveUnitInputs": "the revision in If-Match is gone", "saveYear": "the revision in If-Match is gone",
	"importSheet": "the revision in the workbook is gone", "importStandard": "the revision in the workbook is gone", "importTaskTable": "the revision in the workbook is gone",
}

func TestEveryActNeedsAKey(t *testing.T) {
	t.Parallel()
	operations, err := contract()
	require.NoError(t, err)
	for name, op := range operations {
		if strings.HasPrefix(name, "GET ") {
			require.False(t, op.keyed, name)
			continue
		}
		require.Equal(t, keyless[op.id] == "", op.keyed, name)
	}
}

func TestARouteThatIsNoOperationIsNotServed(t *testing.T) {
	t.Parallel()
	operations, err := contract()
	require.NoError(t, err)
	d := &door{server: &server{}, operations: operations, opened: map[string]bool{}}
	d.GET(base + "/secrets")
	require.ErrorContains(t, d.shut(), "/secrets: no operation")
	require.ErrorContains(t, d.shut(), "operation whoAmI: no route")
}

func TestAnOperationThatDoesNotSayWhatItDoesIsRefused(t *testing.T) {
	t.Parallel()
	for _, extensions := range []map[string]any{
		nil, {"x-act": "read"}, {"x-object": "case"}, {"x-public": false}, {"x-public": true, "x-act": "read", "x-object": "case"},
	} {
		_, err := newOperation(&openapi3.Operation{OperationID: "peek", Extensions: extensions})
		require.ErrorContains(t, err, `"peek"`)
	}
}
