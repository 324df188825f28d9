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
