-- Community service housing: the states of projects and of changes of their plans.
-- +goose Up
ALTER TABLE cases
    ADD CONSTRAINT cases_housing_states CHECK (procedure <> 'housing' OR state IN (
        'draft', 'conditions', 'countersigning', 'contract', 'design', 'design_review', 'permits', 'building', 'survey', 'planning_check', 'completion',
        'checking', 'rectification', 'enforcement', 'settlement', 'handover', 'title', 'opening', 'in_use', 'replaced', 'withdrawn', 'archived')),
    ADD CONSTRAINT cases_plan_change_states CHECK (procedure <> 'plan_change' OR state IN (
        'draft', 'change_opinion', 'change_review', 'change_group', 'publicity', 'objected', 'change_deciding', 'change_approved', 'change_rejected',
        'withdrawn', 'archived')),
    ADD CONSTRAINT cases_plan_change_parent CHECK (procedure <> 'plan_change' OR parent IS NOT NULL);
