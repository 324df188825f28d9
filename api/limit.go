package api

import (
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

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
	Public    Rate // public reads, from one address
	Session   Rate // of one signed-in session or token
}

// The defaults: far above what a person does, far below what hurts.
var defaultLimits = Limits{
	SignIn: Rate{0.5, 30}, Objection: Rate{1.0 / 60, 5}, Public: Rate{20, 200}, Session: Rate{50, 200},
}

// limits are the limiters of a server.
type limits struct{ signIn, objection, public, session *limiter }

func newLimits(l Limits, now func() time.Time) limits {
	pick := func(r, standard Rate) *limiter {
		if r == (Rate{}) {
			r = standard
		}
		return &limiter{rate: r, now: now, buckets: map[string]*bucket{}}
	}
	return limits{pick(l.SignIn, defaultLimits.SignIn), pick(l.Objection, defaultLimits.Objection),
		pick(l.Public, defaultLimits.Public), pick(l.Session, defaultLimits.Session)}
}

// notTooOften slows down whoever is not known yet: by address.
func (s *server) notTooOften(c *gin.Context, op *operation) error {
	address := visitOf(c).who.Address
	switch {
	case op.id == "signIn":
		return s.limits.signIn.take(address)
	case op.public && !isRead(c.Request.Method):
		return s.limits.objection.take(address)
	case op.public:
		return s.limits.public.take(address)
	}
	return nil
}

// limiter has a bucket for everyone it has seen lately.
type limiter struct {
	rate Rate
	now  func() time.Time

	mu      sync.Mutex
	buckets map[string]*bucket
	swept   time.Time
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// keep is how long a bucket is remembered after its last use; by then it is full again whatever its rate.
const keep = 10 * time.Minute

// take lets one request through or says how long to wait.
func (l *limiter) take(name string) error {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) > keep {
		for name, b := range l.buckets {
			if now.Sub(b.used) > keep {
				delete(l.buckets, name)
			}
		}
		l.swept = now
	}
	b, ok := l.buckets[name]
	if !ok {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)}
		l.buckets[name] = b
	}
	b.used = now
	r := b.ReserveN(now, 1)
	delay := r.DelayFrom(now)
	if r.OK() && delay == 0 {
		return nil
	}
	r.CancelAt(now)
	return httpError{status: http.StatusTooManyRequests, wait: int(math.Ceil(delay.Seconds())),
		refusal: civic.Refuse(civic.TooMany, "too_many_requests", "操作过于频繁，请稍后再试。", "Too many requests; slow down.")}
}
