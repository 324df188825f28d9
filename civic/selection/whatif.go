package selection

import (
	"cmp"
	"fmt"
	"slices"
)

// Dossier is a candidate with the panel that its base comes from.
type Dossier struct {
	Candidate Candidate `json:"candidate"`
	Panel     Panel     `json:"panel"`
}

// Shift is what other weights would change for one candidate.
type Shift struct {
	Key    string   `json:"key"`
	Unit   string   `json:"unit"`
	Area   Area     `json:"area"`
	Before Position `json:"before"`
	After  Position `json:"after"`
}

// Position is a place without its reasons.
type Position struct {
	Rank    int64   `json:"rank"`
	Total   Points  `json:"total"`
	Outcome Outcome `json:"outcome"`
}

// WhatIf computes the selection twice, with the standard's weights and with others,
// and says for every candidate, by key, what would change. It changes nothing and
// yields nothing that could be published: the bases are made from the panels, and
// the candidates of the appraisal itself are not looked at.
func WhatIf(s Standard, weights map[string]Points, p PanelRule, a Appraisal, dossiers []Dossier) ([]Shift, error) {
	other, err := s.Reweigh(weights)
	if err != nil {
		return nil, err
	}
	before, err := reselect(s, p, a, dossiers)
	if err != nil {
		return nil, err
	}
	after, err := reselect(other, p, a, dossiers)
	if err != nil {
		return nil, err
	}
	shifts := make([]Shift, len(dossiers))
	for i, d := range dossiers {
		c := d.Candidate
		shifts[i] = Shift{Key: c.Key, Unit: c.Unit, Area: c.Area, Before: before[c.Key], After: after[c.Key]}
	}
	slices.SortFunc(shifts, func(a, b Shift) int { return cmp.Compare(a.Key, b.Key) })
	return shifts, nil
}

// reselect is the selection of dossiers under a standard.
func reselect(s Standard, p PanelRule, a Appraisal, dossiers []Dossier) (map[string]Position, error) {
	a.Candidates = make([]Candidate, len(dossiers))
	for i, d := range dossiers {
		score, err := Assess(s, p, d.Panel)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.Candidate.Key, err)
		}
		a.Candidates[i] = d.Candidate
		a.Candidates[i].Base, a.Candidates[i].Bonus, a.Candidates[i].Penalty = score.Base, score.Bonus, score.Penalty
	}
	result, err := Select(a)
	if err != nil {
		return nil, err
	}
	at := make(map[string]Position, len(dossiers))
	for _, l := range result.Lists {
		for _, place := range l.Places {
			at[place.Key] = Position{place.Rank, place.Total, place.Outcome}
		}
	}
	return at, nil
}
