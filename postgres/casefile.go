package postgres

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/postgres/rows"
)

// frozen runs f on one unchanging view of the record, so that nothing it reads belongs to another moment than the rest.
func (s *Store) frozen(ctx context.Context, f func(tx *sql.Tx, q *rows.Queries) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	err = f(tx, s.q.WithTx(tx))
	return errors.Join(err, ignoreDone(tx.Rollback())) // nothing was written
}

// CaseFile reads everything about one case, all of the same moment. A case outside the sight is not found.
func (s *Store) CaseFile(ctx context.Context, sight civic.Sight, id string) (civic.CaseFile, error) {
	f := civic.CaseFile{}
	if !isID(id) {
		return f, civic.ErrNotFound()
	}
	err := s.frozen(ctx, func(tx *sql.Tx, q *rows.Queries) error {
		var w where
		w.and("c.id = ?", id)
		w.sight(sight)
		var err error
		f.Case, err = scanCase(tx.QueryRowContext(ctx, `SELECT `+caseColumns+` FROM cases c WHERE `+w.String(), w.args...).Scan)
		if err != nil {
			return fmt.Errorf("read case %s: %w", id, absent(err))
		}
		for _, part := range []func(context.Context, *rows.Queries, *civic.CaseFile) error{fileForm, fileTasks, fileRuling, fileMoney, filePeople, fileAttached} {
			if err := part(ctx, q, &f); err != nil {
				return fmt.Errorf("read case %s: %w", id, err)
			}
		}
		return nil
	})
	return f, err
}

func fileForm(ctx context.Context, q *rows.Queries, f *civic.CaseFile) error {
	row, err := q.CaseForm(ctx, f.Case.ID)
	if err != nil {
		return fmt.Errorf("its form: %w", err)
	}
	f.Revision = int(row.Revision)
	if f.Case.Procedure == civic.AccessProcedure {
		err = json.Unmarshal(row.Form, &f.Form)
	} else {
		f.Matter, err = civic.ReadMatter(f.Case.Procedure, row.Form)
	}
	if err != nil {
		return fmt.Errorf("its form: %w", err)
	}
	return nil
}

func fileTasks(ctx context.Context, q *rows.Queries, f *civic.CaseFile) error {
	var err error
	if f.Tasks, err = tasksOf(ctx, q, f.Case.ID); err != nil {
		return err
	}
	opinions, err := q.TaskOpinions(ctx, f.Case.ID)
	if err != nil {
		return fmt.Errorf("its opinions: %w", err)
	}
	f.Opinions = make(map[string]string, len(opinions))
	for _, o := range opinions {
		f.Opinions[o.Task] = o.Opinion
	}
	return nil
}

// fileRuling reads what was decided, objected to, paused and put on the list.
func fileRuling(ctx context.Context, q *rows.Queries, f *civic.CaseFile) error {
	id := f.Case.ID
	rulings, err := q.Rulings(ctx, id)
	if err != nil {
		return fmt.Errorf("its rulings: %w", err)
	}
	if n := len(rulings); n > 0 {
		f.Ruling = new(civic.Ruling)
		if err := json.Unmarshal(rulings[n-1], f.Ruling); err != nil {
			return fmt.Errorf("its ruling: %w", err)
		}
	}
	objections, err := q.Objections(ctx, id)
	if err != nil {
		return fmt.Errorf("its objections: %w", err)
	}
	for _, o := range objections {
		f.Objections = append(f.Objections, civic.Objection{ID: o.ID, Text: o.Text, Contact: o.Contact, By: o.By, Task: o.TaskID, Result: o.Result, At: o.At})
	}
	pauses, err := q.Pauses(ctx, id)
	if err != nil {
		return fmt.Errorf("its pauses: %w", err)
	}
	f.Pauses = []civic.Pause{}
	for _, p := range pauses {
		f.Pauses = append(f.Pauses, civic.Pause{From: p.FromAt, Until: p.Until, Why: p.Why})
	}
	entry, err := q.EntryOfCase(ctx, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("its entry: %w", err)
	}
	e := entryOf(entry)
	f.Entry = &e
	return nil
}

