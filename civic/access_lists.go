package civic

import (
	"slices"

	"lizheng/civic/names"
)

// stands examines the form of the case: the first refusal carries all the others.
func (t *turn) stands(facts FormFacts) (Findings, error) {
	facts.Rules = t.Rules // those the case is decided under
	facts.Blocked = slices.DeleteFunc(slices.Clone(facts.Blocked), func(h Hit) bool {
		return t.cleared(h.Entry) && names.Normal(h.Entry.Name) == names.Normal(t.Case.Title) // only for the name that was appealed for
	})
	found := t.Request.Examine(facts)
	if refusal, err := t.replaceable(); err != nil {
		return found, err
	} else if refusal != nil {
		found.Refusals = append(found.Refusals, refusal)
	}
	if len(found.Refusals) == 0 {
		return found, nil
	}
	first := *found.Refusals[0]
	first.Also = found.Refusals[1:]
	return found, &first
}

// replaceable refuses a change or renewal of what is not the applicant's, or not in the catalogue any more.
func (t *turn) replaceable() (*Error, error) {
	if t.Request.Purpose == NewItem || t.Request.Replaces == "" {
		return nil, nil
	}
	e, ok, err := t.world.Entry(t.Request.Replaces)
	if err != nil {
		return nil, err
	}
	if ok && e.List == Admitted && (e.Until == nil || t.Now.Before(*e.Until)) && t.world.Responsible(e.Unit) == t.world.Responsible(t.Case.Unit) {
		return nil, nil
	}
	return Refuse(Invalid, "no_such_entry", "没有本单位生效中的该事项。", "There is no such item of your unit in force.").At("replaces"), nil
}

// cleared reports whether an appeal was upheld after the entry was there.
func (t *turn) cleared(e Entry) bool {
	k, ok := t.answered([]string{"appeal"}, "clear")
	return ok && !k.EndedAt.Before(e.From)
}

// free refuses to admit what the lists have come to hold since the request was filed: the negative list, or another
// admission of the same name.
func (t *turn) free() error {
	facts, err := t.world.Facts()
	if err != nil {
		return err
	}
	for _, h := range facts.Blocked {
		if h.Score == 100 && h.Entry.List == Negative && !t.cleared(h.Entry) {
			return BlockedBy("outcome", h.Entry)
		}
	}
	for _, h := range facts.Existing {
		if h.Score == 100 && h.Entry.List == Admitted && h.Entry.ID != t.Request.Replaces {
			return alreadyAdmitted("outcome", h.Entry)
		}
	}
	return nil
}

func alreadyAdmitted(field string, e Entry) *Error {
	return Refuse(Invalid, "already_admitted", "目录中已有“"+e.Name+"”，请申请变更或续期。",
		"“"+e.Name+"” is already in the catalogue; ask for a change or a renewal.").At(field).With("entry", e.ID)
}
