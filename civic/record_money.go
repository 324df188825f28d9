package civic

import (
	"context"

	"lizheng/civic/money"
)

// LineQuery asks for budget lines of the units of a scope, by id.
type LineQuery struct {
	Scope
	LineFilter
	Window
}

// MovementQuery asks for the ledger of a line or of a case, the latest first.
type MovementQuery struct {
	Line, Case string
	Window
}

// MovementRow is a ledger entry with what a list shows beside it.
type MovementRow struct {
	Movement
	Left   money.Fen
	Number string
	Title  string
	By     string
}

// MoneyRecord keeps the budget lines. The ledger itself is written by acts alone.
type MoneyRecord interface {
	Lines(ctx context.Context, q LineQuery) ([]BudgetLine, error)
	LineByID(ctx context.Context, id string) (BudgetLine, error)
	Movements(ctx context.Context, q MovementQuery) ([]MovementRow, error)
	// CreateLine adds a budget line.
	CreateLine(ctx context.Context, deed Deed, l NewLine) (BudgetLine, error)
	// Appropriate changes what is appropriated, never below what is held.
	Appropriate(ctx context.Context, deed Deed, id string, amount money.Fen, reason string) (BudgetLine, error)
}
