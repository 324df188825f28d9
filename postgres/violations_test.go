package postgres_test

// A violation is what a guard is there to refuse: a statement, or what to set on any row of its table. Keys need none.
var violations = map[string]string{
	"form.form_revision_check":         "SET revision = 0",
	"form.keep":                        "DELETE FROM form WHERE case_id = (SELECT id FROM cases WHERE number IS NOT NULL LIMIT 1)",
	"form_revision.keep":               "DELETE FROM form_revision",
	"account.account_login_check":      "SET login = 'UPPER'",
	"account.account_login_key":        "SET login = (SELECT max(login) FROM account)",
	"account.account_pkey":             "INSERT INTO account (id, person, login, password) SELECT id, person, 'another', 'x' FROM account LIMIT 1",
	"api_token.api_token_hash_key":     "SET hash = (SELECT hash FROM api_token ORDER BY ctid DESC LIMIT 1)",
	"api_token.api_token_pkey":         "INSERT INTO api_token (id, hash, account, label, expires_at) SELECT id, '\\x03', account, 'x', now() FROM api_token LIMIT 1",
	"attachment.attachment_size_check": "SET size = 0",
	"attachment.keep":                  "DELETE FROM attachment",
	"attempt.attempt_failures_check":   "SET failures = -1",

	"budget_line.budget_line_appropriated_check": "UPDATE budget_line SET appropriated = -1" + aLine,
	"budget_line.budget_line_check":              "UPDATE budget_line SET returned = 1" + aLine,
	"budget_line.budget_line_committed_check":    "UPDATE budget_line SET committed = -1" + aLine,
	"budget_line.budget_line_disbursed_check":    "UPDATE budget_line SET disbursed = -1" + aLine,
	"budget_line.budget_line_id_check":           "UPDATE budget_line SET id = 'UPPER'" + aLine,
	"budget_line.budget_line_reserved_check":     "UPDATE budget_line SET reserved = -1" + aLine,
	"budget_line.budget_line_year_check":         "UPDATE budget_line SET year = 1999" + aLine,
	"budget_line.budget_never_overdrawn":         "UPDATE budget_line SET reserved = appropriated + 1" + aLine,
	"calendar_day.calendar_day_kind_check":       "SET kind = 'party'",
	"calendar_day.calendar_day_source_check":     "SET source = 'rumour'",

	"case_party.keep":             "DELETE FROM case_party WHERE case_id = (SELECT id FROM cases WHERE number IS NOT NULL LIMIT 1)",
	"case_reader.keep":            "DELETE FROM case_reader",
	"cases.cases_check":           "UPDATE cases SET number = 'ZR-1'" + aDraft,
	"cases.cases_number_key":      newCase + "number, 'submitted', 1 FROM cases WHERE number IS NOT NULL LIMIT 1",
	"cases.cases_pkey":            "INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar) SELECT id, 'ZR-1', procedure, route, title, unit, applicant, 'submitted', rules_at, calendar FROM cases LIMIT 1",
	"cases.cases_procedure_check": "UPDATE cases SET procedure = 'witchcraft', route = '' WHERE state = 'draft'",
	"cases.cases_round_check":     "UPDATE cases SET round = 0 WHERE state = 'draft'",
	"cases.cases_route_check":     "UPDATE cases SET route = 'back door' WHERE state = 'draft'",
	"cases.cases_seq_key": `INSERT INTO cases (id, seq, procedure, route, title, unit, applicant, state, rules_at, calendar) OVERRIDING SYSTEM VALUE
		SELECT gen_random_uuid(), seq, procedure, route, title, unit, applicant, 'draft', rules_at, calendar FROM cases LIMIT 1`,
	"cases.cases_access_states":      newCase + "'ZR-1', 'nowhere', 1 FROM cases LIMIT 1",
	"cases.cases_housing_states":     newOther + "'YF-1', 'nowhere', 1, 'housing', NULL FROM cases LIMIT 1",
	"cases.cases_plan_change_states": newOther + "'YFT-1', 'nowhere', 1, 'plan_change', id FROM cases LIMIT 1",
	"cases.cases_plan_change_parent": newOther + "'YFT-1', 'change_opinion', 1, 'plan_change', NULL FROM cases LIMIT 1",
	"cases.cases_version_check":      newCase + "'ZR-1', 'submitted', 0 FROM cases LIMIT 1",
	"cases.guard":                    "UPDATE cases SET state = 'in_force', number = 'ZR-1'" + aDraft,
	"cases.keep":                     newCase + "'ZR-1', 'submitted', 1 FROM cases LIMIT 1; DELETE FROM cases WHERE number = 'ZR-1'",
	"clock.clock_one_check":          "INSERT INTO clock (one) VALUES (false)",
	"clock.clock_pkey":               "INSERT INTO clock (one) VALUES (true)",
	"clock.clock_shift_check":        "SET shift = interval '-1 day'",
	"counter.counter_last_check":     "SET last = -1",

	"decision.decision_check":               "UPDATE decision SET outcome = '' WHERE kind = 'decide'",
	"decision.decision_case_id_version_key": "UPDATE decision d SET version = d.version - 1 WHERE d.id = (SELECT a.id FROM decision a JOIN decision b ON b.case_id = a.case_id AND b.version = a.version - 1 LIMIT 1)",
	"decision.decision_pkey": `INSERT INTO decision (id, case_id, kind, actor, state_from, state_to, version, rules_at, decided_at)
		SELECT id, case_id, 'copy', actor, state_from, state_to, 999, rules_at, decided_at FROM decision LIMIT 1`,
	"decision.decision_task":                 "UPDATE decision SET task_id = (SELECT max(task_id::text)::uuid FROM decision WHERE kind = 'decide') WHERE kind = 'decide'",
	"deputy.deputy_check":                    "SET valid_until = valid_from",
	"deputy.deputy_check1":                   "SET person = principal",
	"deputy.deputy_pkey":                     "INSERT INTO deputy (id, principal, person, valid_from, valid_until) SELECT id, person, principal, valid_from, valid_until FROM deputy LIMIT 1",
	"deputy.deputy_principal_tstzrange_excl": "INSERT INTO deputy (id, principal, person, valid_from, valid_until) SELECT gen_random_uuid(), principal, person, valid_from, valid_until FROM deputy LIMIT 1",
	"document.document_number_check":         "UPDATE entry SET mark = NULL, doc_year = NULL, doc_number = NULL; UPDATE document SET number = 0 WHERE number = 1 AND mark = '常社区办发'",
	"document.document_pkey":                 "INSERT INTO document SELECT * FROM document ORDER BY number DESC LIMIT 1",
	"document.guard":                         "UPDATE counter SET last = last + 2 WHERE name LIKE 'document %'; INSERT INTO document (mark, year, number, unit, act, title, issued_at) SELECT mark, year, number + 2, unit, act, title, issued_at FROM document ORDER BY number DESC LIMIT 1",

	"entry.entry_amount_check":           "UPDATE entry SET amount = -1" + anEntry,
	"entry.entry_category_check":         "UPDATE entry SET category = 'OTHER'" + anEntry,
	"entry.entry_check":                  "UPDATE entry SET act = NULL WHERE list = 'admitted' AND case_id IS NOT NULL AND parent IS NULL",
	"entry.entry_clearance_check":        "UPDATE entry SET clearance = 'ignore'" + anEntry,
	"entry.entry_list_check":             "UPDATE entry SET list = 'secret'" + anEntry,
	"entry.entry_list_normal_valid_excl": "INSERT INTO entry (id, list, category, name, normal, valid) SELECT gen_random_uuid(), list, category, name, normal, valid FROM entry WHERE list = 'negative' LIMIT 1",
	"entry.entry_name_check":             "UPDATE entry SET name = ''" + anEntry,
	"entry.entry_normal_check":           "UPDATE entry SET normal = ''" + anEntry,
	"entry.entry_pkey":                   "INSERT INTO entry (id, list, category, name, normal, valid) SELECT id, 'duty', category, name, normal, valid FROM entry LIMIT 1",
	"entry.entry_valid_check":            "UPDATE entry SET valid = 'empty'" + anEntry,
	"entry.fees_follow_tasks": `INSERT INTO entry (id, list, category, name, normal, case_id, act, valid, amount)
		SELECT gen_random_uuid(), 'admitted', 'SURVEY', 'unfunded', 'unfunded', case_id, id, tstzrange(city_now(), NULL), 100000000000000 FROM decision LIMIT 1`,
	"entry_region.entry_region_amount_check": "SET amount = -1",
	"entry_region.entry_region_units_check":  "SET units = -1",
	"event.event_pkey": `UPDATE chain SET seq = seq - 1 WHERE seq > 0;
		INSERT INTO event (chain, seq, at_us, kind, result, actor, case_id, object, prev, hash) SELECT 0, 0, 0, kind, result, actor, case_id, object, '', '' FROM event LIMIT 1`,
	"event.event_result_check": "INSERT INTO event (chain, seq, at_us, kind, result, actor, prev, hash) VALUES (0, 0, 0, 'x', 'perhaps', 'x', '', '')",
	"event.keep":               "UPDATE event SET actor = 'x'",
	"event.keep_all":           "TRUNCATE event",

	"list_version.list_version_version_check": "SET version = 0",
	"movement.movement_amount_check":          "SET amount = 0, resolved = 0",
	"movement.movement_check":                 "SET resolved = amount + 1",
	"movement.movement_check1":                "UPDATE movement SET parent = id WHERE kind = 'reserve'",
	"movement.movement_kind_check":            "UPDATE movement SET kind = 'gift' WHERE kind = 'commit'",
	"outbox.outbox_id_key":                    "SET id = (SELECT id FROM outbox ORDER BY seq DESC LIMIT 1)",
	"outbox.outbox_pkey":                      "INSERT INTO outbox (seq, id, kind) OVERRIDING SYSTEM VALUE SELECT seq, gen_random_uuid(), kind FROM outbox LIMIT 1",
	"parameter.parameter_legal_tag_check":     "SET legal_tag = 'X'",
	"parameter.parameter_version_check":       "SET version = 0",
	"person.person_id_check":                  "INSERT INTO person (id, name) VALUES ('system', 'x')",
	"person.person_name_check":                "SET name = ''",
	"person_past.person_past_pkey":            "INSERT INTO person_past SELECT * FROM person_past LIMIT 1",
	"placement.keep":                          "UPDATE placement SET parent = 'cz' WHERE ctid = (SELECT min(ctid) FROM placement WHERE NOT upper_inf(during))",
	"placement.placement_during_check":        "SET during = 'empty'",
	"placement.placement_region_during_excl":  "INSERT INTO placement SELECT * FROM placement LIMIT 1",

	"region.keep":                                      "UPDATE region SET valid_until = valid_until + interval '1 day' WHERE key = 'cz-qishuyan'",
	"region.region_check":                              "SET valid_until = valid_from",
	"region.region_households_check":                   "SET households = -1",
	"region.region_key_check":                          "INSERT INTO region (key, name, level, kind, valid_from) VALUES ('UPPER', 'x', 'city', 'x', now())",
	"region.region_level_check":                        "SET level = 'planet'",
	"region_name.region_name_name_check":               "SET name = ''",
	"region_name.region_name_source_check":             "SET source = ''",
	"region_succession.region_succession_check":        "SET to_region = from_region",
	"region_succession.region_succession_lead":         "INSERT INTO region_succession SELECT from_region, 'cz-tianning', on_day, note, true FROM region_succession LIMIT 1",
	"region_succession.region_succession_pkey":         "INSERT INTO region_succession SELECT from_region, to_region, on_day, note, false FROM region_succession LIMIT 1",
	"succession.succession_lead":                       "INSERT INTO succession SELECT from_unit, 'cz-finance', on_day, note, true FROM succession LIMIT 1",
	"succession.succession_pkey":                       "INSERT INTO succession SELECT from_unit, to_unit, on_day, note, false FROM succession LIMIT 1",
	"unit.keep":                                        "UPDATE unit SET valid_until = valid_until + interval '1 day' WHERE key = 'cz-legal-affairs'",
	"unit_name.unit_name_name_check":                   "SET name = ''",
	"unit_name.unit_name_source_check":                 "SET source = ''",
	"region.region_population_check":                   "SET population = -1",
	"role_grant.role_grant_check":                      "SET valid_until = valid_from",
	"role_grant.role_grant_check1":                     "SET granted_by = person",
	"role_grant.role_grant_check2":                     "SET confirmed_by = person",
	"role_grant.role_grant_once":                       grantOf + "gen_random_uuid(), person, role, unit" + grantEnd + "LIMIT 1",
	"role_grant.role_grant_pkey":                       grantOf + "id, person, 'supervisor', 'cz-efficiency-office'" + grantEnd + "AND person = 'wang-fang' LIMIT 1",
	"role_grant.role_grant_person_case_tstzrange_excl": grantOf + "gen_random_uuid(), person, 'auditor', 'cz-audit-group'" + grantEnd + "AND person = 'wang-fang' LIMIT 1",
	"role_grant.role_grant_revoked_for_a_reason":       "SET revoked_at = now()",
	"suspension.suspension_entry_id_during_excl":       "INSERT INTO suspension SELECT * FROM suspension LIMIT 1",

	"task.guard":                "UPDATE task SET outcome = 'other' WHERE state = 'done'",
	"task.task_case_id_ord_key": "UPDATE task t SET ord = (SELECT min(o.ord) FROM task o WHERE o.case_id = t.case_id) WHERE t.state = 'open' AND t.ord > 0",
	"task.task_check":           "UPDATE task SET ended_at = now() WHERE state = 'open'",
	"task.task_check1":          "UPDATE task SET state = 'done', ended_at = now() WHERE state = 'open'",
	"task.task_pkey":            "INSERT INTO task (id, case_id, ord, step, role, unit, round, state, opened_at, opened_by, term) SELECT id, case_id, 999, step, role, unit, round, 'open', opened_at, opened_by, term FROM task LIMIT 1",
	"task.task_state_check":     "UPDATE task SET state = 'lost', ended_at = now() WHERE state = 'open'",
	"task.task_term_check":      "UPDATE task SET term = -1 WHERE state = 'open'",
	"unit.unit_check":           "SET valid_until = valid_from",
	"unit.unit_key_check":       "INSERT INTO unit (key, name, level, kind, valid_from) VALUES ('UPPER', 'x', 'city', 'x', now())",
	"unit.unit_level_check":     "SET level = 'planet'",

	"stock_room.stock_room_region_fkey":      newRoom + "gen_random_uuid(), 'nowhere', 'x', 'x', area, 1, state" + roomEnd,
	"stock_room.stock_room_case_id_fkey":     "INSERT INTO stock_room (id, case_id, region, name, normal, area, storey, uses, state, title_kind, from_day, origin, version, effective, changed_by) SELECT gen_random_uuid(), gen_random_uuid(), region, 'x', 'x', area, 1, uses, state, 'none', from_day, 'project', 1, from_day, 'x' FROM stock_room LIMIT 1",
	"stock_change.stock_change_room_fkey":    "INSERT INTO stock_change SELECT gen_random_uuid(), version, effective, name, address, area, storey, uses, station, signs, state, owner, title_kind, title_number, until_day, why, changed_by, act, at FROM stock_change LIMIT 1",
	"stock_patrol.stock_patrol_room_fkey":    "INSERT INTO stock_patrol (id, room, kind, year, quarter, day, found, person, unit, act) SELECT gen_random_uuid(), gen_random_uuid(), kind, year, quarter, day, found, person, unit, act FROM stock_patrol LIMIT 1",
	"stock_patrol.stock_patrol_unit_fkey":    "INSERT INTO stock_patrol (id, room, kind, year, quarter, day, found, person, unit, act) SELECT gen_random_uuid(), room, 'quarter', 2020, 1, '2020-02-01', found, person, 'no-such', act FROM stock_patrol LIMIT 1",
	"stock_room.guard":                       "UPDATE stock_room SET version = version + 2",
	"stock_room.keep":                        "ALTER TABLE stock_change DISABLE TRIGGER keep; ALTER TABLE stock_patrol DISABLE TRIGGER keep; DELETE FROM stock_change; DELETE FROM stock_patrol; ALTER TABLE housing_replacement DISABLE TRIGGER keep; DELETE FROM housing_replacement; DELETE FROM stock_room",
	"stock_room.stock_room_pkey":             "ALTER TABLE stock_room DISABLE TRIGGER link; " + newRoom + "id, region, 'another', 'another', area, 1, state" + roomEnd,
	"stock_room.stock_room_once":             newRoom + "gen_random_uuid(), region, name, normal, area, 1, state" + roomEnd,
	"stock_room.stock_room_name_check":       newRoom + "gen_random_uuid(), region, '', 'x', area, 1, state" + roomEnd,
	"stock_room.stock_room_normal_check":     newRoom + "gen_random_uuid(), region, 'x', '', area, 1, state" + roomEnd,
	"stock_room.stock_room_area_check":       newRoom + "gen_random_uuid(), region, 'x', 'x', 0, 1, state" + roomEnd,
	"stock_room.stock_room_storey_check":     newRoom + "gen_random_uuid(), region, 'x', 'x', area, 0, state" + roomEnd,
	"stock_room.stock_room_state_check":      newRoom + "gen_random_uuid(), region, 'x', 'x', area, 1, 'haunted'" + roomEnd,
	"stock_room.stock_room_gone":             newRoom + "gen_random_uuid(), region, 'x', 'x', area, 1, 'demolished'" + roomEnd,
	"stock_room.stock_room_uses_check":       nextRoom + "uses = '{}'" + aRoom,
	"stock_room.stock_room_station_check":    nextRoom + "station = 'railway'" + aRoom,
	"stock_room.stock_room_title_kind_check": nextRoom + "title_kind = 'hearsay', title_number = 'x'" + aRoom,
	"stock_room.stock_room_paper":            nextRoom + "title_kind = 'none', title_number = 'x'" + aRoom,
	"stock_room.stock_room_leased":           nextRoom + "title_kind = 'lease', title_number = 'x'" + aRoom,
	"stock_room.stock_room_lasts":            nextRoom + "until_day = from_day" + aRoom,
	"stock_room.stock_room_effective":        "INSERT INTO stock_room (id, region, name, normal, area, storey, uses, state, title_kind, from_day, origin, version, effective, changed_by) SELECT gen_random_uuid(), region, 'x', 'x', area, 1, uses, state, 'none', from_day, 'existing', 1, from_day - 1, 'x' FROM stock_room LIMIT 1",
	"stock_room.stock_room_origin_check":     "INSERT INTO stock_room (id, region, name, normal, area, storey, uses, state, title_kind, from_day, origin, version, effective, changed_by) SELECT gen_random_uuid(), region, 'x', 'x', area, 1, uses, state, 'none', from_day, 'conquest', 1, from_day, 'x' FROM stock_room LIMIT 1",
	"stock_room.stock_room_version_check":    "ALTER TABLE stock_room DISABLE TRIGGER guard; UPDATE stock_room SET version = 0",
	"stock_change.keep":                      "DELETE FROM stock_change",
	"stock_patrol.keep":                      "DELETE FROM stock_patrol",
	"stock_patrol.stock_patrol_pkey":         newPatrol + "id, 'quarter', 2020, 1, '2020-02-01'" + patrolEnd,
	"stock_patrol.stock_patrol_once":         newPatrol + "gen_random_uuid(), kind, year, quarter, day" + patrolEnd,
	"stock_patrol.stock_patrol_kind_check":   newPatrol + "gen_random_uuid(), 'night', 2020, 0, '2020-02-01'" + patrolEnd,
	"stock_patrol.stock_patrol_year_check":   newPatrol + "gen_random_uuid(), 'year', 1999, 0, '1999-02-01'" + patrolEnd,
	"stock_patrol.stock_patrol_check":        newPatrol + "gen_random_uuid(), 'year', 2020, 1, '2020-02-01'" + patrolEnd,
	"stock_patrol.stock_patrol_in_time":      newPatrol + "gen_random_uuid(), 'quarter', 2020, 2, '2020-02-01'" + patrolEnd,
	"stock_patrol.stock_patrol_found_check":  "INSERT INTO stock_patrol (id, room, kind, year, quarter, day, found, person, unit, act) SELECT gen_random_uuid(), room, 'quarter', 2020, 1, '2020-02-01', 'ghosts', person, unit, act FROM stock_patrol LIMIT 1",
}

