package civic

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"lizheng/civic/selection"
)

// outcomeWords are what a selection made of a candidate.
func outcomeWords(outcome string) Words {
	w, ok := map[selection.Outcome]Words{
		selection.IsProposed: {"拟命名", "proposed"}, selection.IsReserve: {"后备", "in reserve"}, selection.IsNotRecommended: {"未入围", "not within the quota"},
		selection.IsBelowLine: {"未达标", "below the line"}, selection.IsVetoed: {"否决", "vetoed"}, selection.IsStruck: {"取消资格", "struck"}, selection.IsRevoked: {"撤销", "revoked"},
	}[selection.Outcome(outcome)]
	if !ok {
		return Words{outcome, outcome}
	}
	return w
}

// figureWords name what ties are broken by.
var figureWords = map[string]Words{
	selection.ByTotal: {"总分", "the total"}, "satisfaction": {"满意度", "satisfaction"}, "panel": {"考评组得分", "the panel's score"},
	"street_rank": {"街道（镇）推荐位次", "the street's rank"}, selection.ByKey: {"社区编码", "the key"},
}

// reasonWords say why a candidate has its place.
func reasonWords(p selection.Place, name func(string) Named) Words {
	r := p.Reason
	n := strconv.FormatInt(r.Limit, 10)
	w := map[selection.Code]Words{
		selection.WithinQuota: {"列第" + strconv.FormatInt(p.Rank, 10) + "位，在名额" + n + "以内", "place " + strconv.FormatInt(p.Rank, 10) + ", within the quota of " + n},
		selection.InReserve:   {"列第" + strconv.FormatInt(p.Rank, 10) + "位，在名额之外、后备" + n + "名以内", "place " + strconv.FormatInt(p.Rank, 10) + ", beyond the quota, within the reserve of " + n},
		selection.BehindReserve: {"列第" + strconv.FormatInt(p.Rank, 10) + "位，在名额与后备共" + n + "名之外",
			"place " + strconv.FormatInt(p.Rank, 10) + ", behind the " + n + " places of quota and reserve"},
		selection.MovedUp:          {"由后备递补“" + name(r.Instead).Name + "”", "moved up from the reserve in place of " + r.Instead},
		selection.UnderLine:        {"得分" + p.Qualifying.String() + "低于达标线" + selection.Points(r.Limit).String(), "its score of " + p.Qualifying.String() + " is below the line of " + selection.Points(r.Limit).String()},
		selection.VetoApplies:      {"存在否决情形", "a ground of exclusion applies"},
		selection.NamedRecently:    {"在命名间隔期内", "it was named too short a time ago"},
		selection.NoRecommendation: {"未获推荐", "it was not recommended"},
		selection.StruckOut:        {"公示后取消资格", "struck after the ranking"},
		selection.TitleRevoked:     {"称号已撤销", "the title was revoked"},
	}[r.Code]
	for _, c := range []selection.Comparison{r.Cut, r.Ahead} {
		if c.Rival == "" || r.Code == selection.WithinQuota && c == r.Ahead && p.Rank == 1 {
			continue
		}
		f := figureWords[c.Figure]
		return Words{w.Zh + "；与“" + name(c.Rival).Name + "”相比，按" + f.Zh + "居后" + compared(c), w.En + "; behind " + c.Rival + " by " + f.En + compared(c)}
	}
	return w
}

func compared(c selection.Comparison) string {
	switch c.Figure {
	case selection.ByKey:
		return ""
	case "street_rank":
		return " (" + strconv.FormatInt(c.Mine, 10) + " : " + strconv.FormatInt(c.Theirs, 10) + ")"
	}
	return " (" + selection.Points(c.Mine).String() + " : " + selection.Points(c.Theirs).String() + ")"
}

// Ranking is a year's newest selection with a reason in words for every place.
func (d *Desk) Ranking(ctx context.Context, who Actor, year int) (RankingView, error) {
	if err := d.may(ctx, who, "appraisal", "read"); err != nil {
		return RankingView{}, err
	}
	return d.ranking(ctx, year)
}

