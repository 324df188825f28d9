import type { Schemas } from '@/api/client'

type Definition = Schemas['Definition']
export interface Node { state: string; zh: string; en: string; clause?: string; status: 'passed' | 'current' | 'ahead' }

/** mainPath is the way that a request takes when nothing goes wrong: at every state the first outcome that leads on, else the automatic act. */
export function mainPath(d: Definition): string[] {
  const path: string[] = []
  let state: string | undefined = d.moves.find((m) => m.from === 'draft')?.to
  while (state && !path.includes(state)) {
    path.push(state)
    state = inForce(d, state) ? undefined : onward(d, state, path)
  }
  return path
}

/** What can be suspended is in force, what is patrolled is in use: there the way ends well. */
const inForce = (d: Definition, state: string) => d.moves.some((m) => m.from === state && m.by === 'suspend') || automaticIn(d, state) === 'open_patrols'
const automaticIn = (d: Definition, state: string) => d.states.find((s) => s.state === state)?.automatic

function onward(d: Definition, state: string, path: string[]): string | undefined {
  for (const step of d.steps.filter((s) => s.state === state)) {
    for (const outcome of step.outcomes) {
      const to = outcome.to.find((x) => !path.includes(x)) // back to where it was already is no progress
      if (to) return to
    }
  }
  const automatic = automaticIn(d, state)
  // What ends by itself, like an expiry, is no progress.
  return automatic && automatic !== 'expire' && automatic !== 'archive' ? d.moves.find((m) => m.from === state && m.by === automatic)?.to : undefined
}

/** nodesOf draws the path with the current state lit; a state off the path stands after the last one that was passed. */
export function nodesOf(d: Definition, current: string, visited: string[]): Node[] {
  const path = mainPath(d)
  const words = (state: string) => d.states.find((s) => s.state === state)
  const clause = (state: string) => d.steps.find((s) => s.state === state)?.clause
  const node = (state: string, status: Node['status']): Node => ({ state, zh: words(state)?.zh ?? state, en: words(state)?.en ?? state, clause: clause(state), status })
  if (!current) return path.map((s) => node(s, 'ahead'))
  const at = path.indexOf(current)
  if (at >= 0) return path.map((s, i) => node(s, i < at ? 'passed' : i === at ? 'current' : 'ahead'))
  const reached = Math.max(-1, ...visited.map((s) => path.indexOf(s)))
  const open = d.moves.some((m) => m.from === current && path.includes(m.to))
  return [...path.slice(0, reached + 1).map((s) => node(s, 'passed')), node(current, 'current'), ...(open ? path.slice(reached + 1).map((s) => node(s, 'ahead')) : [])]
}
