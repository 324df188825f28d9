package postgres

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"lizheng/civic"
)

// Finding is one broken promise: which one, in which row, by which figures.
type Finding struct {
	Promise string          `json:"promise"` // P1 to P22
	Check   string          `json:"check"`
	Row     string          `json:"row"`
	Figures json.RawMessage `json:"figures"`
}

// Checked is what one check came to.
type Checked struct {
	Promise  string        `json:"promise"`
	Check    string        `json:"check"`
	Claim    string        `json:"claim"` // the sentence that must hold
	Broken   int64         `json:"broken"`
	Findings []Finding     `json:"findings,omitempty"` // the first hundred
	Took     time.Duration `json:"took_ns"`
}

// Strictness says what an examination of the record takes for a fault beyond what is always one.
type Strictness struct {
	Late time.Duration // messages and automatic acts may be this late; 0 does not look, for a record that nobody is working on
}

// Fsck examines the whole record against every promise that its tables can prove, in one snapshot, so that it may run
// beside the service. It changes nothing.
func (s *Store) Fsck(ctx context.Context, strict Strictness) ([]Checked, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("begin the examination: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	if err := examining(ctx, tx, strict); err != nil {
		return nil, err
	}
	all, err := checks()
	if err != nil {
		return nil, err
	}
	out := make([]Checked, len(all))
	for i, c := range all {
		if out[i], err = c.run(ctx, tx); err != nil {
			return nil, err
		}
	}
	for _, again := range []func(context.Context, *sql.Tx) (Checked, error){assessed, recomputed, s.required} { // what SQL cannot compute
		c, err := again(ctx, tx)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// examining tells the session what the procedures define: the checks compare with the rules, not with what the database
// says the rules are.
func examining(ctx context.Context, tx *sql.Tx, strict Strictness) error {
	late := "1000 years"
	if strict.Late > 0 {
		late = fmt.Sprintf("%d milliseconds", strict.Late.Milliseconds())
	}
	settings := map[string]any{"states": definedStates(), "steps": definedSteps(), "moves": definedMoves(), "separate": separateSteps(), "automatic": automaticStates()}
	for name, value := range settings {
		body, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("tell the database the %s: %w", name, err)
		}
		if err := set(ctx, tx, "lizheng."+name, string(body)); err != nil {
			return err
		}
	}
	return errors.Join(set(ctx, tx, "lizheng.late", late), set(ctx, tx, "statement_timeout", "0"), set(ctx, tx, "idle_in_transaction_session_timeout", "0"))
}

func set(ctx context.Context, tx *sql.Tx, name, value string) error {
	if _, err := tx.ExecContext(ctx, `SELECT set_config($1, $2, true)`, name, value); err != nil {
		return fmt.Errorf("set %s: %w", name, err)
	}
	return nil
}

type named struct {
	Procedure civic.Procedure `json:"procedure"`
	Name      string          `json:"name"`
	Own       bool            `json:"own"` // a step that the applicant's own people answer
}

func definedStates() (out []named) {
	for p, d := range civic.Definitions {
		for _, s := range d.States {
			out = append(out, named{Procedure: p, Name: string(s.State)})
		}
	}
	return out
}

// automaticStates are those in which the system acts by itself when their instant comes, each as procedure/state.
func automaticStates() (out []string) {
	for p, d := range civic.Definitions {
		for _, s := range d.States {
			if s.Auto != "" {
				out = append(out, string(p)+"/"+string(s.State))
			}
		}
	}
	return out
}

func definedSteps() (out []named) {
	for p, d := range civic.Definitions {
		for _, s := range d.Steps {
			out = append(out, named{p, s.Name, s.Own})
		}
	}
	return out
}

type definedMove struct {
	Procedure civic.Procedure `json:"procedure"`
	From      civic.State     `json:"from_state"`
	To        civic.State     `json:"to_state"`
}

func definedMoves() (out []definedMove) {
	for p, d := range civic.Definitions {
		for _, m := range d.Moves {
			out = append(out, definedMove{p, m.From, m.To})
		}
	}
	return out
}

func separateSteps() (out []map[string]string) {
	for p, d := range civic.Definitions {
		for _, pair := range d.Separate {
			out = append(out, map[string]string{"procedure": string(p), "first": pair[0], "second": pair[1]},
				map[string]string{"procedure": string(p), "first": pair[1], "second": pair[0]})
		}
	}
	return out
}

//go:embed fsck/*.sql
var fsckFiles embed.FS

// check is one sentence that must hold, and the query that selects whatever breaks it.
type check struct{ promise, name, claim, query string }

// checks reads all checks, in the order of the files and of the checks in them.
func checks() ([]check, error) {
	files, err := fsckFiles.ReadDir("fsck")
	if err != nil {
		return nil, fmt.Errorf("list the checks: %w", err)
	}
	var out []check
	for _, f := range files {
		text, err := fsckFiles.ReadFile("fsck/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read the checks: %w", err)
		}
		for _, part := range strings.Split(string(text), "\n--: ")[1:] {
			head, query, _ := strings.Cut(part, "\n")
			title, claim, ok := strings.Cut(head, ": ")
			promise, name, named := strings.Cut(title, " ")
			if !ok || !named {
				return nil, fmt.Errorf("%s: %q is not the head of a check", f.Name(), head)
			}
			out = append(out, check{promise, name, claim, strings.TrimSuffix(strings.TrimSpace(query), ";")})
		}
	}
	return out, nil
}

// shownFindings is how many findings of one check are told; all are counted.
const shownFindings = 100

func (c check) run(ctx context.Context, tx *sql.Tx) (Checked, error) {
	began := time.Now()
	out := Checked{Promise: c.promise, Check: c.name, Claim: c.claim}
	list, err := tx.QueryContext(ctx, fmt.Sprintf("SELECT broken.*, count(*) OVER () FROM (\n%s\n) AS broken (at, figures) LIMIT %d", c.query, shownFindings))
	if err != nil {
		return out, fmt.Errorf("check %s %s: %w", c.promise, c.name, err)
	}
	defer list.Close()
	for list.Next() {
		f := Finding{Promise: c.promise, Check: c.name}
		if err := list.Scan(&f.Row, &f.Figures, &out.Broken); err != nil {
			return out, fmt.Errorf("check %s %s: %w", c.promise, c.name, err)
		}
		out.Findings = append(out.Findings, f)
	}
	out.Took = time.Since(began)
	return out, list.Err()
}
