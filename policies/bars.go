package policies

import (
	"errors"
	"slices"

	"lizheng/civic"
)

// bar is a reason for which a rule forbids something, whatever else would allow it. A bar looks at the persons and at the
// thing, never at the grant: whoever is barred is barred in all their roles.
type bar struct {
	holds    func(*facts) (bool, error)
	standing bool // holds whatever the thing is, so that it can bar a list
	refuse   func(*facts) *civic.Error
	zh, en   string // the bar in words
}

// bars are all conditions of rules that deny.
var bars = map[string]bar{
	"any": {
		holds: func(*facts) (bool, error) { return true, nil }, standing: true,
		refuse: says("no_business", "系统、安全、审计三类管理员不办理业务。", "The three administrators have no part in business."),
		zh:     "管理员不办理业务", en: "administrators have no part in business",
	},
	"two_hats": {
		holds: twoHats, standing: true,
		refuse: says("two_hats", "三类管理员互斥，且不得兼任或代理其他岗位。", "An administrator may hold no other role, nor stand in for one."),
		zh:     "管理员兼任或代理其他岗位", en: "an administrator holds another role or stands in for one",
	},
	"own_request": {
		holds:  ownRequest,
		refuse: says("own_request", "不得办理本人提交的申请。", "Nobody acts on their own request."),
		zh:     "本人（或被代理人）提交的申请", en: "the request is one's own, or the principal's",
	},
	"took_part": {
		holds:  tookPart,
		refuse: func(f *facts) *civic.Error { return civic.AsRefusal(separated(f)) },
		zh:     "本人（或被代理人）已参与其他环节", en: "one, or the principal, has answered another step of the case",
	},
	"applicants_people": {
		holds:  applicantsPeople,
		refuse: says("applicants_people", "申请单位的人员不得审批本单位的申请。", "The applicant's people do not decide on their unit's request."),
		zh:     "申请单位的人员", en: "one, or the principal, files for the applicant",
	},
	"applicants_unit": {
		holds:  applicantsUnit,
		refuse: says("applicant_has_no_vote", "申请单位不得参与表决。", "The applicant's unit has no vote."),
		zh:     "申请单位的席位", en: "the seat is the applicant's",
	},
	"about_oneself": {
		holds:  func(f *facts) (bool, error) { return f.either(f.what.Person), nil },
		refuse: says("own_grant", "不得为本人（或被代理人）授权。", "Nobody grants to themselves, nor to the person they stand in for."),
		zh:     "为本人（或被代理人）授权", en: "the grant is to oneself, or to the principal",
	},
	"proposed_it": {
		holds:  proposedIt,
		refuse: says("same_hand", "授权须由两人办理，提出人（及其代理人）不得确认。", "A grant takes two people: whoever proposed it, or stands in for them, does not confirm it."),
		zh:     "本人（或被代理人、代理人）提出的授权", en: "one proposed it, or stands in for whoever did, or they for oneself",
	},
}

func says(code, zh, en string) func(*facts) *civic.Error {
	return func(*facts) *civic.Error { return civic.Refuse(civic.Forbidden, code, zh, en) }
}

// twoHats holds when an administrator has another role as well: held, or stood in for.
func twoHats(f *facts) (bool, error) {
	own := f.roles(f.actor, f.now)
	if f.principal != "" {
		if clash(f.roles(f.principal, f.now)) {
			return true, nil
		}
		own = append(own, f.grant.Role)
	}
	return clash(own), nil
}

// clash reports whether an administrator's role stands beside any other.
func clash(roles []civic.Role) bool {
	for _, a := range roles {
		if a.Administers() && slices.ContainsFunc(roles, func(b civic.Role) bool { return b != a }) {
			return true
		}
	}
	return false
}

// ownRequest holds for what the actor or the principal filed. A task may be the applicant's own to answer.
func ownRequest(f *facts) (bool, error) {
	if f.what.Object != "task" {
		return f.either(f.what.Applicant), nil
	}
	err := separated(f)
	if err != nil && civic.AsRefusal(err) == nil {
		return false, err
	}
	return civic.Refused(err, "own_request"), nil
}

// tookPart holds for whoever has answered what must be answered by somebody else, or has spoken already.
func tookPart(f *facts) (bool, error) {
	err := separated(f)
	if err != nil && civic.AsRefusal(err) == nil {
		return false, err
	}
	return err != nil && !civic.Refused(err, "own_request"), nil
}

// separated asks the same rule as the commit point, of both persons.
func separated(f *facts) error {
	w := f.what
	if w.Case == nil || w.Seat == nil {
		return errors.New("separation of duties needs the case and the seat")
	}
	task := civic.Task{Step: w.Step, Seat: *w.Seat, Round: w.Case.Round, State: civic.TaskOpen}
	for _, t := range w.Tasks {
		if t.Open() && t.Step == w.Step && t.Seat == *w.Seat {
			task = t
		}
	}
	return civic.Separated(*w.Case, w.Tasks, task, f.persons()...)
}

// applicantsPeople holds for whoever files for the applicant, unless the seat is the applicant's own to answer from.
func applicantsPeople(f *facts) (bool, error) {
	if f.what.Seat != nil && forApplicant(f.what.Seat.Role) {
		return false, nil
	}
	for _, person := range f.persons() {
		for _, g := range f.grants[person] {
			if forApplicant(g.Role) && g.Unit == f.what.Unit && g.InForce(f.now) {
				return true, nil
			}
		}
	}
	return false, nil
}

func forApplicant(r civic.Role) bool { return r == civic.DeptClerk || r == civic.DeptLeader }

// applicantsUnit holds for a seat in the applicant's unit; finance signs for the money of all, its own bureau's too.
func applicantsUnit(f *facts) (bool, error) {
	s := f.what.Seat
	if s == nil {
		return false, errors.New("a task needs its seat")
	}
	return s.Unit == f.what.Unit && s.Role != civic.Finance, nil
}

// proposedIt holds for whoever proposed the grant, and for those who stand in for each other with them.
func proposedIt(f *facts) (bool, error) {
	by := f.what.Applicant
	if by == "" {
		return false, errors.New("a grant needs the person who proposed it")
	}
	return f.either(by) || slices.Contains(f.principals(f.actor, f.now), by) || slices.Contains(f.principals(by, f.now), f.actor), nil
}
