package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"lizheng/civic"
)

// bulkResult is what became of one decision of several.
type bulkResult struct {
	Task    string         `json:"task"`
	Status  int            `json:"status"`
	Receipt *civic.Receipt `json:"receipt,omitempty"`
	Problem *problem       `json:"problem,omitempty"`
	Poll    string         `json:"poll,omitempty"`
}

// bulkTime is how long a request goes on to send decisions; what is left then is not sent, and says so.
const bulkTime = 20 * time.Second

// DecideTasks handles POST /tasks/decisions. Every decision stands for itself, under a key of its own that follows from
// the one that was sent: repeating the whole repeats no part of it.
func (s *server) DecideTasks(c *gin.Context, p DecideTasksParams) {
	var sent Decisions
	if !s.read(c, &sent) {
		return
	}
	v := visitOf(c)
	twice := map[string]bool{}
	for _, d := range sent.Decisions {
		if twice[d.Task] {
			s.fail(c, civic.Refuse(civic.Invalid, "task_twice", "同一任务出现两次。", "A task is there twice.").At("decisions").With("task", d.Task))
			return
		}
		twice[d.Task] = true
	}
	results := make([]bulkResult, len(sent.Decisions))
	enough := time.Now().Add(bulkTime)
	for i, d := range sent.Decisions {
		v.key = p.IdempotencyKey + ":" + d.Task
		if time.Now().After(enough) {
			results[i] = s.bulkResult(c, d.Task, nil, civic.Refuse(civic.Unavailable, "not_sent", "时间不足，该项尚未提交，请以同一编号重新提交。",
				"There was no time left for this one; send the same request with the same key again."))
			continue
		}
		receipt, err := s.command(c, civic.Command{
			Kind: civic.ActDecide, Task: d.Task, Key: v.key, Seen: d.Seen,
			Outcome: d.Outcome, Opinion: d.Opinion, Details: d.Details.civic(),
		}, d)
		results[i] = s.bulkResult(c, d.Task, receipt, err)
	}
	s.answer(c, struct {
		Results []bulkResult `json:"results"`
	}{results}, nil)
}

func (s *server) bulkResult(c *gin.Context, task string, receipt *civic.Receipt, err error) bulkResult {
	if err == nil {
		return bulkResult{Task: task, Status: http.StatusOK, Receipt: receipt}
	}
	refusal, _ := s.problemOf(c, err)
	if refusal.Kind == civic.Unknown {
		return bulkResult{Task: task, Status: refusal.Status, Poll: actURL(c)}
	}
	return bulkResult{Task: task, Status: refusal.Status, Problem: &refusal}
}
