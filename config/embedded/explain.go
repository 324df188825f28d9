package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

// errEnded says that a program ended where it should have become ready.
var errEnded = errors.New("it ended at once")

// complaint matches the lines in which PostgreSQL and Temporal say why they
// give up, and the part of them worth repeating.
var complaint = regexp.MustCompile(`(?:FATAL: +|PANIC: +|Unable to [a-z ]+server\. ?|"error":")([^"\n]+)`)

// explain turns a failed start into one sentence, with the program's own last
// complaint since the log had the given length.
func explain(err error, name, logPath string, before int64) error {
	var exit *exec.ExitError
	if errors.Is(err, errEnded) || errors.As(err, &exit) {
		if reason := lastComplaint(logPath, before); reason != "" {
			err = errors.New(reason)
		}
	}
	return fmt.Errorf("%s did not start: %w; its log is %s", name, err, logPath)
}

func lastComplaint(logPath string, before int64) string {
	log, err := os.Open(logPath)
	if err != nil {
		return "" // the sentence names the log; opening it will tell why
	}
	defer log.Close()
	const enough = 1 << 20 // bytes of one start
	content, err := io.ReadAll(io.NewSectionReader(log, before, enough))
	if err != nil {
		return ""
	}
	found := complaint.FindAllSubmatch(content, -1)
	if len(found) == 0 {
		return ""
	}
	return strings.TrimRight(strings.TrimSpace(string(found[len(found)-1][1])), ".")
}
