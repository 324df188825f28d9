package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Supplement carries the making up of a community's rooms from the proposal (S1) to the register (S6).
//
// Silence moves nothing here: people are reminded, escalated and waited for, however long the rooms take. Only what is over
// is archived by itself.
func Supplement(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.SupplementProcedure, in, supplementSilence)
}

// supplementSilence is what the system does by itself when the instant of a state comes.
func supplementSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Supplied, civic.RefusedState, civic.Withdrawn: // 归档
		return civic.ActArchive
	}
	return "" // S2 to S5: people are asked; they are reminded and escalated, never passed over
}
