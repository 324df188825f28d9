package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/workflows"
)

func TestSilenceInAYearIsWhatItsDefinitionPublishes(t *testing.T) {
	t.Parallel()
	definition := civic.Definitions[civic.AssessmentProcedure]
	for _, w := range definition.States {
		require.Equal(t, w.Auto, workflows.AssessmentSilence(w.State), "state %s", w.State)
		if w.Auto != "" {
			require.True(t, w.Auto.Automatic(), "%s is an act of the system", w.Auto)
		}
	}
	for _, s := range []civic.State{civic.TableDraft, civic.Cosigning, civic.Issuing, civic.Scoring, civic.Summing, civic.Deliberation, civic.Objected, civic.ToBeNamed} {
		require.Empty(t, workflows.AssessmentSilence(s), "nobody's silence scores, proposes or names in %s", s)
	}
	require.Empty(t, workflows.AssessmentSilence("no such state"))
}

// A year that nobody touches: the system asks for four reports and the self-scores, closes what did not come, and then
// waits for the departments for ever.
func TestAYearGoesByByItself(t *testing.T) {
	t.Parallel()
	b := lay(t, civic.Running, func(p *page) { p.acts = at(30 * day) })
	turns := 0
	b.book.rule = func(p *page, a civic.Act) error {
		if err := b.book.due(p); err != nil {
			return err
		}
		turns++
		next := b.Now().Add(90 * day)
		p.acts = &next
		switch turns {
		case 4:
			p.state = civic.SelfScoring
		case 6:
			p.state, p.acts = civic.Scoring, nil
		}
		require.Equal(t, civic.ActQuarter, a.Kind)
		return nil
	}
	b.SetWorkflowRunTimeout(2000 * day)
	b.ExecuteWorkflow(workflows.Assessment, workflows.Start{Case: caseID})
	require.Error(t, b.GetWorkflowError(), "it still waits for the departments")
	var want []moment
	for i := range 6 {
		want = append(want, moment{civic.ActQuarter, 30*day + time.Duration(i)*90*day})
	}
	require.Equal(t, want, b.deeds())
	require.Equal(t, civic.Scoring, b.book.pages[caseID].state)
}

func TestWhoDoesNotAppealInTimeHasNotAppealedAndANoticeEnds(t *testing.T) {
	t.Parallel()
	for state, kind := range map[civic.State]civic.ActKind{
		civic.Feedback: civic.ActCloseFeedback, civic.Publicity: civic.ActCloseNotice, civic.Closed: civic.ActArchive,
	} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			b := lay(t, state, func(p *page) { p.acts = at(5 * day) })
			b.book.rule = func(p *page, _ civic.Act) error {
				if err := b.book.due(p); err != nil {
					return err
				}
				p.state, p.acts = civic.Archived, nil
				return nil
			}
			b.ExecuteWorkflow(workflows.Assessment, workflows.Start{Case: caseID})
			require.NoError(t, b.GetWorkflowError())
			require.Equal(t, []moment{{kind, 5 * day}}, b.deeds())
		})
	}
}
