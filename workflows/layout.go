package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Layout carries one layout plan of community rooms (D1): from its drawing up until its years are over or a newer one is in
// force.
//
// Nobody's silence agrees to a plan or ends it: whoever is asked is reminded and escalated. What the system does by itself is to
// ask every year whether the plan still holds.
func Layout(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.LayoutProcedure, in, layoutSilence)
}

// layoutSilence is what the system does by itself when the instant of a state comes.
func layoutSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.InForce: // D1: every year it is adjusted; with its last year, or with a newer plan, it ends
		return civic.ActCheckDue
	case civic.Expired, civic.Replaced, civic.Withdrawn: // 归档
		return civic.ActArchive
	}
	return "" // D1: opinions, amendment and decision are people's
}
