package embedded

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"text/template"
)

var (
	//go:embed temporal.yaml.tmpl
	configText string
	//go:embed dynamic.yaml
	dynamicText []byte

	configTemplate = template.Must(template.New("temporal").Parse(configText))
)

// writeConfig writes what the server reads at start and returns its path.
func (t *Temporal) writeConfig() (string, error) {
	dynamic := filepath.Join(t.dir, "dynamic.yaml")
	var config bytes.Buffer
	if err := configTemplate.Execute(&config, map[string]any{
		"Database":   temporalDatabase,
		"Visibility": visibility,
		"User":       temporalRole,
		"Socket":     t.postgres.socket,
		"SocketPort": t.postgres.port,
		"Services":   t.ports.services(),
		"Frontend":   t.ports.Frontend.RPC,
		"Dynamic":    dynamic,
	}); err != nil {
		return "", fmt.Errorf("write the Temporal server's settings: %w", err)
	}
	path := filepath.Join(t.dir, "config.yaml")
	if err := os.WriteFile(dynamic, dynamicText, 0o600); err != nil {
		return "", fmt.Errorf("write the Temporal server's settings: %w", err)
	}
	if err := os.WriteFile(path, config.Bytes(), 0o600); err != nil {
		return "", fmt.Errorf("write the Temporal server's settings: %w", err)
	}
	return path, nil
}

// pair is what one of the server's services listens on.
type pair struct {
	Name       string `json:"-"`
	RPC        int    `json:"rpc"`
	Membership int    `json:"membership"`
}

// ports are kept in the data folder, so that clients find the server again.
type ports struct {
	Frontend pair `json:"frontend"`
	History  pair `json:"history"`
	Matching pair `json:"matching"`
	Worker   pair `json:"worker"`
}

func (p ports) services() []pair {
	named := []pair{p.Frontend, p.History, p.Matching, p.Worker}
	for i, name := range []string{"frontend", "history", "matching", "worker"} {
		named[i].Name = name
	}
	return named
}

func (p ports) free() bool {
	for _, s := range p.services() {
		if !portFree(s.RPC) || !portFree(s.Membership) {
			return false
		}
	}
	return true
}

// choosePorts keeps the ports of the last start where that is possible. The
// front end's is the caller's when the caller names one.
func choosePorts(path string, frontend int) (ports, error) {
	if frontend != 0 && !portFree(frontend) {
		return ports{}, fmt.Errorf("port %d on this machine is in use by another program: stop that program, or choose another port for Temporal", frontend)
	}
	kept, err := readPorts(path)
	if err != nil {
		return ports{}, err
	}
	if kept.free() && (frontend == 0 || frontend == kept.Frontend.RPC) {
		return kept, nil
	}
	chosen, err := newPorts(frontend)
	if err != nil {
		return ports{}, err
	}
	content, err := json.MarshalIndent(chosen, "", "  ")
	if err != nil {
		return ports{}, err
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return ports{}, fmt.Errorf("remember the ports of the Temporal server: %w", err)
	}
	return chosen, nil
}

func readPorts(path string) (ports, error) {
	var p ports
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read the ports of the Temporal server: %w", err)
	}
	if json.Unmarshal(content, &p) != nil {
		p = ports{} // torn by a crash: new ones are as good
	}
	return p, nil
}

func newPorts(frontend int) (ports, error) {
	free := make([]int, 8)
	taken := map[int]bool{frontend: true}
	for i := range free {
		port, err := freePort(taken)
		if err != nil {
			return ports{}, err
		}
		free[i], taken[port] = port, true
	}
	if frontend == 0 {
		frontend = free[0]
	}
	return ports{
		Frontend: pair{RPC: frontend, Membership: free[1]},
		History:  pair{RPC: free[2], Membership: free[3]},
		Matching: pair{RPC: free[4], Membership: free[5]},
		Worker:   pair{RPC: free[6], Membership: free[7]},
	}, nil
}

// Temporal keeps membership ports in a smallint column, so they end at 32767,
// which is also where the ports of outgoing connections begin.
const (
	lowestPort  = 20000
	highestPort = 32700
)

func freePort(taken map[int]bool) (int, error) {
	for range 1000 {
		port := lowestPort + rand.IntN(highestPort-lowestPort) //nolint:gosec // not a secret
		if !taken[port] && portFree(port) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("no port between %d and %d is free for the Temporal server", lowestPort, highestPort)
}

func portFree(port int) bool {
	if port == 0 {
		return false
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port))) //nolint:noctx // it waits for nobody
	if err != nil {
		return false
	}
	return l.Close() == nil
}
