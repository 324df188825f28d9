package api

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// told is a source of changes that a test tells.
type told chan Change

func (c told) Changes(ctx context.Context) <-chan Change {
	out := make(chan Change)
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			case change := <-c:
				select {
				case out <- change:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out
}

// listen opens a stream and gives its lines.
func (p person) listen(header ...string) *bufio.Scanner {
	p.Helper()
	r := p.request("GET", base+"/events", nil)
	r.AddCookie(p.cookie)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := p.client.Do(r)
	require.NoError(p, err)
	p.Cleanup(func() { _ = answer.Body.Close() }) // it was read as far as the test cared
	require.Equal(p, 200, answer.StatusCode)
	require.Equal(p, "text/event-stream; charset=utf-8", answer.Header.Get("Content-Type"))
	require.Equal(p, "no", answer.Header.Get("X-Accel-Buffering"))
	return bufio.NewScanner(answer.Body)
}

// next is the next line that begins so, without its beginning.
func next(t *testing.T, s *bufio.Scanner, begin string) string {
	t.Helper()
	for s.Scan() {
		if rest, ok := strings.CutPrefix(s.Text(), begin); ok {
			return rest
		}
	}
	require.Fail(t, "the stream ended", "before %q: %v", begin, s.Err())
	return ""
}

func TestAStreamTellsWhoeverItConcerns(t *testing.T) {
	t.Parallel()
	changes := make(told)
	h := newHouse(t, func(o *Options) { o.Live = changes })
	clerk, office := h.signIn("wang.fang").listen(), h.signIn("chen.jing").listen()
	next(t, clerk, ": open")
	next(t, office, ": open")
	changes <- Change{Persons: []string{"chen-jing"}}
	require.Equal(t, "notice", next(t, office, "event: "))
	changes <- Change{}
	require.Equal(t, "changed", next(t, office, "event: "))
	require.Equal(t, "changed", next(t, clerk, "event: "), "the first it hears: what concerned somebody else was kept from it")
	require.Equal(t, "{}", next(t, clerk, "data: "), "no content")
}

func TestAStreamThatMissedSomethingSaysSo(t *testing.T) {
	t.Parallel()
	changes := make(told)
	h := newHouse(t, func(o *Options) { o.Live = changes })
	clerk := h.signIn("wang.fang")
	first := clerk.listen()
	id := next(t, first, "id: ")
	again := clerk.listen("Last-Event-ID", id)
	next(t, again, ": open")
	changes <- Change{Persons: []string{"wang-fang"}}
	require.Equal(t, "notice", next(t, again, "event: "), "nothing was missed, so nothing else came first")
	require.Equal(t, "changed", next(t, clerk.listen("Last-Event-ID", id), "event: "))
}

func TestAStreamOutlastsTheTimeThatAnAnswerMayTake(t *testing.T) {
	t.Parallel()
	changes := make(told)
	h := newHouse(t, func(o *Options) { o.Live = changes })
	p := h.signIn("wang.fang")
	short := httptest.NewUnstartedServer(h.handler)
	short.Config.WriteTimeout = 50 * time.Millisecond
	short.Start()
	t.Cleanup(short.Close)
	p.house = &house{TB: t, url: short.URL, client: short.Client()}
	stream := p.listen()
	next(t, stream, ": open")
	<-time.After(2 * short.Config.WriteTimeout) // what would have cut it off
	changes <- Change{}
	require.Equal(t, "changed", next(t, stream, "event: "))
}

func TestStreamsEndWithTheService(t *testing.T) {
	t.Parallel()
	closing, shut := context.WithCancel(t.Context())
	h := newHouse(t, func(o *Options) { o.Closing = closing })
	stream := h.signIn("wang.fang").listen()
	next(t, stream, ": open")
	shut()
	for stream.Scan() { // read to its end
	}
	require.NoError(t, stream.Err())
}

func TestThereAreOnlySoManyStreams(t *testing.T) {
	t.Parallel()
	h := newHub(t.Context(), nil)
	for range maxOwn {
		_, _, ok := h.join("a")
		require.True(t, ok)
	}
	_, _, ok := h.join("a")
	require.False(t, ok, "one person does not take the place of many")
	for i := len(h.streams); i < maxStreams; i++ {
		_, _, ok := h.join(fmt.Sprint(i))
		require.True(t, ok)
	}
	s, _, ok := h.join("b")
	require.False(t, ok)
	require.Nil(t, s)
}
