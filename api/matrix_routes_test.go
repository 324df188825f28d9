package api

import (
	"encoding/hex"
	"slices"

	"lizheng/civic"
)

// routes has a row for every operation that is not public.
var routes = map[string]route{
	"signOut":        {ask: signOut, never: othersThings},
	"whoAmI":         {ask: get("/me"), never: othersThings},
	"changePassword": {ask: plain("/me/password", PasswordChange{Current: "Kept-As-It-Is-1", Password: "short"}), never: othersThings, codes: refusedByRule("weak_password")},
	"listTokens":     listsOwn("/me/tokens", owner.tokenID),
	"createToken":    {ask: plain("/me/tokens", map[string]any{"label": "matrix", "days": 1}), never: othersThings},
	"revokeToken":    onOwn(func(o owner) string { return "/me/tokens/" + o.tokenID() }),
	"listSessions":   listsOwn("/me/sessions", func(o owner) string { return sessionID(o.session()) }),
	"endSession":     onOwn(func(o owner) string { return "/me/sessions/" + sessionID(o.session()) }),
	"getAct":         {ask: func(_ *grid, c *cell) request { return request{path: "/acts/" + about(c).key()} }, codes: map[string]string{"not_found": "no_answer_yet"}},

	"listDeputies": listsOwn("/deputies?limit=100", owner.later),
	"nameDeputy":   {ask: nameDeputy},
	"endDeputy":    withCodes(onOwn(func(o owner) string { return "/deputies/" + o.later() + "/end" }), allow, "deputy_over"),

	"createDraft":   {ask: newDraft("/access-requests")},
	"checkRequest":  {ask: newDraft("/access-requests/check")},
	"getRequest":    onDraft("", nil, false),
	"saveRequest":   withHeader(onDraft("", surveyForm("改过的入户调查"), true), "If-Match", `"1"`),
	"discardDraft":  onDraft("", nil, true),
	"submitRequest": onDraft("/submission", Remark{}, true),

	"withdrawRequest": onRequest("examine", "/withdrawal", Remark{}),
	"appealRequest":   onRequest(blocked, "/appeal", Reason{Opinion: "并非台账"}),
	"listRevisions":   {goal: at("examine"), ask: func(_ *grid, c *cell) request { return request{path: "/access-requests/" + c.plot.id + "/revisions"} }},

	"listProjects":  ofProject(withGoal(aProject, lists(func(*grid, *cell) string { return "/housing-projects?limit=100" }, func(_ *grid, c *cell) string { return c.plot.id }))),
	"createProject": ofProject(route{ask: newProject}),
	"computeRequirement": ofProject(route{ask: func(_ *grid, c *cell) request {
		return request{path: "/housing-projects/requirement", body: RequirementAsked{Unit: projectUnit(c), Households: 2000}}
	}}),
	"getProject":        onProject(aProject, "", nil, false, ""),
	"saveProject":       withHeader(onProject(aProjectDraft, "", projectForm("改过的项目"), true, ""), "If-Match", `"1"`),
	"discardProject":    onProject(aProjectDraft, "", nil, true, ""),
	"submitProject":     onProject(aProjectDraft, "/submission", Remark{}, true, ""),
	"withdrawProject":   onProject(aProject, "/withdrawal", Remark{}, true, ""),
	"applyPresale":      onProject(aProject, "/presales", PresaleApplication{Phase: 1}, false, "not_now"),
	"extendOrder":       onProject(aProject, "/extensions", Reason{Opinion: "雨季停工"}, false, "not_now"),
	"recordObstacle":    onProject(aProject, "/obstacles", Reason{Opinion: "管线迁改未完成"}, false, ""),
	"reportMisuse":      onProject(aProject, "/misuses", MisuseReport{Misuse: "lease", Opinion: "出租给超市"}, false, "not_now"),
	"proposeDemolition": onProject(aProject, "/demolitions", Reason{Opinion: "道路拓宽"}, false, "not_now"),
	"listPlanChanges":   onProject(aProject, "/plan-changes", nil, false, ""),

	"createPlanChange":   ofChange(route{goal: at(aProject), ask: newChange, codes: refusedByRule("no_such_project")}),
	"getPlanChange":      onChange(aChange, "", nil, ""),
	"savePlanChange":     withHeader(ofChange(route{goal: at(aChangeDraft), fresh: true, ask: saveChange}), "If-Match", `"1"`),
	"discardPlanChange":  onChange(aChangeDraft, "", nil, ""),
	"submitPlanChange":   onChange(aChangeDraft, "/submission", Remark{}, "not_changeable"),
	"withdrawPlanChange": onChange(aChange, "/withdrawal", Remark{}, ""),

	"listCases":       withGoal("examine", lists(func(_ *grid, c *cell) string { return "/cases?text=" + c.plot.number }, func(_ *grid, c *cell) string { return c.plot.id })),
	"exportCases":     withGoal("examine", route{ask: func(_ *grid, c *cell) request { return request{path: "/exports/cases?text=" + c.plot.number} }, shows: exports}),
	"countCases":      {goal: at("examine"), ask: get("/cases/counts"), shows: countsCases},
	"getCase":         onCase("examine", "", nil, false),
	"getHistory":      onCase("examine", "/history", nil, false),
	"explainCase":     onCase("examine", "/explanation", nil, false),
	"whyNotCase":      onCase("examine", "/why-not?act=pause", nil, false),
	"inspectCase":     withCodes(onCase("examine", "/engine", nil, false), "not_granted", "not_found"), // the engine is not asked about a case, so that nobody is told whether there is one
	"pauseCase":       onCase("examine", "/pause", Reason{Opinion: "等待上级文件"}, true),
	"resumeCase":      onCase(paused, "/resumption", Remark{}, true),
	"suspendCase":     onCase(inForce, "/suspension", Suspension{Opinion: "换届期间暂停"}, true),
	"reinstateCase":   onCase(suspended, "/reinstatement", Reason{Opinion: "换届结束"}, true),
	"proposeExit":     onCase(inForce, "/exit-proposals", ExitProposal{Trigger: "duplicate", Opinion: "与全国普查重复"}, true),
	"copyCase":        onCase("examine", "/copies", ToPerson{Person: "ji-zheng"}, false),
	"addSigner":       onCase("joint", "/signers", ToUnit{Unit: spare, Opinion: "涉及健康信息"}, true),
	"listAttachments": onCase("examine", "/attachments", nil, false),
	"addAttachment": {goal: at("examine"), ask: func(_ *grid, c *cell) request {
		return request{path: "/cases/" + c.plot.id + "/attachments", upload: true}
	}},
	"getAttachment":      onFile("examine", ""),
	"removeAttachment":   onFile(aDraft, ""),
	"downloadAttachment": onFile("examine", "/content"),

	"listTasks":    {steps: []string{"examine", "joint", "vote"}, goal: atStep, ask: func(_ *grid, c *cell) request { return request{path: "/tasks?limit=100&step=" + c.step} }, shows: showsInbox, never: notSeated},
	"countTasks":   {steps: []string{"examine", "joint", "vote"}, goal: atStep, ask: get("/tasks/counts"), shows: countsInbox, never: notSeated},
	"listAnswered": {steps: []string{"register"}, goal: at("examine"), ask: get("/tasks/answered?limit=100"), shows: showsAnswered, never: tookNoPart},
	"getTask":      onTask(steps(), "", nil, false),
	"whyNotTask":   onTask([]string{"joint"}, "/why-not?act=decide", nil, false),
	"decideTasks":  {steps: []string{"examine"}, goal: atStep, fresh: true, ask: decideInBulk, inner: ofBulk},
	"decideTask":   {steps: steps(), goal: atStep, fresh: true, ask: decide, never: beforeEverything},
	"correctTask":  onTask([]string{"correct", "examine"}, "/correction", Remark{}, true),
	"claimTask":    onTask(steps(), "/claim", Remark{}, true),
	"releaseTask":  withCodes(onTask(steps(), "/release", Remark{}, true), allow, "not_yours"),
	"transferTask": {steps: []string{"consult", "joint", "examine"}, goal: atStep, fresh: true, ask: transfer},
	"delegateTask": {steps: steps(), goal: atStep, fresh: true, ask: delegate, never: beforeEverything},
	"recallTask":   {steps: []string{"register", "examine", "prereview"}, goal: func(c *cell) string { return afterThe(c.step) }, fresh: true, ask: recall, never: beforeEverything, codes: refusedByRule("not_yours")},
	"urgeTask":     withCodes(onTask(steps(), "/urge", Remark{}, false), allow, "urged_enough"),
	"removeSigner": {steps: []string{"joint"}, goal: at(withAdded), fresh: true, ask: removal},

	"publishEntry": {ask: publish},
	"endEntry":     {ask: endEntry},

	"listLines":       lists(func(*grid, *cell) string { return "/budget-lines?limit=100" }, func(_ *grid, c *cell) string { return lineFor(c) }),
	"createLine":      {ask: newLine},
	"getLine":         {ask: func(_ *grid, c *cell) request { return request{path: "/budget-lines/" + lineFor(c)} }},
	"appropriate":     {ask: appropriate},
	"exportMovements": {ask: func(_ *grid, c *cell) request { return request{path: "/exports/movements?line=" + lineFor(c)} }},
	"listMovements":   {ask: func(_ *grid, c *cell) request { return request{path: "/movements?line=" + lineFor(c)} }},

	"checkCalendar":   {ask: plain("/calendar/check", holiday)},
	"importCalendar":  {ask: plain("/calendar/versions", holiday)},
	"listParameters":  {ask: get("/parameters")},
	"changeParameter": {ask: changeParameter},
	"listRegions":     {ask: get("/regions?limit=1")},
	"getRegion":       {ask: get("/regions/cz-tianning")},
	"listUnits":       {ask: get("/units?limit=1")},
	"getUnit":         {ask: get("/units/cz-finance")},
	"listPeople":      {ask: get("/people?limit=1")},
	"createRegion":    {ask: newPlace("/regions")},
	"renameRegion":    {ask: changePlace("/regions/cz-tianning/names", Renaming{Name: "天宁区", Source: "苏政复"})},
	"moveRegion":      {ask: changePlace("/regions/cz-tianning/placements", Moving{Parent: "cz", Source: "苏政复"})},
	"endRegion":       {ask: plain("/regions/cz-zhonglou/end", Ending{Source: "苏政复"}), codes: refusedByRule("not_empty")},
	"createUnit":      {ask: newPlace("/units")},
	"renameUnit":      {ask: changePlace("/units/cz-finance/names", Renaming{Name: "常州市财政局", Source: "常编"})},
	"endUnit":         {ask: plain("/units/cz-operations/end", Ending{Source: "常编", Successors: []string{"cz-finance"}}), codes: refusedByRule("has_administrators")},
	"createPerson":    {ask: newPerson},
	"changePerson":    {ask: plain("/people/ji-zheng/changes", PersonChange{Name: "纪正", Unit: "cz-efficiency-office", Source: "任免通知"})},
	"endPerson":       {ask: plain("/people/ji-zheng/end", Why{Reason: "退休"}), codes: refusedByRule("still_in_office")},

	"listAccounts":   {ask: get("/accounts?limit=1")},
	"createAccount":  {ask: newAccount},
	"disableAccount": {ask: onAccount("/disablement", false)},
	"enableAccount":  {ask: onAccount("/enablement", true)},
	"resetPassword":  {ask: onAccount("/password-reset", false)},
	"listGrants":     {ask: grantList, shows: showsGrant},
	"proposeGrant":   {ask: proposeGrant},
	"confirmGrant":   onGrant("/confirmation", nil),
	"revokeGrant":    onGrant("/revocation", map[string]any{"reason": "调离"}),

	"listStock":          {ask: get("/stock-rooms?limit=1")},
	"getStockRoom":       {ask: get("/stock-rooms/" + aRoom)},
	"changeStockRoom":    {ask: plain("/stock-rooms/"+aRoom+"/changes", sameAgain), never: anotherStreet},
	"patrolStockRoom":    {ask: plain("/stock-rooms/"+aRoom+"/patrols", civic.RoomSeen{Found: civic.RoomInUse}), never: anotherStreet, codes: refusedByRule("patrolled")},
	"inspectStockRoom":   {ask: plain("/stock-rooms/"+aRoom+"/inspections", civic.RoomSeen{Found: civic.RoomInUse}), codes: refusedByRule("patrolled")},
	"stockShortage":      {ask: get("/stock-shortage")},
	"exportStock":        {ask: get("/exports/stock-rooms")},
	"exportProjects":     ofProject(withGoal(aProject, route{ask: get("/exports/housing-projects"), shows: exportsProject})),
	"exportNominations":  {ask: get("/exports/nominations?year=2999")},
	"importStock":        {ask: func(*grid, *cell) request { return request{path: "/stock-imports?dry=true", upload: true} }, codes: refusedByRule("not_a_spreadsheet")},
	"stockTemplate":      {ask: get("/stock-imports/template")},
	"createSupplement":   {ask: plain("/supplements", NewSupplement{Unit: far, Form: proposalOf("cz-tianning-hongmei-03")}), never: toldInTheStory},
	"getSupplement":      {ask: get("/supplements/" + nobodysID), never: toldInTheStory},
	"saveSupplement":     withHeader(route{ask: plain("/supplements/"+nobodysID, proposalOf("cz-tianning-hongmei-03")), never: toldInTheStory}, "If-Match", `"1"`),
	"discardSupplement":  {ask: get("/supplements/" + nobodysID), never: toldInTheStory},
	"submitSupplement":   {ask: plain("/supplements/"+nobodysID+"/submission", Remark{}), never: toldInTheStory},
	"withdrawSupplement": {ask: plain("/supplements/"+nobodysID+"/withdrawal", Remark{}), never: toldInTheStory},

	"listLayouts":    {ask: get("/layouts?limit=1")},
	"createLayout":   {ask: plain("/layouts", NewLayout{Unit: far, Form: layoutForm()}), never: toldOfTheLayout},
	"getLayout":      {ask: get("/layouts/" + nobodysID), codes: refusedByRule("not_found")},
	"saveLayout":     withHeader(route{ask: plain("/layouts/"+nobodysID, layoutForm()), never: toldOfTheLayout}, "If-Match", `"1"`),
	"discardLayout":  {ask: get("/layouts/" + nobodysID), never: toldOfTheLayout},
	"submitLayout":   {ask: plain("/layouts/"+nobodysID+"/submission", Remark{}), never: toldOfTheLayout},
	"withdrawLayout": {ask: plain("/layouts/"+nobodysID+"/withdrawal", Remark{}), never: toldOfTheLayout},

	"listNotices":  listsOwn("/notices?limit=100", owner.notice),
	"markRead":     {ask: markRead, shows: isMarked},
	"streamEvents": {ask: get("/events"), never: othersThings},

	"listAudit":     {ask: get("/audit?limit=1")},
	"verifyChain":   {ask: get("/audit/chain")},
	"statsFunnel":   {ask: get("/stats/funnel")},
	"statsOnTime":   {ask: get("/stats/on-time")},
	"statsLeadTime": {ask: get("/stats/lead-time")},
	"statsOverdue":  {ask: get("/stats/overdue")},
}

