package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// housing adds to the lasting record of a project what the act made so.
func (w *writing) housing(ctx context.Context) error {
	for _, part := range []func(context.Context) error{w.areas, w.order, w.measure, w.booking, w.replacement} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// areaRow is a value of an area as its table has it.
type areaRow struct {
	Ord       int     `json:"ord"`
	Stage     string  `json:"stage"`
	Area      int64   `json:"area"`
	Reference string  `json:"reference"`
	Change    *string `json:"change"`
}

func (w *writing) areas(ctx context.Context) error {
	if len(w.fx.Housing.Areas) == 0 {
		return nil
	}
	list := make([]areaRow, len(w.fx.Housing.Areas))
	for i, a := range w.fx.Housing.Areas {
		list[i] = areaRow{Ord: i + 1, Stage: string(a.Stage), Area: int64(a.Area), Reference: a.Reference, Change: stored(a.Change)}
	}
	body, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("write the areas: %w", err)
	}
	err = w.q.RecordAreas(ctx, rows.RecordAreasParams{Act: w.act.ID, CaseID: w.d.Case.ID, At: w.d.Now, Areas: body})
	if err != nil { // what is recorded twice was refused by the rules before
		return fmt.Errorf("record the areas of project %s: %w", w.d.Case.ID, err)
	}
	return nil
}

// order comes after the document: an order's number is the one that its act has just taken.
func (w *writing) order(ctx context.Context) error {
	o := w.fx.Housing.Order
	if o == nil {
		return nil
	}
	if o.Event == civic.OrderIssued {
		n, err := w.q.RecordOrder(ctx, rows.RecordOrderParams{Act: o.Order, CaseID: &w.d.Case.ID, Round: int4(o.Round), DueAt: o.DueAt})
		if err != nil {
			return fmt.Errorf("record an order of project %s: %w", w.d.Case.ID, err)
		}
		return oneRow("record an order", n)
	}
	p := rows.RecordOrderEventParams{Act: w.act.ID, OrderID: o.Order, Event: string(o.Event), At: w.d.Now}
	if o.Event == civic.OrderExtended {
		p.DueAt = &o.DueAt
	}
	if err := w.q.RecordOrderEvent(ctx, p); err != nil {
		return fmt.Errorf("record what became of an order of project %s: %w", w.d.Case.ID, err)
	}
	return nil
}

func (w *writing) measure(ctx context.Context) error {
	m := w.fx.Housing.Measure
	if m == nil {
		return nil
	}
	err := w.q.RecordMeasure(ctx, rows.RecordMeasureParams{ID: m.ID, Act: w.act.ID, CaseID: w.d.Case.ID, Remedy: string(m.Remedy), Area: int64(m.Area), Street: m.Street,
		Storey: int4(m.Storey), Reference: m.Decision, ConstructionFen: int64(m.Price.Construction), LandFen: int64(m.Price.Land), At: w.d.Now})
	if err != nil {
		return fmt.Errorf("record a measure of project %s: %w", w.d.Case.ID, err)
	}
	return nil
}

// booking refuses a voucher that was booked before: only the record knows them all.
func (w *writing) booking(ctx context.Context) error {
	b := w.fx.Housing.Booking
	if b == nil {
		return nil
	}
	day, err := civic.Day(b.Paper.Date)
	if err != nil {
		return fmt.Errorf("record a booking: %w", err)
	}
	err = w.q.RecordBooking(ctx, rows.RecordBookingParams{Act: w.act.ID, Measure: b.Measure, Amount: int64(b.Amount), Reference: b.Paper.Number, Day: day.Format(time.DateOnly), At: w.d.Now})
	if constraint(err) == "housing_booking_once" {
		return civic.Refuse(civic.Conflict, "booked_already", "凭证"+b.Paper.Number+"已入账。", "The voucher "+b.Paper.Number+" has been booked already.").
			At("details.housing.document.number").By("housing_booking_once").With("voucher", b.Paper.Number)
	}
	if err != nil {
		return fmt.Errorf("record a booking of project %s: %w", w.d.Case.ID, err)
	}
	return nil
}

// replacement ties the rooms that took the place of a project's to it. The table holds each of them while it looks whether it is
// still the one that was seen.
func (w *writing) replacement(ctx context.Context) error {
	for _, r := range w.fx.Housing.Replacement {
		err := w.q.RecordReplacement(ctx, rows.RecordReplacementParams{Room: r.ID, Version: int4(r.Version), CaseID: w.d.Case.ID, Act: w.act.ID, Area: int64(r.Area), At: w.d.Now})
		switch constraint(err) {
		case "housing_replacement_once":
			return civic.Refuse(civic.Conflict, "replacement_taken", "用房“"+r.Name+"”已用于置换其他项目。", "The room "+r.Name+" has taken the place of another project's.").
				At("details.housing.replacement.rooms").By("housing_replacement_once").With("room", r.Name)
		case "housing_replacement_stands":
			return civic.Refuse(civic.Stale, "stale", "台账已被他人更新，请刷新后再操作。", "Somebody has changed the room since you looked; look again.").With("seen", r.Version)
		}
		if err != nil {
			return fmt.Errorf("record the replacement of project %s: %w", w.d.Case.ID, err)
		}
	}
	return nil
}
