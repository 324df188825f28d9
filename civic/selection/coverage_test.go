package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

// rules are a district's: the city's "a" in two parts, and an addition of its own.
func rules(first, second, b, c, own selection.Points) selection.Standard {
	return selection.Standard{Version: "d1", Dimensions: []selection.Dimension{{Key: "all", Indicators: []selection.Indicator{
		{Key: "d1", Most: first}, {Key: "d2", Most: second}, {Key: "d3", Most: b}, {Key: "d4", Most: c}, {Key: "own", Most: own},
	}}}}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	all := []selection.Mapping{{District: "d2", City: "a"}, {District: "d1", City: "a"}, {District: "d3", City: "b"}, {District: "d4", City: "c"}}
	for _, c := range []struct {
		name     string
		district selection.Standard
		mapping  []selection.Mapping
		want     []selection.Gap
	}{
		{"several may serve one, and a district may add its own", rules(20_00, 18_00, 33_00, 24_00, 5_00), all, []selection.Gap{}},
		{"exactly the tolerance is within it", rules(20_00, 16_00, 38_50, 25_00, 50), all, []selection.Gap{}},
		{"what is lighter or heavier by more", rules(20_00, 15_99, 38_51, 25_00, 50), all, []selection.Gap{
			{City: "a", Code: selection.TooLight, Want: 40_00, Got: 35_99}, {City: "b", Code: selection.TooHeavy, Want: 35_00, Got: 38_51},
		}},
		{"what nobody serves", rules(20_00, 20_00, 35_00, 25_00, 1), all[:3], []selection.Gap{{City: "c", Code: selection.Uncovered, Want: 25_00}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := standard().Gaps(c.district, c.mapping, 10)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestGapsRefusesAMappingOfNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		mapping []selection.Mapping
		want    string
	}{
		{"an unknown indicator of the district", []selection.Mapping{{District: "x", City: "a"}}, `the district's rules have no indicator "x", or it serves two of the city's`},
		{"one that serves two", []selection.Mapping{{District: "d1", City: "a"}, {District: "d1", City: "b"}}, `the district's rules have no indicator "d1", or it serves two of the city's`},
		{"an unknown indicator of the city", []selection.Mapping{{District: "d1", City: "z"}}, "1 indicators that are served are not in the city's standard"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := standard().Gaps(rules(1, 1, 1, 1, 1), c.mapping, 10)
			require.EqualError(t, err, c.want)
		})
	}
}
