package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sort"

	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/civic/workday"
	"lizheng/postgres/rows"
)

// writing carries what the parts of one commit share.
type writing struct {
	s     *Store
	q     *rows.Queries
	d     civic.Dossier
	act   civic.Act
	fx    civic.Effects
	atlas *civic.Atlas
	doc   string // document number issued on the way
}

// write carries out everything an act changes. Locks are taken in one order: case, tasks, counters, budget lines, lists, chain.
func (s *Store) write(ctx context.Context, q *rows.Queries, d civic.Dossier, act civic.Act, fx civic.Effects, atlas *civic.Atlas) (civic.Outcome, error) {
	w := &writing{s: s, q: q, d: d, act: act, fx: fx, atlas: atlas}
	for _, part := range []func(context.Context) error{
		w.number, w.decide, w.title, w.ruling, w.document, w.matter, w.money, w.assess, w.issue, w.entry, w.block, w.rooms, w.housing, w.layout, w.aside, w.appraisal,
	} {
		if err := part(ctx); err != nil {
			return civic.Outcome{}, err
		}
	}
	out := civic.Outcome{Hash: act.Hash, Receipt: &civic.Receipt{
		Act: act.ID, Case: d.Case.ID, Number: w.fx.Case.Number, State: w.fx.Case.State, Version: w.fx.Case.Version, NextSeats: w.fx.Case.NextSeats,
		DueAt: w.fx.Case.DueAt, At: d.Now, Document: w.doc, Explain: fx.Figures}}
	err := w.seal(ctx, out)
	if err != nil {
		return out, err
	}
	e := eventOf(act, "done", "")
	if e.detail, err = w.noted(); err != nil {
		return out, err
	}
	e.from, e.to, e.atUs = string(d.Case.State), string(w.fx.Case.State), d.Now.UnixMicro()
	if err := s.event(ctx, q, e); err != nil { // the chain's lock comes last and is held shortest
		return out, err
	}
	out.Progress = progressOf(w.fx.Case, w.standingTasks(), d.Now, d.Calendar.Version())
	return out, nil
}

// noted is what the act's line of the audit trail says beyond the act: the hash of whatever is frozen or published with it.
func (w *writing) noted() (string, error) {
	detail := map[string]string{}
	maps.Copy(detail, w.fx.Appraisal.Seals)
	if c := w.fx.Assessment; c != nil && c.Sheet != nil {
		detail["sheet"], detail["sha256"] = c.Sheet.Kind, c.Sheet.Hash
	}
	body, err := json.Marshal(detail)
	if err != nil {
		return "", fmt.Errorf("write the audit trail: %w", err)
	}
	return string(body), nil
}

// standingTasks are the case's tasks as they stand after the act.
func (w *writing) standingTasks() []civic.Task {
	changed := map[string]civic.Task{}
	for _, t := range w.fx.Changed {
		changed[t.ID] = t
	}
	out := append([]civic.Task(nil), w.fx.Opened...)
	for _, t := range w.d.Tasks {
		if c, ok := changed[t.ID]; ok {
			t = c
		}
		out = append(out, t)
	}
	return out
}

// number gives a submitted case its number: readable, never reused.
func (w *writing) number(ctx context.Context) error {
	if !w.fx.NewNumber {
		return nil
	}
	year := workday.DateOf(w.d.Now).Year
	n, err := w.q.NextNumber(ctx, rows.NextNumberParams{Name: "case " + string(w.d.Case.Procedure), Year: int32(year)})
	if err != nil {
		return fmt.Errorf("number the case: %w", err)
	}
	w.fx.Case.Number = fmt.Sprintf("%s-%d-%06d", civic.Definitions[w.d.Case.Procedure].Prefix, year, n)
	w.fx.Case.RulesAt = w.d.Now
	w.fx.Case.Calendar = w.d.Calendar.Version()
	return nil
}

