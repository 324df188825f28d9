package postgres_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a proxy does to a COMMIT.
const (
	passOn     = iota
	cutReply   // the server commits, and nobody hears of it
	cutRequest // the server never hears of it, and rolls back
)

// proxy stands between a store and its server and understands as much of their talk as it takes to lose the right part of it.
type proxy struct {
	listener        net.Listener
	network, server string
	commit          atomic.Int32 // what happens to the next COMMIT
	cuts            atomic.Int64 // COMMITs lost so far
	mu              sync.Mutex
	losses          float64 // share of all answers that are lost, whatever they say
	dice            *rand.Rand
}

// between starts a proxy and returns a URL that leads through it.
func between(t *testing.T, dsn string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	q := u.Query()
	p := &proxy{dice: rand.New(rand.NewPCG(1, 2)), network: "tcp", server: u.Host}
	if host := q.Get("host"); strings.HasPrefix(host, "/") {
		p.network, p.server = "unix", host+"/.s.PGSQL."+q.Get("port")
	}
	p.listener, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.listener.Close()) })
	go p.serve()
	host, port, err := net.SplitHostPort(p.listener.Addr().String())
	require.NoError(t, err)
	q.Set("host", host)
	q.Set("port", port)
	u.Host, u.RawQuery = "", q.Encode()
	return p, u.String()
}

func (p *proxy) serve() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return // closed
		}
		server, err := net.Dial(p.network, p.server)
		if err != nil {
			client.Close()
			continue
		}
		c := &crossing{p: p, client: client, server: server}
		go c.requests()
		go c.answers()
	}
}

// crossing is one connection through the proxy.
type crossing struct {
	p              *proxy
	client, server net.Conn
	deaf           atomic.Bool // what the server says up to its next readiness is lost, and then the connection
}

func (c *crossing) close() {
	c.client.Close()
	c.server.Close()
}

// message reads one message: a letter and a length, or only a length at the start.
func message(r io.Reader, lettered bool) ([]byte, error) {
	head := make([]byte, 4, 5)
	if lettered {
		head = head[:5]
	}
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	body := make([]byte, int(binary.BigEndian.Uint32(head[len(head)-4:]))-4)
	_, err := io.ReadFull(r, body)
	return append(head, body...), err
}

func (c *crossing) requests() {
	defer c.close()
	for started := false; ; started = true {
		m, err := message(c.client, started)
		if err != nil {
			return
		}
		if started && m[0] == 'Q' && bytes.HasPrefix(m[5:], []byte("COMMIT")) {
			switch c.p.commit.Swap(passOn) {
			case cutRequest:
				c.p.cuts.Add(1)
				return
			case cutReply:
				c.p.cuts.Add(1)
				c.deaf.Store(true)
			}
		}
		if _, err := c.server.Write(m); err != nil {
			return
		}
	}
}

func (c *crossing) answers() {
	defer c.close()
	for authenticated := false; ; {
		m, err := message(c.server, true)
		if err != nil {
			return
		}
		ready := m[0] == 'Z'
		if ready && authenticated && c.p.unlucky() {
			return
		}
		authenticated = authenticated || ready
		if c.deaf.Load() {
			if ready {
				return
			}
			continue
		}
		if _, err := c.client.Write(m); err != nil {
			return
		}
	}
}

// unlucky draws whether an answer is lost.
func (p *proxy) unlucky() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dice.Float64() < p.losses
}

// lose sets the share of answers that are lost from now on.
func (p *proxy) lose(share float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.losses = share
}
