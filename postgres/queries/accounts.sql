-- name: SessionOf :one
-- On the way of every request.
SELECT s.account, a.person, a.must_change, (s.seen_at < clock_timestamp() - interval '1 minute')::boolean AS stale
FROM session s
JOIN account a ON a.id = s.account
WHERE s.hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL
  AND clock_timestamp() < s.expires_at AND clock_timestamp() < s.seen_at + interval '30 minutes';

-- name: TouchSession :exec
UPDATE session SET seen_at = clock_timestamp() WHERE hash = $1 AND ended_at IS NULL AND seen_at < clock_timestamp() - interval '1 minute';

-- name: TokenOf :one
-- On the way of every request that brings a token.
SELECT t.account, a.person, a.must_change, (t.used_at IS NULL OR t.used_at < clock_timestamp() - interval '1 minute')::boolean AS stale
FROM api_token t
JOIN account a ON a.id = t.account
WHERE t.hash = $1 AND t.revoked_at IS NULL AND a.disabled_at IS NULL AND clock_timestamp() < t.expires_at;

-- name: TouchToken :exec
UPDATE api_token SET used_at = clock_timestamp() WHERE hash = $1;

-- name: AccountOfLogin :one
SELECT id, person, password, must_change, (disabled_at IS NOT NULL)::boolean AS disabled FROM account WHERE login = $1;

-- name: TakeAttempt :one
-- An attempt is counted before the password is looked at, so that many at once are not more than as many one by one.
-- Every fifth failure locks: 15 minutes, doubling up to 4 hours. A day without any is forgiven. No row: it is locked.
INSERT INTO attempt AS t (login, failures) VALUES ($1, 1)
ON CONFLICT (login) DO UPDATE SET
    failures     = CASE WHEN t.at < clock_timestamp() - interval '1 day' THEN 1 ELSE t.failures + 1 END,
    locked_until = CASE WHEN t.at >= clock_timestamp() - interval '1 day' AND (t.failures + 1) % 5 = 0
                        THEN clock_timestamp() + least(interval '15 minutes' * power(2, least((t.failures + 1) / 5, 10) - 1), interval '4 hours') END,
    at           = clock_timestamp()
WHERE t.locked_until IS NULL OR t.locked_until <= clock_timestamp()
RETURNING failures;

-- name: ForgiveAttempts :exec
DELETE FROM attempt WHERE login = $1;

-- name: ForgetAttempts :exec
DELETE FROM attempt WHERE login IN (SELECT o.login FROM attempt o WHERE o.at < clock_timestamp() - interval '1 day' ORDER BY o.at LIMIT 20 FOR UPDATE SKIP LOCKED);

-- name: InsertSession :one
-- Only while the account is in use and the password is the one that was compared.
INSERT INTO session (hash, account, expires_at, address, agent)
SELECT @hash::bytea, a.id, clock_timestamp() + interval '12 hours', @address::text, @agent::text
FROM account a
WHERE a.id = @account::uuid AND a.disabled_at IS NULL AND a.password = @password::text
RETURNING expires_at;

-- name: ForgetSessions :exec
DELETE FROM session WHERE account = $1 AND created_at < clock_timestamp() - interval '90 days';

-- name: EndSessionByHash :one
UPDATE session s SET ended_at = clock_timestamp()
FROM account a
WHERE s.hash = $1 AND s.ended_at IS NULL AND a.id = s.account
RETURNING s.account, a.person;

-- name: SessionsOf :many
SELECT s.hash, s.created_at, s.seen_at, s.expires_at, s.address, s.agent,
       coalesce(s.ended_at, least(s.expires_at, s.seen_at + interval '30 minutes'))::timestamptz AS ends_at,
       (coalesce(s.ended_at, least(s.expires_at, s.seen_at + interval '30 minutes')) <= clock_timestamp())::boolean AS over
FROM session s
WHERE s.account = $1
ORDER BY s.created_at DESC, s.hash
LIMIT 50;

-- name: EndSessionOf :execrows
UPDATE session SET ended_at = coalesce(ended_at, clock_timestamp()) WHERE account = $1 AND hash = $2;

-- name: EndOtherSessions :exec
UPDATE session SET ended_at = clock_timestamp() WHERE account = $1 AND hash <> $2 AND ended_at IS NULL;

-- name: ChangePassword :execrows
UPDATE account SET password = @next::text, must_change = false, changed_at = clock_timestamp()
WHERE id = @id::uuid AND password = @old::text AND disabled_at IS NULL;

-- name: ResetPassword :execrows
UPDATE account SET password = $2, must_change = true, changed_at = clock_timestamp() WHERE id = $1 AND disabled_at IS NULL;

-- name: DisableAccount :execrows
UPDATE account SET disabled_at = clock_timestamp() WHERE id = $1 AND disabled_at IS NULL;

-- name: EnableAccount :execrows
UPDATE account SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL;

-- name: RevokeTokens :exec
UPDATE api_token SET revoked_at = clock_timestamp() WHERE account = $1 AND revoked_at IS NULL;

-- name: InsertAccount :exec
INSERT INTO account (id, person, login, password) VALUES ($1, $2, $3, $4);

-- name: InsertPerson :exec
INSERT INTO person (id, name, unit, post) VALUES ($1, $2, $3, $4);

-- name: InsertToken :one
INSERT INTO api_token (id, hash, account, label, expires_at)
VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(days => @days::integer))
RETURNING id, label, created_at, expires_at, revoked_at, used_at;

-- name: TokensOf :many
SELECT id, label, created_at, expires_at, revoked_at, used_at FROM api_token WHERE account = $1 ORDER BY created_at DESC, id LIMIT 200;

-- name: RevokeToken :execrows
UPDATE api_token SET revoked_at = coalesce(revoked_at, clock_timestamp()) WHERE account = $1 AND id = $2;
