-- The checks of the yearly appraisal: titles within their quota, rankings that stand in the audit chain, scores as they were frozen.

--: P10 titles_within_quota: The counter of a year's titles is the number of titles that are held, and never above the quota.
SELECT 'year ' || q.year, jsonb_build_object('quota', q.quota, 'taken', q.taken, 'held', count(n.nomination))
FROM title_quota q
LEFT JOIN naming n ON n.year = q.year AND n.revoked_at IS NULL
GROUP BY q.year, q.quota, q.taken
HAVING q.taken <> count(n.nomination) OR q.taken > q.quota;

--: P10 titles_decided: Every title was given by a decision of its year or of its own nomination, and revoked by one of its own.
SELECT 'title ' || n.plaque, jsonb_build_object('nomination', n.nomination, 'act', n.act, 'decided_on', d.case_id, 'revoked_by', n.revoked_act)
FROM naming n
LEFT JOIN cases c ON c.id = n.nomination
LEFT JOIN decision d ON d.id = n.act
LEFT JOIN decision r ON r.id = n.revoked_act
WHERE d.id IS NULL OR d.case_id NOT IN (c.id, c.parent) OR n.revoked_at IS NOT NULL AND r.case_id IS DISTINCT FROM n.nomination;

--: P10 ranking_on_trail: Every published selection's hash stands in the audit line of the act that published it.
SELECT 'sheet ' || s.year_case || ' ' || s.ord, jsonb_build_object('hash', s.hash, 'act', s.act, 'sealed', e.detail)
FROM appraisal_sheet s
LEFT JOIN event e ON e.act = s.act AND e.result = 'done'
WHERE e.act IS NULL OR e.detail::jsonb ->> 'sheet' IS DISTINCT FROM s.hash;

--: P10 scores_as_frozen: Every frozen nominee has the scores that the first published ranking shows.
SELECT 'nominee ' || n.nomination, jsonb_build_object('community', n.community, 'base', n.base, 'bonus', n.bonus, 'penalty', n.penalty, 'published', c.value)
FROM nominee n
LEFT JOIN appraisal_sheet s ON s.year_case = n.year_case AND s.ord = 1
LEFT JOIN LATERAL (SELECT value FROM jsonb_array_elements(s.body::jsonb -> 'candidates') WHERE value ->> 'key' = n.community) c ON true
WHERE n.frozen AND (c.value IS NULL OR ((c.value ->> 'base')::bigint, (c.value ->> 'bonus')::bigint, (c.value ->> 'penalty')::bigint) <> (n.base, n.bonus, n.penalty));
