package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Procedures are the workflows of all procedures, by the procedure whose cases they carry.
var Procedures map[civic.Procedure]func(workflow.Context, Start) error

func init() { // a procedure goes on in a fresh history as itself
	Procedures = map[civic.Procedure]func(workflow.Context, Start) error{
		civic.AccessProcedure:     Access,
		civic.SupplementProcedure: Supplement,
		civic.AssessmentProcedure: Assessment,
		civic.HousingProcedure:    Housing,
		civic.PlanChangeProcedure: PlanChange,
		civic.AppraisalProcedure:  Appraisal,
		civic.NominationProcedure: Nomination,
		civic.LayoutProcedure:     Layout,
	}
}
