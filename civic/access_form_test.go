package civic

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/money"
)

// facts are those of an ordinary day for the form.
func facts(t *testing.T, f AccessRequest) FormFacts {
	r := draft(t, f)
	found, err := r.Facts()
	require.NoError(t, err)
	return found
}

func TestAFormThatStandsEveryCheckIsRefusedForNothing(t *testing.T) {
	t.Parallel()
	f := form()
	found := f.Examine(facts(t, f))
	require.Empty(t, found.Refusals)
	require.Equal(t, money.Fen(1_923_000), found.Total)
	require.Equal(t, []Share{
		{Community: "zhaoyang", Name: "朝阳花园社区", Units: 2346, Amount: 1_173_000}, // 5 yuan × 2 346 households = 11 730.00 yuan
		{Community: "lancheng", Name: "兰翠社区", Units: 1000, Amount: 500_000},
		{Community: "xinhe", Name: "新合社区", Units: 500, Amount: 250_000},
	}, found.Shares)
	require.Equal(t, int64(28_000_000), *found.FreeFen)
	require.Equal(t, int64(28_000_000-1_923_000), *found.LeftFen)
	for _, other := range []AccessRequest{promised(), zeroCost(), dear()} {
		require.Empty(t, other.Examine(facts(t, other)).Refusals, other.Funding.Kind)
	}
}

