package selection

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Format names the document and the version of how it is computed. A change of any
// rule in this package is a new version; old sheets are verified by the program that
// made them.
const Format = "lizheng-selection/1"

// Sheet is the published document: what was given, what came out, and the hash.
type Sheet struct {
	Format string `json:"format"`
	Appraisal
	Selection
	Hash string `json:"hash"` // over the document without this member; see the package's description
}

// Publish makes the selection and its sheet. What is given in any order stands in the
// sheet by code and by key, so that one appraisal has one sheet and one hash.
func Publish(a Appraisal) (Sheet, error) {
	s, _, err := publish(a)
	return s, err
}

// publish returns the sheet as a tree too, the hash among its members.
func publish(a Appraisal) (Sheet, map[string]any, error) {
	a = a.ordered()
	if err := a.checkText(); err != nil {
		return Sheet{}, nil, err
	}
	result, err := Select(a)
	if err != nil {
		return Sheet{}, nil, err
	}
	s := Sheet{Format: Format, Appraisal: a, Selection: result}
	tree, err := treeOf(s)
	if err != nil {
		return Sheet{}, nil, err
	}
	document, _ := tree.(map[string]any) // a sheet is an object
	delete(document, "hash")
	s.Hash = digest(appendTree(nil, document))
	document["hash"] = s.Hash
	return s, document, nil
}

// Encode returns the document in its canonical form, the hash among its members.
func (s Sheet) Encode() ([]byte, error) { return Canonical(s) }

// ordered is the appraisal as it stands in the sheet: in order, and empty instead of
// missing, so that there is one way to write it.
func (a Appraisal) ordered() Appraisal {
	a.Rule.TieBreaks = append([]TieBreak{}, a.Rule.TieBreaks...)
	a.Units = append([]Unit{}, a.Units...)
	slices.SortFunc(a.Units, func(x, y Unit) int { return cmp.Compare(x.Code, y.Code) })
	a.Candidates = append([]Candidate{}, a.Candidates...)
	slices.SortFunc(a.Candidates, func(x, y Candidate) int { return cmp.Compare(x.Key, y.Key) })
	for i := range a.Candidates {
		a.Candidates[i].Figures = append([]int64{}, a.Candidates[i].Figures...)
	}
	a.Strikes = append([]Strike{}, a.Strikes...)
	for i := range a.Strikes {
		a.Strikes[i].Grounds = append([]string{}, a.Strikes[i].Grounds...)
	}
	return a
}

// checkText refuses text that JSON cannot hold: it would be replaced without a word,
// and two keys could become one.
func (a Appraisal) checkText() error {
	texts := []string{a.Subject, a.Rule.Version}
	for _, t := range a.Rule.TieBreaks {
		texts = append(texts, t.Figure)
	}
	for _, u := range a.Units {
		texts = append(texts, u.Code)
	}
	for i := range a.Candidates {
		texts = append(append(texts, a.Candidates[i].Key), a.Candidates[i].Grounds...)
	}
	for _, s := range a.Strikes {
		texts = append(texts, s.Grounds...)
	}
	for _, t := range texts {
		if !utf8.ValidString(t) {
			return fmt.Errorf("%q is not UTF-8", t)
		}
	}
	if a.Subject == "" || a.Rule.Version == "" {
		return errors.New("a sheet names its subject and the version of its rule")
	}
	return nil
}
