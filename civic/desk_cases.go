package civic

import (
	"context"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// sight is what the actor may see of cases.
func (d *Desk) sight(ctx context.Context, who Actor) (Sight, error) {
	if err := signedIn(who); err != nil {
		return Sight{}, err
	}
	cases, err := d.Policy.Scope(ctx, who, "case")
	if err != nil {
		return Sight{}, err
	}
	drafts, err := d.Policy.Scope(ctx, who, "draft")
	return Sight{Cases: cases, Drafts: drafts}, err
}

// Cases lists the cases that the actor may see: newest first, or the longest overdue first when only those are wanted.
func (d *Desk) Cases(ctx context.Context, who Actor, f CaseFilter, p Page) (Part[CaseLine], error) {
	if _, err := p.window(); err != nil {
		return Part[CaseLine]{}, err
	}
	return d.cases(ctx, who, f, p)
}

// cases is a part of the list, which may be longer than a page.
func (d *Desk) cases(ctx context.Context, who Actor, f CaseFilter, p Page) (Part[CaseLine], error) {
	s, err := d.sight(ctx, who)
	if err != nil {
		return Part[CaseLine]{}, err
	}
	q, err := f.query(s, who, p)
	if err != nil {
		return Part[CaseLine]{}, err
	}
	list, err := d.Record.Cases(ctx, q)
	if err != nil {
		return Part[CaseLine]{}, err
	}
	found := part(list, q.Window, func(c Case) Cursor {
		switch {
		case f.Overdue:
			return Cursor{At: *c.DueAt, Seq: c.Seq}
		case q.Number != "":
			return Cursor{Text: c.Number}
		}
		return Cursor{Seq: c.Seq}
	})
	var persons []string
	for _, c := range found.Items {
		persons = append(persons, c.Applicant)
		for _, s := range c.NextSeats {
			persons = append(persons, s.Person)
		}
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return Part[CaseLine]{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return Part[CaseLine]{}, err
	}
	return reshape(found, func(c Case) CaseLine { return caseLine(c, words, clocks) }), nil
}

func caseLine(c Case, l lexicon, k clocks) CaseLine {
	line := CaseLine{Case: c, Words: stateWords(c.Procedure, c.State), UnitView: l.unit(c.Unit), ApplicantView: l.person(c.Applicant),
		Holders: []SeatView{}, Clock: k.read(c.DueAt, c.PausedAt)}
	for _, s := range c.NextSeats {
		line.Holders = append(line.Holders, l.seat(s))
	}
	return line
}

func stateWords(p Procedure, s State) Words {
	w := Definitions[p].Words(s)
	return Words{w.Zh, w.En}
}

// maxSearch is how many characters of a search are looked at; titles have at most 50.
const maxSearch = 50

var numberLike = regexp.MustCompile(`^([A-Za-z]{2}|[A-Za-z]{2,3}-[0-9-]*)$`)

// query reads a filter, or refuses what it cannot mean.
func (f CaseFilter) query(s Sight, who Actor, p Page) (CaseQuery, error) {
	w, err := p.upTo(exportPart)
	if err != nil {
		return CaseQuery{}, err
	}
	q := CaseQuery{Sight: s, CaseFilter: f, Window: w, Me: who.Person}
	for _, state := range f.States {
		if !knownState(state) {
			return q, Refuse(Invalid, "unknown_state", "没有这个状态。", "There is no such state.").At("state")
		}
	}
	if _, ok := Definitions[f.Procedure]; f.Procedure != "" && !ok {
		return q, Refuse(Invalid, "unknown_procedure", "没有这个流程。", "There is no such procedure.").At("procedure")
	}
	if q.Created, err = days(f.From, f.To); err != nil {
		return q, err
	}
	text := strings.TrimSpace(f.Text)
	if utf8.RuneCountInString(text) > maxSearch {
		return q, Refuse(Invalid, "too_long", "检索内容过长。", "The search text is too long.").At("text").With("max", maxSearch)
	}
	if numberLike.MatchString(text) {
		q.Number = strings.ToUpper(text)
		return q, nil
	}
	if q.Grams = Grams(text); text != "" && len(q.Grams) == 0 {
		return q, Refuse(Invalid, "bad_search", "请输入文字或数字。", "Search for letters or digits.").At("text")
	}
	return q, nil
}

func knownState(s State) bool {
	for _, d := range Definitions {
		for _, w := range d.States {
			if w.State == s {
				return true
			}
		}
	}
	return false
}

// days reads two days, both included, as instants: the second is the first one after.
func days(from, to string) (out [2]*time.Time, err error) {
	bad := func(field string) error {
		return Refuse(Invalid, "bad_date", "请填写日期，格式为2006-01-02。", "Give a day as YYYY-MM-DD.").At(field)
	}
	if from != "" {
		t, err := Day(from)
		if err != nil {
			return out, bad("from")
		}
		out[0] = &t
	}
	if to != "" {
		t, err := Day(to)
		if err != nil {
			return out, bad("to")
		}
		t = t.AddDate(0, 0, 1)
		out[1] = &t
	}
	return out, nil
}

// Counts are how many cases of a procedure, or of all, the actor sees, by state, and as of when: counting takes its time in a
// record of millions.
func (d *Desk) Counts(ctx context.Context, who Actor, of Procedure) (Counts, error) {
	s, err := d.sight(ctx, who)
	if err != nil {
		return Counts{}, err
	}
	procedures := Procedures
	if of != "" {
		if _, ok := Definitions[of]; !ok {
			return Counts{}, Refuse(Invalid, "unknown_procedure", "没有这个流程。", "There is no such procedure.").At("procedure")
		}
		procedures = []Procedure{of}
	}
	n, err := d.Record.CountCases(ctx, s, of)
	if err != nil {
		return Counts{}, err
	}
	return Counts{States: stateCounts(n.States, procedures...), Overdue: n.Overdue, AsOf: n.AsOf}, nil
}

// stateCounts puts counts into the order of the regulations; states without a case are there too.
func stateCounts(n map[State]int64, of ...Procedure) []StateCount {
	seen := map[State]bool{}
	var out []StateCount
	for _, p := range of {
		for _, w := range Definitions[p].States {
			if !seen[w.State] {
				seen[w.State] = true
				out = append(out, StateCount{State: w.State, Words: Words{w.Zh, w.En}, Count: n[w.State]})
			}
		}
	}
	return out
}
