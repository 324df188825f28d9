package postgres

import (
	"context"
	"fmt"
	"strings"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// Passages are how long the answers that people gave in a time took, and the cases that were first decided in it.
func (s *Store) Passages(ctx context.Context, c civic.Counted) ([]civic.AnswerPassage, []civic.RulingPassage, error) {
	given, err := s.q.AnswerPassages(ctx, rows.AnswerPassagesParams{FromAt: c.From, Until: c.To, Unit: c.Unit, Procedure: string(c.Procedure)})
	if err != nil {
		return nil, nil, fmt.Errorf("read how long answers took: %w", err)
	}
	answers := make([]civic.AnswerPassage, len(given))
	for i, r := range given {
		answers[i] = civic.AnswerPassage{Step: r.Step, Unit: r.Unit}
		if answers[i].Passage, err = passageOf(r.FromDay, r.ToDay, r.Paused, r.Done, r.InTime); err != nil {
			return nil, nil, err
		}
	}
	ruled, err := s.q.RulingPassages(ctx, rows.RulingPassagesParams{FromAt: c.From, Until: c.To, Unit: c.Unit, Procedure: string(c.Procedure)})
	if err != nil {
		return nil, nil, fmt.Errorf("read how long cases took: %w", err)
	}
	rulings := make([]civic.RulingPassage, len(ruled))
	for i, r := range ruled {
		rulings[i] = civic.RulingPassage{Unit: r.Unit}
		if rulings[i].Passage, err = passageOf(r.FromDay, r.ToDay, r.Paused, r.Done, r.InTime); err != nil {
			return nil, nil, err
		}
	}
	return answers, rulings, nil
}

// passageOf reads days as the queries write them: pauses are pairs, 2026-01-05/2026-01-09,…
func passageOf(from, to, paused string, done, inTime int64) (civic.Passage, error) {
	whole, err := stretchOf(from, to)
	if err != nil {
		return civic.Passage{}, err
	}
	out := civic.Passage{From: whole.From, To: whole.To, Done: done, InTime: inTime}
	for pair := range strings.SplitSeq(paused, ",") {
		if a, b, ok := strings.Cut(pair, "/"); ok {
			p, err := stretchOf(a, b)
			if err != nil {
				return civic.Passage{}, err
			}
			out.Pauses = append(out.Pauses, p)
		}
	}
	return out, nil
}

func stretchOf(from, to string) (out civic.Stretch, err error) {
	if out.From, err = workday.ParseDate(from); err != nil {
		return out, fmt.Errorf("read a day: %w", err)
	}
	if out.To, err = workday.ParseDate(to); err != nil {
		return out, fmt.Errorf("read a day: %w", err)
	}
	return out, nil
}
