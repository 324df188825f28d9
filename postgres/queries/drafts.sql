-- name: DraftForSaving :one
SELECT c.state, c.version, r.revision, r.form
FROM cases c
JOIN form r ON r.case_id = c.id
WHERE c.id = $1
FOR UPDATE OF c, r;

-- name: RevisionSavedBy :one
SELECT coalesce((SELECT saved_by FROM form_revision WHERE case_id = @case_id AND revision = @revision), '')::text;

-- name: SaveTitle :execrows
UPDATE cases SET title = $2, grams = $3 WHERE id = $1;

-- name: SavedForms :many
SELECT revision, form, saved_by, saved_at FROM form_revision WHERE case_id = $1 ORDER BY revision;

-- name: DropAttachments :exec
DELETE FROM attachment WHERE case_id = $1;

-- name: DropReaders :exec
DELETE FROM case_reader WHERE case_id = $1;

-- name: DropParties :exec
DELETE FROM case_party WHERE case_id = $1;

-- name: DropRevisions :exec
DELETE FROM form_revision WHERE case_id = $1;

-- name: DropRequest :exec
DELETE FROM form WHERE case_id = $1;

-- name: DropDraft :execrows
DELETE FROM cases WHERE id = $1 AND state = 'draft';
