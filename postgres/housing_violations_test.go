package postgres_test

import "maps"

// What the guards of the record of housing projects are there to refuse. The story has a project with all of it, and one with an open order.
func init() {
	maps.Copy(violations, map[string]string{
		"housing_area.housing_area_act_fkey":     newArea + "gen_random_uuid(), 1, case_id, 'measured', 1, '', NULL" + areaEnd,
		"housing_area.housing_area_case_id_fkey": newArea + "act, 9, gen_random_uuid(), 'measured', 1, '', NULL" + areaEnd,
		"housing_area.housing_area_change_fkey":  newArea + "act, 9, case_id, 'measured', 1, '', gen_random_uuid()" + areaEnd,
		"housing_area.housing_area_pkey":         newArea + "act, ord, case_id, 'measured', 1, '', NULL" + areaEnd,
		"housing_area.housing_area_ord":          newArea + "act, 0, case_id, 'measured', 1, '', NULL" + areaEnd,
		"housing_area.housing_area_stage":        newArea + "act, 9, case_id, 'dreamt', 1, '', NULL" + areaEnd,
		"housing_area.housing_area_range":        newArea + "act, 9, case_id, 'measured', -1, '', NULL" + areaEnd,
		"housing_area.housing_change_once":       newArea + "act, 9, case_id, 'required', 1, '', (SELECT max(change::text)::uuid FROM housing_area)" + areaEnd,
		"housing_area.housing_area_final":        newArea + "act, 9, case_id, 'handed_over', 1, '', NULL" + areaEnd,
		"housing_area.keep":                      "DELETE FROM housing_area",

		"housing_order.housing_order_act_fkey":     newOrder + "gen_random_uuid(), case_id, 9, " + otherPaper + dueEnd,
		"housing_order.housing_order_case_id_fkey": newOrder + anotherAct + ", gen_random_uuid(), 9, " + otherPaper + dueEnd,
		"housing_order.housing_order_pkey":         newOrder + "act, case_id, 9, " + otherPaper + dueEnd,
		"housing_order.housing_order_document":     newOrder + anotherAct + ", case_id, 9, mark, doc_year, 999" + dueEnd,
		"housing_order.housing_order_number":       newOrder + anotherAct + ", case_id, 9, mark, doc_year, doc_number" + dueEnd,
		"housing_order.housing_order_once":         newOrder + anotherAct + ", case_id, round, " + otherPaper + dueEnd,
		"housing_order.housing_order_round":        newOrder + anotherAct + ", case_id, 0, " + otherPaper + dueEnd,
		"housing_order.housing_order_term":         newOrder + anotherAct + ", case_id, 9, " + otherPaper + ", due_at, due_at" + anOrder,
		"housing_order.guard":                      newOrder + anotherAct + ", (SELECT case_id FROM housing_order o" + stillOpen + "), 9, " + otherPaper + dueEnd,
		"housing_order.keep":                       "UPDATE housing_order SET round = round + 10",

		"housing_order_event.housing_order_event_act_fkey":      newEvent + "gen_random_uuid(), act, 'rectified', NULL, now() FROM housing_order o" + stillOpen,
		"housing_order_event.housing_order_event_order_id_fkey": newEvent + anotherAct + ", gen_random_uuid(), 'rectified', NULL, now()",
		"housing_order_event.housing_order_event_pkey":          newEvent + "(SELECT min(act::text)::uuid FROM housing_order_event), act, 'rectified', NULL, now() FROM housing_order o" + stillOpen,
		"housing_order_event.housing_order_event_known":         newEvent + anotherAct + ", act, 'lost', NULL, now() FROM housing_order o" + stillOpen,
		"housing_order_event.housing_order_event_term":          newEvent + anotherAct + ", act, 'extended', NULL, now() FROM housing_order o" + stillOpen,
		"housing_order_event.housing_order_ends_once":           newEvent + anotherAct + ", order_id, 'transferred', NULL, now() FROM housing_order_event WHERE event = 'impossible'",
		"housing_order_event.guard":                             newEvent + anotherAct + ", order_id, 'extended', 'infinity', now() FROM housing_order_event WHERE event = 'impossible'",
		"housing_order_event.keep":                              "DELETE FROM housing_order_event",

		"housing_measure.housing_measure_pkey":         newMeasure + "id, " + anotherAct + ", case_id, 'extend', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_once":         newMeasure + "gen_random_uuid(), act, case_id, 'extend', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_act_fkey":     newMeasure + "gen_random_uuid(), gen_random_uuid(), case_id, 'extend', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_case_id_fkey": newMeasure + "gen_random_uuid(), " + anotherAct + ", gen_random_uuid(), 'extend', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_remedy":       newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'prayer', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_range":        newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'extend', 0, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_paper":        newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'extend', 1, '', 1, '', 0, 0" + measureEnd,
		"housing_measure.housing_measure_nearby":       newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'buy_nearby', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_priced":       newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'pay', 1, '', 1, 'x', 0, 0" + measureEnd,
		"housing_measure.housing_measure_land":         newMeasure + "gen_random_uuid(), " + anotherAct + ", case_id, 'pay', 1, '', 1, 'x', 5, -1" + measureEnd,
		"housing_measure.keep":                         "UPDATE housing_measure SET area = area + 1",

		"housing_booking.housing_booking_act_fkey":     newBooking + "gen_random_uuid(), id, 1, 'x'" + bookingEnd,
		"housing_booking.housing_booking_measure_fkey": newBooking + anotherAct + ", gen_random_uuid(), 1, 'x'" + bookingEnd,
		"housing_booking.housing_booking_pkey":         newBooking + "(SELECT min(act::text)::uuid FROM housing_booking), id, 1, 'x'" + bookingEnd,
		"housing_booking.housing_booking_amount":       newBooking + anotherAct + ", id, 0, 'x'" + bookingEnd,
		"housing_booking.housing_booking_paper":        newBooking + anotherAct + ", id, 1, ''" + bookingEnd,
		"housing_booking.housing_booking_once":         newBooking + anotherAct + ", id, 1, 'x'" + bookingEnd + "; " + "INSERT INTO housing_booking SELECT (SELECT max(id::text)::uuid FROM decision), measure, 1, 'x', day, at FROM housing_booking WHERE reference = 'x'",
		"housing_booking.guard":                        newBooking + anotherAct + ", id, due_fen + 1, 'x'" + bookingEnd,
		"housing_booking.keep":                         "DELETE FROM housing_booking",

		"housing_replacement.housing_replacement_once":         newReplacement + "room, version, case_id, act, area" + replacementEnd,
		"housing_replacement.housing_replacement_room_fkey":    newReplacement + "gen_random_uuid(), version, case_id, act, area" + replacementEnd,
		"housing_replacement.housing_replacement_case_id_fkey": newReplacement + anotherRoom + ", 1, gen_random_uuid(), act, " + itsArea + replacementEnd,
		"housing_replacement.housing_replacement_act_fkey":     newReplacement + anotherRoom + ", 1, case_id, gen_random_uuid(), " + itsArea + replacementEnd,
		"housing_replacement.guard":                            newReplacement + anotherRoom + ", 1, case_id, act, " + itsArea + " + 1" + replacementEnd,
		"housing_replacement.keep":                             "DELETE FROM housing_replacement",
	})
	further["housing_order_event.guard"] = []string{newEvent + anotherAct + ", act, 'extended', due_at, now() FROM housing_order o" + stillOpen}
	implied["housing_replacement.housing_replacement_room_fkey"] = "housing_replacement_stands" // which holds the room while it looks
	further["housing_area.keep"] = []string{"UPDATE housing_area SET area = area + 1"}
}

