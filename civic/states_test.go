package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// onTask is what can be done to any open task that is no vote, no correction and has a colleague.
var onTask = []ActKind{ActDecide, ActClaim, ActRelease, ActDelegate, ActUrge, ActRemind}

// allowedActs says for every state which acts can succeed there; everything else is refused.
var allowedActs = map[State][]ActKind{
	Draft:        {ActSubmit},
	Submitted:    slices.Concat(onTask, []ActKind{ActWithdraw, ActPause}),
	Blocked:      slices.Concat(onTask, []ActKind{ActAppeal, ActWithdraw, ActPause}),
	Accepted:     slices.Concat(onTask, []ActKind{ActRecall, ActWithdraw, ActPause}),
	Returned:     {ActCorrect, ActClaim, ActRelease, ActUrge, ActRemind, ActLapse, ActWithdraw, ActPause},
	PreReview:    slices.Concat(onTask, []ActKind{ActRecall, ActWithdraw, ActPause}),
	Consult:      slices.Concat(onTask, []ActKind{ActTransfer, ActRecall, ActCloseConsult, ActWithdraw, ActPause}),
	JointReview:  slices.Concat(onTask, []ActKind{ActTransfer, ActAddSigner, ActRemoveSigner, ActWithdraw, ActPause}),
	Deliberation: slices.Concat(onTask, []ActKind{ActWithdraw, ActPause}),
	Deferred:     {ActReopen, ActWithdraw, ActPause},
	Decided:      slices.Concat(onTask, []ActKind{ActPause}),
	Publicity:    {ActObject, ActCloseNotice, ActPause},
	Objected:     slices.Concat(onTask, []ActKind{ActObject, ActPause}),
	Issuing:      slices.Concat(onTask, []ActKind{ActExpire, ActPause}),
	InForce:      slices.Concat(onTask, []ActKind{ActSuspend, ActProposeExit, ActExpire}),
	Suspended:    slices.Concat(onTask, []ActKind{ActReinstate, ActProposeExit, ActExpire}),
	Expired:      {ActArchive}, Exited: {ActArchive}, Revoked: {ActArchive}, RefusedState: {ActArchive}, Merged: {ActArchive}, Transferred: {ActArchive},
	Commissioned: {ActArchive}, Withdrawn: {ActArchive}, Lapsed: {ActArchive}, NotAccepted: {ActArchive},
	Archived: nil,
}

// everywhere can be done in every state but the first and the last.
var everywhere = []ActKind{ActCopy, ActRecalculate}

// While a case is paused only these can be done.
var whilePaused = []ActKind{ActResume, ActWithdraw, ActCopy, ActRecalculate}

func TestAPausedCaseTakesFewActs(t *testing.T) {
	t.Parallel()
	for state, r := range everyState() {
		paused := r.clone()
		_, err := paused.apply(paused.act(ActPause, ""))
		require.Equal(t, slices.Contains(allowedActs[state], ActPause), err == nil, state)
		if err != nil {
			continue
		}
		for _, kind := range allActs {
			possible := false
			for _, next := range paused.everything() {
				if next.act.Kind != kind || next.r.d.Case.PausedAt == nil {
					continue
				}
				_, err := next.r.apply(next.act)
				require.True(t, err == nil || AsRefusal(err) != nil, "%s in a paused case: %v", kind, err)
				if err == nil {
					possible = true
					continue
				}
				if !slices.Contains(whilePaused, kind) {
					require.True(t, Refused(err, "paused"), "%s in state %s: %v", kind, state, err)
				}
			}
			want := slices.Contains(whilePaused, kind) && (kind != ActWithdraw || slices.Contains(allowedActs[state], ActWithdraw))
			require.Equal(t, want, possible, "%s in a paused case of state %s", kind, state)
		}
	}
}

// everyState is one case in every state.
func everyState() map[State]*run {
	t := &panicking{}
	out := map[State]*run{Draft: at(t, Draft, form())}
	for _, stop := range road[1:] {
		out[stop.state] = at(t, stop.state, form())
	}
	out[InForce] = at(t, InForce, form())
	from := func(s State, to State, on func(*run)) {
		r := out[s].clone()
		on(r)
		r.state(to)
		out[to] = r
	}
	from(Submitted, Blocked, func(r *run) {
		r.lists = append(r.lists, Entry{ID: "n", List: Negative, Name: form().Name, From: r.now})
		r.answer("register", "pass")
	})
	from(Accepted, Returned, func(r *run) { r.answer("examine", "return") })
	from(Accepted, NotAccepted, func(r *run) { r.answer("examine", "not_accept") })
	for outcome, to := range map[string]State{"defer": Deferred, "admit_cond": Decided, "refuse": RefusedState, "merge": Merged, "transfer": Transferred, "commission": Commissioned} {
		from(Deliberation, to, func(r *run) { r.answer("decide", outcome) })
	}
	from(Publicity, Objected, func(r *run) { r.do(ActObject, "", by(Public)) })
	from(InForce, Suspended, func(r *run) { r.do(ActSuspend, "") })
	from(InForce, Expired, func(r *run) { r.till(*r.d.Case.ActsAt).do(ActExpire, "") })
	for outcome, to := range map[string]State{"exit": Exited, "revoke": Revoked} {
		from(InForce, to, func(r *run) {
			r.do(ActProposeExit, "", with(Details{Trigger: "ordered"}))
			r.answer("exit_opinion", "support")
			r.answer("exit_views", "accept")
			r.answer("exit_decide", outcome)
		})
	}
	from(Submitted, Withdrawn, func(r *run) { r.do(ActWithdraw, "", by("li-juan")) })
	from(Returned, Lapsed, func(r *run) { r.till(*r.d.Case.ActsAt).do(ActLapse, "") })
	from(Lapsed, Archived, func(r *run) { r.till(*r.d.Case.ActsAt).do(ActArchive, "") })
	return out
}
