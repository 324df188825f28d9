package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"lizheng/cmd/lizheng/internal/bench"
	"lizheng/config"
	"lizheng/config/embedded"
)

// benchCommand measures the product beside bare Temporal and bare SQL.
type benchCommand struct {
	Quick    bool          `help:"A size for CI: one short round, twenty thousand stored cases."`
	JSON     bool          `name:"json" help:"Print the report as JSON."`
	Cases    int           `default:"1000000" help:"Cases stored in the large record."`
	Clients  int           `default:"24" help:"Clients that carry cases at the same time."`
	Rounds   int           `default:"5" help:"Turns of every contender."`
	Stretch  time.Duration `default:"8s" help:"Length of one turn."`
	Projects int           `help:"Measure something else: so many housing projects open at once, everything killed and started again, the time to the first answered act." placeholder:"N"`
	Profile  string        `help:"Folder for CPU profiles of the product's turns." placeholder:"DIR"`
	Scratch  scratch       `embed:""`
}

// Run measures and prints.
func (c benchCommand) Run(ctx context.Context, s streams) (err error) {
	if c.Projects > 0 {
		return c.restart(ctx, s)
	}
	if c.Quick {
		c.Cases, c.Rounds, c.Stretch = min(c.Cases, 20_000), 1, min(c.Stretch, 4*time.Second)
	}
	stop, err := c.Scratch.begin(ctx, s.err)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	report, err := c.measure(ctx, s.err)
	if err != nil {
		return err
	}
	if c.JSON {
		return report.JSON(s.out)
	}
	report.Text(s.out)
	return nil
}

// measure opens two installations beside each other and lets them compete.
func (c benchCommand) measure(ctx context.Context, progress io.Writer) (report bench.Report, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	name := scratchName("bench")
	o := bench.Options{Password: samplePassword, Clients: c.Clients, Stretch: c.Stretch, Rounds: c.Rounds, Turns: 400, Calls: 20_000, Profile: c.Profile, Progress: progress, CPU: c.Scratch.cpu}
	for i, place := range []*bench.Place{&o.Small, &o.Large} {
		place.Cases = []int{min(1000, c.Cases), c.Cases}[i]
		made, err := c.Scratch.install(ctx, fmt.Sprintf("%s_%d", name, i), func(url string) error { return loadProfile(ctx, url, true) })
		if err != nil {
			return report, err
		}
		defer func() { err = errors.Join(err, made.close()) }()
		place.Door, place.Super, place.Namespace = made.door, made.super, made.namespace
	}
	t, err := watch(ctx, config.Watching{LogLevel: "error"}, "bench", progress)
	if err != nil {
		return report, err
	}
	defer t.close()
	if err := embedded.ProvideNamespace(ctx, c.Scratch.Temporal, name); err != nil {
		return report, err
	}
	if o.Yardsticks, err = dial(config.Engine{Address: c.Scratch.Temporal, Namespace: name}, t); err != nil {
		return report, err
	}
	defer o.Yardsticks.Close()
	return bench.Run(ctx, o)
}
