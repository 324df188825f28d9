-- The checks of cases and decisions. Each begins with its promise, its name and the sentence that must hold; it selects what
-- breaks the sentence: the row and the figures. The settings lizheng.* carry what the procedures define.

--: P1 decision_answered: Every decision has exactly one stored answer, accepted, under its own actor.
SELECT 'decision ' || d.id AS row, jsonb_build_object('case', d.case_id, 'kind', d.kind, 'actor', d.actor, 'answers', count(a.act),
       'accepted', count(a.act) FILTER (WHERE a.accepted), 'answered_to', min(a.actor)) AS figures
FROM decision d
LEFT JOIN answer a ON a.act = d.id
GROUP BY d.id
HAVING count(a.act) <> 1 OR NOT bool_and(a.accepted) OR bool_or(a.actor <> d.actor);

--: P1 receipt_true: Every receipt that was given tells of a decision as it was taken.
SELECT 'answer ' || a.actor || ' ' || a.key, jsonb_build_object('act', a.act, 'receipt', a.body -> 'receipt', 'case', d.case_id, 'version', d.version, 'state', d.state_to)
FROM answer a
LEFT JOIN decision d ON d.id = a.act
WHERE a.accepted AND a.body -> 'receipt' IS NOT NULL
  AND (d.id IS NULL
    OR a.body -> 'receipt' ->> 'act' IS DISTINCT FROM d.id::text
    OR a.body -> 'receipt' ->> 'case' IS DISTINCT FROM d.case_id::text
    OR a.body -> 'receipt' ->> 'version' IS DISTINCT FROM d.version::text
    OR a.body -> 'receipt' ->> 'state' IS DISTINCT FROM d.state_to);

--: P1 answer_on_trail: Every accepted answer has exactly one line "done" on the audit trail; every refused one has one line "refused", and changed nothing.
WITH line AS (
    SELECT act, count(*) FILTER (WHERE result = 'done') AS done, count(*) FILTER (WHERE result = 'refused') AS refused
    FROM event
    WHERE act IS NOT NULL
    GROUP BY act
)
SELECT 'answer ' || a.actor || ' ' || a.key, jsonb_build_object('act', a.act, 'accepted', a.accepted, 'done', coalesce(l.done, 0), 'refused', coalesce(l.refused, 0))
FROM answer a
LEFT JOIN line l ON l.act = a.act
WHERE (coalesce(l.done, 0), coalesce(l.refused, 0)) <> (a.accepted::integer, (NOT a.accepted)::integer);

--: P1 refused_changed_nothing: No refused act left a decision.
SELECT 'decision ' || d.id, jsonb_build_object('case', d.case_id, 'actor', a.actor, 'key', a.key)
FROM answer a
JOIN decision d ON d.id = a.act
WHERE NOT a.accepted;

--: P1 trail_true: Every line "done" of an act on a case tells of a decision as it was taken.
SELECT 'event ' || e.chain || '/' || e.seq, jsonb_build_object('act', e.act, 'case', e.case_id, 'kind', e.kind, 'actor', e.actor, 'from', e.state_from, 'to', e.state_to,
       'decision', CASE WHEN d.id IS NULL THEN NULL ELSE jsonb_build_object('case', d.case_id, 'kind', d.kind, 'actor', d.actor, 'from', d.state_from, 'to', d.state_to, 'at', d.decided_at) END)
FROM event e
LEFT JOIN decision d ON d.id = e.act
WHERE e.result = 'done' AND e.case_id IS NOT NULL AND e.act IS NOT NULL AND position('.' IN e.kind) = 0
  AND (d.id IS NULL
    OR (e.case_id, e.kind, e.actor, e.principal, e.state_from, e.state_to, e.at_us)
       IS DISTINCT FROM (d.case_id, d.kind, d.actor, d.principal, d.state_from, d.state_to, (extract(epoch FROM d.decided_at) * 1000000)::bigint));

--: P2 key_makes_act: Actor and key make the act, so that one key never stands for two questions.
WITH made AS (
    SELECT a.actor, a.key, a.act, k.kind,
           sha256(convert_to(k.kind, 'UTF8') || '\x00' || convert_to(a.actor, 'UTF8') || '\x00' || convert_to(a.key, 'UTF8')) AS hash
    FROM answer a
    CROSS JOIN (VALUES ('act'), ('deed')) AS k (kind)
), expected AS (
    SELECT actor, key, act,
           encode(substring(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128), 8, get_byte(hash, 8) & 63 | 128) FOR 16), 'hex')::uuid AS id
    FROM made
)
SELECT 'answer ' || actor || ' ' || key, jsonb_build_object('act', act)
FROM expected
GROUP BY actor, key, act
HAVING NOT bool_or(act = id);

