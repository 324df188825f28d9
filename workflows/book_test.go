package workflows_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"lizheng/civic"
)

// book is a record in memory that keeps the commit point's promises: one answer an act, for ever, and versions that only
// grow. Where the real record has rules, it has a script.
type book struct {
	clock func() time.Time
	rule  func(p *page, a civic.Act) error // what an act does to its case; nil for "moves it on"

	mu      sync.Mutex
	pages   map[string]*page
	answers map[string]civic.Outcome
	deeds   []deed
	tries   int                        // calls of Commit
	reads   int                        // calls of Progress
	trouble func(int, civic.Act) error // of the n-th call of Commit, before anything is done
	lost    func(int) error            // of the n-th call of Commit, after everything is done: the reply that does not arrive
	hold    func(civic.Act)            // stands in the way of a commit, outside of the lock
	keep    func(civic.Act)            // stands in the way of its answer
	shown   func(*civic.Progress)      // what the answers say instead
}

// page is one case.
type page struct {
	state    civic.State
	version  int
	acts     *time.Time
	remind   *time.Time
	outdated bool
}

// deed is one act that was put on record.
type deed struct {
	Kind    civic.ActKind
	At      time.Time
	Version int // the version it made
	act     civic.Act
}

var errGone = errors.New("the database is away")

func newBook(clock func() time.Time) *book {
	return &book{clock: clock, pages: map[string]*page{}, answers: map[string]civic.Outcome{}}
}

// Commit is the commit point.
func (b *book) Commit(_ context.Context, a civic.Act) (civic.Outcome, error) {
	if b.hold != nil {
		b.hold(a)
	}
	out, err := b.attempt(a)
	if b.keep != nil {
		b.keep(a)
	}
	return out, err
}

func (b *book) attempt(a civic.Act) (civic.Outcome, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tries++
	if b.trouble != nil {
		if err := b.trouble(b.tries, a); err != nil {
			return civic.Outcome{}, err
		}
	}
	out, err := b.commit(a)
	if b.lost != nil {
		if err := b.lost(b.tries); err != nil {
			return civic.Outcome{}, err
		}
	}
	return out, err
}

func (b *book) commit(a civic.Act) (civic.Outcome, error) {
	if first, ok := b.answers[a.ID]; ok {
		first.Progress = b.progress(a.Case)
		return first, nil
	}
	p, ok := b.pages[a.Case]
	if !ok {
		return civic.Outcome{}, civic.ErrNotFound()
	}
	out := civic.Outcome{Hash: a.Hash}
	if err := b.change(p, a); err != nil {
		if out.Refusal = civic.AsRefusal(err); out.Refusal == nil {
			return civic.Outcome{}, err
		}
		if a.Actor == civic.System { // nothing to remember
			out.Progress = b.progress(a.Case)
			return out, nil
		}
	} else {
		out.Receipt = &civic.Receipt{Act: a.ID, Case: a.Case, State: p.state, Version: p.version, At: b.clock()}
	}
	b.answers[a.ID] = out
	out.Progress = b.progress(a.Case)
	return out, nil
}

func (b *book) change(p *page, a civic.Act) error {
	if p.state == civic.Archived {
		return civic.Refuse(civic.Conflict, "archived", "已归档", "archived")
	}
	if b.rule != nil {
		if err := b.rule(p, a); err != nil {
			return err
		}
	}
	p.version++
	b.deeds = append(b.deeds, deed{a.Kind, b.clock(), p.version, a})
	return nil
}

// Progress is where a case stands.
func (b *book) Progress(_ context.Context, id string) (civic.Progress, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reads++
	if _, ok := b.pages[id]; !ok {
		return civic.Progress{}, civic.ErrNotFound()
	}
	return b.progress(id), nil
}

func (b *book) progress(id string) civic.Progress {
	p := b.pages[id]
	if p == nil {
		return civic.Progress{}
	}
	out := civic.Progress{Case: id, State: p.state, Version: p.version, Outdated: p.outdated, Over: p.state == civic.Archived}
	out.ActsIn, out.ActsAt, out.RemindIn = b.in(p.acts), p.acts, b.in(p.remind)
	if b.shown != nil {
		b.shown(&out)
	}
	return out
}

func (b *book) in(at *time.Time) *time.Duration {
	if at == nil {
		return nil
	}
	d := max(at.Sub(b.clock()), 0)
	return &d
}

// due refuses an automatic act before its instant, as the record does.
func (b *book) due(p *page) error {
	if p.acts == nil || b.clock().Before(*p.acts) {
		return civic.Refuse(civic.Conflict, "not_due", "未到期", "not due")
	}
	return nil
}

// edit changes a case from outside.
func (b *book) edit(id string, f func(*page)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pages[id] == nil {
		b.pages[id] = &page{version: 1}
	}
	f(b.pages[id])
}

// kinds are the acts on record, in order.
func (b *book) kinds() []civic.ActKind {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]civic.ActKind, len(b.deeds))
	for i, d := range b.deeds {
		out[i] = d.Kind
	}
	return out
}

// done are the acts on record, in order.
func (b *book) done() []deed {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]deed(nil), b.deeds...)
}

func (b *book) tried() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tries
}