// steps are all steps in the order of the regulation.
func steps() (out []string) {
	for _, s := range civic.Definitions[civic.AccessProcedure].Steps {
		out = append(out, s.Name)
	}
	return out
}

func at(goal string) func(*cell) string { return func(*cell) string { return goal } }

func atStep(c *cell) string { return c.step }

func get(path string) func(*grid, *cell) request { return plain(path, nil) }

func plain(path string, body any) func(*grid, *cell) request {
	return func(*grid, *cell) request { return request{path: path, body: body} }
}

func withGoal(goal string, r route) route {
	r.goal = at(goal)
	return r
}

// sessionID names the session of a token in lists.
func sessionID(token string) string { return hex.EncodeToString(digestOf(token)) }

func onCase(goal, path string, body any, fresh bool) route {
	return route{goal: at(goal), fresh: fresh, ask: func(_ *grid, c *cell) request { return request{path: "/cases/" + c.plot.id + path, body: body} }}
}

func onRequest(goal, path string, body any) route {
	return route{goal: at(goal), fresh: true, ask: func(_ *grid, c *cell) request {
		return request{path: "/access-requests/" + c.plot.id + path, body: body}
	}}
}

func onDraft(path string, body any, fresh bool) route {
	r := onRequest(aDraft, path, body)
	r.fresh = fresh
	return r
}

