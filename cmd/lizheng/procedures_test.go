package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

var update = flag.Bool("update", false, "write generated documents instead of comparing them")

// The document is made from the definition that the API serves and the rules run on.
func TestProceduresDocumentIsMadeFromTheDefinition(t *testing.T) {
	t.Parallel()
	const file = "../../docs/procedures.md"
	want := proceduresDocument()
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	have, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, want, string(have), "run make generate")
}

func proceduresDocument() string {
	var b strings.Builder
	b.WriteString("<!-- Generated from civic.Definitions by make generate. Do not edit. -->\n# Procedures\n\nTerms are parameters in working days; their values have a version, a source and an effect date (`GET /api/v1/parameters`).\n")
	for _, p := range civic.Procedures {
		d := civic.Definitions[p]
		fmt.Fprintf(&b, "\n## %s · %s\n\n%s\n", d.Zh, d.En, picture(d))
		steps(&b, d)
		fmt.Fprintf(&b, "\n### States\n\n| State | 中文 | In words | When its instant comes |\n|---|---|---|---|\n")
		for _, s := range d.States {
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", s.State, s.Zh, s.En, code(string(s.Auto)))
		}
		tables(&b, d)
	}
	shared(&b)
	return b.String()
}

// picture draws the states and what moves a case between them.
func picture(d civic.Definition) string {
	var b strings.Builder
	b.WriteString("```mermaid\nstateDiagram-v2\n  [*] --> draft\n")
	labels := map[[2]civic.State][]string{}
	var order [][2]civic.State
	for _, m := range d.Moves {
		k := [2]civic.State{m.From, m.To}
		if labels[k] == nil {
			order = append(order, k)
		}
		labels[k] = append(labels[k], m.By)
	}
	for _, k := range order {
		if k[1] != civic.Archived { // every end is archived; drawn once below
			fmt.Fprintf(&b, "  %s --> %s: %s\n", k[0], k[1], strings.Join(labels[k], ", "))
		}
	}
	b.WriteString("  archived --> [*]\n```\n\nEvery state that ends a case leads to `archived` after `admission.archive_wd`.\n")
	return b.String()
}

func steps(b *strings.Builder, d civic.Definition) {
	b.WriteString("\n### Steps\n\n| Step | 环节 | Who | Term | Answers | If nobody answers |\n|---|---|---|---|---|---|\n")
	for _, s := range d.Steps {
		var roles, answers []string
		for _, r := range s.Roles {
			roles = append(roles, string(r))
		}
		for _, c := range s.Outcomes {
			answer := "`" + c.Name + "` " + c.Zh
			if c.Reason {
				answer += " (with reason)"
			}
			answers = append(answers, answer)
		}
		fmt.Fprintf(b, "| %s `%s` | %s | %s | `%s` | %s | %s |\n", s.Clause, s.Name, s.Zh, strings.Join(roles, ", "), s.Term, strings.Join(answers, "<br>"), s.Silence)
	}
}

// tables are those of a procedure alone.
func tables(b *strings.Builder, d civic.Definition) {
	if len(d.Returns) > 0 {
		b.WriteString("\n### What a return does\n\n| Returned at | Taken up again at | Tasks beside it | Opinions given | The step's clock | The decision's term |\n|---|---|---|---|---|---|\n")
		for _, r := range d.Returns {
			fmt.Fprintf(b, "| `%s` | `%s` | %s | %s | %s | %s |\n", r.Step, r.Resumes, r.Siblings, r.Signatures, r.Clock, r.Deadline)
		}
	}
	if len(d.Separate) > 0 {
		b.WriteString("\n### Separation of duties\n\nOne natural person does not answer both steps of a pair in one case; a deputy carries the principal's bars as well.\n\n")
		for _, p := range d.Separate {
			fmt.Fprintf(b, "- `%s` – `%s`\n", p[0], p[1])
		}
	}
}

func shared(b *strings.Builder) {
	b.WriteString("\n## Acts that every task knows\n\n| Act | The task | Its siblings | Its clock |\n|---|---|---|---|\n")
	for _, r := range civic.SharedActs {
		fmt.Fprintf(b, "| `%s` | %s | %s | %s |\n", r.Act, r.Task, r.Siblings, r.Clock)
	}
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}
