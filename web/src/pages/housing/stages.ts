import type { Schemas } from '@/api/client'

/** The columns of the board: the states of a project in the order of its life, taken together as people speak of them. */
export const stages = [
  { key: 'planning', states: ['conditions', 'countersigning', 'contract'] },
  { key: 'design', states: ['design', 'design_review', 'permits'] },
  { key: 'building', states: ['building'] },
  { key: 'survey', states: ['survey', 'planning_check'] },
  { key: 'acceptance', states: ['completion'] },
  { key: 'checking', states: ['checking'] },
  { key: 'rectifying', states: ['rectification', 'enforcement'] },
  { key: 'settling', states: ['settlement'] },
  { key: 'handover', states: ['handover', 'title', 'opening'] },
  { key: 'use', states: ['in_use'] },
  { key: 'over', states: ['replaced', 'withdrawn', 'archived'] },
] as const satisfies readonly { key: string; states: readonly Schemas['State'][] }[]

export type StageKey = (typeof stages)[number]['key']

/** stageOf is the column that a state stands in; a draft is in none. */
export function stageOf(state: string): StageKey | undefined {
  return stages.find((s) => (s.states as readonly string[]).includes(state))?.key
}
