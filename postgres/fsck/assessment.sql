-- The checks of the assessment of the districts: what was frozen stays, what was published is on the trail, who was named was proposed.

--: P10 assessment_on_trail: The hash of every sheet of an assessment stands on the audit trail, in the line of the act that made it.
SELECT 'sheet ' || s.case_id || ' ' || s.kind || ' ' || s.round, jsonb_build_object('hash', s.hash, 'act', s.act)
FROM assessment_sheet s
WHERE NOT EXISTS (SELECT FROM event e WHERE e.act = s.act AND e.result = 'done' AND e.detail::jsonb ->> 'sha256' = s.hash);

--: P10 assessment_as_frozen: The marks of a frozen sheet are the scores on record, with the appeals that changed them.
WITH mark AS (
    SELECT s.case_id, u ->> 'key' AS unit, m ->> 'indicator' AS row_key, CASE WHEN (m ->> 'not_applicable')::boolean THEN NULL ELSE coalesce((m ->> 'score')::bigint, 0) END AS points
    FROM assessment_sheet s, jsonb_array_elements(s.body::jsonb -> 'units') u, jsonb_array_elements(u -> 'marks') m
    WHERE s.kind = 'frozen'
), score AS (
    SELECT r.case_id, r.unit, r.row_key, coalesce(a.points, r.points) AS points
    FROM row_score r
    LEFT JOIN row_appeal a ON a.case_id = r.case_id AND a.row_key = r.row_key AND a.unit = r.unit
    WHERE r.kind = 'lead'
)
SELECT 'row ' || m.case_id || ' ' || m.row_key || ' ' || m.unit, jsonb_build_object('frozen', m.points, 'on_record', s.points)
FROM mark m
LEFT JOIN score s USING (case_id, unit, row_key)
WHERE m.points IS DISTINCT FROM s.points;

--: P10 areas_as_proposed: Every named area is one that the last published sheet of its year proposes.
SELECT 'area ' || a.case_id || ' ' || a.unit, jsonb_build_object('seq', a.seq, 'most', a.most)
FROM advanced_area a
WHERE NOT EXISTS (
    SELECT
    FROM (SELECT body::jsonb AS body FROM assessment_sheet WHERE case_id = a.case_id AND kind = 'result' ORDER BY round DESC LIMIT 1) s,
         jsonb_array_elements(s.body -> 'places') p
    WHERE p ->> 'key' = a.unit AND p ->> 'outcome' = 'proposed');