func withCodes(r route, code, as string) route {
	r.codes = map[string]string{code: as}
	return r
}

// refusedByRule: what the policy allows may still meet a rule, which says so.
func refusedByRule(code string) map[string]string { return map[string]string{allow: code} }

func withHeader(r route, name, value string) route {
	ask := r.ask
	r.ask = func(g *grid, c *cell) request {
		out := ask(g, c)
		out.header = [2]string{name, value}
		return out
	}
	return r
}

func onTask(steps []string, path string, body any, fresh bool) route {
	return route{steps: steps, goal: atStep, fresh: fresh, never: beforeEverything, ask: func(g *grid, c *cell) request {
		return request{path: "/tasks/" + g.task(c) + path, body: body}
	}}
}

// task is the open task that a cell is about.
func (g *grid) task(c *cell) string { return g.taskFor(c.plot, c.step, c.role, c.who.sits()) }

// draftUnit is whose draft a cell is about: that of the asker's unit, unless the request to file it is the department's.
func draftUnit(c *cell) string {
	if c.relation == foreign || c.op.object == "case" {
		return dept
	}
	return home(c.role)
}

// othersThings: the route has no way to name what is somebody else's.
func othersThings(c *cell) string {
	if slices.Contains([]string{foreign, applicant, separated, deputy, expiredDeputy}, c.relation) {
		return "it is about whoever asks, and about nobody else"
	}
	return ""
}

// beforeEverything: no step comes before the first, so that nobody can have taken part in one.
func beforeEverything(c *cell) string {
	if c.step == "register" && c.relation == separated {
		return "registration is the first step"
	}
	return ""
}

// notSeated: an inbox shows what waits for seats; that one may read a task of somebody else's seat does not bring it there.
func notSeated(c *cell) string {
	if !asks(c.step, c.role) || slices.Contains([]string{foreign, applicant, separated}, c.relation) {
		return "the task waits for another seat, or for one that must not answer it"
	}
	return ""
}

// tookNoPart: only whoever has answered something has something to list.
func tookNoPart(c *cell) string {
	if c.relation != separated {
		return "there is nothing to list"
	}
	return ""
}
