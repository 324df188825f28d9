package civic

import (
	"context"
	"slices"
	"strings"
)

// History is what happened to a case, in order: every accepted act with its names, opinions and figures. What the system
// did by itself is labelled so.
func (d *Desk) History(ctx context.Context, who Actor, id string, p Page) (Part[Happening], error) {
	f, found, words, err := d.decisions(ctx, who, id, p, "history")
	if err != nil {
		return Part[Happening]{}, err
	}
	return reshape(found, func(x Decision) Happening {
		h := happening(x, words)
		h.inStep(f.Case.Procedure, f.Tasks)
		return h
	}), nil
}

// decisions reads a part of the accepted acts on a case that the actor may see.
func (d *Desk) decisions(ctx context.Context, who Actor, id string, p Page, act string) (CaseFile, Part[Decision], lexicon, error) {
	var none Part[Decision]
	f, err := d.file(ctx, who, id)
	if err != nil {
		return f, none, lexicon{}, err
	}
	if f.Case.State == Draft { // nothing was decided yet: whoever may read the draft sees that
		act = "read"
	}
	if _, err := d.Policy.Decide(ctx, who, act, f.subject()); err != nil {
		return f, none, lexicon{}, err
	}
	w, err := p.window()
	if err != nil {
		return f, none, lexicon{}, err
	}
	list, err := d.Record.Decisions(ctx, id, w)
	if err != nil {
		return f, none, lexicon{}, err
	}
	if err := d.hideScores(ctx, f, list); err != nil {
		return f, none, lexicon{}, err
	}
	persons := f.persons()
	for _, x := range list {
		persons = append(persons, x.Actor, x.Principal, x.Details.Person)
	}
	words, err := d.lexicon(ctx, persons...)
	return f, part(list, w, func(x Decision) Cursor { return Cursor{Seq: int64(x.Version)} }), words, err
}

// subject is the case as a policy looks at it.
func (f CaseFile) subject() Subject {
	s := f.brief("").Subject()
	if f.Case.State == Draft {
		s.Object = "draft"
	}
	return s
}

func happening(x Decision, l lexicon) Happening {
	l.at = x.At // units as they were called then
	h := Happening{ID: x.ID, At: x.At, Act: x.Kind, Words: wordsOfAct(x.Kind), Actor: l.person(x.Actor), Principal: l.personOrNone(x.Principal),
		Automatic: x.Actor == System, Unit: l.unitOrNone(x.Unit), Role: x.Role, Task: x.Task, Outcome: x.Outcome, Opinion: x.Opinion,
		From: x.From, To: x.To, Figures: x.Figures, Document: x.Document, Version: x.Version}
	details := x.Details
	details.Contact = "" // whoever objects is shown on the case page, to those who examine it
	if !details.empty() {
		h.Details = &details
	}
	return h
}

// empty reports whether nothing was given beyond an opinion.
func (d Details) empty() bool {
	return d.TermEnd == "" && len(d.Communities) == 0 && d.Condition == "" && d.MergeInto == "" && d.TransferTo == "" && d.Until == "" &&
		len(d.Gaps) == 0 && d.BudgetLine == "" && d.Unit == "" && d.Person == "" && d.Trigger == "" && !d.BlockName && d.From == "" && d.Contact == "" && d.Objection == ""
}

// inStep adds the words of the step and its outcome.
func (h *Happening) inStep(p Procedure, tasks []Task) {
	i := slices.IndexFunc(tasks, func(t Task) bool { return t.ID == h.Task })
	if i < 0 {
		return
	}
	step, ok := Definitions[p].Step(tasks[i].Step)
	if !ok {
		return
	}
	h.Step, h.StepWords = step.Name, &Words{step.Zh, step.En}
	if choice, ok := step.Choice(h.Outcome); ok {
		h.Result = &Words{choice.Zh, choice.En}
	}
}

