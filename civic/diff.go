package civic

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// Differences are the fields in which two forms differ, by their path in JSON, in order.
func Differences(before, after any) ([]Difference, error) {
	a, err := fields(before)
	if err != nil {
		return nil, err
	}
	b, err := fields(after)
	if err != nil {
		return nil, err
	}
	paths := make([]string, 0, len(a)+len(b))
	for path := range a {
		paths = append(paths, path)
	}
	for path := range b {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	out := []Difference{}
	for _, path := range slices.Compact(paths) {
		if !reflect.DeepEqual(a[path], b[path]) {
			out = append(out, Difference{Field: path, Before: a[path], After: b[path]})
		}
	}
	return out, nil
}

// fields flattens a value to its leaves.
func fields(value any) (map[string]any, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("compare forms: %w", err)
	}
	var tree any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber() // amounts must not pass through floats
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("compare forms: %w", err)
	}
	out := map[string]any{}
	flatten("", tree, out)
	return out, nil
}

func flatten(path string, value any, out map[string]any) {
	switch v := value.(type) {
	case map[string]any:
		for key, child := range v {
			next := key
			if path != "" {
				next = path + "." + key
			}
			flatten(next, child, out)
		}
	case []any:
		for i, child := range v {
			flatten(fmt.Sprintf("%s[%d]", path, i), child, out)
		}
	default:
		out[path] = v
	}
}
