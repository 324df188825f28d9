import { it } from 'vitest'
import { saysWords } from '@/pages/pagetest'

// The pages over answers as the API gives them: every word that they say is a word, in both languages.
const named = (key: string, name: string) => ({ key, name, name_en: key })
const words = { zh: '考评组评分中', en: 'before the panel' }
const at = '2026-11-26T01:00:00Z'
const line = { id: '0b6ee4b6-0000-4000-8000-000000000001', procedure: 'appraisal', route: '', title: '2026年度创建考评', number: 'KP-2026-1', state: 'assessing', words, unit: 'cz-leading-office', unit_view: named('cz-leading-office', '领导小组办公室'), applicant: 'xu-ming', applicant_view: named('xu-ming', '徐明'), holders: [], version: 7, created_at: at, updated_at: at }
const dimensions = [{ key: 'party', zh: '党建引领', en: 'Party', indicators: [
  { key: 'party-1', zh: '党组织健全', en: 'Branches', most: 4000, method: { kind: 'tier', tiers: [{ name: 'A', percent: 100 }, { name: 'B', percent: 66 }] }, ways: ['审核材料'], evidence: true },
  { key: 'party-2', zh: '组织生活', en: 'Meetings', most: 3000, method: { kind: 'deduct', each: 50 } }, { key: 'party-3', zh: '志愿服务', en: 'Volunteers', most: 3000, method: { kind: 'ratio', target: 90 } }] }]
const standard = { id: 'cz-2026', unit: 'cz-leading-office', state: 'filed', revision: 1, saved_at: at, title: '指导标准', proposed: true, dimensions, eligibility: [{ key: 'e1', zh: '重大案件', en: 'grave case', source: '政法委', years: 1 }] }
const marks = [{ indicator: 'party-1', score: 4000, evidence: '台账' }, { indicator: 'party-2', not_applicable: true }]
const sheet = { id: 's1', nomination: line.id, kind: 'panel', unit: 'u', assessor: 'meng-jie', revision: 2, marks }
const others = [{ ...sheet, id: 's2', assessor: 'qiu-shi', submitted_at: at }, { ...sheet, id: 's3', assessor: 'shi-min', recused: true, submitted_at: at }]
const quota = { titles: 100, least: 1, left: 0, shares: [{ code: 'cz-tianning', titles: 20, urban: 0, rural: 0 }], rounds: [{ titles: 100, committees: 1000, lines: [{ code: 'cz-tianning', committees: 200, quotient: 20, remainder: 0, rank: 1, extra: 'remainder', fixed: 'least', share: 20 }] }] }
const districts = [{ region: named('cz-tianning', '天宁区'), office: named('o', '天宁区办公室'), bureau: named('b', '天宁区民政局'), titles: 20, standard: 'cz-2026', approved: true, panel: [named('mao', '毛建华')], lead: named('mao', '毛建华'), reported: false, withheld: null, counts: [{ state: 'panel', words, count: 3 }], nominations: 3 }]
const published = { ord: 1, kind: 'proposed', hash: 'a'.repeat(64), act: line.id, at }
const nominee = { nomination: line.id, year_case: line.id, year: 2026, community: 'c', committee: 'c', street: 's', district: 'cz-tianning', urban: true, state: 'panel', rank: 1, self: 9000, scored: true, panel: 8800, survey: 9000, base: 8840, bonus: 0, penalty: 0, standing: 'stands', frozen: true, outcome: 'proposed', community_view: named('c', '雕庄一社区'), street_view: named('s', '雕庄街道'), district_view: named('cz-tianning', '天宁区'), words, outcome_words: words }
const place = { key: 'c', rank: 1, qualifying: 8840, total: 8840, outcome: 'proposed', reason: {}, community: named('c', '雕庄一社区'), outcome_words: words, reason_words: words }
const ranking = { ...published, year: 2026, proposed: 1, shortfall: 99, titles: 100, lists: [{ district: named('cz-tianning', '天宁区'), area: '', share: 20, returned: 19, gained: 0, quota: 1, reserve: 0, proposed: 1, shortfall: 1, places: [place] }] }
const title = { nomination: line.id, year: 2026, seq: 1, community: 'c', document: '常发〔2027〕1号', plaque: 'HX-2026-001', named_at: at, district: 'cz-tianning', name: '和谐社区', community_view: named('c', '雕庄一社区'), district_view: named('cz-tianning', '天宁区') }
const answers: Record<string, unknown> = {
  '/me': { person: named('xu-ming', '徐明'), seats: [{ role: 'city_office_clerk', unit: named('cz-leading-office', '领导小组办公室'), words }], principals: [], unread_notices: 0 },
  '/appraisals': { items: [{ year: 2026, case: line.id, state: 'assessing', words, title: line.title }] }, '/appraisals/2026': { ...line, revision: 2, matter: { year: 2026, standard: 'cz-2026', declare_by: '2026-12-31', report_by: '2027-03-31', decided: { draw: {} } }, quota, districts, sheets: [published], possible: [] },
  '/appraisals/2027': { ...line, state: 'draft', revision: 1, matter: { year: 2027, standard: '', declare_by: '2027-05-31', report_by: '2027-11-30' }, districts: [], sheets: null, possible: [] },
  '/appraisals/2026/nominations': { items: [nominee] }, '/appraisals/2026/ranking': ranking, '/appraisals/2026/sample': { seed: '彩票', part: 1, whole: 5, drawn: [{ key: 'c', digest: 'd'.repeat(64), community: named('c', '雕庄一社区'), team: named('t', '钟楼区') }] },
  '/commendation-projects': { items: [] }, '/standards': { items: [standard] }, '/standards/cz-2026': standard, '/standards/mine': { ...standard, id: 'mine', state: 'draft', parent: 'cz-2026' }, '/standards/mine/gaps': { whole: false, gaps: [{ city: 'party-1', code: 'uncovered', want: 4000, got: 0 }] },
  [`/nominations/${line.id}`]: { ...line, procedure: 'nomination', revision: 1, editable: true, declaration: { year: 2026, community: 'c', plan: '计划', minutes: '' }, nominee, possible: [] }, [`/nominations/${line.id}/sheet`]: { sheet, standard, total: 4000, marked: 2, indicators: 3, self: { ...sheet, kind: 'self' }, others, editable: true, assessors: { 'qiu-shi': named('qiu-shi', '邱实') } },
  '/public/appraisals': { items: [{ year: 2026, case: line.id, state: 'publicity', words, title: line.title }] }, '/public/appraisals/2026': { year: 2026, case: line.id, title: line.title, state: 'publicity', words, quota, districts: [named('cz-tianning', '天宁区')], sheets: [published], notice_until: at, titles: [title] }, '/public/appraisals/2026/ranking': ranking,
}
const paths = ['/appraisals', '/appraisals/2026', '/appraisals/2027', '/appraisals/2026/nominations', '/appraisals/2026/ranking', '/appraisals/2026/what-if', '/standards', '/standards/cz-2026', '/standards/mine', `/nominations/${line.id}`, `/nominations/${line.id}/sheet`, `/nominations/${line.id}/sheets`, '/public/appraisals', '/public/appraisals/2026', '/public/appraisals/2026/titles']

it.each(paths)('%s says nothing but words', (path) => saysWords(path, answers), 30_000)
