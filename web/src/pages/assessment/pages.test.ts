import { it } from 'vitest'
import { saysWords } from '@/pages/pagetest'

const named = (key: string, name: string) => ({ key, name, name_en: key })
const at = '2026-11-26T01:00:00Z'
const id = '0b6ee4b6-0000-4000-8000-000000000002'
const units = [named('tn', '天宁区办公室'), named('zl', '钟楼区办公室')]
const row = { key: 'burden-1', category: 'burden', task: '减负清单落实', target: '清单外事项为零', lead: 'ca', supports: ['fin'], points: 2000, evidence: '台账', due: '2026-11-30', source: '1+7文件', lead_view: named('ca', '民政局'), support_views: [named('fin', '财政局')] }
const task = (step: string, unit: { key: string; name: string }, state: string, more = {}) => ({ step, unit, task: id, state, late: false, due_at: at, ...more })
const score = { row: 'burden-1', unit: 'tn', points: 1800, reason: '两项未清理' }
const year = { id, procedure: 'assessment', route: '', title: '2026年度社区建设先进地区考核', number: 'KH-2026-1', state: 'scoring', words: { zh: '条线评分中', en: 'being scored' }, unit: 'o', unit_view: named('o', '办公室'), applicant: 'x', applicant_view: named('x', '徐明'), holders: [], version: 3, created_at: at, updated_at: at,
  year: 2026, quarter: 3, units, revision: 2, parts: [{ kind: 'report', unit: 'tn', quarter: 3, revision: 4 }], weights: [{ category: 'burden', words: { zh: '减负增效', en: 'burden cut' }, points: 2000, sum: 2000 }], rows: [row], lights: [{ unit: 'tn', row: 'burden-1', quarter: 3, light: 'red' }], handed_in: [task('report_quarter', units[0]!, 'open', { quarter: 3 }), task('self_score', units[0]!, 'open'), task('score_rows', named('ca', '民政局'), 'open'), task('review_scores', units[0]!, 'open'), task('cosign_table', units[1]!, 'done', { at, late: true })],
  reports: null, self: [score], scores: [score, { ...score, unit: 'zl', points: 0, no_data: true }], sums: [{ unit: 'tn', points: 9000 }], appeals: [{ row: 'burden-1', unit: 'tn', text: '已清理', result: 'changed', points: 2000, answer: '属实' }], inputs: null, sheets: [{ kind: 'frozen', round: 1, hash: 'a'.repeat(64), at }], named: [] }
const sheet = { format: 'lizheng-assessment/1', subject: 'assessment/2026', rule: {}, survey_percent: 5, deductions: {}, given: 3, rows: [], units: [], scores: [{ key: 'tn', rows: 9000, base: 9050, bonus: 0, penalty: 50, total: 9000 }], places: [{ key: 'tn', rank: 1, total: 9000, outcome: 'proposed', reason: {} }], hash: 'b'.repeat(64) }
const seat = (role: string, unit: { key: string; name: string }) => ({ role, unit, words: { zh: '经办人', en: 'clerk' } })
const answers: Record<string, unknown> = {
  '/me': { person: named('x', '徐明'), seats: [seat('city_office_clerk', named('o', '办公室')), seat('district_office', units[0]!), seat('city_dept_clerk', named('ca', '民政局'))], principals: [], unread_notices: 0 },
  '/assessments': { items: [year] }, '/assessments/2026': year, '/assessments/2025': { ...year, state: 'table', sheets: [] }, '/assessments/2024': { ...year, state: 'summing', sheets: [] }, '/assessments/2026/sheet': sheet, '/public/assessments/2026': sheet, '/public/assessments/2026/overview': { year: 2026, case: id, title: year.title, state: 'publicity', words: year.words, notice_until: at, units, named: [{ unit: 'tn', seq: 1, document: '常发〔2027〕1号' }] },
}
const paths = ['/assessments', '/assessments/2026', '/assessments/2025/table', '/assessments/2026/report?unit=tn&quarter=3', '/assessments/2026/self?unit=tn', '/assessments/2026/scores?unit=ca', '/assessments/2024/inputs', '/public/assessments/2026']

it.each(paths)('%s says nothing but words', (path) => saysWords(path, answers), 30_000)
