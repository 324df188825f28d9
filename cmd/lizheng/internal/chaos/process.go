package chaos

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Process is a program that is started again whenever it ends, as a service manager does.
type Process struct {
	Name   string
	args   []string
	env    []string
	binary string
	log    string

	mu    sync.Mutex
	cmd   *exec.Cmd // the running one
	up    bool      // somebody wants it to run
	ended chan struct{}
	Kills atomic.Int64
	stops sync.WaitGroup
}

// restartAfter is how soon a program that ended is started again.
const restartAfter = 200 * time.Millisecond

// Start keeps the program running until Stop or Kill.
func (p *Process) Start() error {
	p.mu.Lock()
	up, ended := p.up, make(chan struct{})
	if !up {
		p.up, p.ended = true, ended
	}
	p.mu.Unlock()
	if up {
		return nil
	}
	started := make(chan error, 1)
	go p.keep(started, ended)
	return <-started
}

// keep starts the program again and again. The kernel ties a child to the thread that started it, so the thread is its own.
func (p *Process) keep(first chan<- error, ended chan<- struct{}) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(ended)
	for p.wanted() {
		cmd, err := p.spawn()
		if first != nil {
			first <- err
			first = nil
		}
		if err == nil {
			_ = cmd.Wait() // it was killed, or says why in its log
		}
		if p.wanted() {
			time.Sleep(restartAfter)
		}
	}
}

func (p *Process) wanted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.up
}

func (p *Process) spawn() (*exec.Cmd, error) {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(p.binary, p.args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), p.env...), log, log
	cmd.SysProcAttr = attributes()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", p.Name, err)
	}
	p.mu.Lock()
	p.cmd = cmd
	p.mu.Unlock()
	return cmd, nil
}

// signal sends to the running program, if one runs.
func (p *Process) signal(s syscall.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd != nil && p.cmd.Process != nil {
		_ = p.cmd.Process.Signal(s) // it may have ended meanwhile
	}
}

// Kill ends the running program as a power cut would; it is started again at once.
func (p *Process) Kill() {
	p.Kills.Add(1)
	p.signal(syscall.SIGKILL)
}

// Freeze stops the running program in the middle of whatever it does, for a while.
func (p *Process) Freeze(ctx context.Context, d time.Duration) {
	p.signal(syscall.SIGSTOP)
	p.stops.Go(func() {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
		p.signal(syscall.SIGCONT)
	})
}

// Down ends the program without warning and does not start it again.
func (p *Process) Down() {
	p.mu.Lock()
	up, ended := p.up, p.ended
	p.up = false
	p.mu.Unlock()
	if !up {
		return
	}
	p.signal(syscall.SIGCONT)
	p.signal(syscall.SIGKILL)
	<-ended
	p.stops.Wait()
}
