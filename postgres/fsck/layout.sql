-- The checks of the layout plan of community rooms.

--: P14 layouts_follow: The versions of the layout plan follow one another without a gap, only the last is in force, and each case stands as its version does.
WITH versions AS (
    SELECT version, case_id, until, lead(since) OVER (ORDER BY version) AS next, row_number() OVER (ORDER BY version) AS place FROM layout_version
)
SELECT 'case ' || c.id, jsonb_build_object('state', c.state, 'version', v.version, 'until', v.until, 'next_since', v.next)
FROM cases c
LEFT JOIN versions v ON v.case_id = c.id
WHERE c.procedure = 'layout'
  AND CASE WHEN v.version IS NULL THEN c.state IN ('in_force', 'expired', 'replaced')
      ELSE v.place <> v.version
        OR c.state NOT IN ('in_force', 'expired', 'replaced', 'archived')
        OR v.next IS NOT NULL AND (v.until IS NULL OR v.until > v.next)
        OR v.until IS NULL AND c.state <> 'in_force'
        OR v.until IS NOT NULL AND c.state = 'in_force' AND (c.acts_at IS NULL OR c.acts_at > city_now()) -- it was to look by itself
      END;
