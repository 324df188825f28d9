import type { Schemas } from '@/api/client'
import { mainPath } from './path'

type Happening = Schemas['Happening']
export interface Block { step: string; zh: string; en: string; answers: Happening[] }

/**
 * blocksOf are the opinions on the official form, in the order of the regulation: a step that the case has yet to go through has
 * its empty room for opinion and seal, one beside the way is there only when something was said in it.
 */
export function blocksOf(d: Schemas['Definition'] | undefined, history: Happening[]): Block[] {
  const given = new Map<string, Happening[]>()
  for (const h of history) if (h.step && h.outcome_words) given.set(h.step, [...(given.get(h.step) ?? []), h])
  const way = new Set(d ? mainPath(d) : [])
  const blocks = (d?.steps ?? []).filter((s) => way.has(s.state) || given.has(s.name)).map((s) => ({ step: s.name, zh: s.zh, en: s.en, answers: given.get(s.name) ?? [] }))
  const known = new Set(blocks.map((b) => b.step))
  const others = [...given].filter(([step]) => !known.has(step)).map(([step, answers]) => ({ step, zh: answers[0]!.step_words?.zh ?? step, en: answers[0]!.step_words?.en ?? step, answers }))
  return [...blocks, ...others]
}
