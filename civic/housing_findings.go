package civic

import "lizheng/civic/space"

// required recomputes what the project's plan owes under the standard that it keeps.
func (h *Housing) required() (space.Requirement, error) {
	plan, err := h.plan()
	if err != nil {
		return space.Requirement{}, err
	}
	return h.Standard.Required(plan)
}

// Owed computes again what the project owes and, once it has been surveyed, what was missing then, under the rules of its case.
func (h *Housing) Owed(r Rules) (need space.Requirement, short space.Shortfall, err error) {
	if need, err = h.required(); err != nil || h.Areas.Measured == nil {
		return need, short, err
	}
	tolerance, err := toleranceUnder(r)
	if err != nil {
		return need, short, err
	}
	short, err = space.Judge(need.Area, *h.Areas.Measured, tolerance)
	return need, short, err
}

// Passed reports whether the project has passed a gate.
func (h *Housing) Passed(g Gate) bool { return h.passed(g) != nil }

// findings records what a check saw, with its figures.
func (t *turn) findings(rule string, list []space.Finding) {
	for _, f := range list {
		t.figure(rule+"."+f.Code, f.Zh, f.En, figuresOf(f.Figures))
	}
}

// refuseFinding turns a finding into a refusal with its figures.
func refuseFinding(f space.Finding, field, rule string) *Error {
	e := Refuse(Conflict, f.Code, f.Zh, f.En).At(field).By(rule)
	for _, n := range f.Figures {
		e = e.With(n.Name, n.Value)
	}
	return e
}

// failing is the first finding that fails, nil when none does.
func failing(list []space.Finding) *space.Finding {
	for i := range list {
		if list[i].Grade == space.Fail {
			return &list[i]
		}
	}
	return nil
}
