package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"lizheng/civic"
	"lizheng/civic/workday"
	"lizheng/config"
	"lizheng/postgres"
)

// calendarCommand is the working-day calendar.
type calendarCommand struct {
	Show    calendarShow    `cmd:"" help:"Print the days of a year that differ from its weekdays, as compiled in."`
	Due     calendarDue     `cmd:"" help:"Print when a term of working days that begins on a day runs out."`
	Import  calendarImport  `cmd:"" help:"Add a version of the calendar from an official notice (CSV: date,kind,name,notice)."`
	Advance calendarAdvance `cmd:"" help:"Move the clock of a sample city forward; refused anywhere else."`
}

type calendarShow struct {
	Year int `arg:"" help:"Year."`
}

// Run prints one year.
func (c calendarShow) Run(s streams) error {
	calendar := workday.Builtin()
	status := "official"
	if !calendar.Official(c.Year) {
		status = "provisional: no official notice yet"
	}
	fmt.Fprintf(s.out, "%d (%s)\n", c.Year, status)
	for d := workday.NewDate(c.Year, time.January, 1); d.Year == c.Year; d = d.AddDays(1) {
		if day, listed := calendar.Lookup(d); listed {
			fmt.Fprintln(s.out, d, day.Kind, day.Name)
		}
	}
	return nil
}

type calendarDue struct {
	From string `arg:"" help:"First day, YYYY-MM-DD; it is not counted."`
	Days int    `arg:"" help:"Working days."`
}

// Run prints the last day of a term.
func (c calendarDue) Run(s streams) error {
	from, err := workday.ParseDate(c.From)
	if err != nil {
		return err
	}
	due, provisional := workday.Builtin().Due(from, c.Days)
	fmt.Fprint(s.out, due)
	if provisional {
		fmt.Fprint(s.out, " (provisional)")
	}
	fmt.Fprintln(s.out)
	return nil
}

type calendarImport struct {
	config.Settings
	File     string `arg:"" type:"existingfile" help:"CSV file."`
	Official []int  `required:"" help:"Years whose official notice the file carries." placeholder:"YEAR"`
	Source   string `required:"" help:"The notice: its title and number." placeholder:"TEXT"`
	As       string `required:"" help:"Login name's person, who must be a system administrator." placeholder:"PERSON"`
}

// Run imports a notice as one administrator's deed; open terms follow by themselves.
func (c calendarImport) Run(ctx context.Context, s streams) error {
	body, err := readBounded(c.File, 256<<10)
	if err != nil {
		return err
	}
	return withApp(ctx, c.Settings, s, func(a *app) error {
		key := civic.NewID("calendar import", string(body))
		done, err := a.desk.ImportCalendar(ctx, civic.Actor{Person: c.As}, key, civic.CalendarImport{CSV: string(body), Official: c.Official, Source: c.Source})
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "calendar version %d, %d days\n", done.Version, done.Days)
		return nil
	})
}

func readBounded(file string, limit int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", file, limit)
	}
	return body, nil
}

type calendarAdvance struct {
	config.Settings
	Owner string        `name:"migrate-url" env:"LIZHENG_MIGRATE_URL" required:"" help:"Database as the role that owns it." placeholder:"URL"`
	By    time.Duration `arg:"" help:"How far, for instance 24h."`
}

// Run moves the sample city's clock and lets its cases look again.
func (c calendarAdvance) Run(ctx context.Context, s streams) error {
	if c.By <= 0 {
		return fmt.Errorf("the clock only goes forward")
	}
	return withApp(ctx, c.Settings, s, func(a *app) error {
		now, err := postgres.AdvanceClock(ctx, c.Owner, c.By)
		if err != nil {
			return err
		}
		err = a.store.Open(ctx, func(r postgres.CaseRef) error { return a.engine.Look(ctx, r.Procedure, r.ID) })
		if err != nil {
			return err
		}
		select { // until every process has looked at the clock
		case <-time.After(2 * clockEvery):
		case <-ctx.Done():
		}
		fmt.Fprintln(s.out, now.In(workday.Shanghai).Format(time.RFC3339))
		return nil
	})
}

// withApp connects, does one thing and lets go.
func withApp(ctx context.Context, settings config.Settings, s streams, do func(*app) error) error {
	t, err := watch(ctx, settings.Watching, "command", s.err)
	if err != nil {
		return err
	}
	defer t.close()
	a, err := open(ctx, settings, t)
	if err != nil {
		return err
	}
	defer a.close()
	return do(a)
}
