package civic

import (
	"fmt"
	"lizheng/civic/money"
	"lizheng/civic/workday"
	"strings"
	"time"
)

// level refuses applicants outside the city's gate: only city-level departments, mass organisations and units ask here.
func (r AccessRequest) level(f FormFacts) *Error {
	if f.UnitLevel == "city" {
		return nil
	}
	return Refuse(Invalid, "outside_level", "只有市级党政部门、群团组织和有关单位可以申请市级准入。",
		"Only city-level departments, mass organisations and units may ask for admission by the city.").
		By("《关于推动城乡社区“减负增效”的实施意见》准入制度").With("level", f.UnitLevel)
}

// places refuses communities that are unknown, doubled, or do not stand on the first day.
func (r AccessRequest) places(f FormFacts) *Error {
	if len(r.Communities) == 0 {
		return missing("communities", "覆盖范围", "the communities it covers")
	}
	known := make(map[string]Region, len(f.Communities))
	for _, c := range f.Communities {
		known[c.Key] = c
	}
	start, err := Day(r.Start)
	if err != nil {
		start = f.Now
	}
	seen := make(map[string]bool, len(r.Communities))
	for i, key := range r.Communities {
		field := fmt.Sprintf("communities[%d]", i)
		c, ok := known[key]
		switch {
		case seen[key]:
			return Refuse(Invalid, "community_twice", "社区重复。", "A community is named twice.").At(field).With("community", clip(key))
		case !ok || c.Level != "community":
			return Refuse(Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At(field).With("community", clip(key))
		case !c.Stands(start):
			return Refuse(Invalid, "community_gone", "“"+c.Name+"”在起始日期不存在（已撤销或尚未设立）。",
				"“"+c.Name+"” does not exist on the first day (abolished, or not yet set up).").
				At(field).With("community", key).With("successor", c.Successor)
		}
		seen[key] = true
	}
	return nil
}

// clip keeps what strangers wrote short in figures.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") // no half of a character
	}
	return s
}

// times checks first and last day against the lead time and the longest term.
func (r AccessRequest) times(f FormFacts) []*Error {
	start, err := Day(r.Start)
	if err != nil {
		return []*Error{Refuse(Invalid, "bad_date", "请填写起始日期。", "Give the first day as YYYY-MM-DD.").At("start")}
	}
	end, err := Day(r.End)
	if err != nil || end.Before(start) {
		return []*Error{Refuse(Invalid, "bad_date", "请填写终止日期，且不得早于起始日期。", "Give the last day as YYYY-MM-DD, not before the first.").At("end")}
	}
	var out []*Error
	if start.Before(f.Earliest) {
		out = append(out, Refuse(Invalid, "too_early", "起始日期至少应在"+f.Earliest.Format(time.DateOnly)+"（含）之后。",
			"The first day must be "+f.Earliest.Format(time.DateOnly)+" or later.").
			At("start").By("admission.lead_time_wd").With("earliest", f.Earliest.Format(time.DateOnly)))
	}
	limit, rule := r.longest(start, f.Rules)
	if end.After(limit) {
		out = append(out, Refuse(Invalid, "too_long_a_term", "期限过长，最晚到"+limit.Format(time.DateOnly)+"。",
			"The term is too long; it may last until "+limit.Format(time.DateOnly)+".").
			At("end").By(rule).With("latest", limit.Format(time.DateOnly)))
	}
	return out
}

// longest is the last day that a term beginning on start may have, and the parameter that says so.
func (r AccessRequest) longest(start time.Time, rules Rules) (time.Time, string) {
	if r.Duration == "temporary" {
		days, err := rules.Int("admission.temp_max_days")
		if err != nil {
			return start, "admission.temp_max_days"
		}
		return start.AddDate(0, 0, days-1), "admission.temp_max_days"
	}
	years, err := rules.Int("admission.term_max_years")
	if err != nil {
		return start, "admission.term_max_years"
	}
	return start.AddDate(years, 0, -1), "admission.term_max_years"
}

// price computes the money and refuses what does not add up or is not there.
func (r AccessRequest) price(f FormFacts, out *Findings) {
	refuse := func(e *Error) { out.Refusals = append(out.Refusals, e.By("fees_follow_tasks")) }
	m := r.Funding
	switch m.Kind {
	case FromLine, Promised:
		if !oneOf(string(m.Driver), "household", "resident", "item", "post_month", "lump_sum") || m.Rate <= 0 || m.Rate > maxAmount {
			refuse(Refuse(Invalid, "bad_rate", "请填写计费方式和大于零的标准。", "Give a driver and a rate above zero.").At("funding.rate_fen"))
			return
		}
	case ZeroCost:
		if m.Statement == "" {
			refuse(missing("funding.statement", "零成本的理由", "why it costs nothing"))
		}
		if m.Rate != 0 || m.Total != 0 || m.Line != "" {
			refuse(Refuse(Invalid, "not_zero_cost", "零成本事项不得填写金额。", "A zero-cost item has no amounts.").At("funding.kind"))
		}
		return
	default:
		refuse(Refuse(Invalid, "no_money", "没有经费的事项不得进入社区：请选择预算项目，或说明经费承诺，或声明零成本。",
			"No task without its money: choose a budget line, state who promises the money, or declare that it costs nothing.").At("funding.kind"))
		return
	}
	if m.Kind == Promised && m.Statement == "" {
		refuse(missing("funding.statement", "经费承诺", "who promises the money and by when"))
	}
	shares, total, err := m.Shares(f.Communities)
	if err != nil {
		refuse(AsRefusal(err))
		return
	}
	out.Shares, out.Total = shares, total
	if total <= 0 {
		refuse(Refuse(Invalid, "nothing_to_pay", "所选社区按此标准计算的金额为零。", "The chosen communities and this rate come to nothing.").At("funding.count"))
	}
	if m.Total != total {
		refuse(Refuse(Invalid, "does_not_add_up", "金额不符：按标准计算为"+total.String()+"元，填写为"+m.Total.String()+"元。",
			"The amounts do not add up: the rate gives "+total.String()+" yuan, the form says "+m.Total.String()+".").
			At("funding.total_fen").With("computed_fen", int64(total)).With("stated_fen", int64(m.Total)))
	}
	if m.Kind == FromLine {
		r.line(f, total, out, refuse)
	}
}

func (r AccessRequest) line(f FormFacts, total money.Fen, out *Findings, refuse func(*Error)) {
	if f.Line == nil || f.Line.Unit != f.Unit || f.Line.Closed {
		refuse(Refuse(Invalid, "no_such_line", "请选择本单位当年可用的预算项目。", "Choose an open budget line of your own department.").At("funding.line"))
		return
	}
	free, left := int64(f.Line.Free()), int64(f.Line.Free()-total)
	out.FreeFen, out.LeftFen = &free, &left
	if left < 0 {
		refuse(Shortfall(*f.Line, total))
	}
}

// Day reads a calendar day; it is the first instant of that day in Changzhou.
func Day(s string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, s, workday.Shanghai)
}
