package civic

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Desk is the one door of the subject: who asks is checked, rules are applied, acts are sent on their way.
// It holds no state; any number of desks may run beside each other.
type Desk struct {
	Policy Policy
	Engine Engine
	Record Record
	Key    []byte // seals acts on their way to the commit point
}

// Engine carries acts to the procedure's workflow and brings its answer back.
type Engine interface {
	// Begin starts the case's workflow if it does not run yet and informs it of the act, in one step.
	Begin(ctx context.Context, a Act) (Outcome, error)
	// Inform tells a running workflow of the act.
	// Both answer with the Outcome, or with a refusal of kind Unknown (sent, not known) or Unavailable (not sent).
	Inform(ctx context.Context, a Act) (Outcome, error)
}

// Command is what a person wants to do to a case, as the door received it.
type Command struct {
	Procedure Procedure // "" for any: under another's address there is no such case
	Kind      ActKind
	Case      string // or
	Task      string
	Outcome   string
	Opinion   string
	Details   Details
	Seen      int    // If-Match, 0 when not said
	Key       string // Idempotency-Key
	Route     string // the operation, not the URL
	Body      []byte // canonical body, for the hash
}

// hash is what makes two requests under one key the same question.
func (c Command) hash() string {
	h := sha256.New()
	for _, part := range []string{c.Route, c.Case, c.Task, string(c.Body)} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Act carries a command out: exactly once under the actor's key, or not at all. The same key gives the same answer for
// ever, also when it is a refusal. The error is a refusal, or internal.
func (d *Desk) Act(ctx context.Context, who Actor, c Command) (*Receipt, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	if err := checkKey(c.Key); err != nil {
		return nil, err
	}
	act := Act{
		ID: NewID("act", who.Person, c.Key), Kind: c.Kind, Task: c.Task, Actor: who.Person,
		Outcome: c.Outcome, Opinion: c.Opinion, Details: c.Details, Seen: c.Seen, Key: c.Key, Route: c.Route, Hash: c.hash(),
		Address: who.Address, Request: who.Request,
	}
	if err := act.Check(); err != nil { // before the case is looked at: a refusal must not tell that there is one
		return nil, err
	}
	brief, err := d.Record.Brief(ctx, who.Person, c.Key, c.Case, c.Task)
	if err != nil {
		return nil, err
	}
	if brief.Stored != nil {
		return answer(*brief.Stored, c.hash())
	}
	if c.Procedure != "" && c.Procedure != brief.Case.Procedure {
		return nil, ErrNotFound()
	}
	act.Case, act.Procedure = brief.Case.ID, brief.Case.Procedure
	permit, err := d.Policy.Decide(ctx, who, string(c.Kind), brief.Subject())
	if err != nil {
		return d.refused(ctx, act, err)
	}
	act.Grant, act.Principal, act.Rule = permit.Grant, permit.Principal, permit.Rule
	return d.send(ctx, act)
}

// send seals the act and brings it to its workflow.
func (d *Desk) send(ctx context.Context, act Act) (*Receipt, error) {
	act.SealWith(d.Key)
	carry := d.Engine.Inform
	if act.Kind == ActSubmit {
		carry = d.Engine.Begin
	}
	out, err := carry(ctx, act)
	if err == nil {
		return answer(out, act.Hash)
	}
	refusal := AsRefusal(err)
	if refusal == nil {
		return nil, err
	}
	if refusal.Kind == Unknown || refusal.Kind == Unavailable {
		stored, lookErr := d.Record.Answer(ctx, act.Actor, act.Key)
		if lookErr == nil && stored != nil { // it was done after all
			return answer(*stored, act.Hash)
		}
		return nil, refusal
	}
	return d.refused(ctx, act, refusal)
}

// refused stores a definite no under its key before it is said, so that every repetition hears the same.
// If the act was accepted meanwhile, by a twin under the same key, that answer stands.
func (d *Desk) refused(ctx context.Context, act Act, err error) (*Receipt, error) {
	refusal := AsRefusal(err)
	if refusal == nil || !refusal.Definite() {
		return nil, err
	}
	out, err := d.Record.Refuse(ctx, act, refusal)
	if err != nil {
		return nil, err
	}
	return answer(out, act.Hash)
}

// answer gives a stored outcome, unless the same key now asks something else.
func answer(o Outcome, hash string) (*Receipt, error) {
	switch {
	case o.Hash != hash:
		return nil, Refuse(Invalid, "key_reused", "该操作编号已用于另一请求。", "This Idempotency-Key was used for another request.").At("Idempotency-Key")
	case o.Refusal != nil:
		return nil, o.Refusal
	}
	return o.Receipt, nil
}

func errSignIn() *Error {
	return Refuse(Unauthorised, "sign_in", "请先登录。", "Please sign in.")
}

// checkKey refuses a missing or strange Idempotency-Key: letters, digits and -_.: only, so that it is safe everywhere.
func checkKey(key string) error {
	if key == "" {
		return Refuse(Invalid, "key_missing", "缺少操作编号（Idempotency-Key）。", "The Idempotency-Key header is missing.").At("Idempotency-Key")
	}
	if len(key) > MaxKey {
		return errKey()
	}
	for _, r := range key {
		if !(r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_' || r == '.' || r == ':') {
			return errKey()
		}
	}
	return nil
}

func errKey() *Error {
	return Refuse(Invalid, "key_malformed", "操作编号格式不正确。", "The Idempotency-Key may hold at most 100 letters, digits and -_.: characters.").At("Idempotency-Key")
}

// Brief is what the desk reads before an act: the stored answer, or the case and task it is about.
type Brief struct {
	Stored  *Outcome
	Case    Case
	Task    *Task
	Tasks   []Task
	Parties []string
	Readers []string
}

// Subject is the case, or the task of it that was asked for, as a policy looks at it.
func (b Brief) Subject() Subject {
	s := Subject{Object: "case", Procedure: b.Case.Procedure, State: b.Case.State, Unit: b.Case.Unit, Applicant: b.Case.Applicant,
		Parties: b.Parties, Readers: b.Readers, Case: &b.Case, Tasks: b.Tasks}
	if b.Task != nil {
		s.Object, s.Step, s.Seat, s.ClaimedBy = "task", b.Task.Step, &b.Task.Seat, b.Task.ClaimedBy
	}
	return s
}
