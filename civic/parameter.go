package civic

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Parameter is one version of something a city may tune: days, quorum, thresholds, quotas.
type Parameter struct {
	Key     string    `json:"key"`
	Value   string    `json:"value"` // lists are separated by |
	Unit    string    `json:"unit"`  // wd (working days), days, fen, percent, count, keys …
	From    time.Time `json:"from"`
	Version int       `json:"version"`
	Source  string    `json:"source"`
	Tag     string    `json:"tag"` // legal tag: S policy, F found source, L statute, D derived, G general practice, P proposed
	NoteZh  string    `json:"note_zh,omitempty"`
	NoteEn  string    `json:"note_en,omitempty"`
}

// Rules are the parameters in force on one day: what a case born on that day is decided under.
type Rules struct {
	At     time.Time         `json:"at"`
	values map[string]string // key → value
	since  map[string]time.Time
}

// RulesAt picks of every parameter the latest version in force on that day.
func RulesAt(all []Parameter, at time.Time) Rules {
	sorted := append([]Parameter(nil), all...)
	sort.SliceStable(sorted, func(i, j int) bool {
		if !sorted[i].From.Equal(sorted[j].From) {
			return sorted[i].From.Before(sorted[j].From)
		}
		return sorted[i].Version < sorted[j].Version
	})
	r := Rules{At: at, values: map[string]string{}, since: map[string]time.Time{}}
	for _, p := range sorted {
		if !p.From.After(at) {
			r.values[p.Key], r.since[p.Key] = p.Value, p.From
		}
	}
	return r
}

// Int returns a whole number. A missing or malformed parameter is an internal error: no rule runs on a guess.
func (r Rules) Int(key string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(r.values[key]))
	if err != nil {
		return 0, fmt.Errorf("parameter %s in force on %s: %w", key, r.At.Format(time.DateOnly), err)
	}
	return n, nil
}

// List returns the entries of a list parameter.
func (r Rules) List(key string) ([]string, error) {
	v := strings.TrimSpace(r.values[key])
	if v == "" {
		return nil, fmt.Errorf("parameter %s in force on %s: none", key, r.At.Format(time.DateOnly))
	}
	return strings.Split(v, "|"), nil
}

// Since is the day from which the parameter has its value.
func (r Rules) Since(key string) time.Time { return r.since[key] }

// Text returns the parameter as written, "" when there is none.
func (r Rules) Text(key string) string { return r.values[key] }
