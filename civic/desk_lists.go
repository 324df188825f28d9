package civic

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"lizheng/civic/names"
)

// Lists are the published lists; anybody may read them.
func (d *Desk) Lists(ctx context.Context) ([]ListInfo, error) {
	states, err := d.Record.Lists(ctx, d.Record.Now())
	if err != nil {
		return nil, err
	}
	out := make([]ListInfo, 0, len(Lists))
	for _, l := range Lists {
		info := ListInfo{List: l, Words: listWords[l]}
		for _, s := range states {
			if s.List == l {
				info.Entries, info.Version, info.Effective, info.Document = s.Entries, s.Version, s.Effective, s.Document
			}
		}
		out = append(out, info)
	}
	return out, nil
}

// Entries lists what is in force at an instant, by name; anybody may read it. What has ended or not begun is not there.
func (d *Desk) Entries(ctx context.Context, f EntryFilter, p Page) (Part[EntryLine], error) {
	if _, err := p.window(); err != nil {
		return Part[EntryLine]{}, err
	}
	return d.entries(ctx, f, p)
}

// entries is a part of the lists, which may be longer than a page.
func (d *Desk) entries(ctx context.Context, f EntryFilter, p Page) (Part[EntryLine], error) {
	w, err := p.upTo(exportPart)
	if err != nil {
		return Part[EntryLine]{}, err
	}
	q := EntryQuery{EntryFilter: f, Window: w, Moment: d.Record.Now(), Normal: names.Normal(f.Text)}
	if f.At != nil {
		q.Moment = *f.At
	}
	switch {
	case f.List != "" && listWords[f.List] == Words{}:
		return Part[EntryLine]{}, Refuse(Invalid, "unknown_list", "没有这个清单。", "There is no such list.").At("list")
	case f.Category != "" && !oneOf(string(f.Category), categoryWords()...):
		return Part[EntryLine]{}, Refuse(Invalid, "unknown_category", "请选择事项类型。", "Choose a category.").At("category")
	case utf8.RuneCountInString(f.Text) > maxSearch:
		return Part[EntryLine]{}, Refuse(Invalid, "too_long", "检索内容过长。", "The search text is too long.").At("text").With("max", maxSearch)
	case q.Normal == "" && strings.TrimSpace(f.Text) != "":
		return Part[EntryLine]{}, Refuse(Invalid, "bad_search", "请输入文字或数字。", "Search for letters or digits.").At("text")
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[EntryLine]{}, err
	}
	if f.Region != "" {
		if _, ok := words.atlas.Region(f.Region); !ok {
			return Part[EntryLine]{}, Refuse(Invalid, "no_such_region", "没有这个区域。", "There is no such region.").At("region")
		}
		q.Areas = words.atlas.Around(f.Region, q.Moment)
	}
	list, err := d.Record.Entries(ctx, q)
	if err != nil {
		return Part[EntryLine]{}, err
	}
	found := part(list, w, func(r EntryRow) Cursor { return Cursor{Text: r.Name, ID: r.ID} })
	return reshape(found, func(r EntryRow) EntryLine { return entryLine(r, words) }), nil
}

func entryLine(r EntryRow, l lexicon) EntryLine {
	return EntryLine{Entry: r.Entry, Words: categoryNames[r.Category], UnitView: l.unitOrNone(r.Unit), Communities: r.Communities, ZeroCost: r.ZeroCost}
}

// Entry is one line of a list with its children, communities and money; anybody may read it.
func (d *Desk) Entry(ctx context.Context, id string) (EntryView, error) {
	f, err := d.Record.EntryFile(ctx, id)
	if err != nil {
		return EntryView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return EntryView{}, err
	}
	at := d.Record.Now()
	v := EntryView{EntryLine: entryLine(f.EntryRow, words), Number: f.Number, Children: []EntryLine{}, Regions: []EntryRegion{}, Ended: f.Why, Rests: f.Rests}
	for _, c := range f.Children {
		v.Children = append(v.Children, entryLine(c, words))
	}
	for _, r := range f.Regions {
		v.Regions = append(v.Regions, EntryRegion{Region: words.region(r.Region), Above: words.region(words.atlas.Above(r.Region, at)), Units: r.Units, Amount: r.Amount})
	}
	return v, nil
}

