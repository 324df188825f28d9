package policies

import (
	"slices"
	"strings"

	"lizheng/civic"
)

// signedIn is the role of everybody who is signed in. Nobody can be granted it and nobody can lose it.
const signedIn = "signed_in"

// Object is a kind of thing and what can be done to it. Rules, requests and routes may speak of nothing else.
type Object struct {
	Name string
	Acts []string
	// Hidden things are not found, rather than forbidden, for whoever may not read them.
	Hidden bool
}

// Objects is the whole vocabulary, in the order of policy.csv.
var Objects = []Object{
	{"draft", []string{"create", "read", "edit", "discard", "submit", "check"}, true},
	{"case", []string{
		"submit", "read", "history", "explain", "attach", "copy", "withdraw", "appeal", "object", "pause", "resume",
		"suspend", "reinstate", "propose_exit", "add_signer", "engine", "name_next", "recompose",
		"apply_presale", "extend_order", "record_obstacle", "report_misuse", "propose_demolition",
	}, true},
	{"task", []string{"read", "decide", "correct", "claim", "release", "transfer", "delegate", "remove_signer", "recall", "urge", "fill"}, true},
	{"budget_line", []string{"read", "create", "appropriate"}, true},
	{"list", []string{"read", "publish"}, false},
	{"parameter", []string{"read", "change"}, false},
	{"calendar", []string{"read", "import"}, false},
	{"unit", []string{"read", "change"}, false},
	{"region", []string{"read", "change"}, false},
	{"person", []string{"read", "change"}, false},
	{"account", []string{"read", "create", "disable", "reset_password"}, false},
	{"grant", []string{"read", "propose", "confirm", "revoke"}, true},
	{"deputy", []string{"read", "name", "end"}, true},
	{"audit", []string{"read", "verify"}, false},
	{"stats", []string{"read"}, false},
	{"session", []string{"read", "end"}, true},
	{"token", []string{"read", "create", "revoke"}, true},
	{"definition", []string{"read"}, false},
	{"notice", []string{"read"}, true},
	{"stock", []string{"read", "change", "patrol", "inspect", "import"}, false},
	{"standard", []string{"read", "write"}, false},
	{"appraisal", []string{"read", "what_if"}, false},
	{"sheet", []string{"read", "save", "submit"}, false},
	{"layout", []string{"read"}, false},
}

// fresh acts make something new: there is nothing yet that could be hidden.
var fresh = map[[2]string]bool{
	{"draft", "create"}: true, {"budget_line", "create"}: true, {"grant", "propose"}: true, {"deputy", "name"}: true, {"token", "create"}: true,
}

// blind acts are allowed to people who may not read the thing itself: a notice is public, an engine's state has no content.
var blind = map[[2]string]bool{{"case", "object"}: true, {"case", "engine"}: true}

func objectNamed(name string) (Object, bool) {
	i := slices.IndexFunc(Objects, func(o Object) bool { return o.Name == name })
	if i < 0 {
		return Object{}, false
	}
	return Objects[i], true
}

// knowsStep reports whether any procedure has the step; drafts and cases as a whole have their procedure instead.
func knowsStep(object, step string) bool {
	if object == "draft" || object == "case" {
		_, known := civic.Definitions[civic.Procedure(step)]
		return known
	}
	if object != "task" {
		return false
	}
	for _, d := range civic.Definitions {
		if _, ok := d.Step(step); ok {
			return true
		}
	}
	return false
}

// roleWords are a role's name in both languages.
func roleWords(role string) (zh, en string) {
	if role == signedIn {
		return "已登录人员", "anybody signed in"
	}
	for _, r := range civic.Roles {
		if string(r.Role) == role {
			return r.Zh, r.En
		}
	}
	return role, role
}

const idCharacters = "-_.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// wellFormed reports whether an id is one that this service hands out: no prefix, no separator, no control character,
// and none of the names that stand for no natural person.
func wellFormed(id string) bool {
	return id != "" && len(id) <= 64 && id != civic.System && id != civic.Public && strings.Trim(id, idCharacters) == ""
}
