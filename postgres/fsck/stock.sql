-- The checks of the register of rooms and of the cases that make it up.

--: P14 room_as_last_changed: Every room stands as its latest version says, and its versions have no gap.
SELECT 'room ' || r.id, jsonb_build_object('version', r.version, 'state', r.state, 'area', r.area, 'versions', c.versions, 'latest', to_jsonb(l))
FROM stock_room r
LEFT JOIN LATERAL (SELECT count(*) AS versions, max(version) AS newest FROM stock_change c WHERE c.room = r.id) c ON true
LEFT JOIN stock_change l ON l.room = r.id AND l.version = r.version
WHERE c.versions <> r.version OR c.newest <> r.version
   OR (l.name, l.area, l.storey, l.uses, l.station, l.signs, l.state, l.owner, l.title_kind, l.title_number, l.until_day, l.effective)
      IS DISTINCT FROM (r.name, r.area, r.storey, r.uses, r.station, r.signs, r.state, r.owner, r.title_kind, r.title_number, r.until_day, r.effective);

--: P14 room_changed_by_somebody: Every version of a room was made by an act or a deed that was answered with yes, or came with a profile.
SELECT 'room ' || c.room, jsonb_build_object('version', c.version, 'by', c.changed_by, 'act', c.act)
FROM stock_change c
WHERE CASE WHEN c.act IS NULL THEN c.changed_by <> 'profile' ELSE NOT EXISTS (SELECT FROM answer a WHERE a.act = c.act AND a.accepted) END;

--: P14 room_in_a_community: Every room lies in a community.
SELECT 'room ' || r.id, jsonb_build_object('region', r.region, 'level', g.level)
FROM stock_room r
JOIN region g ON g.key = r.region
WHERE g.level <> 'community';

--: P14 supplied_area_exists: A supplement is closed only by an acceptance that found the promised area, and all that it supplied came into the register.
SELECT 'case ' || c.id, jsonb_build_object('promised', f.form ->> 'area', 'supplied', f.form ->> 'supplied', 'entered', coalesce(sum(r.area), 0) / 100.0, 'figures', d.figures)
FROM cases c
JOIN form f ON f.case_id = c.id
JOIN decision d ON d.case_id = c.id AND d.state_to = 'supplied' AND d.state_from <> 'supplied'
LEFT JOIN stock_change r ON r.version = 1 AND r.room IN (SELECT id FROM stock_room WHERE case_id = c.id)
WHERE c.procedure = 'supplement'
GROUP BY c.id, f.form, d.id
HAVING coalesce(sum(r.area), 0) / 100.0 <> (f.form ->> 'supplied')::numeric
    OR NOT d.figures @> '[{"rule": "supplement.area_enough"}]' AND NOT d.figures @> '[{"rule": "supplement.area_tolerated"}]';
