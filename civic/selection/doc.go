// Package selection decides who is named, so that anybody can decide it again: a
// pure function from frozen scores, a quota and rules to an ordered list with a
// reason for every place.
//
// It knows nothing of cases, people or databases. Nothing here is a float, and
// nothing depends on the order of what is given, on the machine or on the day.
//
// # Scores
//
// A score is [Points], whole hundredths of a point. What leads to it is exact:
// fractions are carried as fractions and rounded once, half up, at the end. A
// panel's score is the mean over its assessors' totals, from five assessors on
// without the highest and the lowest. "Not applicable" takes an indicator out of
// the total and out of what the total is measured against; a recused assessor is
// in neither the sum nor the number. See [Assess].
//
// # Titles
//
// [Allocate] shares titles out over units by the number of their committees and
// keeps every figure of it, [Rank] orders one list, and [Select] does the whole:
// titles to units, units to lists, unused titles back to the pool and out again,
// ranks, outcomes, reasons, and what was struck afterwards. Lists are never mixed:
// units write their own score sheets, so a score says nothing outside its list.
// The city's list is the union of the units' shares, and either it has exactly as
// many titles as the quota or it says how many are missing, and where.
//
// The yearly assessment of the units themselves is the same function with one
// list: see [RankUnits]. Its score is an [Assess] whose indicators are the rows of
// the task table and whose one sheet holds what the lead departments gave.
//
// # The published sheet
//
// A [Sheet] is the JSON document that is published: everything that the selection
// depends on, everything that came out, and a hash. [Verify] computes it again
// offline and names the first difference.
//
// The hash is SHA-256, in lower-case hexadecimal, over the document without its
// member "hash" in the JSON Canonicalization Scheme (RFC 8785): no white space,
// members sorted by name, strings with the shortest escapes, UTF-8. All numbers are
// integers within ±(2^53-1), so any implementation of that scheme gets the same
// bytes. The sample is drawn with plain SHA-256, so that sha256sum can check it: see
// [Sample].
//
// # Glossary
//
//	ahead           前一名        the nearest place above, and what it won by
//	area            城乡类别      urban or rural, where the quota is shared by it
//	assessor        考评员        one member of a panel, with one score sheet
//	base            基础分        panel and survey together, before bonus and penalty
//	committee       居（村）委会  what shares of the quota are counted by
//	cut             入围末位      the last place within the quota, and what it won by
//	figure          比较项        a number that a tie-break compares
//	gap             细则缺口      what a district's rules leave out, or weigh otherwise
//	indicator       考评指标      one line of the standard, with its points
//	line            达标线        the qualifying score that a title needs
//	list            排名名单      the candidates of one unit (and area), in order
//	quota, share    名额、分配数  titles in all; titles of one unit
//	recused         回避          takes no part: neither summed nor counted
//	reserve         后备          who moves up when somebody is struck
//	returned title  交回名额      a title that a list has no candidate for
//	sample          抽查          drawn with a published seed
//	score sheet     评分表        one assessor's marks
//	selection       评选          the outcome: lists, places, reasons
//	sheet           公布表        the published document
//	shortfall       缺额          titles without a candidate, said openly
//	standing        参评资格      whether a candidate is in the ranking at all
//	struck, revoked 取消、撤销    out before naming; out after it
//	tie-break       同分规则      what decides between equal scores
//	trimmed mean    去极值平均    without one highest and one lowest
//	what-if         试算          other weights, never stored as the real ones
package selection
