package embedded

import (
	"context"
	"fmt"
	"os"
	"sync"
	"syscall"
)

// daemon is a program that may run, end and be run again in the same place.
type daemon struct {
	name    string // as a sentence calls it
	logPath string

	mu    sync.Mutex // held while starting and stopping
	child *child     // the present or the last one
	done  chan struct{}
	once  sync.Once
	err   error
}

func newDaemon(name, logPath string) daemon {
	return daemon{name: name, logPath: logPath, done: make(chan struct{})}
}

// adopt makes c the running child and notices when it is lost.
func (d *daemon) adopt(c *child) {
	d.child = c
	go func() {
		<-c.ended
		err := c.ending()
		if err == nil {
			return
		}
		d.once.Do(func() {
			d.err = fmt.Errorf("%s stopped unexpectedly (%w); its log is %s", d.name, err, d.logPath)
			close(d.done)
		})
	}()
}

// Done is closed the first time the program ends without having been asked to
// by a method of this package.
func (d *daemon) Done() <-chan struct{} { return d.done }

// Err says how the program was lost, once Done is closed.
func (d *daemon) Err() error {
	select {
	case <-d.done:
		return d.err
	default:
		return nil
	}
}

// Pid is the process to signal when somebody else must do the killing; 0
// while nothing runs.
func (d *daemon) Pid() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.child == nil || !d.child.running() {
		return 0
	}
	return d.child.cmd.Process.Pid
}

func (d *daemon) stop(ctx context.Context, polite syscall.Signal) error {
	if d.child == nil {
		return nil
	}
	return d.child.stop(ctx, polite)
}

func (d *daemon) kill() error {
	if d.child == nil {
		return nil
	}
	return d.child.kill()
}

// keepLog is how large a log may grow before the next start sets it aside.
const keepLog = 32 << 20 // bytes

func openLog(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > keepLog {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, fmt.Errorf("set the log %s aside: %w", path, err)
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
}

// logEnd is where a log ends now: what comes later belongs to the next start.
func logEnd(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0 // no log yet
	}
	return info.Size()
}
