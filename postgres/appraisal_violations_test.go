package postgres_test

import "maps"

// What the guards of the yearly appraisal are there to refuse.
func init() {
	maps.Copy(violations, map[string]string{
		"standard.standard_unit_fkey":   "UPDATE standard SET unit = 'no-such'" + aStandard,
		"standard.standard_parent_fkey": "UPDATE standard SET parent = 'no-such'" + aStandard,
		"standard.standard_state":       "UPDATE standard SET state = 'lost'" + aStandard,
		"standard.guard":                "UPDATE standard SET body = '[]' WHERE state = 'filed'",

		"commendation_project.commendation_cycle": "SET cycle = 0",

		"nominee.nominee_pkey": `INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban)
			SELECT nomination, year_case, year, (SELECT max(key) FROM region WHERE key NOT IN (SELECT community FROM nominee)), 'x', 'x', 'x', true FROM nominee LIMIT 1`,
		"nominee.nominee_points":    "SET base = -1",
		"nominee.nominee_standing":  "SET standing = 'unknown'",
		"nominee.nominee_once":      "UPDATE nominee SET community = (SELECT max(community) FROM nominee)",
		"nominee.nominee_rank_once": "UPDATE nominee SET rank = 1",
		"nominee.guard":             "UPDATE nominee SET frozen = true; UPDATE nominee SET base = 1",

		"score_sheet.score_sheet_pkey": "INSERT INTO score_sheet (id, nomination, kind, assessor, unit) SELECT id, nomination, 'city', assessor, unit FROM score_sheet LIMIT 1",
		"score_sheet.score_sheet_once": "INSERT INTO score_sheet (id, nomination, kind, assessor, unit) SELECT gen_random_uuid(), nomination, kind, assessor, unit FROM score_sheet LIMIT 1",
		"score_sheet.score_sheet_kind": "SET kind = 'secret'",
		"score_sheet.guard":            "UPDATE score_sheet SET submitted_at = now(); UPDATE score_sheet SET marks = '[1]'",

		"appraisal_sheet.appraisal_sheet_year_case_fkey": "INSERT INTO appraisal_sheet SELECT '00000000-0000-8000-8000-000000000000', 9, kind, hash, body, act, at FROM appraisal_sheet LIMIT 1",
		"appraisal_sheet.keep":                           "UPDATE appraisal_sheet SET hash = 'x'",

		"title_quota.title_quota_year":      "INSERT INTO title_quota (year, quota) SELECT year, quota + 1 FROM title_quota",
		"title_quota.titles_never_exceeded": "SET taken = quota + 1",

		"naming.naming_pkey":         naming + "nomination, year, quota, seq + 1, community, 'another', document, act, named_at FROM naming n",
		"naming.naming_plaque":       naming + another + ", year, quota, seq + 1, community, plaque, document, act, named_at FROM naming n",
		"naming.naming_place":        naming + another + ", year, quota, seq, community, 'another', document, act, named_at FROM naming n",
		"naming.naming_within_quota": "SET seq = 6",
	})
	implied["title_quota.title_quota_pkey"] = "title_quota_year"
}

const (
	aStandard = " WHERE id = 'a-draft'"
	naming    = "INSERT INTO naming (nomination, year, quota, seq, community, plaque, document, act, named_at) SELECT "
	another   = "(SELECT id FROM cases WHERE id <> n.nomination AND number IS NOT NULL ORDER BY id LIMIT 1)"
)

// appraisalFullness puts a row into every table of the appraisal.
const appraisalFullness = `
	INSERT INTO standard (id, unit, state, body, saved_by, saved_at) SELECT 'a-' || s, key, s, '{}', 'x', now() FROM (SELECT key FROM unit LIMIT 1) u, unnest(ARRAY['draft', 'filed']) s;
	INSERT INTO commendation_project VALUES ('x', 'x', 'x', 1, 2026, 2026, 5, true);
	INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban, rank)
		SELECT c.id, (SELECT id FROM cases WHERE number IS NOT NULL ORDER BY id LIMIT 1), 2026, r.key, 'x', 'x', 'x', true, r.n
		FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases WHERE number IS NOT NULL) c
		JOIN (SELECT key, row_number() OVER (ORDER BY key) AS n FROM region) r ON r.n = c.n WHERE c.n <= 2;
	INSERT INTO score_sheet (id, nomination, kind, assessor, unit) SELECT gen_random_uuid(), id, 'panel', 'x', unit FROM cases WHERE number IS NOT NULL LIMIT 1;
	INSERT INTO appraisal_sheet SELECT id, 1, 'ranking', 'x', '{}', id, now() FROM cases WHERE number IS NOT NULL LIMIT 1;
	INSERT INTO title_quota VALUES (2026, 5, 1);
	INSERT INTO naming (nomination, year, quota, seq, community, plaque, document, act, named_at)
		SELECT id, 2026, 5, 1, (SELECT min(key) FROM region), 'x', '', id, now() FROM cases WHERE number IS NOT NULL LIMIT 1;`
