package civic

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatIsNotPossibleNowSaysWhereTheCaseIsAndWhenItWouldBe(t *testing.T) {
	t.Parallel()
	w := newTown(t, nil)
	err := w.apply(theYear, recompose("desk-tianning", "tianning-3", "tianning-1", "tianning-2"))
	e := AsRefusal(err)
	require.NotNil(t, e)
	require.Equal(t, "not_now", e.Code)
	require.Equal(t, "事项处于“草稿”，不能办理“改组考评组”；应在“申报中”或“考评中”时办理。", e.Zh)
	require.Equal(t, "The case is “draft”, where this is not possible: name the panel anew; it is when the case is “communities declare” or “panels at work”.", e.En)

}
