package civic

import (
	"time"

	"lizheng/civic/workday"
)

// Profile is a city as data: what a new installation begins with. Another city is another profile, not another build.
type Profile struct {
	Regions     []Region
	Placements  []Placement
	Units       []Unit
	Successions []Succession
	Parameters  []Parameter
	Entries     []Entry // Parent holds the parent's name
	Lines       []BudgetLine
	Standards   []Standard // of the appraisal, on file
	Projects    []Project
	People      []SamplePerson // loaded only where sample people are wanted
	Rooms       []StockRoom    // as the people: invented, for the sample city
	Calendar    *workday.Calendar
	TaskTable   []TableRow // the template of the yearly task table; days are month and day
}

// SamplePerson is an invented person with an account and grants, for the sample city.
type SamplePerson struct {
	ID, Name, Unit, Post, Login string
	Grants                      []Grant // Role and Unit
	DeputyFor                   string
	Since                       time.Time
}
