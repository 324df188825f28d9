package workflows_test

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// wire is a way to a server that can be cut.
type wire struct {
	listener net.Listener
	to       string

	mu   sync.Mutex
	ends []net.Conn
	dead bool // what is sent arrives; nothing comes back
}

// lay a wire to an address.
func newWire(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &wire{listener: l, to: to}
	t.Cleanup(w.cut)
	go w.serve()
	return w
}

func (w *wire) address() string { return w.listener.Addr().String() }

func (w *wire) serve() {
	for {
		in, err := w.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", w.to)
		if err != nil {
			in.Close()
			continue
		}
		w.mu.Lock()
		w.ends = append(w.ends, in, out)
		w.mu.Unlock()
		go carry(out, in)
		go carry(silencer{in, w}, out)
	}
}

// carry copies until one side is gone, and then ends the other.
func carry(to io.WriteCloser, from io.ReadCloser) {
	_, _ = io.Copy(to, from) // a cut wire is no error
	to.Close()
	from.Close()
}

// silencer swallows the answers of a dead wire.
type silencer struct {
	io.WriteCloser
	w *wire
}

func (s silencer) Write(p []byte) (int, error) {
	s.w.mu.Lock()
	dead := s.w.dead
	s.w.mu.Unlock()
	if dead {
		return len(p), nil
	}
	return s.WriteCloser.Write(p)
}

// mute lets requests through and answers not.
func (w *wire) mute() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
}

// cut ends everything.
func (w *wire) cut() {
	w.listener.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.ends {
		c.Close()
	}
}
