package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux tells the time that a process has used.
const tick = 10 * time.Millisecond

// CPU is processor time by who used it: figures that hardly change when the machine is busy with something else.
type CPU struct {
	Ours     time.Duration // door, worker and the clients that ask: this process
	Record   time.Duration // PostgreSQL, for the record
	Temporal time.Duration // the Temporal server
	Engine   time.Duration // PostgreSQL, for Temporal
}

// Since is what was used since an earlier reading.
func (c CPU) Since(b CPU) CPU {
	return CPU{c.Ours - b.Ours, c.Record - b.Record, c.Temporal - b.Temporal, c.Engine - b.Engine}
}

// Sum is all of it.
func (c CPU) Sum() time.Duration { return c.Ours + c.Record + c.Temporal + c.Engine }

// CPUOf returns a clock that reads the processor time used so far by this process, a private PostgreSQL and a private
// Temporal server. It is nil where there is no /proc.
func CPUOf(postgres, temporal int) func() CPU {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		return nil
	}
	return func() (out CPU) {
		stats, err := filepath.Glob("/proc/[0-9]*/stat")
		if err != nil {
			return out
		}
		for _, file := range stats {
			pid, parent, used, ok := readStat(file)
			switch {
			case !ok:
			case pid == os.Getpid():
				out.Ours += used
			case pid == temporal:
				out.Temporal += used
			case pid == postgres, parent == postgres && forTemporal(pid):
				out.Engine += used
			case parent == postgres:
				out.Record += used
			}
		}
		return out
	}
}

// forTemporal reports whether a PostgreSQL process serves Temporal, by the title it gives itself.
func forTemporal(pid int) bool {
	title, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	return err == nil && strings.Contains(string(title), " temporal")
}

// readStat reads the time that a process has used by itself.
func readStat(file string) (pid, parent int, used time.Duration, ok bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, 0, false // it has just ended
	}
	// The name in parentheses may hold anything; the fields after it are numbered from 3.
	head, rest, found := strings.Cut(string(text), "(")
	fields := strings.Fields(rest[strings.LastIndex(rest, ")")+1:])
	if !found || len(fields) < 13 {
		return 0, 0, 0, false
	}
	var user, system int64
	if _, err := fmt.Sscan(head+" "+fields[1]+" "+fields[11]+" "+fields[12], &pid, &parent, &user, &system); err != nil {
		return 0, 0, 0, false
	}
	return pid, parent, time.Duration(user+system) * tick, true
}
