package embedded

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// processesIn lists the processes of one program that work in dir. Without
// /proc it finds none, and the program's own lock decides.
func processesIn(dir, program string) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var found []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		if worksIn(pid, dir, program) {
			found = append(found, pid)
		}
	}
	return found
}

func worksIn(pid int, dir, program string) bool {
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	exe, err := os.Readlink(filepath.Join(proc, "exe"))
	if err != nil || filepath.Base(strings.TrimSuffix(exe, " (deleted)")) != program {
		return false // gone, another user's, or another program
	}
	cwd, err := os.Readlink(filepath.Join(proc, "cwd"))
	return err == nil && cwd == dir
}

// endProcesses ends every process of a program that works in dir and waits
// until none is left: first by the signal it understands, later by force.
func endProcesses(ctx context.Context, dir, program string, polite map[int]syscall.Signal) error {
	gone := func() (bool, error) { return len(processesIn(dir, program)) == 0, nil }
	for pid, s := range polite {
		if err := syscall.Kill(pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("end the left-over process %d: %w", pid, err)
		}
	}
	if len(polite) > 0 {
		waiting, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if until(waiting, gone) == nil {
			return nil
		}
	}
	if err := killAll(processesIn(dir, program)); err != nil {
		return err
	}
	return until(ctx, gone)
}

// patience is how long a left-over program may take to shut down by itself.
const patience = 10 * time.Second

// killAll ends processes without warning. One that is already gone is fine.
func killAll(pids []int) error {
	for _, pid := range pids {
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("end the left-over process %d: %w", pid, err)
		}
	}
	return nil
}

// firstLinePid reads a process id from the first line of a file.
func firstLinePid(path string) (int, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(content), "\n")
	return strconv.Atoi(strings.TrimSpace(line))
}

// endOrphans ends what an earlier parent left running in the cluster, so that
// the server can start.
func (p *Postgres) endOrphans(ctx context.Context) error {
	pidFile := filepath.Join(p.cluster(), "postmaster.pid")
	polite := map[int]syscall.Signal{}
	pid, err := firstLinePid(pidFile)
	if err == nil && worksIn(pid, p.cluster(), "postgres") {
		p.options.logger().Warn("a PostgreSQL from an earlier run still works in the data folder; ending it", "pid", pid)
		polite[pid] = syscall.SIGINT
	}
	if err := endProcesses(ctx, p.cluster(), "postgres", polite); err != nil {
		return err
	}
	// A number written by a dead server may meanwhile belong to a stranger.
	// PostgreSQL would take that for a running server and refuse to start.
	if err == nil && syscall.Kill(pid, 0) == nil {
		socket := filepath.Join(p.socket, ".s.PGSQL."+strconv.Itoa(p.port)+".lock")
		return errors.Join(remove(pidFile), remove(socket))
	}
	return nil
}

// remove deletes a file that may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("clear the left-over %s: %w", path, err)
	}
	return nil
}
