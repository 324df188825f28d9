package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

// tree is the running product with everything that it has started.
type tree struct {
	cmd   *exec.Cmd
	ended chan struct{}
}

// start runs the whole product on this machine, as "lizheng run" does for anybody.
func (r *Restart) start() (*tree, error) {
	log, err := os.OpenFile(filepath.Join(r.Dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &tree{cmd: exec.Command(r.Binary, "run", "--data", filepath.Join(r.Dir, "data"), "--listen", r.door), ended: make(chan struct{})}
	p.cmd.Stdout, p.cmd.Stderr = log, log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the product: %w", err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // it is killed, or says why in its log
	}()
	return p, nil
}

// kill ends the product and all that it started, as a power cut does, and returns how many processes that were.
func (p *tree) kill() int {
	all := append([]int{p.cmd.Process.Pid}, descendants(p.cmd.Process.Pid)...)
	killed := 0
	for _, pid := range all {
		if syscall.Kill(pid, syscall.SIGKILL) == nil {
			killed++
		}
	}
	<-p.ended
	for _, pid := range all { // until nothing of it is left: orphans are reaped by others
		for range 500 {
			if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || state(pid) == 'Z' {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return killed
}

// descendants are the children of a process, and theirs. Where the system does not tell, they end with their parent.
func descendants(of int) (out []int) {
	entries, err := fs.Glob(os.DirFS("/proc"), "[0-9]*")
	if err != nil {
		return nil
	}
	children := map[int][]int{}
	for _, e := range entries {
		pid, err := strconv.Atoi(e)
		if fields := status(pid); err == nil && len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1]) // 0 has no parent
			children[parent] = append(children[parent], pid)
		}
	}
	for next := children[of]; len(next) > 0; next = next[1:] {
		out = append(out, next[0])
		next = append(next, children[next[0]]...)
	}
	return out
}

// status is what /proc says of a process after its name: state, parent and so on.
func status(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
}

func state(pid int) byte {
	if fields := status(pid); len(fields) > 0 {
		return fields[0][0]
	}
	return 0
}

// opened waits until the door is open and ready.
func (r *Restart) opened(ctx context.Context, p *tree) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.door+"/readyz", nil)
		if err != nil {
			return err
		}
		reply, err := r.client.Do(request)
		if err == nil {
			_ = reply.Body.Close() // only its status is of interest
			if reply.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-p.ended:
			return fmt.Errorf("the product ended by itself; its log is in %s", r.Dir)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// environment is what the installation left for other commands.
func (r *Restart) environment() (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(r.Dir, "data", "env"))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		out[name] = strings.Trim(value, `"`)
	}
	return out, nil
}

// workflows counts those that are open, by the engine's own account.
func (r *Restart) workflows(ctx context.Context) (int64, error) {
	env, err := r.environment()
	if err != nil {
		return 0, err
	}
	c, err := client.DialContext(ctx, client.Options{HostPort: env["TEMPORAL_ADDRESS"], Namespace: env["TEMPORAL_NAMESPACE"]})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	n, err := c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{Namespace: env["TEMPORAL_NAMESPACE"], Query: "ExecutionStatus = 'Running'"})
	if err != nil {
		return 0, err
	}
	return n.Count, nil
}

// examine lets the product look at itself.
func (r *Restart) examine(ctx context.Context) (string, error) {
	env, err := r.environment()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, r.Binary, "fsck")
	cmd.Env = os.Environ()
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	text, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("fsck: %w\n%s", err, text)
	}
	return fmt.Sprintf("%d checks, nothing is broken", strings.Count("\n"+string(text), "\nok ")), nil
}

// freeDoor is an address that nobody listens at, below the ports that are given to outgoing connections: it is needed again after the kill.
func freeDoor(ctx context.Context) (string, error) {
	for range 100 {
		at := fmt.Sprintf("127.0.0.1:%d", 10_000+mathrand.IntN(10_000))
		if l, err := new(net.ListenConfig).Listen(ctx, "tcp", at); err == nil {
			return at, l.Close()
		}
	}
	return "", errors.New("no port is free for the door")
}
