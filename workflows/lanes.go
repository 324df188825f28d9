package workflows

import (
	"context"
	"sync"

	"lizheng/civic"
)

// abreast is how many acts on one case may be on their way from this process: the engine takes ten in all and reports
// the eleventh as a mere time-out, so two processes stay clear of it.
const abreast = 4

// lanes bound the acts on their way by case. A lane is there only as long as somebody is in it or waits before it.
type lanes struct {
	mu    sync.Mutex
	cases map[string]*lane
}

type lane struct {
	slots chan struct{}
	users int
}

// enter waits for a place in a case's lane; whoever got one calls leave.
func (l *lanes) enter(ctx context.Context, caseID string) (leave func(), err error) {
	at := l.use(caseID)
	select {
	case at.slots <- struct{}{}:
		return func() { <-at.slots; l.drop(caseID) }, nil
	case <-ctx.Done():
		l.drop(caseID)
		return nil, civic.Refuse(civic.Unavailable, "busy", "该事项操作过于集中，请稍后重试。", "Too many acts on this case at once; try again shortly.")
	}
}

func (l *lanes) use(caseID string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cases == nil {
		l.cases = map[string]*lane{}
	}
	at := l.cases[caseID]
	if at == nil {
		at = &lane{slots: make(chan struct{}, abreast)}
		l.cases[caseID] = at
	}
	at.users++
	return at
}

func (l *lanes) drop(caseID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := l.cases[caseID]
	if at.users--; at.users == 0 {
		delete(l.cases, caseID)
	}
}
