package postgres_test

import "maps"

// assessmentFullness fills the book of two years, one of them frozen, and begins a third.
const assessmentFullness = `;
	INSERT INTO assessment (case_id) SELECT id FROM cases ORDER BY id LIMIT 3;
	CREATE VIEW years AS SELECT case_id, row_number() OVER (ORDER BY case_id) AS n FROM assessment;
	INSERT INTO assessment_row (case_id, key, ord, category, task, target, lead, points, evidence)
		SELECT case_id, g.k::text, g.k, 'burden', 'x', 'x', 'cz-finance', 500, 'x' FROM years, generate_series(1, 2) g (k) WHERE n < 3 ORDER BY n, g.k;
	INSERT INTO assessment_part (case_id, kind, unit, quarter)
		SELECT case_id, k.kind, 'cz-tianning-leading-office', k.quarter FROM years, (VALUES ('report', 1), ('self', 0)) k (kind, quarter) WHERE n < 3 ORDER BY n;
	INSERT INTO quarter_report (case_id, quarter, unit, row_key, light, progress, saved_by, saved_at)
		SELECT case_id, 1, 'cz-tianning-leading-office', '1', 'green', 'x', 'yuan-ting', now() FROM years WHERE n < 3 ORDER BY n;
	INSERT INTO row_score (case_id, kind, row_key, unit, most, points, reason, saved_by, saved_at)
		SELECT case_id, 'lead', '1', 'cz-tianning-leading-office', 500, 400, 'x', 'yuan-ting', now() FROM years WHERE n < 3 ORDER BY n;
	INSERT INTO row_appeal (case_id, row_key, unit, text, filed_by, filed_at, task_id, result)
		SELECT case_id, '1', 'cz-tianning-leading-office', 'x', 'yuan-ting', now(), t.id, CASE WHEN n = 1 THEN 'upheld' END
		FROM years JOIN (SELECT id, row_number() OVER (ORDER BY id) AS m FROM task) t ON t.m = n WHERE n < 3 ORDER BY n;
	INSERT INTO unit_input (case_id, unit, kind, value, source, saved_by, saved_at)
		SELECT case_id, 'cz-tianning-leading-office', 'complaints', 1, 'x', 'yuan-ting', now() FROM years WHERE n < 3 ORDER BY n;
	INSERT INTO assessment_sheet (case_id, kind, round, hash, body, act, made_at)
		SELECT case_id, kind, 1, repeat('0', 64), '{}', (SELECT id FROM decision LIMIT 1), now() FROM years, unnest(ARRAY['frozen', 'result']) kind WHERE n = 2;
	INSERT INTO advanced_area (case_id, unit, seq, most, project, act)
		SELECT case_id, u, s, 3, '', (SELECT id FROM decision LIMIT 1)
		FROM years, (VALUES ('cz-tianning-leading-office', 1), ('cz-zhonglou-leading-office', 2)) v (u, s) WHERE n = 2 ORDER BY s;
	DROP VIEW years;
	INSERT INTO commendation_project VALUES ('areas', 'x', 'x', 1, 2026, 2026, 3, true)`

