package civic

import (
	"lizheng/civic/money"
)

// LineFilter narrows the budget lines.
type LineFilter struct {
	Unit string
	Year int
	Text string
	Open bool // only lines that still take reservations
}

// LineView is a budget line with what is left of it.
type LineView struct {
	BudgetLine
	Free     money.Fen `json:"free_fen"`
	Held     money.Fen `json:"held_fen"` // the appropriation cannot go below this
	UnitView Named     `json:"unit_view"`
}

// NewLine makes a budget line, or gives an existing one another appropriation.
type NewLine struct {
	ID           string    `json:"id"`
	Unit         string    `json:"unit,omitempty"` // for a new line, with year, subject and name
	Year         int       `json:"year,omitempty"`
	Subject      string    `json:"subject,omitempty"`
	Name         string    `json:"name,omitempty"`
	Appropriated money.Fen `json:"appropriated_fen"`
	Reason       string    `json:"reason"`
}

// MovementView is one entry of the ledger in words.
type MovementView struct {
	Movement
	Words  Words     `json:"words"`
	Number string    `json:"case_number,omitempty"`
	Title  string    `json:"case_title"`
	Left   money.Fen `json:"left_fen"` // what later movements have not resolved
	By     Named     `json:"by"`       // whose act it was
}

var movementWords = map[MovementKind]Words{
	Reserve: {"预留", "reserve"}, Commit: {"承诺", "commit"}, Disburse: {"拨付", "disburse"}, Settle: {"结算", "settle"},
	Release: {"释放", "release"}, Reverse: {"退回", "reverse"},
}
