package api

import (
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// Rate is how often something may be done: so many a second for ever, and so many at once.
type Rate struct {
	PerSecond float64
	Burst     int
}

// Limits are how often the door lets somebody in. A zero Rate stands for its default.
type Limits struct {
	SignIn    Rate // from one address; a bureau may share one
	Objection Rate // to public notices, from one address
	Public    Rate // public reads, and attempts with a session or token that is none, from one address
	Session   Rate // of one signed-in session or token
}

// The defaults: far above what a person does, far below what hurts.
var defaultLimits = Limits{
	SignIn: Rate{0.5, 30}, Objection: Rate{1.0 / 60, 5}, Public: Rate{20, 200}, Session: Rate{50, 200},
}

// limits are the limiters of a server.
type limits struct{ signIn, objection, public, session *limiter }

func newLimits(l Limits) limits {
	pick := func(r, standard Rate) *limiter {
		if r == (Rate{}) {
			r = standard
		}
		return &limiter{rate: r, now: time.Now, buckets: map[string]*bucket{}}
	}
	return limits{
		pick(l.SignIn, defaultLimits.SignIn), pick(l.Objection, defaultLimits.Objection),
		pick(l.Public, defaultLimits.Public), pick(l.Session, defaultLimits.Session),
	}
}

// notTooOften slows down whoever is not known, or not yet: by address.
func (s *server) notTooOften(c *gin.Context, op *operation) error {
	address := visitOf(c).who.Address
	switch {
	case op.id == "signIn":
		return s.limits.signIn.take(address)
	case op.public && !isRead(c.Request.Method):
		return s.limits.objection.take(address)
	}
	return s.limits.public.take(address) // given back when it turns out to be somebody
}

// limiter has a bucket for everyone it has seen lately.
type limiter struct {
	rate Rate
	now  func() time.Time

	mu      sync.Mutex
	buckets map[string]*bucket
	swept   time.Time
}

// bucket holds what is left of a burst; it fills with time.
type bucket struct {
	left float64
	at   time.Time
}

// keep is how long a bucket is remembered after its last use.
const keep = 10 * time.Minute

// take lets one request through or says how long to wait.
func (l *limiter) take(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	l.sweep(now)
	b, ok := l.buckets[name]
	if !ok {
		b = &bucket{left: float64(l.rate.Burst), at: now}
		l.buckets[name] = b
	}
	b.left = min(b.left+now.Sub(b.at).Seconds()*l.rate.PerSecond, float64(l.rate.Burst))
	b.at = now
	if b.left >= 1 {
		b.left--
		return nil
	}
	return httpError{
		status: http.StatusTooManyRequests, wait: int(math.Ceil((1 - b.left) / l.rate.PerSecond)),
		refusal: civic.Refuse(civic.TooMany, "too_many_requests", "操作过于频繁，请稍后再试。", "Too many requests; slow down."),
	}
}

// giveBack undoes a take: it turned out to be somebody who is not counted here.
func (l *limiter) giveBack(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b, ok := l.buckets[name]; ok {
		b.left++
	}
}

// sweep forgets whoever is gone, now and then.
func (l *limiter) sweep(now time.Time) {
	if now.Sub(l.swept) <= keep {
		return
	}
	for name, b := range l.buckets {
		if now.Sub(b.at) > keep {
			delete(l.buckets, name)
		}
	}
	l.swept = now
}
