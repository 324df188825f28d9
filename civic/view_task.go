package civic

// TaskFilter narrows an inbox.
type TaskFilter struct {
	Procedure Procedure
	Step      string
	Overdue   bool
	Soon      bool   // due within the days that count as yellow, and not overdue yet
	Claimed   string // "me", "nobody", "others", "" for all
	Principal string // only what waits for somebody one stands in for; "self" for one's own
}

// InboxLine is one open task that waits for the actor.
type InboxLine struct {
	TaskView
	Number     string `json:"number,omitempty"`
	Title      string `json:"title"`
	State      State  `json:"case_state"`
	StateWords Words  `json:"case_state_words"`
	Unit       Named  `json:"unit"` // the applicant's
	Principal  *Named `json:"in_place_of,omitempty"`
	Unread     bool   `json:"unread"`
}

// InboxCount is the inbox in three numbers.
type InboxCount struct {
	Open    int64 `json:"open"`
	Yellow  int64 `json:"yellow"`
	Overdue int64 `json:"overdue"`
	Unread  int64 `json:"unread_notices"`
}

// TaskPage is everything needed to answer one task, on one page.
type TaskPage struct {
	Task     TaskView   `json:"task"`
	Case     CaseView   `json:"case"`
	Possible []Possible `json:"possible"` // what this person may do with this task now
}

// AnsweredLine is one task that the actor answered.
type AnsweredLine struct {
	TaskView
	Number     string `json:"number,omitempty"`
	Title      string `json:"title"`
	State      State  `json:"case_state"`
	StateWords Words  `json:"case_state_words"`
}
