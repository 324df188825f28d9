package space

import (
	"errors"
	"slices"

	"lizheng/civic/money"
)

// Remedy is a way to make a shortfall good.
type Remedy string

// The remedies, in the order in which they are to be tried.
const (
	Extend     Remedy = "extend"     // 扩建
	Reallocate Remedy = "reallocate" // 调剂: other area on the site
	BuyNearby  Remedy = "buy_nearby" // 就近购置: same street, same or better floor
	Pay        Remedy = "pay"        // 缴纳: construction price and land share, if the leading group decides so
)

// Remedies returns the remedies in the order in which they are to be tried.
func Remedies() []Remedy { return []Remedy{Extend, Reallocate, BuyNearby, Pay} }

// Words returns the name of the remedy in both languages.
func (r Remedy) Words() (zh, en string) {
	switch r {
	case Extend:
		return "扩建", "extension"
	case Reallocate:
		return "调剂本项目其他用房", "other area on the site"
	case BuyNearby:
		return "就近购置", "purchase nearby"
	case Pay:
		return "缴纳建设费用", "payment"
	}
	return string(r), string(r)
}

// Price is what a square metre costs in a payment.
type Price struct {
	Construction money.Fen `json:"construction"` // 建设成本 per m²
	Land         money.Fen `json:"land"`         // 土地分摊 per m²
}

// Due returns what has to be paid for an area, up to the next whole fen.
func (p Price) Due(a Area) (money.Fen, error) {
	if a <= 0 || !a.fits() || p.Construction <= 0 || p.Land < 0 {
		return 0, errors.New("a payment needs an area and a price")
	}
	rate, err := p.Construction.Add(p.Land)
	if err != nil {
		return 0, err
	}
	due, err := scaled(int64(a), int64(rate), int64(SquareMetre), up, int64(money.MaxFen))
	return money.Fen(due), err
}

// Measure is one remedy taken for some of the shortfall.
type Measure struct {
	ID       string    `json:"id"`
	Remedy   Remedy    `json:"remedy"`
	Area     Area      `json:"area"`
	Exists   bool      `json:"exists,omitempty"`   // the area is there: built or bought, measured and handed over
	Street   string    `json:"street,omitempty"`   // of a purchase
	Storey   int       `json:"storey,omitempty"`   // of a purchase
	Decision string    `json:"decision,omitempty"` // the leading group's, for a payment
	Price    Price     `json:"price,omitzero"`     // of a payment
	Booked   money.Fen `json:"booked,omitempty"`   // what has reached the account
}

// RuledOut is a remedy found impossible, and why.
type RuledOut struct {
	Remedy Remedy `json:"remedy"`
	Reason string `json:"reason"`
}

// Settlement is a shortfall on its way to being made good.
type Settlement struct {
	Shortfall Shortfall  `json:"shortfall"`
	Street    string     `json:"street"` // where the rooms are owed
	Storey    int        `json:"storey"` // the storey of the rooms owed: a purchase must not be above it
	RuledOut  []RuledOut `json:"ruled_out,omitempty"`
	Measures  []Measure  `json:"measures,omitempty"`
}

// Next returns the first remedy that is not exhausted, the one to be tried now; false
// when there is none left.
func (s Settlement) Next() (Remedy, bool) {
	for _, r := range Remedies() {
		if !s.exhausted(r) {
			return r, true
		}
	}
	return "", false
}

// exhausted reports whether a remedy was used or found impossible. One that is only
// promised is neither, or a promise would open the way to the payment.
func (s Settlement) exhausted(r Remedy) bool {
	return slices.ContainsFunc(s.RuledOut, func(o RuledOut) bool { return o.Remedy == r && o.Reason != "" }) ||
		slices.ContainsFunc(s.Measures, func(m Measure) bool { return m.Remedy == r && m.Exists && m.Area > 0 })
}

