package selection

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mostNested is deeper than any sheet, and shallow enough for any stack.
const mostNested = 32

// parse reads one JSON document strictly: UTF-8, no member twice, integers in their
// one form, nothing behind it. Objects become map[string]any, numbers int64. What
// json.Unmarshal makes of a document says too little: of a member that is there twice
// it keeps the last without a word.
func parse(text []byte) (any, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("the document is not UTF-8")
	}
	var anything json.RawMessage
	if err := json.Unmarshal(text, &anything); err != nil {
		return nil, err
	}
	r := reader{text: text}
	return r.value(mostNested)
}

// reader walks over text that is known to be one valid JSON value.
type reader struct {
	text []byte
	at   int
}

// next skips white space and returns the byte there.
func (r *reader) next() byte {
	for {
		switch c := r.text[r.at]; c {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return c
		}
	}
}

func (r *reader) value(depth int) (any, error) {
	if depth == 0 {
		return nil, errors.New("the document is nested too deeply")
	}
	switch r.next() {
	case '{':
		return r.object(depth - 1)
	case '[':
		return r.array(depth - 1)
	case '"':
		return r.string()
	case 't':
		r.at += len("true")
		return true, nil
	case 'f':
		r.at += len("false")
		return false, nil
	case 'n':
		r.at += len("null")
		return nil, nil
	}
	return r.number()
}

func (r *reader) object(depth int) (any, error) {
	object := map[string]any{}
	r.at++ // the opening brace
	for r.next() != '}' {
		if r.text[r.at] == ',' {
			r.at++
			r.next()
		}
		name, err := r.string()
		if err != nil {
			return nil, err
		}
		if _, twice := object[name]; twice {
			return nil, fmt.Errorf("the member %.40q is there twice", name)
		}
		r.next()
		r.at++ // the colon
		if object[name], err = r.value(depth); err != nil {
			return nil, err
		}
	}
	r.at++
	return object, nil
}

func (r *reader) array(depth int) (any, error) {
	array := []any{}
	r.at++ // the opening bracket
	for r.next() != ']' {
		if r.text[r.at] == ',' {
			r.at++
		}
		v, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		array = append(array, v)
	}
	r.at++
	return array, nil
}

func (r *reader) string() (string, error) {
	start, plain := r.at, true
	for r.at++; r.text[r.at] != '"'; r.at++ {
		if r.text[r.at] == '\\' {
			plain = false
			r.at++
		}
	}
	r.at++
	if !plain {
		return unescape(r.text[start:r.at])
	}
	return string(r.text[start+1 : r.at-1]), nil
}

// unescape reads a string with escapes. Half a surrogate pair, which is no character,
// would be read as U+FFFD; it is refused, as RFC 8785 demands.
func unescape(quoted []byte) (string, error) {
	const replacement = "\ufffd"
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		return "", err
	}
	written := bytes.Count(quoted, []byte(replacement)) + bytes.Count(bytes.ToLower(quoted), []byte(`\ufffd`))
	if strings.Count(s, replacement) > written {
		return "", fmt.Errorf("%.40s holds half a surrogate pair", quoted)
	}
	return s, nil
}

func (r *reader) number() (any, error) {
	rest := r.text[r.at:]
	if end := bytes.IndexAny(rest, " \t\n\r,]}"); end >= 0 {
		rest = rest[:end]
	}
	r.at += len(rest)
	i, err := strconv.ParseInt(string(rest), 10, 64)
	if err != nil || strconv.FormatInt(i, 10) != string(rest) || i < -mostFigure || i > mostFigure {
		return nil, fmt.Errorf("%.40s is not an integer within ±(2^53-1)", rest)
	}
	return i, nil
}
