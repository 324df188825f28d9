package rehearsal

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"lizheng/civic"
	"lizheng/cmd/lizheng/internal/visitor"
)

// crew is everybody who works on the year, each at an address of their own, as people are: the door counts sign-ins by address.
type crew struct {
	base, password string

	mu      sync.Mutex
	people  map[string]*visitor.Visitor
	clients map[string]*http.Client

	Requests atomic.Int64
}

func newCrew(base, password string) *crew {
	return &crew{base: base, password: password, people: map[string]*visitor.Visitor{}, clients: map[string]*http.Client{}}
}

// goHome ends all sessions: after the clock has moved they are over anyway.
func (c *crew) goHome() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.people = map[string]*visitor.Visitor{}
}

// as is somebody signed in.
func (c *crew) as(ctx context.Context, login string) (*visitor.Visitor, error) {
	c.mu.Lock()
	known, ok := c.people[login]
	client, has := c.clients[login]
	if !has {
		n := len(c.clients) + 1
		from := &net.TCPAddr{IP: net.IPv4(127, 1, byte(n/250), byte(n%250+1))}
		client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: from}).DialContext, MaxIdleConnsPerHost: 4}}
		c.clients[login] = client
	}
	c.mu.Unlock()
	if ok {
		return known, nil
	}
	v, err := visitor.SignIn(ctx, client, c.base, login, c.password)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.people[login] = v
	return v, nil
}

// How long somebody waits who asked too often or whose answer is not known yet, before asking again under the same key.
const patience = 100 * time.Millisecond

// send asks until there is a definite answer; the same key makes asking again harmless.
func (c *crew) send(ctx context.Context, login string, into any, ask func(v *visitor.Visitor, key string) (visitor.Reply, error)) error {
	key := uuid.NewString()
	for {
		v, err := c.as(ctx, login)
		if err != nil {
			return err
		}
		c.Requests.Add(1)
		reply, err := ask(v, key)
		if err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		switch reply.Status {
		case http.StatusAccepted, http.StatusTooManyRequests, http.StatusServiceUnavailable:
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(patience):
			}
			continue
		}
		if err := reply.Read(into); err != nil {
			return fmt.Errorf("%s: %w", login, err)
		}
		return nil
	}
}

func (c *crew) get(ctx context.Context, login, path string, into any) error {
	return c.send(ctx, login, into, func(v *visitor.Visitor, _ string) (visitor.Reply, error) {
		return v.Send(ctx, http.MethodGet, path, "", nil)
	})
}

func (c *crew) post(ctx context.Context, login, path string, body, into any) error {
	return c.send(ctx, login, into, func(v *visitor.Visitor, key string) (visitor.Reply, error) {
		return v.Send(ctx, http.MethodPost, path, key, body)
	})
}

func (c *crew) save(ctx context.Context, login, method, path string, seen int, body, into any) error {
	return c.send(ctx, login, into, func(v *visitor.Visitor, key string) (visitor.Reply, error) {
		return v.Save(ctx, method, path, key, seen, body)
	})
}

// decide answers one task.
func (c *crew) decide(ctx context.Context, login, task, outcome string, details any) error {
	body := map[string]any{"outcome": outcome, "opinion": "已核。"}
	if details != nil {
		body["details"] = map[string]any{"appraisal": details}
	}
	return c.post(ctx, login, "/tasks/"+task+"/decision", body, nil)
}

// inbox reads one page of what waits for somebody at a step; what is answered leaves it.
func (c *crew) inbox(ctx context.Context, login, step string) ([]civic.InboxLine, error) {
	var page civic.Part[civic.InboxLine]
	err := c.get(ctx, login, "/tasks?limit=100&step="+step, &page)
	return page.Items, err
}

// clear answers everything that waits for somebody at a step, page by page, and returns how much it was.
func (c *crew) clear(ctx context.Context, login, step string, answer func(i int, t civic.Task) error) (int, error) {
	done := 0
	for {
		page, err := c.inbox(ctx, login, step)
		if err != nil || len(page) == 0 {
			return done, err
		}
		for _, line := range page {
			if err := answer(done, line.Task); err != nil {
				return done, fmt.Errorf("%s of %s: %w", step, line.Task.Case, err)
			}
			done++
		}
	}
}

// object objects to a public notice, as anybody may.
func (c *crew) object(ctx context.Context, login, caseID, text string) error {
	return c.post(ctx, login, "/public/notices/"+caseID+"/objections", map[string]string{"text": text, "contact": "居民"}, nil)
}
