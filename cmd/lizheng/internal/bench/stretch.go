package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// contender is one way to carry cases of four decisions each.
type contender interface {
	name() string
	// prepare makes ready what a stretch will use up; it is not timed.
	prepare(ctx context.Context, cases int) error
	// carry takes one case through its decisions and tells each as it is known to whoever asked.
	carry(ctx context.Context, decided func()) error
}

// sample is what one contender did in one stretch.
type sample struct {
	PerSecond float64
	Waits     []time.Duration // of each decision
	CPU       Spent
	decided   int // also after the end, by whoever had begun before
}

// stretch lets clients carry cases one after the other for a while. What is decided after the end is not counted.
func stretch(ctx context.Context, c contender, clients int, d time.Duration) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, d+time.Minute)
	defer cancel()
	var out sample
	var mu sync.Mutex
	var stop atomic.Bool
	began := time.Now()
	end := began.Add(d)
	failures := make(chan error, clients)
	var working sync.WaitGroup
	for range clients {
		working.Go(func() {
			for !stop.Load() && time.Now().Before(end) {
				asked := time.Now()
				err := c.carry(ctx, func() {
					now := time.Now()
					mu.Lock()
					defer mu.Unlock()
					out.decided++
					if now.Before(end) {
						out.Waits = append(out.Waits, now.Sub(asked))
					}
					asked = now
				})
				if err != nil {
					stop.Store(true)
					failures <- fmt.Errorf("%s: %w", c.name(), err)
					return
				}
			}
		})
	}
	working.Wait()
	out.PerSecond = float64(len(out.Waits)) / d.Seconds()
	select {
	case err := <-failures:
		return out, err
	default:
		return out, nil
	}
}

// quantile of durations; 0 of none.
func quantile(d []time.Duration, q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(d))
	return sorted[min(int(float64(len(sorted))*q), len(sorted)-1)]
}

// median of numbers, the mean of the middle two for an even count; 0 of none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(v))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