func init() {
	const frozen = " WHERE case_id = (SELECT case_id FROM assessment_sheet LIMIT 1)"
	const first = " WHERE case_id = (SELECT case_id FROM assessment ORDER BY case_id LIMIT 1)"
	maps.Copy(violations, map[string]string{
		"cases.cases_assessment_states": `INSERT INTO cases (id, procedure, route, title, unit, applicant, rules_at, calendar, number, state)
			SELECT gen_random_uuid(), 'assessment', '', title, unit, applicant, rules_at, calendar, 'KH-1', 'nowhere' FROM cases LIMIT 1`,
		"assessment.assessment_case_id_fkey":   "UPDATE assessment SET case_id = '00000000-0000-8000-8000-000000000000' WHERE case_id NOT IN (SELECT case_id FROM assessment_row)",
		"assessment.assessment_revision_check": "SET revision = 0",

		"assessment_row.assessment_row_pkey":                   "INSERT INTO assessment_row (case_id, key, ord, category, task, target, points, evidence) SELECT case_id, key, 99, category, task, target, 1, evidence FROM assessment_row" + first + " LIMIT 1",
		"assessment_row.assessment_row_case_id_key_points_key": "INSERT INTO assessment_row (case_id, key, ord, category, task, target, points, evidence) SELECT case_id, key, 99, category, task, target, points, evidence FROM assessment_row" + first + " LIMIT 1",
		"assessment_row.assessment_row_case_id_ord_key":        "UPDATE assessment_row SET ord = 1" + first + " AND key = '2'",
		"assessment_row.assessment_row_case_id_fkey":           "UPDATE assessment_row SET case_id = '00000000-0000-8000-8000-000000000000'" + first + " AND key = '2'",
		"assessment_row.assessment_row_key_check":              "UPDATE assessment_row SET key = 'UPPER'" + first + " AND key = '2'",
		"assessment_row.assessment_row_points_check":           "UPDATE assessment_row SET points = 10001" + first + " AND key = '2'",
		"assessment_row.assessment_row_category_check":         "SET category = 'magic'",
		"assessment_row.frozen":                                "UPDATE assessment_row SET task = 'y'" + frozen,

		"assessment_template.assessment_template_pkey": `INSERT INTO assessment_template (key, ord, category, task, target, lead, points, evidence, due, source)
			SELECT key, 999, category, task, target, lead, points, evidence, due, source FROM assessment_template LIMIT 1`,
		"assessment_template.assessment_template_ord_key":      "UPDATE assessment_template SET ord = 1 WHERE ord = 0",
		"assessment_template.assessment_template_points_check": "SET points = -1",

		"assessment_part.assessment_part_pkey":           "INSERT INTO assessment_part SELECT * FROM assessment_part LIMIT 1",
		"assessment_part.assessment_part_case_id_fkey":   "UPDATE assessment_part SET case_id = '00000000-0000-8000-8000-000000000000'" + first,
		"assessment_part.assessment_part_kind_check":     "UPDATE assessment_part SET kind = 'draft' WHERE kind = 'self'",
		"assessment_part.assessment_part_revision_check": "SET revision = 0",
		"assessment_part.assessment_part_whose":          "UPDATE assessment_part SET unit = '' WHERE kind = 'self'",
		"assessment_part.assessment_part_quarter":        "UPDATE assessment_part SET quarter = 5 WHERE kind = 'report'",

		"quarter_report.quarter_report_quarter_check":  "SET quarter = 5",
		"quarter_report.quarter_report_light_check":    "SET light = 'blue'",
		"quarter_report.quarter_report_progress_check": "SET progress = ''",
		"quarter_report.frozen":                        "UPDATE quarter_report SET progress = 'y'" + frozen,

		"row_score.row_score_kind_check": "SET kind = 'street'",
		"row_score.row_score_within":     "SET points = most + 1",
		"row_score.row_score_reasoned":   "SET reason = ''",
		"row_score.frozen":               "UPDATE row_score SET points = 300" + frozen,

		"row_appeal.row_appeal_pkey":         "INSERT INTO row_appeal (case_id, row_key, unit, text, filed_by, filed_at) SELECT case_id, row_key, unit, text, filed_by, filed_at FROM row_appeal" + first,
		"row_appeal.row_appeal_text_check":   "SET text = ''",
		"row_appeal.row_appeal_result_check": "SET result = 'perhaps'",
		"row_appeal.row_appeal_check":        "SET task_id = NULL",
		"row_appeal.row_appeal_points":       "SET points = 1",
		"row_appeal.row_appeal_points_check": "SET result = 'changed', points = -1",
		"row_appeal.row_appeal_task_id_key":  "UPDATE row_appeal SET task_id = (SELECT o.task_id FROM row_appeal o WHERE o.case_id <> row_appeal.case_id)" + first,
		"row_appeal.frozen":                  "UPDATE row_appeal SET answer = 'y'" + frozen,

		"unit_input.unit_input_kind_check":   "SET kind = 'weather'",
		"unit_input.unit_input_value_check":  "SET value = -1",
		"unit_input.unit_input_source_check": "SET source = ''",
		"unit_input.frozen":                  "UPDATE unit_input SET value = 2" + frozen,

		"assessment_sheet.assessment_sheet_pkey":       "INSERT INTO assessment_sheet SELECT * FROM assessment_sheet WHERE kind = 'result'",
		"assessment_sheet.assessment_frozen_once":      "INSERT INTO assessment_sheet SELECT case_id, kind, 2, hash, body, act, made_at FROM assessment_sheet WHERE kind = 'frozen'",
		"assessment_sheet.assessment_sheet_kind_check": "UPDATE assessment_sheet SET kind = 'draft' WHERE kind = 'result'",
		"assessment_sheet.assessment_sheet_hash_check": "SET hash = 'x'",

		"commendation_project.commendation_cycle":     "SET cycle = 0",
		"advanced_area.advanced_area_pkey":            "INSERT INTO advanced_area SELECT case_id, unit, 3, most, project, act FROM advanced_area LIMIT 1",
		"advanced_area.advanced_area_case_id_seq_key": "UPDATE advanced_area SET seq = 2 WHERE seq = 1",
		"advanced_area.advanced_area_within":          "UPDATE advanced_area SET seq = most + 1 WHERE seq = 1",
	})
	implied["assessment_row.assessment_row_case_id_key_points_key"] = "assessment_row_pkey"
}
