package chaos

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"lizheng/civic"
	"lizheng/workflows"
)

// comparison holds what clients heard against the record, and both against the workflows' histories.
type comparison struct {
	Acts       int // that clients meant, with a definite answer
	Yes, No    int
	Repeated   int      // answers beyond the first, all the same
	Decisions  int      // of persons, in the record
	Unseen     int      // decisions that no history tells of: their workflow learnt of them from the record
	Completed  int      // updates in the histories
	Lost       []string // answered yes and not in the record
	Doubled    []string // more than once in the record, or in it without having been meant
	Unstable   []string // two different definite answers under one key
	Undecided  []string // without a definite answer
	Wrong      []string // answered no and yet in the record; accepted although it never should be
	Strange    []string // answers of no known class
	Historical []string // a history tells of a decision that the record does not have
}

// faults are all sentences about what is wrong.
func (c comparison) faults() []string {
	var out []string
	for _, of := range []struct {
		what string
		list []string
	}{{"lost", c.Lost}, {"doubled", c.Doubled}, {"unstable", c.Unstable}, {"undecided", c.Undecided}, {"wrong", c.Wrong}, {"unclassified", c.Strange}, {"only in a history", c.Historical}} {
		for _, s := range of.list {
			out = append(out, of.what+": "+s)
		}
	}
	return out
}

// recorded is what the record has under an act's id.
type recorded struct {
	answers, accepted, decisions int
}

// compare goes through all intents, then through the record, then through the histories.
func compare(ctx context.Context, db *sql.DB, engine client.Client, intents []*Intent) (*comparison, error) {
	record, err := readRecord(ctx, db)
	if err != nil {
		return nil, err
	}
	out := &comparison{}
	meant := map[string]bool{}
	for _, i := range intents {
		meant[i.act()] = true
		out.intent(i, record[i.act()])
	}
	for act, r := range record {
		out.Decisions += r.decisions
		if !meant[act] {
			out.Doubled = append(out.Doubled, "act "+act+" is in the record, and nobody meant it")
		}
	}
	seen, err := out.histories(ctx, db, engine, record)
	if err != nil {
		return nil, err
	}
	for act, r := range record {
		if r.decisions > 0 && !seen[act] {
			out.Unseen++
		}
	}
	return out, nil
}

// intent holds the answers to one intent against each other and against the record.
func (c *comparison) intent(i *Intent, r recorded) {
	name := fmt.Sprintf("intent %d (%s, %s %s, key %s, act %s)", i.N, i.Why, i.Login, i.Path, i.Key, i.act())
	var first *Answer
	for n := range i.answers {
		a := &i.answers[n]
		switch class := a.class(); {
		case class == Strange:
			c.Strange = append(c.Strange, fmt.Sprintf("%s: %d %.300s", name, a.Status, a.Body))
		case class == Ambiguous, class == NotHere && first != nil && first.class() == NotHere:
		case first == nil || first.class() == NotHere: // what was not there may be asked for again
			first = a
		case a.Status != first.Status || same(a.Body) != same(first.Body):
			c.Unstable = append(c.Unstable, fmt.Sprintf("%s: first %d %.300s, then %d %.300s", name, first.Status, first.Body, a.Status, a.Body))
		default:
			c.Repeated++
		}
	}
	if first == nil {
		c.Undecided = append(c.Undecided, name)
		return
	}
	c.Acts++
	if first.class() != Yes {
		c.No++
		if r.accepted > 0 || r.decisions > 0 {
			c.Wrong = append(c.Wrong, fmt.Sprintf("%s was answered %d and is in the record (%+v)", name, first.Status, r))
		}
		return
	}
	c.Yes++
	switch wanted := 1; {
	case i.Never:
		c.Wrong = append(c.Wrong, name+" was accepted")
	case r.accepted == 0 || !i.Deed && r.decisions == 0:
		c.Lost = append(c.Lost, fmt.Sprintf("%s: %.200s", name, first.Body))
	case r.accepted > wanted || r.decisions > wanted:
		c.Doubled = append(c.Doubled, fmt.Sprintf("%s: %+v", name, r))
	}
}

// requestID is in what the door itself refuses before anybody has looked at a key: it names the request, not the act.
var requestID = regexp.MustCompile(`"instance":"urn:request:[0-9a-f]+"`)

// same is what must be the same, byte for byte, in every answer under one key.
func same(body string) string { return requestID.ReplaceAllString(body, "") }

// readRecord reads what persons' keys have left in the record. What the story's setting needs is not asked for.
func readRecord(ctx context.Context, db *sql.DB) (map[string]recorded, error) {
	list, err := db.QueryContext(ctx, `
		SELECT coalesce(a.act, d.id), count(DISTINCT (a.actor, a.key)) FILTER (WHERE a.act IS NOT NULL), count(DISTINCT (a.actor, a.key)) FILTER (WHERE a.accepted), count(DISTINCT d.id)
		FROM answer a
		FULL JOIN decision d ON d.id = a.act
		WHERE coalesce(a.actor, d.actor) <> 'system'
		GROUP BY 1`)
	if err != nil {
		return nil, fmt.Errorf("read the record: %w", err)
	}
	defer list.Close()
	out := map[string]recorded{}
	for list.Next() {
		var act string
		var r recorded
		if err := list.Scan(&act, &r.answers, &r.accepted, &r.decisions); err != nil {
			return nil, err
		}
		out[act] = r
	}
	return out, list.Err()
}

// histories reads the history of every case that has one. Each completed update must tell what the record says; it returns the acts they tell of.
func (c *comparison) histories(ctx context.Context, db *sql.DB, engine client.Client, record map[string]recorded) (map[string]bool, error) {
	list, err := db.QueryContext(ctx, `SELECT id FROM cases WHERE number IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer list.Close()
	var ids []string
	for list.Next() {
		var id string
		if err := list.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, id := range ids {
		if err := c.history(ctx, engine, id, record, seen); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func (c *comparison) history(ctx context.Context, engine client.Client, id string, record map[string]recorded, seen map[string]bool) error {
	events := engine.GetWorkflowHistory(ctx, workflows.ID(civic.AccessProcedure, id), "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return fmt.Errorf("read the history of case %s: %w", id, err)
		}
		completed := e.GetWorkflowExecutionUpdateCompletedEventAttributes()
		if completed == nil {
			continue
		}
		c.Completed++
		act := completed.GetMeta().GetUpdateId()
		seen[act] = true
		var told civic.Outcome
		if err := converter.GetDefaultDataConverter().FromPayloads(completed.GetOutcome().GetSuccess(), &told); err != nil {
			c.Strange = append(c.Strange, fmt.Sprintf("update %s of case %s ended without an outcome: %s", act, id, completed.GetOutcome().String()))
			continue
		}
		if r := record[act]; told.Receipt != nil && r.decisions != 1 || told.Receipt == nil && r.decisions != 0 {
			c.Historical = append(c.Historical, fmt.Sprintf("update %s of case %s: %s, record %+v", act, id, strings.TrimSpace(fmt.Sprint(told.Receipt, told.Refusal)), r))
		}
	}
	return nil
}
