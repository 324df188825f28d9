package policies

import (
	"context"

	"lizheng/civic"
)

// Line says of one rule whether it spoke in a decision, and why or why not.
type Line struct {
	ID        string `json:"id"`
	Rule      Rule   `json:"rule"`
	Grant     string `json:"grant,omitempty"`     // under which it was considered, "" when no role is needed or held
	Principal string `json:"principal,omitempty"` // for whom
	Matched   bool   `json:"matched"`
	Zh        string `json:"zh"`
	En        string `json:"en"`
}

// Trace is how one question was decided, rule by rule.
type Trace struct {
	Permit  *civic.Permit `json:"permit,omitempty"`
	Refusal *civic.Error  `json:"refusal,omitempty"` // as the person hears it: what they may not read is not found
	Lines   []Line        `json:"lines"`
}

// Explain lists every rule about the act, in the order of the file, and why it did or did not speak; a rule that could
// speak under several grants has a line for each. The act is allowed when, among the lines without a principal or else
// among those of one principal, an allow matched and no deny did; a deny without a principal outweighs all.
// What the person may not read is not found here either.
func (p *Policies) Explain(ctx context.Context, who civic.Actor, act string, what civic.Subject) ([]Line, error) {
	t, err := p.Trace(ctx, who, act, what)
	switch {
	case err != nil:
		return nil, err
	case t.Refusal != nil && t.Refusal.Kind == civic.NotFound:
		return nil, t.Refusal
	}
	return t.Lines, nil
}

// Trace is Decide with everything it went through. It is for whoever runs the service: the lines are there even when the
// person would only hear that there is no such thing.
func (p *Policies) Trace(ctx context.Context, who civic.Actor, act string, what civic.Subject) (Trace, error) {
	var t Trace
	permit, err := p.Decide(ctx, who, act, what)
	if t.Refusal = civic.AsRefusal(err); err != nil && t.Refusal == nil {
		return t, err
	}
	if err == nil {
		t.Permit = &permit
	}
	q, err := p.question(who, act, what)
	if err != nil {
		return t, err
	}
	for _, r := range q.group.rules {
		of, err := q.explain(r)
		if err != nil {
			return t, err
		}
		t.Lines = append(t.Lines, of...)
	}
	return t, nil
}

// explain considers one rule for every way in which the person could act.
func (q *question) explain(r Rule) ([]Line, error) {
	line := Line{ID: r.ID(), Rule: r}
	if !r.concerns(r.Role, q.step) {
		line.Zh, line.En = "适用于其他环节", "it is about another step"
		return []Line{line}, nil
	}
	var lines []Line
	for _, c := range q.all() {
		if !r.concerns(c.role(), q.step) || !q.group.roles[c.role()] {
			continue
		}
		of := line
		of.Grant, of.Principal = c.grant.ID, c.principal
		f := q.facts(c, q.what)
		held, err := holds(r.Condition, f)
		if err != nil {
			return nil, err
		}
		of.Matched = held == true
		of.Zh, of.En = inWords(r, of.Matched)
		lines = append(lines, of)
	}
	if len(lines) > 0 {
		return lines, nil
	}
	return []Line{q.notHeld(r, line)}, nil
}

// inWords says what a condition asked, and whether it held.
func inWords(r Rule, held bool) (zh, en string) {
	if r.Effect == deny {
		b := bars[r.Condition]
		if held {
			return "禁止：" + b.zh, "forbidden: " + b.en
		}
		return "不适用：" + b.zh, "does not apply: " + b.en
	}
	g := grounds[r.Condition]
	if held {
		return "允许：" + g.needZh, "allowed: " + g.needEn
	}
	return "条件不符：" + g.needZh, "not so: " + g.needEn
}

// notHeld says that nobody in play holds the rule's role, or that the grant which would have counted does not today.
func (q *question) notHeld(r Rule, line Line) Line {
	zh, en := roleWords(r.Role)
	if r.Role == anyone {
		line.Zh, line.En = "您没有可适用的岗位", "no role of yours comes into play"
		return line
	}
	line.Zh, line.En = "您未担任"+zh, "you are not "+en
	for _, g := range q.grants[q.person] {
		if string(g.Role) == r.Role && !g.InForce(q.now) {
			line.Grant = g.ID
			line.Zh, line.En = "您担任"+zh+"的授权未生效、已到期或已撤销", "your grant as "+en+" is not in force"
		}
	}
	return line
}
