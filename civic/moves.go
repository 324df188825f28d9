package civic

import "slices"

// addMove adds an allowed change of state, once.
func (d *Definition) addMove(from, to State, by string) {
	if m := (Move{from, to, by}); from != to && !slices.Contains(d.Moves, m) {
		d.Moves = append(d.Moves, m)
	}
}

// addAnswers derives the moves of all steps' outcomes, so that the picture and the rule cannot part, and of the
// answers that can be taken back.
func (d *Definition) addAnswers() {
	for _, s := range d.Steps {
		for _, c := range s.Outcomes {
			for _, from := range s.States() {
				for _, to := range c.To {
					if !slices.Contains(s.States(), to) { // which is to stay
						d.addMove(from, to, s.Name+"."+c.Name)
					}
				}
			}
		}
	}
	for _, r := range d.Recalls {
		d.addMove(r.To, r.From, string(ActRecall))
	}
}

// addArchiving derives the last move of every state that is archived by itself.
func (d *Definition) addArchiving() {
	for _, w := range d.States {
		if w.Auto == ActArchive {
			d.addMove(w.State, Archived, string(ActArchive))
		}
	}
}
