package civic

import "slices"

// wholeFrom is what a project has from a state on: rules read it there without asking whether it is there.
var wholeFrom = []struct {
	state State
	what  string
	has   func(*Housing) bool
}{
	{Countersigning, "conditions", func(h *Housing) bool { return h.Standard != nil && h.Conditions != nil && h.Areas.Required != nil }},
	{DesignReview, "designed area", func(h *Housing) bool { return h.Areas.Designed != nil }},
	{Building, "permitted area", func(h *Housing) bool { return h.Areas.Permitted != nil }},
	{PlanChecking, "measured area", func(h *Housing) bool { return h.Areas.Measured != nil }},
	{Checking, "term of the handover", func(h *Housing) bool { return h.Handover != nil }},
	{Rectifying, "verification", func(h *Housing) bool { return len(h.Checks) > 0 }},
	{Titling, "area that was handed over", func(h *Housing) bool { return h.Areas.HandedOver != nil }},
}

// lacks names what a project in a state should have and has not, "" when it is whole. Such a record is broken and is said to
// be, never guessed at.
func (h *Housing) lacks(s State) string {
	now := slices.Index(projectStates, s)
	for _, w := range wholeFrom {
		if now >= slices.Index(projectStates, w.state) && !w.has(h) {
			return w.what
		}
	}
	if s == Settling && h.Settlement == nil {
		return "settlement"
	}
	return ""
}
