package civic

import (
	"encoding/json"
	"slices"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

// check is what must hold after every accepted act, whatever the story.
func (r *run) check(before Dossier, a Act, fx Effects) {
	r.t.Helper()
	c := r.d.Case
	def := Definitions[AccessProcedure]
	require.True(r.t, def.Allows(before.Case.State, c.State), "%s leads from %s to %s", a.Kind, before.Case.State, c.State)
	require.Equal(r.t, before.Case.Version+1, c.Version)
	require.False(r.t, c.UpdatedAt.Before(before.Case.UpdatedAt))
	r.checkTasks(before, fx)
	r.checkRecall(before, a)
	r.checkWaiting(def)
	r.checkMoney()
	r.checkPersons()
	r.checkNotices(fx)
	if c.State != Objected {
		for _, o := range r.d.Objects {
			require.NotEmpty(r.t, o.Result, "an objection is left without an answer in state %s", c.State)
		}
	}
}

// checkTasks: a task ends once, silence is no answer, the system answers nothing, nothing is open in a case that is over.
func (r *run) checkTasks(before Dossier, fx Effects) {
	r.t.Helper()
	for _, k := range fx.Changed {
		i := slices.IndexFunc(before.Tasks, func(old Task) bool { return old.ID == k.ID })
		require.True(r.t, before.Tasks[i].Open(), "an ended task was changed: %s", k.Step)
	}
	for _, k := range fx.Opened {
		require.False(r.t, slices.ContainsFunc(before.Tasks, func(old Task) bool { return old.ID == k.ID }), "a task id twice")
		require.True(r.t, k.Open(), "a task was over before anybody saw it")
		require.NotEmpty(r.t, k.OpenedBy)
	}
	for _, k := range r.d.Tasks {
		step, ok := Definitions[AccessProcedure].Step(k.Step)
		require.True(r.t, ok)
		require.NotNil(r.t, k.DueAt)
		require.Equal(r.t, k.Open(), k.EndedAt == nil)
		require.GreaterOrEqual(r.t, k.Term, 0)
		switch k.State {
		case TaskOpen:
			require.False(r.t, r.d.Case.State.Over(), "a task is open in state %s", r.d.Case.State)
			require.Contains(r.t, append([]State{step.State}, step.Also...), r.d.Case.State, "%s is open in a state that does not know it", k.Step)
			require.Equal(r.t, r.d.Case.Round, k.Round, "an open task of an earlier round")
		case TaskDone:
			require.NotEmpty(r.t, k.Person, "an answer without a person")
			require.False(r.t, k.Automatic, "the system answered")
			require.NotEmpty(r.t, k.Outcome)
		case TaskVoid:
			require.Empty(r.t, k.Outcome, "a void task has an outcome")
			require.NotEmpty(r.t, k.VoidReason)
		}
		if k.Returns != "" && k.Step != "correct" && k.Open() {
			parent := slices.IndexFunc(r.d.Tasks, func(p Task) bool { return p.ID == k.Returns })
			require.True(r.t, r.d.Tasks[parent].Open(), "a delegated part outlived its task")
		}
	}
}

// checkRecall: taking back one's own decision undoes nobody else's.
func (r *run) checkRecall(before Dossier, a Act) {
	r.t.Helper()
	if a.Kind != ActRecall {
		return
	}
	recalled := before.Tasks[slices.IndexFunc(before.Tasks, func(k Task) bool { return k.ID == a.Task })]
	for _, k := range before.Tasks {
		require.False(r.t, k.State == TaskDone && k.EndedAt.After(*recalled.EndedAt), "recalling %s undoes %s", recalled.Step, k.Step)
	}
}

// checkWaiting: in every state somebody is asked, or an instant is set; the exceptions are named.
func (r *run) checkWaiting(def Definition) {
	r.t.Helper()
	c := r.d.Case
	auto := def.Automatic(c.State)
	if auto != "" {
		require.NotNil(r.t, c.ActsAt, "%s ends by itself, but when?", c.State)
	}
	if auto == "" && c.State != Objected { // which keeps the end of its notice
		require.Nil(r.t, c.ActsAt, "nothing happens by itself in state %s", c.State)
	}
	if auto == "" && c.State != Draft && c.State != Blocked && c.State != Archived {
		require.NotEmpty(r.t, r.open(""), "nobody is asked anything in state %s", c.State)
	}
	if c.State == Deliberation {
		require.NotEmpty(r.t, append(r.open("vote"), r.open("decide")...))
	}
	require.Equal(r.t, len(r.open("")) > 0, c.DueAt != nil)
	require.Equal(r.t, len(r.open("")) > 0, len(c.NextSeats) > 0)
	require.Equal(r.t, c.State.Over(), c.ClosedAt != nil)
}

// checkMoney: the book balances, and task and money move together.
func (r *run) checkMoney() {
	r.t.Helper()
	reserved, committed := heldIn(r.d.Held, Reserve, ""), heldIn(r.d.Held, Commit, "")
	var onLines, owed money.Fen
	for _, line := range r.lines {
		require.GreaterOrEqual(r.t, line.Free(), money.Fen(0), "line %s is overdrawn", line.ID)
		require.GreaterOrEqual(r.t, line.Reserved, money.Fen(0))
		require.GreaterOrEqual(r.t, line.Committed, money.Fen(0))
		onLines, owed = onLines+line.Reserved, owed+line.Committed
	}
	require.Equal(r.t, onLines, reserved)
	require.Equal(r.t, owed, committed)
	switch s := r.d.Case.State; {
	case s.Over(), s == Draft, s == Blocked:
		require.Zero(r.t, reserved+committed, "money is held in state %s", s)
	case s == InForce, s == Suspended:
		require.Zero(r.t, reserved)
		require.Equal(r.t, r.d.Ruling.Total, committed, "in force without its money")
		require.Equal(r.t, r.d.Ruling.ZeroCost, committed == 0)
	case s == Publicity, s == Objected, s == Issuing:
		require.Equal(r.t, r.d.Ruling.Total, reserved, "a decision without its money")
		require.Zero(r.t, committed)
	default:
		require.Zero(r.t, committed, "a commitment without a decision in state %s", s)
		switch {
		case s == Returned: // the form may have changed already
		case r.d.Request.Funding.Kind == FromLine:
			require.Positive(r.t, reserved, "a request from a line without its reservation in state %s", s)
		case !slices.ContainsFunc(r.d.Tasks, func(k Task) bool { return k.Step == "fulfil" && k.Outcome == "met" }):
			require.Zero(r.t, reserved, "money is held that nobody asked for in state %s", s)
		}
	}
}

// checkPersons: nobody answered where duties are separate, and no maker checked.
func (r *run) checkPersons() {
	r.t.Helper()
	var done []Task
	for _, k := range r.d.Tasks {
		if k.State == TaskDone {
			done = append(done, k)
		}
	}
	for i, k := range done {
		if k.Step != "correct" && k.Step != "exit_views" {
			require.NotEqual(r.t, r.d.Case.Applicant, k.Person, "the applicant answered %s", k.Step)
			require.NotEqual(r.t, r.d.Case.Applicant, k.Principal, "%s was answered for the applicant", k.Step)
		}
		for _, other := range done[:i] {
			if !samePerson(k, other) {
				continue
			}
			for _, pair := range accessSeparate {
				require.False(r.t, pair == [2]string{k.Step, other.Step} || pair == [2]string{other.Step, k.Step}, "one person answered %s and %s", k.Step, other.Step)
			}
			if slices.Contains([]string{"joint", "vote", "consult"}, k.Step) && k.Step == other.Step && k.Round == other.Round {
				require.True(r.t, k.Returns == other.ID || other.Returns == k.ID || k.Returns != "" && k.Returns == other.Returns, "one person spoke twice in %s", k.Step)
			}
		}
	}
}

func samePerson(a, b Task) bool {
	for _, p := range []string{a.Person, a.Principal} {
		if p != "" && (p == b.Person || p == b.Principal) {
			return true
		}
	}
	return false
}

func (r *run) checkNotices(fx Effects) {
	r.t.Helper()
	ids := map[string]bool{}
	for _, n := range fx.Notices {
		require.False(r.t, ids[n.ID], "a notice twice: %s", n.Kind)
		ids[n.ID] = true
	}
}

// twice applies an act two times: the same dossier, act and world give the same effects, what was given is not touched,
// and a refusal has no effects.
func (r *run) twice(a Act) (Effects, error) {
	r.t.Helper()
	if r.quick {
		return Apply(r.d, a, r)
	}
	given := written(r.t, r.d)
	fx, err := Apply(r.d, a, r)
	require.Equal(r.t, given, written(r.t, r.d), "the dossier was changed in place")
	again, errAgain := Apply(r.d, a, r)
	require.Equal(r.t, written(r.t, fx), written(r.t, again))
	require.Equal(r.t, err == nil, errAgain == nil)
	if err != nil {
		require.Equal(r.t, Effects{}, fx, "a refusal has effects")
	}
	return fx, err
}

func written(t tester, v any) string {
	if d, ok := v.(Dossier); ok {
		d.Calendar = nil
		v = d
	}
	body, err := json.Marshal(v)
	require.NoError(t, err)
	return string(body)
}
