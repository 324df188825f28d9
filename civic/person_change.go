package civic

import (
	"context"

	"lizheng/civic/names"
)

// NewPerson is a person to be added; accounts and grants come afterwards, from other hands.
type NewPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Unit string `json:"unit,omitempty"`
	Post string `json:"post,omitempty"`
}

// PersonChange is what a person is called from now on, where, and as what; what they were stays on record.
type PersonChange struct {
	Name   string `json:"name"`
	Unit   string `json:"unit,omitempty"`
	Post   string `json:"post,omitempty"`
	Source string `json:"source"`
}

// check refuses words and units that cannot be.
func (c PersonChange) check(a *Atlas, d *Desk) error {
	switch {
	case c.Name == "" || names.Valid(c.Name, 50) != nil:
		return missing("name", "姓名", "the name")
	case names.Valid(c.Post, 100) != nil:
		return Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "A text is too long or has a character that is not allowed.").At("post")
	case c.Source == "" || names.Valid(c.Source, 500) != nil:
		return missing("source", "依据文件", "the source document")
	}
	if c.Unit == "" {
		return nil
	}
	if u, ok := a.Unit(c.Unit); !ok || !u.Stands(d.Record.Now()) {
		return Refuse(Invalid, "no_such_unit", "没有这个单位，或该单位已撤销。", "There is no such unit, or it no longer stands.").At("unit")
	}
	return nil
}

// CreatePerson adds a person.
func (d *Desk) CreatePerson(ctx context.Context, who Actor, key string, n NewPerson) (PersonView, error) {
	if !personForm.MatchString(n.ID) || n.ID == System || n.ID == Public {
		return PersonView{}, Refuse(Invalid, "bad_id", "人员编号只能由小写字母、数字和连字符组成。", "A person's id has lower-case letters, digits and hyphens only.").At("id")
	}
	return d.onPerson(ctx, who, key, n.ID, "add", n, func(deed Deed) (Person, error) {
		atlas, err := d.Record.Atlas(ctx)
		if err != nil {
			return Person{}, err
		}
		if err := (PersonChange{n.Name, n.Unit, n.Post, "x"}).check(atlas, d); err != nil {
			return Person{}, err
		}
		return d.Record.CreatePerson(ctx, deed, n)
	})
}

// ChangePerson changes what a person is called, where they work and as what, from now on.
func (d *Desk) ChangePerson(ctx context.Context, who Actor, key, id string, c PersonChange) (PersonView, error) {
	return d.onPerson(ctx, who, key, id, "change", c, func(deed Deed) (Person, error) {
		atlas, err := d.Record.Atlas(ctx)
		if err != nil {
			return Person{}, err
		}
		if err := c.check(atlas, d); err != nil {
			return Person{}, err
		}
		return d.Record.ChangePerson(ctx, deed, id, c)
	})
}

// EndPerson says that a person has left: their accounts stop at once. Whoever still holds an office or has claimed a task
// does not leave before that is settled.
func (d *Desk) EndPerson(ctx context.Context, who Actor, key, id, reason string) (PersonView, error) {
	return d.onPerson(ctx, who, key, id, "end", reason, func(deed Deed) (Person, error) {
		switch {
		case id == who.Person:
			return Person{}, Refuse(Conflict, "about_oneself", "不能为本人办理离任。", "Nobody lets themselves go.")
		case reason == "" || names.Valid(reason, maxText) != nil:
			return Person{}, Refuse(Invalid, "reason_missing", "请填写理由。", "Please give the reason.").At("reason")
		}
		return d.Record.EndPerson(ctx, deed, id, reason)
	})
}

// onPerson carries out a change of a person and shows them as they are then.
func (d *Desk) onPerson(ctx context.Context, who Actor, key, id, what string, content any, do func(Deed) (Person, error)) (PersonView, error) {
	o := order{object: "person", act: "change", key: key, about: "person:" + clip(id), content: []any{what, content}, subject: Subject{Person: id}}
	p, err := carry(ctx, d, who, o, func(deed Deed) (Person, error) {
		deed.Kind = "person." + what
		return do(deed)
	})
	if err != nil {
		return PersonView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return PersonView{}, err
	}
	v := PersonView{Person: p, UnitView: words.unitOrNone(p.Unit), Seats: []SeatView{}}
	row, err := d.Record.Person(ctx, id)
	if err != nil {
		return v, err
	}
	for _, g := range row.Grants {
		v.Seats = append(v.Seats, words.seat(Seat{Role: g.Role, Unit: g.Unit}))
	}
	return v, nil
}
