package civic

import (
	"errors"
	"fmt"
)

// Kind sorts refusals by what the person can do about them.
type Kind string

// The kinds of refusal. Whatever is not an *Error is internal: it is logged, and shown as one fixed sentence.
const (
	Invalid      Kind = "invalid"      // the request itself is wrong; correct it and ask again
	Unauthorised Kind = "unauthorised" // nobody is signed in
	Forbidden    Kind = "forbidden"    // this person may not do this here
	NotFound     Kind = "not_found"    // there is no such thing, or none that this person may see
	Conflict     Kind = "conflict"     // the world has moved on: look again
	Stale        Kind = "stale"        // the version that was seen is no longer the current one
	TooMany      Kind = "too_many"     // slow down
	Unavailable  Kind = "unavailable"  // not now; ask again with the same key
	Unknown      Kind = "unknown"      // sent, not yet known whether done; ask again with the same key
)

// Error is a refusal: a sentence for the person in both languages, a stable code for machines,
// and the rule and the figures behind it. A refusal changes nothing.
type Error struct {
	Kind    Kind           `json:"kind"`
	Code    string         `json:"code"`
	Zh      string         `json:"zh"`
	En      string         `json:"en"`
	Field   string         `json:"field,omitempty"`   // the JSON path of the field at fault
	Rule    string         `json:"rule,omitempty"`    // the rule that refused: a parameter, a policy line, a clause
	Figures map[string]any `json:"figures,omitempty"` // the numbers behind it: integers (fen, days, counts) and short strings
	Also    []*Error       `json:"also,omitempty"`    // further refusals of the same request
}

// Definite reports whether the same request would be refused in the same way for ever, so that the refusal is stored under
// its key. What is merely not possible now, not known yet, too fast or not theirs to see is asked again.
func (e *Error) Definite() bool {
	switch e.Kind {
	case NotFound, Unauthorised, Unavailable, Unknown, TooMany:
		return false
	}
	return true
}

// Error is the English sentence, for logs and tests.
func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.En) }

// Refuse makes a refusal with its sentence in Chinese and in English.
func Refuse(kind Kind, code, zh, en string) *Error {
	return &Error{Kind: kind, Code: code, Zh: zh, En: en}
}

// At names the field at fault.
func (e *Error) At(field string) *Error {
	e.Field = field
	return e
}

// By names the rule behind the refusal.
func (e *Error) By(rule string) *Error {
	e.Rule = rule
	return e
}

// With adds a figure behind the refusal.
func (e *Error) With(name string, value any) *Error {
	if e.Figures == nil {
		e.Figures = map[string]any{}
	}
	e.Figures[name] = value
	return e
}

// AsRefusal returns the refusal in err, or nil when err is internal.
func AsRefusal(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// Refused reports whether err is a refusal with this code.
func Refused(err error, code string) bool {
	e := AsRefusal(err)
	return e != nil && e.Code == code
}

// ErrNotFound returns the one refusal for things that are absent or hidden: the two must look alike.
func ErrNotFound() *Error {
	return Refuse(NotFound, "not_found", "没有找到，或者您无权查看。", "There is no such thing, or none that you may see.")
}
