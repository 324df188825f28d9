package civic

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lizheng/civic/selection"
)

// newest is the sheet that counts now: the last proposal, else the frozen scores.
func (b AssessmentBook) newest() FrozenSheet {
	for _, s := range slices.Backward(b.Sheets) {
		if s.Kind == "result" {
			return s
		}
	}
	return b.Sheets[len(b.Sheets)-1]
}

// publicYear is a year as everybody may read it: from the public notice on.
func (d *Desk) publicYear(ctx context.Context, year int) (Case, AssessmentBook, error) {
	brief, err := d.Record.Brief(ctx, "", "", AssessmentID(year), "")
	if err != nil {
		return Case{}, AssessmentBook{}, err
	}
	if !slices.Contains([]State{Publicity, Objected, ToBeNamed, Closed, Archived}, brief.Case.State) {
		return Case{}, AssessmentBook{}, ErrNotFound()
	}
	book, err := d.Record.Book(ctx, brief.Case.ID)
	if err == nil && len(book.Sheets) == 0 {
		err = ErrNotFound()
	}
	return brief.Case, book, err
}

// PublicResult is the sheet of a year as everybody may read it.
func (d *Desk) PublicResult(ctx context.Context, year int) (FrozenSheet, error) {
	_, book, err := d.publicYear(ctx, year)
	if err != nil {
		return FrozenSheet{}, err
	}
	return book.newest(), nil
}

// PublicAssessment says of a published year what its sheet does not: how the case stands, and what the districts are called.
func (d *Desk) PublicAssessment(ctx context.Context, year int) (PublicAssessment, error) {
	c, book, err := d.publicYear(ctx, year)
	if err != nil {
		return PublicAssessment{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return PublicAssessment{}, err
	}
	v := PublicAssessment{Year: year, Case: c.ID, Title: c.Title, State: c.State, Words: stateWords(c.Procedure, c.State), Units: []Named{}, Named: book.Named}
	if c.State == Publicity || c.State == Objected {
		v.NoticeEnd = c.ActsAt
	}
	var sheet selection.AssessmentSheet
	if err := json.Unmarshal(book.newest().Body, &sheet); err != nil {
		return v, fmt.Errorf("read the sheet of %d: %w", year, err)
	}
	for _, u := range sheet.Units {
		v.Units = append(v.Units, words.unit(u.Key))
	}
	return v, nil
}