// Explain says of every accepted act on a case why it was possible and what it rested on: the policy line, the parameters
// of the case's day, the figures compared, the answers that counted and those that did not.
func (d *Desk) Explain(ctx context.Context, who Actor, id string) ([]Explanation, error) {
	f, found, words, err := d.decisions(ctx, who, id, Page{Limit: MaxPage}, "explain")
	if err != nil {
		return nil, err
	}
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Explanation, 0, len(found.Items))
	for _, x := range found.Items {
		e := Explanation{Happening: happening(x, words), Policy: x.Policy, Grant: x.Grant, RulesAt: x.RulesAt, Calendar: f.Case.Calendar,
			Parameters: named(parameters, x), Counted: []VoteView{}, Discounted: []VoteView{}}
		e.inStep(f.Case.Procedure, f.Tasks)
		e.Counted, e.Discounted = f.counted(x, words)
		e.Sentence = e.sentence()
		out = append(out, e)
	}
	return out, nil
}

// named are the parameters that the figures of a decision name, as they were in force for it.
func named(all []Parameter, x Decision) []Parameter {
	out := []Parameter{}
	for _, f := range x.Figures {
		var best *Parameter
		for i := range all {
			p := &all[i]
			if p.Key == f.Rule && !p.From.After(x.RulesAt) && (best == nil || p.From.After(best.From) || p.From.Equal(best.From) && p.Version > best.Version) {
				best = p
			}
		}
		if best != nil {
			out = append(out, *best)
		}
	}
	return out
}

// counting are the steps whose answers an act of another step counts.
var counting = map[string][]string{"decide": {"joint", "vote"}, "joint": {"consult"}, "exit_decide": {"exit_opinion", "exit_views"}}

// counted are the answers that an act rested on, and those that did not count, with the reason.
func (f CaseFile) counted(x Decision, l lexicon) (counted, discounted []VoteView) {
	counted, discounted = []VoteView{}, []VoteView{}
	i := slices.IndexFunc(f.Tasks, func(t Task) bool { return t.ID == x.Task })
	if i < 0 {
		return counted, discounted
	}
	task := f.Tasks[i]
	for _, t := range f.Tasks {
		if !slices.Contains(counting[task.Step], t.Step) || t.Round != task.Round || t.OpenedAt.After(x.At) {
			continue
		}
		step, _ := Definitions[f.Case.Procedure].Step(t.Step)
		v := VoteView{Task: t.ID, Step: t.Step, Seat: l.seat(t.Seat), By: l.personOrNone(t.Person), Outcome: t.Outcome, Opinion: f.Opinions[t.ID]}
		if choice, ok := step.Choice(t.Outcome); ok {
			v.Words = &Words{choice.Zh, choice.En}
		}
		switch {
		case t.State == TaskVoid:
			v.Why = voidWords(t.VoidReason)
		case t.part():
			v.Why = &Words{"委派意见，由委派人采纳", "a delegated opinion: it went back to whoever asked for it"}
		case t.EndedAt == nil || t.EndedAt.After(x.At):
			v.Why = &Words{"作出决定时尚未答复", "not answered when it was decided"}
		}
		if v.Why != nil {
			discounted = append(discounted, v)
			continue
		}
		counted = append(counted, v)
	}
	return counted, discounted
}

// sentence puts an act into one sentence: who, for whom, what, by which rule.
func (e Explanation) sentence() Words {
	what := e.Words
	if e.Result != nil && e.StepWords != nil {
		what = Words{e.StepWords.Zh + "：" + e.Result.Zh, e.StepWords.En + ": " + e.Result.En}
	}
	zh, en := e.Actor.Name+" "+what.Zh, e.Actor.Name+": "+what.En
	if e.Actor.NameEn != "" {
		en = e.Actor.NameEn + ": " + what.En
	}
	if e.Principal != nil {
		zh, en = zh+"（代理"+e.Principal.Name+"）", en+" (in place of "+e.Principal.Name+")"
	}
	var rulesZh, rulesEn []string
	for _, f := range e.Figures {
		rulesZh, rulesEn = append(rulesZh, f.Zh), append(rulesEn, f.En)
	}
	if len(rulesZh) > 0 {
		zh, en = zh+"。依据："+strings.Join(rulesZh, "；"), en+". Because: "+strings.Join(rulesEn, "; ")
	}
	return Words{zh + "。", en + "."}
}
