-- The checks of the audit trail: recomputed link by link with the text that is hashed when a line is written.

--: P14 chain_unaltered: Every line of the audit trail hashes to what it says, over the line before it.
WITH link AS (
    SELECT chain, seq, kind, act, prev, hash, lag(hash) OVER (PARTITION BY chain ORDER BY seq) AS before, lag(seq) OVER (PARTITION BY chain ORDER BY seq) AS earlier,
           sha256(prev || convert_to(concat_ws(E'\x1f', chain, seq, at_us, kind, result, code, actor, actor_name, principal, role, unit, unit_name,
               coalesce(case_id::text, ''), coalesce(task_id::text, ''), coalesce(act::text, ''), address, request, object, state_from, state_to, detail), 'UTF8')) AS computed
    FROM event
)
SELECT 'event ' || chain || '/' || seq, jsonb_build_object('kind', kind, 'act', act, 'hash', encode(hash, 'hex'), 'computed', encode(computed, 'hex'))
FROM link
WHERE hash <> computed OR earlier = seq - 1 AND prev <> before OR earlier IS NULL AND seq = 1 AND prev <> '';

--: P14 chain_unbroken: The lines of a chain are numbered from 1 without a gap, up to its head.
WITH link AS (
    SELECT chain, seq, lag(seq, 1, 0::bigint) OVER (PARTITION BY chain ORDER BY seq) AS before
    FROM event
), last AS (
    SELECT DISTINCT ON (chain) chain, seq, hash
    FROM event
    ORDER BY chain, seq DESC
)
SELECT 'event ' || chain || '/' || seq, jsonb_build_object('before', before)
FROM link
WHERE seq <> before + 1
UNION ALL
SELECT 'chain ' || c.id, jsonb_build_object('head', c.seq, 'last', coalesce(l.seq, 0), 'hash', encode(c.hash, 'hex'), 'last_hash', encode(l.hash, 'hex'))
FROM chain c
LEFT JOIN last l ON l.chain = c.id
WHERE c.seq <> coalesce(l.seq, 0) OR c.hash <> coalesce(l.hash, '')
UNION ALL
SELECT 'chain ' || l.chain, jsonb_build_object('last', l.seq)
FROM last l
WHERE NOT EXISTS (SELECT FROM chain c WHERE c.id = l.chain);

--: P14 line_in_its_chain: Every line stands in the chain of its case or object.
SELECT 'event ' || chain || '/' || seq, jsonb_build_object('case', case_id, 'object', object, 'chain', abs(hashtext(coalesce(case_id::text, object)) % 8))
FROM event
WHERE chain <> abs(hashtext(coalesce(case_id::text, object)) % 8);

--: P14 checkpoint_met: The trail holds what was signed.
SELECT 'checkpoint ' || c.chain || '/' || c.seq, jsonb_build_object('signed_at', c.at, 'hash', encode(c.hash, 'hex'), 'found', encode(e.hash, 'hex'))
FROM checkpoint c
LEFT JOIN event e ON e.chain = c.chain AND e.seq = c.seq
WHERE c.seq > 0 AND e.hash IS DISTINCT FROM c.hash OR c.seq = 0 AND c.hash <> '';

--: P20 messages_leave: Messages leave soon after their commit.
SELECT 'message ' || id, jsonb_build_object('kind', kind, 'case', case_id, 'at', at, 'now', clock_timestamp())
FROM outbox
WHERE sent_at IS NULL AND at < clock_timestamp() - current_setting('lizheng.late')::interval;

--: P20 notice_has_its_message: Every notice comes of one message, which has left, about a case that exists.
SELECT 'notice ' || n.person || ' ' || n.id, jsonb_build_object('kind', n.kind, 'case', n.case_id, 'message', o.id, 'sent_at', o.sent_at)
FROM notice n
LEFT JOIN outbox o ON o.id = n.id
WHERE o.sent_at IS NULL OR o.case_id IS DISTINCT FROM n.case_id
UNION ALL
SELECT 'message ' || o.id, jsonb_build_object('kind', o.kind, 'case', o.case_id)
FROM outbox o
LEFT JOIN cases c ON c.id = o.case_id
WHERE o.case_id IS NOT NULL AND c.id IS NULL;

--: P20 message_reached_person: Every message to one person that has left is among their notices.
SELECT 'message ' || o.id, jsonb_build_object('kind', o.kind, 'person', o.person, 'sent_at', o.sent_at)
FROM outbox o
LEFT JOIN notice n ON n.id = o.id AND n.person = o.person
WHERE o.sent_at IS NOT NULL AND o.kind <> 'changed' AND o.person <> '' AND n.id IS NULL;
