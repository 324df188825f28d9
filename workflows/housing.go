package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Housing carries a project's community service rooms from its registration (D2) through six offices to their use and
// their replacement (domain 5.2): three to eight years of building, then for as long as the rooms stand.
//
// People move the project. What stands here is what happens when nobody acts: an order that is ignored goes to planning
// with its legal basis and is never taken for obeyed; a handover that does not come is said to be late and stays owed; and
// every quarter somebody is asked to look at the rooms.
func Housing(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.HousingProcedure, in, housingSilence)
}

// housingSilence is what the system does by itself when the instant of a state comes.
func housingSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Rectifying: // D14: the order was ignored
		return civic.ActTransferOrder
	case civic.HandingOver: // D15: three months after the acceptance
		return civic.ActHandoverLate
	case civic.InUse: // D18: a new quarter
		return civic.ActOpenPatrols
	case civic.Replaced, civic.Withdrawn: // 归档
		return civic.ActArchive
	}
	return "" // D3 to D13, D16, D17: people are asked; they are reminded and escalated, never passed over
}

// PlanChange carries one change of a project's plan (D9). Only its public notice ends by itself.
func PlanChange(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.PlanChangeProcedure, in, planChangeSilence)
}

func planChangeSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Publicity: // the notice is over and no objection is left
		return civic.ActCloseNotice
	case civic.ChangeApproved, civic.ChangeRejected, civic.Withdrawn: // 归档
		return civic.ActArchive
	}
	return "" // without civil affairs, planning and, where rooms shrink, the leading group there is no change
}
