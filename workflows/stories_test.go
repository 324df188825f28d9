package workflows_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"

	"lizheng/civic"
)

const completed = enums.WORKFLOW_EXECUTION_STATUS_COMPLETED

var none civic.Details

// stories are the ways that cases can go, by procedure. Their histories are kept in testdata, one file a case.
var stories = map[civic.Procedure]map[string]func(*city){
	civic.AccessProcedure: accessStories, civic.HousingProcedure: housingStories, civic.PlanChangeProcedure: planChangeStories,
	civic.SupplementProcedure: supplementStories, civic.AssessmentProcedure: assessmentStories, civic.AppraisalProcedure: appraisalStories,
	civic.LayoutProcedure: layoutStories,
}

// recordVariable says where told stories are written down; "testdata" when a release is recorded:
//
//	LIZHENG_RECORD=testdata go test ./workflows -run TestEveryWayACaseCanGo
//
// One procedure or story alone is recorded by what follows: -run TestEveryWayACaseCanGo/housing/settled
const recordVariable = "LIZHENG_RECORD"

func TestEveryWayACaseCanGo(t *testing.T) {
	t.Parallel()
	for _, p := range slices.Sorted(maps.Keys(stories)) {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			for name, tell := range stories[p] {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					c := settle(t)
					c.story = name
					tell(c)
					c.sound()
					require.NotEmpty(t, c.told)
					for _, one := range c.told {
						c.replays(one)
					}
				})
			}
		})
	}
}

// told is one case of a story.
type told struct {
	procedure civic.Procedure
	id        string
	name      string   // of its histories
	earlier   []string // its runs before the newest
}

// tell turns to a case, from now on the one that everybody acts on. Its histories are kept under a name, if it has one.
func (c *city) tell(p civic.Procedure, id, name string) {
	c.procedure, c.id = p, id
	if name != "" && !slices.ContainsFunc(c.told, func(one *told) bool { return one.id == id }) {
		c.told = append(c.told, &told{procedure: p, id: id, name: name})
	}
}

// leave keeps the case's present run before it is left for another.
func (c *city) leave() (run string) {
	c.t.Helper()
	run, _ = c.run()
	i := slices.IndexFunc(c.told, func(one *told) bool { return one.id == c.id })
	c.told[i].earlier = append(c.told[i].earlier, run)
	return run
}

// replays holds all histories of a case against the code that made them. Recorded, they are written down, and from then on
// replayed as they were at every workflow task.
func (c *city) replays(one *told) {
	c.t.Helper()
	c.tell(one.procedure, one.id, one.name)
	last, status := c.run()
	require.Equal(c.t, c.progress().Over, status == completed, "the workflow ends with the case")
	dir := os.Getenv(recordVariable)
	for i, run := range append(one.earlier, last) {
		h := c.history(run)
		require.NoError(c.t, replay(h))
		if dir == "" {
			continue
		}
		name := one.name
		if before := len(one.earlier) - i; before > 0 {
			name = fmt.Sprintf("%s-%d", name, before)
		}
		at := filepath.Join(dir, string(one.procedure))
		require.NoError(c.t, os.MkdirAll(at, 0o755))
		keep(c.t, filepath.Join(at, name+".json"), h)
	}
}
