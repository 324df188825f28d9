package policies

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2/model"
	"github.com/casbin/casbin/v2/persist"

	"lizheng/civic"
)

// The two effects. Any other spelling would silently be no effect at all.
const (
	allow = "allow"
	deny  = "deny"
)

// anyone, in a column of a rule, stands for everything the column may hold.
const anyone = "*"

const rolePrefix = "role:"

// Rule is one line of policy.csv.
type Rule struct {
	Line      int    `json:"line"`
	Role      string `json:"role"` // of civic.Roles, signed_in, or *
	Object    string `json:"object"`
	Step      string `json:"step"` // of a procedure; for drafts and cases the procedure; or *
	Act       string `json:"act"`
	Condition string `json:"condition"`
	Effect    string `json:"effect"` // allow or deny
}

// ID names the rule in permits, refusals and the audit log.
func (r Rule) ID() string {
	id := fmt.Sprintf("policy.csv:%d %s %s %s %s", r.Line, r.Role, r.Object, r.Step, r.Act)
	if r.Effect == deny {
		return id + " deny"
	}
	return id
}

func (r Rule) columns() []string {
	role := r.Role
	if role != anyone {
		role = rolePrefix + role
	}
	return []string{role, r.Object, r.Step, r.Act, r.Condition, r.Effect}
}

// concerns reports whether the rule speaks of this role at this step.
func (r Rule) concerns(role, step string) bool {
	return (r.Role == role || r.Role == anyone) && (r.Step == step || r.Step == anyone)
}

// parse reads every line and loads it into the model. casbin's own readers pass over what they do not understand;
// here one doubtful line refuses the whole file, and all doubtful lines are named at once.
func parse(text string, m model.Model) ([]Rule, error) {
	var rules []Rule
	var faults []error
	seen := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rule, err := parseLine(i+1, line, m)
		if err != nil {
			faults = append(faults, fmt.Errorf("policy.csv:%d: %w", i+1, err))
			continue
		}
		key := strings.Join(rule.columns()[:5], " ")
		if first, twice := seen[key]; twice {
			faults = append(faults, fmt.Errorf("policy.csv:%d: says again what line %d says", i+1, first))
			continue
		}
		seen[key] = i + 1
		rules = append(rules, rule)
	}
	return rules, errors.Join(append(faults, unallowed(rules)...)...)
}

func parseLine(n int, line string, m model.Model) (Rule, error) {
	fields := strings.Split(line, ",")
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	if len(fields) != 7 || fields[0] != "p" {
		return Rule{}, fmt.Errorf("not a line of seven columns that begins with p: %q", line)
	}
	role := fields[1]
	if role != anyone {
		named, ok := strings.CutPrefix(role, rolePrefix)
		if !ok {
			return Rule{}, fmt.Errorf("the role %q lacks its prefix %q", role, rolePrefix)
		}
		role = named
	}
	r := Rule{Line: n, Role: role, Object: fields[2], Step: fields[3], Act: fields[4], Condition: fields[5], Effect: fields[6]}
	if err := r.check(); err != nil {
		return Rule{}, err
	}
	if err := persist.LoadPolicyLine(line, m); err != nil {
		return Rule{}, fmt.Errorf("read %q: %w", line, err)
	}
	if loaded := m["p"]["p"].Policy; len(loaded) == 0 || !slices.Equal(loaded[len(loaded)-1], r.columns()) {
		if slices.ContainsFunc(loaded, func(p []string) bool { return slices.Equal(p, r.columns()) }) {
			return r, nil // a duplicate, which the model skips and parse reports
		}
		return Rule{}, fmt.Errorf("casbin reads %q as something else", line)
	}
	return r, nil
}

// check refuses a rule that speaks of anything unknown, or in a way that could allow more than it says.
func (r Rule) check() error {
	object, known := objectNamed(r.Object)
	bar, isBar := bars[r.Condition]
	ground, isGround := grounds[r.Condition]
	switch {
	case r.Effect != allow && r.Effect != deny:
		return fmt.Errorf("the effect %q is neither allow nor deny", r.Effect)
	case r.Role != anyone && r.Role != signedIn && !civic.Role(r.Role).Known():
		return fmt.Errorf("there is no role %q", r.Role)
	case r.Effect == allow && (r.Role == anyone || r.Act == anyone):
		return errors.New("only a deny may speak of every role or every act")
	case !known:
		return fmt.Errorf("there is no object %q", r.Object)
	case r.Act != anyone && !slices.Contains(object.Acts, r.Act):
		return fmt.Errorf("the object %q knows no act %q", r.Object, r.Act)
	case r.Step != anyone && !knowsStep(r.Object, r.Step):
		return fmt.Errorf("the object %q has no step %q", r.Object, r.Step)
	case r.Step != anyone && r.Object != "task" && r.Act == "read":
		return errors.New("no list can be bounded by a procedure")
	case r.Effect == allow && !isGround:
		return fmt.Errorf("%q is not a condition to allow anything by", r.Condition)
	case r.Effect == deny && !isBar:
		return fmt.Errorf("%q is not a condition to deny anything by", r.Condition)
	case r.Effect == allow && r.Act == "read" && ground.bound == nil:
		return fmt.Errorf("no list can be bounded by %q", r.Condition)
	case r.Effect == deny && (r.Act == "read" || r.Act == anyone) && !bar.standing:
		return fmt.Errorf("no list can be barred by %q", r.Condition)
	}
	return nil
}

// unallowed lists the acts that nobody may do: words that lead nowhere are mistakes.
func unallowed(rules []Rule) []error {
	var faults []error
	for _, o := range Objects {
		for _, act := range o.Acts {
			if !slices.ContainsFunc(rules, func(r Rule) bool { return r.Effect == allow && r.Object == o.Name && r.Act == act }) {
				faults = append(faults, fmt.Errorf("policy.csv: nobody may %s a %s", act, o.Name))
			}
		}
	}
	return faults
}
