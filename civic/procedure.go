package civic

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
}

// Definitions are all procedures that this service runs.
var Definitions = map[Procedure]Definition{AccessProcedure: accessDefinition()}

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

// Automatic is what the system does by itself when the instant of this state comes, "" when it only waits for people.
func (d Definition) Automatic(state State) ActKind { return d.Words(state).Auto }