// PublicRanking is the same for everybody, once it was put on public notice.
func (d *Desk) PublicRanking(ctx context.Context, year int) (RankingView, error) {
	if err := d.published(ctx, year); err != nil {
		return RankingView{}, err
	}
	return d.ranking(ctx, year)
}

// published refuses a year of which nothing was put before the public yet.
func (d *Desk) published(ctx context.Context, year int) error {
	f, _, err := d.yearFile(ctx, year)
	if err != nil {
		return err
	}
	switch f.Case.State {
	case Publicity, Objected, NamingDue, Awarding, Concluded, Archived:
		return nil
	}
	return ErrNotFound()
}

func (d *Desk) ranking(ctx context.Context, year int) (RankingView, error) {
	line, err := d.Record.NewestSheet(ctx, AppraisalID(year))
	if err != nil {
		return RankingView{}, err
	}
	var s selection.Sheet
	if err := json.Unmarshal(line.Body, &s); err != nil {
		return RankingView{}, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return RankingView{}, err
	}
	v := RankingView{SheetLine: line, Year: year, Proposed: s.Proposed, Shortfall: s.Shortfall, Titles: s.Rule.Titles}
	for _, l := range s.Lists {
		r := RankingLists{District: words.region(l.Unit), Area: l.Area, Share: l.Share, Returned: l.Returned, Gained: l.Gained, Quota: l.Seats.Quota,
			Reserve: l.Seats.Reserve, Proposed: l.Proposed, Shortfall: l.Shortfall}
		for _, p := range l.Places {
			r.Places = append(r.Places, PlaceView{Place: p, Community: words.region(p.Key), OutcomeWords: outcomeWords(string(p.Outcome)), ReasonWords: reasonWords(p, words.region)})
		}
		v.Lists = append(v.Lists, r)
	}
	return v, nil
}

// SheetDocument is a year's newest selection as it was hashed, to be computed again by anybody.
func (d *Desk) SheetDocument(ctx context.Context, year int) (SheetDocument, error) {
	if err := d.published(ctx, year); err != nil {
		return SheetDocument{}, err
	}
	line, err := d.Record.NewestSheet(ctx, AppraisalID(year))
	return SheetDocument{Hash: line.Hash, Body: line.Body}, err
}

// WhatIf says what other weights would change in one district's ranking. Nothing of it is ever stored.
func (d *Desk) WhatIf(ctx context.Context, who Actor, year int, district string, weights map[string]selection.Points) ([]ShiftView, error) {
	if err := d.may(ctx, who, "appraisal", "what_if"); err != nil {
		return nil, err
	}
	_, a, err := d.yearFile(ctx, year)
	if err != nil {
		return nil, err
	}
	part, ok := a.District(district)
	if !ok || a.Decided.Frozen == "" {
		return nil, Refuse(Conflict, "not_frozen", "成绩冻结后方可试算。", "A what-if needs frozen scores.").At("district")
	}
	standard, err := d.Record.StandardByID(ctx, part.Standard)
	if err != nil {
		return nil, err
	}
	in, rule, dossiers, err := d.whatIfOf(ctx, a, district)
	if err != nil {
		return nil, err
	}
	shifts, err := selection.WhatIf(standard.Selection(standard.ID), weights, rule, in, dossiers)
	if err != nil {
		return nil, Refuse(Invalid, "bad_weights", "权重有误，无法试算。", "Nothing can be computed with these weights.").At("weights").With("why", err.Error())
	}
	words, err := d.lexicon(ctx)
	out := make([]ShiftView, len(shifts))
	for i, s := range shifts {
		out[i] = ShiftView{Shift: s, Community: words.region(s.Key)}
	}
	return out, err
}

