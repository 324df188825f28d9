package civic

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// overtaken is a record in which an act was accepted between the door's look at the case and the refusal that followed from it.
type overtaken struct {
	Record
	brief Brief
	first Outcome
}

func (r overtaken) Brief(context.Context, string, string, string, string) (Brief, error) {
	return r.brief, nil
}
func (r overtaken) Refuse(context.Context, Act, *Error) (Outcome, error) { return r.first, nil }

// verdict is a policy that says one thing.
type verdict struct {
	Policy
	err error
}

func (v verdict) Decide(context.Context, Actor, string, Subject) (Permit, error) {
	return Permit{}, v.err
}

// closed is an engine whose case is over.
type closed struct{ Engine }

func (closed) Inform(context.Context, Act) (Outcome, error) {
	return Outcome{}, Refuse(Conflict, "archived", "已归档。", "The case is archived.")
}

func TestATwinThatIsRefusedTooLateHearsWhatWasAccepted(t *testing.T) {
	t.Parallel()
	command := Command{Kind: ActDecide, Task: "task", Outcome: "pass", Key: "key", Route: "decideTask", Body: []byte(`{}`)}
	accepted := Outcome{Hash: command.hash(), Receipt: &Receipt{Act: "act", Version: 3}}
	for name, p := range map[string]verdict{
		"the policy sees the task answered": {err: Refuse(Conflict, "task_over", "任务已结束。", "The task has ended.")},
		"the workflow sees the case ended":  {},
	} {
		d := &Desk{Policy: p, Engine: closed{}, Record: overtaken{brief: Brief{Case: Case{ID: "case"}}, first: accepted}}
		receipt, err := d.Act(t.Context(), Actor{Person: "xu-ming", Account: "account"}, command)
		require.NoError(t, err, name)
		require.Equal(t, accepted.Receipt, receipt, name)
	}
}
