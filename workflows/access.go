package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Access carries one request from its submission (A1) to the catalogue and out of it again (domain 3.4 to 3.8).
//
// People move the case through their acts. What stands here is the other half of the regulation: what happens when nobody
// acts. Silence is never consent: either the applicant's own silence ends the request, or a notice or a term has simply
// run out, or people are reminded, escalated to their leaders, and waited for.
func Access(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.AccessProcedure, in, accessSilence)
}

// accessSilence is what the system does by itself when the instant of a state comes.
func accessSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Returned: // A3: no correction in time counts as withdrawn
		return civic.ActLapse
	case civic.Consult: // A5: who does not answer has no opinion
		return civic.ActCloseConsult
	case civic.Deferred: // A7: the day to which it was postponed
		return civic.ActReopen
	case civic.Publicity: // A8: the notice is over and nobody objected, or all objections were dismissed
		return civic.ActCloseNotice
	case civic.Issuing, // A9: the term was over before it was issued
		civic.InForce, civic.Suspended: // 3.8: the list has already stopped showing it; money and children are settled now
		return civic.ActExpire
	case civic.Expired, civic.Exited, civic.Revoked, civic.RefusedState, civic.Merged, civic.Transferred, civic.Commissioned,
		civic.Withdrawn, civic.Lapsed, civic.NotAccepted: // 归档
		return civic.ActArchive
	}
	return "" // A2, A3, A4, A6, A7: people are asked; they are reminded and escalated, never passed over
}
