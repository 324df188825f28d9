-- What years of work leave behind, for measuring. Each part, headed "--: name", fills one table; parts run beside each other.

--: cases
INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, version, next_seats, due_at, acts_at, rules_at, calendar, created_at, updated_at, closed_at, grams)
SELECT md5('case ' || n)::uuid, 'ZR-2015-' || lpad(n::text, 7, '0'), 'access', 'discretionary', '居民服务需求调查第' || n || '项', d.unit, d.person,
       CASE WHEN n % 50 = 0 THEN 'submitted' WHEN n % 10 = 1 THEN 'in_force' ELSE 'archived' END, 2,
       CASE WHEN n % 50 = 0 THEN '[{"role": "city_office_clerk", "unit": "cz-leading-office"}]' ELSE '[]' END::jsonb,
       CASE WHEN n % 50 = 0 THEN now() + make_interval(days => 30 + n % 300) END, CASE WHEN n % 10 = 1 THEN now() + make_interval(days => 30 + n % 900) END,
       '2015-01-01', (SELECT max(version) FROM calendar_version), '2015-01-01'::timestamptz + n * interval '2 minutes', '2015-01-01'::timestamptz + n * interval '2 minutes',
       CASE WHEN n % 50 <> 0 AND n % 10 <> 1 THEN '2015-01-01'::timestamptz + n * interval '2 minutes' END,
       ARRAY['居民', '民服', '服务', '务需', '需求', '求调', '调查', '查第', lpad((n % 100)::text, 2, '0'), lpad((n / 100 % 100)::text, 2, '0')]
FROM generate_series(1, {cases}) n
JOIN (VALUES (0, 'cz-human-resources', 'wang-fang'), (1, 'cz-disabled', 'li-juan'), (2, 'cz-health', 'ding-jie'), (3, 'cz-red-cross', 'wu-qian'),
             (4, 'cz-statistics', 'feng-tao'), (5, 'cz-human-resources', 'sun-lei')) AS d (i, unit, person) ON d.i = n % 6
ORDER BY n;

--: forms
INSERT INTO form (case_id, form, normal)
SELECT md5('case ' || n)::uuid, '{"name": "居民服务需求调查", "category": "SURVEY", "purpose": "new"}', '居民服务需求调查第' || n || '项' FROM generate_series(1, {cases}) n;

--: parties
INSERT INTO case_party (unit, case_id, seq)
SELECT u.unit, md5('case ' || n)::uuid, n
FROM generate_series(1, {cases}) n
JOIN (VALUES (0, 'cz-human-resources'), (1, 'cz-disabled'), (2, 'cz-health'), (3, 'cz-red-cross'), (4, 'cz-statistics'), (5, 'cz-human-resources')) AS d (i, unit) ON d.i = n % 6
CROSS JOIN LATERAL (VALUES (d.unit), ('cz-leading-office')) AS u (unit);

--: tasks
INSERT INTO task (id, case_id, ord, step, role, unit, round, state, outcome, opened_at, opened_by, term, due_at, ended_at, ended_by, answered_by)
SELECT md5('task ' || n)::uuid, md5('case ' || n)::uuid, 0, 'register', 'city_office_clerk', 'cz-leading-office', 1, CASE WHEN n % 50 = 0 THEN 'open' ELSE 'done' END,
       CASE WHEN n % 50 = 0 THEN '' ELSE 'pass' END, '2015-01-01'::timestamptz + n * interval '2 minutes', md5('decision ' || n)::uuid, 1, now() + make_interval(days => 30 + n % 300),
       CASE WHEN n % 50 <> 0 THEN '2015-01-01'::timestamptz + n * interval '2 minutes' END, CASE WHEN n % 50 <> 0 THEN md5('decision ' || n)::uuid END,
       CASE WHEN n % 50 = 0 THEN '' WHEN n % 2 = 0 THEN 'chen-jing' ELSE 'xu-ming' END
FROM generate_series(1, {cases}) n;

--: decisions
INSERT INTO decision (id, case_id, kind, actor, policy, state_from, state_to, version, rules_at, decided_at)
SELECT md5('decision ' || n)::uuid, md5('case ' || n)::uuid, 'submit', 'wang-fang', 'line 12', 'draft', 'submitted', 2, '2015-01-01', '2015-01-01'::timestamptz + n * interval '2 minutes'
FROM generate_series(1, {cases}) n;

--: answers
INSERT INTO answer (actor, key, hash, act, route, accepted, body, at)
SELECT 'wang-fang', 'seed-' || n, md5('hash ' || n), md5('decision ' || n)::uuid, 'submitRequest', true, '{"receipt": {"state": "submitted", "version": 2}}', '2015-01-01'::timestamptz + n * interval '2 minutes'
FROM generate_series(1, {cases}) n;

--: events
INSERT INTO event (chain, seq, at_us, kind, result, actor, actor_name, case_id, act, state_from, state_to, prev, hash)
SELECT (n - 1) % 8, (n - 1) / 8 + 1, 1420070400000000 + n::bigint * 120000000, 'submit', 'done', 'wang-fang', '王芳', md5('case ' || n)::uuid, md5('decision ' || n)::uuid, 'draft', 'submitted',
       sha256(int8send(n - 8)), sha256(int8send(n))
FROM generate_series(1, {cases}::bigint) n;

--: chains
UPDATE chain SET seq = ({cases} + 7 - id) / 8, hash = '\x00';
