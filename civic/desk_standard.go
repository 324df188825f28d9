package civic

import (
	"context"
	"regexp"
)

// Standards lists the city's standards and the districts' rules under them; "" does not narrow.
func (d *Desk) Standards(ctx context.Context, who Actor, unit, parent string) ([]Standard, error) {
	if err := d.may(ctx, who, "standard", "read"); err != nil {
		return nil, err
	}
	return d.Record.Standards(ctx, unit, parent)
}

// Standard is one standard.
func (d *Desk) Standard(ctx context.Context, who Actor, id string) (Standard, error) {
	if err := d.may(ctx, who, "standard", "read"); err != nil {
		return Standard{}, err
	}
	return d.Record.StandardByID(ctx, id)
}

var standardID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)

// CreateStandard begins a unit's standard: the office's own, or a district's rules under the city's.
func (d *Desk) CreateStandard(ctx context.Context, who Actor, key string, s Standard) (Standard, error) {
	if err := s.StandardBody.Storable(); err != nil {
		return Standard{}, err
	}
	if !standardID.MatchString(s.ID) {
		return Standard{}, Refuse(Invalid, "bad_id", "标准编号只能用小写字母、数字和连字符。", "An id has lower-case letters, digits and hyphens.").At("id")
	}
	o := order{object: "standard", act: "write", key: key, about: "standard:" + s.ID, subject: Subject{Unit: s.Unit}, content: s}
	return carry(ctx, d, who, o, func(deed Deed) (Standard, error) {
		deed.Kind = "standard.create"
		if s.Parent != "" {
			city, err := d.Record.StandardByID(ctx, s.Parent)
			if err != nil || city.Parent != "" || city.State != StandardFiled {
				return Standard{}, Refuse(Invalid, "no_such_standard", "请选择已印发的市级指导标准。", "Choose a guiding standard of the city that is on file.").At("parent")
			}
		}
		return d.Record.CreateStandard(ctx, deed, s)
	})
}

// SaveStandard saves a draft over the revision that was seen.
func (d *Desk) SaveStandard(ctx context.Context, who Actor, id string, seen int, body StandardBody) (Standard, error) {
	if err := d.may(ctx, who, "standard", "read"); err != nil {
		return Standard{}, err
	}
	if err := body.Storable(); err != nil {
		return Standard{}, err
	}
	now, err := d.Record.StandardByID(ctx, id)
	if err != nil {
		return Standard{}, err
	}
	o := order{object: "standard", act: "write", about: "standard:" + now.ID, subject: Subject{Unit: now.Unit}, keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (Standard, error) {
		deed.Kind = "standard.save"
		return d.Record.SaveStandard(ctx, deed, id, seen, body)
	})
}

// StandardGaps says what keeps a district's rules from being filed, without filing them.
func (d *Desk) StandardGaps(ctx context.Context, who Actor, id string) (GapsView, error) {
	v := GapsView{}
	own, err := d.Standard(ctx, who, id)
	if err != nil {
		return v, err
	}
	if err := own.Whole(); err != nil {
		v.Why = AsRefusal(err)
		return v, nil
	}
	v.Whole = true
	if own.Parent == "" {
		return v, nil
	}
	city, err := d.Record.StandardByID(ctx, own.Parent)
	if err != nil {
		return v, err
	}
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return v, err
	}
	tolerance, err := RulesAt(parameters, d.Record.Now()).Int("appraisal.weight_tolerance_percent")
	if err != nil {
		return v, err
	}
	v.Gaps, err = city.Gaps(own.StandardBody, int64(tolerance))
	if refusal := AsRefusal(err); refusal != nil {
		v.Why, err = refusal, nil
	}
	return v, err
}
