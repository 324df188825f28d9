package civic

// accessReturns is the table of returns.
var accessReturns = []ReturnRule{
	{Step: "examine", Resumes: "examine", State: Accepted, Siblings: Void, Signatures: Kept, Clock: Continues, Deadline: Continues},
	{Step: "prereview", Resumes: "prereview", State: PreReview, Siblings: Void, Signatures: Kept, Clock: Continues, Deadline: Continues},
	{Step: "decide", Resumes: "prereview", State: PreReview, Siblings: Void, Signatures: Void, Clock: Restarts, Deadline: Continues},
}

// accessRecalls are the decisions that can be taken back: those of the office, before anybody else has looked.
var accessRecalls = []Recall{
	{"register", "pass", Submitted, Accepted},
	{"examine", "accept", Accepted, PreReview},
	{"prereview", "recommend", PreReview, Consult},
	{"prereview", "limited", PreReview, Consult},
	{"prereview", "advise_against", PreReview, Consult},
}

// accessSeparate says which duties are separate. Whoever mended the request is its maker as much as whoever filed it.
var accessSeparate = [][2]string{
	{"correct", "register"}, {"correct", "appeal"}, {"correct", "examine"}, {"correct", "prereview"}, {"correct", "consult"}, {"correct", "joint"},
	{"correct", "vote"}, {"correct", "decide"}, {"correct", "fulfil"}, {"correct", "objection"}, {"correct", "issue"},
	{"register", "prereview"}, {"examine", "prereview"}, {"examine", "appeal"}, {"register", "appeal"},
	{"examine", "decide"}, {"prereview", "decide"}, {"joint", "decide"}, {"joint", "vote"}, {"prereview", "joint"},
	{"examine", "objection"}, {"prereview", "objection"}, {"decide", "objection"}, {"decide", "issue"}, {"decide", "fulfil"},
	{"exit_opinion", "exit_decide"}, {"exit_views", "exit_decide"}, {"exit_views", "exit_opinion"},
}

// accessCaseActs are the acts on a whole request that only admission knows.
var accessCaseActs = []CaseAct{
	{Kind: ActAppeal, States: []State{Blocked}, Alone: "appeal", Reason: true, Words: actWords[ActAppeal],
		Consequence: Words{"由办公室主任重新审查负面清单的拦截。", "The office's director looks again at what the negative list stopped."}},
	{Kind: ActObject, States: []State{Publicity, Objected}, Reason: true, Takes: []string{"contact"}, Words: actWords[ActObject],
		Consequence: Words{"异议由办公室核实，公示期照常进行。", "The office examines the objection; the public notice goes on."}},
	{Kind: ActSuspend, States: []State{InForce}, Reason: true, Takes: []string{"from"}, Words: actWords[ActSuspend],
		Consequence: Words{"事项自指定日起暂停执行，仍保留在清单中。", "The item rests from the stated day; it stays on the list."}},
	{Kind: ActReinstate, States: []State{Suspended}, Reason: true, Words: actWords[ActReinstate],
		Consequence: Words{"事项恢复执行，期限不变。", "The item is in force again; its term is as before."}},
	{Kind: ActProposeExit, States: []State{InForce, Suspended}, Alone: "*", Reason: true, Needs: []string{"trigger"}, Words: actWords[ActProposeExit],
		Consequence: Words{"启动退出程序：办公室意见、部门陈述、领导小组决定。", "The way out begins: the office's opinion, the department's views, the leading group's decision."}},
}
