import { expect, it } from 'vitest'
import { fieldIn, filled } from './answers'
import { graded, seen, worst } from './grade'
import { stageOf, stages } from './stages'

it('a part is sent once everything that it needs is there', () => {
  expect(filled('document', { number: '常建许〔2014〕3号' })).toBe(false)
  expect(filled('document', { number: '常建许〔2014〕3号', date: '2014-09-01' })).toBe(true)
  expect(filled('rooms', [])).toBe(false)
  expect(filled('rooms', [{ name: '甲', use: 'community_service', storey: -1, area: '20.00' }])).toBe(true)
  expect(filled('conditions', { area: '640.00', position: '东侧', highest_storey: 2, independent: false, delivery: '同步', ownership: '区政府', transferee: 'x' })).toBe(true)
  expect(filled('measure', { remedy: 'buy_nearby', area: '20.00' })).toBe(false)
})
it('needs name parts of the answer', () => {
  expect([fieldIn('housing.rooms'), fieldIn('term_end')]).toEqual(['rooms', undefined])
})

const item = (code: string, essential: boolean, measured = false) => ({ code, words: { zh: '', en: '' }, essential, measured })
const items = [item('above_ground', true, true), item('own_entrance', true), item('fit_out', false)]
it('an essential item that is not met fails, another one is a minor defect, an open one is no yes', () => {
  const survey = { above_ground: true }
  const answers = (own?: boolean, fit?: boolean) => [{ code: 'own_entrance', met: own }, { code: 'fit_out', met: fit }]
  expect(graded(items, answers(true, true), survey, [])).toEqual({ grade: 'pass', open: 0 })
  expect(graded(items, answers(true, false), survey, [])).toEqual({ grade: 'minor', open: 0 })
  expect(graded(items, answers(false), survey, [])).toEqual({ grade: 'fail', open: 1 })
  expect(graded(items, answers(true, true), { above_ground: false }, [])).toEqual({ grade: 'fail', open: 0 })
  expect(graded(items, answers(true, true), survey, ['minor', 'fail'])).toEqual({ grade: 'fail', open: 0 })
  expect(worst([])).toBe('pass')
})
it('the survey answers storeys and the share on the ground floor exactly, without rooms of another use', () => {
  const room = (use: string, storey: number, area: string) => ({ name: '', use, storey, area })
  const project = { name: '', areas: {}, standard: { version: 2022, from: '2022-01-01', formula: 'per_100_households' as const, ground_ratio: '0.3', excluded: ['elderly_care'] },
    conditions: { area: '100.00', position: '', highest_storey: 2, independent: true, delivery: '', ownership: '', transferee: '' },
    measured: [room('community_service', 1, '30.00'), room('community_service', 2, '70.00'), room('elderly_care', -1, '500.00')] }
  expect(seen(project)).toEqual({ above_ground: true, low_storey: true, ground_share: true })
  expect(seen({ ...project, measured: [room('community_service', 1, '29.99'), room('community_service', 3, '70.01')] })).toEqual({ above_ground: true, low_storey: false, ground_share: false })
})
it('every state stands in one column', () => {
  const states = stages.flatMap((s) => s.states as readonly string[])
  expect(new Set(states).size).toBe(states.length)
  expect([stageOf('checking'), stageOf('draft')]).toEqual(['checking', undefined])
})
