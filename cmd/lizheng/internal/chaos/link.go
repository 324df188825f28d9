package chaos

import (
	"bytes"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Link is one connection path between two processes that can be made to fail: everything between them goes through it.
type Link struct {
	Name     string
	listener net.Listener
	network  string // of what it leads to
	target   string

	mu    sync.Mutex
	conns map[*conn]bool
	delay time.Duration
	held  bool          // nothing passes upstream
	free  chan struct{} // closed when something may pass again

	losing     []byte // the next request that contains this loses its answer; nil when none shall
	lost       atomic.Int64
	Upstream   atomic.Int64 // bytes that passed towards the target
	Downstream atomic.Int64
}

// OpenLink listens on a loopback port and passes everything on to a target, which need not be there yet.
func OpenLink(name, network, target string) (*Link, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	link := &Link{Name: name, listener: l, network: network, target: target, conns: map[*conn]bool{}}
	go link.accept()
	return link, nil
}

// Address is where the link is entered.
func (l *Link) Address() string { return l.listener.Addr().String() }

// Lost is how many requests were let through and lost their answer.
func (l *Link) Lost() int64 { return l.lost.Load() }

// Close ends the link and what goes through it.
func (l *Link) Close() error {
	err := l.listener.Close()
	l.Heal()
	l.Cut()
	return err
}

func (l *Link) accept() {
	for {
		from, err := l.listener.Accept()
		if err != nil {
			return
		}
		go l.carry(from)
	}
}

// conn is one connection: what came in and what it leads to.
type conn struct {
	link         *Link
	from, to     net.Conn
	losingAnswer atomic.Bool
}

func (l *Link) carry(from net.Conn) {
	to, err := net.DialTimeout(l.network, l.target, 2*time.Second)
	if err != nil {
		reset(from)
		return
	}
	c := &conn{link: l, from: from, to: to}
	l.mu.Lock()
	l.conns[c] = true
	l.mu.Unlock()
	var both sync.WaitGroup
	both.Go(c.up)
	both.Go(c.down)
	both.Wait()
	l.mu.Lock()
	delete(l.conns, c)
	l.mu.Unlock()
	c.end()
}

// up passes requests on.
func (c *conn) up() {
	defer halfClose(c.to)
	pass(c.from, func(chunk []byte) error {
		if !c.link.wait(true) {
			return io.ErrClosedPipe
		}
		if c.link.loses(chunk) {
			c.losingAnswer.Store(true)
		}
		c.link.Upstream.Add(int64(len(chunk)))
		_, err := c.to.Write(chunk)
		return err
	})
}

// down passes answers back, unless this one is to be lost: then the connection breaks in its place.
func (c *conn) down() {
	defer halfClose(c.from)
	pass(c.to, func(chunk []byte) error {
		if c.losingAnswer.Load() {
			c.link.lost.Add(1)
			c.end()
			return io.ErrClosedPipe
		}
		c.link.wait(false)
		c.link.Downstream.Add(int64(len(chunk)))
		_, err := c.from.Write(chunk)
		return err
	})
}

func pass(from net.Conn, chunk func([]byte) error) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && chunk(buffer[:n]) != nil {
			return
		}
		if err != nil {
			return
		}
	}
}

// wait keeps a chunk back as long as the link is slow or, upstream, held. It reports whether the link is still there.
func (l *Link) wait(upstream bool) bool {
	for {
		l.mu.Lock()
		delay, held, free := l.delay, l.held && upstream, l.free
		l.mu.Unlock()
		if !held {
			if delay > 0 {
				time.Sleep(delay) // what a slow line does
			}
			return true
		}
		<-free
	}
}

// loses reports whether this is the request whose answer is to be lost.
func (l *Link) loses(chunk []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.losing == nil || !bytes.Contains(chunk, l.losing) {
		return false
	}
	l.losing = nil
	return true
}

// LoseAnswer lets the next request through that contains these bytes, and loses its answer. Empty bytes mean any request.
func (l *Link) LoseAnswer(to string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.losing = append([]byte{}, to...)
}

// Cut breaks every connection at once, without a farewell.
func (l *Link) Cut() {
	for _, c := range l.open() {
		c.end()
	}
}

// HalfClose ends the answers of every connection politely, while requests still pass.
func (l *Link) HalfClose() {
	for _, c := range l.open() {
		halfClose(c.from)
	}
}

func (l *Link) open() []*conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]*conn, 0, len(l.conns))
	for c := range l.conns {
		out = append(out, c)
	}
	return out
}

// Delay makes every piece take this much longer.
func (l *Link) Delay(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delay = d
}

// Hold keeps everything upstream back until Heal, and leaves the connections standing.
func (l *Link) Hold() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held {
		l.held, l.free = true, make(chan struct{})
	}
}

// Heal makes the link as good as new.
func (l *Link) Heal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.delay, l.losing = 0, nil
	if l.held {
		l.held = false
		close(l.free)
	}
}

func (c *conn) end() {
	reset(c.from)
	reset(c.to)
}

// reset ends a connection so that the other side hears of it as of a crash.
func reset(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0) // it is going away in any case
	}
	_ = c.Close() // it may be closed already
}

func halfClose(c net.Conn) {
	if h, ok := c.(interface{ CloseWrite() error }); ok {
		if err := h.CloseWrite(); err != nil && !errors.Is(err, net.ErrClosed) {
			reset(c)
		}
	}
}
