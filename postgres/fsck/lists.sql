-- The checks of the published lists: what stands on them came in by a decision, once, and is not on the negative list.

--: P8 entry_decided: What a case put on a list was decided on it, and an admission stands only while its case does.
SELECT 'entry ' || e.id, jsonb_build_object('list', e.list, 'name', e.name, 'case', e.case_id, 'state', c.state, 'act', e.act, 'decided_on', d.case_id, 'valid', e.valid)
FROM entry e
JOIN cases c ON c.id = e.case_id
LEFT JOIN decision d ON d.id = e.act
WHERE d.id IS NULL OR d.case_id <> e.case_id
   OR e.list = 'admitted' AND c.state NOT IN ('in_force', 'suspended') AND coalesce(upper(e.valid), 'infinity') > city_now();

--: P8 entry_adds_up: The money of an entry is what its communities get.
SELECT 'entry ' || e.id, jsonb_build_object('name', e.name, 'case', e.case_id, 'amount_fen', e.amount, 'communities', count(r.region), 'communities_fen', coalesce(sum(r.amount), 0))
FROM entry e
LEFT JOIN entry_region r ON r.entry_id = e.id
WHERE e.list = 'admitted' AND e.case_id IS NOT NULL AND e.parent IS NULL
GROUP BY e.id
HAVING count(r.region) = 0 OR coalesce(sum(r.amount), 0) <> e.amount;

--: P9 admitted_once: The same thing is not on the catalogue, nor on the negative list, twice at the same time.
SELECT 'entry ' || a.id, jsonb_build_object('list', a.list, 'name', a.name, 'valid', a.valid, 'other', b.id, 'other_valid', b.valid)
FROM entry a
JOIN entry b ON b.list = a.list AND b.normal = a.normal AND b.id > a.id AND b.valid && a.valid
WHERE a.list IN ('admitted', 'negative');

--: P9 nothing_blocked_is_admitted: Nothing that the negative list holds is in the catalogue, unless an appeal was upheld.
SELECT 'entry ' || a.id, jsonb_build_object('name', a.name, 'case', a.case_id, 'valid', a.valid, 'negative', n.id, 'negative_valid', n.valid)
FROM entry a
JOIN entry n ON n.list = 'negative' AND n.normal = a.normal AND n.valid && a.valid
WHERE a.list = 'admitted' AND a.valid @> city_now() AND n.valid @> city_now()
  AND NOT EXISTS (SELECT FROM task t WHERE t.case_id = a.case_id AND t.step = 'appeal' AND t.state = 'done' AND t.outcome = 'clear');

--: P9 child_follows_parent: What came with an item is in force only while the item is.
SELECT 'entry ' || c.id, jsonb_build_object('name', c.name, 'valid', c.valid, 'parent', p.id, 'parent_valid', p.valid)
FROM entry c
JOIN entry p ON p.id = c.parent
WHERE c.list = 'admitted' AND NOT c.valid <@ p.valid;
