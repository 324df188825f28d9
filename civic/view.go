package civic

import (
	"time"

	"lizheng/civic/workday"
)

// Words are the same thing in both languages.
type Words struct {
	Zh string `json:"zh"`
	En string `json:"en"`
}

// Named is a unit, region or person with its name. A name in English is there where the record has one.
type Named struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
}

// SeatView is a seat in words.
type SeatView struct {
	Role   Role   `json:"role"`
	Words  Words  `json:"words"` // of the role
	Unit   Named  `json:"unit"`
	Person *Named `json:"person,omitempty"` // when only this person may answer
}

// Light is a term at a glance.
type Light string

// Green has time, yellow has as few working days left as task.yellow_wd says, red is overdue, none has no term.
const (
	Green   Light = "green"
	Yellow  Light = "yellow"
	Red     Light = "red"
	NoLight Light = "none"
)

// Clock is a term as people read it.
type Clock struct {
	DueAt       *time.Time `json:"due_at,omitempty"`
	Remaining   *int       `json:"remaining_wd,omitempty"` // working days, today not counted; negative when overdue
	Light       Light      `json:"light"`
	Overdue     bool       `json:"overdue"`
	Paused      bool       `json:"paused,omitempty"` // the clock stands still
	Provisional bool       `json:"provisional,omitempty"`
}

// clockOf reads a term with the calendar that it was computed with.
func clockOf(c *workday.Calendar, due, paused *time.Time, yellow int, now time.Time) Clock {
	if due == nil {
		return Clock{Light: NoLight}
	}
	if paused != nil && paused.Before(now) {
		now = *paused
	}
	left := c.Remaining(now, *due)
	k := Clock{DueAt: due, Remaining: &left, Light: Green, Paused: paused != nil, Provisional: c.Provisional(workday.DueDate(*due))}
	switch {
	case !now.Before(*due):
		k.Light, k.Overdue = Red, true
	case left <= yellow:
		k.Light = Yellow
	}
	return k
}

// roleWords are a role in words.
func roleWords(role Role) Words {
	for _, r := range Roles {
		if r.Role == role {
			return Words{r.Zh, r.En}
		}
	}
	return Words{string(role), string(role)}
}

// actWords are what an act is called.
var actWords = map[ActKind]Words{
	ActSubmit: {"提交", "submit"}, ActDecide: {"办理", "decide"}, ActCorrect: {"提交补正", "hand in the correction"},
	ActWithdraw: {"撤回申请", "withdraw"}, ActAppeal: {"申诉", "appeal"}, ActObject: {"提出异议", "object"},
	ActClaim: {"认领", "claim"}, ActRelease: {"释放", "release"}, ActTransfer: {"转办", "transfer"}, ActDelegate: {"委派", "delegate"},
	ActAddSigner: {"加签", "add a signer"}, ActRemoveSigner: {"减签", "remove a signer"}, ActRecall: {"撤回决定", "recall"},
	ActUrge: {"催办", "urge"}, ActCopy: {"抄送", "copy in"}, ActPause: {"中止", "pause"}, ActResume: {"恢复", "resume"},
	ActSuspend: {"暂停执行", "suspend"}, ActReinstate: {"恢复执行", "reinstate"}, ActProposeExit: {"提出退出", "propose the exit"},
	ActLapse: {"逾期失效", "lapse"}, ActCloseConsult: {"征求意见期满", "consultation over"}, ActCloseNotice: {"公示期满", "public notice over"},
	ActReopen: {"恢复审议", "deliberation taken up again"}, ActExpire: {"到期终止", "expire"}, ActArchive: {"归档", "archive"},
	ActQuarter: {"年度节点", "turn of the year"}, ActCloseFeedback: {"申诉期满", "time for appeals over"},
	ActRemind: {"到期提醒", "reminder"}, ActRecalculate: {"重算期限", "terms recomputed"},
	ActCloseDeclaring: {"申报截止", "declarations closed"}, ActSettle: {"按年度结果办理", "what the year decided"}, ActCheckDue: {"年度检查到期", "yearly check due"},
}
