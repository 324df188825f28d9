package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"lizheng/civic"
	"lizheng/config"
	"lizheng/policies"
)

// policyCommand is who may do what.
type policyCommand struct {
	Check   policyCheck   `cmd:"" help:"Read the rules line by line and check their count and hash; needs no database."`
	Explain policyExplain `cmd:"" help:"Say rule by rule why a person may do something, or may not."`
}

type policyCheck struct {
	File   string `arg:"" optional:"" type:"existingfile" help:"A policy.csv that is not built in yet; the built-in one when not given."`
	Output string `help:"text or json." default:"text" enum:"text,json"`
}

// ruleSummary is what the rules say of one role, in numbers.
type ruleSummary struct {
	Role    string   `json:"role"`
	Allows  int      `json:"allows"`
	Denies  int      `json:"denies"`
	Objects []string `json:"objects"` // that a rule for the role allows something on
}

// Run reads the rules and prints what they amount to; a line at fault is an error that names it.
func (c policyCheck) Run(s streams) error {
	book, err := c.read()
	if err != nil {
		return err
	}
	summary := summarise(book.Rules)
	if c.Output == "json" {
		return printJSON(s.out, map[string]any{"version": book.Version, "rules": len(book.Rules), "roles": summary})
	}
	fmt.Fprintf(s.out, "version %s\n%d rules\n\n", book.Version, len(book.Rules))
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "role\tallow\tdeny\tmay do something to")
	for _, r := range summary {
		fmt.Fprintf(w, "%s\t%d\t%d\t%s\n", r.Role, r.Allows, r.Denies, strings.Join(r.Objects, " "))
	}
	return w.Flush()
}

func (c policyCheck) read() (policies.Book, error) {
	if c.File == "" {
		return policies.Check()
	}
	text, err := readBounded(c.File, 1<<20)
	if err != nil {
		return policies.Book{}, err
	}
	return policies.CheckText(string(text))
}

// summarise counts the rules of every role, in the order in which roles are listed; rules about everybody come first.
func summarise(rules []policies.Rule) []ruleSummary {
	order := []string{"*", "signed_in"}
	for _, r := range civic.Roles {
		order = append(order, string(r.Role))
	}
	out := make([]ruleSummary, len(order))
	for i, role := range order {
		out[i] = ruleSummary{Role: role, Objects: []string{}}
		seen := map[string]bool{}
		for _, r := range rules {
			switch {
			case r.Role != role:
			case r.Effect == "deny":
				out[i].Denies++
			default:
				out[i].Allows++
				if !seen[r.Object] {
					seen[r.Object], out[i].Objects = true, append(out[i].Objects, r.Object)
				}
			}
		}
	}
	return out
}

type policyExplain struct {
	config.Settings
	Person string `required:"" help:"Who asks." placeholder:"PERSON"`
	Act    string `required:"" help:"What they want to do: a word of policy.csv." placeholder:"ACT"`
	Task   string `help:"The task it is done to." xor:"what" required:"" placeholder:"ID"`
	Case   string `help:"Or the case." xor:"what" required:"" placeholder:"ID"`
	Object string `help:"Or a kind of thing." xor:"what" required:"" placeholder:"OBJECT"`
	Unit   string `help:"With --object: the unit whose thing it is." placeholder:"UNIT"`
	About  string `help:"With --object: the person it is about." placeholder:"PERSON"`
	By     string `help:"With --object: the person who began, filed or proposed it." placeholder:"PERSON"`
	Of     string `help:"With --object draft or case: its procedure." default:"access" placeholder:"PROCEDURE"`
	Lang   string `help:"zh or en." default:"en" enum:"zh,en"`
	Output string `help:"text or json." default:"text" enum:"text,json"`
}

// Run asks the policy as the service would, and prints what every rule about the act had to say.
func (c policyExplain) Run(ctx context.Context, s streams) error {
	return withApp(ctx, c.Settings, s, func(a *app) error {
		names, err := a.store.Names(ctx, []string{c.Person})
		if err != nil {
			return err
		}
		if names[c.Person] == "" {
			return fmt.Errorf("there is no person %q", c.Person)
		}
		what, err := c.subject(ctx, a)
		if err != nil {
			return err
		}
		trace, err := a.policies.Trace(ctx, civic.Actor{Person: c.Person}, c.Act, what)
		if err != nil {
			return err
		}
		if c.Output == "json" {
			return printJSON(s.out, trace)
		}
		return c.print(s.out, names[c.Person], what, trace)
	})
}

// subject is what the act is about, as the service would read it.
func (c policyExplain) subject(ctx context.Context, a *app) (civic.Subject, error) {
	if c.Object != "" {
		return civic.Subject{Object: c.Object, Unit: c.Unit, Person: c.About, Applicant: c.By, State: stateOf[c.Object], Procedure: civic.Procedure(c.Of)}, nil
	}
	if c.Unit != "" || c.About != "" || c.By != "" {
		return civic.Subject{}, errors.New("--unit, --about and --by describe an --object; a case or task says these things itself")
	}
	brief, err := a.store.Brief(ctx, "", "", c.Case, c.Task)
	if err != nil {
		return civic.Subject{}, err
	}
	return brief.Subject(), nil
}

// stateOf is the state of a thing that is described without a case.
var stateOf = map[string]civic.State{"draft": civic.Draft}

func (c policyExplain) print(out io.Writer, name string, what civic.Subject, trace policies.Trace) error {
	english := c.Lang == "en"
	fmt.Fprintf(out, "%s (%s): %s %s", c.Person, name, c.Act, what.Object)
	if what.Case != nil {
		fmt.Fprintf(out, " %s %s", what.Case.Number, what.State)
	}
	if what.Seat != nil {
		fmt.Fprintf(out, ", %s: %s @ %s %s", what.Step, what.Seat.Role, what.Seat.Unit, what.Seat.Person)
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	for _, l := range trace.Lines {
		mark, words := "-", l.Zh
		if l.Matched {
			mark = l.Rule.Effect
		}
		if english {
			words = l.En
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", mark, l.ID, words, under(l))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, verdict(trace, english))
	return nil
}

// under says by which grant, and for whom, a rule was considered.
func under(l policies.Line) string {
	switch {
	case l.Principal != "":
		return l.Grant + " of " + l.Principal
	case l.Grant != "":
		return l.Grant
	}
	return ""
}

// verdict is the answer in one line, as the person would hear it.
func verdict(t policies.Trace, english bool) string {
	switch {
	case t.Permit != nil && english:
		return "allowed by " + t.Permit.Rule
	case t.Permit != nil:
		return "允许：" + t.Permit.Rule
	case english:
		return fmt.Sprintf("refused: %s: %s", t.Refusal.Code, t.Refusal.En)
	}
	return fmt.Sprintf("不允许：%s：%s", t.Refusal.Code, t.Refusal.Zh)
}

func printJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
