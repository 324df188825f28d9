-- Every start runs this: it makes what is missing and changes nothing else.
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE', wanted.name)
  FROM unnest(ARRAY['lizheng_owner', 'lizheng_app', 'temporal']) AS wanted(name)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
\gexec

SELECT format('CREATE DATABASE %I OWNER %I', wanted.name, wanted.owner)
  FROM (VALUES ('lizheng', 'lizheng_owner'),
               ('temporal', 'temporal'),
               ('temporal_visibility', 'temporal')) AS wanted(name, owner)
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = wanted.name)
\gexec

-- Nobody enters a database that is not theirs.
SELECT format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', d.datname)
  FROM pg_database d
 WHERE d.datname IN ('lizheng', 'temporal', 'temporal_visibility')
   AND (d.datacl IS NULL OR has_database_privilege('public', d.datname, 'CONNECT'))
\gexec

SELECT 'GRANT CONNECT ON DATABASE lizheng TO lizheng_app'
 WHERE NOT has_database_privilege('lizheng_app', 'lizheng', 'CONNECT')
\gexec
