package civic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Deed is one write that is not an act on a case, as the record gets it: exactly once under the actor's key, with its
// audit line, in one transaction.
type Deed struct {
	ID     string // made of actor and key
	Kind   string // of the audit line: object and act
	Object string // what it is about, for the audit line
	Case   string // the case it belongs to, if any
	Actor  Actor
	Permit Permit // under which it was allowed; the grant is checked again in the transaction
	Key    string // "" when repeating it changes nothing
	Hash   string // of what was asked: the same key with another hash is refused

	Detail map[string]any // for the audit line: what it changed; the record adds to it
}

// order is what a person asks of the desk beside acts on cases.
type order struct {
	object, act string
	key         string
	about       string  // for the audit line
	subject     Subject // for the policy; its Object is filled in
	content     any     // what was asked, for the hash
	keyless     bool    // repeating it changes nothing: a draft has its revision, an end is an end
}

// deedOf makes the deed of an order, or refuses a missing or strange key.
func deedOf(who Actor, o order) (Deed, error) {
	deed := Deed{Kind: o.object + "." + o.act, Object: o.about, Actor: who, Detail: map[string]any{}}
	if o.subject.Case != nil {
		deed.Case = o.subject.Case.ID
	}
	if o.keyless {
		return deed, nil
	}
	if err := checkKey(o.key); err != nil {
		return Deed{}, err
	}
	body, err := json.Marshal(o.content)
	if err != nil {
		return Deed{}, fmt.Errorf("write down what was asked: %w", err)
	}
	h := sha256.New()
	for _, part := range []string{deed.Kind, o.about, string(body)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	deed.ID, deed.Key, deed.Hash = NewID("deed", who.Person, o.key), o.key, hex.EncodeToString(h.Sum(nil))
	return deed, nil
}

// carry asks the policy and lets the record carry the order out. A refusal is stored under the key before it is said;
// an answer stored before stands, whoever may do what today.
func carry[T any](ctx context.Context, d *Desk, who Actor, o order, do func(Deed) (T, error)) (T, error) {
	var none T
	if err := signedIn(who); err != nil {
		return none, err
	}
	deed, err := deedOf(who, o)
	if err != nil {
		return none, err
	}
	o.subject.Object = o.object
	deed.Permit, err = d.Policy.Decide(ctx, who, o.act, o.subject)
	if err == nil {
		return do(deed)
	}
	refusal := AsRefusal(err)
	if refusal == nil || !refusal.Definite() {
		return none, err
	}
	stored, err := d.Record.Settle(ctx, deed, refusal)
	if err != nil {
		return none, err
	}
	var first T
	if err := json.Unmarshal(stored, &first); err != nil {
		return none, fmt.Errorf("read the stored answer: %w", err)
	}
	return first, nil
}

// signedIn refuses nobody, and whoever has to change their password first.
func signedIn(who Actor) error {
	switch {
	case who.Person == "":
		return errSignIn()
	case who.MustChange:
		return Refuse(Forbidden, "change_password", "请先修改初始密码。", "Please change your initial password first.").By("account.must_change")
	}
	return nil
}

// may asks the policy about a read.
func (d *Desk) may(ctx context.Context, who Actor, object, act string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	_, err := d.Policy.Decide(ctx, who, act, Subject{Object: object})
	return err
}
