package civic

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"lizheng/civic/names"
)

// Parameters are all parameters as they stand, were, and will be; by key.
func (d *Desk) Parameters(ctx context.Context, who Actor) ([]ParameterView, error) {
	if err := d.may(ctx, who, "parameter", "read"); err != nil {
		return nil, err
	}
	all, err := d.Record.Parameters(ctx)
	if err != nil {
		return nil, err
	}
	return parameterViews(all, d.Record.Now()), nil
}

func parameterViews(all []Parameter, at time.Time) []ParameterView {
	byKey := map[string][]Parameter{}
	for _, p := range all {
		byKey[p.Key] = append(byKey[p.Key], p)
	}
	out := make([]ParameterView, 0, len(byKey))
	for _, versions := range byKey {
		slices.SortFunc(versions, func(a, b Parameter) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.Version, b.Version)) })
		v := ParameterView{Parameter: versions[0], Versions: versions}
		for _, p := range versions {
			if !p.From.After(at) {
				v.Parameter, v.InForce = p, true
			}
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b ParameterView) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// ChangeParameter adds a version of a parameter, in force from now or a later day on. Cases that have begun are decided
// under the version of their own day.
func (d *Desk) ChangeParameter(ctx context.Context, who Actor, key string, p Parameter) (Parameter, error) {
	all, err := d.Record.Parameters(ctx)
	if err != nil {
		return Parameter{}, err
	}
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return Parameter{}, err
	}
	o := order{object: "parameter", act: "change", key: key, about: "parameter:" + clip(p.Key), content: p}
	return carry(ctx, d, who, o, func(deed Deed) (Parameter, error) {
		change, err := p.successor(all, atlas, d.Record.Now())
		if err != nil {
			return Parameter{}, err
		}
		return d.Record.ChangeParameter(ctx, deed, change)
	})
}

// successor checks a change against the versions that are there; unit and notes stay what they are unless said otherwise.
func (p Parameter) successor(all []Parameter, atlas *Atlas, at time.Time) (Parameter, error) {
	i := slices.IndexFunc(all, func(q Parameter) bool { return q.Key == p.Key })
	if i < 0 {
		return p, Refuse(Invalid, "no_such_parameter", "没有这个参数。", "There is no such parameter.").At("key")
	}
	old := all[i]
	p.Unit = old.Unit
	p.NoteZh, p.NoteEn = cmp.Or(p.NoteZh, old.NoteZh), cmp.Or(p.NoteEn, old.NoteEn)
	if p.From.IsZero() {
		p.From = at
	}
	switch {
	case p.From.Before(startOfDay(at)):
		return p, Refuse(Invalid, "bad_date", "生效日期不得早于今天。", "It may take effect today or later, not before.").At("from")
	case p.From.After(at.AddDate(10, 0, 0)):
		return p, Refuse(Invalid, "bad_date", "生效日期过晚。", "The day is too far away.").At("from")
	case !oneOf(p.Tag, "S", "F", "L", "D", "G", "P"):
		return p, Refuse(Invalid, "unknown_tag", "请选择依据类型。", "Choose the kind of source.").At("tag")
	case p.Source == "" || names.Valid(p.Source, 500) != nil:
		return p, missing("source", "依据文件", "the source document")
	case names.Valid(p.NoteZh, 500) != nil || names.Valid(p.NoteEn, 500) != nil:
		return p, Refuse(Invalid, "bad_character", "说明过长或含有不允许的字符。", "A note is too long or has a character that is not allowed.").At("note_zh")
	}
	if strings.Contains(p.Value, "|") && !strings.Contains(old.Value, "|") && p.Unit != "units" || strings.Contains(p.Value, "-") && !strings.Contains(old.Value, "-") && p.Unit == "wd" {
		return p, Refuse(Invalid, "bad_value", "参数值与单位不符。", "The value does not fit the parameter.").At("value").With("now", old.Value)
	}
	return p, CheckValue(p.Unit, p.Value, atlas)
}

func startOfDay(at time.Time) time.Time { return dateOf(at).Start() }
