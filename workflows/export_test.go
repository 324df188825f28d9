package workflows

// What tests outside of the package look at.
const (
	ActUpdate  = actUpdate
	LookSignal = lookSignal
	Abreast    = abreast
)

// The procedure's own table, and the one translation of the engine's answers.
var (
	AccessSilence = accessSilence
	Understand    = understand
	Refusal       = refuse
)

// Lanes is how many cases have acts on their way, or waiting to be.
func (c *Client) Lanes() int {
	c.lanes.mu.Lock()
	defer c.lanes.mu.Unlock()
	return len(c.lanes.cases)
}

// OnTheirWay is how many acts on a case are.
func (c *Client) OnTheirWay(caseID string) int {
	c.lanes.mu.Lock()
	defer c.lanes.mu.Unlock()
	if at := c.lanes.cases[caseID]; at != nil {
		return len(at.slots)
	}
	return 0
}

// Largest is how many bytes an act may have on its way.
const Largest = largest
