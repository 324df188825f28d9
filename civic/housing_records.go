package civic

import (
	"time"

	"lizheng/civic/money"
	"lizheng/civic/space"
)

// HousingRecords are what an act adds to the lasting record of a project: what its matter keeps only as it stands now. They
// are added to and never changed.
type HousingRecords struct {
	Areas   []AreaRecord
	Order   *OrderRecord
	Measure *space.Measure // against a shortfall: an area that is there, or a payment that was decided
	Booking *Booking

	Replacement []StockRoom // that took the place of the project's own, as they were seen
}

// AreaRecord is one value of one of the six areas.
type AreaRecord struct {
	Stage     space.Stage
	Area      space.Area
	Reference string // the paper that says so, "" where the signatures of a handover do
	Change    string // the change of plan (case id) that made it so, "" for the project's own
}

// OrderEvent is what may happen to an order to rectify. It ends once.
type OrderEvent string

// The events of an order.
const (
	OrderIssued     OrderEvent = "issued"
	OrderExtended   OrderEvent = "extended"
	OrderRectified  OrderEvent = "rectified"   // ends it: the developer says that it is done
	OrderImpossible OrderEvent = "impossible"  // ends it: the developer says that it cannot be
	OrderIgnored    OrderEvent = "transferred" // ends it: nobody answered within its term
)

// OrderRecord is one event of an order to rectify.
type OrderRecord struct {
	Order string // the act that issued it
	Event OrderEvent
	Round int       // of the verification, of one that is issued
	DueAt time.Time // its term, of one that is issued or extended
}

// Booking is money that has reached the account for a measure.
type Booking struct {
	Measure string
	Amount  money.Fen
	Paper   DocumentRef
}

// ended notes how an order ended.
func (t *turn) ended(o *HousingOrder, how OrderEvent) {
	t.fx.Housing.Order = &OrderRecord{Order: o.Act, Event: how}
}
