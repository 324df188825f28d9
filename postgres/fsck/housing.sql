-- The checks of housing projects: gates in their order, areas that agree, orders that end, shortfalls that are made good, rooms that were handed over.

--: P3 gates_in_order: Every gate of a project was passed by an act of its own, at its time, and no permit before civil affairs had countersigned.
WITH gates AS (
    SELECT c.id, g.gate ->> 'gate' AS gate, (g.gate ->> 'at')::timestamptz AS at, (g.gate ->> 'act')::uuid AS act,
           array_position('{registered,conditions,contract,design,planning_permit,construction_permit,built,survey,planning_check,acceptance,verified,handover,title,use}'::text[],
               g.gate ->> 'gate') AS place
    FROM cases c
    JOIN form f ON f.case_id = c.id
    CROSS JOIN LATERAL jsonb_array_elements(f.form -> 'gates') AS g (gate)
    WHERE c.procedure = 'housing'
)
SELECT 'case ' || g.id, jsonb_build_object('gate', g.gate, 'at', g.at, 'act', g.act, 'decided_at', d.decided_at)
FROM gates g
LEFT JOIN decision d ON d.id = g.act AND d.case_id = g.id
WHERE d.decided_at IS DISTINCT FROM g.at OR g.place IS NULL
   OR (SELECT count(DISTINCT e.gate) FROM gates e WHERE e.id = g.id AND e.place < g.place AND e.at < g.at) <> g.place - 1
   OR g.gate = 'conditions' AND NOT EXISTS (SELECT FROM task t WHERE t.id = d.task_id AND t.step = 'countersign' AND t.role = 'civil_affairs_officer' AND d.outcome = 'agree');

--: P14 areas_as_recorded: Each of the six areas of a project is the last that was recorded of it, by an act of the project.
SELECT 'case ' || c.id, jsonb_build_object('stage', s.stage, 'matter', f.form -> 'areas' ->> s.stage, 'recorded', r.area / 100.0, 'act', r.act)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN unnest('{required,designed,permitted,measured,handed_over,registered}'::text[]) AS s (stage)
LEFT JOIN LATERAL (SELECT a.area, a.act, a.at FROM housing_area a WHERE a.case_id = c.id AND a.stage = s.stage ORDER BY a.at DESC, a.ord DESC LIMIT 1) r ON true
LEFT JOIN decision d ON d.id = r.act
WHERE c.procedure = 'housing'
  AND ((f.form -> 'areas' ->> s.stage)::numeric * 100 IS DISTINCT FROM r.area OR r.act IS NOT NULL AND (d.case_id, d.decided_at) IS DISTINCT FROM (c.id, r.at));

--: P14 areas_agree: No plan is below the requirement, handed over is what was measured and made good, and registered is that, or on record as another.
SELECT 'case ' || c.id, jsonb_build_object('areas', a.areas, 'conditions', f.form -> 'conditions' ->> 'area', 'made_good', m.area / 100)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (SELECT f.form -> 'areas' AS areas) a
CROSS JOIN LATERAL (SELECT (areas ->> 'required')::numeric AS required, (areas ->> 'handed_over')::numeric AS handed) n
CROSS JOIN LATERAL (SELECT coalesce(sum(h.area), 0)::numeric AS area FROM housing_measure h WHERE h.case_id = c.id AND h.remedy <> 'pay') m
WHERE c.procedure = 'housing'
  AND (least((f.form -> 'conditions' ->> 'area')::numeric, (areas ->> 'designed')::numeric, (areas ->> 'permitted')::numeric) < n.required
    OR (areas ->> 'permitted')::numeric <> (areas ->> 'designed')::numeric
    OR n.handed <> (areas ->> 'measured')::numeric + m.area / 100
    OR (areas ->> 'registered')::numeric <> n.handed AND NOT f.form -> 'deviations' @>
       jsonb_build_array(jsonb_build_object('stage', 'registered', 'from', areas ->> 'handed_over', 'to', areas ->> 'registered')));