// Noticed lists the decisions on public notice (公示), the latest first; anybody may read it and object.
func (d *Desk) Noticed(ctx context.Context, p Page) (Part[NoticeLine], error) {
	w, err := p.window()
	if err != nil {
		return Part[NoticeLine]{}, err
	}
	list, err := d.Record.Noticed(ctx, w)
	if err != nil {
		return Part[NoticeLine]{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return Part[NoticeLine]{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return Part[NoticeLine]{}, err
	}
	return reshape(part(list, w, func(n NoticedCase) Cursor { return Cursor{Seq: n.Case.Seq} }), func(n NoticedCase) NoticeLine {
		line := NoticeLine{Case: n.Case.ID, Procedure: n.Case.Procedure, Number: n.Case.Number, Title: n.Case.Title, Unit: words.unit(n.Case.Unit), State: n.Case.State,
			StateWords: stateWords(n.Case.Procedure, n.Case.State), Outcome: n.Ruling.Outcome, Words: n.words(), Condition: n.Ruling.Condition,
			TermEnd: n.Ruling.TermEnd, Communities: len(n.Ruling.Communities), Total: n.Ruling.Total, ZeroCost: n.Ruling.ZeroCost, Since: n.Ruling.At,
			Until: n.Case.ActsAt, Clock: clocks.read(n.Case.ActsAt, n.Case.PausedAt), Objections: n.Objections}
		switch m := n.Matter.(type) {
		case *PlanChange:
			line.Change = &NoticedChange{Project: m.Project, Before: m.Before, After: m.Area, Households: m.Households}
		case *Appraisal:
			line.Year = m.Year
		case *AssessmentYear:
			line.Year = m.Year
		}
		return line
	}), nil
}

// noticed says what is on notice, where it is no answer of whoever decides.
var noticed = map[Procedure]Words{
	AppraisalProcedure:  {"拟命名名单", "a list of communities to be named"},
	NominationProcedure: {"区内公示", "noticed in its district before it is reported to the city"},
	AssessmentProcedure: {"建议命名的先进地区", "districts proposed to be named"},
	PlanChangeProcedure: {"拟批准的规划调整", "a change of plan that is to be approved"},
}

// words say what was decided about the case on notice.
func (n NoticedCase) words() Words {
	if w, ok := noticed[n.Case.Procedure]; ok {
		return w
	}
	decide, _ := Definitions[AccessProcedure].Step("decide")
	choice, _ := decide.Choice(n.Ruling.Outcome)
	return Words{choice.Zh, choice.En}
}

// Publish puts a line on a list other than that of admitted items, which only an admission writes.
func (d *Desk) Publish(ctx context.Context, who Actor, key string, e NewEntry) (Entry, error) {
	if err := e.check(); err != nil {
		return Entry{}, err
	}
	o := order{object: "list", act: "publish", key: key, about: "list:" + string(e.List), content: e}
	return carry(ctx, d, who, o, func(deed Deed) (Entry, error) {
		if e.Unit != "" {
			atlas, err := d.Record.Atlas(ctx)
			if err != nil {
				return Entry{}, err
			}
			if _, ok := atlas.Unit(e.Unit); !ok {
				return Entry{}, Refuse(Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
			}
		}
		return d.Record.PublishEntry(ctx, deed, e)
	})
}

func (e NewEntry) check() error {
	switch {
	case e.List == Admitted:
		return Refuse(Forbidden, "by_admission_only", "准入事项清单只能由准入决定产生。", "Only an admission puts an item on this list.").At("list").By("default_deny")
	case listWords[e.List] == Words{}:
		return Refuse(Invalid, "unknown_list", "没有这个清单。", "There is no such list.").At("list")
	case !oneOf(string(e.Category), categoryWords()...):
		return Refuse(Invalid, "unknown_category", "请选择事项类型。", "Choose a category.").At("category")
	case e.Name == "" || names.Normal(e.Name) == "":
		return missing("name", "名称", "a name")
	case names.Valid(e.Name, maxName) != nil || names.Valid(e.NameEn, 200) != nil || names.Valid(e.Note, maxText) != nil:
		return Refuse(Invalid, "bad_character", "文字过长或含有不允许的字符。", "A text is too long or has a character that is not allowed.").At("name")
	case e.Source == "" || names.Valid(e.Source, 500) != nil:
		return missing("source", "依据", "the document it rests on")
	case !oneOf(e.Clearance, "", "stop", "reduce", "merge", "transfer", "limit", "keep"):
		return Refuse(Invalid, "unknown_clearance", "没有这种清理方式。", "There is no such kind of clearance.").At("clearance")
	case utf8.RuneCountInString(e.MergedInto) > maxName:
		return Refuse(Invalid, "too_long", "文字过长。", "The text is too long.").At("merged_into")
	}
	return nil
}

// EndEntry ends a line that did not come in by an admission: those end by expiry or exit. The reason is mandatory.
func (d *Desk) EndEntry(ctx context.Context, who Actor, key, id string, at time.Time, why string) (Entry, error) {
	if why == "" || names.Valid(why, maxText) != nil {
		return Entry{}, missing("reason", "理由", "the reason")
	}
	o := order{object: "list", act: "publish", key: key, about: "entry:" + clip(id), content: map[string]any{"id": id, "at": at, "why": why}}
	return carry(ctx, d, who, o, func(deed Deed) (Entry, error) {
		deed.Kind = "list.end"
		return d.Record.EndEntry(ctx, deed, id, at, why)
	})
}
