package civic

import "slices"

// Choice is one named outcome of a step: its words, where the case may go, and what must come with it.
type Choice struct {
	Name   string   `json:"name"`
	Zh     string   `json:"zh"`
	En     string   `json:"en"`
	To     []State  `json:"to"`     // the states this answer may lead to; the same state when others are still asked
	Reason bool     `json:"reason"` // an opinion is mandatory
	Needs  []string `json:"needs,omitempty"`
	Takes  []string `json:"takes,omitempty"` // details that may come with it; all others must be empty
}

// Join says how the answers of several seats of one step make one result.
type Join string

// One seat; all seats must have answered; a quorum of votes, then a majority.
const (
	One    Join = "one"
	All    Join = "all"
	Quorum Join = "quorum"
)

// Step is one station of a procedure: who is asked what, for how long.
type Step struct {
	Name     string   `json:"name"`
	Clause   string   `json:"clause"` // step of the regulation, A1–A9
	Zh       string   `json:"zh"`
	En       string   `json:"en"`
	State    State    `json:"state"`
	Also     []State  `json:"also,omitempty"` // further states in which it may be open and answered
	Roles    []Role   `json:"roles"`
	Term     string   `json:"term"` // the parameter that holds its working days
	Join     Join     `json:"join"`
	Outcomes []Choice `json:"outcomes"`
	Silence  string   `json:"silence"` // what happens when nobody answers: escalate, lapse, no_opinion

	Voices   bool `json:"-"` // several seats each have one voice: then one person has one
	Own      bool `json:"-"` // answered by the applicant's own people: being the applicant is no bar
	Movable  bool `json:"-"` // may be transferred to another unit (转办), the responsibility with it
	Signable bool `json:"-"` // further units may be asked beside those that the rules name (加签)
}

// States are all states in which the step may be open.
func (s Step) States() []State { return append([]State{s.State}, s.Also...) }

// StateWords are a state in words.
type StateWords struct {
	State State   `json:"state"`
	Zh    string  `json:"zh"`
	En    string  `json:"en"`
	Auto  ActKind `json:"automatic,omitempty"` // what the system does when the state's instant comes
}

// CaseAct is an act on a case as a whole: in which states it is open, and what comes with it.
type CaseAct struct {
	Kind         ActKind
	States       []State
	Alone        string // not while a task of this step is open; "*" is any step
	Reason       bool   // an opinion is mandatory
	Needs, Takes []string
	Words        Words
	Consequence  Words
}

// Move is one allowed change of state and what may cause it.
type Move struct {
	From State  `json:"from"`
	To   State  `json:"to"`
	By   string `json:"by"` // step.outcome or the act
}

// Definition is a procedure as everybody sees it: the API serves it, the web draws it, the documents print it.
type Definition struct {
	Procedure Procedure    `json:"procedure"`
	Zh        string       `json:"zh"`
	En        string       `json:"en"`
	Steps     []Step       `json:"steps"`
	States    []StateWords `json:"states"`
	Moves     []Move       `json:"moves"`

	Prefix   string       `json:"-"` // of its cases' numbers
	Acts     []CaseAct    `json:"-"` // on a case as a whole, beside those that every procedure knows
	Returns  []ReturnRule `json:"-"` // a step that is not in it cannot return a case
	Recalls  []Recall     `json:"-"` // what can be taken back while nobody has opened what it led to
	Separate [][2]string  `json:"-"` // pairs of steps that one natural person may not both answer in one case (职责分离)
	Terms    []State      `json:"-"` // states whose automatic instant is a term, which a pause lengthens; elsewhere it is a day of the calendar
}

// Procedures are all that this service runs, in the order in which they are shown.
var Procedures = []Procedure{AccessProcedure, HousingProcedure, PlanChangeProcedure, SupplementProcedure, AssessmentProcedure, AppraisalProcedure, NominationProcedure, LayoutProcedure}

