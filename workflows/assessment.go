package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Assessment carries one year of the assessment of the districts, from its task table (C1) to the naming of the advanced
// areas (C10).
//
// What stands here is what happens when nobody acts: the year goes by and asks for its reports, a right to appeal that was
// not used is over, a notice ends. A district's silence is on record as silence; whoever has to judge is reminded,
// escalated to their leaders, and waited for.
func Assessment(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.AssessmentProcedure, in, assessmentSilence)
}

// assessmentSilence is what the system does by itself when the instant of a state comes.
func assessmentSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Running, // C3: a quarter is over, or the time of self-scoring has come
		civic.SelfScoring: // C4: the year is over, or what was not handed in is missing
		return civic.ActQuarter
	case civic.Feedback: // C6: who has not appealed in time has not appealed
		return civic.ActCloseFeedback
	case civic.Publicity: // C9: the notice is over and no objection is left open
		return civic.ActCloseNotice
	case civic.Closed: // 归档
		return civic.ActArchive
	}
	return "" // C1, C2, C5, C7, C8, C10: people are asked; they are reminded and escalated, never passed over
}
