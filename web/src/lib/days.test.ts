import { expect, it } from 'vitest'
import { day, lastDay, minute, plusDays } from './days'
import { mainPath, nodesOf } from './path'

it('a day is the day in Changzhou, whatever the time of the browser', () => {
  expect(day('2026-11-29T16:00:00Z')).toBe('2026-11-30')
  expect(minute('2026-11-23T02:11:09Z')).toBe('2026-11-23 10:11')
})
it('a term that ends at midnight ends on the day that closes then', () => {
  expect(lastDay('2026-11-30T16:00:00Z')).toBe('2026-11-30')
  expect(lastDay('2026-11-30T09:30:00Z')).toBe('2026-11-30')
})
it('days are added over the ends of months', () => {
  expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(plusDays('2028-02-28', 1)).toBe('2028-02-29')
})

const definition = {
  procedure: 'access', zh: '', en: '',
  steps: [
    { name: 'a', clause: 'A2', state: 'submitted', outcomes: [{ name: 'pass', to: ['accepted', 'blocked'] }] },
    { name: 'b', clause: 'A3', state: 'accepted', outcomes: [{ name: 'accept', to: ['notice'] }, { name: 'return', to: ['returned'] }] },
    { name: 'x', clause: '3.8', state: 'in_force', outcomes: [{ name: 'exit', to: ['exited'] }] },
    { name: 'c', clause: 'A9', state: 'issuing', outcomes: [{ name: 'issue', to: ['in_force'] }] },
  ],
  states: ['draft', 'submitted', 'accepted', 'blocked', 'returned', 'notice', 'issuing', 'in_force', 'expired'].map((state) => ({ state, zh: state, en: state, automatic: state === 'notice' ? 'close_notice' : state === 'in_force' ? 'expire' : undefined })),
  moves: [{ from: 'draft', to: 'submitted', by: 'submit' }, { from: 'notice', to: 'issuing', by: 'close_notice' }, { from: 'in_force', to: 'expired', by: 'expire' }, { from: 'returned', to: 'accepted', by: 'correct' }, { from: 'in_force', to: 'suspended', by: 'suspend' }],
} as unknown as Parameters<typeof mainPath>[0]

it('the main path follows first outcomes and automatic acts, and ends where only time can end it', () => {
  expect(mainPath(definition)).toEqual(['submitted', 'accepted', 'notice', 'issuing', 'in_force'])
})
it('a state off the path stands after the last one passed, with what remains only if it leads back', () => {
  const returned = nodesOf(definition, 'returned', ['submitted', 'accepted', 'returned'])
  expect(returned.map((n) => [n.state, n.status])).toEqual([['submitted', 'passed'], ['accepted', 'passed'], ['returned', 'current'], ['notice', 'ahead'], ['issuing', 'ahead'], ['in_force', 'ahead']])
  expect(nodesOf(definition, 'expired', ['in_force']).at(-1)).toMatchObject({ state: 'expired', status: 'current' })
})
it('a way back is no progress: the path goes on by the next outcome that leads somewhere new', () => {
  const states = ['draft', 'design', 'permits', 'building', 'in_use'].map((state) => ({ state, zh: state, en: state, automatic: state === 'in_use' ? 'open_patrols' : undefined }))
  const steps = [{ name: 'd', state: 'design', outcomes: [{ name: 'agree', to: ['permits'] }] }, { name: 'p', state: 'permits', outcomes: [{ name: 'grant', to: ['permits'] }, { name: 'refuse', to: ['design'] }] },
    { name: 'c', state: 'permits', outcomes: [{ name: 'grant', to: ['building'] }] }, { name: 'b', state: 'building', outcomes: [{ name: 'done', to: ['in_use'] }] }, { name: 'x', state: 'in_use', outcomes: [{ name: 'replaced', to: ['draft'] }] }]
  expect(mainPath({ ...definition, steps, states, moves: [{ from: 'draft', to: 'design', by: 'submit' }] } as unknown as typeof definition)).toEqual(['design', 'permits', 'building', 'in_use'])
})