// Definitions are the procedures' public halves.
var Definitions = map[Procedure]Definition{
	AccessProcedure:     accessDefinition(),
	HousingProcedure:    housingDefinition(),
	PlanChangeProcedure: planChangeDefinition(),
	SupplementProcedure: supplementDefinition(),
	AssessmentProcedure: assessmentDefinition(),
	AppraisalProcedure:  appraisalDefinition(),
	NominationProcedure: nominationDefinition(),
	LayoutProcedure:     layoutDefinition(),
}

// regulation is the half of a procedure that acts.
type regulation struct {
	acts        map[ActKind]func(*turn) error
	outcomes    map[string]func(*turn, *Task) error // what the answers to a step's tasks do
	overdue     map[string]func(*turn) error        // what becomes due with an overdue task: never an answer, only somebody else to ask
	bound       func([]Task) *Error                 // why a case cannot be taken back any more, by what was answered in it
	withdrawn   func(*turn) error                   // what goes with a case that is taken back
	recalculate func(*turn) error                   // lengthens the terms that no task carries
	matter      func() Matter                       // an empty one, to read a stored one into; nil for admission, whose matter is its request
}

// regulations are filled by the procedures' own files: their tables and their functions refer to each other.
var regulations = map[Procedure]regulation{}

// wordsOfAct are an act in words, whichever procedure knows it.
func wordsOfAct(kind ActKind) Words {
	if w, ok := actWords[kind]; ok {
		return w
	}
	for _, p := range Procedures {
		if own, ok := Definitions[p].CaseAct(kind); ok {
			return own.Words
		}
	}
	return Words{string(kind), string(kind)}
}

// CaseAct finds what the procedure says about an act on the whole case.
func (d Definition) CaseAct(kind ActKind) (CaseAct, bool) {
	for _, a := range d.Acts {
		if a.Kind == kind {
			return a, true
		}
	}
	return CaseAct{}, false
}

// ReturnFrom finds the row of the table of returns for a step.
func (d Definition) ReturnFrom(step string) (ReturnRule, bool) {
	for _, r := range d.Returns {
		if r.Step == step {
			return r, true
		}
	}
	return ReturnRule{}, false
}

// recall finds what taking back an answer would undo, for a case in this state.
func (d Definition) recall(task Task, state State) (Recall, bool) {
	for _, r := range d.Recalls {
		if r.Step == task.Step && r.Outcome == task.Outcome && r.To == state {
			return r, true
		}
	}
	return Recall{}, false
}

// allSteps are the steps of all procedures, each name once.
func allSteps() []Step {
	var out []Step
	for _, p := range Procedures {
		for _, s := range Definitions[p].Steps {
			if !slices.ContainsFunc(out, func(o Step) bool { return o.Name == s.Name }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// StepNamed finds a step of any procedure by its name; names are unique across procedures or mean the same.
func StepNamed(name string) (Step, bool) {
	for _, p := range Procedures {
		if s, ok := Definitions[p].Step(name); ok {
			return s, true
		}
	}
	return Step{}, false
}

// Step finds a step by name.
func (d Definition) Step(name string) (Step, bool) {
	for _, s := range d.Steps {
		if s.Name == name {
			return s, true
		}
	}
	return Step{}, false
}

// Choice finds an outcome by name.
func (s Step) Choice(name string) (Choice, bool) {
	for _, c := range s.Outcomes {
		if c.Name == name {
			return c, true
		}
	}
	return Choice{}, false
}

// Words finds a state's words.
func (d Definition) Words(state State) StateWords {
	for _, w := range d.States {
		if w.State == state {
			return w
		}
	}
	return StateWords{State: state, Zh: string(state), En: string(state)}
}

// Allows reports whether the procedure knows this change of state. Staying is always allowed.
func (d Definition) Allows(from, to State) bool {
	if from == to {
		return true
	}
	for _, m := range d.Moves {
		if m.From == from && m.To == to {
			return true
		}
	}
	return false
}

// moves reports whether the procedure knows this change of state by this cause; another cause may lead there as well.
func (d Definition) moves(from, to State, by string) bool {
	return slices.Contains(d.Moves, Move{from, to, by})
}

// Automatic is what the system does by itself when the instant of this state comes, "" when it only waits for people.
func (d Definition) Automatic(state State) ActKind { return d.Words(state).Auto }
