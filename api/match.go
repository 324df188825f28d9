package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// maxAlso bounds how many further mistakes of one request are listed.
const maxAlso = 50

// matchDocument refuses a request that is not what openapi.yaml says, naming every parameter and field at fault at once.
func (s *server) matchDocument(c *gin.Context, op *operation) error {
	if err := checkQuery(c.Request.URL.RawQuery, op); err != nil {
		return err
	}
	path := make(map[string]string, len(c.Params))
	for _, p := range c.Params {
		path[p.Key] = p.Value
	}
	err := openapi3filter.ValidateRequest(c.Request.Context(), &openapi3filter.RequestValidationInput{
		Request: c.Request, PathParams: path, Route: op.route,
		Options: &openapi3filter.Options{
			ExcludeRequestBody: !op.body || op.upload, MultiError: true, SkipSettingDefaults: true,
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		},
	})
	if err == nil {
		return nil
	}
	found, err := mismatches(err)
	if err != nil {
		return err
	}
	first := *found[0]
	first.Also = found[1:min(len(found), maxAlso)]
	return &first
}

// checkQuery refuses parameters that the operation does not know: a filter that is misspelt must not list everything.
func checkQuery(raw string, op *operation) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return refuse(http.StatusBadRequest, "bad_query", "查询参数格式不正确。", "The query is malformed.")
	}
	for name, all := range values {
		many, known := op.query[name]
		switch {
		case !known:
			return civic.Refuse(civic.Invalid, "unknown_parameter", "没有这个查询参数。", "There is no such parameter.").At(clip(name))
		case len(all) > 1 && !many:
			return civic.Refuse(civic.Invalid, "parameter_twice", "查询参数重复。", "A parameter is there twice.").At(name)
		}
		for _, v := range all {
			if !utf8.ValidString(v) || hasControl(v) {
				return civic.Refuse(civic.Invalid, "bad_character", "查询参数含有不允许的字符。", "A parameter has a character that is not allowed.").At(name)
			}
		}
	}
	return nil
}

// mismatches puts what the document's checker found into words of ours: its own text carries the schema. What makes the
// rest pointless, a wrong path or header, is returned as the error.
func mismatches(err error) ([]*civic.Error, error) {
	switch wrong := err.(type) { //nolint:errorlint // a mistake in one place holds a list of them in turn: their order matters
	case openapi3.MultiError:
		var out []*civic.Error
		for _, one := range wrong {
			found, err := mismatches(one)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
		return out, nil
	case *openapi3filter.RequestError:
		if p := wrong.Parameter; p != nil {
			return parameterMismatch(p, wrong.Err)
		}
		return fieldMismatches(wrong.Err), nil
	}
	return nil, fmt.Errorf("check a request: %w", err)
}

func parameterMismatch(p *openapi3.Parameter, cause error) ([]*civic.Error, error) {
	missing := errors.Is(cause, openapi3filter.ErrInvalidRequired)
	switch {
	case p.In == openapi3.ParameterInPath:
		return nil, civic.ErrNotFound() // there is nothing under an id that cannot be one
	case p.Name == "Idempotency-Key" && missing:
		return nil, httpError{status: http.StatusBadRequest, refusal: civic.Refuse(civic.Invalid, "key_missing",
			"缺少操作编号（Idempotency-Key）。", "The Idempotency-Key header is missing.").At(p.Name)}
	case p.Name == "Idempotency-Key":
		return nil, httpError{status: http.StatusBadRequest, refusal: civic.Refuse(civic.Invalid, "key_malformed",
			"操作编号格式不正确。", "The Idempotency-Key may hold only letters, digits and -_.: and is limited in length.").At(p.Name)}
	case p.Name == "If-Match" && missing:
		return nil, httpError{status: http.StatusPreconditionRequired, refusal: civic.Refuse(civic.Invalid, "if_match_missing",
			"缺少版本号（If-Match）。", "The If-Match header with the revision that was read is missing.").At(p.Name)}
	case p.Name == "If-Match":
		return nil, httpError{status: http.StatusBadRequest, refusal: civic.Refuse(civic.Invalid, "if_match_malformed",
			"版本号（If-Match）格式不正确。", "If-Match must be one version in quotes, as it came in ETag.").At(p.Name)}
	case missing:
		return []*civic.Error{civic.Refuse(civic.Invalid, "missing", "缺少查询参数。", "A parameter is missing.").At(p.Name)}, nil
	}
	found := fieldMismatches(cause)
	for _, e := range found {
		e.Field = p.Name + e.Field
	}
	return found, nil
}

// fieldMismatches says for every field that is wrong what is wrong with it.
func fieldMismatches(err error) []*civic.Error {
	if many := openapi3.MultiError(nil); errors.As(err, &many) {
		var out []*civic.Error
		for _, one := range many {
			out = append(out, fieldMismatches(one)...)
		}
		return out
	}
	wrong := (*openapi3.SchemaError)(nil)
	if !errors.As(err, &wrong) {
		return []*civic.Error{civic.Refuse(civic.Invalid, "bad_value", "取值不正确。", "This value is not possible.")}
	}
	path := wrong.JSONPointer()
	says, known := schemaWords[wrong.SchemaField]
	if !known {
		says = schemaWords[""]
	}
	if wrong.SchemaField == "properties" {
		var name string
		_, _ = fmt.Sscanf(wrong.Reason, "property %q", &name) // its name is said nowhere else
		path = append(path, clip(name))
	}
	e := civic.Refuse(civic.Invalid, says.code, says.zh, says.en).At(fieldName(path))
	switch wrong.SchemaField {
	case "maxLength":
		e = e.With("max", *wrong.Schema.MaxLength)
	case "maxItems":
		e = e.With("max", *wrong.Schema.MaxItems)
	}
	return []*civic.Error{e}
}

// schemaWords says for every rule of a schema what its breach is called.
var schemaWords = map[string]struct{ code, zh, en string }{
	"required":   {"missing", "缺少必填字段。", "This field is missing."},
	"properties": {"unknown_field", "没有这个字段。", "There is no such field."},
	"type":       {"wrong_type", "字段类型不正确。", "This field is of another type."},
	"nullable":   {"wrong_type", "字段不能为空值。", "This field cannot be null."},
	"enum":       {"not_a_choice", "不是可选的取值。", "This is not one of the choices."},
	"maxLength":  {"too_long", "内容过长。", "This text is too long."},
	"minLength":  {"missing", "请填写该字段。", "This text is empty."},
	"pattern":    {"bad_format", "格式不正确。", "This is not in the expected form."},
	"format":     {"bad_format", "格式不正确。", "This is not in the expected form."},
	"minimum":    {"out_of_range", "数值超出范围。", "This number is out of range."},
	"maximum":    {"out_of_range", "数值超出范围。", "This number is out of range."},
	"maxItems":   {"too_many_entries", "列表项过多。", "This list has too many entries."},
	"minItems":   {"missing", "列表不能为空。", "This list is empty."},
	"":           {"bad_value", "取值不正确。", "This value is not possible."},
}

// fieldName writes a path as refusals of the desk do: funding.line, communities[2].
func fieldName(path []string) string {
	var b strings.Builder
	for _, part := range path {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			b.WriteString("[" + part + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(part)
	}
	return b.String()
}

// clip keeps what strangers wrote short in answers.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
