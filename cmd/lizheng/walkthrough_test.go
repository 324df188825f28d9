package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/config/embedded/embeddedtest"
)

// The page is executed as it stands: every sh block in order, in one shell, against lizheng run.
func TestWalkthroughIsTrue(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs the whole service")
	}
	page, err := os.ReadFile("../../docs/walkthrough.md")
	require.NoError(t, err)
	var script strings.Builder
	script.WriteString("set -euo pipefail\n")
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		script.WriteString(block[1])
	}
	binary := build(t)
	data, err := embeddedtest.Folder()
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(data)) })
	address := "127.0.0.1:" + freePort(t)
	service := start(t, binary, "run", "--data", data, "--listen", address)
	service.await(t, "is ready at")

	shell := exec.Command("bash", "-c", script.String())
	shell.Env = append(os.Environ(), "LIZHENG=http://"+address, "LIZHENG_DATA="+data, "PATH="+filepath.Dir(binary)+":"+os.Getenv("PATH"))
	out, err := shell.CombinedOutput()
	require.NoError(t, err, "the walkthrough said:\n%s\nthe service said:\n%s", out, service.text())
	t.Logf("%s", out)
}

// process is a running lizheng.
type process struct {
	cmd  *exec.Cmd
	said *syncBuffer
}

// start runs the binary until the test ends.
func start(t *testing.T, binary string, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(binary, args...), said: new(syncBuffer)}
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() {
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			return // it has ended
		}
		ended := make(chan error, 1)
		go func() { ended <- p.cmd.Wait() }()
		select {
		case err := <-ended:
			require.NoError(t, err, p.text())
		case <-time.After(time.Minute):
			_ = p.cmd.Process.Kill() // reported below
			t.Errorf("it did not stop within a minute:\n%s", p.text())
		}
	})
	return p
}

// await blocks until the process has said something.
func (p *process) await(t *testing.T, words string) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(p.text(), words) }, 15*time.Minute, 50*time.Millisecond, "it did not say %q", words)
}

func (p *process) text() string { return p.said.String() }

// build makes the binary as a newcomer gets it.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "lizheng")
	out, err := exec.CommandContext(context.Background(), "go", "build", "-o", binary, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return binary
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port
}

// syncBuffer keeps what a process says while a test reads it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
