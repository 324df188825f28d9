package api

import (
	"encoding/json"
	"reflect"
	"strings"
)

// whole gives back a value in which no list is missing: one that holds nothing is [] to clients, never null. What it
// was given, which others may be reading, stays as it is.
func whole(v any) any {
	if v == nil {
		return nil
	}
	out, _ := mend(reflect.ValueOf(v))
	return out.Interface()
}

var marshaler = reflect.TypeFor[json.Marshaler]()

// mend returns the value, or a mended copy and true.
func mend(v reflect.Value) (reflect.Value, bool) {
	if v.Type().Implements(marshaler) {
		return v, false // it writes itself
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v, false
		}
		if inner, changed := mend(v.Elem()); changed {
			out := reflect.New(v.Type().Elem())
			out.Elem().Set(inner)
			return out, true
		}
	case reflect.Slice:
		if v.IsNil() && v.Type().Elem().Kind() != reflect.Uint8 {
			return reflect.MakeSlice(v.Type(), 0, 0), true
		}
		return mendParts(v, v.Len(), reflect.Value.Index, func() reflect.Value {
			out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(out, v)
			return out
		})
	case reflect.Struct:
		return mendParts(v, v.NumField(), shown, func() reflect.Value {
			out := reflect.New(v.Type()).Elem()
			out.Set(v)
			return out
		})
	}
	return v, false
}

// shown is a field, or nothing when it is left out of the answer as long as it is empty.
func shown(v reflect.Value, i int) reflect.Value {
	f := v.Field(i)
	if f.Kind() == reflect.Slice && f.Len() == 0 && strings.Contains(v.Type().Field(i).Tag.Get("json"), ",omitempty") {
		return reflect.Value{}
	}
	return f
}

// mendParts mends fields or elements, in a copy that is made when the first needs it.
func mendParts(v reflect.Value, n int, part func(reflect.Value, int) reflect.Value, clone func() reflect.Value) (reflect.Value, bool) {
	out, changed := v, false
	for i := range n {
		p := part(v, i)
		if simple(p.Kind()) || !p.CanInterface() {
			continue
		}
		mended, here := mend(p)
		if !here {
			continue
		}
		if !changed {
			out, changed = clone(), true
		}
		part(out, i).Set(mended)
	}
	return out, changed
}

// simple values hold no list; nothing does neither.
func simple(k reflect.Kind) bool {
	return k <= reflect.Complex128 || k == reflect.String || k == reflect.Map || k == reflect.Interface
}
