package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// Appraisal carries one year (B0–B14). Scores never pass through it: it holds the windows and the gates, and its nominations
// settle by themselves what it has decided.
func Appraisal(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.AppraisalProcedure, in, appraisalSilence)
}

// appraisalSilence is what the system does by itself when the instant of a state comes.
func appraisalSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.Declaring: // B2: the window closes
		return civic.ActCloseDeclaring
	case civic.Publicity: // B11: the notice is over and no objection is open; with one open it waits in another state
		return civic.ActCloseNotice
	case civic.Concluded:
		return civic.ActArchive
	}
	return "" // B1, B5, B8–B10, B12–B14: people are asked; no silence names anybody
}

// Nomination carries one community's declaration (B2–B7, B9) and then its title (B15), for as long as it is held.
func Nomination(ctx workflow.Context, in Start) error {
	return walk(ctx, civic.NominationProcedure, in, nominationSilence)
}

// nominationSilence is what the system does by itself: mostly it takes over what the year has decided.
func nominationSilence(s civic.State) civic.ActKind {
	switch s {
	case civic.SelfScoring, civic.Recommending, civic.Recommended, civic.PanelWork, civic.Eligibility, civic.Objected, // left behind by the freeze
		civic.Qualified, civic.Ranked, civic.Rescoring, civic.InReserve:
		return civic.ActSettle
	case civic.Publicity: // B7
		return civic.ActCloseNotice
	case civic.TitleHeld: // B15
		return civic.ActCheckDue
	case civic.NotRecommended, civic.AssessedOnly, civic.BelowLine, civic.Vetoed, civic.Struck, civic.Revoked, civic.Withdrawn:
		return civic.ActArchive
	}
	return ""
}
