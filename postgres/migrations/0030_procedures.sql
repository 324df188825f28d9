-- Several procedures: every case has one form, whatever its procedure keeps in it, and may be a part of another case. Each procedure
-- has its own states.
-- +goose Up
ALTER TABLE access_request RENAME TO form;
ALTER TABLE access_revision RENAME TO form_revision;
ALTER INDEX access_request_normal RENAME TO form_normal;
ALTER TABLE form RENAME CONSTRAINT access_request_pkey TO form_pkey;
ALTER TABLE form RENAME CONSTRAINT access_request_case_id_fkey TO form_case_id_fkey;
ALTER TABLE form RENAME CONSTRAINT access_request_revision_check TO form_revision_check;
ALTER TABLE form_revision RENAME CONSTRAINT access_revision_pkey TO form_revision_pkey;
ALTER TABLE form_revision RENAME CONSTRAINT access_revision_case_id_fkey TO form_revision_case_id_fkey;

ALTER TABLE cases
    ADD COLUMN parent uuid REFERENCES cases (id),
    DROP CONSTRAINT cases_procedure_check,
    DROP CONSTRAINT cases_route_check,
    DROP CONSTRAINT cases_state_check,
    ADD CONSTRAINT cases_procedure_check CHECK (procedure IN ('access', 'appraisal', 'nomination', 'assessment', 'housing', 'plan_change', 'supplement')),
    ADD CONSTRAINT cases_route_check CHECK (CASE procedure WHEN 'access' THEN route IN ('discretionary', 'filing', 'emergency') ELSE route = '' END),
    ADD CONSTRAINT cases_access_states CHECK (procedure <> 'access' OR state IN (
        'draft', 'submitted', 'blocked', 'accepted', 'returned', 'not_accepted', 'prereview', 'consult', 'joint_review', 'deliberation', 'deferred',
        'decided', 'publicity', 'objected', 'issuing', 'in_force', 'suspended', 'expired', 'exited', 'revoked', 'refused', 'merged', 'transferred',
        'commissioned', 'withdrawn', 'lapsed', 'archived'));
CREATE INDEX cases_parent ON cases (parent, seq) WHERE parent IS NOT NULL;
CREATE INDEX cases_procedure ON cases (procedure, seq DESC);
