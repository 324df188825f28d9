package policies

import (
	"crypto/sha256"
	_ "embed" // the rules
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"lizheng/civic"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// expectation is what the rules must be: an empty or altered file allows other things than were reviewed.
type expectation struct {
	Rules  int
	Model  string // SHA-256 of model.conf
	Policy string // SHA-256 of policy.csv
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// rulebook is all rules, ready to be asked; it never changes.
type rulebook struct {
	rules  []Rule
	groups map[[2]string]*group // by object and act
}

// group is what the rules say of one act on one object, in the order of the file, with an enforcer of its own:
// casbin goes through every rule it holds, so it holds only those that can matter.
type group struct {
	object, act string
	rules       []Rule
	columns     [][]string      // of the rules, as casbin knows them
	roles       map[string]bool // roles that a rule names
	enforcer    *casbin.Enforcer
}

// load reads, checks and compiles the rules. It refuses whatever it does not know for certain.
func load(modelText, policyText string, want expectation) (*rulebook, error) {
	if got := digest(modelText); got != want.Model {
		return nil, fmt.Errorf("model.conf is %s, not %s as expected", got, want.Model)
	}
	if got := digest(policyText); got != want.Policy {
		return nil, fmt.Errorf("policy.csv is %s, not %s as expected", got, want.Policy)
	}
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("read model.conf: %w", err)
	}
	if err := checkModel(m); err != nil {
		return nil, err
	}
	rules, err := parse(policyText, m)
	if err != nil {
		return nil, err
	}
	if n := len(m["p"]["p"].Policy); n != want.Rules || len(rules) != want.Rules || n == 0 {
		return nil, fmt.Errorf("policy.csv has %d rules, casbin holds %d, expected are %d", len(rules), n, want.Rules)
	}
	book := &rulebook{rules: rules, groups: map[[2]string]*group{}}
	for _, o := range Objects {
		for _, act := range o.Acts {
			g, err := compile(modelText, rules, o.Name, act)
			if err != nil {
				return nil, fmt.Errorf("compile %s %s: %w", o.Name, act, err)
			}
			book.groups[[2]string{o.Name, act}] = g
		}
	}
	return book, nil
}

// checkModel refuses what makes casbin allow by default, run stored text, or remember every name it ever met.
func checkModel(m model.Model) error {
	const effect = "some(where (p_eft == allow)) && !some(where (p_eft == deny))"
	if got := m["e"]["e"].Value; got != effect || len(m["e"]) != 1 {
		return fmt.Errorf("model.conf: the effect %q is not deny by default, deny outweighs", got)
	}
	if _, linked := m["g"]; linked {
		return errors.New("model.conf: roles come from grants, not from casbin's role links")
	}
	matcher := m["m"]["m"].Value
	for _, call := range []string{"eval", "regexMatch", "keyMatch", "keyGet", "globMatch", "ipMatch", "g("} {
		if strings.Contains(matcher, call) || len(m["m"]) != 1 {
			return fmt.Errorf("model.conf: the matcher may not use %s", call)
		}
	}
	return nil
}

// compile builds the group of one act, and asks it once, so that a matcher that does not work is found out now.
func compile(modelText string, rules []Rule, object, act string) (*group, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, err
	}
	g := &group{object: object, act: act, roles: map[string]bool{}}
	for _, r := range rules {
		if r.Object != object || r.Act != act && r.Act != anyone {
			continue
		}
		columns := r.columns()
		if err := m.AddPolicy("p", "p", columns); err != nil {
			return nil, err
		}
		g.rules, g.columns = append(g.rules, r), append(g.columns, columns)
		g.roles[r.Role] = true
	}
	if len(g.rules) == 0 {
		return nil, errors.New("no rule")
	}
	g.enforcer, err = casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	g.enforcer.AddFunction("holds", holds)
	return g, g.probe()
}

// probe asks about a person without any role: it must work, and must not be allowed.
func (g *group) probe() error {
	about := &civic.Subject{Object: g.object, Seat: &civic.Seat{}, Case: &civic.Case{}, Applicant: "somebody"}
	allowed, _, err := g.enforce(&facts{snapshot: &snapshot{}, actor: "nobody", what: about}, "no_role", anyone)
	if err == nil && allowed {
		err = errors.New("it is allowed to a person without any role")
	}
	return err
}

// enforce asks casbin about one actor in one role, and returns the rule that decided, nil when none spoke.
// casbin is never asked about nobody: with empty strings, an empty policy would say yes.
func (g *group) enforce(f *facts, role, step string) (allowed bool, by *Rule, err error) {
	if f.actor == "" || role == "" || step == "" || len(g.rules) == 0 {
		return false, nil, errors.New("nobody, or nothing, to decide about")
	}
	ok, columns, err := g.enforcer.EnforceEx("user:"+f.actor, rolePrefix+role, g.object, step, g.act, f)
	if err != nil {
		return false, nil, fmt.Errorf("decide %s %s: %w", g.act, g.object, err)
	}
	i := slices.IndexFunc(g.columns, func(c []string) bool { return slices.Equal(c, columns) })
	if i < 0 {
		return false, nil, nil
	}
	return ok && g.rules[i].Effect == allow, &g.rules[i], nil
}
