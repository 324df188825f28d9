-- name: LockAssessment :one
-- Only what stands in the locked row: what hangs on it may have changed while the lock was waited for, and is read afterwards.
SELECT state, (paused_at IS NOT NULL)::boolean AS paused, city_now()::timestamptz AS now FROM cases WHERE id = $1 FOR UPDATE;

-- name: AssessmentTask :one
SELECT count(*) FROM task
WHERE case_id = @case_id AND state = 'open' AND step = @step AND unit = @unit AND (@round::integer = 0 OR round = @round::integer)
  AND (claimed_by = '' OR claimed_by = @person OR claimed_by = @principal);

-- name: BeginAssessment :exec
INSERT INTO assessment (case_id) VALUES ($1) ON CONFLICT DO NOTHING;

-- name: NextTable :exec
UPDATE assessment SET revision = revision + 1 WHERE case_id = $1;

-- name: PartRevision :one
SELECT coalesce((SELECT revision FROM assessment_part WHERE case_id = @case_id AND kind = @kind AND unit = @unit AND quarter = @quarter), 0)::integer;

-- name: NextPart :exec
INSERT INTO assessment_part (case_id, kind, unit, quarter) VALUES (@case_id, @kind, @unit, @quarter)
ON CONFLICT (case_id, kind, unit, quarter) DO UPDATE SET revision = assessment_part.revision + 1;

-- name: BookParts :many
SELECT kind, unit, quarter, revision FROM assessment_part WHERE case_id = $1 ORDER BY kind, unit, quarter;

-- name: DropRows :exec
DELETE FROM assessment_row WHERE case_id = $1;

-- name: InsertRows :exec
INSERT INTO assessment_row (case_id, key, ord, category, task, target, lead, supports, points, evidence, due, source)
SELECT @case_id, unnest(@keys::text[]), unnest(@ords::integer[]), unnest(@categories::text[]), unnest(@tasks::text[]), unnest(@targets::text[]),
       nullif(unnest(@leads::text[]), ''), string_to_array(unnest(@supports::text[]), '|'), unnest(@points::bigint[]), unnest(@evidences::text[]),
       nullif(unnest(@dues::text[]), '')::date, unnest(@sources::text[]);

-- name: TableRows :many
SELECT key, category, task, target, coalesce(lead, '')::text AS lead, supports, points, evidence, coalesce(due::text, '')::text AS due, source
FROM assessment_row WHERE case_id = $1 ORDER BY ord;

-- name: SaveReports :exec
INSERT INTO quarter_report (case_id, quarter, unit, row_key, light, progress, evidence, saved_by, saved_at)
SELECT @case_id, @quarter, @unit, unnest(@keys::text[]), unnest(@lights::text[]), unnest(@progresses::text[]), unnest(@evidences::text[]), @saved_by, @saved_at
ON CONFLICT (case_id, quarter, unit, row_key) DO UPDATE SET light = excluded.light, progress = excluded.progress, evidence = excluded.evidence,
    saved_by = excluded.saved_by, saved_at = excluded.saved_at;

-- name: QuarterReports :many
SELECT quarter, unit, row_key, light, progress, evidence, saved_by, saved_at FROM quarter_report WHERE case_id = $1 ORDER BY quarter, unit, row_key;

-- name: SaveScores :execrows
INSERT INTO row_score (case_id, kind, row_key, unit, most, points, reason, evidence, saved_by, saved_at)
SELECT @case_id, @kind, s.key, s.unit, r.points, nullif(s.points, -1), s.reason, s.evidence, @saved_by, @saved_at
FROM (SELECT unnest(@keys::text[]) AS key, unnest(@units::text[]) AS unit, unnest(@points::bigint[]) AS points, unnest(@reasons::text[]) AS reason,
             unnest(@evidences::text[]) AS evidence) s
JOIN assessment_row r ON r.case_id = @case_id AND r.key = s.key
ON CONFLICT (case_id, kind, row_key, unit) DO UPDATE SET points = excluded.points, reason = excluded.reason, evidence = excluded.evidence,
    saved_by = excluded.saved_by, saved_at = excluded.saved_at;

-- name: RowScores :many
SELECT kind, row_key, unit, coalesce(points, -1)::bigint AS points, reason, evidence, saved_by, saved_at FROM row_score WHERE case_id = $1 ORDER BY row_key, unit, kind;

-- name: FileAppeal :execrows
INSERT INTO row_appeal (case_id, row_key, unit, text, filed_by, filed_at)
VALUES (@case_id, @row_key, @unit, @text, @filed_by, @filed_at)
ON CONFLICT DO NOTHING;

-- name: AskAppeal :execrows
UPDATE row_appeal SET task_id = @task_id WHERE case_id = @case_id AND row_key = @row_key AND unit = @unit AND task_id IS NULL;

-- name: AnswerAppeal :execrows
UPDATE row_appeal SET result = @result, answer = @answer, points = sqlc.narg(points)
WHERE case_id = @case_id AND row_key = @row_key AND unit = @unit AND task_id IS NOT NULL AND result IS NULL;

-- name: RowAppeals :many
SELECT row_key, unit, text, filed_by, filed_at, task_id, coalesce(result, '')::text AS result, answer, points
FROM row_appeal WHERE case_id = $1 ORDER BY row_key, unit;

-- name: SaveInputs :exec
INSERT INTO unit_input (case_id, unit, kind, value, source, saved_by, saved_at)
SELECT @case_id, unnest(@units::text[]), unnest(@kinds::text[]), unnest(@vals::bigint[]), unnest(@sources::text[]), @saved_by, @saved_at
ON CONFLICT (case_id, unit, kind) DO UPDATE SET value = excluded.value, source = excluded.source, saved_by = excluded.saved_by, saved_at = excluded.saved_at;

-- name: UnitInputs :many
SELECT unit, kind, value, source, saved_by, saved_at FROM unit_input WHERE case_id = $1 ORDER BY unit, kind;

-- name: KeepSheet :exec
INSERT INTO assessment_sheet (case_id, kind, round, hash, body, act, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Sheets :many
SELECT kind, round, hash, body, made_at FROM assessment_sheet WHERE case_id = $1 ORDER BY round, kind;

-- name: NameArea :exec
INSERT INTO advanced_area (case_id, unit, seq, most, project, act) VALUES ($1, $2, $3, $4, $5, $6);

-- name: AdvancedAreas :many
SELECT a.unit, a.seq, a.project, d.mark, d.year, d.number
FROM advanced_area a
LEFT JOIN document d ON d.act = a.act
WHERE a.case_id = $1 ORDER BY a.seq;

-- name: TableRevision :one
SELECT coalesce((SELECT revision FROM assessment WHERE case_id = $1), 1)::integer;

-- name: TableTemplate :many
SELECT key, category, task, target, lead, supports, points, evidence, due, source FROM assessment_template ORDER BY ord;

-- name: CoveringProjects :many
SELECT approval, first_year, cycle, quota
FROM commendation_project
WHERE strpos(name, $1) > 0 AND first_year <= $2 AND last_year >= $2
ORDER BY quota DESC, approval;