// further are other things that a guard of several rules refuses.
var further = map[string][]string{
	"cases.guard": {
		"UPDATE cases SET version = 0 + version - 1 WHERE version > 1",
		"UPDATE cases SET updated_at = updated_at - interval '1 second'",
		"UPDATE cases SET number = 'ZR-' || seq WHERE number IS NOT NULL",
	},
	"event.keep": {"DELETE FROM event"},
}

// Parts that several violations share.
const (
	aDraft    = " WHERE id = (SELECT id FROM cases WHERE state = 'draft' LIMIT 1)"
	aLine     = " WHERE id = (SELECT l.id FROM budget_line l WHERE NOT EXISTS (SELECT FROM movement m WHERE m.line = l.id) LIMIT 1)"
	anEntry   = " WHERE id = (SELECT id FROM entry WHERE list = 'negative' AND case_id IS NULL AND parent IS NULL LIMIT 1)"
	newCase   = "INSERT INTO cases (id, procedure, route, title, unit, applicant, rules_at, calendar, number, state, version) SELECT gen_random_uuid(), procedure, route, title, unit, applicant, rules_at, calendar, "
	newOther  = "INSERT INTO cases (id, route, title, unit, applicant, rules_at, calendar, number, state, version, procedure, parent) SELECT gen_random_uuid(), '', title, unit, applicant, rules_at, calendar, "
	newRoom   = "INSERT INTO stock_room (id, region, name, normal, area, storey, state, uses, title_kind, from_day, origin, version, effective, changed_by) SELECT "
	roomEnd   = ", uses, 'none', from_day, 'existing', 1, from_day, 'x' FROM stock_room LIMIT 1"
	nextRoom  = "UPDATE stock_room SET version = version + 1, "
	aRoom     = " WHERE id = (SELECT id FROM stock_room WHERE origin = 'existing' LIMIT 1)"
	newPatrol = "INSERT INTO stock_patrol (id, kind, year, quarter, day, room, found, person, unit, act) SELECT "
	patrolEnd = ", room, 'in_use', person, unit, act FROM stock_patrol LIMIT 1"
	grantOf   = "INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by) SELECT "
	grantEnd  = ", valid_from, 'x' FROM role_grant WHERE revoked_at IS NULL "
)