--: P13 orders_end: Every order has its number and its term, and ended, but not before its term when nobody had answered; or its project is in rectification.
SELECT 'order ' || o.act, jsonb_build_object('case', o.case_id, 'state', c.state, 'acts_at', c.acts_at, 'due_at', t.due_at, 'ended', e.event, 'at', e.at, 'number', n.number)
FROM housing_order o
JOIN cases c ON c.id = o.case_id
CROSS JOIN LATERAL (SELECT greatest(o.due_at, max(x.due_at)) AS due_at FROM housing_order_event x WHERE x.order_id = o.act) t
LEFT JOIN housing_order_event e ON e.order_id = o.act AND e.event <> 'extended'
LEFT JOIN decision d ON d.id = coalesce(e.act, o.act) AND d.case_id = o.case_id
LEFT JOIN document n ON (n.mark, n.year, n.number) = (o.mark, o.doc_year, o.doc_number) AND n.act = o.act
WHERE d.id IS NULL OR n.act IS NULL OR d.decided_at <> coalesce(e.at, o.issued_at)
   OR CASE WHEN e.act IS NULL THEN c.state <> 'rectification' OR c.paused_at IS NULL AND (c.acts_at IS NULL OR c.acts_at < t.due_at)
           ELSE e.event = 'transferred' AND e.at < t.due_at END;

--: P14 orders_as_recorded: The orders of a project are those on record, with their terms and their ends; one that is open keeps it in rectification.
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'matter', m.orders, 'recorded', r.orders)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(o.x ->> 'act', o.x -> 'round', o.x ->> 'number', (o.x ->> 'issued_at')::timestamptz, (o.x ->> 'due_at')::timestamptz, o.x -> 'extended',
               CASE o.x ->> 'state' WHEN 'open' THEN NULL WHEN 'answered' THEN o.x ->> 'answer' ELSE o.x ->> 'state' END, (o.x ->> 'closed_at')::timestamptz) ORDER BY o.n) AS orders,
           count(*) FILTER (WHERE o.x ->> 'state' = 'open') AS open
    FROM jsonb_array_elements(f.form -> 'orders') WITH ORDINALITY AS o (x, n)) m
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(o.act::text, o.round, o.mark || '〔' || o.doc_year || '〕' || o.doc_number || '号', o.issued_at, greatest(o.due_at, t.due_at), t.extended,
               e.event, e.at) ORDER BY o.issued_at) AS orders
    FROM housing_order o
    CROSS JOIN LATERAL (SELECT max(x.due_at) AS due_at, count(x.due_at) AS extended FROM housing_order_event x WHERE x.order_id = o.act) t
    LEFT JOIN housing_order_event e ON e.order_id = o.act AND e.event <> 'extended'
    WHERE o.case_id = c.id) r
WHERE c.procedure = 'housing' AND (m.orders IS DISTINCT FROM r.orders OR m.open <> CASE c.state WHEN 'rectification' THEN 1 ELSE 0 END);

