package postgres_test

// What may be done to the record of a housing project by somebody who owns the database. {estate} is in use, after a change of its plan,
// an order that was ignored, a second one and a settlement; {rectifying} has an order that nobody has answered yet; {replaced} is
// demolished.
func init() {
	mutations = append(mutations, []mutation{
		{"a permit was there before the countersignature", `UPDATE form SET form = jsonb_set(form, '{gates}', (SELECT jsonb_agg(CASE g ->> 'gate' WHEN 'planning_permit' THEN
			g || jsonb_build_object('act', first.id, 'at', first.decided_at) ELSE g END) FROM jsonb_array_elements(form -> 'gates') g, (SELECT id, decided_at FROM decision
			WHERE case_id = {estate} ORDER BY version LIMIT 1) AS first)) WHERE case_id = {estate}`, []string{"P3 gates_in_order"}},
		{"civil affairs never countersigned", `UPDATE task SET role = 'planning_officer' WHERE case_id = {estate} AND step = 'countersign'`, []string{"P3 gates_in_order"}},
		{"a gate is left out", `UPDATE form SET form = jsonb_set(form, '{gates}', (form -> 'gates') - 2) WHERE case_id = {estate}`, []string{"P3 gates_in_order"}},
		{"an area is altered in the project", `UPDATE form SET form = jsonb_set(form, '{areas,registered}', '"646.00"') WHERE case_id = {estate}`,
			[]string{"P14 areas_as_recorded", "P14 areas_agree"}},
		{"an area is altered on record", `UPDATE housing_area SET area = area + 1 WHERE case_id = {estate} AND stage = 'measured'`, []string{"P14 areas_as_recorded"}},
		{"an area was recorded by another case's act", `UPDATE housing_area SET act = {copy} WHERE case_id = {estate} AND stage = 'registered'`, []string{"P14 areas_as_recorded"}},
		{"the rooms were permitted too small", `UPDATE form SET form = jsonb_set(form, '{areas,permitted}', '"671.00"') WHERE case_id = {estate};
			UPDATE housing_area SET area = 67100 WHERE case_id = {estate} AND stage = 'permitted' AND change IS NULL`, []string{"P14 areas_agree"}},
		{"more homes are planned than the requirement knows", `UPDATE form SET form = jsonb_set(form, '{households}', '2200') WHERE case_id = {estate}`, []string{"P8 nothing_owed"}},
		{"less was measured than anybody was asked for", `UPDATE form SET form = jsonb_set(form, '{areas,measured}', '"600.00"') WHERE case_id = {estate}`,
			[]string{"P14 areas_as_recorded", "P14 areas_agree", "P8 nothing_owed"}},
		{"a payment was never booked whole", `DELETE FROM housing_booking WHERE amount = 6000000`, []string{"P7 shortfall_booked", "P8 nothing_owed"}},
		{"more is booked than was paid", `UPDATE housing_booking SET amount = amount + 1`, []string{"P7 shortfall_booked", "P8 nothing_owed"}},
		{"a measure has never been taken", `DELETE FROM housing_measure WHERE remedy = 'extend'`, []string{"P7 shortfall_booked", "P14 areas_agree", "P8 nothing_owed"}},
		{"the price of a square metre is lowered", `UPDATE form SET form = jsonb_set(form, '{settlement,measures,1,price,land}', '1') WHERE case_id = {estate}`, []string{"P7 shortfall_booked"}},
		{"an order never ends", `DELETE FROM housing_order_event WHERE event = 'impossible'`, []string{"P13 orders_end", "P14 orders_as_recorded"}},
		{"an order has lost its instant", `UPDATE cases SET acts_at = NULL WHERE id = {rectifying}`, []string{"P13 orders_end"}},
		{"an order went to planning before its term", `UPDATE housing_order_event SET due_at = due_at + interval '1 year' WHERE event = 'extended'`,
			[]string{"P13 orders_end", "P14 orders_as_recorded"}},
		{"an order has no number", `UPDATE housing_order SET doc_number = 99 WHERE case_id = {rectifying}`, []string{"P13 orders_end", "P14 orders_as_recorded"}},
		{"an open order is closed in the project only", `UPDATE form SET form = jsonb_set(form, '{orders,0,state}', '"answered"') WHERE case_id = {rectifying}`, []string{"P14 orders_as_recorded"}},
		{"a change of plan is taken over twice", `UPDATE form SET form = jsonb_set(form, '{changes}', form -> 'changes' || (form -> 'changes')) WHERE case_id = {estate}`,
			[]string{"P3 changes_taken_over_once"}},
		{"a change of plan is forgotten", `UPDATE form SET form = form - 'changes' WHERE case_id = {estate}; UPDATE housing_area SET change = NULL`, []string{"P3 changes_taken_over_once"}},
		{"another project's change of plan is taken over", `UPDATE cases SET parent = {rectifying} WHERE procedure = 'plan_change'`, []string{"P3 changes_taken_over_once"}},
		{"a change of plan is taken over that nobody approved", `UPDATE form SET form = form - 'approved_at' WHERE case_id IN (SELECT id FROM cases WHERE procedure = 'plan_change')`,
			[]string{"P3 changes_taken_over_once"}},
		{"a meter has another number than was signed", `UPDATE form SET form = jsonb_set(form, '{handover,inventory,2,value}', '"00013"') WHERE case_id = {estate}`, []string{"P14 inventory_as_signed"}},
		{"a signature is missing", `UPDATE form SET form = jsonb_set(form, '{handover,signed}', (form #> '{handover,signed}') - 0) WHERE case_id = {estate}`, []string{"P14 inventory_as_signed"}},
		{"a room came into the register that was never handed over", `UPDATE stock_change SET area = area + 10000 WHERE room IN (SELECT id FROM stock_room WHERE case_id = {estate});
			UPDATE stock_room SET area = area + 10000 WHERE case_id = {estate}`, []string{"P14 rooms_as_handed_over"}},
		{"a room of the project is missing from the register", `DELETE FROM stock_change WHERE room = (SELECT id FROM stock_room WHERE case_id = {estate} LIMIT 1);
			DELETE FROM stock_room WHERE NOT EXISTS (SELECT FROM stock_change c WHERE c.room = id)`, []string{"P14 rooms_as_handed_over"}},
		{"a replaced project keeps a room", `ALTER TABLE stock_room DISABLE TRIGGER guard; UPDATE stock_room SET state = 'in_use', until_day = NULL, version = version + 1
			WHERE id = (SELECT id FROM stock_room WHERE case_id = {replaced} LIMIT 1)`, []string{"P14 replaced_then_demolished", "P14 room_as_last_changed"}},
		{"a replacement shrinks", `UPDATE housing_replacement SET area = area - 1`, []string{"P14 replaced_then_demolished"}},
		{"a replacement is forgotten", `DELETE FROM housing_replacement`, []string{"P14 replaced_then_demolished"}},
		{"another room is said to have taken the place", `UPDATE form SET form = jsonb_set(form, '{replacement,rooms,0}', to_jsonb((SELECT min(id::text) FROM stock_room))) WHERE case_id = {replaced}`,
			[]string{"P14 replaced_then_demolished"}},
		{"a project is replaced by nothing", `DELETE FROM housing_replacement; UPDATE form SET form = form - 'replacement' WHERE case_id = {replaced}`, []string{"P14 replaced_then_demolished"}},
	}...)
}
