package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// The table SharedActs, row by row: what each act does to the task, to its siblings and to its clock.
func TestTheTableOfSharedActsIsWhatHappens(t *testing.T) {
	t.Parallel()
	type change struct {
		task     string // what becomes of the task
		opened   int    // tasks that are new
		siblings Keep
		clock    Keep
	}
	added := func(r *run) string {
		r.do(ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
		return r.task("joint", "cz-political-legal").ID
	}
	first := func(r *run) string { return r.task("joint", "cz-organisation").ID }
	rows := map[ActKind]struct {
		prepare func(*run) string // returns the task
		options []option
		want    change
	}{
		ActClaim:        {first, nil, change{"open", 0, Kept, Continues}},
		ActRelease:      {func(r *run) string { r.do(ActClaim, first(r)); return first(r) }, nil, change{"open", 0, Kept, Continues}},
		ActTransfer:     {first, []option{with(Details{Unit: "cz-political-legal"})}, change{"void", 1, Kept, Continues}},
		ActDelegate:     {first, []option{by("zhu-hong"), with(Details{Person: "zhu-lan"})}, change{"open", 1, Kept, Continues}},
		ActAddSigner:    {first, []option{with(Details{Unit: "cz-political-legal"})}, change{"open", 1, Kept, Continues}},
		ActRemoveSigner: {added, nil, change{"void", 0, Kept, Continues}},
		ActUrge:         {first, nil, change{"open", 0, Kept, Continues}},
		ActCopy:         {first, []option{with(Details{Person: "zhu-lan"})}, change{"open", 0, Kept, Continues}},
		ActPause:        {first, nil, change{"open", 0, Kept, Continues}},
		ActResume:       {func(r *run) string { r.do(ActPause, ""); return first(r) }, nil, change{"open", 0, Kept, Continues}},
	}
	for _, row := range SharedActs {
		if row.Act == ActRecall {
			continue // below: it is the one that voids its siblings
		}
		t.Run(string(row.Act), func(t *testing.T) {
			t.Parallel()
			c, ok := rows[row.Act]
			require.True(t, ok, "no test for this row")
			require.Equal(t, c.want.siblings, row.Siblings)
			require.Equal(t, c.want.clock, row.Clock)
			r := at(t, JointReview, form())
			r.answer("joint", "disagree", func(a *Act) { a.Task = r.task("joint", "cz-human-resources").ID; a.Actor = "tang-jun" })
			id := c.prepare(r)
			before := slices.Clone(r.d.Tasks)
			fx := r.do(row.Act, id, c.options...)
			require.Len(t, fx.Opened, c.want.opened)
			for i, old := range before {
				now := r.d.Tasks[i]
				require.Equal(t, old.DueAt, now.DueAt, "on the same day no clock moves")
				if old.ID == id {
					require.Equal(t, c.want.task, string(now.State))
					continue
				}
				require.Equal(t, old.State, now.State, "a sibling of %s changed", row.Act)
				require.Equal(t, old.Outcome, now.Outcome)
			}
		})
	}
}

func TestAClaimKeepsColleaguesOff(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	r.refuse("not_yours", ActRelease, id, by("xu-ming"))
	r.do(ActClaim, id, by("chen-jing"))
	r.do(ActClaim, id, by("chen-jing"))
	require.Equal(t, "chen-jing", r.refuse("claimed", ActClaim, id, by("xu-ming")).Figures["claimed_by"])
	r.refuseAnswer("claimed", "examine", "accept", by("xu-ming"))
	r.refuse("claimed", ActDelegate, id, by("xu-ming"), with(Details{Person: "chen-jing"}))
	r.refuse("not_yours", ActRelease, id, by("xu-ming"))
	r.do(ActRelease, id, by("chen-jing"))
	r.answer("examine", "accept", by("xu-ming"))
}

func TestAClaimEndsWithItsHolderSPlaceInTheSeat(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.do(ActClaim, r.task("examine").ID, by("chen-jing"))
	r.holders[Seat{OfficeClerk, "cz-leading-office", ""}] = []string{"xu-ming"}
	r.do(ActClaim, r.task("examine").ID, by("xu-ming"))
	r.answer("examine", "accept", by("xu-ming"))
}

func TestADeputySClaimIsThePrincipalS(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	id := r.task("prereview").ID
	r.do(ActClaim, id, by("he-lin"), standingIn("xu-jian"))
	require.Equal(t, "xu-jian", r.task("prereview").ClaimedBy)
	r.refuse("not_yours", ActRelease, id, by("he-lin"))
	r.answer("prereview", "recommend", by("xu-jian"))
}

func TestWhoeverMayNotAnswerMayNotClaimEither(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.refuse("took_part", ActClaim, r.task("prereview").ID, by("chen-jing"))
	r.refuse("own_request", ActClaim, r.task("prereview").ID, by("li-juan"))
}

func TestATransferMovesTheResponsibility(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	old := r.task("joint", "cz-organisation")
	r.later(2)
	for code, options := range map[string][]option{
		"reason_needed": {saying(""), with(Details{Unit: "cz-political-legal"})}, "no_such_unit": {with(Details{Unit: "nobody"})},
		"already_asked": {with(Details{Unit: "cz-human-resources"})}, "applicant_has_no_vote": {with(Details{Unit: "cz-disabled"})},
		"nobody_there": {with(Details{Unit: "cz-justice"})}, "unused_detail": {with(Details{Unit: "cz-political-legal", Person: "gu-xin"})},
	} {
		r.refuse(code, ActTransfer, old.ID, options...)
	}
	r.do(ActTransfer, old.ID, with(Details{Unit: "cz-political-legal"}))
	moved := r.task("joint", "cz-political-legal")
	require.Equal(t, Reviewer, moved.Seat.Role)
	require.Equal(t, old.DueAt, moved.DueAt, "the clock goes on")
	require.Equal(t, 3, moved.Term)
	r.refuse("task_ended", ActDecide, old.ID, func(a *Act) { a.Outcome = "agree" })
	r.refuse("not_transferable", ActTransfer, r.task("joint", "cz-finance").ID, with(Details{Unit: "cz-political-legal"}))
	r.answerAll("joint", "agree")
	r.state(Deliberation)
	r.refuse("not_transferable", ActTransfer, r.task("decide").ID, with(Details{Unit: "cz-political-legal"}))
}

func TestATransferTakesBackWhatWasDelegated(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	task := r.task("joint", "cz-organisation")
	r.do(ActDelegate, task.ID, by("zhu-hong"), with(Details{Person: "zhu-lan"}))
	part := r.task("joint", "cz-organisation")
	if part.ID == task.ID {
		part = r.d.Tasks[len(r.d.Tasks)-1]
	}
	r.refuse("personal", ActTransfer, part.ID, with(Details{Unit: "cz-political-legal"}))
	r.refuse("claimed", ActTransfer, task.ID, by("zhu-lan"), with(Details{Unit: "cz-political-legal"}))
	r.do(ActTransfer, task.ID, by("zhu-hong"), with(Details{Unit: "cz-political-legal"}))
	r.answerAll("joint", "agree")
	r.state(Deliberation)
}

func TestADelegatedOpinionComesBack(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	for _, unit := range []string{"cz-finance", "cz-human-resources", "cz-legal-affairs"} {
		r.do(ActDecide, r.task("joint", unit).ID, func(a *Act) { a.Outcome = "agree" })
	}
	task := r.task("joint", "cz-organisation")
	for _, person := range []string{"", "zhu-hong", "qian-wei", "li-juan"} {
		r.refuse("no_such_person", ActDelegate, task.ID, by("zhu-hong"), with(Details{Person: person}))
	}
	r.do(ActDelegate, task.ID, by("zhu-hong"), with(Details{Person: "zhu-lan"}))
	part := r.d.Tasks[len(r.d.Tasks)-1]
	require.Equal(t, task.ID, part.Returns)
	require.Equal(t, task.DueAt, part.DueAt)
	r.refuse("delegated", ActDecide, task.ID, by("zhu-hong"), func(a *Act) { a.Outcome = "agree" })
	r.refuse("personal", ActDelegate, part.ID, by("zhu-lan"), with(Details{Person: "zhu-hong"}))
	r.do(ActDecide, part.ID, by("zhu-lan"), func(a *Act) { a.Outcome = "disagree" })
	r.state(JointReview)
	require.True(t, r.d.Tasks[slices.IndexFunc(r.d.Tasks, func(k Task) bool { return k.ID == task.ID })].Open())
	r.do(ActDelegate, task.ID, by("zhu-hong"), with(Details{Person: "zhu-lan"})) // asked again, of the same one
	r.do(ActDecide, r.d.Tasks[len(r.d.Tasks)-1].ID, by("zhu-lan"), func(a *Act) { a.Outcome = "agree" })
	r.do(ActDecide, task.ID, by("zhu-hong"), func(a *Act) { a.Outcome = "agree" })
	r.state(Deliberation)
}

func TestADelegatedOpinionMovesNothing(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	r.do(ActDelegate, id, by("chen-jing"), with(Details{Person: "xu-ming"}))
	r.do(ActDecide, r.d.Tasks[len(r.d.Tasks)-1].ID, by("xu-ming"), func(a *Act) { a.Outcome = "not_accept" })
	r.state(Accepted)
	r.do(ActDecide, id, by("chen-jing"), func(a *Act) { a.Outcome = "accept" })
	r.state(PreReview)
}

func TestADelegatedPartCanBeTakenBack(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	r.do(ActDelegate, id, by("chen-jing"), with(Details{Person: "xu-ming"}))
	part := r.d.Tasks[len(r.d.Tasks)-1].ID
	r.do(ActRelease, id, by("chen-jing"))
	r.refuse("task_ended", ActDecide, part, by("xu-ming"), func(a *Act) { a.Outcome = "accept" })
	r.answer("examine", "accept", by("chen-jing"))
}

func TestAPartEndsWithItsTask(t *testing.T) {
	t.Parallel()
	r := at(t, Consult, form())
	asked := r.open("consult")[0]
	colleagues := r.holders[Seat{Community, asked.Seat.Unit, ""}]
	r.do(ActDelegate, asked.ID, by(colleagues[0]), with(Details{Person: colleagues[1]}))
	r.till(*r.d.Case.ActsAt).do(ActCloseConsult, "")
	require.Empty(t, r.open("consult"))
}

func TestNobodyIsAskedWhoCouldNeverAnswer(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.holders[Seat{OfficeHead, "cz-leading-office", ""}] = []string{"xu-jian", "chen-jing"} // who registered it
	r.refuse("took_part", ActDelegate, r.task("prereview").ID, by("xu-jian"), with(Details{Person: "chen-jing"}))
}

func TestACorrectionAndAVoteAreNotGivenAway(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	r.answer("examine", "return")
	r.refuse("not_delegable", ActDelegate, r.task("correct").ID, by("li-juan"), with(Details{Person: "gu-xin"}))
	r = at(t, Deliberation, dear())
	r.refuse("personal", ActDelegate, r.task("vote").ID, with(Details{Person: "xie-dong"}))
}

func TestSignersAreAddedAndRemoved(t *testing.T) {
	t.Parallel()
	r := at(t, PreReview, form())
	r.refuse("not_now", ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
	r.to(JointReview)
	for code, options := range map[string][]option{
		"reason_needed": {saying(""), with(Details{Unit: "cz-political-legal"})}, "no_such_unit": {with(Details{Unit: ""})},
		"already_asked": {with(Details{Unit: "cz-finance"})}, "nobody_there": {with(Details{Unit: "cz-justice"})},
	} {
		r.refuse(code, ActAddSigner, "", options...)
	}
	r.do(ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
	extra := r.task("joint", "cz-political-legal")
	require.True(t, extra.Added)
	r.refuse("already_asked", ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
	r.refuse("not_added", ActRemoveSigner, r.task("joint", "cz-organisation").ID)
	r.refuse("reason_needed", ActRemoveSigner, extra.ID, saying(""))
	for _, unit := range []string{"cz-organisation", "cz-finance", "cz-human-resources", "cz-legal-affairs"} {
		r.do(ActDecide, r.task("joint", unit).ID, func(a *Act) { a.Outcome = "agree" })
	}
	r.state(JointReview)
	r.do(ActRemoveSigner, extra.ID)
	r.state(Deliberation) // all others had signed
	r.refuse("task_ended", ActRemoveSigner, extra.ID)
}

func TestAnAddedSignerStaysOneWhenItIsTransferred(t *testing.T) {
	t.Parallel()
	r := at(t, JointReview, form())
	r.do(ActAddSigner, "", with(Details{Unit: "cz-political-legal"}))
	r.do(ActTransfer, r.task("joint", "cz-political-legal").ID, with(Details{Unit: "tianning-office"}))
	r.do(ActRemoveSigner, r.task("joint", "tianning-office").ID)
}

func TestUrgingIsLimited(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	id := r.task("examine").ID
	for range 3 {
		require.Len(t, r.do(ActUrge, id).Notices, 1)
	}
	require.Equal(t, 3, r.refuse("urged_enough", ActUrge, id).Figures["max"])
}

func TestACopyLetsSomebodyReadAlong(t *testing.T) {
	t.Parallel()
	r := at(t, Accepted, form())
	require.Equal(t, []string{"pan-feng"}, r.do(ActCopy, "", with(Details{Person: "pan-feng"})).Readers)
	r.refuse("no_such_person", ActCopy, "", with(Details{}))
}