const (
	// anotherAct is a decision of which the record of housing knows nothing.
	anotherAct = "(SELECT id FROM decision WHERE kind = 'copy')"
	newArea    = "INSERT INTO housing_area (act, ord, case_id, stage, area, reference, change, at) SELECT "
	areaEnd    = ", now() FROM housing_area WHERE stage = 'registered'"
	newOrder   = "INSERT INTO housing_order (act, case_id, round, mark, doc_year, doc_number, issued_at, due_at) SELECT "
	anOrder    = " FROM housing_order WHERE act = (SELECT order_id FROM housing_order_event WHERE event = 'impossible')"
	dueEnd     = ", issued_at, due_at" + anOrder
	otherPaper = "(SELECT mark FROM document WHERE number = 1 AND title LIKE '%规划调整%'), (SELECT year FROM document WHERE number = 1 AND title LIKE '%规划调整%'), 1"
	stillOpen  = " WHERE NOT EXISTS (SELECT FROM housing_order_event e WHERE e.order_id = o.act)"
	newEvent   = "INSERT INTO housing_order_event (act, order_id, event, due_at, at) SELECT "
	newMeasure = "INSERT INTO housing_measure (id, act, case_id, remedy, area, street, storey, reference, construction_fen, land_fen, at) SELECT "
	measureEnd = ", now() FROM housing_measure WHERE remedy = 'pay'"
	newBooking = newMeasure + "gen_random_uuid(), (SELECT min(id::text)::uuid FROM decision), case_id, 'pay', 100, '', 1, 'unpaid', 5, 0" + measureEnd +
		"; INSERT INTO housing_booking (act, measure, amount, reference, day, at) SELECT "
	bookingEnd     = ", now(), now() FROM housing_measure WHERE reference = 'unpaid'"
	newReplacement = "INSERT INTO housing_replacement (room, version, case_id, act, area, at) SELECT "
	replacementEnd = ", at FROM housing_replacement"
	anotherRoom    = "(SELECT min(id::text)::uuid FROM stock_room WHERE case_id IS NULL AND state = 'in_use' AND version = 1)"
	itsArea        = "(SELECT area FROM stock_room WHERE id = " + anotherRoom + ")"
)
