package civic

import (
	"fmt"

	"lizheng/civic/money"
)

// move writes one ledger entry; its id is made of the act, so that a retry writes the same one.
func (t *turn) move(kind MovementKind, line, parent string, amount money.Fen) {
	if amount <= 0 {
		return
	}
	t.fx.Money = append(t.fx.Money, Movement{
		ID: NewID(t.act.ID, "money", fmt.Sprint(len(t.fx.Money))), Line: line, Kind: kind, Parent: parent,
		Case: t.Case.ID, Act: t.act.ID, Amount: amount, At: t.Now})
}

// releaseAll gives back everything that is still held for the case.
func (t *turn) releaseAll() {
	for _, h := range t.Held {
		t.move(Release, h.Line, h.ID, h.Left)
	}
}

// releaseOther gives back what is held on other lines than this one.
func (t *turn) releaseOther(line string) {
	for _, h := range t.Held {
		if h.Line != line {
			t.move(Release, h.Line, h.ID, h.Left)
		}
	}
}

func (t *turn) heldOn(line string) money.Fen {
	var sum money.Fen
	for _, h := range t.Held {
		if h.Line == line && h.Kind == Reserve {
			sum += h.Left
		}
	}
	return sum
}

// rebook makes the reservation on the request's own line what it has to be.
func (t *turn) rebook(total money.Fen) error {
	if t.Request.Funding.Kind != FromLine {
		t.releaseAll()
		return nil
	}
	t.releaseOther(t.Request.Funding.Line)
	return t.rebookOn(t.Request.Funding.Line, total)
}

// rebookOn reserves what is missing on a line, if the line can carry it, or releases what is too much.
func (t *turn) rebookOn(id string, total money.Fen) error {
	held := t.heldOn(id)
	if held < total {
		line, ok, err := t.world.Line(id)
		switch {
		case err != nil:
			return err
		case !ok || line.Closed:
			return Refuse(Invalid, "no_such_line", "请选择可用的预算项目。", "Choose an open budget line.").At("details.budget_line")
		case line.Free() < total-held:
			return Shortfall(line, total-held)
		}
		t.move(Reserve, id, "", total-held)
		return nil
	}
	over := held - total
	for _, h := range t.Held {
		if h.Line == id && h.Kind == Reserve && over > 0 {
			part := min(over, h.Left)
			t.move(Release, id, h.ID, part)
			over -= part
		}
	}
	return nil
}

// commitAll turns everything reserved into commitments; what was ruled must be covered to the fen.
func (t *turn) commitAll(r *Ruling) error {
	if r.ZeroCost {
		t.figure("fees_follow_tasks", "零成本事项，已记录", "a zero-cost item, recorded as such", nil)
		return nil
	}
	var sum money.Fen
	for _, h := range t.Held {
		if h.Kind == Reserve && h.Left > 0 {
			t.move(Commit, h.Line, h.ID, h.Left)
			sum += h.Left
		}
	}
	if sum != r.Total {
		return Refuse(Conflict, "money_not_there", "预留经费与决定金额不符，不能发布。", "What is reserved does not equal what was decided; it cannot be issued.").
			By("fees_follow_tasks").With("reserved_fen", int64(sum)).With("decided_fen", int64(r.Total))
	}
	t.figure("fees_follow_tasks", "经费由预留转为承诺", "the reservation becomes a commitment", map[string]any{"amount_fen": int64(sum)})
	return nil
}
