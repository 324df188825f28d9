package civic

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

func shanghai(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, workday.Shanghai)
	require.NoError(t, err)
	return at
}

func TestALightIsGreenYellowThenRedByTheWorkingDaysLeft(t *testing.T) {
	t.Parallel()
	due := workday.NewDate(2026, 3, 13).End() // a Friday
	for _, c := range []struct {
		now   string
		left  int
		light Light
	}{
		{"2026-03-09 09:00", 4, Green}, {"2026-03-10 23:59", 3, Green}, {"2026-03-11 00:00", 2, Yellow}, {"2026-03-13 09:00", 0, Yellow},
		{"2026-03-13 23:59", 0, Yellow}, {"2026-03-14 00:00", -1, Red}, {"2026-03-16 12:00", -1, Red}, {"2026-03-17 00:00", -2, Red},
	} {
		k := clockOf(workday.Builtin(), &due, nil, 2, shanghai(t, c.now))
		require.Equal(t, []any{c.left, c.light, c.light == Red}, []any{*k.Remaining, k.Light, k.Overdue}, c.now)
	}
	require.Equal(t, Clock{Light: NoLight}, clockOf(workday.Builtin(), nil, nil, 2, due))
}

func TestAPausedClockStandsStill(t *testing.T) {
	t.Parallel()
	due, paused := workday.NewDate(2026, 3, 13).End(), shanghai(t, "2026-03-09 09:00")
	k := clockOf(workday.Builtin(), &due, &paused, 2, shanghai(t, "2026-04-20 09:00"))
	require.Equal(t, []any{4, Green, true, false}, []any{*k.Remaining, k.Light, k.Paused, k.Overdue})
}

func TestATermBeyondTheKnownNoticesSaysSo(t *testing.T) {
	t.Parallel()
	known, unknown := workday.NewDate(2026, 3, 13).End(), workday.NewDate(2031, 3, 13).End()
	require.False(t, clockOf(workday.Builtin(), &known, nil, 2, known).Provisional)
	require.True(t, clockOf(workday.Builtin(), &unknown, nil, 2, known).Provisional)
}

func TestEverythingThatIsShownHasWordsInBothLanguages(t *testing.T) {
	t.Parallel()
	check := func(what string, w Words) {
		require.True(t, strings.ContainsFunc(w.Zh, func(r rune) bool { return r > 0x4E00 }), "%s: %q", what, w.Zh)
		require.NotEmpty(t, w.En, what)
		require.False(t, strings.ContainsFunc(w.En, func(r rune) bool { return r > 0x4E00 }), "%s: %q", what, w.En)
	}
	for _, kind := range append(append([]ActKind{}, caseActs...), taskActs...) {
		check(string(kind), actWords[kind])
	}
	for _, kind := range []ActKind{ActLapse, ActCloseConsult, ActCloseNotice, ActReopen, ActExpire, ActArchive, ActRemind, ActRecalculate} {
		check(string(kind), actWords[kind])
	}
	for _, kind := range caseActs {
		check("consequence of "+string(kind), caseConsequences[kind])
	}
	for _, p := range Procedures {
		for _, own := range Definitions[p].Acts {
			check(string(own.Kind), own.Words)
			check("consequence of "+string(own.Kind), own.Consequence)
		}
	}
	for _, kind := range taskActs {
		if kind != ActDecide {
			check("consequence of "+string(kind), taskConsequences[kind])
		}
	}
	for _, l := range Lists {
		check(string(l), listWords[l])
	}
	for _, c := range Categories {
		check(string(c), categoryNames[c])
	}
	for _, k := range []MovementKind{Reserve, Commit, Disburse, Settle, Release, Reverse} {
		check(string(k), movementWords[k])
	}
	for _, s := range accessSteps {
		for _, c := range s.Outcomes {
			consequence, _ := CaseFile{Case: Case{Procedure: AccessProcedure, State: s.State}}.consequence(s, c, Task{Step: s.Name})
			check(s.Name+"."+c.Name, consequence)
		}
	}
	for key := range outcomeConsequences {
		step, outcome, _ := strings.Cut(key, ".")
		s, known := Definitions[AccessProcedure].Step(step)
		require.True(t, known, key)
		_, known = s.Choice(outcome)
		require.True(t, known, "%s: there is no such outcome", key)
	}
}

func TestAPasswordIsRefusedWhen(t *testing.T) {
	t.Parallel()
	for name, password := range map[string]string{
		"it is short":                    "Ab3-efghijk",
		"it has two kinds of characters": "abcdefghijkl3456",
		"it holds the login":             "Wang.Fang-2026x",
		"it holds the name":              "王芳Abc-defgh99",
		"it holds a common word":         "Changzhou-2026x",
		"it has a control character":     "Abcdef-2026\tgh",
		"it is not text":                 "Abcdef-2026\xffgh",
		"it is endless":                  strings.Repeat("Ab3-", 51),
	} {
		require.True(t, Refused(CheckPassword(password, "wang.fang", "王芳"), "weak_password"), name)
	}
	for _, password := range []string{"Diaozhuang-2014", "correct Horse 7 battery", "京杭运河-Yunhe-1793"} {
		require.NoError(t, CheckPassword(password, "wang.fang", "王芳"), password)
	}
	d := &Desk{Key: []byte("k")}
	for _, key := range []string{"1", "2", "3"} {
		first := d.initialPassword(Actor{Person: "kang-ning"}, key)
		require.NoError(t, CheckPassword(first, "wang.fang", "王芳"), "what the service gives out is good enough itself")
		require.Equal(t, first, d.initialPassword(Actor{Person: "kang-ning"}, key))
		require.NotEqual(t, first, d.initialPassword(Actor{Person: "somebody"}, key))
	}
}