// whatIfOf collects a district's panels as the selection takes them.
func (d *Desk) whatIfOf(ctx context.Context, a *Appraisal, district string) (in selection.Appraisal, rule selection.PanelRule, out []selection.Dossier, err error) {
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return in, rule, nil, err
	}
	f, _, err := d.yearFile(ctx, a.Year)
	if err != nil {
		return in, rule, nil, err
	}
	rules := RulesAt(parameters, f.Case.RulesAt)
	rule.Limits = a.Decided.Rule.Limits
	trim, err1 := rules.Int("appraisal.trimmed_mean_from")
	survey, err2 := rules.Int("appraisal.satisfaction_weight_percent")
	least, err3 := rules.Int("appraisal.panel_min")
	if err := errors.Join(err1, err2, err3); err != nil {
		return in, rule, nil, err
	}
	rule.TrimFrom, rule.SurveyPercent, rule.Least = trim, int64(survey), least
	in = selection.Appraisal{Subject: "what-if", Rule: a.Decided.Rule, Units: []selection.Unit{{Code: district, Urban: 1}}}
	in.Rule.Return, in.Rule.Least, in.Rule.Areas = false, 0, false
	for _, s := range a.Decided.Quota.Shares {
		if s.Code == district {
			in.Rule.Titles = s.Titles
		}
	}
	list, err := d.Record.Nominations(ctx, NomineeQuery{Window: Window{Limit: maxPerList}, Year: AppraisalID(a.Year), District: district})
	for _, n := range list {
		if !n.Scored || n.Stands != selection.Stands {
			continue
		}
		one, err := d.dossierOf(ctx, n, a.Decided.Rule)
		if err != nil {
			return in, rule, nil, err
		}
		out = append(out, one)
	}
	return in, rule, out, err
}

func (d *Desk) dossierOf(ctx context.Context, n Nominee, rule selection.Rule) (selection.Dossier, error) {
	c, err := n.candidate(selection.Rule{TieBreaks: rule.TieBreaks}, selection.Full)
	if err != nil {
		return selection.Dossier{}, err
	}
	one := selection.Dossier{Candidate: c, Panel: selection.Panel{Survey: &n.Survey, Bonus: n.Bonus, Penalty: n.Penalty}}
	sheets, err := d.Record.SheetsOf(ctx, n.Nomination)
	for _, s := range sheets {
		if s.Kind == PanelSheet && s.Submitted != nil {
			one.Panel.Sheets = append(one.Panel.Sheets, s.scores(s.Assessor))
		}
	}
	return one, err
}

// PublicYear is a year as everybody may see it.
func (d *Desk) PublicYear(ctx context.Context, year int) (PublicYear, error) {
	f, a, err := d.yearFile(ctx, year)
	if err != nil {
		return PublicYear{}, err
	}
	v := PublicYear{Year: year, Case: f.Case.ID, Title: a.Title(), State: f.Case.State, Words: stateWords(AppraisalProcedure, f.Case.State), Quota: a.Decided.Quota,
		SeedSource: a.SeedSource, Draw: a.Decided.Draw, Frozen: a.Decided.Frozen}
	if f.Case.State == Publicity || f.Case.State == Objected {
		v.NoticeEnd = f.Case.ActsAt
	}
	if v.Sheets, err = d.Record.PublishedSheets(ctx, f.Case.ID); err != nil {
		return v, err
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return v, err
	}
	v.Districts = []Named{}
	if v.Quota != nil {
		for _, s := range v.Quota.Shares {
			v.Districts = append(v.Districts, words.region(s.Code))
		}
	}
	v.Titles, err = d.titles(ctx, year, a.Name)
	return v, err
}

// titles are those of a year with what their certificates say.
func (d *Desk) titles(ctx context.Context, year int, name string) ([]TitleView, error) {
	list, err := d.Record.Titles(ctx, year)
	if err != nil {
		return nil, err
	}
	words, err := d.lexicon(ctx)
	out := make([]TitleView, len(list))
	for i, t := range list {
		out[i] = TitleView{TitleRow: t, Name: name, CommunityView: words.region(t.Community), DistrictView: words.region(t.District)}
	}
	return out, err
}

// PublicYears lists the years that were begun.
func (d *Desk) PublicYears(ctx context.Context) ([]YearLine, error) { return d.years(ctx) }
