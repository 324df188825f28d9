package civic

import "context"

// Notices lists the actor's own messages, the latest first.
func (d *Desk) Notices(ctx context.Context, who Actor, unread bool, p Page) (Part[Message], error) {
	if err := signedIn(who); err != nil {
		return Part[Message]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[Message]{}, err
	}
	list, err := d.Record.Messages(ctx, who.Person, unread, w)
	for i := range list {
		list[i].Words = noticeWords(list[i])
	}
	return part(list, w, func(m Message) Cursor { return Cursor{At: m.At, ID: m.ID} }), err
}

// noticeWords say what a message is about; the step is in them when there is one.
func noticeWords(m Message) Words {
	step := Words{}
	if s, ok := StepNamed(m.Step); ok {
		step = Words{"（" + s.Zh + "）", " (" + s.En + ")"}
	}
	w, ok := map[string]Words{
		"opened": {"有新的待办任务", "a task is waiting for you"}, "reminder": {"任务即将到期", "a task is nearly due"},
		"escalated": {"任务已逾期", "a task is overdue"}, "urged": {"任务被催办", "you are urged to answer a task"},
		"copied": {"有事项抄送给您", "you were copied in on a case"}, "stopped": {"准入事项已终止", "an admitted item has ended"},
		"transferred": {"有事项转由贵单位承担", "an item was transferred to your unit"}, "supplied": {"补足的用房已验收入库", "rooms that were missing are in the register"}, "changed": {"事项有新进展", "a case has moved on"},
		"decided": {"事项已作出决定", "a case was decided"},
	}[m.Kind]
	if !ok {
		w = Words{m.Kind, m.Kind}
	}
	return Words{w.Zh + step.Zh, w.En + step.En}
}

// MarkRead marks messages of the actor as read, or all when none is named.
func (d *Desk) MarkRead(ctx context.Context, who Actor, ids []string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	if len(ids) > 1000 {
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "The list has too many entries.").At("ids")
	}
	return d.Record.MarkRead(ctx, who.Person, ids)
}