// fileMoney reads what the case holds and the line it holds it on: the one it rests on now, else the one it names.
func fileMoney(ctx context.Context, q *rows.Queries, f *civic.CaseFile) error {
	held, err := q.HeldMoney(ctx, f.Case.ID)
	if err != nil {
		return fmt.Errorf("its money: %w", err)
	}
	line := f.Form.Funding.Line
	for _, h := range held {
		line = h.Line
		f.Held = append(f.Held, civic.Holding{Left: money.Fen(h.Free), Movement: civic.Movement{
			ID: h.ID, Line: h.Line, Kind: civic.MovementKind(h.Kind), Parent: text(h.Parent), Case: f.Case.ID, Act: h.Act, Amount: money.Fen(h.Amount), At: h.At}})
	}
	spent, err := q.DisbursedMoney(ctx, f.Case.ID)
	if err != nil {
		return fmt.Errorf("its payments: %w", err)
	}
	f.Disbursed = money.Fen(spent)
	row, err := q.Line(ctx, line)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("its budget line: %w", err)
	}
	b := lineOf(row)
	f.Line = &b
	return nil
}

func filePeople(ctx context.Context, q *rows.Queries, f *civic.CaseFile) (err error) {
	if f.Parties, err = q.CaseParties(ctx, f.Case.ID); err != nil {
		return fmt.Errorf("its parties: %w", err)
	}
	if f.Readers, err = q.CaseReaders(ctx, f.Case.ID); err != nil {
		return fmt.Errorf("its readers: %w", err)
	}
	return nil
}

func fileAttached(ctx context.Context, q *rows.Queries, f *civic.CaseFile) error {
	list, err := q.CaseAttachments(ctx, f.Case.ID)
	if err != nil {
		return fmt.Errorf("its attachments: %w", err)
	}
	f.Files = make([]civic.Attachment, len(list))
	for i, a := range list {
		f.Files[i] = attachmentOf(a)
	}
	return nil
}

func attachmentOf(a rows.Attachment) civic.Attachment {
	return civic.Attachment{ID: a.ID, Case: a.CaseID, Name: a.Name, MediaType: a.MediaType, Size: a.Size, SHA256: hex.EncodeToString(a.Sha256),
		AddedBy: a.AddedBy, AddedAt: a.AddedAt, RemovedAt: a.RemovedAt}
}

// ProcedureOf is the procedure of a case.
func (s *Store) ProcedureOf(ctx context.Context, caseID string) (civic.Procedure, error) {
	if !isID(caseID) {
		return "", civic.ErrNotFound()
	}
	row, err := s.q.CaseRow(ctx, caseID)
	if err != nil {
		return "", fmt.Errorf("read case %s: %w", caseID, absent(err))
	}
	return civic.Procedure(row.Procedure), nil
}

// CaseOfTask is the case that a task belongs to.
func (s *Store) CaseOfTask(ctx context.Context, task string) (string, error) {
	if !isID(task) {
		return "", civic.ErrNotFound()
	}
	id, err := s.q.TaskCase(ctx, task)
	if err != nil {
		return "", fmt.Errorf("find the case of task %s: %w", task, absent(err))
	}
	return id, nil
}

// Decisions are the accepted acts on a case in the order of the versions that they made.
func (s *Store) Decisions(ctx context.Context, caseID string, w civic.Window) ([]civic.Decision, error) {
	after := 0
	if w.After != nil {
		after = int(w.After.Seq)
	}
	list, err := s.q.CaseDecisions(ctx, rows.CaseDecisionsParams{CaseID: caseID, After: int4(after), Part: int4(w.Limit)})
	if err != nil {
		return nil, fmt.Errorf("read the decisions of case %s: %w", caseID, err)
	}
	out := make([]civic.Decision, len(list))
	for i, r := range list {
		d := civic.Decision{ID: r.ID, Case: r.CaseID, Task: text(r.TaskID), Kind: civic.ActKind(r.Kind), Actor: r.Actor, Principal: r.Principal,
			Grant: text(r.GrantID), Policy: r.Policy, Role: civic.Role(r.Role), Unit: r.Unit, Outcome: r.Outcome, Opinion: r.Opinion,
			From: civic.State(r.StateFrom), To: civic.State(r.StateTo), Version: int(r.Version), RulesAt: r.RulesAt, At: r.DecidedAt}
		if err := json.Unmarshal(r.Details, &d.Details); err != nil {
			return nil, fmt.Errorf("read the details of decision %s: %w", r.ID, err)
		}
		if err := json.Unmarshal(r.Figures, &d.Figures); err != nil {
			return nil, fmt.Errorf("read the figures of decision %s: %w", r.ID, err)
		}
		if r.Mark != nil {
			d.Document = documentNumber(*r.Mark, int(r.DocYear.Int32), r.DocNumber.Int64)
		}
		out[i] = d
	}
	return out, nil
}
