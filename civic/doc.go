// Package civic is the subject: what a city's community-affairs procedures are about, their rules, their refusals,
// and Desk, the one door to them. It imports the standard library and its own leaf packages only.
//
// # Glossary
//
// One word per concept; the word on the left is the only one used in code and documents.
//
//	access, admission  准入          an item may enter communities; everything not admitted stays out
//	act                操作          what one person, or the system, does to one case, exactly once
//	agreement          协议          street and community agree on an admitted task
//	appraisal, year    创建考评      the yearly selection of model communities; a year is one case
//	applicant          申请单位      the city-level body that asks
//	area               面积          m² in hundredths; six that are never mixed: required, designed, permitted, measured, handed over, registered
//	assessment         考核          of the districts by the task table; advanced districts are proposed from it
//	basis              设立依据      the document an item rests on
//	budget line        预算项目      a department's money for a year and a subject
//	calendar           工作日历      working days by official notice; versioned
//	case               事项（案件）  one run of a procedure
//	catalogue          准入目录      the published lists; an entry is one line of one list
//	civil affairs      民政部门      verifies rooms, countersigns conditions, keeps the register
//	commendation project  表彰项目   the approved licence to name: number, name, cycle, quota
//	claim, release     认领、释放    a person of the seat takes a task, or gives it back
//	commit             承诺          reserved money becomes owed, with the admission
//	consultation       征求意见      sampled communities and their streets are asked
//	copy               抄送          somebody may read along
//	correction         补正          the applicant mends what was returned
//	delegate           委派          a colleague gives an opinion that comes back
//	deputy, principal  代理人、被代理人  stands in for somebody absent, with their bars
//	developer          建设单位      builds; sees and acts on its own projects only
//	district           辖市、区      county-level city or district under the city
//	entry              清单条目      one line of a list, with its validity
//	exit, revocation   退出、撤销    an admitted item ends before its term
//	grant              授权          a person holds a role in a unit for a time
//	gate               关口          a point of a project's life, passed once everything before it is done
//	handover           移交          rooms, archives and keys to the street, signed by three parties
//	joint review       会审（会签）  units sign in parallel, each its own opinion
//	layout plan        布局规划      where rooms are to come about in the next years; one version is in force
//	leading group      领导小组      decides; its office (办公室) prepares
//	move               流转          an allowed change of state
//	negative list      负面清单      what was cancelled or refused, and is blocked
//	naming, title      命名、称号    the decision that a community or district bears the title; a removal is 摘牌
//	nomination         申报          one community in one year
//	objection          异议          against a public notice
//	order (to rectify) 整改通知书    numbered, with a term of its own and at most one extension
//	pause, resume      中止、恢复    the case waits and its clocks stand still
//	plan change        规划调整      a part of a project: in principle there is none
//	project            用房项目      an estate that owes community service rooms
//	panel, sheet       考评组、评分表  at least three assessors, each with their own sheet
//	patrol             巡查          rooms in use are looked at, quarterly by the street, yearly by civil affairs
//	place, reserve list  名次、递补名单  a nominee's position with its reason; who moves up
//	public notice      公示          the decision is shown before it takes effect
//	quota              名额          titles a district may fill, by largest remainder
//	receipt            回执          the answer to an accepted act
//	recall             撤回（决定）  taking a decision back before the next one opened it
//	rectification order  整改通知书  numbered, with defects, legal basis and a term
//	refusal            拒绝          a definite no with its rule and figures; nothing changed
//	region             区域          a place with validity: city, district, street or town, community
//	release (money)    释放          reserved or committed money goes back to its line
//	reserve            预留          money is set aside at submission
//	return             退回补正      back to the applicant, clock stopped
//	role, seat         岗位、席位    what a person is in a unit; who is asked
//	ruling             审议决定      what the leading group decided
//	separation         职责分离      who took part in one step may not answer another
//	settlement         补足          a shortfall made good: area that exists, or a payment that is booked
//	shortfall          面积缺口      required less measured, beyond the tolerance
//	standard           标准          versioned: of the appraisal (指导标准), of housing (配建标准)
//	step, outcome      环节、结果    a station of a procedure; a named answer
//	stock, room        存量用房      the register of rooms in use
//	supplement         存量补足      making up for what an old estate lacks
//	suspend, reinstate 暂停、恢复执行  an admitted item rests without leaving the list
//	task               待办任务      a seat asked one question with named outcomes and a term
//	task table         任务分解表    the rows by which districts are assessed
//	term, due          时限、到期    working days granted; the instant they are over
//	transfer           转办          another unit answers instead, with the responsibility
//	unit               单位          a body with validity and successors
//	urge               催办          a counted reminder by a person
//	verification       核查          civil affairs looks at what was built; after it order, settlement or handover
//	withdraw, lapse    撤回（申请）、逾期失效  the applicant takes it back; the correction did not come
//	working day        工作日        the day of the event is not counted
//	zero cost          零成本        recorded decision that a task costs the community nothing
package civic
