import { expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { blocksOf } from './paper'

const words = (zh: string) => ({ zh, en: zh })
const definition = {
  procedure: 'access', ...words('准入'),
  steps: [
    { name: 'register', ...words('登记'), state: 'submitted', outcomes: [{ name: 'pass', to: ['accepted'] }] },
    { name: 'appeal', ...words('申诉'), state: 'blocked', outcomes: [{ name: 'clear', to: ['accepted'] }] },
    { name: 'decide', ...words('决定'), state: 'accepted', outcomes: [{ name: 'admit', to: ['in_force'] }] },
  ],
  states: ['draft', 'submitted', 'blocked', 'accepted', 'in_force'].map((state) => ({ state, ...words(state) })),
  moves: [{ from: 'draft', to: 'submitted', by: 'submit' }, { from: 'in_force', to: 'in_force', by: 'suspend' }],
} as unknown as Schemas['Definition']
const said = (step: string) => ({ id: step, step, step_words: words(step), outcome_words: words('同意') }) as unknown as Schemas['Happening']

it('the form has room for every step on the way, said or not, in the order of the regulation', () => {
  expect(blocksOf(definition, [said('register')]).map((b) => [b.step, b.answers.length])).toEqual([['register', 1], ['decide', 0]])
})
it('a step beside the way is on it only when something was said there', () => {
  expect(blocksOf(definition, [said('appeal')]).map((b) => b.step)).toEqual(['register', 'appeal', 'decide'])
})
it('without the definition what was said is on it all the same', () => {
  expect(blocksOf(undefined, [said('joint'), said('joint')]).map((b) => [b.zh, b.answers.length])).toEqual([['joint', 2]])
})
