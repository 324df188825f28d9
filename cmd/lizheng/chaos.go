package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
	"time"

	"lizheng/cmd/lizheng/internal/chaos"
)

// chaosCommand breaks a private installation at random and proves that nothing is lost or doubled.
type chaosCommand struct {
	For     time.Duration `default:"2m" help:"How long things break."`
	Seed    uint64        `help:"Decides what breaks when; a random one is chosen and printed." placeholder:"N"`
	Clients int           `default:"24" help:"Clients that work at the same time."`
	Within  time.Duration `default:"1m" help:"How long after the last fault everything must be definite and every open case a step further."`
	Keep    bool          `help:"Keep the data, the logs and the clients' diary of a run that found nothing, too."`
}

// Run breaks, heals, examines and prints.
func (c chaosCommand) Run(ctx context.Context, s streams) error {
	if c.Seed == 0 {
		var b [8]byte
		if _, err := rand.Read(b[:]); err != nil {
			return err
		}
		c.Seed = binary.LittleEndian.Uint64(b[:]) >> 16
	}
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "lizheng-chaos-")
	if err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return err
	}
	report, err := chaos.Run(ctx, chaos.Options{Layout: chaosLayout(dir, binary, s), For: c.For, Seed: c.Seed, Clients: c.Clients, Patience: c.Within, Password: samplePassword})
	report.Text(s.out)
	if err == nil {
		err = report.Failed()
	}
	if err != nil || c.Keep {
		fmt.Fprintf(s.err, "Everything is kept in %s: data, logs, and the clients' diary.\n", dir)
		return err
	}
	return os.RemoveAll(dir)
}

// chaosLayout is a city of this binary with the sample people.
func chaosLayout(dir, binary string, s streams) chaos.Layout {
	return chaos.Layout{Dir: dir, Binary: binary, Progress: s.err, Prepare: func(ctx context.Context, owner string) error {
		if err := migrate(ctx, owner, quiet()); err != nil {
			return err
		}
		return loadProfile(ctx, owner, true)
	}}
}