func TestAFormIsRefusedFor(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 2001)
	for _, c := range []struct {
		name, code, field string
		spoil             func(*AccessRequest)
	}{
		{"no name", "missing", "name", func(f *AccessRequest) { f.Name = "" }},
		{"a name of blanks", "missing", "name", func(f *AccessRequest) { f.Name = "  " }},
		{"a name of 51 characters", "too_long", "name", func(f *AccessRequest) { f.Name = strings.Repeat("名", 51) }},
		{"an invisible character in the name", "bad_character", "name", func(f *AccessRequest) { f.Name = "入户\u200b调查" }},
		{"a line break in the name", "bad_character", "name", func(f *AccessRequest) { f.Name = "入户\n调查" }},
		{"a NUL in a text", "bad_character", "necessity", func(f *AccessRequest) { f.Necessity = "需要\x00" }},
		{"no necessity", "missing", "necessity", func(f *AccessRequest) { f.Necessity = "" }},
		{"a necessity without end", "too_long", "necessity", func(f *AccessRequest) { f.Necessity = long }},
		{"no reason why the department cannot do it", "missing", "why_not_own", func(f *AccessRequest) { f.WhyNotOwn = "" }},
		{"no work", "missing", "work", func(f *AccessRequest) { f.Work = "" }},
		{"no powers", "missing", "powers", func(f *AccessRequest) { f.Powers = "" }},
		{"no end in sight", "missing", "exit_when", func(f *AccessRequest) { f.ExitWhen = "" }},
		{"no legal review", "missing", "legal_review", func(f *AccessRequest) { f.LegalReview = "" }},
		{"an office without end", "too_long", "office", func(f *AccessRequest) { f.Office = strings.Repeat("处", 101) }},
		{"a telephone number without end", "too_long", "contact", func(f *AccessRequest) { f.Contact = strings.Repeat("1", 51) }},
		{"a signature with a line break", "bad_character", "signed_by", func(f *AccessRequest) { f.SignedBy = "王\n芳" }},
		{"a workload without end", "too_long", "workload", func(f *AccessRequest) { f.Workload = long }},
		{"staff without end", "too_long", "staff", func(f *AccessRequest) { f.Staff = long }},
		{"a pilot without end", "too_long", "pilot", func(f *AccessRequest) { f.Pilot = long }},
		{"a system's name without end", "too_long", "system_name", func(f *AccessRequest) { f.SystemName = long }},
		{"a category that is none", "unknown_category", "category", func(f *AccessRequest) { f.Category = "PARTY" }},
		{"a purpose that is none", "unknown_purpose", "purpose", func(f *AccessRequest) { f.Purpose = "fun" }},
		{"a route that is not open", "route_not_open", "route", func(f *AccessRequest) { f.Route = Filing }},
		{"a change of nothing", "missing", "replaces", func(f *AccessRequest) { f.Purpose = Change }},
		{"a new item that replaces another", "not_new", "replaces", func(f *AccessRequest) { f.Replaces = "entry-health" }},
		{"a part that is none", "unknown_part", "part_played", func(f *AccessRequest) { f.PartPlayed = "watch" }},
		{"a duration that is none", "unknown_duration", "duration", func(f *AccessRequest) { f.Duration = "ever" }},
		{"no basis", "missing", "basis", func(f *AccessRequest) { f.Basis = nil }},
		{"a basis of no level", "bad_basis", "basis", func(f *AccessRequest) { f.Basis[0].Level = "village" }},
		{"a basis without title", "bad_basis", "basis", func(f *AccessRequest) { f.Basis[0].Title = "" }},
		{"a child of no category", "bad_child", "children", func(f *AccessRequest) { f.Children = []Child{{"X", "台账"}} }},
		{"a child without name", "bad_child", "children", func(f *AccessRequest) { f.Children = []Child{{LedgerItem, ""}} }},
		{"too many children", "too_many_entries", "basis", func(f *AccessRequest) { f.Children = make([]Child, 21) }},
		{"an attachment that is none", "bad_attachment", "attachments", func(f *AccessRequest) { f.Attachments = []string{""} }},
		{"a separate appraisal", "separate_appraisal", "assessed", func(f *AccessRequest) { f.Assessed = true }},
		{"ledgers below zero", "out_of_range", "ledger_count", func(f *AccessRequest) { f.LedgerCount = -1 }},
		{"no communities", "missing", "communities", func(f *AccessRequest) { f.Communities = nil }},
		{"a community twice", "community_twice", "communities[3]", func(f *AccessRequest) { f.Communities = append(f.Communities, "xinhe") }},
		{"a community that is none", "no_such_community", "communities[1]", func(f *AccessRequest) { f.Communities[1] = "nowhere" }},
		{"a street for a community", "no_such_community", "communities[0]", func(f *AccessRequest) { f.Communities[0] = "hongmei" }},
		{"a community that is gone by then", "community_gone", "communities[0]", func(f *AccessRequest) {
			f.Communities[0], f.Start, f.End = "old-lane", "2015-05-04", "2015-12-31"
		}},
		{"a first day that is none", "bad_date", "start", func(f *AccessRequest) { f.Start = "2014-11-31" }},
		{"a last day that is none", "bad_date", "end", func(f *AccessRequest) { f.End = "soon" }},
		{"an end before the start", "bad_date", "end", func(f *AccessRequest) { f.End = "2014-11-02" }},
		{"a start before the lead time", "too_early", "start", func(f *AccessRequest) { f.Start = "2014-10-16" }},
		{"a day more than three years", "too_long_a_term", "end", func(f *AccessRequest) { f.End = "2017-11-03" }},
		{"a day more than 180 when temporary", "too_long_a_term", "end", func(f *AccessRequest) { f.Duration, f.End = "temporary", "2015-05-02" }},
		{"no money", "no_money", "funding.kind", func(f *AccessRequest) { f.Funding = Funding{} }},
		{"no rate", "bad_rate", "funding.rate_fen", func(f *AccessRequest) { f.Funding.Rate = 0 }},
		{"a rate below zero", "bad_rate", "funding.rate_fen", func(f *AccessRequest) { f.Funding.Rate = -500 }},
		{"a driver that is none", "bad_rate", "funding.rate_fen", func(f *AccessRequest) { f.Funding.Driver = "whim" }},
		{"amounts that do not add up", "does_not_add_up", "funding.total_fen", func(f *AccessRequest) { f.Funding.Total++ }},
		{"a count of nothing", "nothing_to_pay", "funding.count", func(f *AccessRequest) { f.Funding.Driver, f.Funding.Total = PerItem, 0 }},
		{"a count below zero", "amount_out_of_range", "funding.count", func(f *AccessRequest) { f.Funding.Driver, f.Funding.Count = PerItem, -1 }},
		{"more than anybody has", "amount_out_of_range", "funding.rate_fen", func(f *AccessRequest) { f.Funding.Rate = maxAmount }},
		{"a line of nobody", "no_such_line", "funding.line", func(f *AccessRequest) { f.Funding.Line = "nowhere" }},
		{"another department's line", "no_such_line", "funding.line", func(f *AccessRequest) { f.Funding.Line = "human-2014" }},
		{"a closed line", "no_such_line", "funding.line", func(f *AccessRequest) { f.Funding.Line = "disabled-old" }},
		{"more than the line has left", "budget_short", "funding.line", func(f *AccessRequest) { f.Funding.Rate, f.Funding.Total = 10_000, 38_460_000 }},
		{"a promise of nobody", "missing", "funding.statement", func(f *AccessRequest) { f.Funding.Kind = Promised }},
		{"zero cost without a reason", "missing", "funding.statement", func(f *AccessRequest) { f.Funding = Funding{Kind: ZeroCost} }},
		{"zero cost with a price", "not_zero_cost", "funding.kind", func(f *AccessRequest) { f.Funding = Funding{Kind: ZeroCost, Statement: "无", Rate: 1} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := form()
			c.spoil(&f)
			refusals := f.Examine(facts(t, f)).Refusals
			require.NotEmpty(t, refusals)
			for _, e := range refusals {
				require.NotEmpty(t, e.Zh)
				require.NotEmpty(t, e.En)
				require.NotEmpty(t, e.Field)
				if e.Code == c.code && e.Field == c.field {
					return
				}
			}
			require.Fail(t, "not refused for it", "want %s at %s, got %v", c.code, c.field, refusals)
		})
	}
}

