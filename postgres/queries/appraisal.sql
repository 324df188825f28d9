-- name: YearMatter :one
SELECT c.state, f.form FROM cases c JOIN form f ON f.case_id = c.id WHERE c.id = $1 AND c.procedure = 'appraisal';

-- name: StandardByID :one
SELECT id, unit, coalesce(parent, '')::text AS parent, state, revision, body, saved_by, saved_at FROM standard WHERE id = $1;

-- name: Standards :many
SELECT id, unit, coalesce(parent, '')::text AS parent, state, revision, body, saved_by, saved_at FROM standard
WHERE (sqlc.narg('unit')::text IS NULL OR unit = sqlc.narg('unit')) AND (sqlc.narg('parent')::text IS NULL OR parent = sqlc.narg('parent'))
ORDER BY id LIMIT 500;

-- name: InsertStandard :execrows
INSERT INTO standard (id, unit, parent, state, body, saved_by, saved_at) VALUES ($1, $2, sqlc.narg('parent'), 'draft', $3, $4, city_now())
ON CONFLICT (id) DO NOTHING;

-- name: SaveStandard :execrows
UPDATE standard SET body = $2, saved_by = $3, saved_at = city_now(), revision = revision + 1 WHERE id = $1 AND state = 'draft' AND revision = @seen;

-- name: MoveStandard :execrows
UPDATE standard SET state = @next::text WHERE id = $1 AND state = @was::text AND revision = @revision;

-- name: TiesOf :many
SELECT unit FROM role_grant
WHERE person = $1 AND confirmed_at IS NOT NULL AND revoked_at IS NULL AND valid_from <= city_now() AND (valid_until IS NULL OR valid_until > city_now())
UNION
SELECT unit FROM person WHERE id = $1 AND unit IS NOT NULL
ORDER BY 1;

-- name: BodyOf :many
SELECT u.key, EXISTS (
    SELECT FROM role_grant g WHERE g.unit = u.key AND g.role = @role AND g.confirmed_at IS NOT NULL AND g.revoked_at IS NULL
      AND g.valid_from <= city_now() AND (g.valid_until IS NULL OR g.valid_until > city_now())) AS held
FROM unit u
WHERE u.region = @region AND u.level = 'district' AND u.valid_from <= city_now() AND (u.valid_until IS NULL OR u.valid_until > city_now())
ORDER BY held DESC, (u.kind <> 'office'), u.key;

-- name: LockNominations :many
SELECT id FROM cases WHERE parent = $1 ORDER BY id FOR UPDATE;

-- name: Nominees :many
SELECT n.*, c.state FROM nominee n JOIN cases c ON c.id = n.nomination WHERE n.year_case = $1 ORDER BY n.community;

-- name: Nominee :one
SELECT n.*, c.state FROM nominee n JOIN cases c ON c.id = n.nomination WHERE n.nomination = $1;

-- name: KeepNominee :exec
INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban, rank, self, scored, panel, survey, base, bonus, penalty, second, standing, ground)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, sqlc.narg('rank'), $9, $10, $11, $12, $13, $14, $15, sqlc.narg('second'), $16, $17)
ON CONFLICT (nomination) DO UPDATE
SET rank = EXCLUDED.rank, self = EXCLUDED.self, scored = EXCLUDED.scored, panel = EXCLUDED.panel, survey = EXCLUDED.survey, base = EXCLUDED.base,
    bonus = EXCLUDED.bonus, penalty = EXCLUDED.penalty, second = EXCLUDED.second, standing = EXCLUDED.standing, ground = EXCLUDED.ground;

-- name: LeaveNominees :execrows
UPDATE nominee SET standing = 'not_recommended', ground = 'unfinished' WHERE nomination = ANY (@nominations::uuid[]);

-- name: FreezeNominees :execrows
UPDATE nominee SET frozen = true WHERE year_case = $1 AND NOT frozen;

-- name: NomineeOutcomes :execrows
UPDATE nominee n SET outcome = o.outcome, outcome_rank = o.rank
FROM (SELECT unnest(@nominations::uuid[]) AS nomination, unnest(@outcomes::text[]) AS outcome, unnest(@ranks::bigint[]) AS rank) o
WHERE n.nomination = o.nomination AND (n.outcome, n.outcome_rank) IS DISTINCT FROM (o.outcome, o.rank);

-- name: LockWoken :many
-- Whoever is at this moment coming into a state in which it waits is waited for, and whoever comes later reads what was decided.
SELECT c.id FROM cases c
WHERE c.parent = @year_case AND c.procedure = 'nomination' AND c.state NOT IN ('draft', 'archived')
  AND (@district::text = '' OR EXISTS (SELECT FROM nominee n WHERE n.nomination = c.id AND n.district = @district))
  AND (NOT @narrowed::boolean OR c.id = ANY (@nominations::uuid[]))
ORDER BY c.id
FOR UPDATE OF c;