// decide writes the case as it stands after the act, the act itself, and the tasks.
func (w *writing) decide(ctx context.Context) error {
	c := w.fx.Case
	seats, err := json.Marshal(append([]civic.Seat{}, c.NextSeats...))
	if err != nil {
		return fmt.Errorf("write the seats: %w", err)
	}
	details, err := json.Marshal(w.act.Details)
	if err != nil {
		return fmt.Errorf("write the details: %w", err)
	}
	figures, err := json.Marshal(append([]civic.Figure{}, w.fx.Figures...))
	if err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	changed, err := tasksOut(w.fx.Changed, 0)
	if err != nil {
		return err
	}
	opened, err := tasksOut(w.fx.Opened, len(w.d.Tasks))
	if err != nil {
		return err
	}
	p := rows.DecideCaseParams{
		CaseID: c.ID, State: string(c.State), Version: int32(c.Version), Round: int32(c.Round), NextSeats: seats, DueAt: c.DueAt, ActsAt: c.ActsAt,
		Deadline: c.Deadline, PausedAt: c.PausedAt, Calendar: int32(c.Calendar), ClosedAt: c.ClosedAt, Number: stored(c.Number), RulesAt: c.RulesAt,
		Seen: int32(w.d.Case.Version), DecidedAt: w.d.Now,
		Act: w.act.ID, TaskID: stored(w.act.Task), Kind: string(w.act.Kind), Actor: w.act.Actor, Principal: w.act.Principal, GrantID: stored(w.act.Grant),
		Policy: w.act.Rule, Outcome: w.act.Outcome, Opinion: w.act.Opinion, Details: details, Figures: figures, StateFrom: string(w.d.Case.State),
		Changed: changed, Opened: opened}
	for _, t := range w.d.Tasks {
		if t.ID == w.act.Task {
			p.Role, p.Unit = string(t.Seat.Role), t.Seat.Unit
		}
	}
	n, err := w.q.DecideCase(ctx, p)
	if err != nil {
		return fmt.Errorf("decide case %s: %w", c.ID, err)
	}
	if n.Cases != 1 || int(n.Tasks) != len(w.fx.Changed) { // the case is locked; only a bug gets here
		return fmt.Errorf("decide case %s: version %d is gone, or one of %d tasks is no longer open", c.ID, w.d.Case.Version, len(w.fx.Changed))
	}
	return nil
}

// title renames a case whose corrected request has another name.
func (w *writing) title(ctx context.Context) error {
	name := w.fx.Case.Title
	if name == w.d.Case.Title {
		return nil
	}
	return nameCase(ctx, w.q, w.d.Case.ID, name)
}

// ruling records what the leading group decided.
func (w *writing) ruling(ctx context.Context) error {
	if w.fx.Ruling == nil {
		return nil
	}
	body, err := json.Marshal(w.fx.Ruling)
	if err != nil {
		return fmt.Errorf("write the ruling: %w", err)
	}
	err = w.q.InsertRuling(ctx, rows.InsertRulingParams{
		CaseID: w.d.Case.ID, Act: w.act.ID, Round: int32(w.fx.Ruling.Round), Outcome: w.fx.Ruling.Outcome, Body: body, At: w.d.Now})
	if err != nil {
		return fmt.Errorf("record the ruling: %w", err)
	}
	return nil
}

// matter keeps what the act made of the case's matter.
func (w *writing) matter(ctx context.Context) error {
	if w.fx.Matter == nil {
		return nil
	}
	if numbered, ok := w.fx.Matter.(civic.Numbered); ok && w.doc != "" {
		numbered.Number(w.act.ID, w.doc)
	}
	body, err := json.Marshal(w.fx.Matter)
	if err != nil {
		return fmt.Errorf("write the matter: %w", err)
	}
	n, err := w.q.KeepMatter(ctx, rows.KeepMatterParams{CaseID: w.d.Case.ID, Form: body, Normal: names.Normal(w.fx.Matter.Title())})
	if err != nil {
		return fmt.Errorf("keep the matter: %w", err)
	}
	return oneRow("keep the matter", n)
}

// money posts the ledger entries, line by line in sorted order. What a line cannot carry is a refusal with its figures.
func (w *writing) money(ctx context.Context) error {
	moves := append([]civic.Movement(nil), w.fx.Money...)
	sort.SliceStable(moves, func(i, j int) bool { return moves[i].Line < moves[j].Line })
	for _, m := range moves {
		posted, err := w.q.PostMovement(ctx, rows.PostMovementParams{Column1: m.ID, Column2: m.Line, Column3: string(m.Kind), Column4: m.Case, Column5: m.Act,
			Column6: int64(m.Amount), Column7: m.At, Parent: stored(m.Parent)})
		if err != nil {
			return fmt.Errorf("post %s: %w", m.Kind, err)
		}
		if posted {
			continue
		}
		row, err := w.q.Line(ctx, m.Line)
		if err != nil {
			return fmt.Errorf("read budget line: %w", absent(err))
		}
		return civic.Shortfall(lineOf(row), m.Amount)
	}
	return nil
}

