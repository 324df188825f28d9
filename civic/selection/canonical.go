package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Canonical encodes a value by RFC 8785, the JSON Canonicalization Scheme. Numbers
// must be integers within ±(2^53-1): there is exactly one way to write them.
func Canonical(v any) ([]byte, error) {
	tree, err := treeOf(v)
	if err != nil {
		return nil, err
	}
	return appendTree(nil, tree), nil
}

// treeOf is what parse would read of a value's JSON.
func treeOf(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return parse(text)
}

// Digest is the SHA-256 of a value's canonical encoding in lower-case hexadecimal:
// what the freezing of a set of scores writes down, for one.
func Digest(v any) (string, error) {
	text, err := Canonical(v)
	if err != nil {
		return "", err
	}
	return digest(text), nil
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// appendTree writes what parse has read.
func appendTree(to []byte, tree any) []byte {
	switch t := tree.(type) {
	case nil:
		return append(to, "null"...)
	case bool:
		return strconv.AppendBool(to, t)
	case int64:
		return strconv.AppendInt(to, t, 10)
	case string:
		return appendString(to, t)
	case []any:
		to = append(to, '[')
		for i, v := range t {
			if i > 0 {
				to = append(to, ',')
			}
			to = appendTree(to, v)
		}
		return append(to, ']')
	}
	object, _ := tree.(map[string]any) // parse makes nothing else
	to = append(to, '{')
	for i, name := range members(object) {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(appendString(to, name), ':')
		to = appendTree(to, object[name])
	}
	return append(to, '}')
}

// members returns the names in the order of the scheme: by UTF-16 code units.
func members(object map[string]any) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if simple(a) && simple(b) {
			return strings.Compare(a, b)
		}
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	return names
}

// simple reports whether all characters are below U+E000: there the order of UTF-8 is
// that of UTF-16.
func simple(s string) bool {
	for i := range len(s) {
		if s[i] >= 0xee {
			return false
		}
	}
	return true
}

// appendString writes a string with the escapes of the scheme and no others.
func appendString(to []byte, s string) []byte {
	const short = "\b\t\n\x00\f\r" // \u0008 to \u000d; there is no short form of \u000b
	to = append(to, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c >= '\b' && c <= '\r' && c == short[c-'\b']:
			to = append(to, '\\', "btn\x00fr"[c-'\b'])
		case c < ' ':
			to = fmt.Appendf(to, `\u%04x`, c)
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}
