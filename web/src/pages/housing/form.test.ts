import { expect, it } from 'vitest'
import { changeBody, changeForm, homesDiffer, isDecimal, placed, projectBody, projectForm } from './form'

it('an empty draft sends its name and nothing that nobody has filled in', () => {
  expect(projectBody(projectForm({ name: '和平雅苑', areas: {} }))).toEqual({ name: '和平雅苑', households: 0 })
})
it('a form goes there and back unchanged', () => {
  const form = { name: '和平雅苑', address: '和平路1号', community: 'c', developer: 'd', surveyor: 's', approval: { number: '18号', date: '2014-08-01' }, households: 2000, persons_per_household: '3.2', plots: ['A1'],
    phases: [{ number: 1, volume: '90000.00', households: 1200, rooms: '640.00', name: '一期', buildings: ['1幢'] }, { number: 2, volume: '60000.00', households: 800, rooms: '0.00' }], spread_decision: { number: '2号', date: '2014-08-02' } }
  expect(projectBody(projectForm({ ...form, areas: {} }))).toEqual(form)
})
it('persons are stated in one way only', () => {
  const form = { ...projectForm({ name: '甲', areas: {}, households: 10, population: '32' }), persons_per_household: '3.2' }
  expect(projectBody(form)).toEqual({ name: '甲', households: 10, population: '32' })
  expect(projectBody({ ...form, stated: 'none' })).toEqual({ name: '甲', households: 10 })
  expect([isDecimal('3.2'), isDecimal('1,000'), isDecimal('3.12345'), isDecimal('three')]).toEqual([true, true, false, false])
})
it('a change of plan always says its numbers after the change', () => {
  expect(changeBody(changeForm({ name: '调整', project: 'p' }))).toEqual({ name: '调整', project: 'p', area: '0.00', households: 0, drawings: { number: '', date: '' } })
})
it('the homes of the phases are held against those of the project', () => {
  const form = projectForm({ name: '', areas: {}, households: 10, phases: [{ number: 1, volume: '1.00', households: 4, rooms: '0.00' }] })
  expect(homesDiffer(form)).toBe(4)
  expect(homesDiffer({ ...form, households: 4 })).toBeUndefined()
})
it('a refusal is shown at its input', () => {
  expect(['approval.number', 'phases[0]', 'community', undefined].map(placed)).toEqual(['approval', 'phases', 'community', ''])
})