// aside writes what hangs on the case: objections, pauses, readers.
func (w *writing) aside(ctx context.Context) error {
	if o := w.fx.Objection; o != nil {
		if err := w.q.InsertObjection(ctx, rows.InsertObjectionParams{ID: o.ID, CaseID: w.d.Case.ID, TaskID: o.Task, Text: o.Text, Contact: o.Contact, By: o.By, At: o.At}); err != nil {
			return fmt.Errorf("record the objection: %w", err)
		}
	}
	for _, o := range w.fx.Overtaken {
		if err := w.q.SettleObjection(ctx, rows.SettleObjectionParams{ID: o.ID, Result: o.Result}); err != nil {
			return fmt.Errorf("settle an overtaken objection: %w", err)
		}
	}
	if o := w.fx.Settled; o != nil {
		if err := w.q.SettleObjection(ctx, rows.SettleObjectionParams{ID: o.ID, Result: o.Result}); err != nil {
			return fmt.Errorf("settle the objection: %w", err)
		}
	}
	if p := w.fx.Pause; p != nil {
		var err error
		if p.Until == nil {
			err = w.q.InsertPause(ctx, rows.InsertPauseParams{CaseID: w.d.Case.ID, FromAt: p.From, Why: p.Why})
		} else {
			err = w.q.EndPause(ctx, rows.EndPauseParams{CaseID: w.d.Case.ID, FromAt: p.From, Until: p.Until})
		}
		if err != nil {
			return fmt.Errorf("record the pause: %w", err)
		}
	}
	for _, person := range w.fx.Readers {
		if err := w.q.AddReader(ctx, rows.AddReaderParams{Person: person, CaseID: w.d.Case.ID, Seq: w.d.Case.Seq}); err != nil {
			if sqlState(err) == "23503" {
				return civic.Refuse(civic.Invalid, "no_such_person", "没有这个人员。", "There is no such person.").At("details.person")
			}
			return fmt.Errorf("add a reader: %w", err)
		}
	}
	return nil
}

// seal leaves what every act leaves: the units that take part from now on, the messages that go out once this transaction is
// committed, and the answer under its key.
func (w *writing) seal(ctx context.Context, out civic.Outcome) error {
	body, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	p := rows.SealActParams{CaseID: w.d.Case.ID, Seq: w.d.Case.Seq, Actor: w.act.Actor, Key: w.act.Key, Hash: w.act.Hash, Act: w.act.ID, Route: w.act.Route, Body: body}
	p.PartyUnits = append(p.PartyUnits, w.fx.Parties...)
	for _, t := range w.fx.Opened {
		p.PartyUnits = append(p.PartyUnits, t.Seat.Unit)
	}
	p.PartyUnits = append(p.PartyUnits, w.fx.Appraisal.Parties...)
	notices := w.fx.Notices
	if len(notices) == 0 { // nobody is told, but pages that show the case look again
		notices = []civic.Notice{{ID: civic.NewID(w.act.ID, "changed"), Kind: "changed"}}
	}
	for _, n := range notices {
		p.Ids, p.Kinds = append(p.Ids, n.ID), append(p.Kinds, n.Kind)
		p.Roles, p.Units = append(p.Roles, string(n.Seat.Role)), append(p.Units, n.Seat.Unit)
		p.Persons, p.Tasks = append(p.Persons, n.Seat.Person), append(p.Tasks, n.Task)
	}
	n, err := w.q.SealAct(ctx, p)
	if err != nil {
		return fmt.Errorf("seal the act: %w", err)
	}
	if n == 0 { // the same key on another case at this very moment
		return civic.Refuse(civic.Invalid, "key_reused", "该操作编号已用于另一请求。", "This Idempotency-Key was used for another request.")
	}
	return nil
}

// event is one line of the audit trail.
type event struct {
	civic.Act
	result, code, from, to, object, detail string
	atUs                                   int64 // 0: the record's clock says
}

func eventOf(act civic.Act, result, code string) event {
	return event{Act: act, result: result, code: code, detail: "{}"}
}

// event writes a line of the audit trail with the names it mentions, so that it outlives what it describes.
func (s *Store) event(ctx context.Context, q *rows.Queries, e event) error {
	p := rows.InsertEventParams{
		AtUs: e.atUs, Kind: string(e.Kind), Result: e.result, Code: e.code, Actor: e.Actor, ActorName: s.personName(ctx, e.Actor), Principal: e.Principal,
		CaseID: stored(e.Case), TaskID: stored(e.Task), Act: stored(e.ID), Address: e.Address, Request: e.Request, Object: e.object,
		StateFrom: e.from, StateTo: e.to, Detail: e.detail}
	if err := q.InsertEvent(ctx, p); err != nil {
		return fmt.Errorf("write the audit trail: %w", err)
	}
	return nil
}

// personName is the name under a person's id; a missing one is written as the id itself.
func (s *Store) personName(ctx context.Context, id string) string {
	if id == civic.System || id == civic.Public {
		return id
	}
	if name, ok := s.names.Load(id); ok {
		return name.(string)
	}
	name, err := s.beside.PersonName(ctx, id)
	if err != nil {
		return id
	}
	s.names.Store(id, name)
	return name
}
