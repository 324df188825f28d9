package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"lizheng/cmd/lizheng/internal/bench"
)

// restart measures how soon an installation with many open projects answers again after everything was killed.
func (c benchCommand) restart(ctx context.Context, s streams) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "lizheng-bench-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return err
	}
	run := bench.Restart{Binary: binary, Dir: dir, Projects: c.Projects, Clients: c.Clients, Password: samplePassword, Progress: s.err}
	out, err := run.Run(ctx)
	if err != nil {
		fmt.Fprintf(s.err, "Everything is kept in %s.\n", dir)
		return err
	}
	if c.JSON {
		err = json.NewEncoder(s.out).Encode(out)
	} else {
		out.Text(s.out)
	}
	return errors.Join(err, os.RemoveAll(dir))
}