--: P7 shortfall_booked: What was made good of a shortfall is on record measure by measure, and what was booked of a payment is the sum of its vouchers.
SELECT 'case ' || c.id, jsonb_build_object('matter', m.measures, 'recorded', r.measures)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(x ->> 'id', x ->> 'remedy', (x ->> 'area')::numeric * 100, coalesce((x #>> '{price,construction}')::bigint, 0),
               coalesce((x #>> '{price,land}')::bigint, 0), coalesce((x ->> 'booked')::bigint, 0)) ORDER BY x ->> 'id') AS measures
    FROM (SELECT jsonb_array_elements(f.form #> '{settlement,measures}') UNION ALL
          SELECT f.form #> '{proposed,measure}' WHERE f.form #> '{proposed,measure,price}' IS NOT NULL) l (x)) m
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(h.id::text, h.remedy, h.area::numeric, h.construction_fen, h.land_fen, b.booked) ORDER BY h.id::text) AS measures, bool_or(b.booked > h.due_fen) AS overpaid
    FROM housing_measure h
    CROSS JOIN LATERAL (SELECT coalesce(sum(k.amount), 0)::bigint AS booked FROM housing_booking k WHERE k.measure = h.id) b
    WHERE h.case_id = c.id) r
WHERE c.procedure = 'housing' AND (m.measures IS DISTINCT FROM r.measures OR r.overpaid);

--: P3 changes_taken_over_once: What a project took over are its own approved changes of plan, each once, and none is left behind by a gate passed a minute after it.
SELECT 'case ' || c.id, jsonb_build_object('change', x.change, 'number', p.number, 'approved_at', g.form ->> 'approved_at', 'times', x.times, 'recorded', a.stages)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (
    SELECT l.change, count(l.taken) AS times, min(l.taken) AS at
    FROM (SELECT (y ->> 'case')::uuid, (y ->> 'at')::timestamptz FROM jsonb_array_elements(f.form -> 'changes') y
          UNION ALL SELECT k.id, NULL FROM cases k WHERE k.parent = c.id AND k.procedure = 'plan_change') l (change, taken)
    GROUP BY l.change) x
LEFT JOIN cases p ON p.id = x.change AND p.parent = c.id
LEFT JOIN form g ON g.case_id = p.id
CROSS JOIN LATERAL (SELECT count(*) AS stages, min(h.at) AS at FROM housing_area h WHERE h.change = x.change AND h.stage = 'required' AND h.case_id = c.id) a
CROSS JOIN LATERAL (SELECT max((y ->> 'at')::timestamptz) AS at FROM jsonb_array_elements(f.form -> 'gates') y) last
WHERE c.procedure = 'housing'
  AND (p.id IS NULL OR x.times > 1 OR a.stages <> x.times OR a.at IS DISTINCT FROM x.at
    OR x.times = 1 AND g.form ->> 'approved_at' IS NULL
    OR x.times = 0 AND (g.form ->> 'approved_at')::timestamptz + interval '1 minute' < last.at);

--: P14 inventory_as_signed: What a project says was handed over is, line by line, the inventory that all four have signed.
SELECT 'case ' || c.id, jsonb_build_object('matter', m.lines, 'signed', s.lines, 'signatures', jsonb_array_length(f.form #> '{handover,signed}'))
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(l.x ->> 'kind', l.x ->> 'name', coalesce(l.x ->> 'value', '')) ORDER BY l.n) AS lines
    FROM jsonb_array_elements(f.form #> '{handover,inventory}') WITH ORDINALITY AS l (x, n)) m
CROSS JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array(i.kind, i.name, i.value) ORDER BY i.ord) AS lines FROM housing_inventory i WHERE i.case_id = c.id) s
WHERE c.procedure = 'housing' AND f.form -> 'areas' ? 'handed_over'
  AND (m.lines IS DISTINCT FROM s.lines OR jsonb_array_length(f.form #> '{handover,signed}') IS DISTINCT FROM 4);

--: P14 rooms_as_handed_over: The rooms that a project opened came into the register as it says, and are not more than was handed over.
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'handed_over', f.form -> 'areas' -> 'handed_over', 'opened', m.rooms, 'entered', r.rooms)
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(x ->> 'id', x ->> 'name', (x ->> 'area')::numeric * 100) ORDER BY x ->> 'id') AS rooms
    FROM jsonb_array_elements(f.form -> 'rooms') x) m
CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(s.id::text, h.name, h.area::numeric) ORDER BY s.id::text) AS rooms, sum(h.area) AS area
    FROM stock_room s
    JOIN stock_change h ON h.room = s.id AND h.version = 1
    WHERE s.case_id = c.id) r
WHERE c.procedure = 'housing'
  AND (m.rooms IS DISTINCT FROM r.rooms OR r.area > (f.form -> 'areas' ->> 'handed_over')::numeric * 100 OR c.state IN ('in_use', 'replaced') AND r.rooms IS NULL);

--: P14 replaced_then_demolished: A replaced project has no room of its own left in the register, and the rooms of the register that took their place are no less.
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'left', o.rooms, 'matter', m.rooms, 'recorded', r.rooms, 'area', r.area / 100, 'handed_over', f.form -> 'areas' -> 'handed_over')
FROM cases c
JOIN form f ON f.case_id = c.id
CROSS JOIN LATERAL (SELECT jsonb_agg(s.name ORDER BY s.name) AS rooms FROM stock_room s WHERE s.case_id = c.id AND s.state <> 'demolished') o
CROSS JOIN LATERAL (SELECT jsonb_agg(x ORDER BY x) AS rooms FROM jsonb_array_elements_text(f.form #> '{replacement,rooms}') x) m
CROSS JOIN LATERAL (
    SELECT jsonb_agg(h.room::text ORDER BY h.room::text) AS rooms, sum(h.area) AS area, bool_and(d.decided_at = h.at AND v.area = h.area) AS as_seen
    FROM housing_replacement h
    LEFT JOIN decision d ON d.id = h.act AND d.case_id = c.id AND d.state_to = 'replaced'
    LEFT JOIN stock_change v ON v.room = h.room AND v.version = h.version
    WHERE h.case_id = c.id) r
WHERE c.procedure = 'housing'
  AND (c.state = 'replaced' AND NOT f.form ? 'replacement' OR f.form ? 'replacement' AND o.rooms IS NOT NULL
    OR m.rooms IS DISTINCT FROM r.rooms OR r.as_seen IS NOT TRUE AND r.rooms IS NOT NULL OR r.area < (f.form -> 'areas' ->> 'handed_over')::numeric * 100);