func TestAParametersValueFitsItsUnit(t *testing.T) {
	t.Parallel()
	atlas := NewAtlas(nil, nil, []Unit{{Key: "cz-finance"}}, nil)
	for unit, values := range map[string][2][]string{
		"wd":        {{"5", "0", "-3|-1|1"}, {"", "5.5", "five", "99999", "5|", "+5", " 5", "1e3"}},
		"days":      {{"30"}, {"-1", "36501"}},
		"percent":   {{"67", "50|30|20"}, {"101", "-1"}},
		"fen":       {{"5000000", "0"}, {"-1", "1.5", "99999999999999999999"}},
		"ratio":     {{"0.30", "1"}, {"-0.1", ".5", "1,5"}},
		"bool":      {{"true", "false"}, {"yes", "True"}},
		"choice":    {{"lengthen_only"}, {"A", "x y", ""}},
		"clock":     {{"24:00", "17:30"}, {"24:01", "9:00"}},
		"month_day": {{"12-31", "02-29"}, {"02-30", "13-01"}},
		"units":     {{"cz-finance", "cz-finance|cz-finance"}, {"cz-nobody", ""}},
		"unknown":   {nil, {"1"}},
	} {
		for _, v := range values[0] {
			require.NoError(t, CheckValue(unit, v, atlas), "%s %q", unit, v)
		}
		for _, v := range values[1] {
			require.True(t, Refused(CheckValue(unit, v, atlas), "bad_value"), "%s %q", unit, v)
		}
	}
}

func TestEveryWrongRowOfACalendarIsNamed(t *testing.T) {
	t.Parallel()
	_, err := CalendarImport{Source: "通知", CSV: "date,kind,name,notice\n2027-13-01,holiday,元旦,2027\n2027-01-01,feast,元旦,2027\n"}.read()
	refusal := AsRefusal(err)
	require.NotNil(t, refusal)
	require.Equal(t, "bad_row", refusal.Code)
	require.Equal(t, 2, refusal.Figures["row"])
	require.Len(t, refusal.Also, 1)
	require.Equal(t, "kind", refusal.Also[0].Figures["problem"])
	for name, i := range map[string]CalendarImport{
		"no source": {CSV: "date,kind,name,notice\n"}, "nothing in it": {Source: "x", CSV: "date,kind,name,notice\n"}, "no header": {Source: "x", CSV: "2027-01-01"},
		"a year that is none": {Source: "x", CSV: "date,kind,name,notice\n", Official: []int{20270}},
	} {
		_, err := i.read()
		require.NotNil(t, AsRefusal(err), name)
	}
}

func TestAnAmendedCalendarTakesTheNewListingOfADay(t *testing.T) {
	t.Parallel()
	day := workday.NewDate(2026, 3, 13)
	list := func(kind workday.Kind) []workday.Day {
		return []workday.Day{{Date: day, Kind: kind, Name: "x", Source: workday.SourceImported}}
	}
	off, err := Amended(workday.Builtin(), list(workday.Holiday), []int{2027})
	require.NoError(t, err)
	require.False(t, off.Working(day))
	require.True(t, off.Official(2027))
	on, err := Amended(off, list(workday.Makeup), nil)
	require.NoError(t, err)
	require.True(t, on.Working(day))
	require.Equal(t, workday.Builtin().Version()+2, on.Version())
}

func TestAParameterIsChangedFromTodayOnAndInItsOwnUnit(t *testing.T) {
	t.Parallel()
	at := shanghai(t, "2026-03-09 09:00")
	all := []Parameter{{Key: "admission.decision_wd", Value: "15", Unit: "wd", Version: 1, Tag: "F", Source: "s", NoteZh: "说明"}}
	change := func(p Parameter) (Parameter, error) { return p.successor(all, NewAtlas(nil, nil, nil, nil), at) }
	good := Parameter{Key: "admission.decision_wd", Value: "20", Tag: "P", Source: "会议纪要"}
	made, err := change(good)
	require.NoError(t, err)
	require.Equal(t, []any{"wd", "说明", at}, []any{made.Unit, made.NoteZh, made.From}, "what is not said stays")
	for code, spoil := range map[string]func(*Parameter){
		"no_such_parameter": func(p *Parameter) { p.Key = "x" },
		"bad_value":         func(p *Parameter) { p.Value = "-5" },
		"bad_date":          func(p *Parameter) { p.From = at.AddDate(0, 0, -1) },
		"unknown_tag":       func(p *Parameter) { p.Tag = "X" },
		"missing":           func(p *Parameter) { p.Source = "" },
		"bad_character":     func(p *Parameter) { p.NoteEn = "a\x00" },
	} {
		p := good
		spoil(&p)
		_, err := change(p)
		require.True(t, Refused(err, code), "%s: %v", code, err)
	}
	list := good
	list.Value = "5|6"
	_, err = change(list)
	require.True(t, Refused(err, "bad_value"), "a number does not become a list: %v", err)
}
