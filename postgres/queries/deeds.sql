-- name: LockKey :exec
SELECT pg_advisory_xact_lock(hashtextextended(@actor::text || E'\x1f' || @key::text, 7));
