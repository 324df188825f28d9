package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// maxBody bounds a JSON body: far above any form, far below what hurts the workflow engine.
const maxBody = 64 << 10

// readBody reads and checks the JSON body of an operation that has one, and refuses one where there is none.
func (s *server) readBody(c *gin.Context, op *operation) error {
	if op.upload {
		return nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return refuse(http.StatusRequestEntityTooLarge, "body_too_large", "请求内容超过64KiB。", "The body is larger than 64 KiB.")
	}
	if err != nil { // the client went away
		return refuse(http.StatusBadRequest, "body_unreadable", "请求内容读取中断。", "The body could not be read to its end.")
	}
	if !op.body {
		if len(body) > 0 {
			return refuse(http.StatusBadRequest, "body_not_expected", "该操作不接受请求内容。", "This operation takes no body.")
		}
		return nil
	}
	if !isJSON(c.Request.Header.Values("Content-Type")) {
		return refuse(http.StatusUnsupportedMediaType, "not_json", "请求内容类型必须是 application/json。", "The content type must be application/json.")
	}
	if err := checkJSON(body); err != nil {
		return malformed(err)
	}
	visitOf(c).body = body
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	c.Request.ContentLength = int64(len(body))
	return nil
}

// isJSON accepts one content type, exactly: a form on another site cannot send it without being asked about it first.
func isJSON(types []string) bool {
	if len(types) != 1 {
		return false
	}
	mediaType, parameters, err := mime.ParseMediaType(types[0])
	if err != nil || mediaType != "application/json" {
		return false
	}
	for name, value := range parameters {
		if name != "charset" || !strings.EqualFold(value, "utf-8") {
			return false
		}
	}
	return true
}

// malformed says what is wrong with a body that is not one JSON object.
func malformed(err error) error {
	switch {
	case errors.Is(err, errTwice):
		return refuse(http.StatusBadRequest, "field_twice", "请求内容中有重复的字段。", "A field is there twice.")
	case errors.Is(err, errNotText):
		return refuse(http.StatusBadRequest, "not_text", "请求内容不是有效的UTF-8文本。", "The body is not valid UTF-8.")
	case errors.Is(err, errControlCode):
		return refuse(http.StatusBadRequest, "control_character", "请求内容含有控制字符。", "The body has a control character in a text.")
	case errors.Is(err, errTooDeep):
		return refuse(http.StatusBadRequest, "too_deep", "请求内容嵌套过深。", "The body is nested too deeply.")
	case errors.Is(err, errNotObject):
		return refuse(http.StatusBadRequest, "not_an_object", "请求内容必须是一个JSON对象。", "The body must be one JSON object.")
	}
	return refuse(http.StatusBadRequest, "malformed", "请求内容不是一个完整的JSON值。", "The body is not exactly one JSON value.")
}

// read decodes the checked body. It reports false after it has answered.
func (s *server) read(c *gin.Context, into any) bool {
	d := json.NewDecoder(bytes.NewReader(visitOf(c).body))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		return true
	}
	refusal := civic.Refuse(civic.Invalid, "bad_value", "有的字段取值不正确。", "A field has a value that it cannot have.")
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		refusal = refusal.At(wrong.Field)
	}
	s.fail(c, refusal)
	return false
}
