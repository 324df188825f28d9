-- The checks of the ledger: balances are what the movements add up to, and money stands where its task stands.

--: P6 line_within_appropriation: No budget line is overdrawn.
SELECT 'budget line ' || id, jsonb_build_object('appropriated_fen', appropriated, 'reserved_fen', reserved, 'committed_fen', committed, 'disbursed_fen', disbursed, 'returned_fen', returned)
FROM budget_line
WHERE least(reserved, committed, disbursed, returned) < 0 OR returned > disbursed OR reserved + committed + disbursed - returned > appropriated;

--: P7 line_adds_up: The counters of every budget line are what its movements add up to.
WITH sum AS (
    SELECT m.line,
           coalesce(sum(m.amount) FILTER (WHERE m.kind = 'reserve'), 0) - coalesce(sum(m.amount) FILTER (WHERE p.kind = 'reserve'), 0) AS reserved,
           coalesce(sum(m.amount) FILTER (WHERE m.kind = 'commit'), 0) - coalesce(sum(m.amount) FILTER (WHERE p.kind = 'commit'), 0) AS committed,
           coalesce(sum(m.amount) FILTER (WHERE m.kind IN ('disburse', 'settle')), 0) AS disbursed,
           coalesce(sum(m.amount) FILTER (WHERE m.kind = 'reverse'), 0) AS returned
    FROM movement m
    LEFT JOIN movement p ON p.id = m.parent
    GROUP BY m.line
)
SELECT 'budget line ' || b.id, jsonb_build_object(
       'reserved_fen', b.reserved, 'committed_fen', b.committed, 'disbursed_fen', b.disbursed, 'returned_fen', b.returned,
       'moved', jsonb_build_object('reserved_fen', s.reserved, 'committed_fen', s.committed, 'disbursed_fen', s.disbursed, 'returned_fen', s.returned))
FROM budget_line b
LEFT JOIN sum s ON s.line = b.id
WHERE (b.reserved, b.committed, b.disbursed, b.returned) <> (coalesce(s.reserved, 0), coalesce(s.committed, 0), coalesce(s.disbursed, 0), coalesce(s.returned, 0));

--: P7 movement_resolved_once: What movements took of an earlier one is what that one says, and never more than it was.
SELECT 'movement ' || p.id, jsonb_build_object('case', p.case_id, 'line', p.line, 'kind', p.kind, 'amount_fen', p.amount, 'resolved_fen', p.resolved, 'children_fen', coalesce(sum(m.amount), 0))
FROM movement p
LEFT JOIN movement m ON m.parent = p.id
GROUP BY p.id
HAVING coalesce(sum(m.amount), 0) <> p.resolved OR p.resolved > p.amount;

--: P7 movement_in_order: Money is reserved, then committed or released, then disbursed, settled or released: on one line, for one case.
SELECT 'movement ' || m.id, jsonb_build_object('case', m.case_id, 'line', m.line, 'kind', m.kind, 'amount_fen', m.amount,
       'parent', p.id, 'parent_kind', p.kind, 'parent_line', p.line, 'parent_case', p.case_id)
FROM movement m
LEFT JOIN movement p ON p.id = m.parent
WHERE m.kind = 'reserve' AND m.parent IS NOT NULL
   OR m.kind <> 'reserve' AND (p.id IS NULL OR p.line <> m.line OR p.case_id <> m.case_id OR (m.kind, p.kind) NOT IN
      (('commit', 'reserve'), ('release', 'reserve'), ('release', 'commit'), ('disburse', 'commit'), ('settle', 'commit'), ('reverse', 'disburse')));

--: P8 movement_decided: Every movement was decided on its own case, at the instant it was made.
SELECT 'movement ' || m.id, jsonb_build_object('case', m.case_id, 'act', m.act, 'at', m.at, 'decided_at', d.decided_at, 'decided_on', d.case_id)
FROM movement m
LEFT JOIN decision d ON d.id = m.act
WHERE d.id IS NULL OR d.case_id <> m.case_id OR d.decided_at <> m.at;

--: P8 entry_has_its_money: Every admission in force is covered to the fen by what is committed or paid, or is recorded as costing nothing.
WITH held AS (
    SELECT case_id, coalesce(sum(amount - resolved) FILTER (WHERE kind = 'commit'), 0) + coalesce(sum(amount) FILTER (WHERE kind IN ('disburse', 'settle')), 0) AS fen
    FROM movement
    GROUP BY case_id
), ruled AS (
    SELECT DISTINCT ON (case_id) case_id, body
    FROM ruling
    ORDER BY case_id, ord DESC
)
SELECT 'entry ' || e.id, jsonb_build_object('case', e.case_id, 'name', e.name, 'amount_fen', e.amount, 'zero_cost', e.zero_cost, 'held_fen', coalesce(h.fen, 0))
FROM entry e
LEFT JOIN held h ON h.case_id = e.case_id
LEFT JOIN ruled r ON r.case_id = e.case_id
WHERE e.list = 'admitted' AND e.case_id IS NOT NULL AND e.parent IS NULL AND coalesce(upper(e.valid), 'infinity') > city_now()
  AND CASE WHEN e.zero_cost THEN e.amount <> 0 OR (r.body ->> 'zero_cost')::boolean IS NOT TRUE
           ELSE e.amount = 0 OR coalesce(h.fen, 0) < e.amount END;

--: P8 commitment_has_its_entry: Money stays committed only for a case that is in force or suspended and has its entry.
SELECT 'movement ' || m.id, jsonb_build_object('case', m.case_id, 'state', c.state, 'line', m.line, 'committed_fen', m.amount - m.resolved)
FROM movement m
JOIN cases c ON c.id = m.case_id
WHERE m.kind = 'commit' AND m.amount > m.resolved
  AND (c.state NOT IN ('in_force', 'suspended')
    OR NOT EXISTS (SELECT FROM entry e WHERE e.case_id = m.case_id AND e.list = 'admitted' AND e.parent IS NULL));

--: P8 reservation_waits: Money stays reserved only for a case that is still to be decided or issued.
SELECT 'movement ' || m.id, jsonb_build_object('case', m.case_id, 'state', c.state, 'line', m.line, 'reserved_fen', m.amount - m.resolved)
FROM movement m
JOIN cases c ON c.id = m.case_id
WHERE m.kind = 'reserve' AND m.amount > m.resolved
  AND (c.closed_at IS NOT NULL OR c.state IN ('draft', 'in_force', 'suspended', 'archived'));
