package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// maxDepth is how deep a body may nest; the deepest form of ours nests four levels.
const maxDepth = 16

// What encoding/json lets pass and this service does not: it would keep the last of two fields of one name, put � for half a character, and stop
// reading after the first value.
var (
	errNotJSON     = errors.New("not one JSON value")
	errNotObject   = errors.New("not a JSON object")
	errTwice       = errors.New("a field is there twice")
	errTooDeep     = errors.New("nested too deeply")
	errNotText     = errors.New("not valid UTF-8")
	errControlCode = errors.New("a control character")
)

// checkJSON refuses whatever is not exactly one JSON object, well formed throughout, with every field once.
func checkJSON(body []byte) error {
	switch {
	case !utf8.Valid(body) || halfCharacter(body):
		return errNotText
	case !json.Valid(body):
		return errNotJSON
	case bytes.TrimLeft(body, " \t\r\n")[0] != '{':
		return errNotObject
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if _, err := d.Token(); err != nil {
		return errNotJSON
	}
	if err := checkObject(d, 1); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errNotJSON
	}
	return nil
}

// checkObject reads the rest of an object whose brace has been read.
func checkObject(d *json.Decoder, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return errNotJSON
		}
		field, ok := name.(string)
		switch {
		case !ok:
			return errNotJSON
		case seen[field]:
			return errTwice
		case hasControl(field):
			return errControlCode
		}
		seen[field] = true
		if err := checkValue(d, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func checkValue(d *json.Decoder, depth int) error {
	token, err := d.Token()
	if err != nil {
		return errNotJSON
	}
	switch v := token.(type) {
	case string:
		if hasControl(v) {
			return errControlCode
		}
	case json.Delim:
		if depth == maxDepth {
			return errTooDeep
		}
		if v == '{' {
			return checkObject(d, depth+1)
		}
		for d.More() {
			if err := checkValue(d, depth+1); err != nil {
				return err
			}
		}
		_, err = d.Token()
	}
	return err
}

// hasControl reports a control character other than tab and line ends: Postgres takes no NUL, and logs nothing else of them.
func hasControl(s string) bool {
	for _, r := range s {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 {
			return true
		}
	}
	return false
}

// halfCharacter reports an escaped surrogate without its other half: \ud800.
func halfCharacter(body []byte) bool {
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			continue
		}
		unit, ok := escapedUnit(body[i:])
		switch {
		case !ok:
			i++ // some other escape: \\ above all
		case unit >= 0xdc00 && unit < 0xe000:
			return true
		case unit >= 0xd800 && unit < 0xdc00:
			low, ok := escapedUnit(body[i+6:])
			if !ok || low < 0xdc00 || low >= 0xe000 {
				return true
			}
			i += 11
		default:
			i += 5
		}
	}
	return false
}

// escapedUnit reads \uXXXX at the beginning of b.
func escapedUnit(b []byte) (uint64, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(b[2:6]), 16, 32)
	return unit, err == nil
}
