package postgres

import (
	"context"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Funnel counts the cases filed in a time by the steps they reached and the states they are in.
func (s *Store) Funnel(ctx context.Context, c civic.Counted) (filed int64, steps map[string]int64, states map[civic.State]int64, err error) {
	byState, err := s.q.FiledByState(ctx, rows.FiledByStateParams{FromAt: c.From, Until: c.To, Unit: c.Unit, Procedure: string(c.Procedure)})
	if err != nil {
		return 0, nil, nil, fmt.Errorf("count filed cases by state: %w", err)
	}
	byStep, err := s.q.FiledByStep(ctx, rows.FiledByStepParams{FromAt: c.From, Until: c.To, Unit: c.Unit, Procedure: string(c.Procedure)})
	if err != nil {
		return 0, nil, nil, fmt.Errorf("count filed cases by step: %w", err)
	}
	steps, states = map[string]int64{}, map[civic.State]int64{}
	for _, r := range byState {
		states[civic.State(r.State)] = r.Count
		filed += r.Count
	}
	for _, r := range byStep {
		steps[r.Step] = r.Count
	}
	return filed, steps, states, nil
}

// OnTime counts the answers that people gave in a time, by unit and step.
func (s *Store) OnTime(ctx context.Context, c civic.Counted) ([]civic.OnTimeRow, error) {
	list, err := s.q.AnsweredInTime(ctx, rows.AnsweredInTimeParams{FromAt: c.From, Until: c.To, Unit: c.Unit, Procedure: string(c.Procedure)})
	if err != nil {
		return nil, fmt.Errorf("count answers in time: %w", err)
	}
	out := make([]civic.OnTimeRow, len(list))
	for i, r := range list {
		out[i] = civic.OnTimeRow{Step: r.Step, Unit: r.Unit, Done: r.Done, InTime: r.InTime}
	}
	return out, nil
}

// OverdueByUnit counts the open tasks past their due instant, the unit with most first.
func (s *Store) OverdueByUnit(ctx context.Context, unit string) ([]civic.OverdueRow, error) {
	list, err := s.q.OverdueUnits(ctx, unit)
	if err != nil {
		return nil, fmt.Errorf("count overdue tasks: %w", err)
	}
	out := make([]civic.OverdueRow, len(list))
	for i, r := range list {
		out[i] = civic.OverdueRow{Unit: r.Unit, Count: r.Count, Oldest: r.Oldest}
	}
	return out, nil
}
