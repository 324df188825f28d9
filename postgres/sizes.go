package postgres

import (
	"context"
	"sync"
	"time"

	"lizheng/civic"
)

// sizes are the database's own estimates of how many cases there are, in which states, and with which units as parties.
// They decide only which index leads, never what is found.
type sizes struct {
	cases  float64
	states map[string]float64 // share of all cases
	units  map[string]float64 // cases with the unit as a party, of the units with the most
	others float64            // of any other unit, at most
	grams  map[string]float64 // share of all titles, of the most common
}

// guessedAge is how long estimates are believed; the database itself renews them every few minutes at most.
const guessedAge = time.Minute

type guesses struct {
	mu sync.Mutex
	at time.Time
	sizes
}

// frequencies are the most common states, units and words, as the last ANALYZE found them.
const frequencies = `
	SELECT s.attname, x.value, x.share,
	       (SELECT greatest(c.reltuples, 0) FROM pg_class c WHERE c.oid = 'cases'::regclass),
	       (SELECT greatest(c.reltuples, 0) FROM pg_class c WHERE c.oid = 'case_party'::regclass)
	FROM pg_stats s
	CROSS JOIN LATERAL (
		SELECT * FROM unnest(s.most_common_vals::text::text[], s.most_common_freqs) WHERE s.attname <> 'grams'
		UNION ALL
		SELECT * FROM unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) WHERE s.attname = 'grams') AS x (value, share)
	WHERE s.schemaname = current_schema() AND (s.tablename, s.attname) IN (('cases', 'state'), ('cases', 'grams'), ('case_party', 'unit')) AND x.value IS NOT NULL`

func (s *Store) sizes(ctx context.Context) (sizes, error) {
	s.guessed.mu.Lock()
	defer s.guessed.mu.Unlock()
	if time.Since(s.guessed.at) < guessedAge {
		return s.guessed.sizes, nil
	}
	z := sizes{states: map[string]float64{}, units: map[string]float64{}, grams: map[string]float64{}}
	_, err := collect(ctx, s.side, "estimate the sizes", frequencies, nil, func(scan func(...any) error) (struct{}, error) {
		var attribute, value string
		var share, parties float64
		err := scan(&attribute, &value, &share, &z.cases, &parties)
		switch attribute {
		case "state":
			z.states[value] = share
		case "grams":
			z.grams[value] = share
		case "unit":
			z.units[value] = share * parties
			if z.others == 0 || z.units[value] < z.others {
				z.others = z.units[value]
			}
		}
		return struct{}{}, err
	})
	if err != nil {
		return sizes{}, err
	}
	s.guessed.sizes, s.guessed.at = z, time.Now()
	return z, nil
}

// fewCases is how many of the units' cases may be looked through for words: each costs a look into the table.
const fewCases = 20_000

// unitsLead reports whether going through the cases of the units takes the fewest steps: those are the sight itself, so
// that every step that fits the filter is a line of the answer.
func (z sizes) unitsLead(q civic.CaseQuery) bool {
	if !fewReaders(q.Sight) || q.Overdue || q.Number != "" || q.Unit != "" || q.Mine {
		return false
	}
	var inStates, ofUnits float64
	for _, u := range q.Cases.Units {
		if n, known := z.units[u]; known {
			ofUnits += n
		} else {
			ofUnits += z.others
		}
	}
	switch {
	case z.cases == 0: // never analysed: a small record
		return true
	case len(q.Grams) > 0:
		return ofUnits <= fewCases
	case len(q.States) == 0:
		return true
	}
	for _, s := range stateNames(q.States) {
		inStates += z.states[s] * z.cases
	}
	inStates, ofUnits = min(max(inStates, 1), z.cases), min(max(ofUnits, 1), z.cases)
	page := float64(q.Limit)
	fromUnits := min(ofUnits, page*z.cases/inStates)
	fromStates := min(inStates, page*z.cases/ofUnits)
	return fromUnits <= fromStates
}

// common reports whether each of the words is in many titles.
func (z sizes) common(grams []string) bool {
	const many = 0.02
	for _, g := range grams {
		if z.grams[g] < many {
			return false
		}
	}
	return true
}
