package civic

import (
	"context"
	"regexp"
	"unicode/utf8"

	"lizheng/civic/money"
	"lizheng/civic/names"
)

// Lines lists the budget lines that the actor may see, by id.
func (d *Desk) Lines(ctx context.Context, who Actor, f LineFilter, p Page) (Part[LineView], error) {
	scope, err := d.scope(ctx, who, "budget_line")
	if err != nil {
		return Part[LineView]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[LineView]{}, err
	}
	if utf8.RuneCountInString(f.Text) > maxSearch {
		return Part[LineView]{}, Refuse(Invalid, "too_long", "检索内容过长。", "The search text is too long.").At("text").With("max", maxSearch)
	}
	list, err := d.Record.Lines(ctx, LineQuery{Scope: scope, LineFilter: f, Window: w})
	if err != nil {
		return Part[LineView]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[LineView]{}, err
	}
	return reshape(part(list, w, func(l BudgetLine) Cursor { return Cursor{ID: l.ID} }), func(l BudgetLine) LineView { return lineView(l, words) }), nil
}

// scope is what the actor may list of an object.
func (d *Desk) scope(ctx context.Context, who Actor, object string) (Scope, error) {
	if err := signedIn(who); err != nil {
		return Scope{}, err
	}
	return d.Policy.Scope(ctx, who, object)
}

func lineView(b BudgetLine, l lexicon) LineView {
	return LineView{BudgetLine: b, Free: b.Free(), Held: b.Appropriated - b.Free(), UnitView: l.unit(b.Unit)}
}

// Line is one budget line that the actor may see.
func (d *Desk) Line(ctx context.Context, who Actor, id string) (LineView, error) {
	scope, err := d.scope(ctx, who, "budget_line")
	if err != nil {
		return LineView{}, err
	}
	line, err := d.Record.LineByID(ctx, id)
	if err != nil {
		return LineView{}, err
	}
	if !scope.Covers([]string{line.Unit}, nil) {
		return LineView{}, ErrNotFound()
	}
	words, err := d.lexicon(ctx)
	return lineView(line, words), err
}

// Movements is the ledger of a budget line or of a case, the latest first. Exactly one of the two is named.
func (d *Desk) Movements(ctx context.Context, who Actor, line, caseID string, p Page) (Part[MovementView], error) {
	if _, err := p.window(); err != nil {
		return Part[MovementView]{}, err
	}
	return d.movements(ctx, who, line, caseID, p)
}

// movements is a part of the ledger, which may be longer than a page.
func (d *Desk) movements(ctx context.Context, who Actor, line, caseID string, p Page) (Part[MovementView], error) {
	var err error
	switch {
	case (line == "") == (caseID == ""):
		err = Refuse(Invalid, "one_of", "请指明预算项目或事项。", "Name either a budget line or a case.")
	case line != "":
		_, err = d.Line(ctx, who, line)
	default:
		_, err = d.file(ctx, who, caseID)
	}
	if err != nil {
		return Part[MovementView]{}, err
	}
	w, err := p.upTo(exportPart)
	if err != nil {
		return Part[MovementView]{}, err
	}
	list, err := d.Record.Movements(ctx, MovementQuery{Line: line, Case: caseID, Window: w})
	if err != nil {
		return Part[MovementView]{}, err
	}
	persons := make([]string, len(list))
	for i, m := range list {
		persons[i] = m.By
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return Part[MovementView]{}, err
	}
	return reshape(part(list, w, func(m MovementRow) Cursor { return Cursor{At: m.At, ID: m.ID} }), func(m MovementRow) MovementView {
		return MovementView{Movement: m.Movement, Words: movementWords[m.Kind], Number: m.Number, Title: m.Title, Left: m.Left, By: words.person(m.By)}
	}), nil
}

var lineID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,99}$`)

// CreateLine adds a budget line of a unit for a year and a subject.
func (d *Desk) CreateLine(ctx context.Context, who Actor, key string, l NewLine) (LineView, error) {
	switch {
	case !lineID.MatchString(l.ID):
		return LineView{}, Refuse(Invalid, "bad_id", "编号只能由小写字母、数字和连字符组成。", "An id has lower-case letters, digits and hyphens.").At("id")
	case l.Year < 2000 || l.Year > 2200:
		return LineView{}, Refuse(Invalid, "out_of_range", "年度超出范围。", "The year is out of range.").At("year")
	case l.Subject == "" || names.Valid(l.Subject, 50) != nil:
		return LineView{}, missing("subject", "科目", "the subject")
	case l.Name == "" || names.Valid(l.Name, 200) != nil:
		return LineView{}, missing("name", "名称", "a name")
	}
	if err := l.checkAmount(); err != nil {
		return LineView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return LineView{}, err
	}
	if _, ok := words.atlas.Unit(l.Unit); !ok {
		return LineView{}, Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
	}
	o := order{object: "budget_line", act: "create", key: key, about: "budget_line:" + l.ID, content: l, subject: Subject{Unit: l.Unit, Parties: []string{l.Unit}}}
	line, err := carry(ctx, d, who, o, func(deed Deed) (BudgetLine, error) { return d.Record.CreateLine(ctx, deed, l) })
	if err != nil {
		return LineView{}, err
	}
	return lineView(line, words), nil
}

func (l NewLine) checkAmount() error {
	if l.Appropriated < 0 || l.Appropriated > maxAppropriation {
		return Refuse(Invalid, "amount_out_of_range", "金额超出允许范围。", "The amount is out of range.").At("appropriated_fen").With("max_fen", int64(maxAppropriation))
	}
	if l.Reason == "" || names.Valid(l.Reason, maxText) != nil {
		return missing("reason", "依据或理由", "the document or reason")
	}
	return nil
}

// maxAppropriation bounds one line: a hundred times the largest request, far below overflow.
const maxAppropriation money.Fen = 100 * maxAmount

// Appropriate changes what is appropriated on a line. It never goes below what is held: reserved, committed and spent.
func (d *Desk) Appropriate(ctx context.Context, who Actor, key, id string, amount money.Fen, reason string) (LineView, error) {
	l := NewLine{ID: id, Appropriated: amount, Reason: reason}
	if err := l.checkAmount(); err != nil {
		return LineView{}, err
	}
	before, err := d.Line(ctx, who, id)
	if err != nil {
		return LineView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return LineView{}, err
	}
	o := order{object: "budget_line", act: "appropriate", key: key, about: "budget_line:" + id, content: l,
		subject: Subject{Unit: before.Unit, Parties: []string{before.Unit}}}
	line, err := carry(ctx, d, who, o, func(deed Deed) (BudgetLine, error) { return d.Record.Appropriate(ctx, deed, id, amount, reason) })
	if err != nil {
		return LineView{}, err
	}
	return lineView(line, words), nil
}

// BelowHeld refuses an appropriation below what is held on the line, with the figures.
func BelowHeld(b BudgetLine, want money.Fen) *Error {
	held := b.Appropriated - b.Free()
	return Refuse(Conflict, "below_held",
		"预算项目“"+b.Name+"”已占用 "+held.String()+" 元，额度不得低于该数。",
		"The budget line “"+b.Name+"” holds "+held.String()+" yuan; the appropriation cannot be lower.").
		At("appropriated_fen").By("fees_follow_tasks").With("line", b.ID).With("held_fen", int64(held)).With("wanted_fen", int64(want)).With("missing_fen", int64(held-want))
}
