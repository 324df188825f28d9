-- The checks of official numbers: unique, without gaps, and taken only by what is committed.

--: P22 documents_without_gaps: The documents of a mark and a year are numbered 1, 2, 3 … up to its counter.
WITH series AS (
    SELECT 'document ' || mark AS name, year, min(number) AS first, max(number) AS last, count(*) AS documents
    FROM document
    GROUP BY mark, year
)
SELECT coalesce(s.name, c.name) || ' ' || coalesce(s.year, c.year), jsonb_build_object('first', s.first, 'last', s.last, 'documents', coalesce(s.documents, 0), 'counter', c.last)
FROM series s
FULL JOIN (SELECT name, year, last FROM counter WHERE name LIKE 'document %') c ON c.name = s.name AND c.year = s.year
WHERE (s.first, s.last, s.documents) IS DISTINCT FROM (1::bigint, c.last, c.last) AND NOT (s.name IS NULL AND c.last = 0);

--: P22 cases_without_gaps: The cases of a procedure and a year are numbered 1, 2, 3 … up to its counter.
WITH numbered AS (
    SELECT 'case ' || procedure AS name, substring(number FROM '^[A-Z]+-(\d{4})-\d+$')::integer AS year, substring(number FROM '^[A-Z]+-\d{4}-(\d+)$')::bigint AS n
    FROM cases
    WHERE number IS NOT NULL
), series AS (
    SELECT name, year, min(n) AS first, max(n) AS last, count(*) AS cases, count(DISTINCT n) AS numbers
    FROM numbered
    GROUP BY name, year
)
SELECT coalesce(s.name, c.name) || ' ' || coalesce(s.year, c.year), jsonb_build_object('first', s.first, 'last', s.last, 'cases', coalesce(s.cases, 0), 'numbers', s.numbers, 'counter', c.last)
FROM series s
FULL JOIN (SELECT name, year, last FROM counter WHERE name LIKE 'case %') c ON c.name = s.name AND c.year = s.year
WHERE (s.first, s.last, s.cases, s.numbers) IS DISTINCT FROM (1::bigint, c.last, c.last, c.last) AND NOT (s.name IS NULL AND c.last = 0);

--: P22 document_decided: Every document of a case was issued by a decision on it; that of an admission is named by its entry.
SELECT 'document ' || m.mark || ' ' || m.year || ' ' || m.number, jsonb_build_object('case', m.case_id, 'act', m.act, 'decided_on', d.case_id, 'entries', count(e.id))
FROM document m
LEFT JOIN decision d ON d.id = m.act
LEFT JOIN entry e ON e.mark = m.mark AND e.doc_year = m.year AND e.doc_number = m.number AND e.case_id = m.case_id
WHERE m.case_id IS NOT NULL
GROUP BY m.mark, m.year, m.number, d.id
HAVING d.id IS NULL OR d.case_id <> m.case_id
    OR count(e.id) = 0 AND EXISTS (SELECT FROM cases c WHERE c.id = m.case_id AND c.procedure = 'access');

--: P22 lists_without_gaps: The versions of a list are numbered 1, 2, 3 … in the order in which they were published.
WITH step AS (
    SELECT list, version, published_at, lag(version, 1, 0) OVER w AS before, lag(published_at) OVER w AS earlier
    FROM list_version
    WINDOW w AS (PARTITION BY list ORDER BY version)
)
SELECT 'list ' || list || ' version ' || version, jsonb_build_object('before', before, 'published_at', published_at, 'earlier', earlier)
FROM step
WHERE version <> before + 1 OR published_at < earlier;