func TestAFormStandsOnTheLastDayThatIsAllowed(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*AccessRequest){
		"the first day after the lead time":  func(f *AccessRequest) { f.Start = "2014-10-17" },
		"three years to the day":             func(f *AccessRequest) { f.End = "2017-11-02" },
		"180 days to the day":                func(f *AccessRequest) { f.Duration, f.End = "temporary", "2015-05-01" },
		"one day":                            func(f *AccessRequest) { f.End = f.Start },
		"a name of 50 characters":            func(f *AccessRequest) { f.Name = strings.Repeat("名", 50) },
		"a text of several lines":            func(f *AccessRequest) { f.Necessity = "一、\n二、" },
		"a community that still stands then": func(f *AccessRequest) { f.Communities[0], f.Funding.Total = "old-lane", 500*(300+1000+500) },
		"all that the line has": func(f *AccessRequest) {
			f.Funding = Funding{Kind: FromLine, Line: "disabled-2014", Driver: LumpSum, Rate: 28_000_000, Total: 28_000_000}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := form()
			change(&f)
			require.Empty(t, f.Examine(facts(t, f)).Refusals)
		})
	}
}

func TestAFormIsComparedWithTheWorld(t *testing.T) {
	t.Parallel()
	f := form()
	cooling := start.AddDate(0, 0, 1)
	over := start
	for _, c := range []struct {
		name, code string
		change     func(*FormFacts)
	}{
		{"a district's body asks elsewhere", "outside_level", func(x *FormFacts) { x.UnitLevel = "district" }},
		{"the negative list blocks, however the name is written", "blocked_name", func(x *FormFacts) {
			x.Blocked = Match(f.Name, []Entry{{List: Negative, Name: "殘疾人康復需求「入戶」調查"}})
		}},
		{"the catalogue holds it already", "already_admitted", func(x *FormFacts) { x.Existing = Match(f.Name, []Entry{{List: Admitted, Name: f.Name}}) }},
		{"it was refused less than a year ago", "cooling_off", func(x *FormFacts) { x.CooloffEnd = &cooling }},
		{"the cool-off is over", "", func(x *FormFacts) { x.CooloffEnd = &over }},
		{"a similar name is only shown", "", func(x *FormFacts) {
			x.Existing = Match(f.Name, []Entry{{List: Admitted, Name: "残疾人康复需求入户普查"}})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := facts(t, f)
			c.change(&x)
			found := f.Examine(x)
			if c.code == "" {
				require.Empty(t, found.Refusals)
				return
			}
			require.Len(t, found.Refusals, 1)
			require.Equal(t, c.code, found.Refusals[0].Code)
		})
	}
}

func TestASubmissionNamesEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	f := form()
	f.Name, f.Work, f.Assessed = "", "", true
	refusal := draft(t, f).refuse("missing", ActSubmit, "", by("li-juan"))
	require.Len(t, refusal.Also, 2)
}

func TestShares(t *testing.T) {
	t.Parallel()
	places := []Region{{Key: "a", Name: "甲", Households: 1, Population: 10}, {Key: "b", Name: "乙", Households: 1, Population: 20}, {Key: "c", Name: "丙", Households: 1, Population: 30}}
	for _, c := range []struct {
		name    string
		funding Funding
		want    []money.Fen
	}{
		{"per household", Funding{Kind: FromLine, Driver: PerHousehold, Rate: 7}, []money.Fen{7, 7, 7}},
		{"per resident", Funding{Kind: FromLine, Driver: PerResident, Rate: 7}, []money.Fen{70, 140, 210}},
		{"per item", Funding{Kind: Promised, Driver: PerItem, Rate: 7, Count: 3}, []money.Fen{21, 21, 21}},
		{"per post and month", Funding{Kind: FromLine, Driver: PerPost, Rate: 100, Count: 12}, []money.Fen{1200, 1200, 1200}},
		{"a lump sum to the fen", Funding{Kind: FromLine, Driver: LumpSum, Rate: 100}, []money.Fen{34, 33, 33}},
	} {
		shares, total, err := c.funding.Shares(places)
		require.NoError(t, err, c.name)
		var got []money.Fen
		var sum money.Fen
		for _, s := range shares {
			got, sum = append(got, s.Amount), sum+s.Amount
		}
		require.Equal(t, c.want, got, c.name)
		require.Equal(t, sum, total, c.name)
	}
	none, total, err := (Funding{Kind: ZeroCost, Rate: 5}).Shares(places)
	require.NoError(t, err)
	require.Empty(t, none)
	require.Zero(t, total)
	_, _, err = (Funding{Kind: FromLine, Driver: PerResident, Rate: money.MaxFen}).Shares(places)
	require.True(t, Refused(err, "amount_out_of_range"))
}

func TestDayReadsCalendarDaysInChangzhou(t *testing.T) {
	t.Parallel()
	d, err := Day("2014-11-03")
	require.NoError(t, err)
	require.Equal(t, time.Date(2014, 11, 2, 16, 0, 0, 0, time.UTC), d.UTC())
	for _, s := range []string{"", "2014-11-31", "3.11.2014", "2014-11-03T00:00:00Z"} {
		_, err := Day(s)
		require.Error(t, err, s)
	}
}
