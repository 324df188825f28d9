package civic

// Separated refuses an answer by somebody whose earlier part in the case bars them. A deputy carries the principal's
// bars as well as their own; two accounts of one person are one person.
func Separated(c Case, tasks []Task, task Task, persons ...string) error {
	def := Definitions[c.Procedure]
	step, _ := def.Step(task.Step)
	for _, person := range persons {
		if person == "" || person == System {
			continue
		}
		if person == c.Applicant && !step.Own {
			return Refuse(Forbidden, "own_request", "不得审批本人提交的申请。", "Nobody decides on their own request.").By("separation_of_duties")
		}
		for _, k := range tasks {
			if k.State != TaskDone || (k.Person != person && k.Principal != person) || k.ID == task.ID {
				continue
			}
			if def.apart(k.Step, task.Step) {
				return Refuse(Forbidden, "took_part", "您已参与该事项的“"+stepWords(c.Procedure, k.Step)+"”环节，不得再办理本环节。",
					"You have already answered another step of this case; this one must be answered by somebody else.").
					By("separation_of_duties").With("earlier", k.Step).With("now", task.Step)
			}
			if k.Step == task.Step && k.Round == task.Round && step.Voices && !sameVoice(k, task) {
				return Refuse(Forbidden, "two_voices", "同一人在同一环节只能发表一次意见。", "One person has one voice in a step.").By("separation_of_duties")
			}
		}
	}
	return nil
}

// sameVoice reports whether two tasks are one seat's: a task and what was delegated of it.
func sameVoice(a, b Task) bool {
	return a.partOf(b.ID) || b.partOf(a.ID) || a.part() && b.partOf(a.Returns)
}

// apart reports whether two steps of the procedure must be answered by different persons.
func (d Definition) apart(a, b string) bool {
	for _, p := range d.Separate {
		if p == [2]string{a, b} || p == [2]string{b, a} {
			return true
		}
	}
	return false
}

func stepWords(p Procedure, step string) string {
	s, _ := Definitions[p].Step(step)
	return s.Zh
}
