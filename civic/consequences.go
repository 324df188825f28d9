package civic

// What acts and outcomes bring with them, beyond the change of state.
var (
	caseConsequences = map[ActKind]Words{
		ActSubmit:    {"取得受理编号，预留经费，进入登记查重。", "The case gets its number, its money is reserved, and it waits for registration."},
		ActWithdraw:  {"申请终止，预留经费全部释放，不能恢复。", "The request ends and reserved money is released; this cannot be undone."},
		ActAddSigner: {"增加一个会审单位，须待其答复。", "One more unit is asked in the joint review, and its answer is awaited."},
		ActPause:     {"全部时限停止计算，恢复后补回相应工作日。", "All clocks stand still; the working days are added back on resumption."},
		ActResume:    {"时限继续，中止期间的工作日全部补回。", "The clocks go on; the working days of the pause are added back."},
		ActCopy:      {"对方可以查看该事项。", "That person may read the case."},
	}
	taskConsequences = map[ActKind]Words{
		ActCorrect:      {"按补正后的申请继续办理，时限继续计算。", "The corrected request goes on where it was returned; the clock goes on."},
		ActClaim:        {"由您一人办理，同事不能再办理。", "Only you can answer it until you release it."},
		ActRelease:      {"本岗位同事均可办理。", "Everyone of the seat can answer it again."},
		ActTransfer:     {"由对方单位办理，责任随之转移，时限不变。", "The other unit answers instead, with the responsibility; the term is as before."},
		ActDelegate:     {"由同事提出意见，返回后由您办理。", "A colleague gives an opinion; then it comes back to you."},
		ActRemoveSigner: {"不再征求该加签单位意见。", "The added unit is no longer asked."},
		ActUrge:         {"向办理岗位发送催办通知，次数有限。", "The seat is reminded; the number of times is limited."},
		ActRecall:       {"决定作废，任务重新待办，时限继续计算。", "The decision is taken back and the task is open again; its clock goes on."},
	}
	outcomeConsequences = map[string]Words{
		"examine.accept":      {"审批时限开始计算。", "The term of the whole decision begins."},
		"examine.return":      {"时限停止计算；逾期未补正视为撤回。", "The clock stops; without a correction in time it counts as withdrawn."},
		"prereview.return":    {"时限停止计算；逾期未补正视为撤回。", "The clock stops; without a correction in time it counts as withdrawn."},
		"prereview.recommend": {"抽取社区和街道征求意见。", "Sampled communities and their streets are asked."},
		"decide.return":       {"已有会审意见作废，补正后重新初审。", "The opinions of this round are void; it is reviewed anew after the correction."},
		"decide.admit":        {"决定予以公示，期满无异议后发布。", "The decision is put on public notice, and issued when no objection is left."},
		"decide.admit_term":   {"决定予以公示，期满无异议后发布。", "The decision is put on public notice, and issued when no objection is left."},
		"decide.admit_scope":  {"未列入的社区不执行；经费按所选社区重算。", "Communities that are not chosen stay out; the money is computed for the chosen ones."},
		"decide.admit_cond":   {"条件落实前不生效。", "It does not take effect before the condition is met."},
		"decide.refuse":       {"预留经费全部释放，规定期限内不得再次申请；可列入负面清单。", "Reserved money is released; it may not be asked for again for a time, and can be put on the negative list."},
		"decide.defer":        {"到期自动恢复审议。", "It is taken up again by itself on that day."},
		"fulfil.met":          {"预留经费并公示。", "The money is reserved and the decision is put on public notice."},
		"objection.sustain":   {"决定撤回，重新审议。", "The decision is taken up anew."},
		"issue.issue":         {"取得文号，列入准入清单，预留经费转为承诺。", "It gets its document number and its line on the list; the reservation becomes a commitment."},
		"exit_decide.exit":    {"清单条目及附属事项立即终止，未用经费释放。", "The entry and what came with it end at once; unspent money is released."},
		"exit_decide.revoke":  {"清单条目及附属事项立即终止，未用经费释放。", "The entry and what came with it end at once; unspent money is released."},
	}
)
