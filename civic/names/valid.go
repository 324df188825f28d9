package names

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Reason says why a character may not stand where it does. It is a stable code
// that callers may translate.
type Reason string

// The reasons.
const (
	TooLong     Reason = "too_long"     // the first character too many
	BadEncoding Reason = "bad_encoding" // not UTF-8, such as half of a surrogate pair
	Control     Reason = "control"      // NUL, a line break, another control character
	Direction   Reason = "direction"    // turns the direction of writing, and hides what is written
	Invisible   Reason = "invisible"    // takes no room, or is no character at all
)

// Fault is the first character of a text that is not allowed.
type Fault struct {
	Reason Reason
	Rune   rune // U+FFFD if the encoding is bad
	At     int  // which character it is, from 1
}

// Error names the character by its number: it could not be seen.
func (f *Fault) Error() string {
	return fmt.Sprintf("character %d (%U) is not allowed: %s", f.At, f.Rune, f.Reason)
}

// Valid returns nil if s can be a name, or any other text of one line, of at most
// maxRunes characters; else a *Fault. It does not ask for any characters at all.
func Valid(s string, maxRunes int) error { return check(s, maxRunes, faultInName) }

// ValidText is Valid for text of several lines: line breaks and tabs are allowed,
// and the joiners that some scripts and symbols need.
func ValidText(s string, maxRunes int) error { return check(s, maxRunes, faultInText) }

func check(s string, maxRunes int, faultFunc func(rune) Reason) error {
	at := 0
	for _, r := range s {
		at++
		reason := faultFunc(r)
		if r == utf8.RuneError {
			reason = BadEncoding // also where it stands for what was lost before
		}
		if at > maxRunes {
			reason = TooLong
		}
		if reason != "" {
			return &Fault{reason, r, at}
		}
	}
	return nil
}

func faultInName(r rune) Reason {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029': // line and paragraph separator
		return Control
	case unicode.Is(unicode.Bidi_Control, r):
		return Direction
	case unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point):
		return Invisible
	}
	return ""
}

func faultInText(r rune) Reason {
	switch r {
	case '\n', '\r', '\t', '\u200c', '\u200d': // the last two are the joiners
		return ""
	}
	return faultInName(r)
}