--: P3 task_answered_once: A task that is done was answered by exactly one decision, which is the one that ended it; any other by none.
SELECT 'task ' || t.id, jsonb_build_object('case', t.case_id, 'step', t.step, 'state', t.state, 'ended_by', t.ended_by, 'outcome', t.outcome, 'decisions', count(d.id))
FROM task t
LEFT JOIN decision d ON d.task_id = t.id AND d.kind IN ('decide', 'correct')
GROUP BY t.id
HAVING count(d.id) <> (t.state = 'done')::integer
    OR t.state = 'done' AND (bool_or(d.id <> t.ended_by) OR bool_or(d.case_id <> t.case_id) OR bool_or(d.kind = 'decide' AND d.outcome <> t.outcome)
       OR bool_or(d.actor <> t.answered_by));

--: P3 task_acts_known: What opened or ended a task is a decision on its case.
SELECT 'task ' || t.id, jsonb_build_object('case', t.case_id, 'step', t.step, 'opened_by', t.opened_by, 'ended_by', t.ended_by)
FROM task t
LEFT JOIN decision o ON o.id = t.opened_by AND o.case_id = t.case_id
LEFT JOIN decision e ON e.id = t.ended_by AND e.case_id = t.case_id
WHERE o.id IS NULL OR t.ended_by IS NOT NULL AND e.id IS NULL;

--: P3 closed_case_asks_nobody: No task of a closed case or of a draft is open.
SELECT 'task ' || t.id, jsonb_build_object('case', c.id, 'state', c.state, 'closed_at', c.closed_at, 'step', t.step)
FROM task t
JOIN cases c ON c.id = t.case_id
WHERE t.state = 'open' AND (c.closed_at IS NOT NULL OR c.state IN ('draft', 'archived'));

--: P3 state_known: Every case is in a state that its procedure defines, and its tasks are steps that it defines.
WITH state AS (
    SELECT procedure, name FROM jsonb_to_recordset(current_setting('lizheng.states')::jsonb) AS s (procedure text, name text)
), step AS (
    SELECT procedure, name FROM jsonb_to_recordset(current_setting('lizheng.steps')::jsonb) AS s (procedure text, name text)
)
SELECT 'case ' || c.id, jsonb_build_object('procedure', c.procedure, 'state', c.state)
FROM cases c
LEFT JOIN state s ON s.procedure = c.procedure AND s.name = c.state
WHERE s.name IS NULL
UNION ALL
SELECT 'task ' || t.id, jsonb_build_object('case', c.id, 'procedure', c.procedure, 'step', t.step)
FROM task t
JOIN cases c ON c.id = t.case_id
LEFT JOIN step s ON s.procedure = c.procedure AND s.name = t.step
WHERE s.name IS NULL;

--: P3 move_allowed: Every decision moved its case as the procedure allows.
WITH move AS (
    SELECT procedure, from_state, to_state
    FROM jsonb_to_recordset(current_setting('lizheng.moves')::jsonb) AS m (procedure text, from_state text, to_state text)
)
SELECT 'decision ' || d.id, jsonb_build_object('case', d.case_id, 'kind', d.kind, 'from', d.state_from, 'to', d.state_to)
FROM decision d
JOIN cases c ON c.id = d.case_id
LEFT JOIN move m ON m.procedure = c.procedure AND m.from_state = d.state_from AND m.to_state = d.state_to
WHERE d.state_from <> d.state_to AND m.procedure IS NULL;

--: P3 history_unbroken: A case's decisions follow each other without a gap, from its draft to where it stands.
WITH step AS (
    SELECT case_id, id, kind, version, state_from, state_to, lag(version) OVER w AS before, lag(state_to) OVER w AS stood
    FROM decision
    WINDOW w AS (PARTITION BY case_id ORDER BY version)
), last AS (
    SELECT DISTINCT ON (case_id) case_id, version, state_to
    FROM decision
    ORDER BY case_id, version DESC
)
SELECT 'decision ' || id, jsonb_build_object('case', case_id, 'kind', kind, 'version', version, 'from', state_from, 'before', before, 'stood', stood)
FROM step
WHERE before IS NULL AND (state_from <> 'draft' OR kind <> 'submit')
   OR before IS NOT NULL AND (version <> before + 1 OR state_from <> stood)
UNION ALL
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'version', c.version, 'last_state', l.state_to, 'last_version', l.version)
FROM cases c
LEFT JOIN last l ON l.case_id = c.id
WHERE l.case_id IS NULL AND c.state <> 'draft' OR (l.version, l.state_to) <> (c.version, c.state);

--: P4 decided_under_a_grant: Every decision of a person rests on a grant of that person, or of whom they stood in for, that was in force at that instant.
SELECT 'decision ' || d.id, jsonb_build_object('case', d.case_id, 'actor', d.actor, 'principal', d.principal, 'at', d.decided_at, 'grant', d.grant_id,
       'holder', g.person, 'from', g.valid_from, 'until', g.valid_until, 'revoked_at', g.revoked_at)
FROM decision d
LEFT JOIN role_grant g ON g.id = d.grant_id
WHERE d.actor NOT IN ('system', 'public')
  AND (g.id IS NULL
    OR g.person NOT IN (d.actor, d.principal)
    OR g.confirmed_by IS NULL
    OR d.decided_at < g.valid_from
    OR d.decided_at >= coalesce(g.valid_until, 'infinity')
    OR d.decided_at > coalesce(g.revoked_at, 'infinity'));

