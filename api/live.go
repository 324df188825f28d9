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
	Persons []string // who has a new notice; with nobody named, anybody may have missed something
}

// Changes tells what has changed until the context is done, and then closes the channel.
type Changes interface {
	Changes(ctx context.Context) <-chan Change
}

const (
	heartbeat  = 15 * time.Second
	aliveBeats = 4    // heartbeats between two looks whether the session still stands
	maxStreams = 2000 // of one process; beyond that clients ask from time to time instead
	maxOwn     = 10   // of one person: more pages than anybody has open
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
	person string
	wake   chan struct{}

	mu      sync.Mutex
	changed bool // something, nobody knows what
	noticed bool // a new notice for this person
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
	forAll := len(c.Persons) == 0
	if !forAll && !slices.Contains(c.Persons, s.person) {
		return // that it happened at all is none of this person's business
	}
	s.mu.Lock()
	s.changed, s.noticed = s.changed || forAll, s.noticed || !forAll
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// take empties what the stream has to say.
func (s *stream) take() (events []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed {
		events = append(events, "changed")
	}
	if s.noticed {
		events = append(events, "notice")
	}
	s.changed, s.noticed = false, false
	return events
}

// join opens a stream, or reports that there are too many.
func (h *hub) join(person string) (*stream, int64, bool) {
	h.start.Do(func() { go h.listen() })
	h.mu.Lock()
	defer h.mu.Unlock()
	own := 0
	for s := range h.streams {
		if s.person == person {
			own++
		}
	}
	if len(h.streams) >= maxStreams || own >= maxOwn {
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

// follow writes what the stream has to say until the client, the session or the service ends it.
func (s *server) follow(c *gin.Context, line *stream) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for beats := 1; ; {
		select {
		case <-c.Request.Context().Done():
			return
		case <-s.o.Closing.Done():
			return
		case <-beat.C:
			if beats++; beats%aliveBeats == 0 && !s.stands(c) {
				return // signed out meanwhile: the client asks again and hears so
			}
			fmt.Fprint(c.Writer, ": beat\n\n")
		case <-line.wake:
			for _, event := range line.take() {
				fmt.Fprintf(c.Writer, "id: %d\nevent: %s\ndata: {}\n\n", s.hub.last(), event)
			}
		}
		c.Writer.Flush()
	}
}

// stands reports whether the session of a stream has not ended. Looking does not prolong it. A token's streams end with
// their connection.
func (s *server) stands(c *gin.Context) bool {
	v := visitOf(c)
	if v.who.Session == "" {
		return true
	}
	sessions, err := s.o.Desk.Sessions(c.Request.Context(), v.who)
	return err == nil && slices.ContainsFunc(sessions, func(one civic.SessionView) bool {
		return one.Current && one.EndedAt == nil && s.o.Now().Before(one.ExpiresAt)
	})
}

func errBusy() error {
	return civic.Refuse(civic.Unavailable, "too_many_streams", "实时连接过多，请稍后再试。", "There are too many open streams; ask from time to time instead.")
}
