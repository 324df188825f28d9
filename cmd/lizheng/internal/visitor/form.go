package visitor

import (
	"time"

	"lizheng/civic"
	"lizheng/civic/money"
)

// Days until a form's item begins and ends: the lead time of thirty working days is kept with room to spare.
const (
	beginsIn = 120
	endsIn   = 300
)

// Form is a complete request for a survey in some communities, paid for with a lump sum from a budget line. Its name must be
// one of a kind.
func Form(name, line string, total money.Fen, communities ...string) civic.AccessRequest {
	now := time.Now()
	return civic.AccessRequest{
		Name: name, Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展抽样调查的通知"}},
		Necessity: "掌握居民需求", WhyNotOwn: "需要熟悉居民的人员入户", Work: "入户登记", PartPlayed: "assist", Communities: communities, Duration: "phased",
		Start: now.AddDate(0, 0, beginsIn).Format(time.DateOnly), End: now.AddDate(0, 0, endsIn).Format(time.DateOnly),
		Powers: "查阅名册", ExitWhen: "调查完成", LegalReview: "合法",
		Funding: civic.Funding{Kind: civic.FromLine, Line: line, Driver: civic.LumpSum, Rate: total, Total: total, Payee: "街道办事处"},
	}
}
