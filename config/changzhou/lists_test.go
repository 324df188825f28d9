package changzhou

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/names"
)

// tally counts the items of each category: all, and those cancelled.
func (p *Profile) tally() (all, cancelled map[string]int) {
	all, cancelled = map[string]int{}, map[string]int{}
	for _, item := range p.Lists {
		all[item.Category]++
		if item.List == "negative" {
			cancelled[item.Category]++
		}
	}
	return all, cancelled
}

func TestTheBaselineReconcilesWithThePublishedFigures(t *testing.T) {
	t.Parallel()
	all, cancelled := profile(t).tally()
	for category, want := range map[string]struct{ before, cancelled, retained int }{
		"ORG":    {37, 21, 16},
		"VENUE":  {27, 23, 4},
		"TASK":   {101, 23, 78},
		"EVAL":   {71, 70, 1},
		"SYSTEM": {27, 12, 15},
		"CERT":   {80, 60, 20},
		"LEDGER": {109, 109, 0},
	} {
		require.Equal(t, want.before, all[category], category)
		require.Equal(t, want.cancelled, cancelled[category], category)
		require.Equal(t, want.retained, all[category]-cancelled[category], category)
	}
}

func TestThePublishedPercentagesFollowFromTheCounts(t *testing.T) {
	t.Parallel()
	all, cancelled := profile(t).tally()
	for category, want := range map[string]int{"ORG": 57, "VENUE": 85, "TASK": 23, "SYSTEM": 44, "CERT": 75} {
		require.Equal(t, want, (cancelled[category]*200+all[category])/(2*all[category]), category) // half up
	}
}

func TestTheOnlyCreationLeftIsTheHarmoniousCommunity(t *testing.T) {
	t.Parallel()
	var left []string
	for _, item := range profile(t).Lists {
		if item.Category == "EVAL" && item.List != "negative" {
			left = append(left, item.Name)
		}
	}
	require.Equal(t, []string{"常州市和谐（平安、文明）社区（村）创建"}, left)
}

func TestIntegratedSystemsNameTheirNewHome(t *testing.T) {
	t.Parallel()
	for _, item := range profile(t).Lists {
		if item.Category == "SYSTEM" && item.List == "negative" {
			require.Equal(t, "merge", item.Action, item.Name)
			require.NotEmpty(t, item.MergedInto, item.Name)
		}
	}
}

func TestEveryCancelledOrganisationAndTaskTookItsLedgerWithIt(t *testing.T) {
	t.Parallel()
	p := profile(t)
	ledgers := map[string]int{}
	for _, item := range p.Lists {
		if item.Category == "LEDGER" {
			ledgers[item.Parent]++
		}
	}
	for _, item := range p.Lists {
		if item.List == "negative" && (item.Category == "ORG" || item.Category == "TASK") {
			require.Positive(t, ledgers[item.Name], item.Name)
		}
	}
}

func TestNoTwoItemsSayTheSame(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, item := range profile(t).Lists {
		normal := names.Normal(item.Name)
		require.NotContains(t, seen, normal, "%s and %s", item.Name, seen[normal])
		seen[normal] = item.Name
	}
}

func TestEveryItemHasSomebodyWhoAnswersForItToday(t *testing.T) {
	t.Parallel()
	p := profile(t)
	standing := map[string]bool{}
	for _, u := range p.Units {
		standing[u.Key] = u.Valid.Holds(today)
	}
	for _, item := range p.Lists {
		require.True(t, standing[p.heir(item.ResponsibleUnit, today)], item.Name)
	}
}
