package civic

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMatchFindsTheSameNameHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	lists := []Entry{
		{ID: "1", List: Negative, Name: "居民满意度考核"}, {ID: "2", List: Admitted, Name: "居民满意度调查"}, {ID: "3", List: Admitted, Name: "残疾人康复"},
	}
	for _, name := range []string{"居民满意度考核", "居民 满意度　考核", "「居民滿意度考核」"} {
		hits := Match(name, lists)
		require.NotEmpty(t, hits, name)
		require.Equal(t, "1", hits[0].Entry.ID, name)
		require.Equal(t, 100, hits[0].Score)
		for _, h := range hits[1:] {
			require.Less(t, h.Score, 100)
			require.GreaterOrEqual(t, h.Score, similarFrom)
		}
	}
	require.Empty(t, Match("老年人助餐", lists))
}

func TestThatANameIsBlockedIsSaidWithItsSource(t *testing.T) {
	t.Parallel()
	e := BlockedBy("name", Entry{ID: "1", List: Negative, Name: "居民满意度考核", Source: "常社区发〔2014〕1号"})
	require.Equal(t, "blocked_name", e.Code)
	require.Equal(t, "negative_list", e.Rule)
	require.Equal(t, "常社区发〔2014〕1号", e.Figures["source"])
}

func TestARefusalIsToldFromAnInternalError(t *testing.T) {
	t.Parallel()
	e := Refuse(Conflict, "code", "中文", "English").At("field").By("rule").With("n", 1)
	require.Equal(t, "code: English", e.Error())
	require.True(t, Refused(e, "code"))
	require.False(t, Refused(e, "other"))
	require.Nil(t, AsRefusal(errors.New("out of paper")))
	require.Equal(t, NotFound, ErrNotFound().Kind)
}