-- name: WakeNominations :execrows
UPDATE cases c SET acts_at = @at
WHERE c.parent = @year_case AND c.procedure = 'nomination' AND c.state = ANY (@states::text[])
  AND (@district::text = '' OR EXISTS (SELECT FROM nominee n WHERE n.nomination = c.id AND n.district = @district))
  AND (NOT @narrowed::boolean OR c.id = ANY (@nominations::uuid[]));

-- name: SheetsOf :many
SELECT id, nomination, kind, assessor, unit, recused, why, revision, marks, submitted_at FROM score_sheet WHERE nomination = $1 ORDER BY kind, assessor;

-- name: InsertSheet :execrows
INSERT INTO score_sheet (id, nomination, kind, assessor, unit, recused, why, submitted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, sqlc.narg('submitted_at'))
ON CONFLICT (nomination, kind, assessor) DO NOTHING;

-- name: LockSheet :one
SELECT s.id, s.nomination, s.kind, s.assessor, s.unit, s.recused, s.why, s.revision, s.marks, s.submitted_at, c.state
FROM cases c JOIN score_sheet s ON s.nomination = c.id
WHERE s.nomination = @nomination AND s.kind = @kind AND s.assessor = @assessor
FOR UPDATE OF c, s;

-- name: SaveSheet :execrows
UPDATE score_sheet SET marks = @marks, revision = revision + 1, submitted_at = sqlc.narg('submitted_at'), recused = @recused, why = @why WHERE id = @id AND revision = @seen;

-- name: PublishSheet :exec
INSERT INTO appraisal_sheet (year_case, ord, kind, hash, body, act, at)
SELECT @year_case, count(*) + 1, @kind, @hash, @body, @act, @at FROM appraisal_sheet WHERE year_case = @year_case;

-- name: PublishedSheets :many
SELECT ord, kind, hash, act, at FROM appraisal_sheet WHERE year_case = $1 ORDER BY ord;

-- name: NewestSheet :one
SELECT ord, kind, hash, body, act, at FROM appraisal_sheet WHERE year_case = $1 ORDER BY ord DESC LIMIT 1;

-- name: InsertQuota :exec
INSERT INTO title_quota (year, quota) VALUES ($1, $2);

-- name: TakePlaces :one
UPDATE title_quota SET taken = taken + @more::integer WHERE year = @year AND taken + @more::integer <= quota RETURNING quota, taken;

-- name: FreePlace :exec
UPDATE title_quota SET taken = taken - 1 WHERE year = $1;

-- name: FreeSeats :many
SELECT s::integer AS seq FROM generate_series(1, @quota::integer) s
WHERE NOT EXISTS (SELECT FROM naming n WHERE n.year = @year AND n.seq = s AND n.revoked_at IS NULL)
ORDER BY s LIMIT @places::integer;

-- name: NamingsOfYear :one
SELECT count(*) FROM naming WHERE year = $1;

-- name: InsertNaming :exec
INSERT INTO naming (nomination, year, quota, seq, community, plaque, document, act, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: RevokeNaming :one
UPDATE naming SET revoked_at = @at, revoked_act = @act WHERE nomination = @nomination AND revoked_at IS NULL RETURNING year;

-- name: LastTitle :one
SELECT nomination, year, seq, community, document, plaque, named_at, revoked_at FROM naming WHERE community = $1 AND revoked_at IS NULL ORDER BY year DESC LIMIT 1;

-- name: ReserveAhead :one
SELECT o.community FROM nominee me
JOIN nominee o ON o.year_case = me.year_case AND o.district = me.district AND (o.urban = me.urban OR NOT @areas::boolean)
JOIN cases c ON c.id = o.nomination AND c.state = 'reserve'
WHERE me.nomination = $1 AND o.outcome = 'reserve' AND o.outcome_rank < me.outcome_rank
ORDER BY o.outcome_rank LIMIT 1;

-- name: TitlesOf :many
SELECT n.nomination, n.year, n.seq, n.community, n.document, n.plaque, n.named_at, n.revoked_at, m.district
FROM naming n JOIN nominee m ON m.nomination = n.nomination
WHERE n.year = $1 ORDER BY n.seq, n.named_at;

-- name: ProjectByApproval :one
SELECT approval, name, authority, cycle, first_year, last_year, quota, sample FROM commendation_project WHERE approval = $1;

-- name: Projects :many
SELECT approval, name, authority, cycle, first_year, last_year, quota, sample FROM commendation_project ORDER BY first_year DESC, approval;

-- name: YearCounts :many
SELECT n.district, c.state, count(*) AS n FROM nominee n JOIN cases c ON c.id = n.nomination WHERE n.year_case = $1 GROUP BY 1, 2 ORDER BY 1, 2;

-- name: AppraisalYears :many
SELECT c.id, c.state, f.form FROM cases c JOIN form f ON f.case_id = c.id WHERE c.procedure = 'appraisal' AND c.number IS NOT NULL ORDER BY c.seq DESC LIMIT 100;

-- name: CityNow :one
SELECT city_now()::timestamptz AS now;
