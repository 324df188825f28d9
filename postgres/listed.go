package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lizheng/civic"
)

// listedAge is how old the copy of the lists may be that similar names are looked for in: it informs, it refuses nothing.
const listedAge = 5 * time.Second

// listedCopy is a copy of what the negative list and the catalogue hold now.
type listedCopy struct {
	mu      sync.Mutex
	at      time.Time
	entries []civic.Entry
}

// listed returns the entries in force of the negative list and the catalogue, a few seconds old at most.
func (s *Store) listed(ctx context.Context) ([]civic.Entry, error) {
	s.copies.mu.Lock()
	defer s.copies.mu.Unlock()
	if time.Since(s.copies.at) < listedAge {
		return s.copies.entries, nil
	}
	list, err := s.beside.EntriesInForce(ctx, []string{string(civic.Negative), string(civic.Admitted)})
	if err != nil {
		return nil, fmt.Errorf("read the lists: %w", err)
	}
	entries := make([]civic.Entry, len(list))
	for i, row := range list {
		entries[i] = entryOf(row)
	}
	s.copies.entries, s.copies.at = entries, time.Now()
	return entries, nil
}

// similar finds the lines of the lists whose names are like the form's.
func (s *Store) similar(ctx context.Context, form civic.AccessRequest, f *civic.FormFacts) error {
	listed, err := s.listed(ctx)
	if err != nil {
		return err
	}
	for _, h := range civic.Match(form.Name, listed) {
		if h.Score < 100 {
			f.Existing = append(f.Existing, h)
		}
	}
	return nil
}
