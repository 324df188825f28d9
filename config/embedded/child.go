package embedded

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"sync/atomic"
	"syscall"
)

// child is one running program. It dies with this process, even when this
// process is killed without warning (see dieWithParent).
type child struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed when the program is gone and reaped
	err   error         // how it ended; read after ended
	meant atomic.Bool   // somebody here asked it to end
}

// spawn starts cmd with its output appended to logPath. Its signals are its
// own: a Ctrl-C in the terminal reaches this process only.
func spawn(cmd *exec.Cmd, logPath string, onParentDeath syscall.Signal) (*child, error) {
	log, err := openLog(logPath)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	dieWithParent(cmd.SysProcAttr, onParentDeath)

	c := &child{cmd: cmd, ended: make(chan struct{})}
	started := make(chan error, 1)
	go func() {
		// The kernel ties the child to the thread that started it, so that
		// thread must live exactly as long as the child.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		c.err = cmd.Wait()
		close(c.ended)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return c, nil
}

func (c *child) running() bool {
	select {
	case <-c.ended:
		return false
	default:
		return true
	}
}

// stop asks politely and, when ctx ends first, insists.
func (c *child) stop(ctx context.Context, polite syscall.Signal) error {
	c.meant.Store(true)
	if !c.running() {
		return nil
	}
	if err := c.cmd.Process.Signal(polite); err != nil {
		return c.kill()
	}
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
		return c.kill()
	}
}

// kill ends the program without warning and waits until it is gone.
func (c *child) kill() error {
	c.meant.Store(true)
	// The process group, because the program may have helpers of its own.
	err := syscall.Kill(-c.cmd.Process.Pid, syscall.SIGKILL)
	if err != nil && c.running() {
		return fmt.Errorf("kill process %d: %w", c.cmd.Process.Pid, err)
	}
	<-c.ended
	return nil
}

// ending describes an end nobody here asked for, or is nil.
func (c *child) ending() error {
	if c.meant.Load() {
		return nil
	}
	if c.err == nil {
		return fmt.Errorf("it ended by itself")
	}
	return c.err
}