--: P5 duties_separate: Nobody answered on their own request, nor two steps of a case that exclude each other.
WITH apart AS (
    SELECT procedure, first, second FROM jsonb_to_recordset(current_setting('lizheng.separate')::jsonb) AS s (procedure text, first text, second text)
), voice AS (
    SELECT t.case_id, t.id, t.step, p.person, c.procedure, c.applicant
    FROM task t
    JOIN cases c ON c.id = t.case_id
    CROSS JOIN LATERAL (VALUES (t.answered_by), (t.principal)) AS p (person)
    WHERE t.state = 'done' AND p.person <> ''
)
SELECT 'task ' || v.id, jsonb_build_object('case', v.case_id, 'step', v.step, 'person', v.person, 'also', w.step)
FROM voice v
JOIN voice w ON w.case_id = v.case_id AND w.person = v.person
JOIN apart a ON a.procedure = v.procedure AND a.first = v.step AND a.second = w.step
UNION ALL
SELECT 'task ' || v.id, jsonb_build_object('case', v.case_id, 'step', v.step, 'person', v.person, 'also', 'applicant')
FROM voice v
JOIN jsonb_to_recordset(current_setting('lizheng.steps')::jsonb) AS s (procedure text, name text, own boolean) ON s.procedure = v.procedure AND s.name = v.step
WHERE v.person = v.applicant AND NOT s.own;

--: P12 somebody_is_asked: Every open case waits for somebody, for an instant, or for the open case that it is a part of.
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'version', c.version)
FROM cases c
WHERE c.state NOT IN ('draft', 'archived', 'blocked') AND c.acts_at IS NULL -- a blocked one waits for its applicant's appeal
  AND NOT EXISTS (SELECT FROM task t WHERE t.case_id = c.id AND t.state = 'open')
  AND NOT (c.state IN ('recommended', 'qualified', 'ranked') AND EXISTS (SELECT FROM cases y WHERE y.id = c.parent AND y.closed_at IS NULL));

--: P12 nothing_is_late: What the system does by itself is done soon after its instant.
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'acts_at', c.acts_at, 'now', city_now())
FROM cases c
WHERE c.state NOT IN ('draft', 'archived') AND c.paused_at IS NULL
  AND c.acts_at < city_now() - current_setting('lizheng.late')::interval
  AND current_setting('lizheng.automatic')::jsonb ? (c.procedure || '/' || c.state) -- a notice's end is kept while an objection is open
UNION ALL
SELECT 'task ' || t.id, jsonb_build_object('case', t.case_id, 'step', t.step, 'remind_at', t.remind_at, 'now', city_now())
FROM task t
JOIN cases c ON c.id = t.case_id
WHERE t.state = 'open' AND c.paused_at IS NULL
  AND t.remind_at < city_now() - current_setting('lizheng.late')::interval;

--: P13 nothing_ends_early: Nothing lapsed or expired before its instant.
SELECT 'decision ' || d.id, jsonb_build_object('case', d.case_id, 'kind', d.kind, 'at', d.decided_at, 'due_at', t.due_at)
FROM decision d
JOIN task t ON t.ended_by = d.id AND t.step = 'correct'
WHERE d.kind = 'lapse' AND d.decided_at < t.due_at
UNION ALL
SELECT 'decision ' || d.id, jsonb_build_object('case', d.case_id, 'kind', d.kind, 'at', d.decided_at, 'until', upper(e.valid))
FROM decision d
JOIN entry e ON e.case_id = d.case_id AND e.list = 'admitted'
WHERE d.kind = 'expire' AND d.decided_at < upper(e.valid);

--: P17 time_goes_forward: The decisions of a case, and their lines on the audit trail, are each later than the one before; none is in the future.
WITH moment AS (
    SELECT id, case_id, version, decided_at, lag(decided_at) OVER (PARTITION BY case_id ORDER BY version) AS before
    FROM decision
), line AS (
    SELECT chain, seq, case_id, at_us, lag(at_us) OVER (PARTITION BY case_id ORDER BY seq) AS before
    FROM event
    WHERE result = 'done' AND case_id IS NOT NULL AND act IS NOT NULL AND position('.' IN kind) = 0
)
SELECT 'decision ' || id, jsonb_build_object('case', case_id, 'version', version, 'at', decided_at, 'before', before, 'now', city_now())
FROM moment
WHERE decided_at <= before OR decided_at > city_now() + interval '1 minute'
UNION ALL
SELECT 'event ' || chain || '/' || seq, jsonb_build_object('case', case_id, 'at_us', at_us, 'before', before)
FROM line
WHERE at_us <= before
UNION ALL
SELECT 'case ' || c.id, jsonb_build_object('updated_at', c.updated_at, 'decided_at', max(d.decided_at))
FROM cases c
JOIN decision d ON d.case_id = c.id
GROUP BY c.id
HAVING c.updated_at < max(d.decided_at);