// Check says what is wrong with the measures. One with a fault makes nothing good.
func (s Settlement) Check() []Finding {
	var findings []Finding
	for i := range s.Measures {
		findings = append(findings, s.faults(i)...)
	}
	return findings
}

// faults are the findings about the measure at index i.
func (s Settlement) faults(i int) []Finding {
	m := s.Measures[i]
	var faults []Finding
	fault := func(code, zh, en string) {
		faults = append(faults, find(Fail, code, zh, en, Figure{"measure", "补足措施", "measure", m.ID}))
	}
	at := slices.Index(Remedies(), m.Remedy)
	if at < 0 {
		fault("remedy_unknown", "没有这种补足方式。", "There is no such remedy.")
		return faults
	}
	if m.Area <= 0 || !m.Area.fits() {
		fault("measure_without_area", "补足措施没有面积。", "The measure has no area.")
	}
	if m.ID == "" || slices.ContainsFunc(s.Measures[:i], func(o Measure) bool { return o.ID == m.ID }) {
		fault("measure_twice", "补足措施没有编号或者编号重复。", "The measure has no number, or that of another.")
	}
	for _, earlier := range Remedies()[:at] {
		if !s.exhausted(earlier) {
			zh, en := earlier.Words()
			fault("remedy_out_of_order", "应先采取“"+zh+"”，或者说明不可行的理由。",
				"First comes the "+en+", or the reason why it is not possible.")
			break
		}
	}
	switch m.Remedy {
	case BuyNearby:
		if m.Street == "" || m.Street != s.Street {
			fault("purchase_elsewhere", "购置的用房应在同一街道（镇）。", "The purchase has to be in the same street or town.")
		}
		if m.Storey < GroundFloor || m.Storey > s.Storey {
			fault("purchase_on_worse_floor", "购置的用房楼层不得差于原楼层。", "The purchase has to be on the same or a better floor.")
		}
	case Pay:
		if m.Decision == "" {
			fault("payment_undecided", "缴纳费用须由领导小组决定。", "A payment is decided by the leading group only.")
		}
		if _, err := m.Price.Due(m.Area); err != nil {
			fault("payment_without_price", "缴纳费用缺少建设成本或者土地分摊单价。", "The payment has no price.")
		}
	}
	return faults
}

// Balance is what of the shortfall is made good, and what is open.
type Balance struct {
	Owed     Area `json:"owed"`
	Existing Area `json:"existing"` // areas that are there
	Paid     Area `json:"paid"`     // areas whose whole payment is booked
	Open     Area `json:"open"`     // owed − existing − paid, at least 0
	Settled  bool `json:"settled"`  // nothing is open: the case may close
}

// Balance adds up what is made good: an area once it exists, a payment once the whole
// of it is booked. What is promised, begun or paid in part counts for nothing yet.
func (s Settlement) Balance() (Balance, error) {
	b := Balance{Owed: s.Shortfall.Owed()}
	for i, m := range s.Measures {
		if len(s.faults(i)) > 0 {
			continue
		}
		sum, done := &b.Existing, m.Exists
		if m.Remedy == Pay {
			due, err := m.Price.Due(m.Area)
			if err != nil {
				return Balance{}, err
			}
			sum, done = &b.Paid, m.Booked >= due
		}
		if !done {
			continue
		}
		var err error
		if *sum, err = sum.Add(m.Area); err != nil {
			return Balance{}, err
		}
	}
	good, err := b.Existing.Add(b.Paid)
	if err != nil {
		return Balance{}, err
	}
	b.Open = max(b.Owed-good, 0)
	b.Settled = b.Open == 0
	return b, nil
}

// Figures are the balance, line by line.
func (b Balance) Figures() []Figure {
	return []Figure{
		area("owed", "应补面积", "owed", b.Owed),
		area("existing", "已补面积", "areas that exist", b.Existing),
		area("paid", "已缴费折抵面积", "paid for", b.Paid),
		area("open", "尚缺面积", "still open", b.Open),
	}
}
