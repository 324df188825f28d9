package workflows

// What tests outside of the package look at.
const (
	ActUpdate  = actUpdate
	LookSignal = lookSignal
	Abreast    = abreast
)

// The procedure's own table, and the one translation of the engine's answers.
var (
	AccessSilence = accessSilence
	Understand    = understand
)
