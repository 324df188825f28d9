package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a page offers for a case as a whole is what the rules allow: no button that is always refused, none that is missing.
func TestWhatIsOfferedForACaseIsWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for state, r := range everyState() {
		file := CaseFile{Case: r.d.Case, Tasks: r.d.Tasks}
		for _, kind := range file.caseActs() {
			allowed := slices.Contains(allowedActs[state], kind) || kind == ActCopy && state != Draft && state != Archived
			if kind == ActResume || state == InForce && len(r.open("")) > 0 {
				continue
			}
			require.Equal(t, allowed, file.fits(kind, nil, "", 3) == nil, "%s in state %s", kind, state)
		}
	}
}

// The same for its tasks: whatever the rules accept was offered.
func TestWhateverIsDoneToATaskWasOffered(t *testing.T) {
	t.Parallel()
	for state, r := range everyState() {
		file := CaseFile{Case: r.d.Case, Tasks: r.d.Tasks}
		for _, next := range r.everything() {
			i := slices.IndexFunc(r.d.Tasks, func(k Task) bool { return k.ID == next.act.Task })
			if i < 0 || !slices.Contains(taskActs, next.act.Kind) || next.r.acts != r.acts { // something else came first
				continue
			}
			offered := file.taskFits(next.act.Kind, &r.d.Tasks[i], next.act.Actor, 3) == nil
			_, err := next.r.apply(next.act)
			require.True(t, offered || err != nil, "%s on %s in state %s was done, but not offered", next.act.Kind, r.d.Tasks[i].Step, state)
		}
	}
}
