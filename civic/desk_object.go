package civic

import (
	"context"
	"unicode/utf8"

	"lizheng/civic/names"
)

// Object takes an objection to a public notice from anybody, without a sign-in. A case that is not on public notice does
// not exist for the public.
func (d *Desk) Object(ctx context.Context, from Actor, key, caseID, text, contact string) (*Receipt, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	switch {
	case text == "":
		return nil, Refuse(Invalid, "reason_needed", "请写明异议内容。", "Say what you object to.").At("text")
	case names.Valid(text, maxText) != nil || names.Valid(contact, 200) != nil:
		return nil, Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "A text is too long or has a character that is not allowed.").At("text").With("max", maxText)
	case utf8.RuneCountInString(key) < minPublicKey:
		return nil, errKey()
	}
	c := Command{Kind: ActObject, Case: caseID, Opinion: text, Details: Details{Contact: contact}, Key: key, Route: "object", Body: []byte(text + "\x00" + contact)}
	brief, err := d.Record.Brief(ctx, Public, key, caseID, "")
	if err != nil {
		return nil, err
	}
	if brief.Stored != nil {
		return answer(*brief.Stored, c.hash())
	}
	if brief.Case.State != Publicity && brief.Case.State != Objected {
		return nil, ErrNotFound()
	}
	act := Act{ID: NewID("act", Public, key), Case: caseID, Procedure: brief.Case.Procedure, Kind: ActObject, Actor: Public, Opinion: text,
		Details: c.Details, Key: key, Route: c.Route, Hash: c.hash(), Address: from.Address, Request: from.Request, Rule: "public_notice"}
	if err := act.Check(); err != nil {
		return nil, err
	}
	return d.send(ctx, act)
}

// minPublicKey keeps the public's keys, which share one name, from meeting by chance.
const minPublicKey = 16
