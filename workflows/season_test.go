package workflows_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/workflows"
)

// season is one year of the appraisal with its nominations, each in a workflow of its own and all in one time, which skips
// whatever nobody waits for. Two districts, and three titles instead of a hundred.
type season struct {
	*estate
	year      int
	nominees  map[string]*civic.Nominee
	sheets    map[string][]civic.Sheet
	standards map[string]civic.Standard
	titles    []civic.Title
	quota     int64
	woken     []string        // nominations that have to look at their year
	ended     map[string]bool // workflows
}

// newSeason is a city with its standard, before anybody has begun the year.
func newSeason(t *testing.T, year int) *season {
	t.Helper()
	s := &season{estate: newEstate(t), year: year, nominees: map[string]*civic.Nominee{}, sheets: map[string][]civic.Sheet{}, standards: map[string]civic.Standard{}, ended: map[string]bool{}}
	s.beside = s
	s.city.Parameters = append(slices.DeleteFunc(s.city.Parameters, func(p civic.Parameter) bool { return p.Key == "appraisal.quota" }),
		civic.Parameter{Key: "appraisal.quota", Value: "3", From: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)})
	city := s.city.Standards[0]
	city.State = civic.StandardFiled
	s.standards[city.ID] = city
	for _, d := range districts {
		own := city
		own.ID, own.Unit, own.Parent, own.State = d, d+"-leading-office", city.ID, civic.StandardDraft
		body, err := json.Marshal(city.StandardBody)
		require.NoError(t, err)
		own.StandardBody = civic.StandardBody{}
		require.NoError(t, json.Unmarshal(body, &own.StandardBody))
		for i := range own.Dimensions {
			for j := range own.Dimensions[i].Indicators {
				own.Dimensions[i].Indicators[j].City = own.Dimensions[i].Indicators[j].Key
			}
		}
		s.standards[d] = own
	}
	return s
}

var districts = []string{"cz-tianning", "cz-zhonglou"}

// stage carries all cases of a season side by side, as the engine does.
func stage(ctx workflow.Context) error {
	begun := workflow.GetSignalChannel(ctx, "begin")
	for {
		var next staged
		begun.Receive(ctx, &next)
		one := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{WorkflowID: workflows.ID(next.Procedure, next.Case)})
		workflow.ExecuteChildWorkflow(one, workflows.Procedures[next.Procedure], workflows.Start{Case: next.Case})
	}
}

type staged struct {
	Procedure civic.Procedure
	Case      string
}

// play runs the season from one day on with what people do after so many days, for so many days in all.
func (s *season) play(from time.Time, days int, acts map[int]func()) {
	s.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silent{})
	s.env = suite.NewTestWorkflowEnvironment()
	s.env.SetStartTime(from)
	s.env.SetTestTimeout(time.Minute)
	s.clock = func() time.Time { return s.env.Now().UTC() }
	s.env.RegisterActivity(&activities.Activities{Record: s})
	s.env.RegisterWorkflow(stage)
	s.env.RegisterWorkflow(workflows.Appraisal)
	s.env.RegisterWorkflow(workflows.Nomination)
	s.env.SetOnChildWorkflowCompletedListener(func(i *workflow.Info, _ converter.EncodedValue, err error) {
		require.NoError(s.t, err)
		s.ended[i.WorkflowExecution.ID] = true
	})
	for d, f := range acts {
		s.env.RegisterDelayedCallback(f, time.Duration(d)*day+time.Hour)
	}
	s.env.SetWorkflowRunTimeout(time.Duration(days) * day)
	s.env.ExecuteWorkflow(stage)
}

// begins files a draft and hands it in.
func (s *season) begins(id string, p civic.Procedure, parent, unit string, m civic.Matter) {
	s.mu.Lock()
	s.open(id, p, parent, unit, m)
	s.mu.Unlock()
	s.env.SignalWorkflow("begin", staged{p, id})
	s.env.RegisterDelayedCallback(func() { s.sends(id, civic.Act{Kind: civic.ActSubmit}) }, time.Second)
}

// nominate files a community's declaration.
func (s *season) nominate(community string) {
	s.begins(civic.NominationID(s.year, community), civic.NominationProcedure, civic.AppraisalID(s.year), community+"-committee",
		&civic.Nomination{Year: s.year, Community: community, Plan: "创建计划", Minutes: "居民会议通过"})
}

// sends brings somebody's act to the workflow of a case, and has those look whom the act concerns, as the record's messages do.
func (s *season) sends(id string, a civic.Act) {
	s.acts++
	p := s.file(id).Case.Procedure
	a.ID, a.Key, a.Case, a.Procedure, a.Opinion = civic.NewID("act", fmt.Sprint(s.acts)), fmt.Sprint(s.acts), id, p, "已核"
	a.Hash = a.ID
	if a.Actor == "" {
		a.Actor = fmt.Sprintf("person-%d", s.acts)
	}
	err := s.env.UpdateWorkflowByID(workflows.ID(p, id), workflows.ActUpdate, a.ID, &testsuite.TestUpdateCallback{
		OnAccept: func() {}, OnReject: func(err error) { require.NoError(s.t, err, "%s %s", a.Kind, a.Outcome) },
		OnComplete: func(v any, err error) {
			require.NoError(s.t, err, "%s %s", a.Kind, a.Outcome)
			if out, _ := v.(civic.Outcome); out.Refusal != nil {
				require.NoError(s.t, out.Refusal, "%s %s %s: %v", p, a.Kind, a.Outcome, out.Refusal.Figures)
			}
			s.looks()
		},
	}, a)
	require.NoError(s.t, err, "%s %s", a.Kind, a.Outcome)
}

// looks has the woken nominations look at their year.
func (s *season) looks() {
	s.mu.Lock()
	woken := s.woken
	s.woken = nil
	s.mu.Unlock()
	for _, id := range woken {
		require.NoError(s.t, s.env.SignalWorkflowByID(workflows.ID(civic.NominationProcedure, id), workflows.LookSignal, nil))
	}
}

// answers decides every open task of a step of a case, each by whom it asks.
func (s *season) answers(id, step, outcome string, d *civic.AppraisalDetails) {
	n := 0
	for _, k := range s.file(id).Tasks {
		if k.Open() && k.Step == step {
			n++
			s.sends(id, civic.Act{Kind: civic.ActDecide, Task: k.ID, Actor: k.Seat.Person, Outcome: outcome, Details: civic.Details{Appraisal: d}})
		}
	}
	require.Positive(s.t, n, "no open task %s in state %s", step, s.file(id).Case.State)
}

// file is a case as it stands.
func (s *season) file(id string) civic.Dossier {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.estate.files[id]
}

// marks fills the open sheets of a kind in with so many percent of every indicator, and hands them in.
func (s *season) marks(id string, kind civic.SheetKind, percent selection.Points) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	for i := range s.sheets[id] {
		sheet := &s.sheets[id][i]
		if sheet.Kind != kind || sheet.Submitted != nil {
			continue
		}
		sheet.Submitted = &now
		for _, dimension := range s.standards[s.nominees[id].District].Dimensions {
			for _, one := range dimension.Indicators {
				sheet.Marks = append(sheet.Marks, civic.SheetMark{Mark: selection.Mark{Indicator: one.Key, Score: one.Most * percent / 100}})
			}
		}
	}
}
