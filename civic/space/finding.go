package space

// Grade is how a check ended; the three words are those of a verification (核查).
type Grade string

// The grades, from the best to the worst.
const (
	Pass  Grade = "pass"  // 合格
	Minor Grade = "minor" // 基本合格: recorded, and put right on the way
	Fail  Grade = "fail"  // 不合格
)

var gradeOrder = map[Grade]int{Pass: 0, Minor: 1, Fail: 2}

// Zh is the word on the form.
func (g Grade) Zh() string {
	return map[Grade]string{Pass: "合格", Minor: "基本合格", Fail: "不合格"}[g]
}

// Finding is one thing that a check saw: a stable code, its weight, the words for the
// person and the figures behind it. A finding that passes is there to be recorded.
type Finding struct {
	Code    string   `json:"code"`
	Grade   Grade    `json:"grade"`
	Zh      string   `json:"zh"`
	En      string   `json:"en"`
	Figures []Figure `json:"figures,omitempty"`
}

// Figure is one number of a computation, in the order in which it is to be read.
type Figure struct {
	Name  string `json:"name"`
	Zh    string `json:"zh"`
	En    string `json:"en"`
	Value string `json:"value"`
}

// Worst returns the worst grade among the findings; none is a pass.
func Worst(findings []Finding) Grade {
	worst := Pass
	for _, f := range findings {
		if gradeOrder[f.Grade] > gradeOrder[worst] {
			worst = f.Grade
		}
	}
	return worst
}

func find(grade Grade, code, zh, en string, figures ...Figure) Finding {
	return Finding{Code: code, Grade: grade, Zh: zh, En: en, Figures: figures}
}

func area(name, zh, en string, a Area) Figure { return Figure{name, zh, en, a.String()} }
