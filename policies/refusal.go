package policies

import (
	"strings"

	"lizheng/civic"
)

// refused is why something was not allowed: the bar that held, or the rule whose ground was missing.
type refused struct {
	rule   Rule
	facts  *facts
	barred bool
}

// graverThan reports whether this refusal says more than the other: a bar more than a missing ground, and what one of
// the person's roles lacks more than what everybody lacks.
func (r *refused) graverThan(other *refused) bool {
	switch {
	case r == nil || other == nil:
		return r != nil
	case r.barred != other.barred:
		return r.barred
	}
	return r.rule.Role != signedIn && other.rule.Role == signedIn
}

// answer puts a refusal in words: the bar, the missing ground, or who may do it instead.
func (q *question) answer(r *refused, err error) error {
	if err != nil {
		return err
	}
	var out *civic.Error
	switch {
	case r == nil:
		return q.notGranted()
	case r.barred:
		out = bars[r.rule.Condition].refuse(r.facts)
	default:
		g := grounds[r.rule.Condition]
		out = civic.Refuse(civic.Forbidden, g.code, g.zh, g.en)
	}
	if r.facts.principal != "" {
		out = out.With("principal", r.facts.principal)
	}
	if r.facts.grant.Role != "" {
		out = out.With("role", string(r.facts.grant.Role))
	}
	return out.By(r.rule.ID())
}

// notGranted says which roles may do it.
func (q *question) notGranted() error {
	var roles, zh, en []string
	for _, r := range q.group.rules {
		if r.Effect != allow || !r.concerns(r.Role, q.step) {
			continue
		}
		z, e := roleWords(r.Role)
		roles, zh, en = append(roles, r.Role), append(zh, z), append(en, e)
	}
	if len(roles) == 0 {
		return civic.Refuse(civic.Forbidden, "not_granted", "该环节不允许此操作。", "This cannot be done at this step.").By("default_deny").
			With("object", q.what.Object).With("act", q.act).With("step", q.step)
	}
	return civic.Refuse(civic.Forbidden, "not_granted", "您的岗位不能办理此操作；可由"+strings.Join(zh, "、")+"办理。",
		"None of your roles may do this; it is for: "+strings.Join(en, ", ")+".").By("default_deny").
		With("object", q.what.Object).With("act", q.act).With("roles", strings.Join(roles, " "))
}
