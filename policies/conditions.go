package policies

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"lizheng/civic"
)

// facts are what a condition may look at: who would act under which grant, and on what.
type facts struct {
	*snapshot
	now       time.Time
	actor     string
	principal string      // for whom the actor would stand in, "" for themselves
	grant     civic.Grant // the zero grant: signed in, no more
	what      *civic.Subject
}

// persons are those whose bars count.
func (f *facts) persons() []string {
	if f.principal == "" {
		return []string{f.actor}
	}
	return []string{f.actor, f.principal}
}

// either reports whether the person is the actor or the one they stand in for.
func (f *facts) either(person string) bool {
	return person != "" && (person == f.actor || person == f.principal)
}

// ground is a reason for which a rule may allow something. What it says is in the refusal of whoever lacks it.
type ground struct {
	holds func(*facts) (bool, error)
	// bound adds to a list's scope what the ground holds for; nil when no list can be bounded by it.
	bound          func(*facts, *civic.Scope)
	code, zh, en   string // the refusal
	needZh, needEn string // the ground in words
}

// grounds are all conditions of rules that allow.
var grounds = map[string]ground{
	"any": {
		holds:  func(*facts) (bool, error) { return true, nil },
		bound:  func(_ *facts, s *civic.Scope) { s.All = true },
		needZh: "无附加条件", needEn: "no further condition",
	},
	"own_unit": {
		holds: func(f *facts) (bool, error) { return f.grant.Unit != "" && f.grant.Unit == f.what.Unit, nil },
		code:  "not_your_unit", zh: "该事项不属于您所在的单位。", en: "This belongs to another unit than yours.",
		needZh: "须为本单位的事项", needEn: "it belongs to one's own unit",
	},
	"own_seat": {
		holds: ownSeat,
		code:  "not_your_seat", zh: "该任务由其他岗位、单位或人员办理。", en: "This task is another seat's to answer.",
		needZh: "须为本人席位上的任务", needEn: "the task is one's own seat's",
	},
	"party": {
		holds: func(f *facts) (bool, error) {
			return f.grant.Unit != "" && slices.Contains(parties(f.what), f.grant.Unit), nil
		},
		bound: func(f *facts, s *civic.Scope) { s.Units = append(s.Units, f.grant.Unit) },
		code:  "not_a_party", zh: "您所在的单位未参与该事项。", en: "Your unit takes no part in this.",
		needZh: "所在单位须参与该事项", needEn: "one's unit takes part in it",
	},
	"reader": {
		holds: func(f *facts) (bool, error) { return slices.Contains(readers(f.what), f.actor), nil },
		bound: func(f *facts, s *civic.Scope) { s.Person = f.actor },
		code:  "not_yours", zh: "该内容不属于您本人。", en: "This is not yours.",
		needZh: "须为本人的，或已抄送本人", needEn: "it is one's own, or one was copied in",
	},
	"same_person": {
		holds: func(f *facts) (bool, error) { return f.what.Person == f.actor, nil },
		code:  "not_yours", zh: "只能由本人办理。", en: "Only the person themselves may do this.",
		needZh: "须为本人", needEn: "it is about oneself",
	},
	"own_draft": {
		holds: func(f *facts) (bool, error) {
			return f.either(f.what.Applicant) && f.grant.Unit != "" && f.grant.Unit == f.what.Unit, nil
		},
		code: "not_your_draft", zh: "只能由起草人删除草稿。", en: "Only whoever began the draft may discard it.",
		needZh: "须为本人起草", needEn: "one began the draft oneself",
	},
	"public_notice": {
		holds: func(f *facts) (bool, error) {
			return f.what.State == civic.Publicity || f.what.State == civic.Objected, nil
		},
		code: "not_on_notice", zh: "该事项不在公示期，不能提出异议。", en: "It is not under public notice; there is nothing to object to yet.",
		needZh: "须在公示期内", needEn: "it is under public notice",
	},
	"other_stand_in": {
		holds: func(f *facts) (bool, error) {
			return f.what.Person != "" && !f.either(f.what.Person) && len(f.what.Readers) > 0 && !slices.ContainsFunc(f.what.Readers, f.either), nil
		},
		code: "own_stand_in", zh: "不得指定自己为他人的代理人。", en: "Nobody names themselves as somebody's deputy.",
		needZh: "被代理人和代理人均须为他人", needEn: "both the principal and the deputy are others",
	},
}

// ownSeat holds when the grant sits in the seat that is asked.
func ownSeat(f *facts) (bool, error) {
	if f.what.Seat == nil {
		return false, errors.New("a task needs its seat")
	}
	return f.grant.Sits(*f.what.Seat, f.now), nil
}

// holds is the one function casbin calls: the named condition, of the facts it handed in.
func holds(args ...any) (any, error) {
	if len(args) != 2 {
		return false, fmt.Errorf("a condition has 2 arguments, not %d", len(args))
	}
	name, named := args[0].(string)
	f, given := args[1].(*facts)
	if !named || !given {
		return false, errors.New("a condition needs its name and the facts")
	}
	if g, ok := grounds[name]; ok && name != "any" {
		return g.holds(f)
	}
	if b, ok := bars[name]; ok {
		return b.holds(f)
	}
	return false, fmt.Errorf("there is no condition %q", name)
}

// parties are the units that take part in a thing: for a case those on record, the applicant's and the one asked.
func parties(w *civic.Subject) []string {
	var out []string
	if shared(w) {
		out = append(out, w.Parties...)
		if w.Seat != nil && w.Seat.Unit != "" {
			out = append(out, w.Seat.Unit)
		}
	}
	if w.Unit != "" {
		out = append(out, w.Unit)
	}
	return out
}

// readers are the persons who may read a thing for themselves: who was copied into a case, whom an account's thing is about.
func readers(w *civic.Subject) []string {
	if shared(w) {
		return w.Readers
	}
	var out []string
	if w.Object == "deputy" {
		out = append(out, w.Readers...)
	}
	if w.Person != "" {
		out = append(out, w.Person)
	}
	return out
}

// shared reports whether several units take part: a case that was filed, and its tasks. A draft is its own unit's.
func shared(w *civic.Subject) bool {
	object := readAs(w)
	return object == "case" || object == "task"
}
