package civic

import (
	"lizheng/civic/money"
	"time"
)

// FundingKind says how a request is paid for. There is no fourth way: no task without its money (费随事转).
type FundingKind string

// The ways to pay.
const (
	FromLine FundingKind = "budget_line" // reserved on a line at submission
	Promised FundingKind = "promised"    // not there yet: only a conditional admission is possible
	ZeroCost FundingKind = "zero_cost"   // costs the community nothing; recorded, and finance must agree
)

// Driver is what a rate is multiplied by.
type Driver string

// The drivers of domain 3.7 M1.
const (
	PerHousehold Driver = "household" // 常住户数, from the region
	PerResident  Driver = "resident"  // 常住人口, from the region
	PerItem      Driver = "item"      // 件数, said in the request
	PerPost      Driver = "post_month"
	LumpSum      Driver = "lump_sum" // a total, split by households with largest remainder
)

// Funding is the money part of a request.
type Funding struct {
	Kind      FundingKind `json:"kind"`
	Line      string      `json:"line,omitempty"`      // budget line id
	Driver    Driver      `json:"driver,omitempty"`    //
	Rate      money.Fen   `json:"rate_fen,omitempty"`  // fen per unit of the driver; LumpSum: the total
	Count     int64       `json:"count,omitempty"`     // units per community for item and post_month
	Total     money.Fen   `json:"total_fen,omitempty"` // what the applicant says it adds up to; must be what it does add up to
	Source    string      `json:"source,omitempty"`    // fiscal source in words
	Payee     string      `json:"payee,omitempty"`     // the street or town that keeps the community's account
	Statement string      `json:"statement,omitempty"` // promised: who promises what by when; zero_cost: why it costs nothing
}

// Share is one community's part of the money.
type Share struct {
	Community string    `json:"community"`
	Name      string    `json:"name"`
	Units     int64     `json:"units"` // households, residents, items, post-months
	Amount    money.Fen `json:"amount_fen"`
}

// maxAmount bounds one request: 10 billion yuan, far above any budget line and far below overflow.
const maxAmount money.Fen = 1_000_000_000_000

// Shares computes the money community by community: rate × driver, or a lump sum split by households
// with largest remainder, so that the parts add up to the total exactly.
func (f Funding) Shares(communities []Region) ([]Share, money.Fen, error) {
	if f.Kind == ZeroCost {
		return nil, 0, nil
	}
	weights := make([]int64, len(communities))
	for i, c := range communities {
		weights[i] = f.units(c)
		if weights[i] < 0 {
			return nil, 0, errAmount("funding.count")
		}
	}
	shares := make([]Share, len(communities))
	var parts []money.Fen
	if f.Driver == LumpSum {
		var err error
		if parts, err = money.Split(f.Rate, weights); err != nil {
			return nil, 0, errAmount("funding.rate_fen")
		}
	}
	var total money.Fen
	for i, c := range communities {
		var amount money.Fen
		var err error
		if f.Driver == LumpSum {
			amount = parts[i]
		} else if amount, err = f.Rate.Mul(weights[i]); err != nil {
			return nil, 0, errAmount("funding.rate_fen")
		}
		if total, err = total.Add(amount); err != nil || total > maxAmount {
			return nil, 0, errAmount("funding.rate_fen")
		}
		shares[i] = Share{Community: c.Key, Name: c.Name, Units: weights[i], Amount: amount}
	}
	return shares, total, nil
}

func (f Funding) units(c Region) int64 {
	switch f.Driver {
	case PerResident:
		return c.Population
	case PerItem, PerPost:
		return f.Count
	}
	return c.Households
}

func errAmount(field string) *Error {
	return Refuse(Invalid, "amount_out_of_range", "金额或数量超出允许范围。", "The amount or count is out of range.").
		At(field).With("max_fen", int64(maxAmount))
}

// BudgetLine is a department's money for a year and a subject. At every instant
// 0 ≤ reserved + committed + disbursed − returned ≤ appropriated, in fen.
type BudgetLine struct {
	ID           string    `json:"id"`
	Unit         string    `json:"unit"`
	Year         int       `json:"year"`
	Subject      string    `json:"subject"`
	Name         string    `json:"name"`
	Appropriated money.Fen `json:"appropriated_fen"`
	Reserved     money.Fen `json:"reserved_fen"`
	Committed    money.Fen `json:"committed_fen"`
	Disbursed    money.Fen `json:"disbursed_fen"`
	Returned     money.Fen `json:"returned_fen"`
	Closed       bool      `json:"closed"`
}

// Free is what can still be reserved on the line.
func (b BudgetLine) Free() money.Fen {
	return b.Appropriated - b.Reserved - b.Committed - b.Disbursed + b.Returned
}

// MovementKind is a kind of ledger entry.
type MovementKind string

// The two-phase ledger: reserve, then commit or release; commit, then disburse, settle or release.
const (
	Reserve  MovementKind = "reserve"
	Commit   MovementKind = "commit"
	Disburse MovementKind = "disburse"
	Settle   MovementKind = "settle"
	Release  MovementKind = "release"
	Reverse  MovementKind = "reverse"
)

// Movement is one entry of the append-only ledger.
type Movement struct {
	ID     string       `json:"id"`
	Line   string       `json:"line"`
	Kind   MovementKind `json:"kind"`
	Parent string       `json:"parent,omitempty"` // the movement that this one resolves
	Case   string       `json:"case"`
	Act    string       `json:"act"`
	Amount money.Fen    `json:"amount_fen"`
	At     time.Time    `json:"at"`
}

// Shortfall refuses what a line cannot carry, naming the line, its balance and what is missing.
func Shortfall(b BudgetLine, want money.Fen) *Error {
	return Refuse(Invalid, "budget_short",
		"预算项目“"+b.Name+"”余额 "+b.Free().String()+" 元，需要 "+want.String()+" 元，缺口 "+(want-b.Free()).String()+" 元。",
		"The budget line “"+b.Name+"” has "+b.Free().String()+" yuan left; "+want.String()+" are needed, "+(want-b.Free()).String()+" are missing.").
		At("funding.line").By("fees_follow_tasks").
		With("line", b.ID).With("free_fen", int64(b.Free())).With("needed_fen", int64(want)).With("missing_fen", int64(want-b.Free()))
}
