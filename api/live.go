package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// Change says that something in the record has changed. It carries no content.
type Change struct {
	Persons []string // whom a new notice is for; nobody: something changed that anybody may have on the screen
	Notice  string   // the id of that notice
}

// Changes tells what the record says has changed, until the context is done. It may leave something out: whoever listens reads
// again what is on the screen anyway.
type Changes interface {
	Changes(ctx context.Context) <-chan Change
}

const (
	heartbeat  = 15 * time.Second
	maxStreams = 2000 // of one process; beyond that clients ask from time to time instead
)

// hub hands every change to every open stream. It begins to listen with the first stream.
type hub struct {
	closing context.Context
	source  Changes
	start   sync.Once

	mu      sync.Mutex
	seq     int64 // of the last change
	streams map[*stream]struct{}
}

// stream is one open connection. Its mark is set when it has something to say; what it missed meanwhile is summed up.
type stream struct {
	person  string
	wake    chan struct{}
	mu      sync.Mutex
	changed bool
	notices []string
}

func newHub(closing context.Context, source Changes) *hub {
	return &hub{closing: closing, source: source, seq: time.Now().UnixMicro(), streams: map[*stream]struct{}{}}
}

// listen passes on changes until the service closes.
func (h *hub) listen() {
	if h.source == nil {
		return
	}
	for change := range h.source.Changes(h.closing) {
		h.mu.Lock()
		h.seq++
		for s := range h.streams {
			s.tell(change)
		}
		h.mu.Unlock()
	}
}

func (s *stream) tell(c Change) {
	if len(c.Persons) > 0 && !slices.Contains(c.Persons, s.person) {
		return
	}
	s.mu.Lock()
	if len(c.Persons) > 0 && c.Notice != "" && len(s.notices) < 20 {
		s.notices = append(s.notices, c.Notice)
	} else {
		s.changed = true
	}
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// take empties what the stream has to say.
func (s *stream) take() (changed bool, notices []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	changed, notices = s.changed, s.notices
	s.changed, s.notices = false, nil
	return changed, notices
}

// join opens a stream, or reports that there are too many.
func (h *hub) join(person string) (*stream, int64, bool) {
	h.start.Do(func() { go h.listen() })
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.streams) >= maxStreams {
		return nil, 0, false
	}
	s := &stream{person: person, wake: make(chan struct{}, 1)}
	h.streams[s] = struct{}{}
	return s, h.seq, true
}

func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
}

func (h *hub) last() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seq
}

// StreamEvents handles GET /events.
func (s *server) StreamEvents(c *gin.Context) {
	line, seq, ok := s.hub.join(who(c).Person)
	if !ok {
		s.fail(c, errBusy())
		return
	}
	defer s.hub.leave(line)
	_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Time{}) // a stream has no end; where it cannot be lifted, clients reconnect
	c.Header("Content-Type", "text/event-stream; charset=utf-8")
	c.Header("X-Accel-Buffering", "no")
	c.Writer.WriteHeader(http.StatusOK)
	if before := c.GetHeader("Last-Event-ID"); before != "" && before != fmt.Sprint(seq) {
		line.tell(Change{})
	}
	fmt.Fprintf(c.Writer, "retry: 3000\nid: %d\n: open\n\n", seq)
	c.Writer.Flush()
	s.follow(c, line)
}

// follow writes what the stream has to say until the client, the session's limit or the service ends it.
func (s *server) follow(c *gin.Context, line *stream) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-c.Request.Context().Done():
			return
		case <-s.o.Closing.Done():
			return
		case <-beat.C:
			if _, err := s.o.Desk.WhoAmI(c.Request.Context(), who(c)); err != nil {
				return // signed out meanwhile, or not to be told: the client asks again and hears why
			}
			fmt.Fprint(c.Writer, ": beat\n\n")
		case <-line.wake:
			changed, notices := line.take()
			id := s.hub.last()
			if changed {
				fmt.Fprintf(c.Writer, "id: %d\nevent: changed\ndata: {}\n\n", id)
			}
			for _, n := range notices {
				fmt.Fprintf(c.Writer, "id: %d\nevent: notice\ndata: {\"id\":%q}\n\n", id, n)
			}
		}
		c.Writer.Flush()
	}
}

func errBusy() error {
	return civic.Refuse(civic.Unavailable, "too_many_streams", "实时连接过多，请稍后再试。", "There are too many open streams; ask from time to time instead.")
}
