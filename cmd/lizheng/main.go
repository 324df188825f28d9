// Lizheng runs a city's community-affairs procedures as durable workflows.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// program is the command line: every command's flags are also environment variables, which --help names.
type program struct {
	Run        runCommand        `cmd:"" help:"Start everything on this machine: a private PostgreSQL and Temporal, the API, the worker and the web, with sample people."`
	Serve      serveCommand      `cmd:"" help:"Serve the API and the web. Start as many as you like."`
	Worker     workerCommand     `cmd:"" help:"Carry the procedures. Start as many as you like."`
	Migrate    migrateCommand    `cmd:"" help:"Bring the database up to this binary."`
	Fsck       fsckCommand       `cmd:"" help:"Examine the record, its audit trail and its workflows against every promise."`
	Bench      benchCommand      `cmd:"" help:"Measure beside bare Temporal and bare SQL, on private services of its own."`
	Rehearse   rehearseCommand   `cmd:"" help:"Carry one whole year of the appraisal with as many communities as a city has, over HTTP on private services, and say how long it took."`
	Chaos      chaosCommand      `cmd:"" help:"Kill, cut and freeze everything at random on private services of its own, and prove that nothing is lost or doubled."`
	Appraisal  appraisalCommand  `cmd:"" help:"What the yearly appraisal publishes: compute it again."`
	Assessment assessmentCommand `cmd:"" help:"What the assessment of the districts publishes: compute it again."`
	Calendar   calendarCommand   `cmd:"" help:"The working-day calendar."`
	Policy     policyCommand     `cmd:"" help:"Who may do what: check the rules, explain a decision."`
	User       userCommand       `cmd:"" help:"First administrators, sample accounts."`
	Version    versionCommand    `cmd:"" help:"Print the version."`
}

const examples = `
Examples:
  lizheng run                                   everything on this machine, data survives
  lizheng migrate && lizheng serve              with DATABASE_URL and TEMPORAL_ADDRESS set
  lizheng worker                                one more of them carries more

Exit codes: 0 done, 1 something went wrong (one sentence on standard error), 2 wrong usage.`

// garbage is how far the heap may grow, in percent, before it is swept. It is small, some thirty megabytes, and at Go's own
// 100 sweeping it took a seventh of this program's processor time under load.
const garbage = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// streams are where commands write: data to out, everything else to err.
type streams struct{ out, err io.Writer }

// run carries out one command line and returns its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var p program
	exit := -1
	parser, err := kong.New(&p, kong.Name("lizheng"), kong.Description("里正 — community affairs as durable workflows."+examples),
		kong.Writers(out, errs), kong.UsageOnError(), kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(streams{out, errs}))
	if err != nil {
		fmt.Fprintln(errs, "lizheng:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case exit >= 0: // --help
		return exit
	case err != nil:
		fmt.Fprintln(errs, "lizheng:", err)
		return 2
	}
	if err := command.Run(); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(errs, "lizheng:", err)
		return 1
	}
	return 0
}
